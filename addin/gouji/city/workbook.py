"""The city's workbook: the official tables as values, and where every figure comes from.

Beside the form's own sheets: 明细 (a row a unit, a column a cell, summed by formulas and compared live
with the tables), 报送情况 (who sent what, in what state), 问题 (every finding).
"""

from __future__ import annotations

import io
from collections import Counter

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..form import FEN_PER_WAN, Cell, Value
from ..rules import Finding
from ..wording import wording_of
from ..workbook.findings import place_of
from ..workbook.layout import address
from ..workbook.live import Live
from ..workbook.writer import COLOURS, Styles, Writing, write_live, write_workbook
from .consolidate import Consolidation, Contribution
from .intake import Filed, Status, status_label
from .roster import Roster

#: Above this many units 明细 goes to a file of its own, written row by row.
DETAIL_LIMIT = 2000

_FILLS: dict[Status, str] = {
    "taken": "passed",
    "repeated": "passed",
    "missing": "row",
    "unexpected": "warned",
}


def _words(section: str) -> dict[str, str]:
    return wording_of(__package__, section)


def city_workbook(city: Consolidation, *, detail: bool = True) -> bytes:
    """The .xlsx of ``<name>_<year>_汇总.xlsx``. ``detail``: with the sheet 明细."""

    def extra(writing: Writing, book: xlsxwriter.Workbook) -> None:
        names = _words("sheets")
        if detail:
            _Detail(city, writing.styles, writing).write(book.add_worksheet(names["detail"]))
        sheets = [(names["intake"], _intake), (names["problems"], _problems)]
        for name, write in sheets:
            write(city, writing.styles, book, book.add_worksheet(name))

    return write_workbook(city.report, locked=True, extra=extra)


