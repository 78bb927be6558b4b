"""What still has to be done before a city's report can go out: the one place that decides it.

Every other view asks here. A unit's state follows from what it sent and from the findings on it that nobody
has explained; the city's own findings are items of the city.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...report import Report
from ...rules import Finding
from ...rules.explanations import unexplained
from ...wording import wording_of
from ...workbook.shown.findings import place_of
from ..consolidate import Consolidation
from ..intake.roster import RosterUnit
from ..intake.sorting import UnitRow, status_label

#: ``missing``: nothing that counts as its report was sent; ``returned``: to be corrected; ``explain``: to be
#: explained; ``stranger``: a file that belongs to no unit; ``city``: a finding of the sum; ``ready``.
State = Literal["missing", "returned", "explain", "stranger", "city", "ready"]
#: In this order they are named and listed.
STATES: tuple[State, ...] = ("missing", "returned", "explain", "stranger", "city")
_NOT_SENT = ("missing", "unread")
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
    """All that is left. ``expected``: units of the roster; ``sent``: those that sent a report."""

    expected: int
    sent: int
    items: tuple[Item, ...]

    def of(self, *states: State) -> list[Item]:
        return [item for state in states for item in self.items if item.state == state]

    @cached_property
    def counts(self) -> dict[State, int]:
        """How many there are of each state that occurs, in the order of :data:`STATES`."""
        found = {state: len(self.of(state)) for state in STATES}
        return {state: count for state, count in found.items() if count}

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
        for f in city.strangers
    ]  # fmt: skip
    items += list(_of_city(city))
    missing = sum(row.status in _NOT_SENT for row in city.units)
    return Todo(len(city.units), len(city.units) - missing, tuple(items))


def _unit(city: Consolidation, row: UnitRow) -> Item | None:
    name = row.unit.name
    if row.status in _NOT_SENT:
        return Item("missing", name, _reason(row.remarks, ""), roster=row.unit)
    if row.taken is None:
        filed = next((f for f in row.files if f.status == row.status), row.files[0])
        errors = [f for f in filed.submission.findings if f.level == "error"]
        said = _reason(row.remarks, status_label(row.status))
        return _item("returned", row, filed.submission.report, errors, said, filed.submission.file)
    report, findings = row.taken.submission.report, row.taken.submission.findings
    assert report
    errors = [f for f in findings if f.level == "error"]
    open_ = errors or unexplained(report, findings)
    of_roster = [f for f in city.findings if _about(f, name) and f.level != "hint"]
    if not open_ and not of_roster:
        return None
    state: State = "returned" if errors else "explain"
    said = of_roster[0].message if of_roster else ""
    return _item(state, row, report, open_, said, row.taken.submission.file)


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
    """Errors and warnings of the sum itself."""
    for finding in city.findings:
        if finding.level != "hint" and not finding.rule.startswith(_ABOUT_UNITS):
            yield Item("city", city.report.unit, finding.message, place_of(city.report, finding))


def _about(finding: Finding, unit: str) -> bool:
    of_unit = finding.place == unit or finding.place.startswith(f"{unit}/")
    return finding.rule.startswith(_ABOUT_UNITS) and of_unit


def _reason(remarks: tuple[str, ...], otherwise: str) -> str:
    return str(wording_of("gouji.city.views", "home")["and"]).join(remarks) or otherwise


def state_label(state: State) -> str:
    """The state in words: 未报, 退回待改 …"""
    label: str = wording_of("gouji.city.views", "states")[state]
    return label
