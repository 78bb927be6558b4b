"""Where everything stands in the workbook. Pure geometry, derived from the form.

Rows and columns are counted from 1, as in the spreadsheet. On a table's sheet a strip with expected
totals stands above the printed part, expected row totals to its right; both lie outside the print
area. Addresses depend on the form alone, so a finding on a JSON report names the same cell as one
on a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache, cached_property, lru_cache
from typing import Literal

from ..form import Box, Cell, Form, Section, Table, printed_grid
from ..form.addresses import STRIP, positions, top_of
from ..form.addresses import address as address
from ..form.addresses import column_letter as column_letter
from ..records import dataclass
from ..report import PREFACE
from .wording import marks, wording

#: Rows of the unlocked block 注 below each table.
NOTE_ROWS = 10
#: Blocks of figures right of a table: each cell as a number, blanks that no declaration covers, totals as
#: rules read them, and whether a cell is blank (see ``figures.py``).
FIGURES, UNCOVERED, READ, READ_AS_SUM, BLANK = range(5)
#: Columns of cells that name what is wrong, right of the figures (see ``naming/``).
NAMING_COLUMNS = 18
#: Unlocked paragraphs of a text section, and of 引言 on the sheet of section 一.
PARAGRAPHS, PREFACE_PARAGRAPHS = 300, 6
#: Rows of 校验: of 待办清单, reserved for 诊断 and for explanations that have no live row.
TODO_ROWS, DIAGNOSIS_ROWS, EXPLANATION_ROWS = 10, 20, 40
#: Where 待办清单 starts on 校验, the live rows below it and the blocks beside it.
_TODO_TOP = 6
_LIVE_TOP = _TODO_TOP + TODO_ROWS + 3
#: Beside each row of the list of explanations, hidden: the key as compared, the number of the live row that
#: it names, the text as weighed, that number again where the row counts as explained.
LISTED = ("key", "row", "weighed", "explained")


#: Of which cells a table's sheet knows the first.
Ranked = Literal["blank", "illegal"]


@lru_cache(maxsize=4096)
def _corners(top: int, left: int, bottom: int, right: int, absolute: bool) -> str:
    first, last = address(top, left, absolute=absolute), address(bottom, right, absolute=absolute)
    return first if first == last else f"{first}:{last}"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells on one sheet, corners included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def ref(self, *, absolute: bool = False) -> str:
        """``D5:J29``, or ``D5`` for a single cell; without the sheet's name."""
        return _corners(self.top, self.left, self.bottom, self.right, absolute)

    def full(self) -> str:
        """With the sheet's name, absolute, as formulas on other sheets use it."""
        return f"'{self.sheet}'!{self.ref(absolute=True)}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell of the same sheet is one of the area's."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def column(self, offset: int) -> Area:
        """One column of the area, counted from 0."""
        return Area(self.sheet, self.top, self.left + offset, self.bottom, self.left + offset)