def detail_workbook(city: Consolidation) -> bytes:
    """明细 alone, in constant memory, for thousands of units."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True, "strings_to_urls": False})
    _Detail(city, Styles(book), None).write(book.add_worksheet(_words("sheets")["detail"]))
    book.close()
    return out.getvalue()


class _Detail:
    """明细. Rows: heads, the live comparison, units, and last the sums."""

    _HEAD_ROWS = 4
    _OWN_COLUMNS = 3

    def __init__(self, city: Consolidation, styles: Styles, writing: Writing | None) -> None:
        self.city, self.styles, self.writing = city, styles, writing
        self.words = _words("detail")
        self.first = self._HEAD_ROWS + 1
        self.last = self.first + len(city.taken) - 1

    def write(self, sheet: Worksheet) -> None:
        if self.writing:
            sheet.set_vba_name("shtDetail")
        sheet.freeze_panes(self._HEAD_ROWS + 1, self._OWN_COLUMNS)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 1, 12)
        sheet.set_column(2, 2, 30)
        sheet.set_column(self._OWN_COLUMNS, self._OWN_COLUMNS + len(self.city.form.cells) - 1, 11)
        self._heads(sheet)
        traces = [self.city.trace(c.id) for c in self.city.form.cells]
        for i, filed in enumerate(self.city.taken):
            self._unit(sheet, self.first + i, filed, [trace[i] for trace in traces])
        self._sums(sheet)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.repeat_rows(1, self._HEAD_ROWS)
        sheet.repeat_columns(0)

    def _heads(self, sheet: Worksheet) -> None:
        head = self.styles.get("head", text_wrap=True)
        w = self.words
        sheet.write_string(
            0,
            0,
            w["title"].format(unit=self.city.report.unit, year=self.city.report.year),
            self.styles.get("caption"),
        )
        for row, label in enumerate((w["table"], w["row"], w["column"]), 1):
            sheet.write_string(row, 2, label, head)
            for i, cell in enumerate(self.city.form.cells):
                section = self.city.form.tables[cell.table].section.number
                text = (section, cell.row.key, cell.column.label)[row - 1]
                sheet.write_string(row, self._OWN_COLUMNS + i, text, head)
        for column, label in enumerate((w["unit"], w["code"], w["file"])):
            sheet.write_string(self._HEAD_ROWS, column, label, head)
        sheet.set_row(2, 60)
        for i, cell in enumerate(self.city.form.cells):
            at = (self._HEAD_ROWS, self._OWN_COLUMNS + i)
            if self.writing:
                write_live(sheet, *at, self._comparison(cell, at[1] + 1), head)
            else:
                sheet.write_blank(*at, None, head)

    def _comparison(self, cell: Cell, column: int) -> Live:
        """一致, or by how much the table differs from the sum of the units."""
        assert self.writing
        w = self.words
        total = address(self.last + 2, column)
        table = f"SUM({self.writing.layout.full(cell.id)})"
        gap = self.city.report.number(cell.id) - sum(
            c.value for c in self.city.trace(cell.id) if isinstance(c.value, int)
        )
        shown = gap / FEN_PER_WAN if cell.kind.money else gap
        formula = f'=IF(ROUND({table}-{total},6)=0,"{w["same"]}",ROUND({table}-{total},6))'
        return Live(formula, shown if gap else w["same"])

    def _unit(self, sheet: Worksheet, row: int, filed: Filed, parts: list[Contribution]) -> None:
        body, number = self.styles.get("boxed", text_wrap=False), self.styles.get("number")
        assert filed.unit
        for column, text in enumerate((filed.unit.name, filed.unit.code, filed.submission.file)):
            sheet.write_string(row, column, text, body)
        for i, (cell, part) in enumerate(zip(self.city.form.cells, parts, strict=True)):
            _write_value(sheet, row, self._OWN_COLUMNS + i, cell, part.value, number)

    def _sums(self, sheet: Worksheet) -> None:
        row = self.last + 1
        bold = self.styles.get("number", bold=True, bg_color=COLOURS["head"])
        sheet.write_string(row, 0, self.words["sum"], self.styles.get("head"))
        for i, cell in enumerate(self.city.form.cells):
            column = self._OWN_COLUMNS + i
            total = sum(c.value for c in self.city.trace(cell.id) if isinstance(c.value, int))
            inside = f"SUM({address(self.first + 1, column + 1)}:{address(self.last + 1, column + 1)})"
            live = (
                Live(f"=ROUND({inside},6)", total / FEN_PER_WAN)
                if cell.kind.money
                else Live(f"={inside}", total)
            )
            write_live(sheet, row, column, live, bold)


def _write_value(sheet: Worksheet, row: int, column: int, cell: Cell, value: Value, form: object) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value / FEN_PER_WAN if cell.kind.money else value, form)
    elif value is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_string(row, column, value, form)


# ---------------------------------------------------------------- 报送情况


def _intake(city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Who sent what. A unit's files below one another; what belongs to no unit at the end."""
    w = _words("intake")
    sheet.set_vba_name("shtIntake")
    heads = wording_of(__package__, "intake")["heads"]
    for i, width in enumerate((6, 30, 12, 16, 22, 34, 7, 7, 7, 60)):
        sheet.set_column(i, i, width)
    sheet.write_string(
        0, 0, w["title"].format(unit=city.report.unit, year=city.report.year), styles.get("caption")
    )
    top = 2
    for i, head in enumerate(heads):
        sheet.write_string(top, i, head, styles.get("head"))
    row = top
    for number, unit in enumerate(city.units, 1):
        row += 1
        remarks = "；".join(dict.fromkeys([*unit.remarks, *(r for f in unit.files for r in f.remarks)]))
        own = [str(number), unit.unit.name, unit.unit.code, unit.unit.kind]
        _intake_row(styles, sheet, row, own, unit.status, list(unit.files), remarks)
    for filed in city.strangers:
        row += 1
        own = ["", filed.submission.unit, "", ""]
        _intake_row(styles, sheet, row, own, filed.status, [filed], "；".join(filed.remarks))
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, row, len(heads) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    _chart(city, styles, book, sheet, row + 3)


