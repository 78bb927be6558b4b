"""Digits without borders are cut only as far as sums leave one way; every search is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.published.tables.split import (
    MOST_CHAINED,
    MOST_DIGITS,
    Budget,
    all_ways,
    chained_way,
    count_ways,
    joint_way,
    row_ways,
)
from support.bounded import within

NONE = frozenset[int]()


def brute(digits: str, size: int) -> list[tuple[str, ...]]:
    """Every cut into ``size`` numbers without a 0 too many."""
    found = []
    for cuts in combinations(range(1, len(digits)), size - 1):
        parts = [digits[a:b] for a, b in zip((0, *cuts), (*cuts, len(digits)), strict=True)]
        if all(part == "0" or part[0] != "0" for part in parts):
            found.append(tuple(parts))
    return found


@given(st.text("0123456789", min_size=3, max_size=9), st.integers(2, 5))
@settings(max_examples=60, deadline=None)
def test_all_ways_are_all(digits: str, size: int) -> None:
    expected = brute(digits, size)
    assert sorted(all_ways(digits, NONE, size)) == sorted(expected)
    assert count_ways(digits, NONE, size) == len(expected)


@given(st.lists(st.sampled_from([0, 0, 1, 3, 12, 205]), min_size=3, max_size=4))
@settings(max_examples=60, deadline=None)
def test_the_ways_of_a_row_are_those_whose_sum_holds(parts: list[int]) -> None:
    digits = "".join(map(str, [*parts, sum(parts)]))
    ways = [tuple(map(int, way)) for way in brute(digits, len(parts) + 1)]
    expected = [way for way in ways if sum(way[:-1]) == way[-1]]
    assert sorted(row_ways(digits, NONE, len(parts) + 1, Budget()) or []) == sorted(expected)


def test_white_space_is_a_border() -> None:
    assert row_ways("1100002", frozenset({1}), 7, Budget()) == [(1, 1, 0, 0, 0, 0, 2)]
    assert row_ways("1100002", frozenset({6}), 6, Budget()) == []
    assert all_ways("120", frozenset({1}), 2) == [("1", "20")]


def test_the_sums_of_three_blocks_leave_one_way() -> None:
    way = chained_way("21317000001324019", NONE, 5, 3)
    assert way == (2, 1, 3, 1, 7, 0, 0, 0, 0, 0, 13, 2, 4, 0, 19)


@pytest.mark.parametrize("digits", ["100010001000000", "1" * 15])
def test_sums_that_hold_in_no_way_or_in_several_leave_none(digits: str) -> None:
    assert chained_way(digits, NONE, 5, 3) is None


def test_a_row_sum_alone_is_no_proof() -> None:
    """1408 21 0 0 2 0 1433, which contradicts itself, has one cut whose sum holds, and that is wrong."""
    ways = row_ways("140821002" + "01433", NONE, 7, Budget())
    assert ways == [(14, 0, 8, 210, 0, 201, 433)]


def joint(options: dict[str, Sequence[tuple[int, ...]]]) -> object:
    return joint_way(options, ["a", "b"], "sum", lambda rows: rows["left"] == rows["sum"])


def test_columns_and_balance_choose_among_the_ways_of_rows() -> None:
    options = {"a": [(1, 1), (2, 2)], "b": [(3, 3), (0, 0)], "sum": [(5, 5), (4, 4)], "left": [(5, 5)]}
    assert joint(options) == {"a": (2, 2), "b": (3, 3), "sum": (5, 5), "left": (5, 5)}


def test_two_choices_that_hold_leave_none() -> None:
    options = {"a": [(1, 1), (2, 2)], "b": [(2, 2), (1, 1)], "sum": [(3, 3)], "left": [(3, 3)]}
    assert joint(options) is None
    assert joint(options | {"left": [(9, 9)]}) is None


@pytest.mark.parametrize("digits", ["1" * MOST_DIGITS, "12" * (MOST_DIGITS // 2), "9" * MOST_DIGITS])
def test_a_row_of_many_digits_ends_soon(digits: str) -> None:
    assert not within(50, lambda: row_ways(digits, NONE, 7, Budget()))


def test_blocks_of_many_digits_end_soon() -> None:
    assert within(50, lambda: chained_way("1" * MOST_CHAINED, NONE, 5, 3)) is None
    assert within(50, lambda: chained_way("0" * (MOST_CHAINED + 1), NONE, 5, 3)) is None
    assert within(50, lambda: row_ways("0" * (MOST_DIGITS + 1), NONE, 7, Budget())) is None


def test_a_spent_budget_finds_nothing() -> None:
    assert row_ways("1100002", NONE, 7, Budget(3)) is None
