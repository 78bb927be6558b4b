"""Outliers against last year and against other units.

A count is an outlier when it differs from what is expected by a factor, by a number, and by more
than chance: (a − e)² ≥ z²·(a + e), the size term that keeps 1 → 3 silent. Results are expected in
proportion to the number of requests processed: twice the requests, twice the refusals. All in whole
numbers; ``expected`` is a fraction n/d.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ..form import Block, Form, TableKey
from ..report import Report
from .catalogue import Catalogue, Rule
from .context import Context
from .deciders import compares, decides
from .finding import Finding
from .numbers import Numbers, comparable_rows

_TABLES: tuple[TableKey, ...] = ("table3", "table4")


def deviates(actual: int, expected: Fraction, given: Mapping[str, Any]) -> bool:
    """Whether ``actual`` is an outlier, ``given`` the thresholds of the rule's entry."""
    difference = abs(actual - expected)
    low, high = sorted((Fraction(actual), expected))
    chance = given["deviations"] ** 2 * (actual + expected)
    return bool(
        difference >= given["difference_from"]
        and high >= given["factor"] * max(low, Fraction(1))
        and difference**2 >= chance
    )


@decides("outlier-year")
def _outlier_year(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Each row of 三 and each block of 四 by its total, against last year."""
    prior = context.last_year(report)
    if prior is None:
        return
    given = rule.parameters
    this, last = Numbers(report, sums=True), Numbers(prior, sums=True)
    whole, whole_before = this(given["whole"]), last(given["whole"])
    for cell_id, row_id, line in lines_of(report.form, prior.form, given):
        number, before = this(cell_id), last(cell_id)
        if number is None or before is None:
            continue
        cells = tuple(c for c in (cell_id,) if c in report.form.by_id)
        level = None if row_id in given["steady"] else rule.no_graver_than("volatile_level")
        if row_id in given["sizes"]:
            if deviates(number, Fraction(before), given):
                yield rule.finding(
                    cell_id, cells, left=number, right=before, message="size", level=level, line=line
                )
        elif whole is not None and whole_before:
            expected = Fraction(before * whole, whole_before)
            if deviates(number, expected, given) and deviates(number, Fraction(before), given):
                yield rule.finding(
                    cell_id,
                    cells,
                    left=number,
                    right=before,
                    level=level,
                    line=line,
                    expected=round(expected),
                )


@compares("outlier-peers")
def peer_outliers(reports: Sequence[Report], catalogue: Catalogue) -> list[tuple[int, Finding]]:
    """Rows of 三 and blocks of 四 whose share of all processed requests stands out among the reports.

    Returns (index into ``reports``, finding). Each unit is compared with the pool of the others, so
    that a large unit does not hide itself; below ``peers_from`` others nothing is said. The finding's
    only number is the unit's own: an explanation must not fall because another unit corrected itself.
    """
    rule = catalogue["outlier-peers"]
    if rule.off:
        return []
    given = rule.parameters
    readers = [Numbers(report, sums=True) for report in reports]
    wholes = [reader(given["whole"]) for reader in readers]
    found: list[tuple[int, Finding]] = []
    forms = {id(report.form): report.form for report in reports}
    lines = {x for form in forms.values() for other in forms.values() for x in lines_of(form, other, given)}
    for cell_id, _, line in sorted(lines):
        pool = [
            (i, number, whole)
            for i, (reader, whole) in enumerate(zip(readers, wholes, strict=True))
            if whole is not None and (number := reader(cell_id)) is not None
        ]
        found.extend(_among(rule, cell_id, line, pool, reports))
    return sorted(found, key=lambda each: each[0])


def _among(
    rule: Rule, cell_id: str, line: str, pool: Sequence[tuple[int, int, int]], reports: Sequence[Report]
) -> Iterator[tuple[int, Finding]]:
    numbers, wholes = sum(n for _, n, _ in pool), sum(w for _, _, w in pool)
    for i, number, whole in pool:
        others = wholes - whole
        if len(pool) <= rule.parameters["peers_from"] or others <= 0:
            continue
        share = (numbers - number) * whole
        if abs(number * others - share) < rule.parameters["difference_from"] * others:
            continue  # not without fractions, which take longest
        expected = Fraction(share, others)
        if deviates(number, expected, rule.parameters):
            cells = tuple(c for c in (cell_id,) if c in reports[i].form.by_id)
            finding = rule.finding(
                cell_id,
                cells,
                left=number,
                line=line,
                expected=round(expected),
                count=len(pool) - 1,
            )
            yield i, finding


def lines_of(form: Form, other: Form, given: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """(cell id, row or group id, printed words) of each row that both forms can be read by."""
    for key in _TABLES:
        table = form.tables[key]
        for block in table.blocks:
            for row_id in comparable_rows(block.rows, other, table.id):
                if row_id not in given["skip"]:
                    yield f"{table.id}.{row_id}.{given['column']}", row_id, _printed(block, row_id)


def _printed(block: Block, row_id: str) -> str:
    groups = {g.id: g.label for row in block.rows for g in row.under}
    return groups.get(row_id) or next(row.key for row in block.rows if row.id == row_id)
