"""The sum judged: by its units, and beside last year as the office declares what became of whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Context, Finding
from ...workbook.kind import parts_of
from ..intake.names import plain_name
from ..intake.roster import Roster
from ..sum.adjust import Applied
from ..sum.handover import Handover, check_handover, hand_over
from ..sum.last_year import LastYear
from .counting import count_units
from .judging import Parting, judge
from .live_prior import live_prior
from .merging import Succession, following, succession
from .other_city import check_altered, check_city, check_files
from .pairing import pairs
from .shares import Ground
from .together import check_together

if TYPE_CHECKING:
    from ..desk import Merger


@dataclass(frozen=True)
class Judged:
    """``of_prior``: findings on last year's file itself, said before all others; ``of_units``: on 撤并 and
    the number of units; ``of_sum``: the carry-over, then the rules. ``last``: last year's file as used;
    ``live_prior``: its report as the live rows of 校验 may compare with it."""

    last: LastYear | None
    handover: Handover | None
    of_prior: tuple[Finding, ...]
    of_units: tuple[Finding, ...]
    of_sum: tuple[Finding, ...]
    parting: tuple[Parting, ...]
    live_prior: Report | None = None


def judge_sum(
    city: Report,
    parts: Sequence[tuple[str, Report]],
    roster: Roster,
    rules: Catalogue,
    *,
    applied: Sequence[Applied] = (),
    last: LastYear | None = None,
    mergers: Sequence[Merger] = (),
) -> Judged:
    """``city``: the sum with its adjustments ``applied``; ``parts``: (the roster's name, report) of what was
    summed; ``last``: last year's file, ``mergers``: the declared 撤并."""
    within = {plain_name(p.unit) for _, report in parts for p in parts_of(report) or ()}
    declared = succession(mergers, roster, last, within)
    of_prior: list[Finding] = []
    if last:
        of_prior = [
            *check_city(last, city.unit, rules),
            *check_altered(last, rules),
            *check_files(last, rules),
        ]
        last = following(last, declared).named(city.unit)
    paired = pairs(parts, roster.units, last, declared) if last and last.units else None
    handover = hand_over(city, paired or (), applied, last) if last else None
    ground = Ground(city, parts, applied, last if handover else None, paired)
    found, parting = judge(ground, _context(last, rules)) if parts else ([], ())
    if handover and rules.active("city-carry-over"):
        # What 结转核对 says is not said again.
        found = [f for f in found if f.rule != "carry-over"]
    return Judged(
        last,
        handover,
        tuple(of_prior),
        (
            *_of_units(roster, last if handover else None, declared, rules),
            *(check_together(handover, rules) if handover else ()),
        ),
        (*(check_handover(handover, rules) if handover else ()), *found),
        parting,
        live_prior(ground, rules) if ground.last else last.city if last else None,
    )


def _of_units(
    roster: Roster, last: LastYear | None, declared: Succession, rules: Catalogue
) -> tuple[Finding, ...]:
    counted = count_units(roster, last, declared, rules) if last else ()
    return (*declared.findings(rules), *counted)


def _context(last: LastYear | None, rules: Catalogue) -> Context:
    """What is known beside the sum: its own last year."""
    context = Context(government=True, catalogue=rules)
    if last is None:
        return context
    return replace(context, prior=last.city, prior_sealed=last.is_sealed(last.city))
