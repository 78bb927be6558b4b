"""Who must act, and on what: for each unit of the roster what is still awaited from it.

Nothing is judged here: whether a unit must act, what of its findings is open and what was returned is decided
in ``approving/``; here it is only told apart what the unit is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args

from ...records import dataclass
from ...rules import Finding
from ...wording import data_beside
from ..approving import Settled, unit_state
from ..approving.states import StateKey
from ..approving.whole import concerning
from ..consolidate import Consolidation
from ..intake.roster import RosterUnit
from ..intake.sorting import Filed, Status, UnitRow

PACKAGE = "gouji.city.asking"

#: In the order in which they are told; the first that fits is what a unit is said to be. ``blank``: nobody
#: typed anything into what it sent. ``altered``: the form was changed, so that nothing in it can be checked.
#: ``waiting``: only explanations are awaited.
State = Literal[
    "missing",
    "unread",
    "blank",
    "duplicate",
    "wrong_year",
    "wrong_edition",
    "overlap",
    "altered",
    "errors",
    "returned",
    "waiting",
]
STATES: tuple[State, ...] = get_args(State)
#: The state of a unit in the season -> the situations that it comes from.
GROUPS: dict[StateKey, tuple[State, ...]] = {
    "missing": ("missing", "unread", "blank"),
    "wrong": ("duplicate", "wrong_year", "wrong_edition", "overlap", "altered", "errors"),
    "returned": ("returned",),
    "unexplained": ("waiting",),
}
#: What the intake alone decides.
_DECIDED: dict[Status, State] = {
    "missing": "missing",
    "unread": "unread",
    "duplicate": "duplicate",
    "wrong_year": "wrong_year",
    "wrong_edition": "wrong_edition",
    "overlap": "overlap",
}
#: What a unit is asked for by how far it has come, where the intake decides nothing.
_BY_STATE: dict[StateKey, State] = {"wrong": "errors", "returned": "returned", "unexplained": "waiting"}


@dataclass(frozen=True, slots=True)
class Returned:
    """退回: why, who said so and when, "" where that is not known; the finding that it is about, None for the
    report as a whole."""

    finding: Finding | None
    text: str = ""
    who: str = ""
    when: str = ""


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


def duties(city: Consolidation) -> tuple[Duty, ...]:
    """The units that must act, in the order of the roster."""
    found = []
    for row in city.units:
        state = unit_state(row, city)
        if state.must_act:
            open_ = _open(city, row)
            found.append(Duty(row, _asked(row, state.key, open_), open_, tuple(_files(city, row))))
    return tuple(found)


def _asked(row: UnitRow, key: StateKey, open_: Open) -> State:
    """What a unit that must act is asked for: one of the situations of its state."""
    if key == "missing" and row.is_unfilled:
        return "blank"
    decided = _DECIDED.get(row.status)
    if decided and decided in GROUPS[key]:
        return decided
    altered = (f.rule == "label-changed" and f.level == "error" for f in open_.findings)
    if key == "wrong" and any(altered):
        return "altered"
    return _BY_STATE[key]


def unclaimed(city: Consolidation) -> tuple[Filed, ...]:
    """Files of no unit whose senders must act, those aside that are told to a unit of a like name."""
    claimed = {id(f) for row in city.units if row.status == "unread" for f in _files(city, row)}
    return tuple(filed for filed in city.strangers if id(filed) not in claimed)


# ---------------------------------------------------------------- what waits


def open_in(city: Consolidation, filed: Filed) -> tuple[Settled, ...]:
    """The findings in one file that somebody has to act on."""
    return tuple(one for one in city.approval.of_file.get(filed.submission.file, ()) if one.open)


def _open(city: Consolidation, row: UnitRow) -> Open:
    filed, silent = _mended(row), data_beside(PACKAGE, "marks.toml")["told"]["not"]
    those = concerning(row, city.approval.of_unit.get(row.unit.name, ()))
    told = (one for one in those if one.city and one.open)
    return Open(
        tuple(one.finding for one in open_in(city, filed)) if filed else (),
        tuple(one.finding for one in told if one.key == "returned" or one.finding.rule not in silent),
        tuple(_returned(city, row, those)),
    )


def _returned(city: Consolidation, row: UnitRow, those: list[Settled]) -> Iterator[Returned]:
    """The report as a whole first, then finding by finding."""
    whole = city.approval.units.get(row.unit.name)
    if whole and whole.key == "returned":
        yield Returned(None, whole.word.text, whole.word.who, whole.word.when)
    for one in those:
        if one.key == "returned":
            yield Returned(one.finding, one.why, one.who, one.when)


# ---------------------------------------------------------------- files


def maybe_its(city: Consolidation, row: UnitRow) -> Iterator[Filed]:
    """Files that bear the name of a unit and could not be read."""
    yield from (f for f in city.strangers if f.status == "unreadable" and row.unit.name in f.suggestions)


def _mended(row: UnitRow) -> Filed | None:
    """The file that is to be mended: what was summed, else the one that is as the unit is said to be."""
    return row.taken or next((f for f in row.files if f.status == row.status), None)


def _files(city: Consolidation, row: UnitRow) -> Iterator[Filed]:
    if row.status == "unread":
        yield from maybe_its(city, row)
    elif row.status == "duplicate":
        yield from (f for f in row.files if f.status == "duplicate")
    elif filed := _mended(row):
        yield filed
