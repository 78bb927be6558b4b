"""What stands out: each unit's rows of 三 and blocks of 四 against its own last year and against its peers.

The thresholds are those of the rules ``outlier-year`` and ``outlier-peers``; here the size of a difference
is shown as well: z = (n − e) / √(n + e), so that 1 → 3 is small and 100 → 300 is not.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from ...form import Form
from ...records import dataclass
from ...report import Report
from ...rules import Rule
from ...rules.numbers import grouped
from ...rules.outliers import deviates, lines_of
from .long import Long

#: So many are shown.
MOST = 30
_YEAR, _PEERS = "outlier-year", "outlier-peers"


@dataclass(frozen=True, slots=True)
class Outlier:
    """``line``: as printed; ``expected``: rounded; ``z``: in tenths, signed; ``against``: ``year`` or
    ``peers``; ``told``: whether the unit has a finding on it that says so."""

    unit: str
    line: str
    value: int
    expected: int
    z: int
    against: str
    told: bool


def outliers(long: Long) -> tuple[Outlier, ...]:
    """Those that the rules' thresholds single out, the farthest first; all of them, however many."""
    return long.city.once("outliers", lambda: _sorted([*_against_year(long), *_against_peers(long)]))


def _sorted(found: Iterable[Outlier]) -> tuple[Outlier, ...]:
    return tuple(sorted(found, key=lambda one: (-abs(one.z), one.unit, one.line)))


def _against_year(long: Long) -> Iterator[Outlier]:
    rule = long.city.rules[_YEAR]
    if rule.off:
        return
    given = rule.parameters
    told = _told(long, _YEAR)
    for unit, report in long.city.parts:
        prior = long.before.get(unit)
        if prior is None:
            continue
        whole, before = _number(report, given["whole"]), _number(prior, given["whole"])
        for cell, row, label in _lines(report.form, prior.form, rule):
            value, last = _number(report, cell), _number(prior, cell)
            sized = row in given["sizes"]
            if not sized and not before:
                continue
            scaled = (last, 1) if sized else (last * whole, before)
            if _far(value, scaled, given) and (sized or _far(value, (last, 1), given)):
                yield _outlier(unit, label, value, Fraction(*scaled), "year", (unit, cell) in told)


def _against_peers(long: Long) -> Iterator[Outlier]:
    """Each unit against the pool of the others of its 类别, as the rule does."""
    rule = long.city.rules[_PEERS]
    if rule.off:
        return
    given, told = rule.parameters, _told(long, _PEERS)
    form = long.city.form
    kinds: dict[str, list[tuple[str, Report]]] = {}
    for filed, (name, report) in zip(long.city.taken, long.city.parts, strict=True):
        kinds.setdefault(filed.unit.kind if filed.unit else "", []).append((name, report))
    for peers in kinds.values():
        if len(peers) <= given["peers_from"]:
            continue
        wholes = [_number(report, given["whole"]) for _, report in peers]
        all_wholes = sum(wholes)
        for cell, _, label in _lines(form, form, rule):
            numbers = [_number(report, cell) for _, report in peers]
            total = sum(numbers)
            for (unit, _), value, whole in zip(peers, numbers, wholes, strict=True):
                others = all_wholes - whole
                if others <= 0:
                    continue
                scaled = ((total - value) * whole, others)
                if _far(value, scaled, given):
                    yield _outlier(unit, label, value, Fraction(*scaled), "peers", (unit, cell) in told)


def _far(value: int, expected: tuple[int, int], given: Mapping[str, Any]) -> bool:
    """As the rule decides; most are told apart without a fraction. ``expected``: n and d of n/d."""
    top, bottom = expected
    if abs(value * bottom - top) < given["difference_from"] * bottom:
        return False
    return deviates(value, Fraction(top, bottom), given)


def _outlier(unit: str, label: str, value: int, expected: Fraction, against: str, told: bool) -> Outlier:
    z = round(10 * float(value - expected) / math.sqrt(value + expected))
    return Outlier(unit, label, value, round(expected), z, against, told)


def _told(long: Long, rule: str) -> set[tuple[str, str]]:
    """(unit, cell) of the findings of a rule."""
    return {
        (filed.unit.name, finding.place)
        for filed in long.city.taken
        if filed.unit
        for finding in filed.submission.findings
        if finding.rule == rule
    }


def _lines(form: Form, prior: Form, rule: Rule) -> tuple[tuple[str, str, str], ...]:
    return _kept(form, prior, rule.parameters["column"], tuple(rule.parameters["skip"]))


@cache
def _kept(form: Form, prior: Form, column: str, skip: tuple[str, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(lines_of(form, prior, {"column": column, "skip": skip}))


def _number(report: Report, cell: str) -> int:
    """A cell's number, or that of the rows under a group that the other edition has as one row."""
    if cell in report.form.by_id:
        return report.number(cell)
    return sum(map(report.number, _grouped(report.form, cell)))


@cache
def _grouped(form: Form, cell: str) -> tuple[str, ...]:
    return grouped(form, cell)
