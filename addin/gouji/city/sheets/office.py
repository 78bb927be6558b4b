"""填报说明 of a city's workbook: a form must have the sheet, and here nobody fills anything, so it is for the
office: what each sheet shows, where a number is changed."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...workbook.wording import marks
from ...workbook.writer import Writing
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from .parts import inside, words

_WIDTHS = (22, 96)


def write_office(writing: Writing, sheet: Worksheet, present: list[str]) -> None:
    """``present``: the sheets of the book, in their order."""
    w, styles = words("office"), writing.styles
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, w["title"], styles.get("caption", font_size=16))
    row = 2
    for text in (w["intro"], *w["rules"]):
        sheet.merge_range(row, 0, row, 1, text, styles.get("wrapped"))
        sheet.set_row(row, row_height([(text, sum(_WIDTHS))]))
        row += 1
    row += 1
    for i, head in enumerate(w["heads"]):
        sheet.write_string(row, i, head, styles.get("head"))
    for name, said in _lines(writing, present):
        row += 1
        sheet.write_url(row, 0, inside(name, "A1"), styles.get("link", border=1), name)
        sheet.write_string(row, 1, said, styles.get("boxed"))
    list_page(sheet, None)


def _lines(writing: Writing, present: list[str]) -> Iterator[tuple[str, str]]:
    """(sheet, what it is for); a sheet of which nothing is known is not listed."""
    said = words("office")["sheets"]
    of_city, of_form = marks_of("gouji.city", "sheets"), marks("sheets")
    keys = {str(mark): key for key, mark in (*of_form.items(), *of_city.items())}
    for section in writing.layout.form.sections:
        keys[section.number] = "tables" if section.table else "texts"
    yield from ((name, said[keys[name]]) for name in present if keys.get(name) in said)
