"""Table 四 beyond its equations: relations to last year and to table 三, suits that two bodies may count."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .bodies import body_of
from .catalogue import Rule
from .context import Context
from .deciders import decided_in, decides
from .finding import Finding
from .numbers import Numbers
from .plain import find
from .relations import check_relations


def check_table4(report: Report, context: Context) -> Iterator[Finding]:
    """In the order of the catalogue, the relations first."""
    yield from check_relations(report, context, "table4")
    yield from decided_in(__name__, report, context)


@decides("suit-counted-once")
def _suit_counted_once(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A unit that may be the reconsideration body of its suits. Of a city's sum it is said which units may
    have counted the same (``city-double-count``)."""
    given, cell = rule.parameters, rule.parameters["cell"]
    suits = Numbers(report, sums=True)(cell)
    if not suits or context.government:
        return
    told = find(report, given["pattern"])
    if told:
        yield rule.finding(cell, (cell,), left=suits, why=given["phrases"]["told"].format(excerpt=told))
    elif body_of(report.unit, context, context.catalogue["money-size"].parameters) == "government":
        yield rule.finding(cell, (cell,), left=suits, why=given["phrases"]["government"])
