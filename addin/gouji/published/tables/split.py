"""Digits that stand without borders, cut into numbers: every way that the sums allow, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

#: Longer runs of digits are not cut: those of one row, and of several blocks on one line.
MOST_DIGITS = 30
MOST_CHAINED = 40
#: Rows with more ways than this are left; so are tables with more partial sums.
MOST_WAYS = 400
MOST_SUMS = 4000
#: Steps that all searches of one table may take together (about half a second).
MOST_STEPS = 300_000

Numbers = tuple[int, ...]


def _numbers_at(digits: str, borders: frozenset[int], start: int) -> Iterator[int]:
    """Ends of the numbers that may begin at ``start``: no leading zero, no border inside."""
    if start >= len(digits):
        return
    yield start + 1
    if digits[start] == "0":
        return
    for end in range(start + 2, len(digits) + 1):
        if end - 1 in borders:
            return
        yield end


def count_ways(digits: str, borders: frozenset[int], size: int) -> int:
    """In how many ways the digits are ``size`` numbers."""
    ways = {0: 1}
    for _ in range(size):
        nexts: dict[int, int] = {}
        for start, count in ways.items():
            for end in _numbers_at(digits, borders, start):
                nexts[end] = nexts.get(end, 0) + count
        ways = nexts
    return ways.get(len(digits), 0)


def all_ways(digits: str, borders: frozenset[int], size: int) -> list[tuple[str, ...]]:
    """Every way, as texts; call only where :func:`count_ways` is small."""

    def cut(start: int, left: int) -> Iterator[tuple[str, ...]]:
        if not left:
            if start == len(digits):
                yield ()
            return
        for end in _numbers_at(digits, borders, start):
            if end <= len(digits) - (left - 1):
                for rest in cut(end, left - 1):
                    yield (digits[start:end], *rest)

    return list(cut(0, size))


class Budget:
    """Steps left. ``spent``: they did not suffice, so that nothing found is known to be all."""

    def __init__(self, steps: int = MOST_STEPS) -> None:
        self.steps = steps

    @property
    def spent(self) -> bool:
        return self.steps <= 0


def sum_ways(digits: str, borders: frozenset[int], size: int, budget: Budget) -> Iterator[Numbers]:
    """Every way to read the digits as ``size`` numbers of which the last is the sum of the others."""

    def parts(at: int, stop: int, left: int, rest: int) -> Iterator[Numbers]:
        longest = len(str(rest))
        for end in _numbers_at(digits, borders, at):
            budget.steps -= 1
            number = int(digits[at:end])
            if number > rest or stop - end < left - 1 or budget.spent:
                return
            if left == 1:
                if end == stop and number == rest:
                    yield (number,)
            elif stop - end <= (left - 1) * longest:
                for more in parts(end, stop, left - 1, rest - number):
                    yield (number, *more)

    for stop in range(len(digits) - 1, size - 2, -1):
        if stop + 1 < len(digits) and digits[stop] == "0":
            continue
        if any(border > stop for border in borders):
            return
        total = int(digits[stop:])
        for numbers in parts(0, stop, size - 1, total):
            yield (*numbers, total)


def row_ways(digits: str, borders: frozenset[int], size: int, budget: Budget) -> list[Numbers] | None:
    """The ways of one row whose last number is the sum of the others, or None where they are too many."""
    if len(digits) > MOST_DIGITS:
        return None
    found = list(islice(sum_ways(digits, borders, size, budget), MOST_WAYS + 1))
    return None if len(found) > MOST_WAYS or budget.spent else found


def chained_way(digits: str, borders: frozenset[int], size: int, blocks: int) -> Numbers | None:
    """The only way to read ``blocks`` blocks of ``size`` numbers, each with its sum last."""
    if len(digits) > MOST_CHAINED:
        return None
    budget = Budget()
    memo: dict[tuple[int, int], list[Numbers]] = {}

    def chains(start: int, left: int) -> list[Numbers]:
        """Two of the ways from ``start`` on, as far as there are."""
        if not left:
            return [()] if start == len(digits) else []
        key = (start, left)
        if key not in memo:
            found: list[Numbers] = []
            for end in range(start + size, len(digits) - size * (left - 1) + 1):
                if len(found) > 1 or not (rest := chains(end, left - 1)):
                    continue
                inside = frozenset(b - start for b in borders if start < b < end)
                for numbers in islice(sum_ways(digits[start:end], inside, size, budget), 2):
                    found += [numbers + more for more in rest]
            memo[key] = found
        return memo[key]

    ways = chains(0, blocks)
    return ways[0] if len(ways) == 1 and not budget.spent else None


def joint_way(
    options: Mapping[str, Sequence[Numbers]],
    parts: Sequence[str],
    total: str,
    holds: Callable[[Mapping[str, Numbers]], bool],
) -> dict[str, Numbers] | None:
    """The only choice of one option a row in which the rows ``parts`` sum to the row ``total`` in every
    column and ``holds`` is true of all rows; None where there is none, several, or too many to look at."""
    found: list[dict[str, Numbers]] = []
    others = [row for row in options if row not in parts and row != total]
    for goal in options[total]:
        chains = _chains(options, parts, goal)
        if chains is None:
            return None
        for chain in chains:
            choices: list[dict[str, Numbers]] = [dict(zip(parts, chain, strict=True)) | {total: goal}]
            for row in others:
                choices = [{**one, row: option} for one in choices for option in options[row]]
                if len(choices) > MOST_SUMS:
                    return None
            found += [one for one in choices if holds(one)]
            if len(found) > 1:
                return None
    return found[0] if len(found) == 1 else None


def _chains(
    options: Mapping[str, Sequence[Numbers]], parts: Sequence[str], goal: Numbers
) -> list[tuple[Numbers, ...]] | None:
    """Choices of ``parts`` that sum to ``goal`` (two of each sum are enough to know that there are
    several)."""
    sums: dict[Numbers, list[tuple[Numbers, ...]]] = {(0,) * len(goal): [()]}
    for row in parts:
        nexts: dict[Numbers, list[tuple[Numbers, ...]]] = {}
        for reached, chains in sums.items():
            for option in options[row]:
                new = tuple(a + b for a, b in zip(reached, option, strict=True))
                if all(a <= b for a, b in zip(new, goal, strict=True)):
                    kept = nexts.setdefault(new, [])
                    kept.extend((*chain, option) for chain in chains[: 2 - len(kept)])
        if len(nexts) > MOST_SUMS:
            return None
        sums = nexts
    return sums.get(goal, [])
