"""各单位对照: 明细 the other way round, for reading and for paper: a row a cell of the form, a column a unit.

Above a number of units a column is a 类别. What is read back next year is 明细; nothing reads this sheet.
"""

from __future__ import annotations

from collections.abc import Iterator

from xlsxwriter.worksheet import Worksheet

from ...form import SLASH, Cell, Value
from ...form.labels import without_remark
from ...form.look import screen
from ...records import dataclass
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Writing
from ...workbook.writer.heights import row_height
from ..consolidate import Consolidation
from ..sum.adjust import total_change
from ..sum.summing import add
from .parts import number, words

#: So many units have a column of their own.
UNITS = 60
_LABELS, _WIDTH = (4, 44, 17), 7
#: The row of the heads, and what is left of the numbers.
_TOP, _LEFT = 2, 3
#: Up to so many columns of numbers fit the width of A4; more are printed on A3, heads repeated.
_ON_A4 = 8
_A4, _A3 = 9, 8


@dataclass(frozen=True)
class Column:
    """``values``: cell id -> what stands there."""

    head: str
    values: dict[str, Value]


def columns(city: Consolidation) -> list[Column]:
    """全市 first, then a column a unit or a 类别, then the adjustments where there are any."""
    w, cells = words("beside"), city.form.cells
    found = [Column(w["sum"], {cell.id: city.report.value(cell.id) for cell in cells})]
    if len(city.parts) <= UNITS:
        found += [
            Column(unit, {cell.id: report.value(cell.id) for cell in cells}) for unit, report in city.parts
        ]
    else:
        found += _kinds(city)
    if city.adjustments:
        changes = total_change(city.adjustments)
        found.append(Column(w["adjusted"], {cell: change for cell, change in changes.items() if change}))
    return found


def _kinds(city: Consolidation) -> Iterator[Column]:
    w = words("beside")
    groups: dict[str, list[dict[str, Value]]] = {}
    for filed, (_, report) in zip(city.taken, city.parts, strict=True):
        groups.setdefault(filed.unit.kind if filed.unit else "", []).append(dict(report.values))
    for kind, units in groups.items():
        sums = {cell.id: add([values.get(cell.id) for values in units]) for cell in city.form.cells}
        yield Column(w["units"].format(kind=kind or w["no_kind"], count=len(units)), sums)


def write_beside(city: Consolidation, writing: Writing, sheet: Worksheet) -> None:
    w, styles = words("beside"), writing.styles
    shown = columns(city)
    sheet.set_vba_name("shtBeside")
    title = w["title"] if len(city.parts) <= UNITS else w["kinds"]
    title = title.format(unit=city.report.unit, year=city.report.year)
    sheet.write_string(0, 0, title, styles.get("caption"))
    for i, width in enumerate(_LABELS):
        sheet.set_column(i, i, width)
    sheet.set_column(_LEFT, _LEFT + len(shown) - 1, _WIDTH)
    head = styles.get("head", text_wrap=True)
    for i, text in enumerate((*w["heads"], *(column.head for column in shown))):
        sheet.write_string(_TOP, i, fitted(text), head)
    sheet.set_row(_TOP, row_height([(column.head, _WIDTH) for column in shown]))
    for at, cell in enumerate(city.form.cells):
        _row(city, writing, sheet, _TOP + 1 + at, cell, shown)
    sheet.freeze_panes(_TOP + 1, _LEFT + 1)
    _page(sheet, len(shown))


def _row(
    city: Consolidation, writing: Writing, sheet: Worksheet, row: int, cell: Cell, shown: list[Column]
) -> None:
    styles = writing.styles
    fill = {"bg_color": screen()["panel"]} if cell.is_total else {}
    body = styles.get("boxed", **fill)
    table = city.form.tables[cell.table].section.number
    texts = (table, without_remark(cell.row.key), cell.column.label)
    for i, text in enumerate(texts):
        sheet.write_string(row, i, text, body)
    sheet.set_row(row, row_height(zip(texts, _LABELS, strict=True)))
    for i, column in enumerate(shown):
        look = {"bold": True, "bg_color": COLOURS["head"]} if i == 0 else fill
        value = column.values.get(cell.id)
        if isinstance(value, int):
            quiet = {} if value else {"font_color": screen()["quiet"]}
            style = styles.get("number", shrink=True, **look, **quiet)
            sheet.write_number(row, _LEFT + i, number(cell, value), style)
        elif value == SLASH:
            sheet.write_string(row, _LEFT + i, value, styles.get("number", **look))
        else:
            sheet.write_blank(row, _LEFT + i, None, styles.get("number", **look))


def _page(sheet: Worksheet, count: int) -> None:
    """As many columns on a page as stay readable; labels, 全市 and heads on every page."""
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.repeat_rows(_TOP)
    sheet.repeat_columns(0, _LEFT)
    if count <= _ON_A4:
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
    else:
        sheet.set_paper(_A3)
        sheet.set_print_scale(90)
    sheet.set_footer("&C&P / &N")
