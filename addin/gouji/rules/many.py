"""So many findings are said one by one, and of all others how many there are and where.

For those that are bounded by nothing else: a sheet has as many stray texts as somebody pasted. What speaks of
cells of the form is bounded by the form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..form.addresses import column_letter, column_number
from ..precompiled import compiled
from ..wording import wording_of
from .finding import Finding

#: Said one by one: of one rule on one sheet, and of one rule in one file.
ON_A_SHEET, IN_A_FILE = 20, 100

_PLACE = compiled(r"(.+)!([A-Z]{1,3})([1-9][0-9]{0,6})")


def not_too_many(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in their order; behind them one for the rest of each rule on each sheet."""
    whole = list(findings)
    if len(whole) <= ON_A_SHEET:
        return whole
    said: dict[tuple[str, ...], int] = {}
    rest: dict[tuple[str, ...], list[Finding]] = {}
    kept: list[Finding] = []
    for finding in whole:
        if finding.cells or finding.section or finding.field:
            kept.append(finding)
            continue
        rule = finding.rule, finding.level
        sheet = (*rule, finding.place.rpartition("!")[0])
        if said.get(sheet, 0) < ON_A_SHEET and said.get(rule, 0) < IN_A_FILE:
            said[sheet], said[rule] = said.get(sheet, 0) + 1, said.get(rule, 0) + 1
            kept.append(finding)
        else:
            rest.setdefault(sheet if said.get(sheet, 0) >= ON_A_SHEET else rule, []).append(finding)
    return [*kept, *map(_stands_for, rest.values())]


def _stands_for(rest: Sequence[Finding]) -> Finding:
    """One for several; the one itself where there is no other."""
    first = rest[0]
    if len(rest) == 1:
        return first
    words = wording_of("gouji.rules", "many")
    area = _area([finding.place for finding in rest])
    message = words["in_area" if area else "elsewhere"].format(count=f"{len(rest):,}", area=area)
    return Finding(first.rule, area or words["place"], first.level, message, words["remedy"])


def _area(places: Sequence[str]) -> str:
    """``三!AA60:AB200``: the smallest rectangle of one sheet in which all of them are; "" where none is."""
    found = [_PLACE.fullmatch(place) for place in places]
    matches = [match for match in found if match]
    if len(matches) < len(found) or len({match[1] for match in matches}) > 1:
        return ""
    rows = [int(match[3]) for match in matches]
    columns = [column_number(match[2]) for match in matches]
    first, last = (f"{column_letter(f(columns))}{f(rows)}" for f in (min, max))
    return f"{matches[0][1]}!{first}:{last}" if first != last else f"{matches[0][1]}!{first}"
