"""The office's word on a unit as a whole: 已核实 or 退回, for what the unit has sent so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from ...records import dataclass
from ..desk import OfficeWord
from .items import content_of
from .kept import KeptWord, WordKey
from .settled import Settled, state_names, tally
from .weighing import Scales, key_of, unknown, words

if TYPE_CHECKING:
    from ..intake.sorting import UnitRow


@dataclass(frozen=True, slots=True)
class UnitWord:
    """``key``: what holds, "" where the word does not; ``why`` then says why."""

    word: OfficeWord
    key: Literal["verified", "returned", ""] = ""
    why: str = ""


def concerning(row: UnitRow, settled: Iterable[Settled]) -> list[Settled]:
    """Of the findings that concern a unit those on which its state rests: on the roster, and in the file that
    counts; in every file where none does."""
    taken = row.taken.submission.file if row.taken else ""
    return [one for one in settled if one.city or not taken or one.file == taken]


def unit_word(row: UnitRow, settled: Sequence[Settled], word: OfficeWord, scales: Scales) -> UnitWord:
    """Whether the word holds. ``settled``: what concerns the unit."""
    key = key_of(word.state)
    names, said = state_names(), words("whole")
    if key is None:
        return UnitWord(word, why=unknown(word.state))
    if key not in ("verified", "returned"):
        return UnitWord(word, why=said["state"].format(**{k: names[k] for k in ("verified", "returned")}))
    now = (content_of(row),)
    first = KeptWord(now, word.text, word.state, word.who, word.when)
    if scales.seen(WordKey(row.unit.name, "", "office"), first).numbers != now:
        return UnitWord(word, why=said["changed"])
    if key == "returned":
        return UnitWord(word, "returned") if row.files else UnitWord(word, why=said["nothing_sent"])
    if why := _in_the_way(row, settled):
        return UnitWord(word, why=why)
    return UnitWord(word, "verified")


def _in_the_way(row: UnitRow, settled: Sequence[Settled]) -> str:
    """Why a unit can not be 已核实; "" where nothing is left to do."""
    said, verified = words("whole"), state_names()["verified"]
    if row.files and not row.taken:
        return said["not_counted"].format(verified=verified)
    left = [one for one in concerning(row, settled) if one.open]
    if not left:
        return ""
    counted = tally(left)
    return next((one.why for one in left if not row.files and one.why), "") or said["open"].format(
        errors=counted.errors, warnings=counted.warnings + counted.returned, verified=verified
    )


def raised(settled: Iterable[Settled], word: OfficeWord) -> Iterator[Settled]:
    """Whoever verifies a unit verifies the explanations that it gave."""
    for one in settled:
        given = one.key == "given"
        yield replace(one, key="verified", who=word.who, when=word.when) if given else one
