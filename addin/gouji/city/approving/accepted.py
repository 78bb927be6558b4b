"""Errors that the office accepts before it is decided what counts, and what follows from them for the sum.

Where 二 of a unit is lawfully not 四 of its last year, the unit explains it, the office verifies it, and the
unit counts. A difference of the sum that consists of nothing else is accounted for by the same words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...report import Explanation
from ...rules import Catalogue, Finding
from ...wording import wording_of
from ..desk import OfficeWord
from ..intake.roster import Roster
from ..intake.sorting import Submission
from ..parting.together import RULE as _TOGETHER
from ..parting.together import place_of
from ..sum.handover import Line
from .items import Item, items_in
from .kept import KeptWord, WordKey
from .settle import MISSING, Approval
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


def on_parts(
    words: Sequence[OfficeWord], own: Mapping[str, Explanation], kept: Mapping[WordKey, KeptWord]
) -> list[OfficeWord]:
    """The words by which units may be counted in part, each with the numbers that it was first given for;
    ``own``: 审核说明 of the city's own report, before which the office's ``words`` come."""
    of_city = [OfficeWord("", key, e.text, e.state, numbers=e.numbers) for key, e in own.items()]
    return [_as_first_given(word, kept) for word in (*of_city, *words)]


def _as_first_given(word: OfficeWord, kept: Mapping[WordKey, KeptWord]) -> OfficeWord:
    before = kept.get(WordKey("", word.finding.strip(), "office"))
    if word.numbers or before is None:
        return word
    now = (word.text, word.state, word.who, word.when)
    return replace(word, numbers=before.numbers) if before.word == now else word


def follows(city: Consolidation, approval: Approval) -> OfficeWord | None:
    """The word on the carry-over of the sum that follows from the words on those of the units: each line of
    结转核对 that differs is a unit's whose own difference the office verified, or is lawful by what was
    declared. None where one is neither."""
    open_ = next((s for s in approval.settled if s.city and s.finding.rule == _OF_SUM and s.open), None)
    # What the office says of the sum itself comes first, also where it does not hold.
    if open_ is None or open_.text or open_.state != state_names()["open"] or open_.why:
        return None
    if city.handover is None or not city.handover.units_known:
        return None
    differing = [line for line in city.handover.lines if any(line.gaps) and not line.accounted]
    found = {line.unit: _of_line(line, approval) for line in differing}
    if not found or not all(found.values()):
        return None
    w = wording_of("gouji.city.approving", "follows")
    those = [one for one in found.values() if one]
    said = w["between"].join(w["unit"].format(unit=unit, text=one.text) for unit, one in found.items() if one)
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


def _of_line(line: Line, approval: Approval) -> Settled | None:
    """What the office verified of one line: of the unit's own difference, or of that which the units of a
    撤并 have together."""
    if line.together:
        place = place_of(line)
        found = [s for s in approval.settled if (s.finding.rule, s.finding.place) == (_TOGETHER, place)]
    else:
        of_unit = approval.of_unit.get(line.unit, ())
        rules = (MISSING,) if line.kind == "left_out" else (_OF_UNIT,)
        found = [one for one in of_unit if one.finding.rule in rules]
    return next((one for one in found if one.key == "verified"), None)
