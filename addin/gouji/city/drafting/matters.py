"""Section 六: what the units say that they collected for handling applications, and what else is asked.

Source: 《政府信息公开条例》第四十二条; 国办公开办函〔2021〕30号 (收取信息处理费情况在第六部分报告).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...document.contents import gap
from ...report import Report
from ...rules import catalogue
from ...rules.statements import RULE, entry_of, statements
from ...text import plain
from ...wording import wording_of
from ..consolidate import Consolidation
from .quantities import money

_PACKAGE = "gouji.city.drafting"
#: The count of ``prose-number`` that is collected; it stands in no cell of the form.
COUNT = "processing_fee"


@dataclass(frozen=True, slots=True)
class Fees:
    """``stated``: unit -> 分, of those that state one amount. ``silent``: units that state none, or only an
    approximate one; ``several``: those that state different ones."""

    stated: Mapping[str, int]
    silent: Sequence[str]
    several: Mapping[str, Sequence[int]]


def collected_fees(parts: Sequence[tuple[str, Report]]) -> Fees:
    """What the texts of the units (name, report) say of this year's 信息公开处理费."""
    stated: dict[str, int] = {}
    several: dict[str, Sequence[int]] = {}
    silent: list[str] = []
    for unit, report in parts:
        said = statements(_about_fees(report), catalogue()).get(COUNT, ())
        amounts = tuple(dict.fromkeys(one.number for one in said if one.year == report.year))
        if not amounts:
            silent.append(unit)
        elif len(amounts) > 1:
            several[unit] = amounts
        else:
            stated[unit] = amounts[0]
    return Fees(stated, silent, several)


def _about_fees(report: Report) -> Report:
    """The report with those texts alone that speak of it: of thousands of units most of what they write is
    long and about other things."""
    topic = entry_of(catalogue()[RULE].parameters, COUNT)["topic"]
    pattern = catalogue()[RULE].parameters["topics"][topic]["pattern_requires"]
    texts = {n: text for n, text in (report.texts or {}).items() if re.search(pattern, plain(text))}
    return replace(report, texts=texts, unplaced=[])


def matters(city: Consolidation) -> str:
    """A paragraph on the fees with a gap for each unit that leaves them open, and a gap for the rest."""
    words = wording_of(_PACKAGE, "matters")
    fees = collected_fees(city.parts)
    lines = ["".join((_told(fees, city.report.year), *_open(fees)))] if city.parts else []
    return "\n".join([*lines, gap(words["gap"])])


def _told(fees: Fees, year: int) -> str:
    words = wording_of(_PACKAGE, "matters")
    paid = {unit: amount for unit, amount in fees.stated.items() if amount}
    if not fees.stated:
        return ""
    if fees.silent or fees.several:
        key = "known" if paid else "known_none"
    else:
        key = "collected" if paid else "none"
    units = words["between"].join(words["unit"].format(unit=u, amount=money(n)) for u, n in paid.items())
    if len(paid) > words["named"]:
        units = words["many"].format(count=len(paid))
    return str(
        words[key].format(
            year=year,
            count=len(fees.stated),
            amount=money(sum(paid.values())),
            units=units,
            rest=words["rest"] if len(paid) < len(fees.stated) else "",
        )
    )


def _open(fees: Fees) -> Iterator[str]:
    words = wording_of(_PACKAGE, "matters")
    for unit, amounts in fees.several.items():
        said = words["between"].join(map(money, amounts))
        yield gap(words["gaps"]["several"].format(unit=unit, amounts=said))
    if fees.silent:
        units = words["between"].join(fees.silent)
        yield gap(words["gaps"]["silent"].format(count=len(fees.silent), units=units))
