"""What a unit explains and the office approves is settled, for the numbers that it was said of alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.city.approving.settled import Tally, tally
from gouji.city.approving.telling import is_open, open_counts, summary, told
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import OfficeWord
from gouji.city.sum.last_year import LastYear
from gouji.report import Explanation, Report
from gouji.rules import catalogue
from gouji.rules.reference import section
from support.said import REASON, STOCK, before, desk, jumped, of, season, word
from support.years import roster_of, sum_up, unit

# ---------------------------------------------------------------- of units


def test_a_units_explanation_travels_and_is_counted_no_longer() -> None:
    city = season(jumped("甲局", text=REASON), jumped("乙局"))
    explained, other = of(city, "甲局", STOCK), of(city, "乙局", STOCK)
    assert (explained.state, explained.text, explained.open) == ("已说明", REASON, False)
    assert (other.state, other.text, other.open) == ("未处理", "", True)
    one, two = city.taken
    assert open_counts(city, one)["warning"] == 0 < open_counts(city, two)["warning"]


def test_the_findings_are_those_of_problems_in_their_order() -> None:
    city = season(jumped("甲局", text=REASON), jumped("乙局"), words=(word("丙局"),), names=("丙局",))
    assert [(s.unit, s.file, s.finding) for s in city.settled] == [
        (p.unit, p.file, p.finding) for p in city.problems()
    ]


def test_a_text_that_says_nothing_does_not_count_and_is_not_lost() -> None:
    one = of(season(jumped("甲局", text="核实无误")), "甲局", STOCK)
    assert (one.state, one.text, one.open) == ("未处理", "核实无误", True)
    assert "没有说明原因" in told(one)


def test_a_unit_does_not_verify_itself() -> None:
    assert of(season(jumped("甲局", text=REASON, state="已核实")), "甲局", STOCK).state == "已说明"


def test_an_error_of_a_unit_is_not_explained_away_by_anybody() -> None:
    wrong = unit("甲局", 2024, new=3).with_values({"t3.new.natural": 2})
    (error,) = (f for f in sum_up([wrong]).problems() if f.file and f.finding.level == "error")
    finding = error.finding.id
    wrong.explanations = {finding: Explanation(REASON, "")}
    city = season(wrong, words=(word(finding=finding, text=REASON, state="已核实"),), include_invalid=True)
    one = of(city, "甲局", finding)
    assert (one.state, one.text, one.open) == ("未处理", f"{REASON}", True)
    assert "不能用说明代替" in one.why
    assert is_open(city)


def test_what_was_found_beside_a_unit_is_explained_by_it_too() -> None:
    """Its name on the roster: said of the city, and explained in the unit's workbook."""
    report, finding = unit("某甲局", 2024, "001"), "unit-name:甲局"
    roster = roster_of(unit("甲局", 2024, "001"))
    assert of(sum_up([report], roster), "某市", finding).state == "未处理"
    report.explanations = {finding: Explanation("本年更名，批文另附", "")}
    city = sum_up([report], roster)
    assert (of(city, "某市", finding).state, of(city, "某市", finding).text) == (
        "已说明",
        "本年更名，批文另附",
    )
    verified = desk(roster, word(finding=finding, state="已核实"))
    assert of(sum_up([report], roster, desk=verified), "某市", finding).state == "已核实"


# ---------------------------------------------------------------- of the office


