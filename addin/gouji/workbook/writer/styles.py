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
    "asks": "#FFD966",
    "todo": "#FBE0E0",
    "todo_explain": "#FFF2CC",
    "ready": "#E2F0D9",
    "not_ready": "#FBE0E0",
    "closed": "#F7F7F7",
    "quiet": "#7F7F7F",
    "link": "#0563C1",
}

#: Lines between the rows of 校验.
_FINE = "#BFBFBF"
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
            **_of_check(plain),
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
        inks = {"ready": "#2E6B1F", "not_ready": "#9C0006"}
        fills |= {
            k: self.book.add_format({"bg_color": COLOURS[k], "font_color": ink}) for k, ink in inks.items()
        }
        return fills | {"illegal": self.book.add_format(illegal)}


def _of_check(plain: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """校验: the verdict, how many rows it counts, a line of 待办清单 and of the live rows, what may be typed
    beside one and where nothing may."""
    boxed = {**plain, "border": 1, "border_color": _FINE}
    return {
        "verdict": {**plain, "font_name": wording("fonts")["head"], "font_size": 20, "indent": 1},
        "said": {**plain, "font_color": COLOURS["quiet"], "indent": 1},
        "line": {**plain, "align": "center"},
        "line_boxed": {**boxed, "align": "center"},
        "explanation": {**boxed, "locked": False, "text_wrap": True, "num_format": "@"},
        "no_explanation": {**boxed, "bg_color": COLOURS["closed"]},
    }


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


def protect(sheet: Worksheet) -> None:
    """Against accidents, without a password. Locked cells stay selectable: links need it."""
    sheet.protect("", {"format_rows": True, "format_columns": True})
