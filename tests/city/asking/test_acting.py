"""Who must act, in which situation, and what waits for each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from gouji.audit import audit
from gouji.city.approving import unit_state
from gouji.city.approving.telling import excused, lacking
from gouji.city.asking.acting import GROUPS, STATES, duties, unclaimed
from gouji.city.asking.figures import standing
from gouji.city.asking.saying import paragraph, state_label
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.desk import Desk, OfficeWord
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.report import Explanation, Report
from gouji.wording import wording_of
from support.any_season import seasons
from support.asked import SETTINGS, YEAR, city_of, desk, right, roster, wrong
from support.filled import write_workbook
from support.years import sum_up

STOCK = "stock-floor:t2.rules"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Consolidation:
    return city_of(tmp_path_factory.mktemp("报送"))


def test_each_situation(city: Consolidation) -> None:
    assert {duty.unit.name: duty.state for duty in duties(city)} == {
        "乙局": "errors",
        "丙局": "waiting",
        "丁局": "returned",
        "戊镇": "missing",
        "己镇": "duplicate",
        "庚街道": "wrong_year",
        "辛街道": "altered",
        "壬公司": "unread",
        "癸中心": "waiting",
    }, "and nothing of 甲局, which is right"
    assert [filed.submission.file for filed in unclaimed(city)] == ["陌生单位.xlsx"]


def test_what_waits(city: Consolidation) -> None:
    by_name = {duty.unit.name: duty for duty in duties(city)}
    assert [f.level for f in by_name["乙局"].open.findings] == ["error"] * 3
    assert [f.id for f in by_name["丙局"].open.findings] == [STOCK]
    assert [f.rule for f in by_name["癸中心"].open.told] == ["unit-code"]
    assert [f.submission.file for f in by_name["己镇"].files] == ["己镇.xlsx", "己镇（新）.xlsx"]
    assert by_name["己镇"].filed is None, "nobody knows which"
    assert [f.submission.file for f in by_name["壬公司"].files] == ["壬公司年报.xlsx"]


def waiting(name: str = "丙局") -> Report:
    report = right(name)
    report.set("t2.rules.made", 3)
    return report


def judged(report: Report, *words: OfficeWord) -> str:
    """The state of a unit with this report and these words of the office; "" where nothing is awaited."""
    the_desk = Desk(SETTINGS, Roster((RosterUnit(report.unit),)), words=words)
    city = sum_up([report], the_desk.roster, desk=the_desk)
    return next((duty.state for duty in duties(city)), "")


def test_a_letter_counts_what_it_lists() -> None:
    """One error, and one thing to explain beside it."""
    report = waiting()
    report.texts = {**(report.texts or {}), "六": ""}
    (duty,) = duties(sum_up([report]))
    said = paragraph(sum_up([report]), duty)
    assert (duty.state, duty.errors, len(duty.open.findings)) == ("errors", 1, 2)
    assert "有 1 处错误、1 处需要核实或说明，未计入汇总。" in said
    assert "（2）" in said and "（3）" not in said


def test_what_the_unit_explained_does_not_wait() -> None:
    assert judged(waiting()) == "waiting"
    said = {STOCK: Explanation("制发后当年即失效，共 3 件。", "已说明", ("0", "3"))}
    assert judged(replace(waiting(), explanations=said)) == ""


@pytest.mark.parametrize(
    ("word", "state"),
    [
        (OfficeWord("丙局", STOCK, "电话核实：制发后当年即失效。", "已核实", numbers=("0", "3")), ""),
        (OfficeWord("丙局", STOCK, "电话核实：制发后当年即失效。", "已核实", numbers=("0", "2")), "waiting"),
        (OfficeWord("丙局", STOCK, "核实无误", "已核实", numbers=("0", "3")), "waiting"),
        (OfficeWord("丙局", STOCK, "请附文件目录。", "退回"), "returned"),
        (OfficeWord("丙局", STOCK, "请附文件目录。", "退回", numbers=("0", "3")), "returned"),
        (OfficeWord("丙局", STOCK, "请附文件目录。", "退回", numbers=("0", "9")), "waiting"),
        (OfficeWord("丙局", "stock:gone", "请附文件目录。", "退回"), "waiting"),
        (OfficeWord(" 丙 局", "", "整体退回。", "退回"), "returned"),
        (OfficeWord("乙局", STOCK, "请附文件目录。", "退回"), "waiting"),
    ],
)
def test_what_the_office_accepted_or_returned(word: OfficeWord, state: str) -> None:
    """With the numbers that it was said of; a finding that is gone, or has others, was mended meanwhile."""
    assert judged(waiting(), word) == state


def test_an_error_is_never_accepted_away() -> None:
    report = right("丙局", new=2)
    report.set("t3.new.total", 5)
    city = sum_up([report], Roster((RosterUnit("丙局"),)))
    (finding,) = [f for f in duties(city)[0].open.findings if f.level == "error"]
    word = OfficeWord("丙局", finding.id, "电话核实：情况如此。", "已核实", numbers=finding.numbers())
    assert judged(report, word) == "errors"


def test_an_explanation_that_was_returned_waits_again() -> None:
    said = {STOCK: Explanation("制发后当年即失效，共 3 件。", "已说明", ("0", "3"))}
    explained = replace(waiting(), explanations=said)
    word = OfficeWord("丙局", STOCK, "请附目录。", "退回")
    the_desk = Desk(SETTINGS, Roster((RosterUnit("丙局"),)), words=(word,))
    (duty,) = duties(sum_up([explained], the_desk.roster, desk=the_desk))
    assert (duty.state, [f.id for f in duty.open.findings]) == ("returned", [STOCK])


def test_errors_that_are_counted_all_the_same_still_wait(tmp_path: Path) -> None:
    report = wrong("乙局")
    sent = Submission("乙局.xlsx", report, tuple(audit(report)))
    city = consolidate([sent], roster({"乙局": ""}), name="某市", year=YEAR, include_invalid=True)
    (duty,) = duties(city)
    assert (duty.state, duty.row.status, [f.rule for f in duty.open.told]) == ("errors", "taken", [])


def test_names_of_units_that_begin_alike_are_kept_apart() -> None:
    """A place is the unit's name and a file; the name itself may have a stroke in it."""
    units = Roster((RosterUnit("甲/乙局", "1"), RosterUnit("甲", "2")))
    sent = Submission("x.xlsx", replace(right("甲/乙局"), code="9"))
    other = Submission("y.xlsx", right("甲"))
    city = consolidate([sent, other], units, name="某市", year=YEAR)
    assert [(duty.unit.name, duty.state) for duty in duties(city)] == [("甲/乙局", "waiting")]


