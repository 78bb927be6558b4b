"""Writes a new 汇总台: the office's place of work, in the look of the forms.

Runs never write it. Nothing in it is protected, so that the office may add columns and sheets of its own;
what may be typed is offered in lists and said beside the cell.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ... import __version__
from ...form import editions
from ...report import FIRST_FILLED, LAST_YEAR
from ...wording import wording_of
from ...workbook.kind import list_rows
from ...workbook.packing import write_parts
from ...workbook.wording import marks as workbook_marks
from ...workbook.wording import wording
from ...workbook.writer import COLOURS, CREATED, Styles
from ...workbook.writer.book import Book
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import TABS, list_page
from ..desk import Desk
from .list_pages import UNITS, units_formula, write_list
from .look import LINE, caption, prompt, stop
from .sheets import SHEETS, choices, list_sheet, marks, sheet_names
from .text_page import write_texts

#: Widths of 设置 and of 填写说明, in characters.
_SETTINGS, _HELP = (18, 52, 70), (5, 22, 100)
_ROW = 24
#: What a sheet is for, as its tab's colour says it.
_TABS = {"settings": "cover", "roster": "table", "texts": "text", "help": "helper"}
_DATES = ("deadline", "extended", "published", "today")


def desk_workbook(
    desk: Desk, *, folder: str = "", before: Sequence[tuple[str, str]] = (), macros: bool = False
) -> bytes:
    """The .xlsx of a 汇总台 that says what ``desk`` says.

    ``folder``: the season's, for the help. ``before``: (file, digest) of each older 汇总台 that went into
    this one (see ``older.py``). ``macros``: with the buttons 检查 and 汇总, and the texts that macros say;
    the macros themselves are added by the workshop.
    """
    book = Book()
    names, codes = sheet_names(), marks("code_names")
    book.set_properties({"title": names["settings"], "created": CREATED})
    book.set_vba_name(workbook_marks("code_names")["workbook"])
    styles = Styles(book)
    pages = {key: book.add_worksheet(names[key]) for key in SHEETS}
    for key, sheet in pages.items():
        sheet.set_vba_name(codes[key])
        sheet.hide_gridlines(2)
        sheet.set_tab_color(TABS[_TABS.get(key, "check")])
    book.define_name(UNITS, units_formula())
    _settings(styles, pages["settings"], desk)
    for key in SHEETS:
        if key in ("roster", "adjustments", "mergers", "words", "preferred"):
            write_list(styles, pages[key], list_sheet(key), desk)
    write_texts(styles, pages["texts"], desk)
    _help(styles, pages["help"], desk, folder)
    _data(book, desk, before, desk_messages() if macros else {})
    if macros:
        _buttons(pages["settings"])
    pages["settings"].activate()
    return write_parts(book.parts())


# ---------------------------------------------------------------- 设置


def _settings(styles: Styles, sheet: Worksheet, desk: Desk) -> None:
    w, given = wording_of("gouji.city.season", "settings"), desk.settings
    items, heads = marks("settings.items"), marks("settings")
    for i, width in enumerate(_SETTINGS):
        sheet.set_column(i, i, width)
    caption(styles, sheet, "settings")
    title = wording_of("gouji.city.season", "book")["title"].format(name=given.name, year=given.year)
    sheet.write_string(0, 0, title, styles.get("caption", font_size=16))
    for column, key in enumerate(("item", "value", "remark")):
        sheet.write_string(3, column, heads[key], styles.get("head"))
    label = styles.get("boxed", indent=1, font_size=11, **LINE)
    quiet = styles.get("quiet", font_size=10, indent=1, text_wrap=True)
    for row, (key, item) in enumerate(items.items(), 4):
        sheet.set_row(row, _ROW)
        sheet.write_string(row, 0, item, label)
        _setting(styles, sheet, row, key, _said(desk, key))
        sheet.write_string(row, 2, w[key], quiet)
    sheet.set_row(3, _ROW)
    sheet.freeze_panes(4, 0)
    sheet.set_selection(4, 1, 4, 1)
    list_page(sheet, None)


def _said(desk: Desk, key: str) -> Any:
    value = getattr(desk.settings, key)
    if isinstance(value, bool):
        return str(marks("yes_no")["yes" if value else "no"])
    return value or ""


def _setting(styles: Styles, sheet: Worksheet, row: int, key: str, value: Any) -> None:
    changes: dict[str, Any] = {"bg_color": COLOURS["blank"], "font_size": 11, "indent": 1, "align": "left"}
    changes |= LINE
    if key in _DATES:
        changes["num_format"] = "yyyy-mm-dd"
        style = styles.get("input", **changes)
        sheet.data_validation(row, 1, row, 1, {"validate": "any", **prompt("date")})
        sheet.write_datetime(row, 1, value, style) if value else sheet.write_blank(row, 1, None, style)
        return
    if key == "year":
        style = styles.get("input", **changes)
        bounds = {"validate": "integer", "criteria": "between", "minimum": FIRST_FILLED, "maximum": LAST_YEAR}
        sheet.data_validation(row, 1, row, 1, {**bounds, **stop("year")})
        sheet.write_number(row, 1, value, style) if value else sheet.write_blank(row, 1, None, style)
        return
    offered = {"edition": editions(), "include_invalid": choices("yes_no")}.get(key, ())
    if offered:
        sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(offered), **stop("choice")})
    sheet.write_string(row, 1, value, styles.get("input_text", **changes))


# ---------------------------------------------------------------- 填写说明, and what the program reads


def _help(styles: Styles, sheet: Worksheet, desk: Desk, folder: str) -> None:
    w, names = wording_of("gouji.city.season", "help"), sheet_names()
    for i, width in enumerate(_HELP):
        sheet.set_column(i, i, width)
    sheet.set_row(0, 30)
    sheet.write_string(0, 0, w["title"], styles.get("caption", font_size=16))
    named = folder or f"{desk.settings.name}{desk.settings.year}"
    row = 2
    for number, step in enumerate(w["steps"], 1):
        row = _sentence(styles, sheet, row, f"{number}.", step.format(folder=named))
    sheet.write_string(row + 1, 0, w["rules_title"], styles.get("caption", font_size=12))
    row += 2
    for rule in w["rules"]:
        row = _sentence(styles, sheet, row, "·", rule.format(folder=named))
    sheet.write_string(row + 1, 0, w["sheets_title"], styles.get("caption", font_size=12))
    hints = wording_of("gouji.city.season", "hints")
    for at, key in enumerate(SHEETS[:-1], row + 2):
        style = styles.get("link", valign="top")
        sheet.write_url(at, 1, f"internal:'{names[key]}'!A1", style, names[key])
        sheet.write_string(at, 2, hints[key], styles.get("wrapped", valign="top"))
        sheet.set_row(at, row_height([(hints[key], _HELP[2])]) + 3)
    list_page(sheet, None)


def _sentence(styles: Styles, sheet: Worksheet, row: int, sign: str, text: str) -> int:
    sheet.write_string(row, 0, sign, styles.get("plain", align="right", valign="top"))
    sheet.merge_range(row, 1, row, 2, text, styles.get("wrapped", valign="top"))
    sheet.set_row(row, row_height([(text, _HELP[1] + _HELP[2])]) + 4)
    return row + 1


def desk_messages() -> dict[str, str]:
    """What macros say, by key: those of the forms, and 汇总台's own."""
    return wording("messages") | wording_of("gouji.city.season", "messages")


