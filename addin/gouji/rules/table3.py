"""Table 三 beyond its equations: plausibility, withdrawn requests.

Sums stand in for totals in error; a cell that an error names is unknown (see ``numbers``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..form import SLASH, TableKey
from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .numbers import Numbers
from .plain import find

_TABLE: TableKey = "table3"


def _cells(report: Report, rows: Iterable[str], column: str) -> tuple[str, ...]:
    return tuple(f"{report.form.tables[_TABLE].id}.{row}.{column}" for row in rows)


@decides("pending-share")
def _pending_share(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _share(rule, report)


@decides("other-share")
def _other_share(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _share(rule, report)


def _share(rule: Rule, report: Report) -> Iterator[Finding]:
    """part ≥ ``from`` and more than ``percent`` of the whole; compared in whole numbers."""
    this, rows = Numbers(report, sums=True), rule.parameters["rows"]
    (part_cell,) = _cells(report, [rows["part"]], rows["column"])
    whole_cells = _cells(report, rows["whole"], rows["column"])
    part, whole = this(part_cell), this.sum(whole_cells)
    if part is None or whole is None:
        return
    if part >= rule.parameters["from"] and 100 * part > rule.parameters["percent"] * whole:
        yield rule.finding(part_cell, (part_cell, *whole_cells), left=part, right=whole)


@decides("nothing-processed")
def _nothing_processed(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Only while the balance holds: where it does not, the missing results are that error's matter."""
    table, this, rows = report.form.tables[_TABLE], Numbers(report, sums=True), rule.parameters["rows"]
    cells = _cells(report, [rows["received"], rows["processed"]], rows["column"])
    received, processed = map(this, cells)
    if table.balance is None or received is None or processed is None:
        return
    left, right = (
        this.sum(_cells(report, side, rows["column"])) for side in (table.balance.left, table.balance.right)
    )
    if left is not None and left == right and received >= rule.parameters["from"] and processed == 0:
        yield rule.finding(cells[1], cells, left=received, right=processed)


@decides("withdrawn")
def _withdrawn(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _told_but_zero(rule, report)


@decides("split-handled")
def _split_handled(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    yield from _told_but_zero(rule, report)


def _told_but_zero(rule: Rule, report: Report) -> Iterator[Finding]:
    """The prose speaks of such requests and the row where they belong is 0."""
    cells = _cells(report, rule.parameters["rows"], rule.parameters["column"])
    cell = next((c for c in cells if c in report.form.by_id), None)
    if cell is None or Numbers(report, sums=True)(cell) != 0:
        return
    if told := find(report, rule.parameters["pattern"]):
        yield rule.finding(cell, (cell,), left=0, excerpt=told)


@decides("all-zero")
def _all_zero(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """0 and "/" alike; a blank cell that nobody declared to be 0 leaves it undecided."""
    table, prior = report.form.tables[_TABLE], context.last_year(report)
    if prior is None:
        return
    (cell,) = _cells(report, [rule.parameters["row"]], rule.parameters["column"])
    before = Numbers(prior, sums=True)(cell)
    if before is None or before < rule.parameters["from"]:
        return
    values = [report.value(c.id) for c in table.cells]
    if all(v in (0, SLASH) or (v is None and report.declared(_TABLE)) for v in values):
        yield rule.finding(table.id, left=0, right=before)
