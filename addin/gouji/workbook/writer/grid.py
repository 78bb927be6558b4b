"""The printed grid of an official table: labels, typed cells, widths and heights."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, Box, Cell, Value
from ..layout import Area, TableSheet, address
from .context import Writing
from .remarks import unread_remark
from .styles import COLOURS

#: Widths in characters: label columns, then value columns, by table.
WIDTHS = {"table2": ([30], 18), "table3": ([6, 11, 34], 8.3), "table4": ([], 7.2)}
_LINE_HEIGHT = 17
#: How large a remark at a cell is shown.
_REMARK = {"x_scale": 2, "y_scale": 1.5}


def write_grid(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Labels and typed cells, in columns and rows of the printed table's size."""
    labels, value = WIDTHS[place.table.key]
    for i in range(place.columns):
        sheet.set_column(i, i, labels[i] if i < len(labels) else value)
    for box in place.boxes:
        _box(writing, sheet, place, box)
    _heights(sheet, place)


def _box(writing: Writing, sheet: Worksheet, place: TableSheet, box: Box) -> None:
    area = Area(place.name, box.row, box.column, box.row + box.height - 1, box.column + box.width - 1)
    if box.cell:
        _value(writing, sheet, area, writing.layout.form.by_id[box.cell])
        return
    style = "row_label" if box.role == "label" and place.label_columns > 1 and box.height == 1 else "label"
    form = writing.style(style)
    if box.height == box.width == 1:
        sheet.write_string(box.row - 1, box.column - 1, box.text, form)
    else:
        sheet.merge_range(*writing.zero(area), box.text, form)


def _value(writing: Writing, sheet: Worksheet, area: Area, cell: Cell) -> None:
    report = writing.report
    mark = report.marks.get(cell.id)
    look: dict[str, Any] = {"num_format": 'General" {}"'.format(mark.replace('"', "”"))} if mark else {}
    if marked := writing.marked.get(cell.id):
        look |= {"border": 5, "border_color": COLOURS["wrong"]}
        if marked.remark:
            sheet.write_comment(area.top - 1, area.left - 1, marked.remark, _REMARK)
    elif (unread := report.unread.get(cell.id)) and not writing.locked:
        sheet.write_comment(area.top - 1, area.left - 1, unread_remark(unread), _REMARK)
    form = writing.style("sum" if writing.locked else "value", **look)
    if area.ref() != address(area.top, area.left):
        sheet.merge_range(*writing.zero(area), "", form)
    row, column = area.top - 1, area.left - 1
    typed = writing.typed_texts.get(cell.place)
    content: Value | str = typed if typed is not None else report.value(cell.id)
    if isinstance(content, int):
        sheet.write_number(row, column, content / FEN_PER_WAN if cell.kind.money else content, form)
    elif content is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_string(row, column, content, form)


def span(place: TableSheet, left: int, right: int) -> float:
    """Width in characters of the columns from ``left`` to ``right``, both included."""
    labels, value = WIDTHS[place.table.key]
    return sum(labels[i] if i < len(labels) else value for i in range(left - 1, right))


def _heights(sheet: Worksheet, place: TableSheet) -> None:
    """Rows as high as their longest label needs at its width (two columns a Chinese character)."""
    for row in range(place.top, place.bottom + 1):
        lines = 1.0
        for box in place.boxes:
            if box.row == row and box.height == 1 and box.text:
                width = span(place, box.column, box.column + box.width - 1)
                lines = max(lines, -(-len(box.text) * 2.1 // width))
        sheet.set_row(row - 1, max(20, lines * _LINE_HEIGHT))
    sheet.set_row(place.title_row - 1, 26)
