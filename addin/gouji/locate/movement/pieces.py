"""Part of one row or one column of table 三 one cell aside: inserted or deleted, or pasted too far.

All other lines stand in their place, so what the line must hold follows from those across it. A row may
keep its sum: what was covered was 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...records import dataclass
from .sheet import Movement, Numbers, Order, Sheet

_SHIFT = "moved-block"
#: Fewer changed numbers are an exchange, or one number in the cell beside its own.
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class _Pushed:
    """Cells ``first`` to ``last`` of a line hold what belongs one cell before (``forward``) or after."""

    first: int
    last: int
    forward: bool

    @property
    def lost(self) -> int:
        return self.last if self.forward else self.first

    @property
    def left(self) -> int:
        return self.first if self.forward else self.last


def moved_pieces(sheet: Sheet) -> Iterator[Movement]:
    """Every movement of cells within one row, then within one column, after which all equations hold."""
    yield from _in_rows(sheet)
    yield from _in_columns(sheet)


def _pushed(
    typed: Sequence[int], right: Sequence[int], blank: Sequence[bool], *, whole: Sequence[int]
) -> _Pushed | None:
    """How ``right`` became ``typed``. ``blank``: the cells that hold nothing, of which one was left behind.
    ``whole``: where the last cell of a whole line may be, tried first."""
    changed = [n for n, (was, now) in enumerate(zip(typed, right, strict=True)) if was != now]
    if len(changed) < 2:
        return None
    windows = (*((0, end) for end in whole if end >= changed[-1]), (changed[0], changed[-1]))
    ways = [way for start, end in windows for way in _ways(typed, right, blank, start, end)]
    left = [way for way in ways if blank[way.left]]
    if len(changed) < _FEWEST:
        return next((way for way in left if not right[way.lost]), None)
    return next(iter(left or ways), None)


def _ways(
    typed: Sequence[int], right: Sequence[int], blank: Sequence[bool], start: int, end: int
) -> Iterator[_Pushed]:
    if not typed[start] and [*right[start:end]] == [*typed[start + 1 : end + 1]]:
        yield _Pushed(_beside(typed, blank, range(start, -1, -1)), end, forward=True)
    if not typed[end] and [*right[start + 1 : end + 1]] == [*typed[start:end]]:
        yield _Pushed(start, _beside(typed, blank, range(end, len(typed))), forward=False)


def _beside(typed: Sequence[int], blank: Sequence[bool], cells: range) -> int:
    """The first blank one of cells that hold nothing but 0, else the first: zeros may have moved as well."""
    for cell in cells:
        if typed[cell]:
            break
        if blank[cell]:
            return cell
    return cells[0]


def _in_rows(sheet: Sheet) -> Iterator[Movement]:
    """The only row that may be wrong; where every row adds up, any may be it."""
    grid, broken = sheet.grid, sheet.broken_rows
    if len(broken) > 1 or len(sheet.broken_columns) < 2:
        return
    for number in broken or range(len(sheet.rows)):
        right = sheet.without(number)
        if right is None or sum(right[p] for p in grid.parts) != right[grid.total]:
            continue
        places = grid.cells[number]
        found = _pushed(sheet.rows[number], right, _blank(sheet, places), whole=(grid.total, grid.total - 1))
        if found is None:
            continue
        way = "right" if found.forward else "left"
        whole = found.first == 0 and found.last >= grid.total - 1
        parts = "" if found.last == grid.total else "_parts"
        rows = [right if n == number else row for n, row in enumerate(sheet.rows)]
        yield Movement(
            rule=_SHIFT,
            how=f"row_{way}{parts}" if whole else f"piece_{way}",
            table="table3",
            lines=(grid.block.rows[number], grid.block.rows[number], grid.block.columns[found.lost]),
            area=places if whole else places[found.first : found.last + 1],
            right=sheet.changes(rows),
            lost=(places[found.lost],) if right[found.lost] else (),
            confirmed=_telling(sheet.rows[number], right, found),
            order=_order(sheet, places[found.left]),
        )


def _in_columns(sheet: Sheet) -> Iterator[Movement]:
    """A column that holds, but for its own place, what all the others want of it."""
    grid = sheet.grid
    if len(sheet.broken_rows) < 2:
        return
    for column in (*grid.parts, grid.total):
        if any(sheet.sums[c] or sheet.balances[c] for c in (*grid.parts, grid.total) if c != column):
            continue
        rows: list[Numbers] = sheet.instead(column)
        typed, right = [row[column] for row in sheet.rows], [row[column] for row in rows]
        if min(right) < 0 or sheet.over(right) or sheet.unbalanced(right):
            continue
        places = [row[column] for row in grid.cells]
        found = _pushed(typed, right, _blank(sheet, places), whole=(grid.last,))
        if found is None:
            continue
        whole = (found.first, found.last) == (0, grid.last)
        yield Movement(
            rule=_SHIFT,
            how=f"{'column' if whole else 'piece'}_{'down' if found.forward else 'up'}",
            table="table3",
            lines=(grid.block.columns[column], grid.block.rows[found.lost]),
            area=tuple(places[found.first : found.last + 1]),
            right=sheet.changes(rows),
            lost=(places[found.lost],) if right[found.lost] else (),
            confirmed=_telling(typed, right, found),
            order=_order(sheet, places[found.left]),
        )


def _telling(typed: Sequence[int], right: Sequence[int], found: _Pushed) -> int:
    """How many numbers other than 0 stand one cell from where the equations want them."""
    return sum(
        bool(right[n]) and right[n] != typed[n] for n in range(found.first, found.last + 1) if n != found.lost
    )


def _blank(sheet: Sheet, places: Sequence[int]) -> list[bool]:
    form, report = sheet.ranker.form, sheet.ranker.report
    return [report.is_blank(form.cells[p].id) for p in places]


def _order(sheet: Sheet, left: int) -> Order:
    return Order.BLANK if all(_blank(sheet, [left])) else Order.NEAR
