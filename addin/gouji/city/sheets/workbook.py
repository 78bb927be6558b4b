"""The city's workbook: the official tables as values, and where every figure comes from.

Beside the form's own sheets: 明细 (a row a unit, a column a cell, summed by formulas and compared live
with the tables), 调整 and 结转核对 where there are any, 报送情况 (who sent what, in what state), 问题
(every finding), 附注全文 where there are notes. And the small lists: the roster, and whom to remind.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from ...marks import marks_of
from ...wording import wording_of
from ...workbook.kind import list_rows
from ...workbook.limits import fitted
from ...workbook.wording import marks
from ...workbook.writer import CREATED, Styles, Writing, write_workbook
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..consolidate import Consolidation
from ..intake.roster import Roster
from ..intake.sorting import status_label
from .change_sheets import write_adjustments, write_handover
from .detail import Detail
from .intake_sheets import write_intake, write_problems
from .notes import pointer, write_notes

#: Above this many units 明细 goes to a file of its own, written row by row.
DETAIL_LIMIT = 2000


def city_workbook(city: Consolidation, *, detail: bool = True) -> bytes:
    """The .xlsx of ``<name>_<year>_汇总.xlsx``. ``detail``: with the sheet 明细."""

    def extra(writing: Writing, book: xlsxwriter.Workbook) -> None:
        names = marks_of("gouji.city", "sheets")
        if detail:
            Detail(city, writing.styles, writing).write(book.add_worksheet(names["detail"]))
        if city.adjustments:
            write_adjustments(city, writing, book.add_worksheet(names["adjustments"]))
        if city.handover:
            write_handover(city, city.handover, writing, book.add_worksheet(names["handover"]))
        if city.note_origins:
            write_notes(city, writing, book.add_worksheet(names["notes"]))
        write_intake(city, writing.styles, book, book.add_worksheet(names["intake"]))
        write_problems(city, writing.styles, book.add_worksheet(names["problems"]))

    return write_workbook(
        city.report, prior=city.prior, rules=city.rules, locked=True, extra=extra, pointer=pointer()
    )


def detail_workbook(city: Consolidation) -> bytes:
    """明细 alone, in constant memory, for thousands of units."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    name = marks_of("gouji.city", "sheets")["detail"]
    Detail(city, Styles(book), None).write(book.add_worksheet(name))
    _write_kind(book, list_rows("detail", city.report.unit, city.report.year))
    book.close()
    return out.getvalue()


# ---------------------------------------------------------------- lists


def roster_workbook(roster: Roster) -> bytes:
    """A roster as .xlsx, with the heads that :func:`gouji.city.intake.roster.read_roster` knows."""
    columns = marks_of("gouji.city", "roster.columns")
    rows = [(unit.name, unit.code, unit.kind) for unit in roster.units]
    heads = [(columns[key], width) for key, width in (("name", 34), ("code", 14), ("kind", 20))]
    return _list(list_rows("roster"), heads, rows)


def reminder_workbook(city: Consolidation) -> bytes:
    """催报名单: the units that are not in the sum, and what each has to do."""
    heads = wording_of("gouji.city", "reminder")["heads"]
    rows = [
        (row.unit.name, row.unit.code, row.unit.kind, status_label(row.status), "；".join(row.remarks))
        for row in city.left_out
    ]
    kind = list_rows("reminder", city.report.unit, city.report.year)
    return _list(kind, list(zip(heads, (30, 14, 18, 24, 58), strict=True)), rows)


def _list(
    kind: Sequence[tuple[str, str]], heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """A plain list of texts as .xlsx. ``kind``: what it says of itself; ``heads``: text and width."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    styles = Styles(book)
    sheet = book.add_worksheet(marks_of("gouji.city", "sheets")[dict(kind)["kind"]])
    for i, (head, width) in enumerate(heads):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, head, styles.get("head"))
    for at, row in enumerate(rows, 1):
        for i, text in enumerate(row):
            sheet.write_string(at, i, fitted(text), styles.get("boxed"))
        sheet.set_row(at, row_height(zip(row, (width for _, width in heads), strict=True)))
    sheet.freeze_panes(1, 1)
    list_page(sheet, 0)
    _write_kind(book, kind)
    book.close()
    return out.getvalue()


def _write_kind(book: xlsxwriter.Workbook, rows: Iterable[Sequence[str]]) -> None:
    """The very hidden sheet, by which the program knows its own lists again."""
    sheet = book.add_worksheet(marks("sheets")["data"])
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            sheet.write_string(i, j, text)
    sheet.very_hidden()
