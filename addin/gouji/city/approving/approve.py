"""A consolidation with everything that was said of its findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ...form import Form
from ...report import Explanation, Report
from ...rules import Catalogue
from ...workbook.keyed import number_of, settle_keys
from ...workbook.keys import plain_key
from ...workbook.layout import EXPLANATION_ROWS
from ...workbook.limits import fitted
from ..desk import OfficeWord
from ..parting.live_prior import reason
from .accepted import follows
from .items import ON_CHECK, items_of
from .kept import KeptWord, WordKey
from .settle import Approval, settle
from .settled import Settled
from .words import is_on_city

if TYPE_CHECKING:
    from ..consolidate import Consolidation

#: Subjects of rules that no check of a report's own finds.
_BEYOND = ("city", "approving")


def approved(
    city: Consolidation,
    own: Mapping[str, Explanation] | None = None,
    kept: Mapping[WordKey, KeptWord] | None = None,
) -> Consolidation:
    """The consolidation with :attr:`Consolidation.approval`; its findings as these words leave them, and its
    report with what 校验 shows beside the live rows.

    ``own``: 审核说明 that the city's own report holds; what 汇总台 says comes before them. ``kept``: see
    :func:`.settle.settle`.
    """
    stated = _own(city, own or {})
    said = city.desk.words

    def settled(*words: OfficeWord) -> Approval:
        items, name = items_of(city, stated), city.report.unit
        return settle(
            items, city.units, words, roster=city.roster, city=name, rules=city.rules, kept=kept or {}
        )

    approval = settled(*said)
    if more := follows(city, approval):
        approval = settled(more, *said)
    approval = replace(approval, own=stated)
    ours = [one for one in approval.settled if one.city]
    stated = _of_nothing(city, said) | stated
    hints = [Settled(city.report.unit, "", finding, city=True) for finding in approval.findings]
    files = [one for one in approval.settled if not one.city]
    return replace(
        city,
        report=replace(city.report, explanations=_explanations(city.form, ours, stated, city.rules)),
        findings=tuple(one.finding for one in (*ours, *hints)),
        approval=replace(approval, settled=(*ours, *hints, *files)),
    )


def _own(city: Consolidation, own: Mapping[str, Explanation]) -> dict[str, Explanation]:
    """The city's own explanations by the ids of its findings; the rest under the keys that they have."""
    if not own:
        return {}
    written = {key: given for key, given in own.items() if given.text != reason()}
    report: Report = replace(city.report, explanations=written)
    settle_keys(report, city.findings, city.rules)
    stated = report.explanations
    for finding in city.findings:
        if (check := ON_CHECK.get(finding.rule)) and (given := stated.get(f"{check}:{finding.place}")):
            stated.setdefault(finding.id, given)
    return stated


def _of_nothing(city: Consolidation, said: Sequence[OfficeWord]) -> dict[str, Explanation]:
    """The office's words on findings of the sum that are not there, by their ids."""
    words = {word.finding: word for word in said if word.text.strip() and is_on_city(word, city.report.unit)}
    there = {plain_key(finding.id) for finding in city.findings}
    known = city.rules.rules
    return {
        key: Explanation(fitted(word.text), word.state, word.numbers)
        for key, word in words.items()
        if plain_key(key) not in there
        if (rule := known.get(key.partition(":")[0])) and rule.subject not in _BEYOND
    }


def _explanations(
    form: Form, ours: list[Settled], stated: Mapping[str, Explanation], rules: Catalogue
) -> dict[str, Explanation]:
    """What 校验 of the city shows: the words on what its own checks find, each with its numbers, as far as
    there is room. The city's own explanations of what is gone stay, for it may come back."""
    shown = {key: given for key, given in stated.items() if key.partition(":")[0] not in ON_CHECK}
    room = EXPLANATION_ROWS - sum(number_of(form, key) is None for key in shown)
    for one in ours:
        rule = ON_CHECK.get(one.finding.rule, one.finding.rule)
        key = f"{rule}:{one.finding.place}"
        # What falls back stands with the numbers that it was given for: without any it would count anew.
        if not one.text or rules[rule].subject in _BEYOND or not (one.settled or one.numbers):
            continue
        listed = key not in shown and number_of(form, key) is None
        if not listed or room > 0:
            shown[key] = Explanation(fitted(one.text), one.state, one.numbers)
            room -= listed
    return shown
