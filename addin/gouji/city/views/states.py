"""What still has to be done before a city's report can go out: the one place that decides it.

Every other view asks here. A unit's state is that of the season (``approving/states.py``); the city's own
findings that nothing settles are items of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from ...records import dataclass
from ...report import Report
from ...rules import Finding
from ...wording import wording_of
from ...workbook.shown.findings import place_of
from ..approving.states import StateKey, state_labels, unit_state
from ..approving.telling import excused
from ..asking.acting import unclaimed
from ..consolidate import Consolidation
from ..intake.roster import RosterUnit
from ..intake.sorting import UnitRow, status_label

#: The states of a unit in the season in which it must act; ``stranger``: a file that belongs to no unit;
#: ``city``: a finding of the sum.
State = Literal[StateKey, "stranger", "city"]
#: In this order they are named and listed.
STATES: tuple[State, ...] = ("missing", "wrong", "returned", "unexplained", "stranger", "city")
#: All but the units that sent nothing.
OPEN: tuple[State, ...] = STATES[1:]
#: Findings of the city about a single unit or file, which show in that unit's state.
_ABOUT_UNITS = "unit-"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that somebody must do. ``who``: the unit, the file or the city; ``roster``: the unit's line
    of the roster; ``file``: to look at, "" where there is none. ``place``: where in it (三!D15), or in the
    city's workbook for an item of the city; ``reason``: what is said of it; ``more``: how many findings there
    are beside; ``should``: what stands in the place and what should, where that is one cell and certain."""

    state: State
    who: str
    reason: str
    place: str = ""
    file: str = ""
    roster: RosterUnit | None = None
    more: int = 0
    should: tuple[str, str] | None = None


@dataclass(frozen=True)
class Todo:
    """All that is left. ``expected``: units of the roster, those that lawfully do not report (``lawful``, how
    many) aside; ``sent``: those that sent a report."""

    expected: int
    sent: int
    items: tuple[Item, ...]
    lawful: int = 0

    def of(self, *states: State) -> list[Item]:
        return [item for state in states for item in self.items if item.state == state]

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many there are of each state that occurs, in the order of :data:`STATES`."""
        found = {state: len(self.of(state)) for state in STATES}
        return {state: count for state, count in found.items() if count}

    @property
    def nobody_missing(self) -> str:
        """What is said where every unit that has to report has sent its report."""
        w = wording_of("gouji.city.views", "home")
        return str(w["all_but"].format(count=self.lawful) if self.lawful else w["all_sent"])

    @property
    def ready(self) -> bool:
        """Whether nothing stands in the way of the city's report."""
        return not self.items


def todo_of(city: Consolidation) -> Todo:
    """What is left to do, as it can be known from the run alone."""
    items = [item for row in city.units if (item := _unit(city, row))]
    items += [
        Item("stranger", f.submission.unit or f.submission.file, _reason(f.remarks, status_label(f.status)),
             file=f.submission.file)
        for f in unclaimed(city)
    ]  # fmt: skip
    items += list(_of_city(city))
    lawful = {row.unit.name for row, _ in excused(city)}
    expected = [row for row in city.units if row.unit.name not in lawful]
    missing = sum(unit_state(row, city).key == "missing" for row in expected)
    return Todo(len(expected), len(expected) - missing, tuple(items), len(lawful))


def _unit(city: Consolidation, row: UnitRow) -> Item | None:
    state = unit_state(row, city)
    if not state.must_act:
        return None
    if not row.files:
        return Item(state.key, row.unit.name, _reason(row.remarks, ""), roster=row.unit)
    filed = row.taken or next((f for f in row.files if f.status == row.status), row.files[0])
    of_file = city.approval.of_file.get(filed.submission.file, ())
    # Beside an error the warnings can wait, and the office's reason stands for itself.
    waits = not row.taken or state.key == "wrong"
    open_ = [one.finding for one in of_file if one.open and (one.finding.level == "error" or not waits)]
    said = state.reason if row.taken else _reason(row.remarks, status_label(row.status))
    findings = [] if state.key == "returned" else sorted(open_, key=lambda f: f.level != "error")
    return _item(state.key, row, filed.submission.report, findings, said, filed.submission.file)


def _item(
    state: State, row: UnitRow, report: Report | None, findings: list[Finding], said: str, file: str
) -> Item:
    """``said``: where there is no finding on the report itself."""
    if not findings or report is None:
        return Item(state, row.unit.name, said, file=file, roster=row.unit)
    first, *others = findings
    place = place_of(report, first)
    should = _should(report, first)
    return Item(state, row.unit.name, first.message, place, file, row.unit, len(others), should)


def _should(report: Report, finding: Finding) -> tuple[str, str] | None:
    if len(finding.suspects) != 1 or not finding.suspects[0].certain:
        return None
    suspect = finding.suspects[0]
    kind = report.form.by_id[suspect.cell].kind
    now, then = kind.show(suspect.value), kind.show(suspect.suggested)
    return (now, then) if now and then else None


def _of_city(city: Consolidation) -> Iterator[Item]:
    """Errors and warnings of the sum itself that nothing settles."""
    for one in city.settled:
        if one.city and one.open and not one.finding.rule.startswith(_ABOUT_UNITS):
            yield Item("city", city.report.unit, one.finding.message, place_of(city.report, one.finding))


def _reason(remarks: tuple[str, ...], otherwise: str) -> str:
    return str(wording_of("gouji.city.views", "home")["and"]).join(remarks) or otherwise


def state_label(state: State) -> str:
    """The state in words: 未报, 已报有误 …"""
    other = wording_of("gouji.city.views", "states")
    return str(other[state]) if state == "stranger" or state == "city" else state_labels()[state]
