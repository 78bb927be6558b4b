"""填报说明: how a clerk fills the form, on one page, with the colours as they appear."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import Table
from ..layout import Area
from ..wording import wording
from .context import Writing
from .heights import row_height
from .styles import COLOURS, page, protect, unprinted

#: Widths in characters: numbers, a label, four cells as on the form, what is said beside them.
_WIDTHS = (4, 22, 8, 8, 8, 8, 40)
_LABEL, _CELLS, _SAID = 1, 2, 6
_LOW = 20
#: Letters on the strong fills.
_INKS = {"wrong": "#FFFFFF", "illegal": COLOURS["wrong"]}


def write_help(writing: Writing, sheet: Worksheet) -> None:
    w = wording("help")
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, w["title"], writing.style("caption", font_size=16))
    row = 2
    for title, lines in w["parts"]:
        row = _part(writing, sheet, row, title, lines)
    _colours(writing, sheet, row)
    page(sheet, landscape=False, one_page=True)
    unprinted(sheet)
    protect(sheet)


def _part(writing: Writing, sheet: Worksheet, row: int, title: str, lines: list[str]) -> int:
    """A heading and its numbered sentences; returns the row after them."""
    form = writing.layout.form
    sheet.write_string(row, 0, title, writing.style("caption"))
    width = sum(_WIDTHS[_LABEL:])
    for number, line in enumerate(lines, 1):
        row += 1
        text = line.format(edition=form.edition, notice=form.notice)
        top = {"valign": "top"}
        sheet.write_string(row, 0, f"{number}.", writing.style("wrapped", align="right", **top))
        area = Area("", row + 1, _LABEL + 1, row + 1, len(_WIDTHS))
        writing.merge(sheet, area, text, "wrapped", **top)
        sheet.set_row(row, row_height([(text, width)]) + 2)
    return row + 2


def _colours(writing: Writing, sheet: Worksheet, row: int) -> None:
    """A row of 表三 with a wrong cell, as the sheet paints it; then each colour with its meaning."""
    w = wording("help.example")
    sheet.write_string(row, 0, w["title"], writing.style("caption"))
    table = writing.layout.form.tables["table3"]
    _example(writing, sheet, row + 1, table, w)
    row += 4
    for look, (shown, says) in w["looks"].items():
        sheet.write_string(row, _CELLS, shown, _painted(writing, look))
        sheet.write_string(row, _CELLS + 1, says, writing.style("plain", indent=1))
        sheet.set_row(row, _LOW)
        row += 1


def _example(writing: Writing, sheet: Worksheet, row: int, table: Table, w: dict[str, Any]) -> None:
    """Head and row of the form: the first columns and the total, the wrong cell as the sheet names it."""
    shown, wrong = w["shown"], w["wrong"]
    columns = [*table.grid.columns[: len(shown) - 1], table.grid.columns[-1]]
    results = next(line for line in table.rows() if line.is_total).total_of
    label = next(line.label for line in table.rows() if line.id == results[0])
    sheet.write_blank(row, _LABEL, None, writing.style("head"))
    sheet.write_string(row + 1, _LABEL, label, writing.style("boxed"))
    for i, (column, number) in enumerate(zip(columns, shown, strict=True)):
        sheet.write_string(row, _CELLS + i, column.label, writing.style("head", font_size=8))
        look = "wrong" if i == wrong else "row"
        sheet.write_number(row + 1, _CELLS + i, number, _painted(writing, look))
    said = w["says"].format(column=columns[wrong].label, now=shown[wrong], due=w["due"])
    sheet.write_string(row + 1, _SAID, said, writing.style("plain", indent=1, font_color=COLOURS["bad"]))
    sheet.set_row(row + 1, _LOW)


def _painted(writing: Writing, look: str) -> Any:
    ink = {"font_color": _INKS[look], "bold": True} if look in _INKS else {}
    return writing.style("boxed", align="center", bg_color=COLOURS[look], **ink)
