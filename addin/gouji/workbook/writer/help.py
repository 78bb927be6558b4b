"""填报说明: how a clerk fills the form, with the colours as they appear."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..wording import wording
from .context import Writing
from .styles import COLOURS, page, protect


def write_help(writing: Writing, sheet: Worksheet) -> None:
    w = wording("help")
    form = writing.layout.form
    sheet.set_column(0, 0, 6)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, w["title"], writing.style("caption", font_size=16))
    row = 2
    for title, lines in w["parts"]:
        sheet.write_string(row, 0, title, writing.style("caption"))
        row += 1
        for number, line in enumerate(lines, 1):
            text = line.format(edition=form.edition, notice=form.notice)
            sheet.write_string(row, 0, f"{number}.", writing.style("wrapped", align="right", valign="top"))
            sheet.write_string(row, 1, text, writing.style("wrapped"))
            sheet.set_row(row, 16 * -(-len(text) * 2 // 100) + 4)
            row += 1
        row += 1
    sheet.write_string(row, 0, w["colours_title"], writing.style("caption"))
    for name, meaning in w["colours"].items():
        row += 1
        font = {"font_color": "#FFFFFF"} if name == "wrong" else {}
        sheet.write_string(row, 0, "", writing.style("boxed", bg_color=COLOURS[name], **font))
        sheet.write_string(row, 1, meaning, writing.style("wrapped"))
    page(sheet, landscape=False, one_page=False)
    protect(sheet)
