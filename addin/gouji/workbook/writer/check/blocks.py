"""Blocks to the right of the live rows: title, heads, and 诊断, which the add-in fills."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...layout import Area
from ...wording import wording
from ..context import Writing
from ..macros import diagnosis_formula


def write_block(writing: Writing, sheet: Worksheet, area: Area, title: str, heads: list[str]) -> None:
    sheet.write_string(area.top - 3, area.left - 1, title, writing.style("caption"))
    for i, head in enumerate(heads):
        sheet.write_string(area.top - 2, area.left - 1 + i, head, writing.style("head"))


def write_diagnosis(writing: Writing, sheet: Worksheet) -> None:
    """Reserved and locked: filled by the add-in, as values in .xlsx or by an array UDF in .xlsm."""
    w, area = wording("check"), writing.layout.check.diagnosis
    write_block(writing, sheet, area, w["diagnosis_title"], w["diagnosis_heads"])
    style = writing.style("line_boxed", align="left")
    if writing.macros:
        formula = "{" + diagnosis_formula(writing) + "}"
        sheet.write_array_formula(*writing.zero(area), formula, style, "")
    for row in range(area.top - 1, area.bottom):
        for column in range(area.left - 1, area.right):
            if not writing.macros or (row, column) != (area.top - 1, area.left - 1):
                sheet.write_blank(row, column, None, style)
    sheet.write_string(area.top - 1, area.left + 1, w["diagnosis_absent"], style)