@dataclass(frozen=True)
class TableSheet:
    """The sheet of one table.

    ``boxes``: the printed grid, moved to ``top``. ``strip``: rows above it that do not print.
    ``cells``: cell id -> (row, column). ``notes``: the unlocked block below.
    """

    name: str
    table: Table
    strip: int
    title_row: int
    top: int
    columns: int
    boxes: tuple[Box, ...]
    cells: Mapping[str, tuple[int, int]]
    labels: Mapping[tuple[int, int], str]
    bottom: int
    head_rows: int
    label_columns: int
    notes: Area

    @cached_property
    def places(self) -> tuple[tuple[Cell, tuple[int, int]], ...]:
        """The typed cells in order, each with its row and column."""
        return tuple((cell, self.cells[cell.id]) for cell in self.table.cells)

    @cached_property
    def by_address(self) -> Mapping[str, str]:
        """Cell ids by address: ``D10``."""
        return {address(*at): cell for cell, at in self.cells.items()}

    @cached_property
    def label_boxes(self) -> tuple[Box, ...]:
        """The boxes of the grid that are printed, not typed."""
        return tuple(box for box in self.boxes if not box.cell)

    @cached_property
    def label_texts(self) -> tuple[list[tuple[int, int]], list[str]]:
        """Where they stand, and what they say."""
        boxes = self.label_boxes
        return [(box.row, box.column) for box in boxes], [box.text for box in boxes]

    @property
    def printed(self) -> Area:
        return Area(self.name, self.title_row, 1, self.notes.bottom, self.columns)

    @property
    def values(self) -> Area:
        """The smallest rectangle that holds every typed cell (in 表二 also heads between them)."""
        rows, columns = zip(*self.cells.values(), strict=True)
        return Area(self.name, min(rows), min(columns), max(rows), max(columns))

    @property
    def note_columns(self) -> tuple[tuple[int, int], ...]:
        """First and last column of 编号, 单元格 and 说明 in the block 注."""
        if self.label_columns:
            return (1, 1), (2, 2), (3, self.columns)
        return (1, 2), (3, 4), (5, self.columns)

    @property
    def side(self) -> int:
        """First column to the right of the printed part (after one empty column)."""
        return self.columns + 2

    @property
    def said(self) -> int:
        """The column that says what is wrong in a row, right of the expected total and the difference."""
        return self.side + 2

    @property
    def last_year(self) -> int:
        """The first column of last year's figures, for the eye: one a column of typed cells."""
        return self.said + 2

    def block(self, number: int) -> int:
        """How far right of its cell a figure of one block stands: hidden columns, right of everything that
        is shown beside the table."""
        return self.last_year + (number + 1) * self.columns

    @property
    def naming(self) -> int:
        """The first column of the cells that name what is wrong, right of the figures."""
        return self.block(BLANK) + self.columns + 1

    @property
    def hidden(self) -> tuple[int, int]:
        """First and last column of the figures and of what names."""
        return self.block(FIGURES) + 1, self.naming + NAMING_COLUMNS - 1

    @property
    def declaration(self) -> tuple[int, int]:
        """Where 是 or 否 is said to 其余未填的均为 0 of this table: below it, beside what is printed."""
        return self.bottom + 1, self.said

    @property
    def flag(self) -> tuple[int, int]:
        """1 where the blanks of this table count as 0, by its own declaration or by that on 封面."""
        return 1, self.hidden[0]

    @property
    def blanks(self) -> tuple[int, int]:
        """How many cells of the table are blank."""
        return 1, self.hidden[0] + 1

    def rank(self, what: Ranked) -> tuple[int, int]:
        """The hidden cell that says which cell is the first of its kind (see ``deciding/cells.py``)."""
        return 1, self.hidden[0] + 2 + ("blank", "illegal").index(what)

    def area(self, cells: Sequence[str], block: int | None = None) -> list[Area]:
        """Rectangles that together cover exactly ``cells``, given in reading order or down a column.

        ``block``: not the cells but their figures.
        """
        shift = 0 if block is None else self.block(block)
        runs: list[list[int]] = []
        for row, column in map(self.cells.__getitem__, cells):
            if runs and runs[-1][0] == row and runs[-1][2] + 1 == column + shift:
                runs[-1][2] += 1
            else:
                runs.append([row, column + shift, column + shift])
        joined: list[list[int]] = []
        for row, left, right in runs:
            if joined and joined[-1][1:] == [row - 1, left, right]:
                joined[-1][1] = row
            else:
                joined.append([row, row, left, right])
        return [Area(self.name, top, left, bottom, right) for top, bottom, left, right in joined]


def _table_sheet(table: Table) -> TableSheet:
    grid = printed_grid(table)
    strip, top = STRIP[table.key], top_of(table)
    boxes = tuple(replace(b, row=b.row + top, column=b.column + 1) for b in grid.boxes)
    bottom = top + grid.rows - 1
    name = table.section.number
    return TableSheet(
        name=name,
        table=table,
        strip=strip,
        title_row=strip + 1,
        top=top,
        columns=grid.columns,
        boxes=boxes,
        cells=positions(table),
        labels={(b.row, b.column): b.text for b in boxes if not b.cell},
        bottom=bottom,
        head_rows=grid.head_rows,
        label_columns=grid.label_columns,
        notes=Area(name, bottom + 4, 1, bottom + 3 + NOTE_ROWS, grid.columns),
    )


@dataclass(frozen=True)
class CoverSheet:
    """``fields``: field id -> (row, column) of its input.

    ``title``: what prints, the unit's name above the report's; ``parts``: the row of the heads of the list of
    parts; ``columns``: how many columns the sheet shows.
    """

    name: str
    fields: Mapping[str, tuple[int, int]]
    edition: tuple[int, int]
    title: Area
    parts: int
    columns: int

    def figure(self, field: str, number: int) -> tuple[int, int]:
        """Where a figure of a field stands (see ``cover_figures.py``): hidden columns right of everything."""
        return self.fields[field][0], _COVER_FIGURES + number

    @property
    def hidden(self) -> tuple[int, int]:
        """First and last column of the figures."""
        return _COVER_FIGURES, _COVER_FIGURES + READ_AS_SUM


#: Labels, inputs, and two columns for what is said beside them.
_COVER_COLUMNS = 4
#: First column of the figures of 封面.
_COVER_FIGURES = _COVER_COLUMNS + 2


