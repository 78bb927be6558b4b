"""Formats and page set-up: one place for fonts, colours and borders.

Fonts are the official ones by name (方正小标宋简体, 仿宋_GB2312); a machine without them falls back by
family and character set, which are written with each font.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..wording import wording

#: Fills by what they say; the help sheet explains them in the same colours.
COLOURS = {
    "blank": "#FFFBE0",
    "illegal": "#C00000",
    "row": "#FFC7CE",
    "column": "#FFD8B0",
    "balance": "#DCC8F0",
    "passed": "#E2F2E0",
    "warned": "#FFEB9C",
    "head": "#EEF3F8",
    "quiet": "#7F7F7F",
    "link": "#0563C1",
}

_CHARSET_GB2312 = 134
_ROMAN, _SWISS = 1, 2


class Styles:
    """Creates each format once. ``get`` takes a base name and changes, as XlsxWriter names them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    @cached_property
    def _bases(self) -> dict[str, dict[str, Any]]:
        fonts = wording("fonts")
        cn = {"font_charset": _CHARSET_GB2312, "font_family": _ROMAN}
        body = {"font_name": fonts["body"], "font_size": 11, "valign": "vcenter", "text_wrap": True, **cn}
        boxed = {**body, "border": 1, "align": "center"}
        plain = {
            "font_name": fonts["plain"],
            "font_size": 10,
            "valign": "vcenter",
            "font_charset": _CHARSET_GB2312,
            "font_family": _SWISS,
        }
        head = {
            **plain,
            "font_name": fonts["head"],
            "border": 1,
            "bg_color": COLOURS["head"],
            "align": "center",
        }
        return {
            "title": {**body, "font_name": fonts["title"], "font_size": 22, "align": "center"},
            "section": {**body, "font_name": fonts["head"], "font_size": 14, "text_wrap": False},
            "label": boxed,
            "row_label": {**boxed, "align": "left"},
            # Typed cells stay General: only there 3/4 turns the format into that of a date, by which the
            # reader knows it. A cell of format 0 keeps that and shows 46085, as good as any count.
            "value": {**boxed, "text_wrap": False, "locked": False, "shrink": True},
            "sum": {**boxed, "text_wrap": False, "shrink": True},
            "paragraph": {**body, "font_size": 12, "locked": False, "valign": "top", "num_format": "@"},
            "input": {**plain, "border": 1, "locked": False, "text_wrap": True},
            "input_text": {**plain, "border": 1, "locked": False, "text_wrap": True, "num_format": "@"},
            "plain": plain,
            "wrapped": {**plain, "text_wrap": True},
            "boxed": {**plain, "border": 1, "text_wrap": True},
            "number": {**plain, "border": 1, "align": "right"},
            "head": head,
            "quiet": {**plain, "font_color": COLOURS["quiet"], "font_size": 9},
            "helper": {**plain, "font_color": COLOURS["quiet"], "align": "center"},
            # A difference is shown only where there is one.
            "gap": {**plain, "font_color": COLOURS["illegal"], "align": "center", "num_format": "+0;-0;;@"},
            "due": {**plain, "font_color": COLOURS["illegal"], "bold": True, "font_size": 12},
            "link": {**plain, "font_color": COLOURS["link"], "underline": 1},
            "caption": {**plain, "font_name": fonts["head"], "font_size": 11, "bold": True},
        }

    def get(self, base: str, **changes: Any) -> Format:
        properties = {**self._bases[base], **changes}
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self.book.add_format(properties)
        return self._made[key]

    @cached_property
    def conditional(self) -> dict[str, Format]:
        """Formats of conditional formats by what they say."""
        fills = {k: self.book.add_format({"bg_color": COLOURS[k]}) for k in COLOURS if k != "illegal"}
        illegal = {"bg_color": COLOURS["illegal"], "font_color": "#FFFFFF", "bold": True}
        return fills | {"illegal": self.book.add_format(illegal)}


def page(sheet: Worksheet, *, landscape: bool, one_page: bool, centred: bool = True) -> None:
    """A4; an official table on exactly one page, everything else as wide as the page."""
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    if centred:
        sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_footer("&C&P / &N")


#: A column (from 0) that every program has and no sheet of a form uses.
_NOWHERE = 255


def unprinted(sheet: Worksheet) -> None:
    """Keep a visible sheet out of a print of the whole workbook; call it after :func:`page`.

    Its print area is one empty cell in a hidden column. LibreOffice prints nothing of it. Excel takes a page
    without content for blank, and does not count hidden columns, formats or footers as content (Microsoft's
    article 288968 on IntelliPrint). A program that prints a blank page none the less, as Gnumeric does,
    prints no number on it. Who wants the sheet on paper selects its cells and prints the selection; the
    paper and the scale are those of ``page``.
    """
    sheet.set_column(_NOWHERE, _NOWHERE, None, None, {"hidden": True})
    sheet.print_area(0, _NOWHERE, 0, _NOWHERE)
    sheet.set_footer("")


def protect(sheet: Worksheet) -> None:
    """Against accidents, without a password. Locked cells stay selectable: links need it."""
    sheet.protect("", {"format_rows": True, "format_columns": True})
