"""Sheets of the city's workbook that say what changed: 结转核对 (against last year) and 调整."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN
from ...wording import wording_of
from ...workbook.layout import address
from ...workbook.limits import fitted
from ...workbook.live import Live
from ...workbook.writer import COLOURS, Styles, Writing, write_live
from ...workbook.writer.heights import row_height
from ..consolidate import Consolidation
from ..sum.adjust import Applied
from ..sum.handover import Handover, Line, kind_label
from .lists import begin

_UNIT_WIDTH, _ROW_WIDTH, _REMARK_WIDTH = 24, 33, 32
_FILLS = {"same": "passed", "differs": "row", "rest": "row"}


def write_handover(city: Consolidation, handover: Handover, writing: Writing, sheet: Worksheet) -> None:
    """One row a unit: its 四 of last year, its 二 of this year, the difference, and why it may be there.

    Totals first, then the differences by column. The sums are formulas, the last row compares them
    with the city's own two reports.
    """
    _HandoverSheet(city, handover, writing, sheet).write()


class _HandoverSheet:
    #: The row of the heads, below title and one sentence.
    _TOP = 3
    #: Columns: 单位, 情况, 上年四, 本年二, 差额, then a difference for each other column, and 说明.
    _OWN = 5

    def __init__(self, city: Consolidation, handover: Handover, writing: Writing, sheet: Worksheet) -> None:
        self.city, self.handover, self.writing, self.sheet = city, handover, writing, sheet
        self.styles: Styles = writing.styles
        self.words = wording_of("gouji.city", "handover.sheet")
        columns = handover.table.grid.columns
        self.others = [i for i in range(len(columns)) if i != handover.total]
        self.labels = [columns[i].label for i in self.others]
        self.last = self._TOP + len(handover.lines)

    def write(self) -> None:
        w, h, sheet = self.words, self.handover, self.sheet
        sheet.set_vba_name("shtHandover")
        remark = self._OWN + len(self.others)
        widths = (_UNIT_WIDTH, 13, 12, 12, 8, *(8 for _ in self.others), _REMARK_WIDTH)
        title = w["title"].format(unit=self.city.report.unit, year=h.year, last=h.year - 1)
        heads = [w["unit"], w["kind"], w["before"], w["now"], w["gap"]]
        heads += [w["gap_of"].format(column=label) for label in self.labels]
        heads.append(w["remark"])
        begin(sheet, self.styles, title, heads, widths, said=(w["explained"],), frozen=1, height=44)
        for row, line in enumerate(h.lines, self._TOP + 1):
            self._line(row, line)
        if h.lines:
            self._sums(self.last + 1)
            sheet.autofilter(self._TOP, 0, self.last, remark)
        self._city(self.last + (2 if h.lines else 1))

    def _line(self, row: int, line: Line) -> None:
        sheet, body = self.sheet, self.styles.get("boxed")
        total = self.handover.total
        sheet.write_string(row, 0, line.unit or kind_label(line.kind), body)
        fill = COLOURS[_FILLS.get(line.kind, "warned")]
        sheet.write_string(
            row, 1, kind_label(line.kind) if line.unit else "", self.styles.get("boxed", bg_color=fill)
        )
        sheet.write_number(row, 2, line.before[total], self.styles.get("number"))
        sheet.write_number(row, 3, line.now[total], self.styles.get("number"))
        gap = Live(f"={address(row + 1, 4)}-{address(row + 1, 3)}", line.gaps[total])
        write_live(sheet, row, 4, gap, self._gap_style(line.gaps[total]))
        for i, column in enumerate(self.others):
            sheet.write_number(row, self._OWN + i, line.gaps[column], self._gap_style(line.gaps[column]))
        sheet.write_string(row, self._OWN + len(self.others), fitted(line.remark), body)
        sheet.set_row(row, row_height([(line.unit, _UNIT_WIDTH), (line.remark, _REMARK_WIDTH)]))

    def _gap_style(self, gap: int) -> object:
        if gap:
            return self.styles.get("number", num_format="+0;-0;0", bg_color=COLOURS["row"])
        return self.styles.get("number", num_format="+0;-0;0", font_color=COLOURS["quiet"])

    def _sums(self, row: int) -> None:
        bold = self.styles.get("number", bold=True, bg_color=COLOURS["head"])
        self.sheet.write_string(row, 0, self.words["sum"], self.styles.get("head"))
        self.sheet.write_string(row, 1, "", self.styles.get("head"))
        lines, total = self.handover.lines, self.handover.total
        shown = [sum(x.before[total] for x in lines), sum(x.now[total] for x in lines)]
        shown += [shown[1] - shown[0], *(sum(x.gaps[i] for x in lines) for i in self.others)]
        for column, value in enumerate(shown, 2):
            cells = f"{address(self._TOP + 2, column + 1)}:{address(self.last + 1, column + 1)}"
            write_live(self.sheet, row, column, Live(f"=SUM({cells})", value), bold)
        self.sheet.write_string(row, self._OWN + len(self.others), "", self.styles.get("head"))

    def _city(self, row: int) -> None:
        """The city's own two rows: what the sums above must be."""
        h, sheet = self.handover, self.sheet
        bold = self.styles.get("number", bold=True)
        before, now = h.before[h.total], h.now[h.total]
        sheet.write_string(row, 0, self.words["city"], self.styles.get("boxed"))
        sheet.write_string(row, 1, "", self.styles.get("boxed"))
        if before is None:
            sheet.write_string(row, 2, self.words["unknown"], self.styles.get("boxed"))
        else:
            sheet.write_number(row, 2, before, bold)
        place = self.writing.layout.full(h.cells[h.total])
        write_live(sheet, row, 3, Live(f"=SUM({place})", now), bold)
        if before is not None:
            gap = Live(f"={address(row + 1, 4)}-{address(row + 1, 3)}", now - before)
            write_live(sheet, row, 4, gap, self._gap_style(now - before))


