"""One wrong row found without a search is what the search finds."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.locate.one_row import one_row
from gouji.locate.rank import Ranker
from gouji.locate.search import Search
from gouji.locate.system import system
from gouji.report import Report
from gouji.rules import Context
from support.located import consistent, forms
from support.movements import rows3, with_rows3


def searched(report: Report, pinned: dict[int, int] | None = None) -> tuple[Ranker, dict[int, int], Search]:
    ranker, matrix = Ranker(report, Context()), system(report.form)
    residual = {e: left for e, left in enumerate(report.form.residuals(ranker.values)) if left}
    search = Search(matrix, ranker.values, pinned or {}, ranker.lines.signed, budget=10**6)
    return ranker, residual, search


def with_row(report: Report, row: int, sizes: list[int]) -> Report:
    """One row changed by ``sizes``, never below 0, its 总计 with it."""
    rows = rows3(report)
    parts = [max(0, n + size) for n, size in zip(rows[row][:-1], sizes, strict=True)]  # type: ignore[operator]
    return with_rows3(report, [*rows[:row], [*parts, sum(parts)], *rows[row + 1 :]])


@settings(deadline=None, max_examples=40)
@given(forms, st.integers(0, 22), st.lists(st.integers(-9, 9), min_size=6, max_size=6))
def test_the_rows_are_those_that_the_search_finds(report: Report, row: int, sizes: list[int]) -> None:
    ranker, residual, search = searched(with_row(report, row, sizes))
    if residual and (found := one_row(ranker, residual, search)):
        every, surely = search.hypotheses(residual)
        assert surely and set(found) == set(every)


def test_one_more_case_in_a_row_is_any_row_of_results_that_holds_one() -> None:
    report = consistent("2021", 7, filled=0.9)
    ranker, residual, search = searched(with_row(report, 5, [1, 0, 0, 0, 0, 0]))
    found = one_row(ranker, residual, search)
    assert len(found) > 10 and all(len(changes) == 2 for changes in found)


def test_numbers_that_are_known_from_elsewhere_keep_their_rows() -> None:
    broken = with_row(consistent("2021", 7, filled=0.9), 1, [3, 0, 0, 0, 0, 0])
    ranker, residual, search = searched(broken)
    cell = broken.form.index["t3.carried_in.natural"]
    assert any((cell, 3) in changes for changes in one_row(ranker, residual, search))
    _, _, held = searched(broken, {cell: broken.number("t3.carried_in.natural")})
    assert not any((cell, 3) in changes for changes in one_row(ranker, residual, held))


def test_differences_that_cancel_and_rows_that_do_not_add_up_are_left_to_the_search() -> None:
    report = consistent("2021", 7, filled=0.9)
    for broken in (
        with_row(report, 5, [2, -2, 0, 0, 0, 0]),
        with_row(report, 5, [1, 2, -3, 4, 0, 0]),
        with_row(report, 23, [1, 0, 0, 0, 0, 0]),
        report.with_values({"t3.new.natural": report.number("t3.new.natural") + 1}),
        report.with_values({"t4.review.total": report.number("t4.review.total") + 1}),
    ):
        ranker, residual, search = searched(broken)
        assert one_row(ranker, residual, search) == []
