"""The printed grid of an official table: labels, typed cells, widths and heights."""

from __future__ import annotations

from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, LIMIT, Box, Cell, Value
from ...form.look import every, look_of, widest
from ...text import one_line
from ..layout import Area, TableSheet, address
from .context import Writing
from .heights import pixels
from .remarks import unread_remark

#: How large a remark at a cell is shown.
_REMARK = {"x_scale": 2, "y_scale": 1.5}
#: What an indent of 1 and the edges of a cell take of its width, in pt.
_INDENT = 11.0
#: Heights in pixels above a table: its state, the expected totals, the title. What else the strip holds is
#: hidden: colours need it, and on a small screen the head must leave two thirds to the numbers.
_STATE, _EXPECTED, _TITLE = 24, 18, 28
#: Characters of a mark in a format, which may have 255 in all.
_LONGEST_MARK = 60


def write_grid(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Labels and typed cells, in columns and rows of the printed table's size."""
    for i, width in enumerate(look_of(place.table).widths):
        sheet.set_column_pixels(i, i, pixels(width))
    for box in place.boxes:
        _box(writing, sheet, place, box)
    for row, height in head_pixels(place).items():
        sheet.set_row_pixels(row - 1, height or None, None, {"hidden": not height})
    for i, points in enumerate(look_of(place.table).heights):
        sheet.set_row_pixels(place.top - 1 + i, pixels(points))


def head_pixels(place: TableSheet) -> dict[int, int]:
    """Row -> height in pixels of what stands above the table, the strip and the title; 0 for a hidden row."""
    strip = {row: _EXPECTED if row == 2 else 0 for row in range(2, place.strip + 1)}
    return {1: _STATE} | strip | {place.title_row: _TITLE}


def span(place: TableSheet, left: int, right: int) -> float:
    """Width in pt of the columns from ``left`` to ``right``, both included."""
    return sum(look_of(place.table).widths[left - 1 : right])


def _box(writing: Writing, sheet: Worksheet, place: TableSheet, box: Box) -> None:
    area = Area(place.name, box.row, box.column, box.row + box.height - 1, box.column + box.width - 1)
    if box.cell:
        _value(writing, sheet, area, writing.layout.form.by_id[box.cell])
        return
    look: dict[str, Any] = {}
    if look_of(place.table).aligned(box) == "left" and widest(box) + _INDENT <= span(
        place, area.left, area.right
    ):
        look |= {"align": "left", "indent": 1}
    if box.role == "title":
        look |= {"bg_color": f"#{every().shade}"}
    writing.merge(sheet, area, box.shown, "label", **look)


def _with_mark(mark: str) -> str:
    """A format that shows the mark of a note behind the number. XlsxWriter writes a format as it is, and a
    program refuses a whole workbook for one that is too long."""
    shown = one_line(mark).replace('"', "”")
    return f'General" {shown if len(shown) <= _LONGEST_MARK else shown[:_LONGEST_MARK] + "…"}"'


def _value(writing: Writing, sheet: Worksheet, area: Area, cell: Cell) -> None:
    report = writing.report
    mark = report.marks.get(cell.id)
    look: dict[str, Any] = {"num_format": _with_mark(mark)} if mark else {}
    if (unread := report.unread.get(cell.id)) and not writing.locked:
        sheet.write_comment(area.top - 1, area.left - 1, unread_remark(unread), _REMARK)
    form = writing.style("sum" if writing.locked else "value", **look)
    if area.ref() != address(area.top, area.left):
        sheet.merge_range(*writing.zero(area), "", form)
    row, column = area.top - 1, area.left - 1
    if lead := writing.leads.get(cell.id):
        # What is written next takes the place of the link's text, and keeps the look of the form.
        sheet.write_url(row, column, f"internal:{lead[0]}", form, lead[1], lead[1])
    typed = writing.typed_texts.get(cell.place, report.as_text.get(cell.id))
    content: Value | str = typed if typed is not None else report.value(cell.id)
    if isinstance(content, int) and abs(content) > LIMIT:
        # A sum of wrong numbers, and said to be one: as a number it would lose its last digits.
        sheet.write_string(row, column, cell.kind.show(content), form)
    elif isinstance(content, int):
        sheet.write_number(row, column, content / FEN_PER_WAN if cell.kind.money else content, form)
    elif content is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_string(row, column, content, form)