def write_adjustments(city: Consolidation, writing: Writing, sheet: Worksheet) -> None:
    """What was adjusted, line by line: where, from what to what, by how much, and why."""
    w, styles = wording_of("gouji.city", "adjustments.sheet"), writing.styles
    sheet.set_vba_name("shtAdjustments")
    widths = (_UNIT_WIDTH, 5, _ROW_WIDTH, 18, 11, 11, 11, _REMARK_WIDTH)
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    top = begin(sheet, styles, title, w["heads"], widths, frozen=1)
    for row, applied in enumerate(city.adjustments, top + 1):
        _adjustment(city, writing, sheet, row, applied)


def _adjustment(city: Consolidation, writing: Writing, sheet: Worksheet, row: int, applied: Applied) -> None:
    styles, body = writing.styles, writing.styles.get("boxed")
    cell = city.form.by_id[applied.cell]
    section = city.form.tables[cell.table].section
    sheet.write_string(row, 0, applied.unit, body)
    sheet.write_string(row, 1, section.number, body)
    where, address_ = writing.layout.locate(cell.id)
    link = f"internal:'{where}'!{address_}"
    sheet.write_url(row, 2, link, styles.get("link", border=1, text_wrap=True), cell.row.key)
    sheet.write_string(row, 3, cell.column.label, body)
    unit = FEN_PER_WAN if cell.kind.money else 1
    for i, number in enumerate((applied.before, applied.change, applied.after)):
        shown = number / unit if cell.kind.money else number
        changes = {"num_format": "+General;-General;0"} if i == 1 else {}
        sheet.write_number(row, 4 + i, shown, styles.get("number", **changes))
    reason = applied.written.reason
    sheet.write_string(row, 7, reason, body)
    texts = [(applied.unit, _UNIT_WIDTH), (cell.row.key, _ROW_WIDTH), (reason, _REMARK_WIDTH)]
    sheet.set_row(row, row_height(texts))