def _buttons(sheet: Worksheet) -> None:
    sheet.set_row(2, 32)
    for i, (macro, caption_) in enumerate(wording_of("gouji.city.season", "buttons").items()):
        place = {"x_offset": 4 + i * 100, "y_offset": 4, "width": 92, "height": 32}
        sheet.insert_button(2, 1, {"macro": f"GjDesk.{macro}", "caption": caption_, **place})


def _data(book: Book, desk: Desk, before: Sequence[tuple[str, str]], messages: Mapping[str, str]) -> None:
    """The very hidden sheet: what the file is, of which version, and which older ones went into it."""
    sheet = book.add_worksheet(workbook_marks("sheets")["data"])
    sheet.set_vba_name(workbook_marks("code_names")["data"])
    for row, texts in enumerate((*data_rows(desk, before), *message_rows(messages))):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.very_hidden()


def message_rows(messages: Mapping[str, str]) -> list[tuple[str, ...]]:
    """What macros say, as rows of the very hidden sheet."""
    return [(f"text.{key}", text) for key, text in messages.items()]


def data_rows(desk: Desk, before: Sequence[tuple[str, str]]) -> list[tuple[str, ...]]:
    """(key, text, …) of the very hidden sheet."""
    first, _, *facts = list_rows("roster", desk.settings.name, desk.settings.year)
    own = [("kind", "desk"), *facts, ("desk.version", __version__)]
    return [first, *own, *(("desk.before", file, digest) for file, digest in before)]
