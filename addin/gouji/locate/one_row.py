"""One wrong row of table 三 without a search: where every row adds up and only one kind of sum fails.

Each broken column then needs one wrong cell, and the row that holds it must go on adding up. Where no part
of the columns' differences cancels, all these cells stand in one row: the hypotheses are the rows that can be
it.
"""

from __future__ import annotations

from .movement.sheet import Sheet
from .rank import Ranker
from .search import Search
from .system import Change, Residual


def one_row(ranker: Ranker, residual: Residual, search: Search) -> list[frozenset[Change]]:
    """Every smallest hypothesis of the residual; [] where these can not be told without a search."""
    equations = [ranker.form.equations[e] for e in residual]
    if {e.table for e in equations} != {"table3"} or len({e.kind for e in equations}) > 1:
        return []
    if equations[0].kind == "row" or _cancel(_left(ranker, residual)):
        return []
    sheet = Sheet(ranker, residual)
    found = []
    for places, typed, row in zip(sheet.grid.cells, sheet.rows, range(len(sheet.rows)), strict=True):
        right = sheet.without(row)
        pairs = zip(places, typed, right or (), strict=False)
        changes = frozenset((place, was - now) for place, was, now in pairs if was != now)
        if changes and all(search.legal(*change) for change in changes):
            found.append(changes)
    return found


def _left(ranker: Ranker, residual: Residual) -> list[int]:
    """What the columns of applicants, 总计 apart, have too much or too little."""
    total = {c.column.id for c in ranker.form.tables["table3"].cells if c.column.is_total}
    return [left for e, left in residual.items() if ranker.form.equations[e].line not in total]


def _cancel(numbers: list[int]) -> bool:
    """Whether some of the numbers, one or more, add up to 0."""
    sums = {0}
    for number in numbers:
        more = {s + number for s in sums}
        if 0 in more:
            return True
        sums |= more
    return False
