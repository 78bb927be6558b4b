"""Numbers that may stand a cell away from their own: one is lost, and a blank or a page's number fills up.

The sums tell: as printed they do not hold, but they would if one number did not belong and another, which is
not there, stood elsewhere. They never say which, so that nothing is put right: such numbers are unread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def may_have_moved(numbers: Sequence[int], width: int, strangers: Iterable[int]) -> bool:
    """``numbers``: of one or more rows of ``width``, each with its sum last. ``strangers``: which of them may
    not belong (blank ones, the last).

    At least one sum that is not 0 has to speak for it.
    """
    if all(sum(row[:-1]) == row[-1] for row in _rows(numbers, width)):
        return False
    for stranger in strangers:
        rest = [*numbers[:stranger], *numbers[stranger + 1 :]]
        for place in range(len(numbers)):
            if place != stranger and _holds(rest, place, width):
                return True
    return False


def _rows(numbers: Sequence[int], width: int) -> list[Sequence[int]]:
    return [numbers[i : i + width] for i in range(0, len(numbers), width)]


def _holds(rest: Sequence[int], lost: int, width: int) -> bool:
    """Whether all sums can hold if a number of any size was lost before ``rest[lost]``."""
    told = False
    for first in range(0, len(rest) + 1, width):
        if first <= lost < first + width:
            row = rest[first : first + width - 1]
            if lost == first + width - 1:
                continue  # its sum is lost
            if sum(row[:-1]) > row[-1]:
                return False
            told |= sum(row[:-1]) > 0
        else:
            start = first - (first > lost)
            row = rest[start : start + width]
            if sum(row[:-1]) != row[-1]:
                return False
            told |= row[-1] > 0
    return told
