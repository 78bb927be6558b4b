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
    # The strongest colour is for the very cell that is wrong; its neighbours are tinted.
    "wrong": "#C00000",
    "illegal": "#FFC000",
    "line": "#F4B183",
    "blank": "#FFFBE0",
    "row": "#FCE4E4",
    "column": "#FFF0DC",
    "balance": "#ECE4F5",
    "failed": "#FBE0E0",
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
        helper = {**plain, "font_color": COLOURS["quiet"], "align": "center"}
        # 多 and 少 as everywhere: of the parts, of the left side.
        words = wording("naming")
        signs = (words["more"].format(n=""), words["less"].format(n=""))
        difference = '"{}"0;"{}"0;"{}"'.format(*signs, words["even"])
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
            "helper": helper,
            "gap": {**helper, "num_format": difference, "shrink": True},
            "banner": {**plain, "bold": True, "font_size": 11, "indent": 1},
            "said": {**plain, "font_color": "#9C0006", "indent": 1, "shrink": True},
            "due": {**plain, "font_color": COLOURS["wrong"], "bold": True, "font_size": 12},
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
        looks: dict[str, dict[str, Any]] = {name: {"bg_color": fill} for name, fill in COLOURS.items()}
        looks["wrong"] |= {"font_color": "#FFFFFF", "bold": True}
        looks["illegal"] |= {"font_color": COLOURS["wrong"], "bold": True}
        looks["line"] |= {"bold": True}
        looks["off"] = {"font_color": COLOURS["wrong"], "bold": True}
        inks = {"passed": "#2E6B1F", "open": "#7F6000", "failed": "#9C0006", "warned": "#7F6000"}
        fills = {"open": "blank"}
        looks |= {
            f"is_{name}": {"bg_color": COLOURS[fills.get(name, name)], "font_color": ink}
            for name, ink in inks.items()
        }
        return {name: self.book.add_format(look) for name, look in looks.items()}


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
