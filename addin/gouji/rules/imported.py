"""What a person should know of how a published text was read: cells left unread first.

Decided from the report alone (``read``, ``unread``), so that a workbook made of it says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ..form import Cell, Table
from ..report import Report, Unread
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .plain import short
from .prose import stated_numbers

#: Readings of one cell that are named.
_READINGS = 5


@decides("cell-unread")
def _cell_unread(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a cell, or for the cells of one row that the source has as one text."""
    stated = stated_numbers(report, context.catalogue) if report.unread else {}
    groups: dict[tuple[str, str, str, str], list[Cell]] = {}
    for cell in report.form.cells:
        unread = report.unread.get(cell.id)
        if unread and report.is_blank(cell.id):
            groups.setdefault((cell.table, cell.row.id, unread.where, unread.text), []).append(cell)
    words = rule.parameters["phrases"]
    for cells in groups.values():
        said = [one for cell in cells for one in stated.get(cell.id, ())]
        beside = (words["beside"].format(number=number, excerpt=excerpt) for number, excerpt in said[:1])
        unread = report.unread[cells[0].id]
        yield rule.finding(
            cells[0].id,
            tuple(cell.id for cell in cells),
            message=None if unread.text.strip() else "nothing",
            named=_named(rule, report, cells),
            where=unread.where,
            text=short(unread.text),
            readings=_readings(rule, report, cells),
            beside="".join(beside),
        )


def _named(rule: Rule, report: Report, cells: list[Cell]) -> str:
    words, row, first = rule.parameters["phrases"], cells[0].row.key, cells[0]
    if len(cells) == 1:
        return str(words["cell"].format(row=row, column=first.column.label))
    if len(cells) == sum(c.row.id == first.row.id for c in report.form.tables[first.table].cells):
        return str(words["row"].format(row=row, count=len(cells)))
    columns = "".join(words["column"].format(column=cell.column.label) for cell in cells)
    return str(words["cells"].format(row=row, count=len(cells), columns=columns))


def _readings(rule: Rule, report: Report, cells: list[Cell]) -> str:
    """What the cells may be, in words; "" where that is open."""
    words = rule.parameters["phrases"]

    def shown(unread: Unread) -> str:
        return str(words["or"].join(unread.readings[:_READINGS]))

    known = [cell for cell in cells if report.unread[cell.id].readings]
    if len(cells) == 1:
        said = [shown(report.unread[cell.id]) for cell in known]
    else:
        said = [
            words["reading_of"].format(column=cell.column.label, readings=shown(report.unread[cell.id]))
            for cell in known
        ]
    return str(words["reading"].format(readings="、".join(said))) if said else ""


@decides("import-derived")
def _derived(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Once a table: how many cells were cut out of glued digits, how many rows follow from their order."""
    words = rule.parameters["phrases"]
    for table in report.form.tables.values():
        by_how: dict[str, list[Cell]] = {how: [] for how in words}
        for cell in table.cells:
            origin = report.read.get(cell.id)
            if origin and origin.how in by_how:
                by_how[origin.how].append(cell)
        counts = {"cut": len(by_how["cut"]), "order": len({cell.row.id for cell in by_how["order"]})}
        parts = [words[how].format(count=count) for how, count in counts.items() if count]
        if parts:
            derived = {cell.id for cells in by_how.values() for cell in cells}
            yield rule.finding(
                table.id,
                tuple(cell.id for cell in table.cells if cell.id in derived),
                table=table.section.title,
                parts="，".join(part.strip() if n else part for n, part in enumerate(parts)),
            )


@decides("import-unlisted")
def _unlisted(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Cells of which the source has neither a content nor a blank, and which nobody filled since."""
    if not report.read and not report.unread:
        return
    for table in report.form.tables.values():
        absent = [c for c in table.cells if _is_absent(report, c)]
        if not absent:
            continue
        whole = len(absent) == len(table.cells)
        rows = _rows(rule, table, absent)
        yield rule.finding(
            table.id,
            tuple(cell.id for cell in absent),
            level=rule.parameters["table_level"] if whole else None,
            message="table" if whole else None,
            table=table.section.title,
            rows="".join(rows),
            count=len(absent),
        )


def _is_absent(report: Report, cell: Cell) -> bool:
    return report.is_blank(cell.id) and cell.id not in report.read and cell.id not in report.unread


def _rows(rule: Rule, table: Table, absent: list[Cell]) -> list[str]:
    counts = Counter(cell.row.id for cell in absent)
    phrase = rule.parameters["phrases"]["row"]
    return [phrase.format(row=row.key) for row in table.rows() if counts[row.id]]


@decides("import-money-unit")
def _money_unit(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """An amount whose unit is written nowhere, unless a person confirmed it."""
    for cell in report.form.cells:
        origin = report.read.get(cell.id)
        if origin and origin.assumed and report.value(cell.id) and cell.id not in report.confirmed:
            yield rule.finding(
                cell.id,
                (cell.id,),
                row=cell.row.key,
                column=cell.column.label,
                text=short(origin.text),
                unit=origin.assumed,
            )
