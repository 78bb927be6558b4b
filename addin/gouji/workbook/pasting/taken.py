"""What was found in a zone as a report, and a report as what stands in a zone."""

from __future__ import annotations

from collections.abc import Mapping

from ...form import FEN_PER_WAN, Form, printed_grid
from ...report import Report
from ...rules.cells import as_declared
from ..reading.cells import Position, RawCell
from ..reading.typed import Typed, is_reckoned, typed
from .decide import Found, find
from .sheet import ZONE_TOP, paste_sheet

Contents = Mapping[Position, RawCell]


def last_year(form: Form, contents: Contents) -> Report | None:
    """What 上年 holds, without a unit and a year; None where it holds nothing of the form."""
    sheet = paste_sheet(form, "last_year")
    return as_report(form, find(sheet, form, contents), contents)[0]


def as_report(
    form: Form, found: Found, contents: Contents, *, from_1904: bool = False
) -> tuple[Report | None, dict[str, Typed]]:
    """The report, and how each content was read by cell id. ``from_1904``: how the workbook counts days."""
    report, read = Report(form), {}
    for cell_id, at in found.cells.items():
        raw = contents.get(at)
        if raw is None:
            continue
        one = read[cell_id] = typed(form.by_id[cell_id], raw, from_1904=from_1904)
        if one.value is not None:
            report.values[cell_id] = one.value
        if not is_reckoned(raw, one.value):
            report.as_text[cell_id] = raw.raw
    return (report if report.values or report.as_text else None), read


def as_contents(report: Report) -> dict[Position, RawCell]:
    """The tables of a report as they are printed in its own edition, one below the other in a zone.

    What a declaration says of blank cells is no content of a cell and is written out: 0.
    """
    found: dict[Position, RawCell] = {}
    top = ZONE_TOP
    for table in report.form.tables.values():
        found[top, 1] = _text(table.section.title)
        grid = printed_grid(table)
        for box in grid.boxes:
            at = top + 1 + box.row, 1 + box.column
            if not box.cell:
                if box.text:
                    found[at] = _text(box.text)
            elif (value := as_declared(report, box.cell)) is not None:
                found[at] = _content(value, report.form.by_id[box.cell].kind.money)
        top += grid.rows + 2
    return found


def _text(text: str) -> RawCell:
    return RawCell(text, text, "text", False)


def _content(value: int | str, money: bool) -> RawCell:
    if isinstance(value, str):
        return _text(value)
    number = value / FEN_PER_WAN if money else value
    return RawCell(number, repr(number), "number", False)
