"""Digits that stand without borders, cut into numbers: every way that the sums allow, within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

#: Longer runs of digits are not cut: one row, and several blocks of one line.
MOST_DIGITS = 20
MOST_CHAINED = 30
#: Rows with more ways than this are left; so are tables with more partial sums.
MOST_WAYS = 400
MOST_SUMS = 4000

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


def sum_ways(digits: str, borders: frozenset[int], start: int, size: int) -> Iterator[tuple[int, Numbers]]:
    """Every way to read ``size`` numbers from ``start`` whose last is the sum of the others: (end, numbers)."""

    def parts(at: int, left: int, total: int) -> Iterator[tuple[int, Numbers]]:
        if not left:
            shown = str(total)
            end = at + len(shown)
            if digits.startswith(shown, at) and not any(b in borders for b in range(at + 1, end)):
                yield end, (total,)
            return
        for end in _numbers_at(digits, borders, at):
            number = int(digits[at:end])
            if len(digits) - end < left - 1 + len(str(total + number)):  # a digit each, and the sum
                return
            for last, rest in parts(end, left - 1, total + number):
                yield last, (number, *rest)

    yield from parts(start, size - 1, 0)


def row_ways(digits: str, borders: frozenset[int], size: int) -> list[Numbers] | None:
    """The ways of one row whose last number is the sum of the others, or None where they are too many."""
    if len(digits) > MOST_DIGITS:
        return None
    found = []
    for end, numbers in sum_ways(digits, borders, 0, size):
        if end == len(digits):
            found.append(numbers)
            if len(found) > MOST_WAYS:
                return None
    return found


def chained_ways(digits: str, borders: frozenset[int], size: int, blocks: int) -> list[Numbers]:
    """Ways to read ``blocks`` blocks of ``size`` numbers, each with its sum last; at most two are looked for."""
    if len(digits) > MOST_CHAINED:
        return []
    memo: dict[tuple[int, int], list[Numbers]] = {}

    def from_(start: int, left: int) -> list[Numbers]:
        if not left:
            return [()] if start == len(digits) else []
        key = (start, left)
        if key not in memo:
            memo[key] = []
            for end, numbers in sum_ways(digits, borders, start, size):
                memo[key] += [numbers + rest for rest in from_(end, left - 1)]
                if len(memo[key]) > 1:
                    break
        return memo[key]

    return from_(0, blocks)


def joint_way(
    options: Mapping[str, Sequence[Numbers]],
    parts: Sequence[str],
    total: str,
    holds: Callable[[Mapping[str, Numbers]], bool],
) -> dict[str, Numbers] | None:
    """The only choice of one option a row in which the rows ``parts`` sum to the row ``total`` in every column
    and ``holds`` is true of all rows; None where there is none, several, or too many to look at.
    """
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
    """Choices of ``parts`` that sum to ``goal`` (two of each sum are enough to know that there are several)."""
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
