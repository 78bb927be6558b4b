"""The text sections 一, 五, 六 (and 引言): one paragraph a row, so that rows grow and print."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import Section
from ...report import PREFACE
from ...text import shown_width
from ..layout import Area
from ..limits import CELL_LIMIT, paragraphs, too_long
from ..wording import wording
from .context import Writing
from .limits import CannotWrite
from .styles import page, protect

#: Width of the text column, and how many narrow characters of 12 points a line of it holds.
_WIDTH, _CHARACTERS = 74, 64


def write_text(writing: Writing, sheet: Worksheet, section: Section) -> None:
    w = wording("text")
    sheet.set_column(0, 0, _WIDTH)
    sheet.write_string(0, 0, section.title, writing.style("section"))
    sheet.set_row(0, 28)
    own = writing.layout.texts[section.number]
    if own.top > 4:
        preface = writing.layout.texts[PREFACE]
        sheet.write_string(preface.top - 2, 0, w["preface_help"], writing.style("quiet"))
        _area(writing, sheet, preface, PREFACE)
    sheet.write_string(own.top - 2, 0, f"{section.prompt} {w['help']}", writing.style("quiet"))
    _area(writing, sheet, own, section.number)
    page(sheet, landscape=False, one_page=False, centred=False)
    sheet.set_selection(own.top - 1, 0, own.top - 1, 0)
    protect(sheet)


def _height(line: str) -> float:
    """A row as high as its paragraph: LibreOffice does not fit the rows of a file, and 409 is the most."""
    lines = sum(-(-shown_width(part) // _CHARACTERS) or 1 for part in line.split("\n"))
    return min(18.0 * lines + 4, 409)


def _area(writing: Writing, sheet: Worksheet, area: Area, key: str) -> None:
    rows = area.bottom - area.top + 1
    text = (writing.report.texts or {}).get(key, "")
    lines = paragraphs(text, rows)
    style = writing.style("paragraph")
    for i in range(rows):
        line = lines[i] if i < len(lines) else ""
        if too_long(line):
            raise CannotWrite(wording("text")["too_long"].format(section=key, limit=CELL_LIMIT))
        if line:
            sheet.write_string(area.top - 1 + i, 0, line, style)
            sheet.set_row(area.top - 1 + i, _height(line))
        else:
            sheet.write_blank(area.top - 1 + i, 0, None, style)
