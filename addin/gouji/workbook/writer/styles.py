"""Formats and page set-up: one place for fonts, colours and borders.

Fonts are the official ones by name (``form/look.toml``: 方正小标宋简体, 仿宋_GB2312, 宋体); a machine without
them falls back by family and character set, which are written with each font.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import SLASH, look
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
    "optional": "#E4F0FB",
    "long": "#FFC7CE",
    "differs": "#FFC7CE",
    "asks": "#FFD966",
    "todo": "#FBE0E0",
    "todo_explain": "#FFF2CC",
    "ready": "#E2F0D9",
    "not_ready": "#FBE0E0",
    "closed": "#F7F7F7",
    "quiet": "#7F7F7F",
    "link": "#0563C1",
    "good": "#2E6B1F",
    "bad": "#9C0006",
}
#: The tab of a sheet by its role; a sheet without one of these is a helper.
TABS = {"cover": "#C00000", "table": "#2F75B5", "text": "#9DC3E6", "check": "#70AD47", "helper": "#A6A6A6"}

#: Lines between the rows of 校验.
_FINE = "#BFBFBF"
_CHARSET_GB2312 = 134
_ROMAN, _SWISS = 1, 2


class Styles:
    """Creates each format once. ``get`` takes a base name and changes, as XlsxWriter names them."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}
        self._asked: dict[tuple[str, tuple[tuple[str, Any], ...]], Format] = {}

    @cached_property
    def _bases(self) -> dict[str, dict[str, Any]]:
        fonts = {name: names[0] for name, names in look.fonts().items()} | wording("fonts")
        plain = {
            "font_name": fonts["plain"],
            "font_size": 10,
            "valign": "vcenter",
            "font_charset": _CHARSET_GB2312,
            "font_family": _SWISS,
        }
        return {**_of_form(fonts), **_of_program(plain, fonts["head"]), **_of_check(plain, fonts["head"])}

    def get(self, base: str, **changes: Any) -> Format:
        """The format of a base with these changes; equal ones are one."""
        asked = base, tuple(changes.items())
        found = self._asked.get(asked)
        if found is None:
            properties = {**self._bases[base], **changes}
            key = tuple(sorted(properties.items()))
            if key not in self._made:
                self._made[key] = self.book.add_format(properties)
            found = self._asked[asked] = self._made[key]
        return found

    @cached_property
    def conditional(self) -> dict[str, Format]:
        """Formats of conditional formats by what they say."""
        looks: dict[str, dict[str, Any]] = {name: {"bg_color": fill} for name, fill in COLOURS.items()}
        for name in ("good", "bad"):
            looks[name] = {"font_color": COLOURS[name]}
        looks["wrong"] |= {"font_color": "#FFFFFF", "bold": True}
        looks["illegal"] |= {"font_color": COLOURS["wrong"], "bold": True}
        looks["line"] |= {"bold": True}
        looks["off"] = {"font_color": COLOURS["wrong"], "bold": True}
        looks["ready"] |= {"font_color": COLOURS["good"]}
        looks["not_ready"] |= {"font_color": COLOURS["bad"]}
        looks["indented"] = {"num_format": '"\u3000\u3000"@'}
        # No fill: 、 and ／ show what they are read as.
        looks["slash"] = {"num_format": f';;;"{SLASH}"'}
        inks = {"passed": COLOURS["good"], "open": "#7F6000", "failed": COLOURS["bad"], "warned": "#7F6000"}
        fills = {"open": "blank"}
        looks |= {
            f"is_{name}": {"bg_color": COLOURS[fills.get(name, name)], "font_color": ink}
            for name, ink in inks.items()
        }
        return {name: self.book.add_format(look) for name, look in looks.items()}


