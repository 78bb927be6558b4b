"""The number of units against last year, explained in one sentence (``city-units``)."""

from __future__ import annotations

from collections.abc import Iterator

from ...rules import Catalogue, Finding
from ...rules.gap import gap
from ...wording import wording_of
from ..intake.names import plain_name
from ..intake.roster import Roster
from ..sum.last_year import LastYear
from .merging import Group, Succession
from .saying import NAMED


def count_units(roster: Roster, last: LastYear, declared: Succession, rules: Catalogue) -> Iterator[Finding]:
    """One hint, where units came or went; silent where last year's units are not known. Counted is
    who had to report, summed or not."""
    rule = rules["city-units"]
    if rule.off or not last.units:
        return
    changes = list(_changes(roster, last, declared))
    if not changes:
        return
    words = wording_of("gouji.city.parting", "counting")
    now, before = len(roster.units), len(last.everybody)
    said = words["gap"].format(gap=gap(now - before)) if now != before else ""
    yield rule.finding("roster", left=now, right=before, gap=said, changes=words["between"].join(changes))


def _changes(roster: Roster, last: LastYear, declared: Succession) -> Iterator[str]:
    words = wording_of("gouji.city.parting", "counting")
    for group in declared.groups:
        yield words[_key(group)].format(now="、".join(group.now), units=_units(group), said=group.said)
    new: dict[str, list[str]] = {}
    known: set[str] = set()
    for unit in roster.units:
        prior = last.counted(unit.name, unit.code)
        out = None if prior else last.left(unit.name, unit.code)
        if found := prior or (out and out.report):
            known.add(plain_name(found.unit))
        elif plain_name(unit.name) not in declared.of_now:
            new.setdefault("new" if last.tells_left_out else "absent", []).append(unit.name)
    gone = [r.unit for r in last.everybody if plain_name(r.unit) not in {*known, *declared.of_before}]
    for key, names in (*new.items(), ("gone", gone)):
        if names:
            more = words["more"].format(count=len(names)) if len(names) > NAMED else ""
            yield words[key].format(units="、".join(names[:NAMED]) + more)


def _key(group: Group) -> str:
    return "group" if group.now and group.before else "ended" if group.before else "set_up"


def _units(group: Group) -> str:
    return "、".join(group.before if group.before else group.now)
