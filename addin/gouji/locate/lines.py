"""Where the cells stand beside one another on the printed form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from ..form import Block, Form, Line
from ..records import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class GridLine:
    """A row or a column of a block by the places of its cells. ``total``: it sums other lines.

    A block printed across (表四) has its rows side by side, each with a total of its own: there a
    column is cut into single cells.
    """

    id: str
    axis: Literal["row", "column", "block"]
    line: Line
    cells: tuple[int, ...]
    total: bool

    def empty(self, values: Sequence[int]) -> bool:
        return not any(values[c] for c in self.cells)


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a form, and per cell the row and the column that it stands in.

    ``at``: place within the block. ``totals``: the lines that sum others. ``signed``: cells that may
    be negative.
    """

    of_cell: tuple[tuple[GridLine, GridLine], ...]
    at: tuple[tuple[int, int], ...]
    totals: tuple[GridLine, ...]
    signed: frozenset[int]

    def row(self, cell: int) -> GridLine:
        return self.of_cell[cell][0]

    def column(self, cell: int) -> GridLine:
        return self.of_cell[cell][1]

    def beside(self, line: GridLine) -> tuple[tuple[GridLine, ...], tuple[GridLine, ...]]:
        """The lines before and after this one that the same total sums."""
        axis = 0 if line.axis == "row" else 1
        every = dict.fromkeys(pair[axis] for pair in self.of_cell if pair[axis].axis == line.axis)
        sums = [set(total.line.total_of) for total in every if line.line.id in total.line.total_of]
        parts = [other for other in every if any(other.line.id in ids for ids in sums)]
        at = parts.index(line) if line in parts else len(parts)
        return tuple(parts[:at]), tuple(parts[at + 1 :])

    def neighbours(self, one: int, other: int) -> bool:
        """Next to one another in a row or a column of the same block."""
        (r, c), (s, d) = self.at[one], self.at[other]
        same = self.row(one) is self.row(other) or self.column(one) is self.column(other)
        return same and abs(r - s) + abs(c - d) == 1


_KNOWN: dict[Form, Lines] = {}


def lines(form: Form) -> Lines:
    """The lines of a form, made once an edition."""
    if form not in _KNOWN:
        _KNOWN[form] = _lines(form)
    return _KNOWN[form]


def _lines(form: Form) -> Lines:
    of_cell: dict[int, tuple[GridLine, GridLine]] = {}
    at: dict[int, tuple[int, int]] = {}
    totals: dict[str, GridLine] = {}
    for table in form.tables.values():
        for block in table.blocks:
            _place(form, table.id, block, of_cell, at)
    for pair in of_cell.values():
        totals.update((line.id, line) for line in pair if line.total)
    order = range(len(form.cells))
    return Lines(
        of_cell=tuple(of_cell[i] for i in order),
        at=tuple(at[i] for i in order),
        totals=tuple(totals.values()),
        signed=frozenset(i for i, cell in enumerate(form.cells) if cell.kind.signed),
    )


def _place(
    form: Form,
    table: str,
    block: Block,
    of_cell: dict[int, tuple[GridLine, GridLine]],
    at: dict[int, tuple[int, int]],
) -> None:
    grid = [[form.index[cell.id] for cell in row] for row in block.by_row]
    rows = [
        GridLine(f"{table}.row.{r.id}", "row", r, tuple(cells), r.is_total)
        for r, cells in zip(block.rows, grid, strict=True)
    ]
    for number, cells in enumerate(zip(*grid, strict=True)):
        head = block.columns[number]
        whole = GridLine(f"{table}.column.{head.id}", "column", head, cells, head.is_total)
        for r, cell in enumerate(cells):
            column = whole
            if block.across:
                name = f"{table}.block.{block.rows[r].id}.{head.id}"
                column = GridLine(name, "block", head, (cell,), head.is_total)
            of_cell[cell] = rows[r], column
            at[cell] = r, number
