"""Whole rows of table 三 in the place of others: blocks pasted one row too high or too low, rows exchanged.

The rows themselves are intact, so every row adds up; what fails are the sums over results and the balance.
Rows of results may stand in any order for these: only a movement across 一, 二, （七） or 四 shows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .sheet import Movement, Numbers, Order, Sheet

_SHIFT, _EXCHANGE = "moved-block", "exchanged-lines"


def moved_rows(sheet: Sheet) -> Iterator[Movement]:
    """Every movement of whole rows after which all equations of the table hold."""
    if sheet.broken_rows or not sheet.broken_columns:
        return
    found = (*_shifts(sheet), *_exchanges(sheet))
    yield from (m for m in found if m.order == Order.BLANK) if sheet.total_left else found


def _shifts(sheet: Sheet) -> Iterator[Movement]:
    """Rows ``first`` … ``last`` − 1 stand one row too low, or ``first`` + 1 … ``last`` one too high.

    The row at the far end lost its numbers: it was pushed off the form, or what was moved covers them.
    """
    grid, rows = sheet.grid, sheet.rows
    test = sheet.broken_columns[0]
    column = [row[test] for row in rows]
    empty = [not any(row) for row in rows]
    for first in range(grid.last):
        for last in range(first + 1, grid.last + 1):
            if first not in grid.special and last not in grid.special:
                continue  # among results alone nothing shows
            if empty[first] or rows[first] == rows[first + 1]:
                down = [*column[:first], *column[first + 1 : last + 1], 0, *column[last + 1 :]]
                if _filled(sheet, down, last) is not None:
                    yield from _shift(sheet, first, last, down=True)
            if empty[last] or rows[last] == rows[last - 1]:
                up = [*column[:first], 0, *column[first:last], *column[last + 1 :]]
                if _filled(sheet, up, first) is not None:
                    yield from _shift(sheet, first, last, down=False)


def _filled(sheet: Sheet, column: Sequence[int], lost: int) -> int | None:
    """The number of row ``lost`` (0 in ``column``) with which the column adds up; None where none does."""
    grid = sheet.grid
    over, unbalanced = sheet.over(column), sheet.unbalanced(column)
    if lost == grid.closed:
        number, rest = over, unbalanced - over
    elif lost in grid.left:
        number, rest = -unbalanced, over
    elif lost in grid.right:
        number, rest = unbalanced, over
    else:
        number, rest = -over, unbalanced
    return None if rest or number < 0 else number


def _shift(sheet: Sheet, first: int, last: int, *, down: bool) -> Iterator[Movement]:
    grid, rows = sheet.grid, sheet.rows
    lost = last if down else first
    none = (0,) * len(rows[0])
    moved = rows[first + 1 : last + 1] if down else rows[first:last]
    if not any(map(any, moved)) or sheet.without(lost) is not None:
        return  # the row that is said to be lost is wrong by itself
    right = [*rows[:first], *([*moved, none] if down else [none, *moved]), *rows[last + 1 :]]
    found = [_filled(sheet, column, lost) for column in zip(*right, strict=True)]
    numbers = tuple(n for n in found if n is not None)
    if len(numbers) < len(found):
        return
    right[lost] = numbers
    if any(numbers) and numbers == rows[lost]:
        return  # nothing was lost: a number of this row would stand in two
    if sum(was != now for was, now in zip(rows, right, strict=True)) < 2:
        return  # one row was left out
    confirmed = _confirmed(sheet, right, lost)
    if not confirmed:
        return
    left = first if down else last
    ends = (first, last - 1) if down else (first + 1, last)
    whole = (first, last) == (0, grid.last)
    to_edge = last == grid.last if down else first == 0
    how = "whole" if whole else "row" if ends[0] == ends[1] else "edge" if to_edge else "block"
    yield Movement(
        rule=_SHIFT,
        how=f"{how}_{'down' if down else 'up'}",
        table="table3",
        lines=tuple(grid.block.rows[n] for n in ends),
        area=_area(sheet, range(first, last + 1)),
        right=sheet.changes(right),
        lost=grid.cells[lost] if any(numbers) else (),
        confirmed=confirmed,
        order=Order.BLANK if sheet.blank(left) and left != grid.closed else Order.NEAR,
    )


def _confirmed(sheet: Sheet, right: Sequence[Numbers], lost: int) -> int:
    """Columns whose one equation that is not needed to find the lost number fails as typed, and then says
    more than that nothing is nothing."""
    grid, closed = sheet.grid, right[sheet.grid.closed]
    either = lost == grid.closed
    sums, balances = (either or lost in grid.special), (either or lost not in grid.special)
    return sum(
        bool((sums and sheet.sums[c] and closed[c]) or (balances and sheet.balances[c] and came))
        for c in sheet.broken_columns
        if (came := sum(right[r][c] for r in grid.left)) or closed[c]
    )


def _exchanges(sheet: Sheet) -> Iterator[Movement]:
    """Two rows hold each other's numbers."""
    grid, rows = sheet.grid, sheet.rows
    test = sheet.broken_columns[0]
    column = [row[test] for row in rows]
    for one in sorted(grid.special):
        for other in range(grid.last + 1):
            if other == one or (other in grid.special and other < one) or rows[one] == rows[other]:
                continue
            swapped = list(column)
            swapped[one], swapped[other] = column[other], column[one]
            if sheet.over(swapped) or sheet.unbalanced(swapped):
                continue
            right: list[Numbers] = list(rows)
            right[one], right[other] = rows[other], rows[one]
            if not any(sheet.over(c) or sheet.unbalanced(c) for c in zip(*right, strict=True)):
                yield _exchange(sheet, min(one, other), max(one, other), right)


def _exchange(sheet: Sheet, one: int, other: int, right: Sequence[Numbers]) -> Movement:
    """Where one of the rows is empty as typed, its numbers stand in the other: it was moved."""
    grid, rows = sheet.grid, sheet.rows
    moved = not any(rows[one]) or not any(rows[other])
    empty, filled = (one, other) if not any(rows[one]) else (other, one)
    lines = (empty, filled) if moved else (one, other)
    return Movement(
        rule=_EXCHANGE,
        how="moved_row" if moved else "rows",
        table="table3",
        lines=tuple(grid.block.rows[n] for n in lines),
        area=_area(sheet, (one, other)),
        right=sheet.changes(right),
        confirmed=len(sheet.broken_columns),
        order=Order.NEAR if other - one == 1 else Order.FAR,
    )


def _area(sheet: Sheet, rows: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for row in rows for place in sheet.grid.cells[row])