@pytest.mark.parametrize(
    ("by_unit", "by_office", "state", "why"),
    [
        (REASON, word(state="已核实"), "已核实", ""),
        (REASON, word(text="核实无误", state="已核实"), "已核实", ""),
        ("", word(text=REASON, state="已核实"), "已核实", ""),
        ("", word(text=REASON), "已说明", ""),
        ("", word(text=REASON, state="未处理"), "已说明", ""),
        ("", word(text=REASON, state=" 已说明 "), "已说明", ""),
        (REASON, word(text="请写明划转自何处", state="退回"), "退回", "请写明划转自何处"),
        ("", word(state="退回"), "退回", ""),
        ("", word(state="已核实"), "未处理", "没有说明原因"),
        ("", word(text="核实无误", state="已核实"), "未处理", "没有说明原因"),
        ("核实无误", word(text="核实无误", state="已核实"), "未处理", "没有说明原因"),
        ("", word(text="核实无误"), "未处理", "没有说明原因"),
        ("", word(text=REASON, state="同意"), "未处理", "没有“同意”这一状态"),
        (REASON, word(text=REASON, state="同意"), "已说明", "没有“同意”这一状态"),
        (REASON, word(state="未处理"), "已说明", ""),
    ],
)
def test_what_the_by_office_comes_first(by_unit: str, by_office: OfficeWord, state: str, why: str) -> None:
    by_office = replace(by_office, who="王五", when="2025-01-20")
    one = of(season(jumped("甲局", text=by_unit), words=(by_office,)), "甲局", STOCK)
    assert (one.state, one.settled) == (state, state in ("已说明", "已核实"))
    assert (why in one.why) if why else not one.why
    if state in ("已核实", "退回"):
        assert told(one).startswith(f"{state}（王五，2025-01-20）")


def test_both_texts_are_shown() -> None:
    one = of(season(jumped("甲局", text=REASON), words=(word(text="已查阅划转文件"),)), "甲局", STOCK)
    assert one.text == f"{REASON}（本级：已查阅划转文件）"


def test_a_warning_of_the_sum_is_explained_by_the_office() -> None:
    city = season(jumped("甲局", text=REASON), words=(word("某市", text=REASON),))
    assert of(city, "某市", STOCK).state == "已说明"
    assert summary(city) == ["已说明 2 项，已核实 0 项。"]


@pytest.mark.parametrize("name", ["某市", "汇总", ""])
def test_the_city_goes_by_its_name_and_by_that_of_the_list_of_adjustments(name: str) -> None:
    assert of(season(jumped("甲局"), words=(word(name, text=REASON),)), "某市", STOCK).settled


def test_of_two_lines_on_one_finding_the_later_holds_and_it_is_said() -> None:
    words = (word(state="退回", line=2), word(text=REASON, state="已核实", line=5))
    city = season(jumped("甲局"), words=words)
    assert of(city, "甲局", STOCK).state == "已核实"
    (said,) = (f for f in city.findings if f.rule == "office-word")
    assert "第 2 行与第 5 行说的是同一项" in said.message


def test_an_id_is_found_in_another_width_and_case() -> None:
    city = season(jumped("甲局"), words=(word(finding=" ＳＴＯＣＫ：t2.rules", text=REASON),))
    assert of(city, "甲局", STOCK).settled


# ---------------------------------------------------------------- words of no use


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (word(finding="stock:t2.rule", text=REASON, line=7), ("第 7 行", f"是否为 {STOCK}？")),
        (word(finding="pending-share:t3", text=REASON, line=8), ("第 8 行", "不是本次的审核结果")),
        (word("文化旅游居", text=REASON, line=3), ("第 3 行", "不在应报单位名单中", "是否为 文化旅游局？")),
        (word("某市", "", REASON, "已核实", line=4), ("第 4 行", "没有写编号")),
    ],
)
def test_a_word_that_belongs_to_nothing_is_kept_and_said(line: OfficeWord, says: tuple[str, ...]) -> None:
    city = season(jumped("甲局"), words=(line,), names=("文化旅游局",))
    (said,) = (f for f in city.findings if f.rule == "office-word")
    assert said.level == "hint"
    assert all(text in said.message for text in says), said.message
    assert "{" not in said.message + said.remedy
    assert said in [s.finding for s in city.settled]


def test_a_line_without_text_and_state_says_nothing() -> None:
    city = season(jumped("甲局"), words=(word(finding="gone:t2"), word()))
    assert not [f for f in city.findings if f.rule == "office-word"]
    assert of(city, "甲局", STOCK).why == ""


def test_a_file_of_nobody_is_not_approved() -> None:
    stranger = jumped("丙局")
    roster = roster_of(unit("甲局", 2024))
    known = before("甲局", "丙局")
    words = (word("丙局", text=REASON, state="已核实"),)
    city = sum_up([unit("甲局", 2024), stranger], roster, known, desk=desk(roster, *words))
    assert not [s for s in city.settled if s.settled]
    assert "office-word" in [f.rule for f in city.findings]
    assert is_open(city)


