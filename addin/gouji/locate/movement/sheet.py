"""Table 三 as it is typed, row by row, and what a movement of its lines would mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from functools import cache, cached_property
from operator import itemgetter

from ...form import Block, Form, Line, TableKey
from ...records import dataclass
from ..rank import Ranker
from ..system import Residual

#: Numbers of the cells of one row, in the order of the columns.
Numbers = tuple[int, ...]


class Order(IntEnum):
    """How much it takes for chance to look like a movement: the lower comes first, the others are not told.

    ``BLANK``: the place that was left is blank, not 0; ``NEAR``: neighbours, confirmed by equations; ``FAR``:
    lines that are no neighbours, or what only an empty edge speaks for; ``COPY``: lines that are another's;
    ``ELSEWHERE``: a line of another table.
    """

    BLANK = 0
    NEAR = 1
    FAR = 2
    COPY = 3
    ELSEWHERE = 4


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement that would explain all that does not add up in a table.

    ``rule``: id in the catalogue; ``how``: key of its words there; ``lines``: the lines that these name.
    ``area``: places of the cells that it speaks of. ``right``: (place, number) of those of them that would
    hold another number; ``lost``: those whose number is no longer on the form, found by the equations.
    ``confirmed``: equations that fail as typed, hold after it and were not needed to find a number.
    ``edition``: whose rows the numbers stand in, where not this form's.
    """

    rule: str
    how: str
    table: TableKey
    lines: tuple[Line, ...]
    area: tuple[int, ...]
    right: tuple[tuple[int, int], ...]
    order: Order
    lost: tuple[int, ...] = ()
    confirmed: int = 0
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where things stand in table 三: places of the cells, and the lines by their numbers from 0.

    ``closed``: the total row; ``results``: the rows that it sums. ``left``, ``right``: the rows of the
    balance. ``total``: the total column; ``parts``: the columns that it sums.
    """

    block: Block
    cells: tuple[tuple[int, ...], ...]
    results: tuple[int, ...]
    closed: int
    left: tuple[int, ...]
    right: tuple[int, ...]
    parts: tuple[int, ...]
    total: int

    @property
    def last(self) -> int:
        return len(self.cells) - 1

    @property
    def special(self) -> frozenset[int]:
        """The rows that are no results: each of them means something else to the equations."""
        return frozenset((*self.left, *self.right))


@cache
def grid_of(form: Form) -> Grid:
    """The grid of a form's table 三, made once an edition."""
    table = form.tables["table3"]
    (block,) = table.blocks
    assert table.balance is not None
    rows = {line.id: number for number, line in enumerate(block.rows)}
    columns = {line.id: number for number, line in enumerate(block.columns)}
    closed = next(line for line in block.rows if line.is_total)
    total = next(line for line in block.columns if line.is_total)
    index = form.index
    cells = tuple(tuple(index[cell.id] for cell in row) for row in block.by_row)
    return Grid(
        block=block,
        cells=cells,
        results=tuple(rows[r] for r in closed.total_of),
        closed=rows[closed.id],
        left=tuple(rows[r] for r in table.balance.left),
        right=tuple(rows[r] for r in table.balance.right),
        parts=tuple(columns[c] for c in total.total_of),
        total=columns[total.id],
    )


class Sheet:
    """Table 三 of one report. A blank cell and "/" count 0: a table that was pasted elsewhere leaves blanks.

    ``residual``: what is left of each failing equation of the table, by its place in the form.
    ``sums``: per column what the results have more than （七）; ``balances``: per column what 一 and 二
    have more than （七） and 四; ``broken_rows``: the rows whose total is not their sum.
    """

    def __init__(self, ranker: Ranker, residual: Residual) -> None:
        self.ranker = ranker
        self.grid = grid = grid_of(ranker.form)
        self.residual = residual
        self.rows: list[Numbers] = [tuple(ranker.values[c] for c in row) for row in grid.cells]
        self._results = itemgetter(*grid.results)
        columns = list(zip(*self.rows, strict=True))
        self.sums = [self.over(column) for column in columns]
        self.balances = [self.unbalanced(column) for column in columns]
        self.broken_rows = [
            n for n, row in enumerate(self.rows) if sum(row[p] for p in grid.parts) != row[grid.total]
        ]
        self.broken_columns = [c for c in grid.parts if self.sums[c] or self.balances[c]]

    def over(self, column: Sequence[int]) -> int:
        """What the results of one column have more than its （七）."""
        return int(sum(self._results(column))) - column[self.grid.closed]

    def unbalanced(self, column: Sequence[int]) -> int:
        """What the left rows of one column's balance have more than the right ones."""
        grid = self.grid
        return sum(column[r] for r in grid.left) - sum(column[r] for r in grid.right)

    def blank(self, row: int) -> bool:
        """Whether nothing at all is typed in the row."""
        form, report = self.ranker.form, self.ranker.report
        return all(report.is_blank(form.cells[c].id) for c in self.grid.cells[row])

    def changes(self, rows: Sequence[Numbers]) -> tuple[tuple[int, int], ...]:
        """(place, number) wherever ``rows`` differ from what is typed."""
        return tuple(
            (place, number)
            for places, typed, right in zip(self.grid.cells, self.rows, rows, strict=True)
            if typed != right
            for place, was, number in zip(places, typed, right, strict=True)
            if was != number
        )

    def instead(self, column: int) -> list[Numbers]:
        """The rows with the numbers of one column as the other columns want them; these may be negative."""
        grid, right = self.grid, []
        for row in self.rows:
            rest = sum(row[p] for p in grid.parts if p != column)
            number = rest if column == grid.total else row[grid.total] - rest
            right.append((*row[:column], number, *row[column + 1 :]))
        return right

    @cached_property
    def total_left(self) -> bool:
        """Whether filling an empty （七） explains everything: what people leave undone most often."""
        closed = self.grid.closed
        return not any(self.rows[closed]) and self.without(closed) is not None

    def one_row_wrong(self) -> bool:
        """Whether some row, alone wrong, would explain everything."""
        return any(self.without(row) is not None for row in range(len(self.rows)))

    def without(self, row: int) -> Numbers | None:
        """The numbers that one row must hold for every equation, were it alone wrong; None where none do."""
        grid, found = self.grid, []
        for typed, over, unbalanced in zip(self.rows[row], self.sums, self.balances, strict=True):
            error, rest = over, unbalanced
            if row == grid.closed:
                error, rest = -over, unbalanced - over
            elif row in grid.left:
                error, rest = unbalanced, over
            elif row in grid.right:
                error, rest = -unbalanced, over
            if rest or typed < error:
                return None
            found.append(typed - error)
        return tuple(found)