def test_nobody_must_act_where_all_is_right(tmp_path: Path) -> None:
    city = city_of(
        tmp_path,
        {"甲局.xlsx": write_workbook(right("甲局"))},
        replace(desk(), roster=roster({"甲局": "部门"})),
    )
    assert duties(city) == () == unclaimed(city)


@settings(max_examples=150, deadline=None)
@given(seasons())
def test_whoever_must_act_is_asked_and_nobody_else(found: Consolidation) -> None:
    """For any files, findings and words; and what is said names something to be done."""
    (row,) = found.units
    asked = duties(found)
    assert bool(asked) is unit_state(row, found).must_act
    for duty in asked:
        assert duty.state in GROUPS[unit_state(row, found).key], "asked as 报送情况 says it stands"
        assert duty.state != "waiting" or duty.open.findings or duty.open.told
        assert duty.state != "errors" or duty.errors
        assert duty.state != "returned" or duty.open.returned
        assert "{" not in paragraph(found, duty) and " 0 处" not in paragraph(found, duty)
    now = standing(found).whole
    assert (now.acting, now.done, now.expected) == (
        len(asked),
        now.expected - len(asked),
        1 - len(excused(found)),
    )


def test_a_unit_that_lawfully_does_not_report_is_not_asked_and_not_expected() -> None:
    units = Roster((RosterUnit("甲局", kind="局"), RosterUnit("丁局", kind="所")))
    word = OfficeWord("丁局", "", "机构改革中撤销。", "已核实")
    bare, lawful = (
        sum_up([right("甲局")], units, desk=Desk(SETTINGS, units, words=words)) for words in ((), (word,))
    )
    assert [duty.unit.name for duty in duties(bare)] == ["丁局"] and duties(lawful) == ()
    assert [one.kind for one in standing(lawful).kinds] == ["局"] and standing(lawful).whole.sent == 1
    assert [rank for rank, _ in standing(lawful).ranked()] == [1]


def test_a_unit_of_which_a_file_could_not_be_read_is_asked_all_the_same(tmp_path: Path) -> None:
    """The office wrote that it does not report before somebody had looked at the file."""
    word = OfficeWord("壬公司", "", "机构改革中撤销。", "已核实")
    city = city_of(
        tmp_path,
        {"壬公司年报.xlsx": b"PK\x03\x04 no zip"},
        replace(desk(), roster=roster({"壬公司": ""}), words=(word,)),
    )
    assert [duty.state for duty in duties(city)] == ["unread"]
    assert excused(city) == [] and len(lacking(city)) == 1
    state = unit_state(city.units[0], city)
    assert state.key == "missing"
    assert state.reason.startswith("没有报送；") and "壬公司年报.xlsx" in state.reason


def test_a_report_that_the_office_verified_as_a_whole_is_not_asked() -> None:
    said = {STOCK: Explanation("制发后当年即失效，共 3 件。", "")}
    explained = replace(waiting(), explanations=said)
    assert judged(explained, OfficeWord("丙局", "", "", "已核实", "李四")) == ""
    assert judged(waiting(), OfficeWord("丙局", "", "", "已核实", "李四")) == "waiting", "nothing explains it"


def test_every_state_has_its_words() -> None:
    for section in ("to_do", "paragraph.opening", "paragraph.action"):
        assert set(wording_of("gouji.city.asking", section)) == set(STATES), section
    assert [state for group in GROUPS.values() for state in group] == list(STATES)
    assert len(set(map(state_label, STATES))) == len(STATES)
