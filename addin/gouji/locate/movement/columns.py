"""Rows of table 三 one column aside, the whole table one column aside, a column in the place of 总计.

Here the rows do not add up. Where columns do neither, single rows have moved; where every column does, the
whole table has, or two columns are exchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from .sheet import Movement, Numbers, Order, Sheet

_SHIFT, _EXCHANGE, _FOREIGN = "moved-block", "exchanged-lines", "foreign-line"
#: A column comes from elsewhere where so many rows and this share of the filled ones do not add up.
_FEWEST, _SHARE = 4, 2 / 3
#: Rows that keep their sums moved where so many columns do not add up; fewer are one number elsewhere.
_COLUMNS = 3

#: A typed row -> the row as it would be one column back; None where it can not be.
Back = Callable[[Numbers], Numbers | None]


def moved_columns(sheet: Sheet) -> Iterator[Movement]:
    """Every movement by one column, every exchange with 总计, after which all equations hold."""
    if any(sheet.sums) or any(sheet.balances):
        yield from _rows_aside(sheet)
        return
    if not sheet.broken_rows:
        return
    yield from _table_aside(sheet)
    yield from _exchanges(sheet)
    yield from _foreign(sheet)


def right_with_total(row: Numbers) -> Numbers | None:
    """All of it one column to the right; the total was pushed off."""
    return None if row[0] else (*row[1:], sum(row[1:]))


def right_without_total(row: Numbers) -> Numbers | None:
    """The parts one column to the right, the last of them covered by the total."""
    *parts, total = row
    rest = total - sum(parts)
    return None if parts[0] or rest < 0 else (*parts[1:], rest, total)


def left_with_total(row: Numbers) -> Numbers | None:
    """All of it one column to the left; the first part was pushed off."""
    *parts, total, edge = row
    rest = total - sum(parts)
    return None if edge or rest < 0 else (rest, *parts, total)


def left_without_total(row: Numbers) -> Numbers | None:
    """The parts one column to the left, the first of them pushed off."""
    *parts, edge, total = row
    rest = total - sum(parts)
    return None if edge or rest < 0 else (rest, *parts, total)


#: How -> the way back and, counted from 0 or from the end, the column whose number is lost.
_WAYS: dict[str, tuple[Back, int]] = {
    "right": (right_with_total, -1),
    "left": (left_with_total, 0),
    "right_parts": (right_without_total, -2),
    "left_parts": (left_without_total, 0),
}


def _rows_aside(sheet: Sheet) -> Iterator[Movement]:
    """The rows from the first to the last that do not add up, and no filled one between that does; without
    总计 also rows beside these, and two rows or more by themselves: what was covered may have been 0."""
    for how, (back, lost) in _WAYS.items():
        backs = [back(row) for row in sheet.rows]
        for first, last in _spans(sheet, backs, beside=how.endswith("parts")):
            rows = range(first, last + 1)
            right = [was if n not in rows else now for n, (was, now) in enumerate(_pairs(sheet, backs))]
            if _columns_hold(sheet, right) and not _nothing_moved(sheet, right, lost):
                yield _aside(sheet, how, rows, right, lost)


def _pairs(sheet: Sheet, backs: Sequence[Numbers | None]) -> Iterator[tuple[Numbers, Numbers]]:
    return ((was, was if now is None else now) for was, now in zip(sheet.rows, backs, strict=True))


def _spans(sheet: Sheet, backs: Sequence[Numbers | None], *, beside: bool) -> Iterator[tuple[int, int]]:
    """First and last row of what may have moved: each of them can, and those at the ends would change."""
    broken, rows = sheet.broken_rows, sheet.rows
    span = range(broken[0], broken[-1] + 1) if broken else range(0)
    if span and all(backs[n] is not None and (n in broken or not any(rows[n])) for n in span):
        yield span[0], span[-1]
    if not beside or len(sheet.broken_columns) < _COLUMNS:
        return
    ends = [n for n, now in enumerate(backs) if now is not None and now != rows[n]]
    stops = [n for n, now in enumerate(backs) if now is None]
    for first in ends:
        stop = next((n for n in stops if n > first), len(rows))
        for last in (n for n in ends if first < n < stop):
            if all(first <= n <= last for n in broken):
                yield first, last


def _aside(sheet: Sheet, how: str, rows: range, right: Sequence[Numbers], lost: int) -> Movement:
    grid = sheet.grid
    return Movement(
        rule=_SHIFT,
        how=f"row_{how}" if len(rows) == 1 else f"block_{how}",
        table="table3",
        lines=(grid.block.rows[rows[0]], grid.block.rows[rows[-1]], grid.block.columns[lost]),
        area=tuple(place for n in rows for place in grid.cells[n]),
        right=sheet.changes(right),
        lost=tuple(grid.cells[n][lost] for n in rows if right[n][lost]),
        confirmed=len(sheet.broken_columns),
        order=Order.NEAR,
    )


def _nothing_moved(sheet: Sheet, right: Sequence[Numbers], lost: int) -> bool:
    """Whether beside the numbers said to be lost no more than one changes: what moves leaves a cell and comes
    into another."""
    lost %= len(right[0])
    pairs = (zip(a, b, strict=True) for a, b in zip(sheet.rows, right, strict=True))
    changes = (was != now for pair in pairs for n, (was, now) in enumerate(pair) if n != lost)
    return sum(changes) < 2


def _columns_hold(sheet: Sheet, rows: Sequence[Numbers]) -> bool:
    return not any(sheet.over(c) or sheet.unbalanced(c) for c in zip(*rows, strict=True))


def _table_aside(sheet: Sheet) -> Iterator[Movement]:
    """Nothing confirms it but the empty column at the edge, and that most rows do not add up."""
    grid = sheet.grid
    if 2 * len(sheet.broken_rows) <= sum(map(any, sheet.rows)):
        return
    for how in ("right", "left"):
        back, lost = _WAYS[how]
        found = [back(row) for row in sheet.rows]
        right = [row for row in found if row is not None]
        if len(right) < len(found) or (how == "right" and _first_left_out(sheet)):
            continue
        if _nothing_moved(sheet, right, lost):
            continue
        yield Movement(
            rule=_SHIFT,
            how=f"whole_{how}",
            table="table3",
            lines=(grid.block.rows[0], grid.block.rows[-1], grid.block.columns[lost]),
            area=tuple(place for row in grid.cells for place in row),
            right=sheet.changes(right),
            lost=tuple(places[lost] for places, row in zip(grid.cells, right, strict=True) if row[lost]),
            order=Order.FAR,
        )


def _first_left_out(sheet: Sheet) -> bool:
    """Whether the empty first column may hold what every total has more: then nobody filled it."""
    grid = sheet.grid
    return all(row[grid.total] >= sum(row[p] for p in grid.parts) for row in sheet.rows)


def _exchanges(sheet: Sheet) -> Iterator[Movement]:
    """总计 and one of its parts hold each other's numbers, in more than one row."""
    grid, total = sheet.grid, sheet.grid.total
    for part in grid.parts if len(sheet.broken_rows) > 1 else ():
        right = []
        for row in sheet.rows:
            swapped = list(row)
            swapped[part], swapped[total] = row[total], row[part]
            if sum(swapped[p] for p in grid.parts) != swapped[total]:
                break
            right.append(tuple(swapped))
        if len(right) < len(sheet.rows):
            continue
        yield Movement(
            rule=_EXCHANGE,
            how="columns",
            table="table3",
            lines=(grid.block.columns[part], grid.block.columns[total]),
            area=tuple(row[c] for row in grid.cells for c in (part, total)),
            right=sheet.changes(right),
            confirmed=len(sheet.broken_rows),
            order=Order.FAR,
        )


def _foreign(sheet: Sheet) -> Iterator[Movement]:
    """A column that adds up by itself and has nothing to do with the others: 总计, or a part that may be it
    just as well. A part that nobody filled explains the same and is simpler."""
    grid = sheet.grid
    filled = [n for n, row in enumerate(sheet.rows) if any(row)]
    if len(sheet.broken_rows) < max(_FEWEST, _SHARE * len(filled)):
        return
    columns = {c: sheet.instead(c) for c in (grid.total, *grid.parts)}
    possible = {c: right for c, right in columns.items() if min(map(min, right)) >= 0}
    if not all(any(row[c] for row in sheet.rows) for c in possible):
        return
    for column, right in possible.items():
        yield Movement(
            rule=_FOREIGN,
            how="column",
            table="table3",
            lines=(grid.block.columns[column],),
            area=tuple(row[column] for row in grid.cells),
            right=sheet.changes(right),
            order=Order.ELSEWHERE,
        )
