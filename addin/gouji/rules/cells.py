"""The states of single cells (``cell-number``, ``cell-blank``, ``cell-money``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..form import Cell, Form
from ..report import Report
from .context import Context
from .finding import Finding

#: Blank cells are named one by one up to this many; after that the rest is counted.
_NAMED = 3


def cell_label(cell: Cell) -> str:
    """「row」「column」 in the printed words of the form."""
    return f"「{cell.row.key}」「{cell.column.label}」"


def covered(report: Report, cell_id: str) -> bool:
    """True where the declaration 空白单元格均为 0 covers the blank cell (form/README.md, “Blank, 0 and /”).

    It never covers a total whose parts are not all 0 or blank.
    """
    if not report.blank_is_zero:
        return False
    equations = [e for e in report.form.equations_of[cell_id] if e.kind != "balance" and cell_id in e.right]
    return not any(report.number(part) for e in equations for part in e.left)


def check_cells(report: Report, context: Context) -> Iterator[Finding]:
    """Illegal numbers first, then what could not be read, then blanks, one finding a table."""
    form = report.form
    unreadable = {u.place: u.text for u in report.unplaced}
    for cell in form.cells:
        value = report.value(cell.id)
        if cell.kind.legal(value) and cell.place not in unreadable:
            continue
        rule = context.catalogue["cell-money" if cell.kind.money else "cell-number"]
        if not rule.off:
            shown = unreadable.get(cell.place) or cell.kind.show(value)
            yield rule.finding(cell.id, (cell.id,), row=cell.row.key, column=cell.column.label, value=shown)
    if not context.catalogue["cell-blank"].off:
        yield from _blanks(report, form, context, set(unreadable))


def _blanks(report: Report, form: Form, context: Context, unreadable: set[str]) -> Iterator[Finding]:
    for table in form.tables.values():
        blank = [
            c.id
            for c in table.cells
            if report.is_blank(c.id) and c.place not in unreadable and not covered(report, c.id)
        ]
        if blank:
            yield blank_finding(report, context, blank)


def blank_finding(report: Report, context: Context, cells: Sequence[str], note: str = "") -> Finding:
    """One finding on blank cells of one table. ``note``: what is known of their numbers (see ``locate``).

    Only where many are blank the remedy speaks of the declaration 空白单元格均为 0: it turns every blank
    into 0, a forgotten one too.
    """
    rule, blank = context.catalogue["cell-blank"], [report.form.by_id[c] for c in cells]
    table = report.form.tables[blank[0].table]
    places = "、".join(map(cell_label, blank[:_NAMED])) + (" 等" if len(blank) > _NAMED else "")
    return rule.finding(
        table.id,
        tuple(cells),
        remedy="many" if len(blank) >= rule.parameters["many"] else None,
        table=table.section.title,
        count=len(blank),
        places=places,
        note=note,
    )
