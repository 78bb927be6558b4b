"""What last year's report and the texts say for and against a movement, and movements that only these show.

一 and 二 exchanged, two applicants' columns or two blocks of 表四 leave every equation as it was: nothing in
the table is wrong but what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from ...records import dataclass
from ..rank import Ranker
from .sheet import Movement, Order, Sheet

_EXCHANGE = "exchanged-lines"


@dataclass(frozen=True, slots=True)
class Witness:
    """How many numbers that are known from elsewhere agree only with the movement (``speaks``), only with
    what is typed (``against``), with neither."""

    speaks: int
    against: int
    neither: int


def witness(ranker: Ranker, right: Mapping[int, int]) -> Witness:
    """``right``: place -> number after the movement, for cells that would change."""
    speaks = against = neither = 0
    for place, number in right.items():
        typed = ranker.values[place]
        known = [ranker.stated(place)]
        if place in ranker.carried:
            known.append(frozenset((ranker.carried[place],)))
        for numbers in filter(None, known):
            speaks += number in numbers and typed not in numbers
            against += number not in numbers and typed in numbers
            neither += number not in numbers and typed not in numbers
    return Witness(speaks, against, neither)


def exchanged_rows(sheet: Sheet) -> Iterator[Movement]:
    """一 and 二 exchanged, where all that is known of them from elsewhere then agrees."""
    grid, over = sheet.grid, sheet.ranker.form.tables["table3"].carry_over
    if over is None or sheet.residual:
        return
    one, other = grid.left
    changed = list(sheet.rows)
    changed[one], changed[other] = sheet.rows[other], sheet.rows[one]
    area = (*grid.cells[one], *grid.cells[other])
    right = sheet.changes(changed)
    if _agreed(sheet.ranker, right):
        lines = (grid.block.rows[one], grid.block.rows[other])
        yield Movement(_EXCHANGE, "rows_stated", "table3", lines, area, right, Order.NEAR)


def exchanged_columns(sheet: Sheet, *, numbers_from: int) -> Iterator[Movement]:
    """Two applicants' columns exchanged, where numbers of both are known from elsewhere and all then agree.

    One of these must be ``numbers_from`` or more and none 0: a few cases are rather an applicant who was
    counted as another kind.
    """
    grid, ranker = sheet.grid, sheet.ranker
    index = ranker.form.index
    known = {*ranker.carried, *(index[c] for c in ranker.prose if c in index)}
    spoken_of = [c for c in grid.parts if any(places[c] in known for places in grid.cells)]
    for one, other in combinations(spoken_of if not sheet.residual else (), 2):
        changed = [list(row) for row in sheet.rows]
        for row in changed:
            row[one], row[other] = row[other], row[one]
        right = sheet.changes([tuple(row) for row in changed])
        numbers = [number for place, number in right if place in known]
        telling = len(numbers) > 1 and all(numbers) and max(numbers) >= numbers_from
        if telling and _agreed(ranker, right):
            lines = (grid.block.columns[one], grid.block.columns[other])
            area = tuple(places[c] for places in grid.cells for c in (one, other))
            yield Movement(_EXCHANGE, "columns_stated", "table3", lines, area, right, Order.NEAR)


def exchanged_blocks(ranker: Ranker) -> Iterator[Movement]:
    """Two blocks of 表四 exchanged, one of them empty or both spoken of by the texts."""
    form = ranker.form
    for block in form.tables["table4"].blocks:
        rows = [[form.index[c.id] for c in block.cells if c.row is row] for row in block.rows]
        for one, other in combinations(range(len(rows)), 2):
            typed = [[ranker.values[p] for p in rows[n]] for n in (one, other)]
            stated = [any(map(ranker.stated, rows[n])) for n in (one, other)]
            if not (all(stated) or (any(stated) and not all(map(any, typed)))):
                continue
            right = tuple(_swapped(rows[one], rows[other], *typed))
            if _agreed(ranker, right):
                lines = (block.rows[one], block.rows[other])
                area = (*rows[one], *rows[other])
                yield Movement(_EXCHANGE, "blocks", "table4", lines, area, right, Order.NEAR)


def _swapped(
    one: Sequence[int], other: Sequence[int], ones: Sequence[int], others: Sequence[int]
) -> Iterator[tuple[int, int]]:
    pairs = (*zip(one, others, ones, strict=True), *zip(other, ones, others, strict=True))
    return ((place, number) for place, number, was in pairs if number != was)


def _agreed(ranker: Ranker, right: Sequence[tuple[int, int]]) -> bool:
    """Whether all that is known speaks for it: last year's number, or one in the texts that is not 0 (that
    nothing came says not where the number belongs)."""
    found = witness(ranker, dict(right))
    told = any(ranker.carried.get(p) == n or (n and n in ranker.stated(p)) for p, n in right)
    return told and bool(found.speaks) and not found.against and not found.neither