def _intake_row(
    styles: Styles,
    sheet: Worksheet,
    row: int,
    own: list[str],
    status: Status,
    files: list[Filed],
    remarks: str,
) -> None:
    body = styles.get("boxed")
    for i, text in enumerate(own):
        sheet.write_string(row, i, text, body)
    fill = COLOURS[_FILLS.get(status, "row")]
    sheet.write_string(row, 4, status_label(status), styles.get("boxed", bg_color=fill))
    sheet.write_string(row, 5, "\n".join(f.submission.file for f in files), body)
    levels = Counter[str](f.level for filed in files for f in filed.submission.findings)
    for i, level in enumerate(("error", "warning", "hint")):
        sheet.write_number(row, 6 + i, levels[level], styles.get("number"))
    reasons = [f.message for filed in files for f in filed.submission.findings if f.rule == "unreadable"]
    sheet.write_string(row, 9, "；".join([remarks, *reasons] if remarks else reasons), body)


def _chart(
    city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet, top: int
) -> None:
    """How many units stand where, as numbers and as bars."""
    w = _words("intake")
    counts = Counter(unit.status for unit in city.units)
    sheet.write_string(top, 1, w["chart"], styles.get("caption"))
    for i, (status, count) in enumerate(counts.most_common(), 1):
        sheet.write_string(top + i, 1, status_label(status), styles.get("boxed"))
        sheet.write_number(top + i, 2, count, styles.get("number"))
    chart = book.add_chart({"type": "bar"})
    name = _words("sheets")["intake"]
    chart.add_series(
        {
            "categories": [name, top + 1, 1, top + len(counts), 1],
            "values": [name, top + 1, 2, top + len(counts), 2],
            "points": [{"fill": {"color": COLOURS[_FILLS.get(s, "row")]}} for s, _ in counts.most_common()],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": w["chart"], "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"major_gridlines": {"visible": False}, "min": 0})
    chart.set_size({"width": 520, "height": 90 + 34 * len(counts)})
    sheet.insert_chart(top, 4, chart)


# ---------------------------------------------------------------- 问题


def _problems(city: Consolidation, styles: Styles, _book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Every finding, the city's own first; the city's lead to their cell."""
    w = wording_of(__package__, "problems")
    sheet.set_vba_name("shtProblems")
    for i, width in enumerate((28, 32, 9, 12, 70, 50, 34)):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, w["title"], styles.get("caption"))
    for i, head in enumerate(w["heads"]):
        sheet.write_string(2, i, head, styles.get("head"))
    body = styles.get("boxed", valign="top")
    row = 2
    reports = {f.submission.file: f.submission.report for f in city.intake.files}
    for problem in city.problems():
        row += 1
        finding = problem.finding
        report = reports.get(problem.file) if problem.file else city.report
        place = place_of(report, finding) if report else ""
        for i, text in enumerate((problem.unit, problem.file)):
            sheet.write_string(row, i, text, body)
        fill = {"error": "row", "warning": "warned", "hint": "head"}[finding.level]
        sheet.write_string(row, 2, w["levels"][finding.level], styles.get("boxed", bg_color=COLOURS[fill]))
        _place(styles, sheet, row, place, own=not problem.file)
        for i, text in enumerate((_with_folded(finding), finding.remedy, finding.id)):
            sheet.write_string(row, 4 + i, text, body)
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, max(row, 3), len(w["heads"]) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _place(styles: Styles, sheet: Worksheet, row: int, place: str, *, own: bool) -> None:
    if own and place:
        name, _, cell = place.partition("!")
        sheet.write_url(row, 3, f"internal:'{name}'!{cell}", styles.get("link", border=1), place)
    else:
        sheet.write_string(row, 3, place, styles.get("boxed", valign="top"))


def _with_folded(finding: Finding) -> str:
    return "\n".join([finding.message, *(f"· {f.message}" for f in finding.folded)])


# ---------------------------------------------------------------- roster


def roster_workbook(roster: Roster) -> bytes:
    """A roster as .xlsx, with the heads that :func:`gouji.city.roster.read_roster` knows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_urls": False})
    styles = Styles(book)
    sheet = book.add_worksheet(_words("sheets")["roster"])
    columns = wording_of(__package__, "roster.columns")
    for i, (key, width) in enumerate((("name", 34), ("code", 14), ("kind", 20))):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, columns[key][0], styles.get("head"))
        for row, unit in enumerate(roster.units, 1):
            sheet.write_string(row, i, getattr(unit, key), styles.get("boxed"))
    book.close()
    return out.getvalue()
