"""Writes workbooks: the blank template, a filled form, a city's workbook.

XlsxWriter writes every workbook of the project. It stores the value that a formula shows together
with the formula, which openpyxl can not, knows array formulas, code names and constant memory, and
imports in a third of the time. openpyxl is the oracle in the tests instead. The only thing that it
lacks, the lock on the workbook's structure, is added when the parts are put in order.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import replace

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...form import Form
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, catalogue
from ..layout import Layout, layout_of
from ..limits import fitted, long_notes
from ..packing import write_parts
from ..pasting.formulas import PasteFormulas
from ..pasting.sheet import ROLES, Role, paste_sheet
from ..pasting.taken import Contents, as_contents, last_year
from ..seal import Seal
from ..wording import marks, wording
from .book import Book
from .check import write_check
from .context import Writing, write_live
from .cover import write_cover
from .data import write_data
from .help import write_help
from .limits import CannotWrite, check_room
from .pasting import write_pasting
from .styles import COLOURS, TABS, Styles
from .tables import write_table
from .texts import write_text

__all__ = [
    "COLOURS",
    "CREATED",
    "CannotWrite",
    "Extra",
    "Result",
    "Styles",
    "Writing",
    "write_live",
    "write_workbook",
]

#: Adds sheets of a city after the form's own.
Extra = Callable[[Writing, xlsxwriter.Workbook], None]


@dataclass(frozen=True)
class Result:
    """A city's workbook, which nobody fills. ``first``: the sheet in front of the form's, on which it opens;
    ``extra`` writes it, and 填报说明 for the office. ``leads``: cell id -> where in the book its number
    leads, and what is said of the link."""

    first: str
    leads: Mapping[str, tuple[str, str]]


#: Builds are reproducible, so a file says when its format was laid down, not when it was written.
CREATED = datetime.datetime(2021, 1, 1)


def write_workbook(
    report: Report,
    *,
    prior: Report | None = None,
    rules: Catalogue | None = None,
    locked: bool = False,
    seal: Seal | None = None,
    macros: bool = False,
    extra: Extra | None = None,
    pointer: str | None = None,
    pasted: Mapping[Role, Contents] | None = None,
    result: Result | None = None,
) -> bytes:
    """The bytes of an .xlsx that holds ``report`` (a blank form where it has no values).

    ``prior`` is written into 上年 as the tables of its own edition. ``pasted``: what the zones of 上年 and
    粘贴区 held in the file that this one is made of, which goes before ``prior``. ``locked``: typed cells are
    locked as well. ``macros``: with buttons, and 诊断 by its UDF, for :func:`..packing.add_macros`.
    ``pointer``: how a result's note ends that was cut to fit; the very hidden sheet keeps it whole.
    ``result``: what a city's workbook is beyond a form; anybody may add sheets to it. Raises
    :class:`CannotWrite` where the report holds more than the workbook has room for.
    """
    report, whole = _with_room(report, pointer)
    book = Book()
    layout = layout_of(report.form)
    rules = rules or catalogue()
    zones = _zones(report, prior, pasted or {})
    said = last_year(report.form, zones["last_year"].contents)
    leads = result.leads if result else {}
    writing = Writing(report, said, layout, Styles(book), rules, locked, seal, macros, whole, zones, leads)
    sheets = _sheets(book, layout, result)
    _form(writing, sheets, with_help=not result)
    if extra:
        extra(writing, book)
    write_data(writing, sheets[marks("sheets")["data"]], [s.name for s in book.worksheets()])
    parts = book.parts()
    if not result:
        parts["xl/workbook.xml"] = _lock_structure(parts["xl/workbook.xml"])
    return write_parts(parts)


def _with_room(report: Report, pointer: str | None) -> tuple[Report, Mapping[str, str]]:
    """The report with notes that fit their cells, and those that are cut, whole. Raises :class:`CannotWrite`
    where anything else does not fit."""
    whole = long_notes(report)
    if whole:
        ending = pointer or wording("room")["cut"]
        report = replace(report, notes={m: fitted(t, ending) for m, t in report.notes.items()})
    check_room(report)
    return report, whole


def _sheets(book: Book, layout: Layout, result: Result | None) -> dict[str, Worksheet]:
    """The form's sheets by their names, empty; in front of them that on which a result opens."""
    codes, names = marks("code_names"), marks("sheets")
    book.set_properties({"title": layout.form.title, "created": CREATED})
    book.set_vba_name(codes["workbook"])
    if result:
        book.add_worksheet(result.first)
    sheets = {name: book.add_worksheet(name) for name in layout.sheet_names}
    by_role = {str(names[role]): role for role in names}
    for name, sheet in sheets.items():
        sheet.set_vba_name(codes[by_role.get(name, name)])
        sheet.hide_gridlines(2)
        sheet.set_tab_color(TABS[_role(layout.form, name, by_role.get(name, ""))])
    return sheets


def _form(writing: Writing, sheets: Mapping[str, Worksheet], *, with_help: bool) -> None:
    """封面, the sections, 校验, 上年 and 粘贴区; 填报说明 where somebody fills them."""
    names, layout = marks("sheets"), writing.layout
    write_cover(writing, sheets[names["cover"]])
    for section in layout.form.sections:
        if section.table:
            write_table(writing, sheets[section.number], layout.tables[section.table])
        else:
            write_text(writing, sheets[section.number], section)
    write_check(writing, sheets[names["check"]])
    for role in ROLES:
        write_pasting(writing, sheets[names[role]], paste_sheet(layout.form, role))
    if with_help:
        write_help(writing, sheets[names["help"]])


def _role(form: Form, name: str, own: str) -> str:
    """What a sheet is for, as its tab's colour says it. ``own``: its key among the sheets beyond sections."""
    for section in form.sections:
        if section.number == name:
            return "table" if section.table else "text"
    return own if own in TABS else "helper"


def _zones(
    report: Report, prior: Report | None, pasted: Mapping[Role, Contents]
) -> dict[Role, PasteFormulas]:
    """What the zones of 上年 and 粘贴区 hold, with their formulas."""
    given: dict[Role, Contents] = {"last_year": as_contents(prior) if prior else {}, "pasting": {}, **pasted}
    return {role: PasteFormulas(paste_sheet(report.form, role), report.form, given[role]) for role in ROLES}


def _lock_structure(part: bytes) -> bytes:
    """No sheet can be added, renamed or removed by accident; no password."""
    before, mark, after = part.partition(b"<bookViews>")
    assert mark
    return before + b'<workbookProtection lockStructure="1"/>' + mark + after
