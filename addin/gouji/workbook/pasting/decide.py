"""What a zone holds for the form: each line by its label, each column by its head. The formulas beside the
zone (``formulas.py``) decide the same in the same steps.

A line is used only where nothing speaks against it: its label stands in one row of the zone, its columns are
known, and no number stands beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Literal

from ...form import Form
from ...records import dataclass
from ..reading.cells import Position, RawCell
from .sheet import Part, PasteSheet
from .spelling import bar, column_at, position, row_text, spelt

#: ``shifted``: found, further left or right than the heads say, with all its cells in their order.
#: ``absent``, ``double``: no row, or more than one, has the label; ``headless``: no heads tell the columns;
#: ``aside``: numbers stand beside the columns that the heads name.
State = Literal["found", "shifted", "absent", "double", "headless", "aside"]
#: States of lines that are used.
USED: tuple[State, ...] = ("found", "shifted")
#: So many rows above the first line of a block are searched for heads.
HEAD_ROWS = 3
#: Tables whose columns follow their order where no heads tell them. In 表二 they mean other things in each
#: edition, so there the heads alone decide.
BY_ORDER = frozenset(("table3",))


@dataclass(frozen=True, slots=True)
class LineFound:
    """``row``: in the zone, from 1, 0 where there is none. ``columns``: of its cells, from 1."""

    line: str
    state: State
    row: int = 0
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Found:
    """``lines``: part -> its lines. ``cells``: cell id -> (row, column) on the sheet, of the lines that are
    used. ``columns``: part -> the columns of its cells, from 1. ``ordered``: parts whose columns follow their
    order, no heads being there."""

    lines: Mapping[int, tuple[LineFound, ...]]
    cells: Mapping[str, Position]
    columns: Mapping[int, tuple[int, ...]]
    ordered: frozenset[int]

    @property
    def any(self) -> bool:
        """Whether a line of the form was found at all."""
        return any(line.state != "absent" for lines in self.lines.values() for line in lines)


@dataclass
class Zone:
    """What stands in a zone, in rows and columns from 1."""

    sheet: PasteSheet
    contents: Mapping[Position, RawCell]
    texts: list[str] = field(init=False)
    _said: list[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        rows: dict[int, dict[int, RawCell]] = {}
        area = self.sheet.zone
        for (row, column), cell in self.contents.items():
            if area.holds(row, column):
                rows.setdefault(row - area.top + 1, {})[column - area.left + 1] = cell
        self.rows = rows
        self.width = area.right - area.left + 1
        height = area.bottom - area.top + 1
        self.texts = [self._text(rows[row]) if row in rows else "" for row in range(1, height + 1)]
        self._said = [(row, text) for row, text in enumerate(self.texts, 1) if text]

    def _text(self, cells: Mapping[int, RawCell]) -> str:
        """A row with an error value says nothing, as its formula does."""
        if any(cell.kind == "error" for cell in cells.values()) or all(
            c.kind == "blank" for c in cells.values()
        ):
            return ""
        found = {at: str(cell.value) for at, cell in cells.items() if cell.kind == "text"}
        return row_text(found.get(column, "") for column in range(1, self.width + 1))

    def text(self, row: int) -> str:
        """The text of a row, "" outside of the zone."""
        return self.texts[row - 1] if 1 <= row <= len(self.texts) else ""

    def rows_with(self, spellings: Sequence[str]) -> list[int]:
        """The rows in which a label stands, once for each of its spellings."""
        return [row for one in spellings for row, text in self._said if f"{bar()}{one}{bar()}" in text]

    def is_filled(self, row: int, column: int) -> bool:
        """As COUNTA counts: an empty text is something."""
        cell = self.rows.get(row, {}).get(column)
        return cell is not None and cell.kind != "blank"

    def is_text(self, row: int, column: int) -> bool:
        cell = self.rows.get(row, {}).get(column)
        return cell is not None and cell.kind == "text" and cell.raw != ""

    def says(self, row: int, column: int) -> bool:
        """Whether the cell is more than an empty text."""
        return self.is_filled(row, column) and self.rows[row][column].raw != ""

    def is_number(self, row: int, column: int) -> bool:
        cell = self.rows.get(row, {}).get(column)
        return cell is not None and cell.kind == "number"


def find(sheet: PasteSheet, form: Form, contents: Mapping[Position, RawCell]) -> Found:
    """What the zone holds for each line of the form."""
    zone = Zone(sheet, contents)
    lines: dict[int, tuple[LineFound, ...]] = {}
    ordered: set[int] = set()
    known: dict[int, tuple[int, ...]] = {}
    for number, part in enumerate(sheet.parts):
        labels = [_labelled(zone, spelt(row, form)) for row in part.block.rows]
        if part.across:
            lines[number] = _side_by_side(zone, form, part, labels)
        else:
            columns, by_order = _columns(zone, form, part, labels)
            known[number] = columns
            lines[number] = tuple(
                _line(zone, part, row.id, label, columns, by_order)
                for row, label in zip(part.block.rows, labels, strict=True)
            )
            if by_order:
                ordered.add(number)
    return Found(lines, dict(_cells(sheet, lines)), known, frozenset(ordered))


@dataclass(frozen=True, slots=True)
class _Label:
    """``count``: in how many rows; ``row``, ``column``: where, if it is one, else 0."""

    count: int
    row: int = 0
    column: int = 0


def _labelled(zone: Zone, spellings: Sequence[str]) -> _Label:
    rows = zone.rows_with(spellings)
    if len(rows) != 1:
        return _Label(len(rows))
    (row,) = rows
    text = zone.text(row)
    return _Label(1, row, column_at(text, position(text, spellings)))


def _columns(zone: Zone, form: Form, part: Part, labels: Sequence[_Label]) -> tuple[tuple[int, ...], bool]:
    """The columns of a block's cells, () where they are not known; and whether they only follow the order."""
    rows = [label.row for label in labels if label.row]
    if not rows:
        return (), False
    heads = []
    for column in part.block.columns:
        for up in range(1, HEAD_ROWS + 1):
            text = zone.text(min(rows) - up)
            if at := position(text, spelt(column, form)):
                heads.append(column_at(text, at))
                break
    width = len(part.block.columns)
    # Pasted as text, heads stand above each other that do not belong together.
    if len(heads) == width == len(set(heads)):
        return tuple(heads), False
    if part.table.key not in BY_ORDER:
        return (), False
    first = max(label.column for label in labels) + 1
    return tuple(range(first, first + width)), True


