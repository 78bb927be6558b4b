"""Workbooks of a city that hold no form: how each begins and ends, so that the program knows it again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import xlsxwriter

from ...workbook.packing import normalise
from ...workbook.wording import marks
from ...workbook.writer import CREATED


def new_book(out: io.BytesIO, *, constant_memory: bool = False) -> xlsxwriter.Workbook:
    """A workbook in which a text is a text, whatever it begins with. ``constant_memory``: rows are written as
    they come."""
    memory = "constant_memory" if constant_memory else "in_memory"
    book = xlsxwriter.Workbook(out, {memory: True, "strings_to_urls": False, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    return book


def finished(book: xlsxwriter.Workbook, out: io.BytesIO, kind: Iterable[Sequence[str]]) -> bytes:
    """The file, with the very hidden sheet that says what it is (``list_rows``); equal contents give equal
    bytes."""
    sheet = book.add_worksheet(marks("sheets")["data"])
    for i, row in enumerate(kind):
        for j, text in enumerate(row):
            sheet.write_string(i, j, text)
    sheet.very_hidden()
    book.close()
    return normalise(out.getvalue())
