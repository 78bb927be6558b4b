"""The sheet 变化 of the city's workbook: what is new, gone and otherwise since the run before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, SLASH
from ...marks import Mark, marks_of
from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ..rows import Row
from ..sheets.lists import begin
from .changes import Changes, status_words, summary
from .long_table import is_money

_WIDTHS = (24, 11, 5, 33, 18, 13, 13, 10, 26)
_FILLS = {"new": "passed", "gone": "row", "status": "warned", "cell": "head"}
#: Lines of the sheet; whoever needs more has the long table.
MOST = 20_000

_Content = str | int | float


class _Line(NamedTuple):
    kind: str
    unit: str
    file: str
    place: tuple[str, str, str] = ("", "", "")
    before: _Content = ""
    after: _Content = ""
    difference: int | float | None = None


def sheet_name() -> Mark:
    """What the sheet is called."""
    return marks_of("gouji.city.memory", "sheets")["changes"]


def write_changes(found: Changes, unit: str, year: int, styles: Styles, sheet: Worksheet) -> None:
    """A line a change: units first, then their states, then cells with both contents and what lies between.

    ``unit``, ``year``: the city's, as everywhere in its workbook.
    """
    w = wording_of("gouji.city.memory", "changes")
    sheet.set_vba_name("shtChanges")
    title = w["title"].format(unit=unit, year=year, before=found.before)
    top = begin(sheet, styles, title, w["heads"], _WIDTHS, said=summary(found), frozen=1)
    row, left_out = top, 0
    for line in _lines(found):
        if row - top < MOST:
            row += 1
            _write(line, styles, sheet, row)
        else:
            left_out += 1
    if left_out:
        sheet.write_string(row + 1, 0, w["rest"].format(count=left_out), styles.get("quiet"))
    if row > top:
        sheet.autofilter(top, 0, row, len(_WIDTHS) - 1)


def _lines(found: Changes) -> Iterator[_Line]:
    for kind, units in (("new", found.new), ("gone", found.gone)):
        for one in units:
            yield _Line(kind, one.unit, one.file, after=one.became)
    for status in found.statuses:
        was, is_ = status_words(status.before), status_words(status.after, status.became)
        yield _Line("status", status.unit, "", before=was, after=is_)
    for cell in found.cells:
        row, gap = cell.after, cell.difference
        place = (row.table, row.row, row.column)
        shown = None if gap is None else _in_unit(row, gap)
        yield _Line("cell", row.unit, row.file, place, _shown(cell.before), _shown(row), shown)


def _shown(row: Row) -> _Content:
    if row.value is None:
        blank: str = wording_of("gouji.city.memory", "changes")["blank"]
        return SLASH if row.state == "slash" else blank
    return _in_unit(row, row.value)


def _in_unit(row: Row, value: int) -> int | float:
    return value / FEN_PER_WAN if is_money(row) else value


def _write(line: _Line, styles: Styles, sheet: Worksheet, row: int) -> None:
    kind = wording_of("gouji.city.memory", "changes.kinds")[line.kind]
    body = styles.get("boxed")
    fill = styles.get("boxed", bg_color=COLOURS[_FILLS[line.kind]])
    for i, text in enumerate((line.unit, kind, *line.place)):
        sheet.write_string(row, i, fitted(text), fill if i == 1 else body)
    for i, content in enumerate((line.before, line.after), 5):
        if isinstance(content, str):
            sheet.write_string(row, i, content, body)
        else:
            sheet.write_number(row, i, content, styles.get("number"))
    if line.difference is None:
        sheet.write_string(row, 7, "", body)
    else:
        sheet.write_number(row, 7, line.difference, styles.get("number", num_format="+General;-General;0"))
    sheet.write_string(row, 8, fitted(line.file), body)
    texts = (line.unit, kind, *line.place, str(line.before), str(line.after), "", line.file)
    sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True)))
