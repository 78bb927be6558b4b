"""Errors that the office accepts before it is decided what counts, and what follows from them for the sum.

Where 二 of a unit is lawfully not 四 of its last year, the unit explains it, the office verifies it, and the
unit counts. A difference of the sum that consists of nothing else is accounted for by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...rules import Catalogue, Finding
from ...wording import wording_of
from ..desk import OfficeWord
from ..intake.roster import Roster
from ..intake.sorting import Submission
from .items import Item, items_in
from .kept import KeptWord, WordKey
from .settle import Approval
from .settled import Settled, state_names
from .weighing import Scales
from .words import match

if TYPE_CHECKING:
    from ..consolidate import Consolidation

#: A finding of the sum, and the same of one unit.
_OF_SUM, _OF_UNIT = "city-carry-over", "carry-over"


def with_accepted(
    submissions: Sequence[Submission],
    roster: Roster,
    words: Sequence[OfficeWord],
    *,
    city: str,
    rules: Catalogue,
    kept: Mapping[WordKey, KeptWord],
) -> list[Submission]:
    """The submissions with the errors that the office accepts as warnings, so that their units count."""
    scales = Scales(kept, rules)
    doubtful = [s for s in submissions if words and s.errors]
    items = [item for item in items_in(doubtful, roster) if scales.explainable(item)]
    matched = match(words, items, roster, city, rules).of
    accepted: dict[str, dict[str, Finding]] = {}
    for item in items:
        if settled := _accepted(scales, item, matched.get((item.of, item.finding.id))):
            accepted.setdefault(item.file, {})[item.finding.id] = settled
    return [_with(one, accepted[one.file]) if one.file in accepted else one for one in submissions]


def _accepted(scales: Scales, item: Item, word: OfficeWord | None) -> Finding | None:
    weighed = scales.weigh(item, word) if word else None
    return weighed.finding if weighed and weighed.settled else None


def _with(submission: Submission, accepted: Mapping[str, Finding]) -> Submission:
    findings = tuple(accepted.get(f.id, f) if f.level == "error" else f for f in submission.findings)
    return replace(submission, findings=findings)


def follows(city: Consolidation, approval: Approval) -> OfficeWord | None:
    """The word on the carry-over of the sum that follows from the words on those of the units: each line of
    结转核对 that differs is a unit's whose own difference the office verified. None where one is not."""
    open_ = next((s for s in approval.settled if s.city and s.finding.rule == _OF_SUM and s.open), None)
    # What the office says of the sum itself comes first, also where it does not hold.
    if open_ is None or open_.text or open_.state != state_names()["open"] or open_.why:
        return None
    if city.handover is None or not city.handover.units_known:
        return None
    differing = [line for line in city.handover.lines if any(line.gaps)]
    found = {line.unit: _verified(approval.of_unit.get(line.unit, ())) for line in differing}
    if not found or not all(found.values()):
        return None
    w = wording_of("gouji.city.approving", "follows")
    those = [one for one in found.values() if one]
    said = w["between"].join(w["unit"].format(unit=one.of, text=one.text) for one in those)
    last, finding = those[-1], open_.finding
    return OfficeWord(
        city.report.unit,
        finding.id,
        said,
        state_names()["verified"],
        last.who,
        last.when,
        finding.numbers(),
    )


def _verified(settled: Sequence[Settled]) -> Settled | None:
    of_unit = (one for one in settled if one.file and one.finding.rule == _OF_UNIT)
    return next((one for one in of_unit if one.key == "verified"), None)