@dataclass(frozen=True)
class CheckSheet:
    """校验: the verdict, 待办清单 from ``todo_top`` on, the live rows from ``live_top`` on; 诊断 and the
    list of explanations that have no live row stand to their right.

    ``columns``: name of a live row's column (as in ``wording.toml``) -> its number; those from ``id`` on are
    hidden. ``explanations``: that list; what is hidden beside it stands from ``listed`` on.
    """

    name: str
    todo_top: int
    live_top: int
    columns: Mapping[str, int]
    diagnosis: Area
    explanations: Area
    listed: int

    @property
    def verdict(self) -> str:
        """Where the verdict stands, for formulas of other sheets."""
        return Area(self.name, 1, 1, 1, 1).full()

    @property
    def last_shown(self) -> int:
        """The last column of the live rows that is for the eye."""
        return self.columns["explanation"]

    def live(self, name: str, rows: int) -> Area:
        """One column of the live rows, of which there are ``rows``."""
        column = self.columns[name]
        return Area(self.name, self.live_top, column, self.live_top + rows - 1, column)

    def of_list(self, name: str) -> Area:
        """One of the hidden columns beside the list of explanations (``LISTED``)."""
        column = self.listed + LISTED.index(name)
        return Area(self.name, self.explanations.top, column, self.explanations.bottom, column)


def _check_sheet(name: str) -> CheckSheet:
    live = tuple(wording("check.live_heads"))
    left = len(live) + 2
    heads = {block: len(wording("check")[f"{block}_heads"]) for block in ("explanation", "diagnosis")}
    top = _TODO_TOP + DIAGNOSIS_ROWS + 4
    right = left + max(heads.values())
    return CheckSheet(
        name=name,
        todo_top=_TODO_TOP,
        live_top=_LIVE_TOP,
        columns={column: i + 1 for i, column in enumerate(live)},
        diagnosis=Area(name, _TODO_TOP, left, _TODO_TOP + DIAGNOSIS_ROWS - 1, left + heads["diagnosis"] - 1),
        # One column to the right: the text then stands in the wide column of 诊断.
        explanations=Area(name, top, left + 1, top + EXPLANATION_ROWS - 1, left + heads["explanation"]),
        listed=right + 1,
    )


class Layout:
    """All sheets of one form. ``tables`` by table key; ``texts`` maps a section (or 引言) to its rows."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.tables = {key: _table_sheet(table) for key, table in form.tables.items()}
        sheets = marks("sheets")
        fields = tuple(wording("cover.fields"))
        self.cover = CoverSheet(
            name=sheets["cover"],
            fields={name: (6 + i, 2) for i, name in enumerate(fields)},
            edition=(5, 2),
            title=Area(sheets["cover"], 2, 1, 3, _COVER_COLUMNS),
            parts=5 + len(fields) + 2,
            columns=_COVER_COLUMNS,
        )
        self.check = _check_sheet(sheets["check"])
        self.texts: dict[str, Area] = {}
        for section in form.sections:
            if not section.table:
                self.texts[section.number] = self._paragraphs(section)
        first = form.sections[0].number
        self.texts[PREFACE] = Area(first, 4, 1, 3 + PREFACE_PARAGRAPHS, 1)

    def _paragraphs(self, section: Section) -> Area:
        top = 7 + PREFACE_PARAGRAPHS if section is self.form.sections[0] else 4
        return Area(section.number, top, 1, top + PARAGRAPHS - 1, 1)

    def text_title(self, section: Section) -> int:
        """The row of a text section's printed title: 引言 stands above that of the first section."""
        return self.texts[section.number].top - 1 if section is self.form.sections[0] else 1

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Every sheet in order, the very hidden one last."""
        names = marks("sheets")
        sections = (s.number for s in self.form.sections)
        front = (names["cover"], *sections, names["check"])
        return (*front, *self.may_be_absent, names["help"], names["data"])

    @property
    def may_be_absent(self) -> tuple[str, ...]:
        """Sheets that a file may lack: earlier templates had none, and nothing on them is reported."""
        names = marks("sheets")
        return names["last_year"], names["pasting"]

    def sheet_of(self, cell: Cell) -> TableSheet:
        return self.tables[cell.table]

    def locate(self, cell_id: str) -> tuple[str, str]:
        """(sheet, address) of a typed cell: ``("三", "D10")``."""
        sheet = self.sheet_of(self.form.by_id[cell_id])
        return sheet.name, address(*sheet.cells[cell_id])

    def field(self, name: str) -> str:
        """A field of the cover, 版式 among them: ``封面!B6``; ``blank_is_zero.table3`` below a table."""
        cover = self.cover
        for key, place in self.tables.items():
            if name == f"blank_is_zero.{key}":
                return f"{place.name}!{address(*place.declaration)}"
        return f"{cover.name}!{address(*(cover.edition if name == 'edition' else cover.fields[name]))}"

    def full(self, cell_id: str) -> str:
        """``'三'!$D$10``"""
        sheet = self.sheet_of(self.form.by_id[cell_id])
        return f"'{sheet.name}'!{address(*sheet.cells[cell_id], absolute=True)}"


@cache
def layout_of(form: Form) -> Layout:
    """The layout of a form; forms are made once, so this is made once each."""
    return Layout(form)
