"""Notes of units below the city's tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.city.drafting.draft import draft_of
from gouji.city.drafting.notes import merged_notes
from gouji.report import Report
from support.drafts import city_of, zeros

CELL = "t2.licences.decisions"


def noted(name: str, text: str | None, cell: str | None = CELL) -> Report:
    report = zeros("2021", name, t2_licences_decisions=5)
    if text is not None:
        report.notes["注1"] = text
        if cell:
            report.marks[cell] = "注1"
    return report


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ([("甲局", "当年未统计")], "当年未统计"),
        ([("甲局", "当年未统计。"), ("乙局", " 当年未统计")], "当年未统计"),
        ([("甲局", "当年未统计"), ("乙局", "含委托")], "甲局：当年未统计；乙局：含委托"),
        ([("甲局", "未统计"), ("乙局", "含委托"), ("丙局", "未统计。")], "甲局、丙局：未统计；乙局：含委托"),
        ([("甲局", "未统计"), ("乙局", "")], "甲局：未统计；乙局：（未写注释内容）"),
        ([("甲局", "")], "甲局：（未写注释内容）"),
        ([("甲局", "含委托"), ("乙局", None)], "甲局：含委托"),
        ([("甲局", "含委托"), ("乙局", "含委托"), ("丙局", None)], "甲局、乙局：含委托"),
    ],
)
def test_what_all_say_alike_is_said_once_and_what_some_say_with_their_names(
    said: list[tuple[str, str | None]], text: str
) -> None:
    assert merged_notes(city_of(*(noted(unit, own) for unit, own in said))) == {"注1": text}


def test_a_unit_with_nothing_in_the_row_is_not_concerned() -> None:
    nothing = zeros("2021", "丙局")
    assert merged_notes(city_of(noted("甲局", "含委托"), nothing)) == {"注1": "含委托"}
    uncounted = zeros("2019", "乙局", t2_services_items_before=40)
    uncounted.marks["t2.services.decisions"], uncounted.notes["注1"] = "注1", "当年未统计"
    others = zeros("2019", "甲局", t2_services_items_before=7), zeros("2019", "丙局")
    assert merged_notes(city_of(uncounted, others[1])) == {"注1": "当年未统计"}
    assert merged_notes(city_of(uncounted, *others)) == {"注1": "乙局：当年未统计"}


def test_a_note_on_no_cell_is_of_who_wrote_it() -> None:
    city = city_of(noted("甲局", "口径有变化", cell=None), zeros("2021", "乙局"))
    assert merged_notes(city) == {"注1": "甲局：口径有变化"}


def test_a_note_that_a_person_wrote_anew_stands() -> None:
    city = city_of(noted("甲局", "含委托"))
    own = replace(city, report=replace(city.report, notes={"注1": "全市含委托实施的。"}))
    assert draft_of(own).report.notes == {"注1": "全市含委托实施的。"}
    assert draft_of(city).report.notes == {"注1": "含委托"}
