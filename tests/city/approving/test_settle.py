"""What a unit explains and the office approves is settled, for the numbers that it was said of alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.approving import KeptWord, Settled, WordKey
from gouji.city.approving.settled import Tally, tally
from gouji.city.approving.telling import is_open, open_counts, summary, told
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake.roster import Roster
from gouji.city.sum.last_year import LastYear
from gouji.report import Explanation, Report
from gouji.rules import catalogue
from gouji.rules.reference import section
from support.years import roster_of, sum_up, unit

#: Not one of the sums of a report: 现行有效 in spite of nothing made, nothing repealed, and none last year.
STOCK = "stock:t2.rules"
REASON = "本年度由其他机关划转规章一件"


def jumped(name: str, number: int = 1, code: str | None = None, text: str = "", state: str = "") -> Report:
    """A unit whose 规章 grew by themselves since last year, which is a warning; ``text``: its explanation."""
    report = unit(name, 2024, code).with_values({"t2.rules.in_force": number})
    if text or state:
        report.explanations = {STOCK: Explanation(text, state)}
    return report


def before(*names: str) -> LastYear:
    units = [unit(name, 2023) for name in names]
    return LastYear("上年.xlsx", sum_up(units).report, tuple(units))


def desk(roster: Roster, *words: OfficeWord) -> Desk:
    return Desk(Settings("某市", 2024), roster, words=words)


def season(
    *reports: Report, words: tuple[OfficeWord, ...] = (), names: tuple[str, ...] = (), **more: object
) -> Consolidation:
    """The reports consolidated with last year's and the office's words. ``names``: of the roster."""
    roster = roster_of(
        *(reports or ()), *(unit(n, 2024) for n in names if n not in {r.unit for r in reports})
    )
    last = before(*(u.name for u in roster.units))
    return sum_up(list(reports), roster, last, desk=desk(roster, *words), **more)


def of(city: Consolidation, unit: str, finding: str) -> Settled:
    (found,) = (s for s in city.settled if s.unit == unit and s.finding.id == finding)
    return found


def word(
    unit: str = "甲局", finding: str = STOCK, text: str = "", state: str = "", **more: object
) -> OfficeWord:
    return OfficeWord(unit, finding, text, state, **more)  # type: ignore[arg-type]


# ---------------------------------------------------------------- of units


def test_a_units_explanation_travels_and_is_counted_no_longer() -> None:
    city = season(jumped("甲局", text=REASON), jumped("乙局"))
    explained, other = of(city, "甲局", STOCK), of(city, "乙局", STOCK)
    assert (explained.state, explained.text, explained.open) == ("已说明", REASON, False)
    assert (other.state, other.text, other.open) == ("未处理", "", True)
    one, two = city.taken
    assert open_counts(city, [one])["warning"] == 0 < open_counts(city, [two])["warning"]


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
    ("unit_says", "office", "state", "why"),
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
def test_what_the_office_says_comes_first(unit_says: str, office: OfficeWord, state: str, why: str) -> None:
    office = replace(office, who="王五", when="2025-01-20")
    one = of(season(jumped("甲局", text=unit_says), words=(office,)), "甲局", STOCK)
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


# ---------------------------------------------------------------- for which numbers


def test_what_was_said_falls_back_when_the_numbers_change() -> None:
    """Both the unit's text, which has no numbers of its own, and the office's."""
    words = (word(text="请写明文号", state="退回"), word("乙局", text=REASON, state="已核实"))
    first = season(jumped("甲局", 1), jumped("乙局", 1), jumped("丙局", 1, text=REASON), words=words)
    assert [of(first, u, STOCK).state for u in ("甲局", "乙局", "丙局")] == ["退回", "已核实", "已说明"]
    kept = first.approval.kept
    again = season(
        jumped("甲局", 1), jumped("乙局", 1), jumped("丙局", 1, text=REASON), words=words, kept=kept
    )
    assert again.settled == first.settled
    assert again.approval.kept == kept
    later = season(
        jumped("甲局", 2), jumped("乙局", 3), jumped("丙局", 4, text=REASON), words=words, kept=kept
    )
    found = [of(later, u, STOCK) for u in ("甲局", "乙局", "丙局")]
    assert [one.state for one in found] == ["未处理"] * 3
    for one, now in zip(found, "234", strict=True):
        assert f"由 1、0 变为 {now}、0" in one.why
    assert [one.text for one in found] == ["请写明文号", REASON, REASON]
    assert later.approval.kept == kept


def test_it_holds_again_when_the_numbers_come_back_and_when_it_is_rewritten() -> None:
    words = (word(text=REASON, state="已核实", when="1月20日"),)
    kept = season(jumped("甲局", 1), words=words).approval.kept
    kept = season(jumped("甲局", 2), words=words, kept=kept).approval.kept
    assert of(season(jumped("甲局", 1), words=words, kept=kept), "甲局", STOCK).state == "已核实"
    anew = (replace(words[0], when="2月1日"),)
    assert of(season(jumped("甲局", 2), words=anew, kept=kept), "甲局", STOCK).state == "已核实"


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("一二"), st.sampled_from("甲乙")), max_size=9))
def test_a_word_holds_for_the_numbers_that_it_was_first_seen_with(runs: list[tuple[int, str, str]]) -> None:
    """Any season: in each run a number, the office's word and the unit's text, each rewritten at times."""
    kept: Mapping[WordKey, KeptWord] = {}
    office: tuple[str, int] = ("", 0)
    unit_word: tuple[str, int] = ("", 0)
    for number, version, text in runs:
        office = office if office[0] == version else (version, number)
        unit_word = unit_word if unit_word[0] == text else (text, number)
        said = (word("乙局", text=f"{REASON}，第{version}次核对", state="已核实"),)
        city = season(
            jumped("甲局", number, text=f"{REASON}，{text}"), jumped("乙局", number), words=said, kept=kept
        )
        assert of(city, "乙局", STOCK).settled is (office[1] == number)
        assert of(city, "甲局", STOCK).settled is (unit_word[1] == number)
        kept = city.approval.kept


def test_numbers_that_stand_in_the_list_come_before_those_that_were_kept() -> None:
    given = (word(text=REASON, state="已核实", numbers=("5", "0")),)
    assert "由 5、0 变为 1、0" in of(season(jumped("甲局", 1), words=given), "甲局", STOCK).why
    assert of(season(jumped("甲局", 5), words=given), "甲局", STOCK).settled


def test_an_explanation_that_was_returned_and_rewritten_is_given_again() -> None:
    words = (word(text="请写明文号", state="退回"),)
    kept = season(jumped("甲局", text=REASON), words=words).approval.kept
    city = season(jumped("甲局", text="依某政办发〔2024〕3号划转一件"), words=words, kept=kept)
    one = of(city, "甲局", STOCK)
    assert (one.state, one.why) == ("已说明", "单位已改写说明，请重新核实。")


def test_what_was_approved_of_a_units_text_is_not_approved_of_another() -> None:
    words = (word(state="已核实"),)
    kept = season(jumped("甲局", text=REASON), words=words).approval.kept
    one = of(season(jumped("甲局", text="因机构改革调整一件"), words=words, kept=kept), "甲局", STOCK)
    assert (one.state, one.why) == ("已说明", "单位已改写说明，请重新核实。")


def test_numbers_are_kept_once_for_a_finding_and_never_for_another() -> None:
    words = (word(text=REASON, state="已核实"), word("乙局", text=REASON, state="已核实"))
    city = season(jumped("甲局", 1), jumped("乙局", 2), words=words)
    numbers = {key: one.numbers for key, one in city.approval.kept.items()}
    assert numbers == {
        WordKey("甲局", STOCK, "office"): ("1", "0"),
        WordKey("乙局", STOCK, "office"): ("2", "0"),
    }


def test_of_two_versions_of_a_unit_only_one_has_the_numbers() -> None:
    """The same finding in two files: what was said of one is not said of the other."""
    roster = roster_of(unit("甲局", 2024))
    known, words = before("甲局"), (word(text=REASON, state="已核实"),)
    files = [sum_up([jumped("甲局", n)], roster, known).taken[0].submission for n in (1, 2)]
    sent = [replace(one, file=f"{n}.xlsx") for n, one in enumerate(files)]
    city = consolidate(sent, roster, name="某市", year=2024, last_year=known, desk=desk(roster, *words))
    found = [s for s in city.settled if s.finding.id == STOCK and s.file]
    assert [one.state for one in found] == ["已核实", "未处理"]


def test_last_years_file_beside_this_one_has_no_part_in_it() -> None:
    """The same finding with another text in a file that does not count."""
    roster, known = roster_of(unit("甲局", 2024)), before("甲局")
    (this,) = (filed.submission for filed in sum_up([jumped("甲局", 1, text=REASON)], roster, known).taken)
    assert this.report
    other = replace(this.report, year=2023, explanations={STOCK: Explanation("上一年度划转一件", "")})
    old = replace(this, file="0.xlsx", report=other)
    kept: Mapping[WordKey, KeptWord] = {}
    for _ in range(2):
        city = consolidate([old, this], roster, name="某市", year=2024, last_year=known, kept=kept)
        kept = city.approval.kept
        assert kept[WordKey("甲局", STOCK, "unit")].text == REASON
        assert [s.state for s in city.settled if s.finding.id == STOCK and s.file] == ["已说明"] * 2


def test_of_files_that_belong_to_nobody_nothing_is_kept() -> None:
    city = sum_up([jumped("丙局", text=REASON)], roster_of(unit("甲局", 2024)), before("甲局", "丙局"))
    assert [s.state for s in city.settled if s.finding.id == STOCK] == ["已说明"]
    assert city.approval.kept == {}


def test_a_finding_without_sides_stands_on_its_cells() -> None:
    hint = "city-double-count:t2.documents"
    reports = [
        unit(n, 2024).with_values({"t2.documents.made": 2, "t2.documents.in_force": 2}) for n in "甲乙"
    ]
    words = (word("某市", hint, "两单位联合制发，已扣除", "已核实"),)
    first = season(*reports, words=words)
    if hint not in {f.id for f in first.findings}:
        pytest.fail("no double count")
    assert of(first, "某市", hint).state == "已核实"
    more = [reports[0].with_values({"t2.documents.made": 5, "t2.documents.in_force": 5}), reports[1]]
    later = season(*more, words=words, kept=first.approval.kept)
    assert (of(later, "某市", hint).state, "由 4" in of(later, "某市", hint).why) == ("未处理", True)


# ---------------------------------------------------------------- what the office may settle


def test_only_what_may_be_lawful_is_explainable() -> None:
    assert {rule.id for rule in catalogue().rules.values() if rule.explainable} == {
        "carry-over",
        "city-carry-over",
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
    assert summary(bare)[0].startswith("还有 1 项错误")
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
    from gouji.rules import catalogue

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
