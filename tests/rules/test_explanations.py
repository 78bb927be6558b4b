"""Every warning is fixed or explained; states kept across runs."""

from dataclasses import replace

import pytest

from gouji.marks import Mark, marks_of
from gouji.report import Explanation, from_json, to_json
from gouji.rules import Finding, check
from gouji.rules.explanations import (
    ExplanationError,
    apply,
    explain,
    moved,
    recorded,
    states,
    unexplained,
)
from support.triples import zeros


def finding(level: str = "warning", left: int | None = 7, right: int | None = 5) -> Finding:
    return Finding("stock", "t2.documents", level, "", "", (), left, right)  # type: ignore[arg-type]


REPORT = zeros()


def state(explanation: Explanation, given: Finding) -> tuple[str, str]:
    report = replace(REPORT, explanations={given.id: explanation})
    (explained,) = apply(report, [given])
    return explained.state, explained.why


def test_states() -> None:
    assert states() == ("未处理", "已说明", "已核实", "退回")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("无", "“无”没有说明原因"),
        ("核实无误", "没有说明原因"),
        ("2024.12.31", "没有说明原因"),
        (" 经核实，无误。 ", "没有说明原因"),
        ("已核实", "没有说明原因"),
        ("清理两件", "只有 4 个字"),
        ("清 理 两 件。。", "只有 4 个字"),
        ("　", "没有内容"),
    ],
)
def test_too_short_or_without_a_reason(text: str, why: str) -> None:
    now, said = state(Explanation(text, "已说明"), finding())
    assert now == "未处理" and why in said
    with pytest.raises(ExplanationError, match=why):
        explain(REPORT, [finding()], finding().id, text)


@pytest.mark.parametrize("text", ["清理文件两件", "移交五件整", "143件移交", "经核实，无误，系当年废止"])
def test_five_characters_and_a_reason_are_enough(text: str) -> None:
    assert state(Explanation(text, ""), finding()) == ("已说明", "")


def test_without_an_explanation_a_warning_stands() -> None:
    assert apply(REPORT, [finding()])[0].state == "未处理"
    assert unexplained(REPORT, [finding(), finding("hint"), finding("error")]) == [finding()]


def test_explained_for_these_numbers() -> None:
    explained = explain(REPORT, [finding()], "stock:t2.documents", "清理文件2件")
    assert unexplained(explained, [finding()]) == []
    assert REPORT.explanations == {}


def test_other_numbers_fall_back_and_say_why() -> None:
    explanation = Explanation("清理文件2件", "已核实", ("7", "5"))
    assert state(explanation, finding()) == ("已核实", "")
    now, why = state(explanation, finding(left=8))
    assert now == "未处理"
    assert "7、5" in why
    assert "8、5" in why


def test_errors_can_not_be_explained_away() -> None:
    now, why = state(Explanation("就是这样", "已核实", ("7", "5")), finding("error"))
    assert now == "未处理"
    assert "错误不能用说明代替" in why
    with pytest.raises(ExplanationError, match="错误不能用说明代替"):
        explain(REPORT, [finding("error")], "stock:t2.documents", "就是这样")


@pytest.mark.parametrize(
    ("explanation", "why"),
    [(Explanation(" ", "已说明"), "没有内容"), (Explanation("清理文件2件", "批准"), "批准")],
)
def test_an_empty_text_or_an_unknown_state_explains_nothing(explanation: Explanation, why: str) -> None:
    now, said = state(explanation, finding())
    assert now == "未处理"
    assert why in said


def test_returned_by_the_office_is_open_again() -> None:
    report = replace(REPORT, explanations={"stock:t2.documents": Explanation("有", "退回", ("7", "5"))})
    assert unexplained(report, [finding()]) == [finding()]


@pytest.mark.parametrize("before", ["", "未处理", "已说明", "已核实"])
def test_a_text_typed_into_the_workbook_is_given_for_the_numbers_that_stand_there(before: str) -> None:
    typed = replace(REPORT, explanations={"stock:t2.documents": Explanation("清理文件2件", before)})
    assert recorded(typed, [finding()]) == {
        "stock:t2.documents": Explanation("清理文件2件", "已说明", ("7", "5"))
    }


def test_a_finding_without_numbers_keeps_its_state() -> None:
    told = finding(left=None, right=None)
    assert state(Explanation("清理文件2件", "已核实"), told) == ("已核实", "")
    assert state(Explanation("清理文件2件", ""), told) == ("已说明", "")
    assert state(Explanation("清理文件2件", "退回"), finding()) == ("退回", "")


def test_nothing_is_lost() -> None:
    """A finding that is gone may come back: its explanation stays, also through JSON."""
    kept = {"stock:t2.rules": Explanation("修订", "已说明", ("1", "2"))}
    report = replace(REPORT, explanations=kept)
    assert recorded(report, [finding()]) == kept
    assert from_json(to_json(report)).explanations == kept
    stale = replace(REPORT, explanations={finding().id: Explanation("旧", "已核实", ("1", "2"))})
    assert recorded(stale, [finding()])[finding().id] == Explanation("旧", "未处理", ("1", "2"))


def test_the_state_falls_back_until_the_numbers_return() -> None:
    stale = {finding().id: Explanation("旧", "未处理", ("7", "5"))}
    report = replace(REPORT, explanations=stale)
    assert unexplained(report, [finding()]) == [finding()]


def test_what_may_follow() -> None:
    given = Explanation("有", "已说明", ("7", "5"))
    assert moved(given, "已核实").state == "已核实"
    assert moved(moved(given, "退回"), "已说明").numbers == ("7", "5")
    with pytest.raises(ExplanationError, match="只能改为已说明"):
        moved(Explanation("", "未处理"), "已核实")
    with pytest.raises(ExplanationError, match="没有“通过”"):
        moved(given, "通过")


def test_a_finding_that_is_not_there_or_no_text() -> None:
    with pytest.raises(ExplanationError, match="没有编号"):
        explain(REPORT, [finding()], "stock:t2.rules", "有")
    with pytest.raises(ExplanationError, match="没有内容"):
        explain(REPORT, [finding()], finding().id, "")


def test_findings_of_a_real_check_can_be_explained() -> None:
    report = zeros(cells={"t2.documents.made": 3})
    findings = check(report)
    (warning,) = unexplained(report, findings)
    assert unexplained(explain(report, findings, warning.id, "制发后当年失效"), findings) == []


def test_a_state_in_an_older_spelling(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a later release wrote another word for 已说明: what stands in a file is understood."""
    names = {**marks_of("gouji.rules", "states"), "given": Mark(["作了说明", "已说明"])}
    monkeypatch.setattr("gouji.rules.explanations._names", lambda: names)
    assert state(Explanation("清理文件2件", "已说明", ("7", "5")), finding()) == ("作了说明", "")
    assert moved(Explanation("x", "已说明"), "已核实").state == "已核实"
