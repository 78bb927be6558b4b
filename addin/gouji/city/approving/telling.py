"""What people see of it: beside each finding in 问题, in the counts of a file, on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...rules import Level
from ..intake.findings import SUMMARY
from ..intake.reasons import short_label
from ..intake.sorting import status_label
from .settled import Settled, said_by, tally
from .states import excuse, unit_state
from .weighing import words

if TYPE_CHECKING:
    from ..consolidate import Consolidation
    from ..intake.sorting import Filed, UnitRow


def told(one: Settled) -> str:
    """The state of a finding, who set it and why it is not another; "" for a hint that nobody spoke of."""
    if not one.state:
        return ""
    by = said_by(one.who, one.when)
    key = ("state_why" if by else "why") if one.why else "state"
    return words("told")[key].format(state=one.state, by=by, why=one.why)


def open_counts(city: Consolidation, filed: Filed, row: UnitRow | None = None) -> dict[Level, int]:
    """How many findings of a file ask for something, by level; hints, which ask for nothing, all. ``row``:
    with those that the roster has on the unit, which its file does not say itself."""
    own = city.approval.of_unit.get(row.unit.name, ()) if row else ()
    of_roster = (one for one in own if one.city and one.finding.rule not in SUMMARY)
    counts: dict[Level, int] = {"error": 0, "warning": 0, "hint": 0}
    for one in (*city.approval.of_file.get(filed.submission.file, ()), *of_roster):
        counts[one.finding.level] += one.open or one.finding.level == "hint"
    return counts


class Shown(NamedTuple):
    """What 报送情况 shows of a unit. ``colour``: that of the state, None where that of what became of the
    files stands; ``reason``: a sentence, "" where what became of the files says it."""

    label: str
    colour: str | None = None
    reason: str = ""


def status_shown(row: UnitRow, city: Consolidation, label: str) -> Shown:
    """The unit's state in the season, with ``label``, which says what became of its files, where that says
    something else."""
    state = unit_state(row, city)
    label = short_label("sent_blank") if row.is_unfilled and state.key == "missing" else label
    plain = (state.label, *([status_label("taken")] if row.taken else ()))
    shown = state.label if label in plain else words("told")["status"].format(label=label, state=state.label)
    silent = "missing" if row.is_unfilled or not row.files else "complete" if row.taken else "wrong"
    if state.key == silent:
        return Shown(shown)
    colour = "warned" if row.taken else None
    return Shown(shown, colour if state.must_act else "passed", state.reason)


def excused(city: Consolidation) -> list[tuple[UnitRow, Settled]]:
    """The units that sent nothing and lawfully do not report, with the word that says so."""
    of_unit = city.approval.of_unit
    found = ((row, excuse(row, of_unit.get(row.unit.name, ()))) for row in city.left_out)
    return [(row, one) for row, one in found if one]


def lacking(city: Consolidation) -> list[UnitRow]:
    """The units that are not in the sum and should be."""
    lawful = {row.unit.name for row, _ in excused(city)}
    return [row for row in city.left_out if row.unit.name not in lawful]


def sum_counts(city: Consolidation) -> dict[str, int]:
    """How many units are in the sum, have to report, and are left out: whoever lawfully does not report is in
    none of these."""
    taken, out = len(city.taken), len(lacking(city))
    return {"taken": taken, "expected": taken + out, "left_out": out}


def excused_line(city: Consolidation) -> str:
    """The same as a sentence for the report; "" where there is none."""
    w, those = words("told"), excused(city)
    units = "、".join(
        w["excused_unit"].format(unit=row.unit.name, text=one.text.removesuffix("。")) for row, one in those
    )
    return w["excused"].format(units=units) if those else ""


def summary(city: Consolidation) -> list[str]:
    """What is left and what is settled, a line each; nothing is said of what there is none of."""
    w, counted = words("told"), tally(city.settled)
    lines = []
    warnings = counted.warnings + counted.returned
    if counted.errors or warnings:
        key = "open" if counted.errors and warnings else "open_errors" if counted.errors else "open_warnings"
        lines.append(w[key].format(errors=counted.errors, warnings=warnings))
    if returned := counted.returned + _returned_units(city):
        lines.append(w["returned"].format(count=returned))
    if counted.given or counted.verified:
        lines.append(w["settled"].format(given=counted.given, verified=counted.verified))
    return [*lines, line] if (line := excused_line(city)) else lines


def is_open(city: Consolidation) -> bool:
    """Whether anything is left that must not stay so: an error that nothing settles, something returned, a
    file that belongs to nobody. A warning that nobody explained yet is none."""
    returned = _returned_units(city) or any(one.key == "returned" for one in city.settled)
    errors = any(one.open and one.finding.level == "error" for one in city.settled)
    return bool(errors or returned or city.strangers)


def _returned_units(city: Consolidation) -> int:
    return sum(one.key == "returned" for one in city.approval.units.values())
