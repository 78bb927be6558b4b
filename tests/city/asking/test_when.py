"""Deadlines as they are written, days late, days of files; what is not known is left out."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from gouji.city.asking.when import Due, day_in, due_of, today_of, written_on
from gouji.city.consolidate import Consolidation, Submission
from gouji.city.desk import Desk, Settings
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.run import Run
from support.asked import IN_TIME, LATER, right
from support.years import sum_up

DAY = datetime.date(2025, 1, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2025-01-10",
        "2025-1-10",
        "2025年1月10日",
        "2025 年 1 月 10 日前",
        "2025年1月10日之前",
        "2025/1/10",
        "2025.1.10",
        "２０２５年１月１０日",
        "2025-01-10 00:00:00",
        "2025-01-10T17:30",
        " 2025-01-10 ",
    ],
)
def test_a_day_as_people_write_it(text: str) -> None:
    assert day_in(text) == DAY


@pytest.mark.parametrize("text", ["1月10日", "1月10日前", "1.10", "01-10"])
def test_a_day_without_a_year_is_of_the_seasons(text: str) -> None:
    assert day_in(text) is None
    assert day_in(text, datetime.date(2025, 1, 20)) == DAY


@pytest.mark.parametrize("text", ["", "月底前", "2025-02-30", "2025-13-01", "45667", "1月10日或20日", "待定"])
def test_no_day(text: str) -> None:
    assert day_in(text, DAY) is None


def city(unit: RosterUnit, run: Run | None = None, **settings: object) -> Consolidation:
    roster = Roster((unit,))
    the_desk = Desk(Settings("某市", 2024, **settings), roster)  # type: ignore[arg-type]
    return sum_up([right(unit.name)], roster, desk=the_desk, run=run)


def test_a_units_own_deadline_goes_first() -> None:
    own, none = RosterUnit("甲局", deadline="2025-01-05"), RosterUnit("甲局")
    given = {"deadline": DAY, "today": datetime.date(2025, 1, 12)}
    assert due_of(city(own, **given), own) == Due("2025年1月5日", datetime.date(2025, 1, 5), 7)
    assert due_of(city(none, **given), none) == Due("2025年1月10日", DAY, 2)


@pytest.mark.parametrize(("today", "late"), [(9, 0), (10, 0), (11, 1)])
def test_late_is_the_day_after(today: int, late: int) -> None:
    unit = RosterUnit("甲局")
    due = due_of(city(unit, deadline=DAY, today=datetime.date(2025, 1, today)), unit)
    assert due.late == late
    assert due.ahead == ("" if late else "2025年1月10日")


def test_what_is_not_known() -> None:
    plain = RosterUnit("甲局")
    assert due_of(sum_up([right("甲局")]), plain) == Due()
    assert due_of(city(plain, today=DAY), plain) == Due()
    assert due_of(city(plain, deadline=DAY), plain) == Due("2025年1月10日", DAY, None), "no today"
    words = replace(plain, deadline="月底前")
    assert due_of(city(words, deadline=DAY, today=DAY), words) == Due("月底前", None, None)


def test_today_is_the_offices_or_the_runs() -> None:
    unit, run = RosterUnit("甲局"), Run(1, datetime.datetime(2025, 1, 16, 8))
    assert today_of(city(unit, run)) == datetime.date(2025, 1, 16)
    assert today_of(city(unit, run, today=DAY)) == DAY
    assert today_of(city(unit)) is None


def test_the_day_of_a_file_is_that_of_beijing() -> None:
    """Half past eleven at night there is the same day in no time zone to the east."""
    assert written_on(Submission("a.xlsx", None, modified=IN_TIME.timestamp())) == DAY
    assert written_on(Submission("a.xlsx", None, modified=LATER.timestamp())) == datetime.date(2025, 1, 11)
    assert written_on(Submission("a.xlsx", None)) is None
