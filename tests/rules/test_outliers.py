"""Outliers against last year and against peers."""

from fractions import Fraction
from typing import Any

import pytest

from gouji.report import Report
from gouji.rules import Finding, catalogue, peer_outliers
from gouji.rules.outliers import deviates
from support.triples import Cells, Triple, case, zeros


def results(**rows: int) -> Cells:
    """Requests of natural persons by result, all received and answered this year."""
    numbers = {**rows, "new": sum(rows.values()), "processed": sum(rows.values())}
    return {f"t3.{row}.{c}": n for row, n in numbers.items() for c in ("natural", "total")}


def peers(others: int, granted: int, petition: int, number: int) -> tuple[Report, ...]:
    """So many like units of 60 requests, and one of 60 with ``number`` of them in （五）1."""
    like = [zeros(cells=results(granted=granted, petition=petition)) for _ in range(others)]
    return (*like, zeros(cells=results(granted=60 - number, petition=number)))


class TestOutlierYear(Triple):
    """Outliers against last year, with a size term so that 1 → 3 is not flagged."""

    rule = "outlier-year"
    level = "hint"
    numbers = (3, 58)
    says = ("无正当理由大量反复申请", "按办理总量推算约为 59")
    valid = case(results(granted=50, excessive=3), prior=results(granted=50, excessive=1))
    invalid = case(results(granted=3518, excessive=3), prior=results(granted=3428, excessive=58))
    undecidable = case(results(granted=3518, excessive=3))
    # 28 and 5 differ by 23: 23² = 529 ≥ 16 · 33 = 528; a unit that grew fivefold by 20 alone is chance.
    edge = tuple(
        (case(results(granted=number), prior=results(granted=before)), out)
        for number, before, out in (
            (25, 5, False),
            (27, 5, False),
            (28, 5, True),
            (30, 6, True),
            (99, 20, False),
            (100, 20, True),
            (19, 0, False),
            (20, 0, True),
            (0, 19, False),
            (0, 20, True),
        )
    )


class TestOutlierPeers(Triple):
    """Against peers: the share of a result among the requests processed."""

    rule = "outlier-peers"
    level = "warning"
    numbers = (60, None)
    says = ("总计为 60", "其他 6 个单位", "约为 3")
    valid = tuple(zeros(cells=results(granted=57, petition=n)) for n in (3, 2, 4, 3, 3, 3, 6))
    invalid = (
        *(zeros(cells=results(granted=57, petition=3)) for _ in range(6)),
        zeros(cells=results(petition=60)),
    )
    undecidable = (
        zeros(cells=results(granted=57, petition=3)),
        zeros(cells=results(petition=60)),
    )
    # 50 where 5 is expected: 45² = 2025 ≥ 36 · 55 = 1980; 49: 44² = 1936 < 36 · 54 = 1944.
    edge = (
        *((peers(6, 55, 5, number), out) for number, out in ((49, False), (50, True))),
        (peers(4, 57, 3, 60), False),
        (peers(5, 57, 3, 60), True),
    )

    def found(self, given: Any) -> list[Finding]:
        return [f for _, f in peer_outliers(given, catalogue()) if "petition" in f.place]


def test_peers_are_named_by_their_place_in_the_list() -> None:
    assert {i for i, _ in peer_outliers(TestOutlierPeers.invalid, catalogue())} == {6}


def test_results_grow_with_the_requests() -> None:
    """Five times the requests, five times the refusals: only the number of requests stands out."""
    given = case(results(granted=100, not_held=150), prior=results(granted=20, not_held=30))
    assert [f.place for f in given.findings() if f.rule == "outlier-year"] == ["t3.new.total"]


def test_the_single_row_of_2019_compares_with_the_sum_of_three() -> None:
    """2019's （六）其他处理 is never mapped onto one of the three rows of 2021."""
    prior = zeros("2019", results(granted=60, other=40), year=2020)
    report = zeros(cells=results(granted=60, uncorrected=20, otherwise=20), year=2021)
    given = case(prior=prior)
    given.report.values.update(report.values)
    given.report.year = 2021
    assert not [f for f in given.findings() if f.rule == "outlier-year"]
    given.report.values.update(results(granted=100, uncorrected=0, otherwise=0))
    (finding,) = (f for f in given.findings() if f.rule == "outlier-year")
    assert (finding.place, finding.left, finding.right) == ("t3.other.total", 0, 40)
    assert "（六）其他处理" in finding.message


@pytest.mark.parametrize(
    ("number", "before", "out"),
    [(3, 1, False), (0, 19, False), (0, 20, True), (32, 0, True), (5000, 1200, False), (40, 8, True)],
)
def test_factor_difference_and_chance(number: int, before: int, out: bool) -> None:
    given = catalogue()["outlier-year"].parameters
    assert deviates(number, Fraction(before), given) is out
