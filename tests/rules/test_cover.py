"""The cover, and whose the report of last year is."""

from typing import Any

import pytest

from gouji.rules import Context, Finding, check
from support.triples import Triple, case, zeros


class TestCover(Triple):
    """Cover year, edition, unit name and code agree with the file and the roster (a code may be empty)."""

    rule = "cover"
    level = "error"
    says = ("封面“单位名称”为“乙局”，应为“甲局”",)
    valid = case(report={"code": "001"}, expected={"unit": "甲 局", "code": "001", "year": "2024"})
    invalid = case(report={"unit": "乙局"}, expected={"unit": "甲局", "code": "001"})
    undecidable = case(report={"unit": "乙局"})


class TestCoverMissing(Triple):
    """A report says whose it is and of which year; a code may be missing."""

    rule = "cover-missing"
    level = "error"
    says = ("“年度”", "没有填写")
    valid = case()
    invalid = case(report={"year": 0})
    undecidable = case(report={"unit": "", "year": 0}, cover=False)


def test_a_missing_unit_that_is_expected_is_said_once() -> None:
    findings = check(zeros(unit=""), Context(expected={"unit": "甲局"}))
    assert [f.id for f in findings if f.rule in ("cover", "cover-missing")] == ["cover:unit"]


def test_a_missing_unit_of_an_imported_report_is_a_warning() -> None:
    context = Context(imported=True)
    findings = [f for f in check(zeros(unit=" ", year=0), context) if f.rule == "cover-missing"]
    assert [(f.place, f.level) for f in findings] == [("unit", "warning"), ("year", "warning")]


class TestTableEdition(Triple):
    """The edition is a property of each table; a mixture is told."""

    rule = "table-edition"
    level = "warning"
    says = ("三、收到和处理政府信息公开申请情况", "2019 版")
    valid = case()
    invalid = case(report={"layout": {"table3": "2019"}}, imported=True)
    undecidable = case(report={"layout": {}})


class TestCoverPrior(Triple):
    """Last year's file is of this unit and of last year; typed 上年数 has neither."""

    rule = "cover-prior"
    level = "warning"
    says = ("封面“年度”为“2024”，所附上年报告为“2022”", "未进行")
    valid = case(prior={})
    invalid = case(prior=zeros(year=2022))
    undecidable = case(prior=zeros(year=0, unit=""))


def levels(imported: bool) -> list[str]:
    context = Context(imported=imported, expected={"unit": "乙局"})
    return [f.level for f in check(zeros(), context) if f.rule == "cover"]


def test_error_on_a_form_warning_on_an_imported_report() -> None:
    assert levels(imported=False) == ["error"]
    assert levels(imported=True) == ["warning"]


def test_the_edition_must_fit_the_year() -> None:
    """The 2019 notice was for 2019 and 2020."""
    findings = check(zeros("2019", year=2024))
    assert [f.id for f in findings if f.rule == "cover"] == ["cover:edition"]
    assert not [f for f in check(zeros("2019", year=2020)) if f.rule == "cover"]


def test_a_year_that_does_not_fit_the_edition_names_both_and_leads_to_the_one_that_can_be_typed() -> None:
    """Clerk's M8: 版式 is locked; it was the year that was wrong."""
    (finding,) = (f for f in check(zeros("2021", year=2019)) if f.rule == "cover")
    assert "“年度”为“2019”，“版式”为“2021”" in finding.message and "2019 年度用 2019 版" in finding.message
    assert "请改年度" in finding.remedy and "换用 2019 版模板" in finding.remedy
    assert finding.field == "year"


def test_without_a_year_no_text_is_of_another_year() -> None:
    """报告年度为 0 年 was said beside the missing year."""
    report = zeros(year=0, texts={"一": "2023年，全年收到申请3件。", "五": "无", "六": "无"})
    assert not {"other-year"} & {f.rule for f in check(report)}


def test_another_years_report_proves_nothing() -> None:
    old = zeros(cells={"t3.carried_out.natural": 3, "t3.carried_out.total": 3}, year=2021)
    assert "carry-over" not in {f.rule for f in check(zeros(), Context(prior=old))}


class TestPriorAbsent(Triple):
    """Last year's file of the city has no report of the unit, so nothing was compared with it."""

    rule = "prior-absent"
    level = "hint"
    says = ("去年汇总.xlsx", "甲局")
    valid = case(prior=zeros(year=2023))
    invalid = case(searched="去年汇总.xlsx")
    undecidable = case()


class TestPriorLeftOut(Triple):
    """The file says why it has none: there is nothing to look up."""

    rule = "prior-left-out"
    level = "hint"
    says = ("去年汇总.xlsx", "甲局", "未报")
    valid = case(prior=zeros(year=2023))
    invalid = case(searched="去年汇总.xlsx", left_out="未报")
    undecidable = case(searched="去年汇总.xlsx")


def about_the_year(cover: int, text: int, prior: int | None, **context: Any) -> list[Finding]:
    last = zeros(year=prior) if prior is not None else None
    texts = {
        "一": f"{text}年，我局做好公开工作。",
        "五": "主动公开的及时性不够，今后加强检查。",
        "六": "未收取信息处理费。",
    }
    found = check(zeros(year=cover, texts=texts), Context(prior=last, **context))
    return [f for f in found if f.rule in ("other-year", "cover-prior", "cover")]


def test_two_witnesses_against_the_year_on_the_cover_are_one_finding_there() -> None:
    (finding,) = about_the_year(2023, 2024, 2023)
    assert (finding.rule, finding.field, finding.section) == ("other-year", "year", "")
    assert "封面“年度”为 2023，文字写的是 2024 年" in finding.message
    assert "所附上年报告为 2023 年：封面年度疑似应为 2024" in finding.message
    (behind,) = about_the_year(2024, 2023, 2022)
    assert behind.field == "year" and "疑似应为 2023" in behind.message


@pytest.mark.parametrize("prior", [None, 0])
def test_no_old_text_is_ahead_of_its_cover(prior: int | None) -> None:
    (finding,) = about_the_year(2023, 2024, prior)
    assert finding.field == "year" and "封面年度疑似应为 2024" in finding.message
    assert "上年报告" not in finding.message


def test_a_text_of_the_year_before_is_doubted_as_much_as_the_cover() -> None:
    (finding,) = about_the_year(2024, 2023, None)
    assert (finding.field, finding.section) == ("", "一")
    assert "有一处不对" in finding.message and "请改封面“年度”" in finding.remedy
    (beside,) = about_the_year(2024, 2023, 2023)
    assert (beside.rule, beside.field) == ("other-year", "")


def test_each_side_is_told_where_three_years_agree_in_nothing() -> None:
    found = about_the_year(2024, 2023, 2021)
    assert [f.id for f in found] == ["cover-prior:year", "other-year:texts"]


def test_a_year_that_is_expected_of_the_unit_is_not_doubted() -> None:
    found = about_the_year(2023, 2024, 2023, expected={"year": "2023"})
    assert [(f.id, f.field) for f in found] == [("cover-prior:year", "year"), ("other-year:texts", "")]


def test_of_two_names_that_differ_neither_is_blamed() -> None:
    last = zeros(year=2023, unit="甲县建设局")
    (finding,) = (f for f in check(zeros(unit="甲县建设"), Context(prior=last)) if f.rule == "cover-prior")
    assert "“甲县建设”" in finding.message and "“甲县建设局”" in finding.message
    assert "应为" not in finding.message and finding.field == "unit"
