"""What is settled and what is open: decided here, for 问题, 报送情况, the summary and the exit code alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from ...records import dataclass
from ...report import Explanation
from ...rules import Catalogue, Finding
from ..desk import OfficeWord
from ..intake.roster import Roster
from .items import Item
from .kept import KeptWord, WordKey
from .settled import Settled
from .weighing import Scales, key_of
from .whole import UnitWord, raised, unit_word
from .words import Matched, match, said

if TYPE_CHECKING:
    from ..intake.sorting import UnitRow

__all__ = ["Approval", "Settled", "settle"]

#: Said of a unit that sent nothing: a word on the unit as a whole is a word on this.
MISSING = "unit-missing"


@dataclass(frozen=True)
class Approval:
    """``settled``: every finding, in the order of ``Consolidation.problems``. ``units``: unit -> the office's
    word on all that it sent. ``findings``: what is said of words that are of no use. ``kept``: to hand to the
    next run of the season. ``own``: 审核说明 of the city's own report, by the ids of findings."""

    settled: tuple[Settled, ...] = ()
    units: Mapping[str, UnitWord] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    kept: Mapping[WordKey, KeptWord] = field(default_factory=dict)
    own: Mapping[str, Explanation] = field(default_factory=dict)

    @cached_property
    def of_unit(self) -> Mapping[str, tuple[Settled, ...]]:
        """Unit of the roster -> the findings that concern it."""
        return {name: tuple(them) for name, them in _by_unit(self.settled).items()}

    @cached_property
    def of_file(self) -> Mapping[str, tuple[Settled, ...]]:
        """File, "" for the city -> the findings in it."""
        found: dict[str, list[Settled]] = {}
        for one in self.settled:
            found.setdefault(one.file, []).append(one)
        return {file: tuple(them) for file, them in found.items()}


def settle(
    items: Sequence[Item],
    rows: Sequence[UnitRow],
    words: Sequence[OfficeWord],
    *,
    roster: Roster,
    city: str,
    rules: Catalogue,
    kept: Mapping[WordKey, KeptWord],
) -> Approval:
    """Each finding with the state of what its unit and the office say of it.

    ``city``: the city's name. ``kept``: what the run before handed back (:attr:`Approval.kept`), empty
    outside of a season. Pure: the same arguments give the same answer.
    """
    matched = match(words, items, roster, city, rules)
    scales = Scales(kept, rules)
    found: dict[int, Settled] = {}
    # The file that counts comes first: numbers are given once to a finding of a unit.
    for at, item in sorted(enumerate(items), key=lambda pair: not pair[1].taken):
        found[at] = scales.weigh(item, _word_on(item, matched))
    settled = [found[at] for at in range(len(items))]
    units, settled = _wholes(rows, settled, matched, scales)
    unheld = [f for one in units.values() if one.why for f in _unheld(rules, one)]
    # A finding may come back, and so may its word: nothing that was kept is dropped.
    return Approval(tuple(settled), units, (*matched.findings, *unheld), {**kept, **scales.keep})


def _word_on(item: Item, matched: Matched) -> OfficeWord | None:
    word = matched.of.get(("" if item.city else item.of, item.finding.id)) if item.city or item.of else None
    whole = matched.whole.get(item.of)
    if word is None and whole and item.finding.rule == MISSING and key_of(whole.state) == "verified":
        return whole
    return word


def _wholes(
    rows: Sequence[UnitRow], settled: list[Settled], matched: Matched, scales: Scales
) -> tuple[dict[str, UnitWord], list[Settled]]:
    """The words on units as a whole, and the findings as these leave them."""
    units: dict[str, UnitWord] = {}
    by_unit = _by_unit(settled) if matched.whole else {}
    for row in rows:
        if word := matched.whole.get(row.unit.name):
            units[row.unit.name] = unit_word(row, by_unit.get(row.unit.name, ()), word, scales)
    verified = {name: one.word for name, one in units.items() if one.key == "verified"}
    return units, [next(raised([one], verified[one.of])) if one.of in verified else one for one in settled]


def _by_unit(settled: Iterable[Settled]) -> dict[str, list[Settled]]:
    found: dict[str, list[Settled]] = {}
    for one in settled:
        if one.of:
            found.setdefault(one.of, []).append(one)
    return found


def _unheld(rules: Catalogue, one: UnitWord) -> Iterable[Finding]:
    return said(rules, one.word, "unheld", state=one.word.state, why=one.why)