def _of_form(fonts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """What prints: titles, the official tables, notes and paragraphs. ``fonts``: by what they are for."""
    every = look.every()
    cn = {"font_charset": _CHARSET_GB2312, "font_family": _ROMAN}
    body = {"font_name": fonts["body"], "font_size": 11, "valign": "vcenter", "text_wrap": True, **cn}
    table = {**body, "font_name": fonts["table"], "font_size": every.size}
    boxed = {**table, "border": 1, "align": "center"}
    latin = {"font_name": fonts["latin"], "font_size": every.value_size, "font_charset": 0}
    return {
        "title": {**body, "font_name": fonts["title"], "font_size": 22, "align": "center"},
        "section": {**body, "font_name": fonts["head"], "font_size": 14, "text_wrap": False},
        "label": boxed,
        # Typed cells stay General: only there 3/4 turns the format into that of a date, by which the
        # reader knows it. A cell of format 0 keeps that and shows 46085, as good as any count.
        "value": {**boxed, **latin, "text_wrap": False, "locked": False, "shrink": True},
        "sum": {**boxed, **latin, "text_wrap": False, "shrink": True},
        "note": {**table, "font_size": 9, "valign": "top", "locked": False, "num_format": "@"},
        "paragraph": {**body, "locked": False, "valign": "top", "num_format": "@"},
    }


def _of_program(plain: dict[str, Any], head: str) -> dict[str, dict[str, Any]]:
    """What is typed on 封面, and what the program says beside the form. ``head``: the font of heads."""
    typed = {**plain, "border": 1, "locked": False, "text_wrap": True}
    heads = {"font_name": head, "border": 1, "bg_color": COLOURS["head"], "align": "center"}
    helper = {**plain, "font_color": COLOURS["quiet"], "align": "center"}
    # 多 and 少 as everywhere: of the parts, of the left side.
    words = wording("naming")
    signs = (words["more"].format(n=""), words["less"].format(n=""))
    difference = '"{}"0;"{}"0;"{}"'.format(*signs, words["even"])
    return {
        "input": typed,
        "input_text": {**typed, "num_format": "@"},
        "plain": plain,
        "wrapped": {**plain, "text_wrap": True},
        "boxed": {**plain, "border": 1, "text_wrap": True},
        "number": {**plain, "border": 1, "align": "right"},
        "head": {**plain, **heads},
        "quiet": {**plain, "font_color": COLOURS["quiet"], "font_size": 9},
        "helper": helper,
        "gap": {**helper, "num_format": difference, "shrink": True},
        "banner": {**plain, "bold": True, "font_size": 11, "indent": 1},
        "said": {**plain, "font_color": COLOURS["bad"], "indent": 1, "shrink": True},
        "link": {**plain, "font_color": COLOURS["link"], "underline": 1},
        "caption": {**plain, "font_name": head, "font_size": 11, "bold": True},
    }


def _of_check(plain: dict[str, Any], head: str) -> dict[str, dict[str, Any]]:
    """校验: the verdict, how many rows it counts, a line of 待办清单 and of the live rows, what may be typed
    beside one and where nothing may."""
    boxed = {**plain, "border": 1, "border_color": _FINE}
    return {
        "verdict": {**plain, "font_name": head, "font_size": 20, "indent": 1},
        "counts": {**plain, "font_color": COLOURS["quiet"], "indent": 1},
        "line": {**plain, "align": "center"},
        "line_boxed": {**boxed, "align": "center"},
        "explanation": {**boxed, "locked": False, "text_wrap": True, "num_format": "@"},
        "no_explanation": {**boxed, "bg_color": COLOURS["closed"]},
    }


#: The size of a page's number.
_FOOTER_SIZE = 10


def _footer(scale: int = 100) -> str:
    """A page's number as below an official document; ``scale``: percent by which the sheet is enlarged."""
    before, after = look.every().number
    return f"&C&{_FOOTER_SIZE * 100 // scale}{before}&P{after}"


def page(sheet: Worksheet, *, landscape: bool, one_page: bool, centred: bool = True, scale: int = 0) -> None:
    """A4; an official table on exactly one page, everything else as wide as the page.

    ``scale``: percent by which the sheet, and the number of the page with it, is enlarged instead.
    """
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.7)
    if centred:
        sheet.center_horizontally()
    if scale:
        sheet.set_print_scale(scale)
    else:
        sheet.fit_to_pages(1, 1 if one_page else 0)
    sheet.set_footer(_footer(scale or 100))


def list_page(sheet: Worksheet, heads: int | None) -> None:
    """A list on A4 landscape, as wide as the page: with columns of 145 characters together or less, what is
    written in 10 points is 9 or more on paper. ``heads``: the row (from 0) that is repeated on each page.
    """
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    if heads is not None:
        sheet.repeat_rows(heads)
    sheet.set_footer(_footer())


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
