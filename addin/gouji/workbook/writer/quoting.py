"""XlsxWriter's workbook in which a text stays a text, whatever it holds: all books of ours are one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...precompiled import compiled
from ...text import encodable, like_formula

#: What XML can not hold, and what reads as the code of a character.
_CODED = compiled("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def stored(text: str) -> str:
    """A text as the XML of a workbook holds it (ECMA-376 part 1, 22.9.2.19, ST_Xstring), for a library that
    writes what it is given; XlsxWriter does the same by itself."""
    return _CODED.sub(lambda char: f"_x{ord(char[0]):04X}_", encodable(text))


class TextSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A text that begins like a formula stays one after F2 and Enter: it gets the mark of one that was typed
    behind "'" (ECMA-376 part 1, 18.8.45, quotePrefix), and, as not every program knows that, the format of
    texts where nobody is to type a number."""

    #: A format -> the same with the mark.
    quoted: Callable[[Format | None], Format]

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        look = self.quoted(cell_format) if like_formula(string) else cell_format
        return int(super()._write_string(row, col, encodable(string), look))


class TextBook(xlsxwriter.Workbook):  # type: ignore[misc]
    """No text becomes a formula, a number or a link. ``options``: those of XlsxWriter."""

    worksheet_class: type[Worksheet] = TextSheet

    def __init__(self, out: Any, options: dict[str, Any]) -> None:
        self._quotes: dict[Format | None, Format] = {}
        super().__init__(out, {"strings_to_formulas": False, "strings_to_urls": False, **options})

    def _add_sheet(self, name: str | None, worksheet_class: type[Worksheet] | None = None) -> Worksheet:
        sheet = super()._add_sheet(name, worksheet_class)
        sheet.quoted = self._quoted
        return sheet

    def _quoted(self, plain: Format | None) -> Format:
        found = self._quotes.get(plain)
        if found is None:
            found = self._quotes[plain] = self.add_format({})
            if plain:
                found.__dict__.update(plain.__dict__, xf_index=None, _format_key=None)
            found.set_quote_prefix()
            if found.locked:
                found.set_num_format("@")
        return found
