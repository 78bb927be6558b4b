"""Every number of a table is last year's."""

from __future__ import annotations

from dataclasses import replace

from gouji.rules import Context, check
from support.triples import YEAR, Cells, Triple, case, zeros


def requests(count: int, more: Cells | None = None) -> Cells:
    """So many requests, all granted, and what else differs from 0."""
    rows = ("new", "granted", "processed")
    return {f"t3.{r}.{c}": count for r in rows for c in ("natural", "total")} | dict(more or {})


def decisions(licences: int, penalties: int, coercion: int) -> Cells:
    numbers = {"licences": licences, "penalties": penalties, "coercion": coercion}
    return {f"t2.{row}.decisions": number for row, number in numbers.items()}


#: This year has other requests, so that table 三 is none of last year's.
OTHERS = requests(12)


class TestUnchangedTables(Triple):
    """Two in 47 real pairs below ten applications were alike throughout, none from ten on."""

    rule = "unchanged-tables"
    level = "warning"
    says = ("全部数字（表三）与上年报告相同",)
    valid = case(requests(10), requests(11))
    invalid = case(requests(10), requests(10))
    undecidable = case(requests(10, {"t3.new.total": None, "t3.new.natural": None}), requests(10))
    edge = (
        (case(requests(9), requests(9)), False),
        (case(requests(10), requests(10)), True),
        # Two numbers of table 二 are alike by chance, three are not; nor are small ones.
        (case(OTHERS | decisions(40, 7, 0), requests(11, decisions(40, 7, 0))), False),
        (case(OTHERS | decisions(40, 7, 1), requests(11, decisions(40, 7, 1))), True),
        (case(OTHERS | decisions(4, 3, 2), requests(11, decisions(4, 3, 2))), False),
        (case(OTHERS | decisions(4, 3, 3), requests(11, decisions(4, 3, 3))), True),
    )


def unchanged(cells: Cells, prior: Cells) -> list[tuple[str, str]]:
    given = case(cells, prior)
    return [(f.place, f.message) for f in check(given.report, given.context) if f.rule == "unchanged-tables"]


def test_the_whole_report_and_some_tables_of_it_are_told_apart() -> None:
    full = requests(20, decisions(40, 7, 5))
    ((place, message),) = unchanged(full, full)
    assert place == "t2.t3" and message.startswith("全部数字（表二、表三）与上年报告相同")
    ((place, message),) = unchanged(full, full | {"t4.review.upheld": 1, "t4.review.total": 1})
    assert place == "t2.t3" and message.startswith("表二、表三的全部数字与上年报告相同")
    ((place, message),) = unchanged(full, requests(21, decisions(40, 7, 5)))
    assert place == "t2" and message.startswith("表二的全部数字")


def test_another_year_and_another_edition_prove_nothing() -> None:
    report = zeros(cells=requests(30))
    for prior in (zeros(cells=requests(30), year=YEAR - 2), zeros("2019", requests(30), year=YEAR - 1)):
        found = [f.rule for f in check(report, Context(prior=prior))]
        assert "unchanged-tables" not in found
    again = replace(zeros(cells=requests(30), year=YEAR - 1), unit=report.unit)
    assert "unchanged-tables" in [f.rule for f in check(report, Context(prior=again))]