def _line(
    zone: Zone, part: Part, line: str, label: _Label, columns: tuple[int, ...], by_order: bool
) -> LineFound:
    if label.count != 1:
        return LineFound(line, "double" if label.count else "absent")
    if not columns:
        return LineFound(line, "headless", label.row)
    first, last, width = min(columns), max(columns), len(columns)
    if last <= zone.width and first > label.column and _fits(zone, label, columns, by_order):
        return LineFound(line, "found", label.row, columns)
    if part.table.key in BY_ORDER and last - first + 1 == width and _follows(zone, label, width):
        by = label.column + 1 - first
        return LineFound(line, "shifted", label.row, tuple(column + by for column in columns))
    return LineFound(line, "headless" if by_order else "aside", label.row)


def _fits(zone: Zone, label: _Label, columns: tuple[int, ...], by_order: bool) -> bool:
    """Whether the numbers of a row stand in these columns and nowhere else. Without heads a blank cell leaves
    open where the others belong."""
    first, last = min(columns), max(columns)
    beside = range(label.column, min(last + 1, zone.width) + 1)
    numbers = sum(zone.is_number(label.row, column) for column in beside)
    own = sum(zone.is_number(label.row, column) for column in columns)
    if numbers != own or any(zone.is_text(label.row, column) for column in range(label.column + 1, first)):
        return False
    return not by_order or all(zone.is_filled(label.row, column) for column in columns)


def _follows(zone: Zone, label: _Label, width: int) -> bool:
    """Whether right behind a label all cells of its line are filled and nothing else: where merged labels
    were lost, a line stands further to the left than its heads."""
    last = label.column + width
    if last > zone.width or not all(zone.is_filled(label.row, c) for c in range(label.column + 1, last + 1)):
        return False
    return last == zone.width or not zone.says(label.row, last + 1)


def _side_by_side(zone: Zone, form: Form, part: Part, labels: Sequence[_Label]) -> tuple[LineFound, ...]:
    """Lines that are columns of one row of numbers: below their labels, and below a row of heads there."""
    width, below = len(part.block.columns), max(label.row for label in labels) + 1
    row, starts = below + 1, [label.column for label in labels if label.row]
    headed = position(zone.text(below), spelt(part.block.columns[0], form)) > 0
    if not headed or len(starts) < len(labels) or row > len(zone.texts):
        state: State = "headless"
    else:
        first, last = min(starts), max(starts) + width - 1
        whole = last - first + 1 == width * len(labels) and last <= zone.width
        alone = not zone.is_number(row, first - 1) and not zone.is_number(row, last + 1)
        state = "found" if whole and alone else "aside"
    found = []
    for line, label in zip(part.block.rows, labels, strict=True):
        if label.count != 1:
            found.append(LineFound(line.id, "double" if label.count else "absent"))
        else:
            columns = tuple(range(label.column, label.column + width)) if state == "found" else ()
            found.append(LineFound(line.id, state, row if columns else label.row, columns))
    return tuple(found)


def _cells(sheet: PasteSheet, lines: Mapping[int, tuple[LineFound, ...]]) -> list[tuple[str, Position]]:
    found = []
    for number, part in enumerate(sheet.parts):
        for row, line in zip(part.block.rows, lines[number], strict=True):
            if line.state in USED:
                for column, at in zip(part.block.columns, line.columns, strict=True):
                    place = (sheet.zone.top + line.row - 1, sheet.zone.left + at - 1)
                    found.append((part.block.cell(row.id, column.id).id, place))
    return found
