"""Why 上年结转 is not what last year's report said: the office's own words stand below table 三."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.drafting.draft import draft_of
from gouji.report import Explanation, Report
from support.documents import opened
from support.years import roster_of, stored, sum_up, unit

WORD = "某单位上年误报两件，已在其网站更正。"
CELL = "t3.carried_in.total"


def told(
    tmp_path: Path,
    *words: OfficeWord,
    more: tuple[Report, ...] = (),
    carried_in: int = 25,
    **given: object,
) -> Consolidation:
    last = stored(tmp_path, sum_up([unit("甲局", 2023, new=27, carried_out=27)]))
    now = [unit("甲局", 2024, carried_in=carried_in), *more]
    desk = Desk(Settings("某市", 2024), roster_of(*now), words=words)
    return sum_up(now, last_year=last, desk=desk, include_invalid=True, **given)


def word(text: str = WORD, state: str = "已核实", unit: str = "某市") -> OfficeWord:
    return OfficeWord(unit, "city-carry-over:t3.total", text, state)


def test_what_the_office_explained_is_a_note_in_its_own_words(tmp_path: Path) -> None:
    report = draft_of(told(tmp_path, word())).report
    mark = report.marks[CELL]
    assert report.notes[mark] == f"上年结转25件，上年公布的结转下年度为27件：{WORD}"
    paragraphs = [p.text for p in opened(report).paragraphs]
    assert f"{mark}：{report.notes[mark]}" in paragraphs


def test_what_was_written_into_a_result_or_the_citys_own_file_is_one_too(tmp_path: Path) -> None:
    given = {"carry-over:t3.total": Explanation(WORD, "已核实")}
    report = draft_of(told(tmp_path, explanations=given)).report
    assert report.notes[report.marks[CELL]].endswith(WORD)


@pytest.mark.parametrize("words", [(), (word(state="退回"),), (word(text=""),)])
def test_what_nobody_settled_is_no_note(words: tuple[OfficeWord, ...], tmp_path: Path) -> None:
    report = draft_of(told(tmp_path, *words)).report
    assert CELL not in report.marks and not report.notes


def test_the_words_on_a_unit_are_no_words_of_the_city(tmp_path: Path) -> None:
    on_unit = OfficeWord("甲局", "carry-over:t3.total", WORD, "已核实")
    city = told(tmp_path, on_unit)
    (one,) = [s for s in city.settled if s.city and s.finding.rule == "city-carry-over"]
    assert one.settled and WORD.rstrip("。") in one.text
    assert not draft_of(city).report.notes


def test_a_note_that_is_there_already_says_both(tmp_path: Path) -> None:
    other = unit("乙局", 2024)
    other.marks, other.notes = {CELL: "注1"}, {"注1": "口径有变化。"}
    report = draft_of(told(tmp_path, word(), more=(other,))).report
    assert report.marks[CELL] == "注1" and len(report.notes) == 1
    assert report.notes["注1"].startswith("乙局：口径有变化；上年结转25件")


def test_without_a_difference_there_is_no_note(tmp_path: Path) -> None:
    assert not draft_of(told(tmp_path, word(), carried_in=27)).report.notes
