"""Reports that are the sum of others: a result whose file no longer says what it was summed from.

A report is searched for among the sums of those that fit into it cell by cell. Small numbers add up by
chance, so that a sum tells only where its numbers are many more than the choices that there were: with k
units that fit, 2^k subsets stand against the product of (number + 1) over the cells that are no totals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...form import Form
from ...workbook.kind import bits

#: Bits by which the numbers must outweigh the choices: one false alarm in 2^36.
SURE = 36
#: Steps of one search, pairs of reports that are compared, and reports that are searched for beyond these.
_STEPS, _PAIRS, _MOST = 2_000, 4_000_000, 200

_Vector = Sequence[int]


def sums_of_others(form: Form, vectors: Sequence[_Vector]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """(which report, of which two or more others it is the sum), the largest report first. ``vectors``: the
    reports' numbers in the order of the form's cells."""
    masks = [_mask(vector) for vector in vectors]
    sizes = [sum(vector) for vector in vectors]
    order = sorted(range(len(vectors)), key=lambda i: -sizes[i])
    if len(vectors) ** 2 > _PAIRS:
        order = order[: max(_MOST, _PAIRS // len(vectors))]
    gone: set[int] = set()
    for whole in order:
        told = bits(form, vectors[whole])
        if told < SURE:
            continue
        fitting = [
            i
            for i in range(len(vectors))
            if masks[i] and not masks[i] & ~masks[whole] and i != whole and i not in gone
            if sizes[i] <= sizes[whole] and all(map(int.__le__, vectors[i], vectors[whole]))
        ]
        if len(fitting) < 2 or told < SURE + len(fitting):
            continue
        parts = _Search(vectors, fitting).parts(vectors[whole])
        if len(parts) > 1:
            gone.add(whole)
            yield whole, tuple(sorted(parts))


def _mask(vector: _Vector) -> int:
    """The cells that are not 0, as bits."""
    return sum(1 << i for i, number in enumerate(vector) if number)


class _Search:
    """Which of the fitting reports add up: the cell that the fewest of them can fill is decided first."""

    def __init__(self, vectors: Sequence[_Vector], fitting: Sequence[int]) -> None:
        self.vectors, self.fitting, self.steps = vectors, fitting, _STEPS

    def parts(self, rest: _Vector) -> tuple[int, ...]:
        """() where none do, or the search was given up."""
        total = [sum(column) for column in zip(*(self.vectors[i] for i in self.fitting), strict=True)]
        if any(most < wanted for most, wanted in zip(total, rest, strict=True)):
            return ()
        return self._parts(list(rest), list(self.fitting)) or ()

    def _parts(self, rest: list[int], open_: list[int]) -> tuple[int, ...] | None:
        if not any(rest):
            return ()
        self.steps -= 1
        if self.steps < 0:
            return None
        open_ = [i for i in open_ if all(map(int.__le__, self.vectors[i], rest))]
        filling = [[i for i in open_ if self.vectors[i][j]] for j, wanted in enumerate(rest) if wanted]
        fewest = min(filling, key=len)
        for chosen in sorted(fewest, key=lambda i: -sum(self.vectors[i])):
            left = [a - b for a, b in zip(rest, self.vectors[chosen], strict=True)]
            found = self._parts(left, [i for i in open_ if i != chosen])
            if found is not None:
                return (chosen, *found)
            open_ = [i for i in open_ if i != chosen]
        return None
