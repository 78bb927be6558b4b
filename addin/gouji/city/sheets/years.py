"""历年 on the sheet 分析: the figures of 首页 year by year, below the table a chart of each group."""

from __future__ import annotations

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...wording import wording_of
from ...workbook.writer import Writing
from ..views.home import GROUPS
from ..views.years import Line, Years
from .charts import Over, Place, insert_years
from .parts import words

#: Pixels of a chart, as wide as the sheet, and of a row.
_SIZE = (860, 200)
_ROW = 20
_ROWS = -(-_SIZE[1] // _ROW)


def rows_of(over: Years) -> int:
    """Rows of the table and of its charts."""
    return 3 + len(over.lines) + (1 + len(GROUPS) * _ROWS if over.several else 0)


def write_years(
    over: Years, writing: Writing, book: xlsxwriter.Workbook, sheet: Worksheet, top: int
) -> dict[str, Place]:
    """Returns where the numbers of each group stand, this year beside last year."""
    _table(over, writing, sheet, top)
    places: dict[str, Place] = {}
    at, below, this = top + 3, top + 4 + len(over.lines), len(over.years)
    names = tuple(wording_of("gouji.city.views", "charts.figures")["names"])
    for i, group in enumerate(GROUPS):
        lines = over.of(group)
        known = over.several and any(line.same and line.values[-2] is not None for line in lines)
        places[group] = Place(sheet.name, at, len(lines), names, this, this - 1 if known else None)
        if over.several:
            place = Over(sheet.name, top + 2, at, len(lines), this)
            insert_years(book, sheet, (below + i * _ROWS, 0), place, _SIZE)
        at += len(lines)
    return places


def _table(over: Years, writing: Writing, sheet: Worksheet, top: int) -> None:
    w, styles = words("analysis"), writing.styles
    sheet.write_string(top, 0, over.title, styles.get("caption"))
    sheet.write_string(top + 1, 0, over.said, styles.get("quiet", font_size=10))
    heads = [w["label"], *over.heads, *([w["change"]] if over.several else [])]
    for i, head in enumerate(heads):
        sheet.write_string(top + 2, i, head, styles.get("head"))
    lines = [line for group in GROUPS for line in over.of(group)]
    for row, line in enumerate(lines, top + 3):
        _line(over, line, writing, sheet, row)


def _line(over: Years, line: Line, writing: Writing, sheet: Worksheet, row: int) -> None:
    styles = writing.styles
    count = styles.get("number", num_format="#,##0", shrink=True)
    change = styles.get("number", num_format="+#,##0;-#,##0;0", shrink=True)
    sheet.write_string(row, 0, line.label, styles.get("boxed"))
    cells = [(value, count) for value in line.values]
    if over.several:
        cells.append((over.change(line), change))
    for column, (value, look) in enumerate(cells, 1):
        if value is None:
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_number(row, column, value, look)
