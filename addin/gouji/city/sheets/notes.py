"""附注全文: every note of every unit, whole, for the notes of the tables that do not fit into a cell."""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...wording import wording_of
from ...workbook.limits import pieces
from ...workbook.writer import Writing
from ...workbook.writer.heights import row_height
from ..consolidate import Consolidation
from .lists import begin

_WIDTHS = (8, 18, 26, 10, 82)


def write_notes(city: Consolidation, writing: Writing, sheet: Worksheet) -> None:
    """One row a note of a unit, in the order of the city's notes; a text that no cell holds goes on below.

    The city's number leads to the first cell that bears it.
    """
    w, styles = wording_of("gouji.city", "note_sheet"), writing.styles
    sheet.set_vba_name("shtNotes")
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    top = begin(sheet, styles, title, w["heads"], _WIDTHS)
    body, link = styles.get("boxed", valign="top"), styles.get("link", border=1, valign="top")
    for row, (mark, *texts) in enumerate(_rows(city), top + 1):
        cells = [cell.id for cell in city.form.cells if city.report.marks.get(cell.id) == mark]
        if cells:
            where, address = writing.layout.locate(cells[0])
            sheet.write_url(row, 0, f"internal:'{where}'!{address}", link, mark)
        else:
            sheet.write_string(row, 0, mark, body)
        places = "、".join("!".join(writing.layout.locate(cell)) for cell in cells)
        for i, text in enumerate((places, *texts), 1):
            sheet.write_string(row, i, text, body)
        sheet.set_row(row, row_height(zip(("", places, *texts), _WIDTHS, strict=True)))


def _rows(city: Consolidation) -> Iterator[tuple[str, str, str, str]]:
    """City mark, unit, the unit's own mark, text."""
    for mark, origins in city.note_origins.items():
        for origin in origins:
            for piece in pieces(origin.text):
                yield mark, origin.unit, origin.mark, piece


def pointer() -> str:
    """How a note that was cut ends."""
    sheet = marks_of("gouji.city", "sheets")["notes"]
    return str(wording_of("gouji.city", "note_sheet")["pointer"].format(sheet=sheet))
