"""REFERENCE.zh-CN.md is what the catalogue says today."""

from importlib import resources

from gouji.rules import catalogue
from gouji.rules.reference import markdown
from gouji.wording import wording_of


def test_the_reference_is_up_to_date() -> None:
    """To renew it: make reference"""
    kept = resources.files("gouji.rules").joinpath("REFERENCE.zh-CN.md").read_text("utf-8")
    assert kept == markdown()


def test_every_rule_has_a_line_and_a_section() -> None:
    text = markdown()
    for rule in catalogue().rules.values():
        subject = wording_of("gouji.rules", "reference.subjects")[rule.subject]
        assert f"| {subject} | `{rule.id}` |" in text
        assert f"## {rule.title}\n\n- 规则标识：`{rule.id}`（{subject}）" in text
        assert rule.statute in text


def test_where_a_rule_applies_is_said_by_its_first_edition() -> None:
    """A later edition changes nothing for the rules that it keeps."""
    rows = {
        line.split("|")[2].strip(" `"): line.split("|")[4].strip()
        for line in markdown().splitlines()
        if line.count("|") == 7
    }
    assert rows["cell-number"] == "全部"
    assert rows["stock"] == rows["fee-silent"] == "2021 版起"
    assert rows["public-grows"] == "2019 版"


def test_arithmetic_is_shown_in_printed_labels() -> None:
    text = markdown()
    assert "「现行有效件数」 = 上年「现行有效件数」 + 「本年制发件数」 − 「本年废止件数」（每一行）" in text
    assert "「二、上年结转政府信息公开申请数量」 = 上年「四、结转下年度继续办理」（每一列）" in text
    assert "「上一年项目数量」 + 「本年增/减」 ≥ 0（每一行）" in text
