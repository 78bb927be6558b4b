"""A season of units that explain one warning, and an office that says something of it."""

from __future__ import annotations

from gouji.city.approving import Settled
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, OfficeWord, Settings
from gouji.city.intake.roster import Roster
from gouji.city.sum.last_year import LastYear
from gouji.report import Explanation, Report

from .years import roster_of, sum_up, unit

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
