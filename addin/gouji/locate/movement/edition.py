"""Table 三 of another edition pasted over this one's: the same numbers under other rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...form import Line, editions, load_form
from .sheet import Movement, Order, Sheet, grid_of

_RULE = "other-edition-table"


def other_editions(sheet: Sheet) -> Iterator[Movement]:
    """Editions with fewer rows than this table whose own equations the numbers satisfy, row by row from the
    top, while the rows below are empty. (With more rows the totals would be off the form.)"""
    if sheet.broken_rows or not sheet.broken_columns or sheet.total_left:
        return
    grid, table = sheet.grid, sheet.ranker.form.tables["table3"]
    for edition in editions():
        other = load_form(edition)
        theirs = grid_of(other)
        if edition == table.edition or theirs.last >= grid.last:
            continue
        if len(theirs.cells[0]) != len(grid.cells[0]) or any(map(any, sheet.rows[theirs.last + 1 :])):
            continue
        vector = [0] * len(other.cells)
        for places, row in zip(theirs.cells, sheet.rows, strict=False):
            for place, number in zip(places, row, strict=True):
                vector[place] = number
        equations = zip(other.equations, other.residuals(vector), strict=True)
        if any(left for equation, left in equations if equation.table == "table3"):
            continue
        ours, rows = grid.block.rows, theirs.block.rows
        differing = next(n for n, line in enumerate(rows) if line.id != ours[n].id)
        yield Movement(
            rule=_RULE,
            how="whole_edition",
            table="table3",
            lines=(rows[differing], ours[differing]),
            area=tuple(place for places in grid.cells[differing:] for place in places),
            right=_right(sheet, rows),
            confirmed=len(sheet.broken_columns),
            order=Order.FAR,
            edition=edition,
        )


def _right(sheet: Sheet, rows: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    """The numbers of the rows that both editions have; what the other has as one row is left open."""
    grid = sheet.grid
    ours = {line.id: number for number, line in enumerate(grid.block.rows)}
    found = ((ours[line.id], row) for line, row in zip(rows, sheet.rows, strict=False) if line.id in ours)
    return tuple(
        (place, number)
        for at, row in found
        for place, was, number in zip(grid.cells[at], sheet.rows[at], row, strict=True)
        if was != number
    )
