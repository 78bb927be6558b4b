"""Who must act, and on what: for each unit of the roster what is still awaited from it.

Nothing is judged here: the intake says what became of the files, the rules what is wrong in them, the office
what it returned or accepted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from ...marks import marks_of
from ...report import Explanation
from ...rules import Finding
from ...rules.explanations import settles
from ...wording import data_beside
from ...workbook.returned import asks
from ..consolidate import Consolidation
from ..desk import OfficeWord
from ..intake.names import plain_name
from ..intake.roster import RosterUnit
from ..intake.sorting import Filed, Status, UnitRow

PACKAGE = "gouji.city.asking"

#: In the order in which they are told; the first that fits is what a unit is said to be. ``altered``: the
#: form was changed, so that nothing in it can be checked. ``waiting``: only explanations are awaited.
State = Literal[
    "missing",
    "unread",
    "duplicate",
    "wrong_year",
    "wrong_edition",
    "overlap",
    "altered",
    "returned",
    "errors",
    "waiting",
]
STATES: tuple[State, ...] = get_args(State)
#: What the intake alone decides.
_DECIDED: dict[Status, State] = {
    "missing": "missing",
    "unread": "unread",
    "duplicate": "duplicate",
    "wrong_year": "wrong_year",
    "wrong_edition": "wrong_edition",
    "overlap": "overlap",
}


@dataclass(frozen=True, slots=True)
class Returned:
    """退回 by the office: its word, and the finding that it is about, None for the report as a whole."""

    word: OfficeWord
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class Open:
    """What waits for one unit. ``findings``: of its file, errors first, then what nobody has explained yet;
    ``told``: what is said of the unit and its files as such, by the rules ``unit-…``."""

    findings: tuple[Finding, ...] = ()
    told: tuple[Finding, ...] = ()
    returned: tuple[Returned, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """One unit that must act. ``files``: those that it is about, in the order of their names; the one that is
    to be mended where there is one alone, several where the unit has to choose."""

    row: UnitRow
    state: State
    open: Open
    files: tuple[Filed, ...]

    @property
    def unit(self) -> RosterUnit:
        return self.row.unit

    @property
    def filed(self) -> Filed | None:
        """The one file to mend; None where there is none, or the unit has to choose."""
        return self.files[0] if len(self.files) == 1 else None

    @property
    def errors(self) -> int:
        return sum(finding.level == "error" for finding in (*self.open.findings, *self.open.told))


def unit_state(row: UnitRow, open_: Open) -> State | None:
    """What is awaited from a unit, None where nothing is. The one place that decides it."""
    if decided := _DECIDED.get(row.status):
        return decided
    if any(finding.rule == "label-changed" for finding in open_.findings):
        return "altered"
    if open_.returned:
        return "returned"
    # Whoever is not in the sum must act, whatever the reason is.
    if not row.taken or any(finding.level == "error" for finding in (*open_.findings, *open_.told)):
        return "errors"
    return "waiting" if open_.findings or open_.told else None


def duties(city: Consolidation) -> tuple[Duty, ...]:
    """The units that must act, in the order of the roster."""
    words, told = _words(city), _told(city)
    found = []
    for row in city.units:
        open_ = _open(row, words.get(plain_name(row.unit.name), []), told.get(row.unit.name, []))
        if state := unit_state(row, open_):
            found.append(Duty(row, state, open_, tuple(_files(city, row))))
    return tuple(found)


def unclaimed(city: Consolidation) -> tuple[Filed, ...]:
    """Files of no unit whose senders must act, those aside that are told to a unit of a like name."""
    claimed = {id(f) for row in city.units if row.status == "unread" for f in _files(city, row)}
    return tuple(filed for filed in city.strangers if id(filed) not in claimed)


# ---------------------------------------------------------------- what waits


def _words(city: Consolidation) -> dict[str, list[OfficeWord]]:
    found: dict[str, list[OfficeWord]] = {}
    for word in city.desk.words if city.desk else ():
        found.setdefault(plain_name(word.unit), []).append(word)
    return found


def _told(city: Consolidation) -> dict[str, list[Finding]]:
    """By the roster's name: the findings on the unit, which begin their place with it."""
    names, silent = {row.unit.name for row in city.units}, data_beside(PACKAGE, "marks.toml")["told"]["not"]
    found: dict[str, list[Finding]] = {}
    for finding in city.intake.findings:
        parts = finding.place.split("/")
        places = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
        name = next((place for place in places if place in names), None)
        if name and finding.level != "hint" and finding.rule not in silent:
            found.setdefault(name, []).append(finding)
    return found


def _open(row: UnitRow, words: Sequence[OfficeWord], told: Sequence[Finding]) -> Open:
    """What was returned waits, whatever was said of it; else what nobody has explained."""
    filed = _mended(row)
    report, findings = (filed.submission.report, filed.submission.findings) if filed else (None, ())
    back = tuple(_returned(words, [*findings, *told]))
    kept = {one.finding.id for one in back if one.finding}
    asked = {finding.id for finding in asks(report, findings)} if report else set()

    def waits(finding: Finding) -> bool:
        return finding.id in kept or (finding.id in asked and not _settled(finding, words))

    asked |= {finding.id for finding in told}
    return Open(tuple(filter(waits, findings)), tuple(filter(waits, told)), back)


def _settled(finding: Finding, words: Sequence[OfficeWord]) -> bool:
    """Whether the office has accepted it, with the numbers that it has now."""
    said = (Explanation(w.text, w.state, w.numbers) for w in words if w.finding == finding.id)
    return finding.level != "error" and any(settles(one, finding.numbers()) for one in said)


def _returned(words: Sequence[OfficeWord], findings: Sequence[Finding]) -> Iterator[Returned]:
    """What was returned and is still as it was; a finding that is gone, or has other numbers, was mended."""
    mark, by_id = marks_of("gouji.rules", "states")["returned"], {f.id: f for f in findings}
    for word in words:
        if not mark.names(word.state):
            continue
        finding = by_id.get(word.finding)
        if not word.finding or (finding and word.numbers in ((), finding.numbers())):
            yield Returned(word, finding)


# ---------------------------------------------------------------- files


def _mended(row: UnitRow) -> Filed | None:
    """The file that is to be mended: what was summed, else the one that is as the unit is said to be."""
    return row.taken or next((f for f in row.files if f.status == row.status), None)


def _files(city: Consolidation, row: UnitRow) -> Iterator[Filed]:
    if row.status == "unread":
        yield from (f for f in city.strangers if f.status == "unreadable" and row.unit.name in f.suggestions)
    elif row.status == "duplicate":
        yield from (f for f in row.files if f.status == "duplicate")
    elif filed := _mended(row):
        yield filed
