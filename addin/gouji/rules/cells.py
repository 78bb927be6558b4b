"""The states of single cells (``cell-number``, ``cell-blank``, ``cell-money``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from ..form import KINDS, TableKey, Value
from ..report import Report
from .context import Context
from .finding import Finding
from .named import cell_label as cell_label
from .named import named
from .numbers import unsound
from .plain import SHOWN, short


def as_declared(report: Report, cell_id: str) -> Value:
    """What a cell says to whoever reads the form: its content; 0 where it is blank and the declaration covers
    it."""
    value = report.value(cell_id)
    return 0 if value is None and report.is_sound(cell_id) and report.covers(cell_id) else value


#: How a cell may be that is not simply filled: blank, blank and declared to be 0, no number of its kind.
CellState = Literal["blank", "declared", "illegal"]


def cells_that_are(report: Report, table: TableKey, what: CellState) -> list[str]:
    """Ids of the cells of one table in this state; no cell is in two."""
    cells = report.form.tables[table].cells
    bad = unsound(report, cells)
    if what == "illegal":
        return [c.id for c in cells if c.id in bad]
    blank = (c.id for c in cells if report.values.get(c.id) is None and c.id not in bad)
    return [c for c in blank if report.covers(c) is (what == "declared")]


def check_empty(report: Report, context: Context) -> Iterator[Finding]:
    """A form in which nobody typed anything: no number, no "/", no text. The declaration is no content."""
    rule = context.catalogue["form-empty"]
    if not rule.off and not says_something(report):
        yield rule.finding("form", message="declared" if report.blank_is_zero else None)


def says_something(report: Report) -> bool:
    """Whether anybody typed anything beside the cover, be it where no cell of the form stands."""
    if report.values or report.notes or any((report.texts or {}).values()):
        return True
    sheets = {section.number for section in report.form.sections}
    places = (u.place.partition("!") for u in report.unplaced)
    return any(not mark or sheet in sheets for sheet, mark, _ in places)


def check_cells(report: Report, context: Context) -> Iterator[Finding]:
    """Illegal numbers first, then blanks, then what the declaration made 0, one finding a table."""
    form = report.form
    unreadable = {u.place: u.text for u in report.unplaced}
    for cell_id in (c for key in form.tables for c in cells_that_are(report, key, "illegal")):
        cell = form.by_id[cell_id]
        if report.is_blank(cell_id) and cell_id in report.unread:
            continue  # said by cell-unread
        rule = context.catalogue["cell-money" if cell.kind.money else "cell-number"]
        if not rule.off:
            value = cell.kind.show(report.value(cell_id))
            typed = unreadable.get(cell.place) or report.as_text.get(cell_id) or value
            negative = not cell.kind.money and report.number(cell_id) < 0
            large = cell.kind.money and _too_large(typed)
            texts = {"as_text": cell_id in report.as_text, "negative": negative, "large": bool(large)}
            yield rule.finding(
                cell_id,
                (cell_id,),
                message=next((key for key, so in texts.items() if so), None),
                row=cell.row.short,
                column=cell.column.short,
                value=typed if len(typed) <= SHOWN else short(typed),
                read=value,
                in_wan=large,
            )
    for key, table in form.tables.items():
        if not context.catalogue["cell-blank"].off and (blank := cells_that_are(report, key, "blank")):
            yield blank_finding(report, context, blank)
        rule = context.catalogue["cell-declared"]
        if not rule.off and (count := len(cells_that_are(report, key, "declared"))):
            said = "blank_is_zero" if report.blank_is_zero is True else f"blank_is_zero.{key}"
            yield rule.finding(table.id, table=table.section.number, count=count).but(field=said)


def _too_large(typed: str) -> str:
    """An amount beyond what is read, as it would be if it was typed in 元; "" for anything else."""
    if not re.fullmatch("[0-9]{10,15}(?:[.][0-9]{1,2})?", typed):
        return ""
    return KINDS["money"].show(int(Decimal(typed) * 100))


def blank_finding(
    report: Report, context: Context, cells: Sequence[str], note: str = "", *, zeros: bool = True
) -> Finding:
    """One finding on blank cells of one table. ``note``: what is known of their numbers (see ``locate``);
    ``zeros``: false where that rules out that all are 0.

    Only where many are blank the remedy speaks of the declaration 空白单元格均为 0: it turns every blank
    into 0, a forgotten one too. Where it was made and counts for nothing, it says why.
    """
    rule, form = context.catalogue["cell-blank"], report.form
    what, places = named(form, cells, rule.parameters["phrases"])
    table = form.tables[form.by_id[cells[0]].table]
    remedy = None
    if report.declares(table.key):
        remedy = None if report.is_typed else "untyped"
    elif zeros and len(cells) >= rule.parameters["many"]:
        remedy = "many"
    return rule.finding(
        table.id,
        tuple(cells),
        remedy=remedy,
        table=table.section.number,
        what=what,
        places=places,
        note=note,
    )