# ---------------------------------------------------------------- what the office may settle


def test_only_what_may_be_lawful_is_explainable() -> None:
    assert {rule.id for rule in catalogue().rules.values() if rule.explainable} == {
        "carry-over",
        "city-carry-over",
        "unit-alike",
        "unit-missing",
    }


def test_the_reference_says_which_errors_the_office_may_settle() -> None:
    assert "“说明与核实”" in section(catalogue(), "unit-missing")
    assert "“说明与核实”" not in section(catalogue(), "city-sum")


def carried() -> tuple[list[Report], LastYear]:
    """This year's 二 is one less than last year's 四, which was published."""
    old = [unit("甲局", 2023, new=9, carried_out=3)]
    total = sum_up(old).report
    return [unit("甲局", 2024, carried_in=2)], LastYear("上年.xlsx", total, (), frozenset())


def test_a_lawful_difference_ends_the_season_with_nothing_open() -> None:
    this, last = carried()
    roster = roster_of(*this)
    finding = "city-carry-over:t3.total"

    def run(*words: OfficeWord) -> Consolidation:
        return sum_up(this, roster, last, desk=desk(roster, *words))

    bare = run()
    assert of(bare, "某市", finding).finding.level == "error"
    assert is_open(bare)
    assert summary(bare)[0].startswith("“问题”表中还有 1 项错误")
    explained = run(word("某市", finding, "一件已移送省级办理，见来文"))
    assert of(explained, "某市", finding).why == (
        "这是错误，只写说明不够；经核实确属合法合理的，请把状态改为“已核实”。"
    )
    assert is_open(explained)
    assert is_open(run(word("某市", finding, "", "已核实")))
    accepted = run(word("某市", finding, "一件已移送省级办理，见来文", "已核实"))
    assert of(accepted, "某市", finding).finding.level == "warning"
    assert not is_open(accepted)
    assert accepted.state == "warning"


def test_a_unit_that_lawfully_does_not_report_is_excused() -> None:
    told_of_unit = word("乙局", "", "机构改革中撤销，本年不报送", "已核实")
    told_of_finding = word("乙局", "unit-missing:乙局", "机构改革中撤销，本年不报送", "已核实")
    for said in (told_of_unit, told_of_finding):
        city = season(unit("甲局", 2024), names=("乙局",), words=(said,))
        assert not is_open(city)
        assert (
            summary(city)[-1]
            == "以下单位经核实本年不报送，没有计入汇总：乙局（机构改革中撤销，本年不报送）。"
        )
    for said in (replace(told_of_unit, text=""), replace(told_of_finding, state="")):
        assert is_open(season(unit("甲局", 2024), names=("乙局",), words=(said,)))


def test_integrity_is_never_a_matter_of_words() -> None:
    """A file that can not be read, two versions, a stranger: whatever the office says."""

    broken = Submission("甲局.xlsx", None, (catalogue()["unreadable"].finding("file", reason="坏了"),))
    roster = roster_of(unit("甲局", 2024))
    words = tuple(
        word(unit, finding, "确已核对，属于正常情况", "已核实")
        for unit, finding in [("甲局", ""), ("甲局", "unit-missing:甲局"), ("某市", "unreadable:file")]
    )
    city = consolidate([broken], roster, name="某市", year=2024, desk=desk(roster, *words))
    assert is_open(city)


# ---------------------------------------------------------------- counting


def test_each_finding_is_counted_once() -> None:
    wrong = unit("甲局", 2024, new=3).with_values({"t3.new.natural": 2})
    city = season(wrong, jumped("乙局", text=REASON), jumped("丙局"), words=(word("丙局", state="退回"),))
    counted = tally(city.settled)
    assert (counted.returned, counted.given) == (1, 1)
    assert tally([]) == Tally()
    own = [s for s in city.settled if s.of == "甲局" and s.file and s.finding.level == "error"]
    assert counted.errors == len(own), "unit-invalid says again what is counted already"
