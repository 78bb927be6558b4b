"""Where everything stands in the workbook. Pure geometry, derived from the form.

Rows and columns are counted from 1, as in the spreadsheet. On a table's sheet a strip with expected
totals stands above the printed part, expected row totals to its right; both lie outside the print
area. Addresses depend on the form alone, so a finding on a JSON report names the same cell as one
on a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..form import Box, Cell, Form, Section, Table, printed_grid
from ..form.addresses import STRIP, positions, top_of
from ..form.addresses import address as address
from ..form.addresses import column_letter as column_letter
from ..report import PREFACE
from ..rules import catalogue
from ..rules.relations import prior_cells
from .wording import marks, wording

#: Rows of the unlocked block 注 below each table.
NOTE_ROWS = 10
#: Blocks of figures right of a table: each cell as a number, blanks that no declaration covers, and totals
#: as rules read them (see ``figures.py``).
FIGURES, UNCOVERED, READ, READ_AS_SUM = range(4)
#: Columns of cells that name what is wrong, right of the figures (see ``naming/``).
NAMING_COLUMNS = 18
#: Unlocked paragraphs of a text section, and of 引言 on the sheet of section 一.
PARAGRAPHS, PREFACE_PARAGRAPHS = 300, 6
#: Rows reserved for 诊断 and 审核说明 on 校验, and where they start.
DIAGNOSIS_ROWS, EXPLANATION_ROWS = 20, 40
_CHECK_TOP = 7


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
        first = address(self.top, self.left, absolute=absolute)
        last = address(self.bottom, self.right, absolute=absolute)
        return first if first == last else f"{first}:{last}"

    def full(self) -> str:
        """With the sheet's name, absolute, as formulas on other sheets use it."""
        return f"'{self.sheet}'!{self.ref(absolute=True)}"

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
        return self.block(READ_AS_SUM) + self.columns + 1

    @property
    def hidden(self) -> tuple[int, int]:
        """First and last column of the figures and of what names; the declaration 空白单元格均为 0 stands in
        the first one."""
        return self.block(FIGURES) + 1, self.naming + NAMING_COLUMNS - 1

    def area(self, cells: Sequence[str], block: int | None = None) -> list[Area]:
        """Rectangles that together cover exactly ``cells``, given in reading order or down a column.

        ``block``: not the cells but their figures.
        """
        shift = 0 if block is None else self.block(block)
        areas: list[Area] = []
        for row, column in ((row, column + shift) for row, column in (self.cells[c] for c in cells)):
            last = areas[-1] if areas else None
            if last and last.top == row == last.bottom and last.right + 1 == column:
                areas[-1] = Area(self.name, row, last.left, row, column)
            else:
                areas.append(Area(self.name, row, column, row, column))
        joined: list[Area] = []
        for area in areas:
            above = joined[-1] if joined else None
            if above and (above.left, above.right, above.bottom + 1) == (area.left, area.right, area.top):
                joined[-1] = Area(self.name, above.top, above.left, area.bottom, area.right)
            else:
                joined.append(area)
        return joined


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
    """``fields``: field id -> (row, column) of its input; ``prior``: the block 上年数."""

    name: str
    fields: Mapping[str, tuple[int, int]]
    edition: tuple[int, int]
    prior_title: int
    prior: Mapping[str, tuple[int, int]]

    def prior_figures(self, block: int) -> Mapping[str, tuple[int, int]]:
        """Cell id -> where last year's number stands for formulas: hidden columns right of the block."""
        return {cell: (row, column + _PRIOR_SHIFT + block) for cell, (row, column) in self.prior.items()}


#: From the input of 上年数 to its figures.
_PRIOR_SHIFT = 3


@dataclass(frozen=True)
class CheckSheet:
    """校验: live rows start at ``live_top``; 诊断 and 审核说明 stand to their right.

    ``columns``: name of a live row's column (as in ``wording.toml``) -> its number.
    """

    name: str
    live_top: int
    columns: Mapping[str, int]
    diagnosis: Area
    explanations: Area


def _beside(sheet: str, live: Sequence[str], top: int, rows: int, heads: str) -> Area:
    """A block of 校验 to the right of the live rows, one empty column between."""
    left = len(live) + 2
    return Area(sheet, top, left, top + rows - 1, left + len(wording("check")[heads]) - 1)


class Layout:
    """All sheets of one form. ``tables`` by table key; ``texts`` maps a section (or 引言) to its rows."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.tables = {key: _table_sheet(table) for key, table in form.tables.items()}
        sheets = marks("sheets")
        fields = tuple(wording("cover.fields"))
        live = tuple(wording("check.live_heads"))
        # The shipped catalogue decides: a city that switches a rule off does not move any cell.
        prior = prior_cells(form, catalogue())
        prior_title = 5 + len(fields) + 3
        self.cover = CoverSheet(
            name=sheets["cover"],
            fields={name: (6 + i, 2) for i, name in enumerate(fields)},
            edition=(5, 2),
            prior_title=prior_title,
            prior={cell: (prior_title + 2 + i, 3) for i, cell in enumerate(prior)},
        )
        self.check = CheckSheet(
            name=sheets["check"],
            live_top=_CHECK_TOP,
            columns={name: i + 1 for i, name in enumerate(live)},
            diagnosis=_beside(sheets["check"], live, _CHECK_TOP, DIAGNOSIS_ROWS, "diagnosis_heads"),
            explanations=_beside(
                sheets["check"], live, _CHECK_TOP + DIAGNOSIS_ROWS + 4, EXPLANATION_ROWS, "explanation_heads"
            ),
        )
        self.texts = {}
        for section in form.sections:
            if not section.table:
                self.texts[section.number] = self._paragraphs(section)
        first = form.sections[0].number
        self.texts[PREFACE] = Area(first, 4, 1, 3 + PREFACE_PARAGRAPHS, 1)

    def _paragraphs(self, section: Section) -> Area:
        top = 7 + PREFACE_PARAGRAPHS if section is self.form.sections[0] else 4
        return Area(section.number, top, 1, top + PARAGRAPHS - 1, 1)

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Every sheet in order, the very hidden one last."""
        names = marks("sheets")
        sections = (s.number for s in self.form.sections)
        return (names["cover"], *sections, names["check"], names["help"], names["data"])

    def sheet_of(self, cell: Cell) -> TableSheet:
        return self.tables[cell.table]

    def locate(self, cell_id: str) -> tuple[str, str]:
        """(sheet, address) of a typed cell: ``("三", "D10")``."""
        sheet = self.sheet_of(self.form.by_id[cell_id])
        return sheet.name, address(*sheet.cells[cell_id])

    def field(self, name: str) -> str:
        """A field of the cover, 版式 among them: ``封面!B6``."""
        cover = self.cover
        return f"{cover.name}!{address(*(cover.edition if name == 'edition' else cover.fields[name]))}"

    def full(self, cell_id: str) -> str:
        """``'三'!$D$10``"""
        sheet = self.sheet_of(self.form.by_id[cell_id])
        return f"'{sheet.name}'!{address(*sheet.cells[cell_id], absolute=True)}"


@cache
def layout_of(form: Form) -> Layout:
    """The layout of a form; forms are made once, so this is made once each."""
    return Layout(form)
