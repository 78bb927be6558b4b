"""Cities to look at: two years, units that did not send, wrong ones, adjustments."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import replace

from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.run import Run
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.last_year import LastYear
from gouji.form import FEN_PER_WAN
from gouji.report import Report

from .years import sum_up, unit

RUN = Run(3, datetime.datetime(2025, 1, 20, 9, 30), folder="../报送")
#: One of everything that has to be done.
LATE, WRONG = "迟到局", "错误局"
ADJUSTED = Adjustment(2, "甲局", "二", "行政许可", "本年处理决定数量", "0", "3", "", "漏报")


def reports(count: int, year: int, grown: int = 0) -> list[Report]:
    """``count`` consistent reports: the first has most applications; each with some 规范性文件 and fees."""
    found = []
    for i in range(count):
        own = unit(name(i), year, f"{i:03d}", new=count - i + grown, carried_in=i % 3, carried_out=i % 2)
        made = {
            "t2.documents.made": i,
            "t2.documents.in_force": 30 + i,
            "t2.fees.amount": i * FEN_PER_WAN // 4,
        }
        found.append(own.with_values(made))
    return found


def name(number: int) -> str:
    """甲局, 乙局, then numbered ones."""
    return "甲乙丙丁"[number] + "局" if number < 4 else f"第{number}局"


def city_of(
    count: int = 4, *, prior: bool = True, late: bool = False, wrong: bool = False, adjusted: bool = False
) -> Consolidation:
    """A city of 2024 with ``count`` units that sent theirs, and beside them what is asked for."""
    sent = reports(count, 2024)
    if wrong:
        broken = unit(WRONG, 2024, "801", new=8).with_values({"t3.new.total": 18})
        sent.append(broken)
    units = [RosterUnit(r.unit, r.code or "", "部门", None, i) for i, r in enumerate(sent, 2)]
    if late:
        units.append(RosterUnit(LATE, "802", "部门", None, 99, "张三", "83660001", "2025-01-10"))
    last = None
    if prior:
        old = reports(count, 2023, grown=2)
        last = LastYear("上年_汇总.xlsx", sum_up(old).report, tuple(old))
    return consolidate(
        [submission(report) for report in sent],
        Roster(tuple(units)),
        name="某市",
        year=2024,
        last_year=last,
        adjustments=(ADJUSTED,) if adjusted else (),
        run=RUN,
    )


def submission(report: Report) -> Submission:
    """As it would have been read from a file of its own."""
    file = f"{report.unit}.xlsx"
    digest = hashlib.sha256(file.encode()).hexdigest()
    return Submission(file, report, tuple(audit(report)), "intact", sha256=digest)


def at_another_place(city: Consolidation, folder: str | None) -> Consolidation:
    """The same with another way to the units' files."""
    return replace(city, run=replace(city.run, folder=folder))
