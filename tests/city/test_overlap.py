"""What a file is comes before whose: results of this city, of a lower and of a higher level, and lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.city.consolidate import Submission, consolidate
from gouji.report import Report
from gouji.rules import Finding
from gouji.workbook.kind import parts_of
from support.overlapping import CELL, ONE, OTHER, YEAR, A, B, C, counted, found, names, result, summed
from support.triples import Triple
from support.years import unit

pytestmark = pytest.mark.slow


# ---------------------------------------------------------------- the city's own result


def test_its_own_result_is_no_submission_also_where_the_city_is_on_the_roster() -> None:
    own, office = result("某市", [A, B]), counted("某市", 1000)
    city = summed([A, B, own, office], names("甲局", "乙局", "某 市"))
    assert city.report.number(CELL) == 1011, "the office's own report counts as any other"
    assert [(f.submission.unit, f.status) for f in city.intake.set_aside] == [("某市", "own_result")]
    assert city.intake.set_aside[0].remarks == ("这是本次汇总的结果（某市 2024 年），不作为报送件",)
    assert city.state != "error" and city.strangers == ()


def test_without_a_report_of_its_own_the_office_is_missing() -> None:
    city = summed([A, B, result("某市", [A, B])], names("甲局", "乙局", "某市"))
    assert [row.status for row in city.units] == ["taken", "taken", "missing"]
    assert "只是本级汇总的结果（2/某市.json）" in city.units[2].remarks[0]
    assert city.report.number(CELL) == 11


def test_its_result_of_another_year_is_said_to_be_one() -> None:
    last = replace(result("某市", [A]), year=YEAR - 1)
    city = summed([A, last], names("甲局"))
    assert "2023 年汇总的结果" in city.intake.set_aside[0].remarks[0]
    assert city.strangers == ()


def test_what_is_wrong_with_an_earlier_result_is_no_error_of_this_run() -> None:
    own = Submission("旧.xlsx", result("某市", [A]), (Finding("x", "y", "error", "", ""),))
    city = consolidate([Submission("a.json", A), own], names("甲局"), name="某市", year=YEAR)
    assert all(p.finding.rule != "x" for p in city.problems())


def test_an_earlier_result_that_no_longer_says_what_it_is() -> None:
    """As JSON of 0.1.0, or typed off: under the city's name, and the sum of all others."""
    bare = replace(result("某市", [A, B]), meta={})
    city = summed([A, B, bare], names("甲局", "乙局", "某市"))
    assert city.report.number(CELL) == 11
    assert [f.place for f in found(city, "unit-overlap")] == ["某市"]
    assert "各格恰为其余各单位之和" in found(city, "unit-overlap")[0].message


# ---------------------------------------------------------------- results of other levels


def test_a_lower_levels_result_counts_as_its_units_report() -> None:
    city = summed([result("甲区", [A, B]), C])
    assert city.report.number(CELL) == 111
    assert city.state != "error"
    assert [part.unit for part in parts_of(city.report) or ()] == ["甲区", "甲局", "乙局", "丙局"]


def test_a_unit_that_is_in_a_result_is_left_out() -> None:
    city = summed([result("甲区", [A, B]), replace(B, unit="乙 局")], names("甲区", "乙局"))
    assert city.report.number(CELL) == 11
    (said,) = found(city, "unit-overlap")
    assert said.level == "error"
    assert all(word in said.message for word in ("乙局", "1/乙 局.json", "甲区", "0/甲区.json"))
    assert [row.status for row in city.units] == ["taken", "overlap"]


def test_also_where_its_name_has_the_place_before_it() -> None:
    """财政局 in the result of 第1市 is 第1市财政局 on the province's roster, whatever its numbers say now."""
    for again in (ONE, OTHER):
        city = summed([result("第1市", [ONE, B]), replace(again, unit="第1市财政局")])
        assert city.report.number(CELL) == 11
        assert [f.level for f in found(city, "unit-overlap")] == ["error"]
    other_place = summed([result("第1市", [ONE, B]), replace(OTHER, unit="第2市财政局")])
    assert other_place.report.number(CELL) == 13 and not found(other_place, "unit-overlap")


def test_also_by_a_code_that_holds_everywhere() -> None:
    code = "11320585MB1234567X"
    inside = summed([replace(A, code=code)], names("甲局", codes={"甲局": code}), "甲区").report
    renamed = counted("新甲局", 5, code.lower())
    assert [row.status for row in summed([inside, renamed]).units] == ["taken", "overlap"]


