"""Lists of a city: how the sheet of one begins; how a workbook that holds no form begins and ends, so that
the program knows it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.worksheet import Worksheet

from ...workbook.limits import fitted
from ...workbook.packing import write_parts
from ...workbook.wording import marks
from ...workbook.writer import CREATED, Styles
from ...workbook.writer.book import PartsBook
from ...workbook.writer.styles import list_page


def new_book(*, constant_memory: bool = False) -> PartsBook:
    """``constant_memory``: rows are written as they come."""
    book = PartsBook(constant_memory=constant_memory)
    book.set_properties({"created": CREATED})
    return book


def finished(book: PartsBook, kind: Iterable[Sequence[str]]) -> bytes:
    """The file, with the very hidden sheet that says what it is (``list_rows``); equal contents give equal
    bytes."""
    sheet = book.add_worksheet(marks("sheets")["data"])
    for i, row in enumerate(kind):
        for j, text in enumerate(row):
            sheet.write_string(i, j, text)
    sheet.very_hidden()
    return write_parts(book.parts())


def begin(
    sheet: Worksheet,
    styles: Styles,
    title: str,
    heads: Sequence[str],
    widths: Sequence[float],
    *,
    said: Sequence[str] = (),
    frozen: int = 0,
    height: float | None = None,
) -> int:
    """Title, sentences ``said`` below it, a free row, and the heads of a list, which stay in sight with
    ``frozen`` columns and are repeated on each page.

    ``widths`` in characters, one a head; ``height`` of the heads in points, whose words then break. Returns
    the row of the heads, from 0: the rows of the list follow it.
    """
    top = 2 + len(said)
    for i, width in enumerate(widths):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, fitted(title), styles.get("caption"))
    for row, sentence in enumerate(said, 1):
        sheet.write_string(row, 0, sentence, styles.get("quiet", font_size=10))
    look = styles.get("head", text_wrap=True) if height else styles.get("head")
    for i, head in zip(range(len(widths)), heads, strict=True):
        sheet.write_string(top, i, fitted(head), look)
    if height:
        sheet.set_row(top, height)
    sheet.freeze_panes(top + 1, frozen)
    list_page(sheet, top)
    return top
