"""Keys of 审核说明: what they mean, and what is said of one that means nothing, or more than one thing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.examine import examine, judge
from gouji.report import Explanation, Report
from gouji.rules import Finding, catalogue
from gouji.rules.explanations import apply
from gouji.workbook.keyed import Unsettled, number_of, settle_keys, shown_key
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import Reading
from gouji.workbook.writer import write_workbook
from support.triples import zeros

RULES = catalogue()
STOCK, SIZE = "stock:t2.documents", "money-size:t2.fees.amount"
#: 存量 does not fit, and an amount is too large.
CELLS = {"t2.documents.made": 3, "t2.fees.amount": 147_224_900_000_000}
LAST = zeros(year=2023)
TEXT = "本年清理并已备案"


def given(*keys: str, cells: dict[str, int] | None = None) -> tuple[Report, list[Finding]]:
    report = zeros(cells=CELLS if cells is None else cells)
    findings = judge(Reading(report, LAST, []))
    return replace(report, explanations={key: Explanation(TEXT, "") for key in keys}), findings


def wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


NUMBER = number_of(zeros().form, STOCK)


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        (f"第{NUMBER}项", STOCK),
        (f"第 {NUMBER} 项", STOCK),
        (wide(str(NUMBER)), STOCK),
        ("Stock：t2.documents", STOCK),
        (wide("STOCK:T2.DOCUMENTS"), STOCK),
        ("money-size", SIZE),
        ("Money-Size", SIZE),
        ("二!B16", SIZE),
        ("二！ｂ16", SIZE),
        ("二!$B$16", SIZE),
        (SIZE, SIZE),
    ],
)
def test_a_key_in_any_width_and_case(key: str, meant: str) -> None:
    report, findings = given(key)
    assert settle_keys(report, findings, RULES) == []
    assert report.explanations == {meant: Explanation(TEXT, "")}


@pytest.mark.parametrize("key", ["16", "第0项", "999", "没有", "二!Z99", "其他", "stok:t2.documents", "012"])
def test_a_key_that_means_nothing_is_said(key: str) -> None:
    report, findings = given(key, cells={})
    left = settle_keys(report, findings, RULES)
    if key == "16":  # some row's number: kept for a finding that may come
        assert left == [] and list(report.explanations) != [key]
    else:
        assert left == [Unsettled(key, "unknown")] and list(report.explanations) == [key]


def test_a_rule_without_a_place_and_without_a_finding_is_said() -> None:
    """It was ignored without a word."""
    report, _ = given("money-size", cells={})
    said = [f for f in judge(Reading(report, None, [])) if f.rule == "explanation-unknown"]
    assert [f.place for f in said] == ["money-size"]


def test_what_may_mean_two_things_is_never_guessed() -> None:
    cells = {"t2.documents.made": 3, "t2.rules.made": 3}
    report, findings = given("stock", cells=cells)
    (left,) = settle_keys(report, findings, RULES)
    assert left.why == "ambiguous" and set(left.meant) == {STOCK, "stock:t2.rules"}
    assert list(report.explanations) == ["stock"]
    (said,) = [f for f in judge(Reading(report, LAST, [])) if f.rule == "explanation-unknown"]
    assert shown_key(report.form, STOCK) in said.message and "任何一项" in said.message


def test_two_explanations_of_one_finding_are_said() -> None:
    report, findings = given(STOCK, f"第{NUMBER}项")
    (left,) = settle_keys(report, findings, RULES)
    assert (left.key, left.why) == (f"第{NUMBER}项", "twice")


def test_a_finding_that_is_merely_gone_keeps_its_explanation_in_silence() -> None:
    report, findings = given(SIZE, cells={})
    assert settle_keys(report, findings, RULES) == []
    assert list(report.explanations) == [SIZE]


def test_what_is_shown_is_a_key() -> None:
    form = zeros().form
    assert shown_key(form, STOCK) == f"第{NUMBER}项"
    assert shown_key(form, "prose-number:一") == "prose-number:一"


def test_a_number_is_that_of_the_row_in_the_file() -> None:
    """Beside it and in the list: the file's own rows say which finding is meant."""
    report, _ = given(STOCK)
    layout = layout_of(report.form)
    examined = examine(write_workbook(report, prior=LAST))
    assert examined.report is not None
    explained = {e.finding.id: e.state for e in apply(examined.report, examined.findings)}
    assert explained[STOCK] == "已说明"
    assert layout.check.columns["number"] == 1
