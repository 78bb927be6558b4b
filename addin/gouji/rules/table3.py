"""Table 三 beyond its equations: plausibility, fees, withdrawn requests (RULES 16, 17, 18, 36)."""

from __future__ import annotations

from collections.abc import Iterator

from ..form import SLASH, Table
from ..report import Report
from .catalogue import Rule
from .context import Context
from .finding import Finding
from .numbers import Numbers
from .plain import find, mentions, sections


def check_table3(report: Report, context: Context) -> Iterator[Finding]:
    """Sums stand in for totals in error; a cell that an error names is unknown (see ``numbers``)."""
    table = report.form.tables["table3"]
    this = Numbers(report, sums=True)
    for rule in (context.catalogue[i] for i in ("pending-share", "other-share")):
        if context.catalogue.active(rule.id, report.form):
            yield from _share(rule, table, this)
    yield from _nothing_processed(context, table, this)
    yield from _fees(report, context, table, this)
    for rule in (context.catalogue[i] for i in ("withdrawn", "split-handled")):
        if context.catalogue.active(rule.id, report.form):
            yield from _told_but_zero(rule, report, table, this)
    yield from _all_zero(report, context, table, this)


def _share(rule: Rule, table: Table, this: Numbers) -> Iterator[Finding]:
    """part ≥ ``from`` and more than ``percent`` of the whole; compared in whole numbers."""
    rows = rule.parameters["rows"]
    part_cell = f"{table.id}.{rows['part']}.{rows['column']}"
    whole_cells = tuple(f"{table.id}.{row}.{rows['column']}" for row in rows["whole"])
    part, whole = this(part_cell), this.sum(whole_cells)
    if part is None or whole is None:
        return
    if part >= rule.parameters["from"] and 100 * part > rule.parameters["percent"] * whole:
        yield rule.finding(part_cell, (part_cell, *whole_cells), left=part, right=whole)


def _nothing_processed(context: Context, table: Table, this: Numbers) -> Iterator[Finding]:
    """Only while the balance holds: where it does not, the missing results are that error's matter."""
    rule = context.catalogue["nothing-processed"]
    rows = rule.parameters["rows"]
    cells = tuple(f"{table.id}.{rows[name]}.{rows['column']}" for name in ("received", "processed"))
    received, processed = map(this, cells)
    if rule.off or table.balance is None or received is None or processed is None:
        return
    left, right = (
        this.sum(f"{table.id}.{row}.{rows['column']}" for row in side)
        for side in (table.balance.left, table.balance.right)
    )
    if left is not None and left == right and received >= rule.parameters["from"] and processed == 0:
        yield rule.finding(cells[1], cells, left=received, right=processed)


def _fees(report: Report, context: Context, table: Table, this: Numbers) -> Iterator[Finding]:
    """Section 六 that says that no fee was charged has reported it: only silence is a finding.

    Where requests ended for want of payment the warning is said; else the hint, where the edition of
    the report asks for fees in that section (the row belongs to the table, the section to the report).
    """
    if report.texts is None:
        return
    warning, hint = context.catalogue["fee-unreported"], context.catalogue["fee-silent"]
    texts = sections(report)

    def silent(rule: Rule) -> bool:
        given = rule.parameters
        active = context.catalogue.active(rule.id, report.form)
        return active and not mentions(texts.get(given["section"], ""), given["words"])

    cell = f"{table.id}.{warning.parameters['row']}.{warning.parameters['column']}"
    unpaid = this(cell)
    if unpaid and silent(warning):
        yield warning.finding(cell, (cell,), left=unpaid)
    elif silent(hint):
        section = hint.parameters["section"]
        yield hint.finding(section).but(section=section)


def _told_but_zero(rule: Rule, report: Report, table: Table, this: Numbers) -> Iterator[Finding]:
    """The prose speaks of such requests and the row where they belong is 0."""
    cells = (f"{table.id}.{row}.{rule.parameters['column']}" for row in rule.parameters["rows"])
    cell = next((c for c in cells if c in report.form.by_id), None)
    if cell is None or this(cell) != 0:
        return
    if told := find(report, rule.parameters["pattern"]):
        yield rule.finding(cell, (cell,), left=0, excerpt=told)


def _all_zero(report: Report, context: Context, table: Table, this: Numbers) -> Iterator[Finding]:
    """0 and "/" alike; a blank cell that nobody declared to be 0 leaves it undecided."""
    rule, prior = context.catalogue["all-zero"], context.last_year(report)
    if rule.off or prior is None:
        return
    before = Numbers(prior, sums=True)(f"{table.id}.{rule.parameters['row']}.{rule.parameters['column']}")
    if before is None or before < rule.parameters["from"]:
        return
    values = [report.value(c.id) for c in table.cells]
    if all(v in (0, SLASH) or (v is None and report.blank_is_zero) for v in values):
        yield rule.finding(table.id, left=0, right=before)
