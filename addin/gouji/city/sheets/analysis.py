"""分析: for each question a table and beside it a native chart of it; at the end what stands out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...records import dataclass
from ...workbook.layout import address
from ...workbook.limits import fitted
from ...workbook.live import Live
from ...workbook.writer import Writing, write_live
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import page
from ..consolidate import Consolidation
from ..views.analysis import Bar, Chart
from ..views.outliers import MOST, Outlier
from ..views.years import Years
from .charts import Place, height, insert
from .parts import words
from .years import rows_of, write_years

#: Of the columns, in characters: label, two numbers, share, change; then what charts lie on.
_COLUMNS = (30, 10, 10, 8, 9, 10, 10, 10, 18, 12)
#: Where charts begin, their width, the height of a row in pixels, rows between the parts.
_CHART, _CHART_WIDTH, _ROW, _BETWEEN = 5, 440, 20, 2
#: Rows on a page of paper, and the scale that brings all columns on it.
_PAGE, _SCALE = 36, 92
#: First and last column of each of an outlier's texts.
_SPANS = ((0, 0), (1, 3), (4, 4), (5, 5), (6, 6), (7, 7), (8, 8), (9, 9))
_YEAR, _PEERS = "outlier-year", "outlier-peers"


def write_analysis(
    city: Consolidation,
    charts: Sequence[Chart],
    over: Years,
    found: Sequence[Outlier],
    writing: Writing,
    book: xlsxwriter.Workbook,
    sheet: Worksheet,
) -> Mapping[str, Place]:
    """Returns where the table of each chart stands, by its key or by the group of figures."""
    w, styles = words("analysis"), writing.styles
    sheet.set_vba_name("shtAnalysis")
    for i, width in enumerate(_COLUMNS):
        sheet.set_column(i, i, width)
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    sheet.write_string(0, 0, title, styles.get("caption", font_size=14))
    places: dict[str, Place] = {}
    down = _Down(2)
    for chart in charts:
        high = height(len(chart.bars))
        row = down.room(max(len(chart.bars) + 5, -(-high // _ROW) if chart.bars else 0))
        places[chart.key] = _table(writing, sheet, row, chart)
        insert(book, sheet, (row, _CHART), places[chart.key], "bar", (_CHART_WIDTH, high))
    places |= write_years(over, writing, book, sheet, down.room(rows_of(over)))
    row = down.row
    _outliers(city, found, writing, sheet, row)
    sheet.hide_gridlines(2)
    sheet.set_h_pagebreaks([*down.breaks, row])
    # Not as wide as the page: Excel passes over page breaks where it fits a sheet to a page.
    page(sheet, landscape=True, one_page=False, centred=False, scale=_SCALE)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    return places


@dataclass
class _Down:
    """The way down the sheet: ``row``, the next that is free, and the rows before which a page ends."""

    row: int
    begun: int = 0
    breaks: list[int] = field(default_factory=list)

    def room(self, rows: int) -> int:
        """The first of so many rows, which stay on one page; some are left free behind them."""
        if self.row + rows + _BETWEEN - self.begun > _PAGE:
            self.breaks.append(self.row)
            self.begun = self.row
        first = self.row
        self.row += rows + _BETWEEN
        return first


def _table(writing: Writing, sheet: Worksheet, row: int, chart: Chart) -> Place:
    """One table; the row of sums is live. Returns where its bars stand."""
    w, styles = words("analysis"), writing.styles
    sheet.write_string(row, 0, chart.title, styles.get("caption"))
    sheet.write_string(row + 1, 0, chart.said, styles.get("quiet", font_size=10))
    place = Place(sheet.name, row + 3, len(chart.bars), chart.names, last=2 if chart.compared else None)
    if not chart.bars:
        sheet.write_string(row + 2, 0, w["empty"], styles.get("plain"))
        return place
    for i, head in enumerate((w["label"], *chart.names, w["share"], w["change"])):
        sheet.write_string(row + 2, i, head, styles.get("head"))
    bars = [*chart.bars, *([chart.rest] if chart.rest else [])]
    for at, bar in enumerate(bars, row + 3):
        _bar(writing, sheet, at, bar, chart.total)
    bold = styles.get("number", bold=True, num_format="#,##0")
    at = row + 3 + len(bars)
    sheet.write_string(at, 0, w["sum"], styles.get("head"))
    formula = f"=SUM({address(row + 4, 2)}:{address(at, 2)})"
    write_live(sheet, at, 1, Live(formula, chart.total), bold)
    return place


def _bar(writing: Writing, sheet: Worksheet, row: int, bar: Bar, total: int) -> None:
    styles = writing.styles
    count = styles.get("number", num_format="#,##0")
    sheet.write_string(row, 0, fitted(bar.label), styles.get("boxed"))
    sheet.write_number(row, 1, bar.value, count)
    if bar.other is None:
        sheet.write_blank(row, 2, None, count)
    else:
        sheet.write_number(row, 2, bar.other, count)
    share = styles.get("number", num_format="0.0%")
    if total:
        sheet.write_number(row, 3, bar.value / total, share)
    else:
        sheet.write_blank(row, 3, None, share)
    change = styles.get("number", num_format="+#,##0;-#,##0;0")
    if bar.other is None:
        sheet.write_blank(row, 4, None, change)
    else:
        sheet.write_number(row, 4, bar.value - bar.other, change)


def _outliers(
    city: Consolidation, found: Sequence[Outlier], writing: Writing, sheet: Worksheet, row: int
) -> None:
    w, styles = words("analysis"), writing.styles
    year, peers = (city.rules[rule].parameters for rule in (_YEAR, _PEERS))
    sheet.write_string(row, 0, w["outliers"], styles.get("caption"))
    method = w["method"].format(
        difference=year["difference_from"],
        factor=year["factor"],
        year=year["deviations"],
        peers=peers["deviations"],
    )
    sheet.merge_range(row + 1, 0, row + 1, len(_COLUMNS) - 1, method, styles.get("wrapped"))
    sheet.set_row(row + 1, row_height([(method, sum(_COLUMNS))]))
    if not found:
        sheet.write_string(row + 2, 0, w["calm"], styles.get("plain"))
        return
    for i, head in enumerate(w["outlier_heads"]):
        _wide(sheet, row + 2, i, head, styles.get("head"))
    for at, one in enumerate(found[:MOST], row + 3):
        _outlier(sheet, at, one, styles.get("boxed"), styles.get("number"))
    if len(found) > MOST:
        more = w["more"].format(count=len(found) - MOST)
        sheet.write_string(row + 3 + MOST, 0, more, styles.get("quiet", font_size=10))


def _outlier(sheet: Worksheet, row: int, one: Outlier, text: Format, number: Format) -> None:
    w = words("analysis")
    ratio = round(one.value / one.expected, 1) if one.expected else ""
    told = w["told"] if one.told else w["not_told"]
    values = (one.unit, one.line, one.value, one.expected, one.z / 10, ratio, w["against"][one.against], told)
    for i, value in enumerate(values):
        _wide(sheet, row, i, value, text if isinstance(value, str) else number)
    sheet.set_row(row, row_height([(one.unit, _COLUMNS[0]), (one.line, sum(_COLUMNS[1:4]))]))


def _wide(sheet: Worksheet, row: int, which: int, value: str | float, look: Format) -> None:
    """One text or number of an outlier, over the columns that it has."""
    first, last = _SPANS[which]
    if first < last:
        sheet.merge_range(row, first, row, last, "", look)
    if isinstance(value, str):
        sheet.write_string(row, first, fitted(value), look)
    else:
        sheet.write_number(row, first, value, look)
