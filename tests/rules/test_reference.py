"""REFERENCE.zh-CN.md is what the catalogue says today."""

from importlib import resources

from gouji.rules import catalogue
from gouji.rules.reference import markdown


def test_the_reference_is_up_to_date() -> None:
    """To renew it: make reference"""
    kept = resources.files("gouji.rules").joinpath("REFERENCE.zh-CN.md").read_text("utf-8")
    assert kept == markdown()


def test_every_rule_has_a_line_and_a_section() -> None:
    text = markdown()
    for rule in catalogue().rules.values():
        assert f"| {rule.number} | `{rule.id}` |" in text
        assert f"## {rule.number}．{rule.title}" in text
        assert rule.statute in text


def test_arithmetic_is_shown_in_printed_labels() -> None:
    text = markdown()
    assert "「现行有效件数」 = 上年「现行有效件数」 + 「本年制发件数」 − 「本年废止件数」（每一行）" in text
    assert "「二、上年结转政府信息公开申请数量」 = 上年「四、结转下年度继续办理」（每一列）" in text
    assert "「上一年项目数量」 + 「本年增/减」 ≥ 0（每一行）" in text
