"""明细: a row a unit, a column a cell, the adjustments, and the sum of each column compared with the tables.

Read back next year by its heads (``last_year.py``); what stands beside the cells is declared in
``detail_columns.py``. Beyond the cells stand what a sum can not show:
whether the unit's workbook was sealed and whether its blanks were declared to be 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, LIMIT, SLASH, Cell, Value
from ...report import Report
from ...wording import wording_of
from ...workbook.layout import address
from ...workbook.live import Live
from ...workbook.writer import COLOURS, Styles, Writing, write_live
from ..consolidate import Consolidation
from ..detail_columns import BEFORE, BEYOND, CELL_WIDTH, Column, printed_head, words
from ..intake.sorting import Filed
from ..sum.adjust import total_change
from ..views.links import Links, links_of
from .parts import write_link

_HEAD_ROWS = 4
_OWN_COLUMNS = len(BEFORE)
#: Heights in points of the heads: the longest row and column of a form stand upright in three lines.
_HEAD_HEIGHTS = {2: 144, 3: 58, _HEAD_ROWS: 24}
#: What a column has beside its longest number, in characters.
_FREE = 1.5


class Detail:
    """Writes the sheet row by row from the top, as constant memory needs it.

    ``writing``: the workbook with the official tables that the sums are compared with, or None. ``links``:
    the way to the units' files.
    """

    def __init__(
        self, city: Consolidation, styles: Styles, writing: Writing | None, links: Links | None = None
    ) -> None:
        self.city, self.styles, self.writing = city, styles, writing
        self.links = links or links_of(city)
        self.words = wording_of("gouji.city", "detail")
        self.marks = words()
        self.cells = city.form.cells
        self.changes = total_change(city.adjustments)
        self.first = _HEAD_ROWS + 1
        self.last = self.first + len(city.taken) - 1 + bool(city.adjustments)
        columns = self._columns()
        #: What the live sums show, in the order of the cells.
        self.sums = [
            sum(column) + self.changes.get(cell.id, 0)
            for cell, column in zip(self.cells, columns, strict=True)
        ]
        self.widths = [
            _width(cell, (*column, self.changes.get(cell.id, 0), total))
            for cell, column, total in zip(self.cells, columns, self.sums, strict=True)
        ]

    def _beside(self) -> Iterator[tuple[int, Column]]:
        """The columns beside the cells, and where they stand."""
        yield from enumerate(BEFORE)
        yield from enumerate(BEYOND, _OWN_COLUMNS + len(self.cells))

    def _columns(self) -> Sequence[Sequence[int]]:
        vectors = [report.vector() for _, report in self.city.parts]
        return list(zip(*vectors, strict=True)) if vectors else [()] * len(self.cells)

    def write(self, sheet: Worksheet) -> None:
        if self.writing:
            sheet.set_vba_name("shtDetail")
        sheet.freeze_panes(_HEAD_ROWS + 1, 1)
        for at, width in enumerate(self.widths, _OWN_COLUMNS):
            sheet.set_column(at, at, width)
        for at, column in self._beside():
            sheet.set_column(at, at, column.width)
        self._heads(sheet)
        for i, (filed, (_, report)) in enumerate(zip(self.city.taken, self.city.parts, strict=True)):
            self._unit(sheet, self.first + i, filed, report)
        if self.city.adjustments:
            self._adjusted(sheet, self.last)
        self._sums(sheet)
        sheet.set_landscape()
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.set_footer("&C&P / &N")
        sheet.set_paper(8)
        sheet.set_print_scale(90)
        sheet.repeat_rows(1, _HEAD_ROWS)
        sheet.repeat_columns(0)

    # ------------------------------------------------------------ heads

    def _heads(self, sheet: Worksheet) -> None:
        head, w = self.styles.get("head", text_wrap=True), self.marks
        level, upright = self._shades(), self._shades(rotation=90)
        for row, height in _HEAD_HEIGHTS.items():
            sheet.set_row(row, height)
        title = self.words["title"].format(unit=self.city.report.unit, year=self.city.report.year)
        sheet.write_string(0, 0, title, self.styles.get("caption"))
        for row, label in enumerate((w["table"], w["row"], w["column"]), 1):
            for column in range(_OWN_COLUMNS - 1):
                sheet.write_blank(row, column, None, head)
            sheet.write_string(row, _OWN_COLUMNS - 1, label, head)
            for i, (cell, shade) in enumerate(zip(self.cells, upright if row > 1 else level, strict=True)):
                sheet.write_string(
                    row, _OWN_COLUMNS + i, printed_head(self.city.form, cell.id)[row - 1], shade
                )
        for at, own in self._beside():
            sheet.write_string(_HEAD_ROWS, at, own.head, head)
        for i in range(len(self.cells)):
            place = (_HEAD_ROWS, _OWN_COLUMNS + i)
            if self.writing:
                write_live(sheet, *place, self._comparison(i), self.styles.get("helper", border=1))
            else:
                sheet.write_blank(*place, None, head)
        if self.writing:
            self._colour_gaps(sheet)

    def _shades(self, **changes: object) -> list[Format]:
        """Every other row of the form in another shade, so that 200 columns fall into groups."""
        head = self.styles.get("head", text_wrap=True, **changes)
        odd = self.styles.get("head", text_wrap=True, bg_color=COLOURS["passed"], **changes)
        rows = list(dict.fromkeys((cell.table, cell.row.key) for cell in self.cells))
        places = {row: i for i, row in enumerate(rows)}
        return [odd if places[cell.table, cell.row.key] % 2 else head for cell in self.cells]

    def _colour_gaps(self, sheet: Worksheet) -> None:
        """一致 stays quiet; a difference is seen."""
        at = (_HEAD_ROWS, _OWN_COLUMNS, _HEAD_ROWS, _OWN_COLUMNS + len(self.cells) - 1)
        wrong = self.styles.conditional["row"]
        sheet.conditional_format(
            *at, {"type": "cell", "criteria": "!=", "value": f'"{self.words["same"]}"', "format": wrong}
        )

    def _comparison(self, i: int) -> Live:
        """一致, or by how much the table differs from the sum of the units and the adjustments."""
        assert self.writing
        cell, w = self.cells[i], self.words
        total = address(self.last + 2, _OWN_COLUMNS + i + 1)
        table = f"SUM({self.writing.layout.full(cell.id)})"
        gap = self.city.report.number(cell.id) - self.sums[i]
        shown = gap / FEN_PER_WAN if cell.kind.money else gap
        formula = f'=IF(ROUND({table}-{total},6)=0,"{w["same"]}",ROUND({table}-{total},6))'
        return Live(formula, shown if gap else w["same"])

    # ------------------------------------------------------------ rows

    def _unit(self, sheet: Worksheet, row: int, filed: Filed, report: Report) -> None:
        body = self.styles.get("boxed", text_wrap=False)
        link = self.styles.get("link", border=1)
        for at, column in self._beside():
            target = self.links.file(filed.submission.file) if column.leads else None
            write_link(sheet, row, at, target, column.write(filed, report), link, body)
        self._values(sheet, row, [report.value(cell.id) for cell in self.cells])

    def _adjusted(self, sheet: Worksheet, row: int) -> None:
        fill = COLOURS["warned"]
        body = self.styles.get("boxed", text_wrap=False, bg_color=fill)
        said = self.words["see_adjusted"].format(count=len(self.city.adjustments))
        for column, text in enumerate((self.marks["adjusted"], "", said)):
            sheet.write_string(row, column, text, body)
        self._values(sheet, row, [self.changes.get(cell.id) or None for cell in self.cells], bg_color=fill)

    def _values(self, sheet: Worksheet, row: int, values: Sequence[Value], **changes: str) -> None:
        number = self.styles.get("number", **changes)
        quiet = self.styles.get("number", font_color=COLOURS["quiet"], **changes)
        for i, (cell, value) in enumerate(zip(self.cells, values, strict=True)):
            column = _OWN_COLUMNS + i
            if isinstance(value, int) and abs(value) > LIMIT:
                sheet.write_string(row, column, cell.kind.show(value), number)
            elif isinstance(value, int):
                shown = value / FEN_PER_WAN if cell.kind.money else value
                sheet.write_number(row, column, shown, number if value else quiet)
            elif value == SLASH:
                sheet.write_string(row, column, value, quiet)
            else:
                sheet.write_blank(row, column, None, number)

    def _sums(self, sheet: Worksheet) -> None:
        row = self.last + 1
        bold = self.styles.get("number", bold=True, bg_color=COLOURS["head"])
        for column in range(_OWN_COLUMNS):
            sheet.write_string(row, column, "" if column else self.marks["sum"], self.styles.get("head"))
        for i, cell in enumerate(self.cells):
            column = _OWN_COLUMNS + i
            # Without units the range would run backwards and hold the sum itself.
            summed = f"{address(self.first + 1, column + 1)}:{address(self.last + 1, column + 1)}"
            inside = f"SUM({summed if self.last >= self.first else 0})"
            live = (
                Live(f"=ROUND({inside},6)", self.sums[i] / FEN_PER_WAN)
                if cell.kind.money
                else Live(f"={inside}", self.sums[i])
            )
            write_live(sheet, row, column, live, bold)


def _width(cell: Cell, values: Sequence[int]) -> float:
    """Of a column, so that its longest number can be read."""
    return max(CELL_WIDTH, max(len(cell.kind.show(value)) for value in values) + _FREE)
