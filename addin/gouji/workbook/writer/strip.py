"""Beside a table, never printed: its state, a way to 校验, expected totals above columns and beside rows."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import Equation
from ..layout import Area, TableSheet
from ..live import Live
from ..wording import wording
from .context import Writing, write_live


def write_strip(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """State of the table and a way to 校验; expected totals above columns and beside rows."""
    sheet.set_column(place.columns, place.columns, 2)
    sheet.set_column(place.side - 1, place.side, 10)
    w = wording("table")
    helper, gap = writing.style("helper"), writing.style("gap")
    sheet.merge_range(
        *writing.zero(Area(place.name, 1, 1, 1, max(place.columns - 2, 2))), "", writing.style("plain")
    )
    write_live(sheet, 0, 0, writing.table_state(place.table), writing.style("plain"))
    check = writing.layout.check.name
    sheet.write_url(0, place.columns - 1, f"internal:'{check}'!A1", writing.style("link"), w["to_check"])
    equations = place.table.equations
    for kind, rows in (
        ("column", ((2, "expected_processed", "expected"), (3, "processed_difference", "gap"))),
        ("balance", ((4, "balance", "gap"),)),
    ):
        for row, label, what in rows:
            chosen = [e for e in equations if e.kind == kind]
            if chosen:
                sheet.write_string(
                    row - 1, place.label_columns - 1, w[label], writing.style("helper", align="right")
                )
            for e in chosen:
                column = place.cells[e.right[0]][1]
                style = gap if what == "gap" else helper
                write_live(sheet, row - 1, column - 1, _live(writing, e, what), style)
    _row_totals(writing, sheet, place, [e for e in equations if e.kind == "row"])


def _live(writing: Writing, equation: Equation, what: str) -> Live:
    if what == "expected":
        return writing.live.expected(equation.left)
    return writing.live.gap(
        equation.right if equation.kind == "column" else equation.left,
        equation.left if equation.kind == "column" else equation.right,
    )


def _row_totals(writing: Writing, sheet: Worksheet, place: TableSheet, equations: list[Equation]) -> None:
    """Expected 总计: beside the row (表三), or above the total where rows stand side by side (表四)."""
    w = wording("table")
    helper, gap = writing.style("helper"), writing.style("gap")
    if not equations:
        return
    across = place.table.grid.across
    if across:
        sheet.write_string(1, 0, w["expected_part_total"], writing.style("helper", align="left"))
    else:
        for i, label in enumerate(("expected_total", "difference")):
            sheet.write_string(place.top + place.head_rows - 2, place.side - 1 + i, w[label], helper)
    for e in equations:
        row, column = place.cells[e.right[0]]
        expected, difference = writing.live.expected(e.left), writing.live.gap(e.right, e.left)
        if across:
            write_live(sheet, 1, column - 1, expected, helper)
            write_live(sheet, 1, column - 2, difference, gap)
        else:
            write_live(sheet, row - 1, place.side - 1, expected, helper)
            write_live(sheet, row - 1, place.side, difference, gap)
