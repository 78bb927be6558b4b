"""What was said holds for the numbers that it was first said of, in every later run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.approving import KeptWord, WordKey
from gouji.city.consolidate import consolidate
from gouji.report import Explanation
from support.said import REASON, STOCK, before, desk, jumped, of, season, word
from support.years import roster_of, sum_up, unit


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
