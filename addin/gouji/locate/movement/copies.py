"""Lines that are another's throughout: a row typed twice, a line left from last year.

They are not moved back: the line that is right is no longer on the form and follows from the equations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from ..rank import Ranker
from .sheet import Movement, Numbers, Order, Sheet

TWICE, _LAST_YEAR = "repeated-line", "last-years-line"

#: Whether a line's numbers are not alike by chance.
Telling = Callable[[Sequence[int]], bool]


def copied_lines(sheet: Sheet, *, numbers_from: int, filled_from: int) -> Iterator[Movement]:
    """Rows equal to the row beside, rows and columns equal to last year's, where the equations want others.

    A line says something only where it holds ``filled_from`` numbers other than 0 beside its total, or one
    of ``numbers_from`` and more: small ones are alike by chance. Less will do where a row was typed twice and
    the other is then empty.
    """

    def telling(numbers: Sequence[int]) -> bool:
        parts = sorted(filter(None, numbers), reverse=True)[1:]
        return len(parts) >= filled_from or max(parts, default=0) >= numbers_from

    if sheet.broken_rows:
        if not any(sheet.sums) and not any(sheet.balances):
            yield from _columns(sheet, telling)
        return
    if not sheet.broken_columns:
        return
    yield from _rows(sheet, telling)


def _rows(sheet: Sheet, telling: Telling) -> Iterator[Movement]:
    rows = sheet.rows
    for number, row in enumerate(rows):
        if not any(row):
            continue
        stale = telling(row) and all(
            sheet.ranker.prior(c) == n for c, n in zip(sheet.grid.cells[number], row, strict=True)
        )
        twin = next((n for n in (number - 1, number + 1) if 0 <= n < len(rows) and rows[n] == row), None)
        if (twin is None and not stale) or (right := sheet.without(number)) is None:
            continue
        if stale:
            yield _row(sheet, number, right, None)
        if twin is not None and (telling(row) or not (any(right) or max(row) == 1)):
            yield _row(sheet, number, right, twin)


def _row(sheet: Sheet, number: int, right: Numbers, twin: int | None) -> Movement:
    grid = sheet.grid
    lines = (number,) if twin is None else sorted((number, twin))
    return Movement(
        rule=_LAST_YEAR if twin is None else TWICE,
        how="row",
        table="table3",
        lines=tuple(grid.block.rows[n] for n in lines),
        area=tuple(place for n in lines for place in grid.cells[n]),
        right=sheet.changes([right if n == number else row for n, row in enumerate(sheet.rows)]),
        order=Order.COPY,
    )


def _columns(sheet: Sheet, telling: Telling) -> Iterator[Movement]:
    grid = sheet.grid
    for number, places in enumerate(zip(*grid.cells, strict=True)):
        typed = [row[number] for row in sheet.rows]
        if not telling(typed) or not _last_years(sheet.ranker, places, typed):
            continue
        right = sheet.instead(number)
        if min(map(min, right)) < 0:
            continue
        yield Movement(
            rule=_LAST_YEAR,
            how="column",
            table="table3",
            lines=(grid.block.columns[number],),
            area=places,
            right=sheet.changes(right),
            order=Order.COPY,
        )


def _last_years(ranker: Ranker, places: Sequence[int], typed: Sequence[int]) -> bool:
    return all(ranker.prior(c) == n for c, n in zip(places, typed, strict=True))
