"""逐项核对: one line a live row, 审核说明 beside it, and in hidden columns what formulas need of it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ....text import shown_width
from ...layout import Area
from ...live import Live, LiveRow
from ...verdict import link_to
from ...weighing import BETWEEN
from ...wording import wording
from ..context import Writing, write_live
from .measures import HEAD, LINE, LINK, TITLE, WIDTHS

#: How much wider than its column a text may be that is shrunk to fit.
_FITS = 1.15
#: State -> the look of its cell.
_LOOKS = {
    "failed": "wrong",
    "undecided": "blank",
    "warned": "asks",
    "hinted": "head",
    "explained": "warned",
    "same_cause": "row",
    "passed": "passed",
}


def write_rows(writing: Writing, sheet: Worksheet) -> None:
    check = writing.layout.check
    top, heads = check.live_top, wording("check.live_heads")
    sheet.write_string(top - 3, 0, wording("check")["live_title"], writing.style("caption", font_size=12))
    sheet.set_row(top - 3, TITLE)
    for name, column in check.columns.items():
        sheet.write_string(top - 2, column - 1, heads[name], writing.style("head"))
    sheet.set_row(top - 2, HEAD)
    for at, row in enumerate(writing.live_rows, top - 1):
        lines = max(_shown(writing, sheet, at, row), _explanation(writing, sheet, at, row))
        sheet.set_row(at, LINE if lines == 1 else 14 * lines + 2.5)
        _hidden(writing, sheet, at, row)
    _colours(writing, sheet)


def _shown(writing: Writing, sheet: Worksheet, at: int, row: LiveRow) -> int:
    """What is for the eye; how many lines it needs."""
    columns = writing.layout.check.columns
    centred = writing.style("line_boxed")
    fitted = writing.style("line_boxed", align="left", indent=1, shrink=True)
    wrapped = writing.style("line_boxed", align="left", indent=1, text_wrap=True)
    formats = wording("check.formats")
    sheet.write_number(
        at, columns["number"] - 1, row.number, writing.style("line_boxed", font_color="#7F7F7F")
    )
    write_live(sheet, at, columns["state"] - 1, row.state, centred)
    lines = 1
    for name, text in (("place", row.place), ("what", row.what)):
        long = shown_width(text) > _FITS * WIDTHS[name]
        sheet.write_string(at, columns[name] - 1, text, wrapped if long else fitted)
        lines = max(lines, -(-shown_width(text) // (WIDTHS[name] - 3)) if long else 1)
    number = writing.style("line_boxed", shrink=True, num_format=formats["money" if row.money else "count"])
    kind = "none" if row.counts else "money_difference" if row.money else "difference"
    difference = writing.style("line_boxed", shrink=True, num_format=formats[kind])
    write_live(sheet, at, columns["left"] - 1, row.left, number)
    write_live(sheet, at, columns["right"] - 1, row.right, difference if row.counts else number)
    write_live(sheet, at, columns["difference"] - 1, row.difference, difference)
    here = Area(writing.layout.check.name, at + 1, columns["go"], at + 1, columns["go"]).ref()
    link = writing.style("line_boxed", **LINK)
    write_live(sheet, at, columns["goto"] - 1, link_to(here, row.go.value), link)
    return lines


def _explanation(writing: Writing, sheet: Worksheet, at: int, row: LiveRow) -> int:
    """Text, state and numbers: unlocked where the row may be explained. How many lines the text needs."""
    columns = writing.layout.check.columns
    explainable = row.weighed is not None
    given = writing.report.explanations.get(row.id) if explainable else None
    texts = (given.text, given.state, BETWEEN.join(given.numbers)) if given else ("", "", "")
    style = writing.style("explanation" if explainable else "no_explanation")
    for name, text in zip(("explanation", "told", "numbers"), texts, strict=True):
        column = columns[name] - 1
        sheet.write_string(at, column, text, style) if text else sheet.write_blank(at, column, None, style)
    return sum(-(-shown_width(line) // WIDTHS["explanation"]) or 1 for line in texts[0].split("\n"))


def _hidden(writing: Writing, sheet: Worksheet, at: int, row: LiveRow) -> None:
    columns, plain = writing.layout.check.columns, writing.style("plain")
    sheet.write_string(at, columns["id"] - 1, row.id, plain)
    lives: dict[str, Live | None] = {
        "bare": row.bare,
        "now": row.now,
        "weighed": row.weighed,
        "explained": row.explained,
        "order": row.order,
        "go": row.go,
        "asks": row.asks,
        "todo": row.todo,
    }
    for name, live in lives.items():
        if live is not None:
            write_live(sheet, at, columns[name] - 1, live, plain)


def _colours(writing: Writing, sheet: Worksheet) -> None:
    check, w, formats = writing.layout.check, wording("check"), writing.styles.conditional
    rows = len(writing.live_rows)
    state = writing.zero(check.live("state", rows))
    for name, look in _LOOKS.items():
        options = {"type": "cell", "criteria": "==", "value": f'"{w[name]}"', "format": formats[look]}
        sheet.conditional_format(*state, options)
    first = (
        f"${Area('', check.live_top, check.columns['state'], check.live_top, check.columns['state']).ref()}"
    )
    condition = {"type": "formula", "criteria": f'={first}="{w["warned"]}"', "format": formats["blank"]}
    sheet.conditional_format(*writing.zero(check.live("explanation", rows)), condition)
