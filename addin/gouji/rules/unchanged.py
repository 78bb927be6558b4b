"""Tables in which every number is last year's: the wrong year's file, or one that was never filled."""

from __future__ import annotations

from collections.abc import Iterator

from ..form import Table
from ..form.model import TABLE_IDS
from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .numbers import Numbers

RULE = "unchanged-tables"


@decides(RULE)
def _unchanged_tables(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding for all such tables; its place names them (``t2.t3``), its cells are those of one of them.

    Small tables are alike by chance: silent below ``from`` applications, on tables with fewer than
    ``filled_from`` numbers that are not 0, and where these are less than ``from`` together.
    """
    prior, given = context.last_year(report), rule.parameters
    received = Numbers(report, sums=True)(given["cell"])
    if context.summed or prior is None or received is None or received < given["from"]:
        return
    tables = report.form.tables.values()
    same = [t for t in tables if _same(report, prior, t)]
    telling = [t for t in same if _telling(report, t, given["from"], given["filled_from"])]
    if not telling:
        return
    named = next((t for t in telling if given["cell"] in {c.id for c in t.cells}), telling[0])
    every = len(same) == len(tables)
    yield rule.finding(
        ".".join(TABLE_IDS[t.key] for t in telling),
        tuple(c.id for c in named.cells),
        message="report" if every else None,
        tables=[given["phrases"]["table"].format(number=t.section.number) for t in telling],
    ).but(area=True)


def _same(report: Report, prior: Report, table: Table) -> bool:
    """Blank and "/" count 0. Tables of two editions are not alike."""
    if prior.form.tables[table.key].edition != table.edition:
        return False
    return all(report.number(c.id) == prior.number(c.id) for c in table.cells)


def _telling(report: Report, table: Table, least: int, filled: int) -> bool:
    numbers = [n for c in table.cells if (n := abs(report.number(c.id)))]
    return len(numbers) >= filled and sum(numbers) >= least
