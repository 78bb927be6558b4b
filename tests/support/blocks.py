"""Reports as the blocks of contents that Excel hands over."""

from __future__ import annotations

from typing import Any

from gouji.form import FEN_PER_WAN, TableKey, load_form
from gouji.report import Report
from gouji.workbook.layout import layout_of

Block = list[list[Any]]


def zeros(edition: str = "2021", **layout: str) -> Report:
    """A complete report in which every cell is 0."""
    form = load_form(edition, layout)  # type: ignore[arg-type]
    return Report(form, unit="某市某局", year=2024, values=dict.fromkeys(form.by_id, 0))


def block(report: Report, key: TableKey) -> Block:
    """The contents of one table's data area, numbers as floats."""
    sheet = layout_of(report.form).tables[key]
    area = sheet.values
    rows: Block = [[None] * (area.right - area.left + 1) for _ in range(area.bottom - area.top + 1)]
    for cell in sheet.table.cells:
        row, column = sheet.cells[cell.id]
        value = report.value(cell.id)
        if isinstance(value, int):
            value = value / FEN_PER_WAN if cell.kind.money else float(value)  # type: ignore[assignment]
        rows[row - area.top][column - area.left] = value
    return rows


def blocks(report: Report) -> tuple[Block, Block, Block]:
    return block(report, "table2"), block(report, "table3"), block(report, "table4")