def test_a_code_of_a_roster_alone_is_no_code_of_another() -> None:
    """Every roster counts from 001."""
    inside = summed([A], names("甲局", codes={"甲局": "001"}), "甲区").report
    city = summed([inside, replace(B, code="001")], names("甲区", "乙局", codes={"乙局": "001"}))
    assert city.report.number(CELL) == 11
    same = summed([inside, replace(A, unit="新甲局", code="001")])
    assert same.report.number(CELL) == 1, "with the same numbers it is"


def test_through_all_levels() -> None:
    """A unit of a county that is in the result of a city: the province sees it."""
    nested = result("第1市", [result("甲区", [A]), B])
    assert [row.status for row in summed([nested, A], name="某省").units] == ["taken", "overlap"]


def test_two_results_with_a_unit_in_common_are_both_left_out() -> None:
    city = summed([result("甲区", [A, B]), result("乙区", [B]), C])
    assert city.report.number(CELL) == 100
    (said,) = found(city, "unit-overlap")
    assert "都含有 乙局" in said.message and "甲区" in said.message and "乙区" in said.message


def test_units_of_one_name_in_two_counties_are_two() -> None:
    """财政局 is in every county: a person is asked, and both count."""
    city = summed([result("甲区", [counted("财政局", 1)]), result("乙区", [counted("财政局", 10)])])
    assert city.report.number(CELL) == 11
    assert found(city, "unit-overlap") == []
    (said,) = found(city, "unit-same-name")
    assert (said.level, "财政局" in said.message) == ("warning", True)


def test_a_full_name_is_one_unit() -> None:
    full = [counted("甲区财政局", 1), counted("甲区财政局", 2)]
    city = summed([result("甲区", full[:1]), result("乙区", full[1:])])
    assert city.report.number(CELL) == 0
    assert len(found(city, "unit-overlap")) == 1


def test_different_codes_tell_units_of_one_name_apart() -> None:
    one, other = "11320585MB1234567X", "11320586MB1234567X"
    roster = (names("财政局", codes={"财政局": code}) for code in (one, other))
    city = summed(
        [summed([ONE], one_roster, name).report for one_roster, name in zip(roster, "甲乙", strict=True)]
    )
    assert city.report.number(CELL) == 2
    assert found(city, "unit-same-name") == found(city, "unit-overlap") == []


def test_the_result_of_a_higher_level_is_a_stranger() -> None:
    city = summed([A, result("某省", [A, B])], names("甲局"))
    assert city.report.number(CELL) == 1
    assert city.strangers[0].remarks == (
        "这是“某省”的汇总结果，其中已含本次应报的 1 个单位（甲局），不能再计入本级",
    )


def test_a_result_that_does_not_say_its_units_is_an_error() -> None:
    silent = replace(result("甲区", [A]), meta={"consolidated": {"units": []}})
    city = summed([silent, B])
    assert city.state == "error"
    assert "没有写明含哪些单位" in found(city, "unit-overlap")[0].message


@pytest.mark.parametrize("told", [5, {}, {"units": 5}, {"units": [5, {}, {"unit": 3, "code": None}]}])
def test_a_meta_that_somebody_else_wrote_does_not_stop_the_rest(told: object) -> None:
    assert summed([replace(A, meta={"consolidated": told}), B]).report.number(CELL) == 11


class _City:
    """Findings of the city that sums these reports."""

    def __init__(self, *reports: Report, rule: str) -> None:
        self.reports, self.rule = reports, rule

    def findings(self) -> list[Finding]:
        return found(summed(list(self.reports)), self.rule)


class TestUnitOverlap(Triple):
    rule = "unit-overlap"
    level = "error"
    says = ("重复汇总", "乙局", "甲区")
    valid = _City(result("甲区", [A]), B, rule=rule)
    invalid = _City(result("甲区", [A, B]), B, rule=rule)
    undecidable = _City(
        result("甲区", [counted("财政局", 1)]), result("乙区", [counted("财政局", 2)]), rule=rule
    )


class TestUnitSameName(Triple):
    rule = "unit-same-name"
    level = "warning"
    says = ("财政局", "甲区", "乙区")
    valid = _City(result("甲区", [A]), result("乙区", [B]), rule=rule)
    invalid = _City(result("甲区", [ONE]), result("乙区", [OTHER]), rule=rule)
    undecidable = _City(
        result("甲区", [unit("财政局", YEAR)]), result("乙区", [counted("财政局", 2)]), rule=rule
    )


def test_one_file_under_two_names_is_a_warning_on_both() -> None:
    city = summed([unit("甲局", YEAR, new=10), unit("乙局", YEAR, new=10)])
    same = [p for p in city.problems() if p.finding.rule == "unit-same-numbers"]
    assert [(p.unit, p.finding.level, p.finding.message) for p in same] == [
        ("甲局", "warning", "全部数字与 乙局 的相同。"),
        ("乙局", "warning", "全部数字与 甲局 的相同。"),
    ]
