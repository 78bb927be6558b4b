"""Section 六: what the units say that they collected for handling applications, and what else is asked.

Source: 《政府信息公开条例》第四十二条; 国办公开办函〔2021〕30号 (收取信息处理费情况在第六部分报告).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ...document.contents import gap
from ...records import dataclass
from ...report import Report
from ...rules import catalogue
from ...rules.statements import RULE, entry_of, statements
from ...text import plain
from ...wording import wording_of
from ..approving.telling import lacking
from ..consolidate import Consolidation
from ..parting.saying import unit_list
from .quantities import money
from .sections import asks, filled, sections_of

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


def matters(city: Consolidation, own: str = "") -> str:
    """The office's text, in which a line 【统计】 is replaced by what is told of the fees; where it wrote
    none, that and a gap for the rest."""
    if own.strip():
        return "\n".join(filled(own, lambda: _fees(city)))
    return "\n".join((*_fees(city), gap(wording_of(_PACKAGE, "matters")["gap"])))


def _fees(city: Consolidation) -> Sequence[str]:
    """A paragraph on the fees with a gap for the units that leave them open, also by not being summed."""
    fees = collected_fees(city.parts)
    out = [row.unit.name for row in lacking(city)]
    # A unit that lawfully does not report is none of those of whom it is said.
    every = not (out or fees.silent or fees.several)
    told = _told(fees, city.report.year, every=every)
    return ("".join((told, *_open(fees, out))),) if city.parts else ()


def as_judged(report: Report, parts: Sequence[tuple[str, Report]]) -> Report:
    """The sum with what its text will say of the fees of its ``parts`` where it asks for that: judged is what
    is going to be published."""
    section = sections_of(report.form).matters
    own = (report.texts or {}).get(section, "")
    if not asks(own):
        return report
    fees = collected_fees(parts)
    every = not (fees.silent or fees.several)
    line = "".join((_told(fees, report.year, every=every), *_open(fees, ())))
    return replace(report, texts={**(report.texts or {}), section: "\n".join(filled(own, lambda: (line,)))})


def _told(fees: Fees, year: int, *, every: bool) -> str:
    """What is known. ``every``: whether each unit of the city states an amount."""
    words = wording_of(_PACKAGE, "matters")
    paid = {unit: amount for unit, amount in fees.stated.items() if amount}
    if not fees.stated:
        return ""
    key = ("collected" if paid else "none") if every else ("known" if paid else "known_none")
    return str(
        words[key].format(
            year=year,
            count=len(fees.stated),
            amount=money(sum(paid.values())),
            units=paid_said(fees),
            rest=words["rest"] if len(paid) < len(fees.stated) else "",
        )
    )


def paid_said(fees: Fees) -> str:
    """Who collected how much; of many how many they are; "" where nobody did."""
    words = wording_of(_PACKAGE, "matters")
    paid = {unit: amount for unit, amount in fees.stated.items() if amount}
    if len(paid) > words["named"]:
        return str(words["many"].format(count=len(paid)))
    return str(words["between"].join(words["unit"].format(unit=u, amount=money(n)) for u, n in paid.items()))


def _open(fees: Fees, left_out: Sequence[str]) -> Iterator[str]:
    words = wording_of(_PACKAGE, "matters")
    for unit, amounts in fees.several.items():
        said = words["between"].join(map(money, amounts))
        yield gap(words["gaps"]["several"].format(unit=unit, amounts=said))
    for key, units in (("silent", fees.silent), ("left_out", left_out)):
        if units:
            # Who said nothing stands in no other place; who is not in the sum is in 催报名单.
            said = words["between"].join(units) if key == "silent" else unit_list(units)
            yield gap(words["gaps"][key].format(count=len(units), units=said))
