"""Units whose 规范性文件 tell them apart, and cities of them: who was counted is seen in the sum."""

from __future__ import annotations

from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.report import Report
from gouji.rules import Finding
from support.years import unit

YEAR = 2024
CELL = "t2.documents.made"


def counted(name: str, number: int, code: str | None = None) -> Report:
    """A report without errors whose 规范性文件 tell it apart."""
    report = unit(name, YEAR, code)
    return report.with_values({CELL: number, "t2.documents.in_force": 10 * number})


def names(*of: str, codes: dict[str, str] | None = None) -> Roster:
    return Roster(
        tuple(RosterUnit(name, (codes or {}).get(name, ""), "部门", None, i) for i, name in enumerate(of, 2))
    )


def summed(
    reports: list[Report], roster: Roster | None = None, name: str = "某市", **more: object
) -> Consolidation:
    sent = [Submission(f"{i}/{r.unit}.json", r) for i, r in enumerate(reports)]
    roster = roster or names(*dict.fromkeys(r.unit for r in reports))
    return consolidate(sent, roster, name=name, year=YEAR)


def result(name: str, reports: list[Report]) -> Report:
    return summed(reports, name=name).report


def found(city: Consolidation, rule: str) -> list[Finding]:
    return [p.finding for p in city.problems() if p.finding.rule == rule]


A, B, C = counted("甲局", 1), counted("乙局", 10), counted("丙局", 100)
#: Two units of one name, in two counties.
ONE, OTHER = counted("财政局", 1), counted("财政局", 2)
