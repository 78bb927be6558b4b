"""What the office typed itself, beside the tables and the units: never changed, and said where it differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...report import Report
from ...rules import catalogue
from ...rules.statements import statements
from ...wording import wording_of
from ..approving.telling import lacking
from ..consolidate import Consolidation
from .checking import faults
from .matters import COUNT, collected_fees, paid_said
from .quantities import money
from .sections import sections_of

_PACKAGE = "gouji.city.drafting"


def beside_texts(city: Consolidation, own: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Section -> what in its text (``own``, by section) differs from the tables, from last year or from the
    units, a sentence each with both numbers; what the office has explained or confirmed is settled."""
    words = wording_of(_PACKAGE, "warnings")
    settled = {one.finding.id for one in city.settled if one.city and not one.open}
    said: dict[str, list[str]] = {}
    for section, text in own.items():
        for finding in faults(city.report, section, text, city.prior):
            if finding.id not in settled and city.rules.active(finding.rule):
                said.setdefault(section, []).append(words["own"].format(message=finding.message))
    matters = sections_of(city.form).matters
    said.setdefault(matters, []).extend(_fees(city, own.get(matters, "")))
    return {section: lines for section, lines in said.items() if lines}


def _fees(city: Consolidation, text: str) -> Iterator[str]:
    """The fee that the office states, where the units' own statements can not add up to it."""
    texts = {sections_of(city.form).matters: text}
    report = Report(city.form, city.report.unit, city.report.year, texts=texts)
    stated = statements(report, catalogue()).get(COUNT, ()) if text.strip() else ()
    amounts = [one for one in stated if one.year == report.year]
    if not amounts or not city.parts:
        return
    fees = collected_fees(city.parts)
    known = not (fees.silent or fees.several or lacking(city))
    total = sum(fees.stated.values())
    words = wording_of(_PACKAGE, "matters")
    for one in amounts:
        gap = one.number - total
        if gap < -one.slack or (known and gap > one.slack):
            yield words["differs"].format(
                own=money(one.number),
                excerpt=one.excerpt,
                total=money(total),
                units=paid_said(fees) or words["nobody"],
            )
