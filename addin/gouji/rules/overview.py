"""What a notice may ask of section 一: its five parts, its length, the numbers that it states.

All of it is off unless a city switches it on: the statute asks for none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .plain import sections


@decides("overview-parts")
def _overview_parts(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _unsaid(rule, report)


@decides("overview-stated")
def _overview_stated(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _unsaid(rule, report)


def _unsaid(rule: Rule, report: Report) -> Iterator[Finding]:
    """What is asked for and not found; an empty section is another rule's matter."""
    number = rule.parameters["section"]
    text = sections(report).get(number, "")
    missing = [each["name"] for each in rule.parameters["asked"] if not re.search(each["pattern"], text)]
    if text and missing:
        yield rule.finding(number, missing=missing).but(section=number)


@decides("overview-length")
def _overview_length(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Characters as a word processor counts them, white space left out."""
    number, most = rule.parameters["section"], rule.parameters["most"]
    length = len(sections(report).get(number, ""))
    if length > most:
        yield rule.finding(number, left=length, right=most).but(section=number)
