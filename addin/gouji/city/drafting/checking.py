"""Nothing is written that the rules would find wrong: drafted words are read like any other text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...report import Report
from ...rules import Context, Finding, catalogue
from ...rules.deciders import decide_rule

#: The rules that read numbers and years in texts, as they ship: no city's settings excuse a wrong draft.
RULES = ("prose-number", "growth-claim", "other-year")


def faults(report: Report, section: str, text: str, prior: Report | None) -> Sequence[Finding]:
    """What is wrong with a text of one section of ``report``, beside its tables and last year's."""
    alone = replace(report, texts={section: text}, unplaced=[])
    context = Context(prior=prior, catalogue=catalogue())
    return [finding for rule in RULES for finding in decide_rule(rule, alone, context)]
