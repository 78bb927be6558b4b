"""How far a unit has come in the season: 未报 → 已报有误 → 退回 → 已报待说明 → 已报齐 → 已核实."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, get_args

from ...marks import marks_of
from ...records import dataclass
from ..intake.sorting import status_label
from .settled import Settled, said_by
from .weighing import words
from .whole import UnitWord, concerning

if TYPE_CHECKING:
    from ..consolidate import Consolidation
    from ..intake.sorting import UnitRow

StateKey = Literal["missing", "wrong", "returned", "unexplained", "complete", "verified"]
#: In these the unit has to do something.
_ACTS: tuple[StateKey, ...] = ("missing", "wrong", "returned", "unexplained")


@dataclass(frozen=True, slots=True)
class UnitState:
    """``label``: in words; ``reason``: a Chinese sentence; ``must_act``: whether the unit is to act."""

    key: StateKey
    label: str
    reason: str
    must_act: bool


def unit_state(row: UnitRow, city: Consolidation) -> UnitState:
    """The one state of a unit, whatever it sent and whatever was said of it."""
    approval = city.approval
    return state_of_unit(row, approval.of_unit.get(row.unit.name, ()), approval.units.get(row.unit.name))


def state_of_unit(row: UnitRow, settled: Sequence[Settled], word: UnitWord | None = None) -> UnitState:
    """The same from its parts. ``settled``: the findings that concern the unit; ``word``: the office's on all
    that it sent. What the office said and holds comes first; then the gravest of what is open."""
    key, reason = _decided(row, concerning(row, settled), word if word and word.key else None)
    return UnitState(key, state_labels()[key], reason, key in _ACTS)


def state_labels() -> dict[StateKey, str]:
    """All states in words, in their order."""
    marks = marks_of("gouji.city", "unit_states")
    return {key: marks[key] for key in get_args(StateKey)}


def acting_states() -> tuple[StateKey, ...]:
    """Those in which the unit has to do something, in their order."""
    return _ACTS


def _decided(row: UnitRow, settled: Sequence[Settled], word: UnitWord | None) -> tuple[StateKey, str]:
    w = words("unit")
    if word and word.key == "returned":
        by, text = said_by(word.word.who, word.word.when), _unended(word.word.text)
        return "returned", w["returned" if text else "returned_bare"].format(by=by, text=text)
    if not row.taken or row.is_unfilled:
        return _not_counted(row, settled)
    if errors := [one for one in settled if one.open and one.finding.level == "error"]:
        return "wrong", _first("wrong", errors)
    if returned := [one for one in settled if one.key == "returned"]:
        return "returned", _first("returned_finding", returned)
    if left := [one for one in settled if one.open]:
        return "unexplained", _first("unexplained", left)
    if word:
        return "verified", w["verified"].format(by=said_by(word.word.who, word.word.when))
    given = sum(one.key == "given" for one in settled)
    return "complete", w["complete_given" if given else "complete"].format(count=given)


def _not_counted(row: UnitRow, settled: Sequence[Settled]) -> tuple[StateKey, str]:
    w, remarks = words("unit"), "；".join(row.remarks)
    if one := excuse(row, settled):
        return "verified", w["excused"].format(by=said_by(one.who, one.when), text=_unended(one.text))
    # ``unread``: what may be the unit's could not be read, so that nothing of it was received.
    if not row.files:
        return "missing", w["missing_remarks" if remarks else "missing"].format(remarks=remarks)
    if returned := [one for one in settled if one.key == "returned" and one.finding.level != "error"]:
        return "returned", _first("returned_finding", returned)
    if row.is_unfilled:
        return "missing", w["unfilled"]
    key = "not_counted_remarks" if remarks else "not_counted"
    reason = w[key].format(status=status_label(row.status), remarks=remarks)
    return "wrong", reason


def excuse(row: UnitRow, settled: Sequence[Settled]) -> Settled | None:
    """The word by which a unit that sent nothing lawfully does not report. None where a file that could not
    be read bears its name: somebody has to look at that."""
    if row.status != "missing" or row.files:
        return None
    return next((one for one in settled if one.finding.rule == "unit-missing" and one.settled), None)


def _first(key: str, those: Sequence[Settled]) -> str:
    """How many there are, and what the first says."""
    return words("unit")[key].format(count=len(those), message=those[0].finding.message)


def _unended(text: str) -> str:
    return text.strip().removesuffix("。")
