"""Units that 撤并 ends and that are still on the roster as it was received (``merger-listed``).

撤并 is the office's later word: such a unit does not have to report, and nobody is reminded for its sake. It
stays where it sent a report of its own for this year, because one of the two is wrong then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...marks import marks_of
from ...rules import Catalogue, Finding
from ..intake.names import plain_name
from ..intake.roster import Roster, RosterUnit
from ..sum.last_year import LastYear

if TYPE_CHECKING:
    from ..desk import Merger
    from ..intake.sorting import Submission


def ends(merger: Merger) -> bool:
    """Whether 原单位 is no more after it, by its 方式."""
    return bool(marks_of("gouji.city.parting", "ways")["ends"].names(merger.way))


def without_ended(
    roster: Roster,
    mergers: Sequence[Merger],
    submissions: Sequence[Submission],
    year: int,
    last: LastYear | None,
) -> tuple[Roster, dict[RosterUnit, Merger]]:
    """The roster of those that have to report, and the units that were taken from it, each with the line of
    撤并 that ends it. A line that fits nobody (``merger-unfit``) ends nobody."""
    reports = (s.report for s in submissions if s.report and s.report.year == year and not s.is_unfilled)
    active = {found for report in reports if (found := roster.find(report.unit, report.code))}
    known = {plain_name(report.unit) for report in last.everybody} if last and last.units else None
    ended: dict[RosterUnit, Merger] = {}
    for merger in mergers:
        old, new = plain_name(merger.old), plain_name(merger.new)
        unit = roster.by_name.get(old)
        fits = old != new and (not new or new in roster.by_name) and (known is None or old in known)
        if unit and fits and unit not in active and ends(merger):
            ended.setdefault(unit, merger)
    if not ended:
        return roster, ended
    return replace(roster, units=tuple(unit for unit in roster.units if unit not in ended)), ended


def listed_findings(ended: dict[RosterUnit, Merger], rules: Catalogue) -> Iterator[Finding]:
    """One hint a unit: which line of the roster is to go."""
    rule = rules["merger-listed"]
    for unit, merger in () if rule.off else ended.items():
        yield rule.finding(unit.name, unit=unit.name, line=unit.line, merger=merger.line)
