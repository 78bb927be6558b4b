"""Which line of numbers is which row of table 三: by its label where that is proof, else by the order of the
form.

A label is proof in the same row or line of the source, and where all rows have their own in another order
than the form's. Elsewhere the label before a run of numbers may be the next row's (labels torn from their
values). It counts where every label from the first row to the last has its own numbers behind it, or where
it says the same as the order of the form and there are as many lines as rows. The order alone counts where,
besides, every column sum and the balance hold and no label contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from ...form import Table
from ..reading import How
from .numbers import value_of_count
from .rows import Found, Line

Assigned = dict[str, tuple[Line, How]]


def assign(table: Table, found: Found) -> Assigned:
    """Row id -> its line and how that is known."""
    order = [row.id for row in table.rows()]
    lines = found.lines
    if _unbroken(order, found):
        return {line.row: (line, "printed") for line in lines if line.row}
    firm: Assigned = {line.row: (line, "printed") for line in lines if line.firm and line.row}
    if _labelled_otherwise(order, found) and columns_hold(
        table, {line.row: line for line in lines if line.row}
    ):
        return {line.row: (line, "printed") for line in lines if line.row}
    pairs = list(zip(order, lines, strict=False))
    if len(lines) != len(order) or any(line.firm and line.row != row for row, line in pairs):
        return firm
    if found.ordered and columns_hold(table, dict(pairs)):
        return {row: (line, _how(row, line)) for row, line in pairs}
    agreed: Assigned = {row: (line, "printed") for row, line in pairs if line.row == row}
    return firm | agreed


def _how(row: str, line: Line) -> How:
    """Whether the line's own label says that it is the row, or the order of the form."""
    return "printed" if line.row == row else "order"


def _unbroken(order: Sequence[str], found: Found) -> bool:
    """Whether from the first row to the last every label is followed by numbers of its own, in the order of
    the form, and no others stand between."""
    rows = [line.row for line in found.lines]
    if not rows or rows[0] != order[0] or rows[-1] != order[-1]:
        return False
    places = [order.index(row) if row else -1 for row in rows]
    if -1 in places or any(a >= b for a, b in pairwise(places)):
        return False
    # Rows without any number: empty cells vanish where numbers stand one a line; else labels may be torn.
    return not found.bare or all(line.firm or (line.run and not line.run.own_line) for line in found.lines)


def _labelled_otherwise(order: Sequence[str], found: Found) -> bool:
    """Whether every row has its own label directly before its own numbers, in another order than the
    form's."""
    rows = [line.row for line in found.lines if line.row]
    return len(rows) == len(found.lines) and rows != [*order] and sorted(rows) == sorted(order)


def numbers_of(line: Line) -> tuple[int, ...] | None:
    """A line's numbers, blank and "/" as 0, or None where one can not be read."""
    if line.raws is None:
        return None
    numbers = [value_of_count(raw) for raw in line.raws]
    return None if any(n is None for n in numbers) else tuple(n or 0 for n in numbers)


def columns_hold(table: Table, lines: Mapping[str, Line]) -> bool:
    """Whether every column sum and every balance holds; False where a number can not be read."""
    values: dict[str, int] = {}
    for row, line in lines.items():
        numbers = numbers_of(line)
        if numbers is None:
            return False
        cells = [table.grid.cell(row, column.id).id for column in table.grid.columns]
        values |= dict(zip(cells, numbers, strict=True))
    return all(
        sum(values[c] for c in equation.left) == sum(values[c] for c in equation.right)
        for equation in table.equations
        if equation.kind != "row"
    )


def sum_holds(line: Line) -> bool:
    """Whether the last number of a line is the sum of the others; False where one can not be read."""
    numbers = numbers_of(line)
    return numbers is not None and sum(numbers[:-1]) == numbers[-1]


def total_is_last(lines: Sequence[Line]) -> bool:
    """Whether the rows' own sums show that the last column is the total: more of them hold than not."""
    told = [sum_holds(line) for line in lines if any(numbers_of(line) or ())]
    return not told or told.count(True) > 2 * told.count(False)
