"""What the sheets that are only looked at have in common: links, numbers of a cell, the page."""

from __future__ import annotations

from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, Cell, Form
from ...wording import wording_of
from ...workbook.limits import fitted

PACKAGE = "gouji.city.sheets"


def words(section: str) -> dict[str, Any]:
    """A section of this package's ``wording.toml``."""
    return wording_of(PACKAGE, section)


def write_link(
    sheet: Worksheet, row: int, column: int, target: str | None, text: str, look: Format, plain: Format
) -> None:
    """A text that leads to a file beside the book; only the text where there is nothing to lead to."""
    if target:
        sheet.write_url(row, column, f"external:{target}", look, fitted(text))
    elif text:
        sheet.write_string(row, column, fitted(text), plain)
    else:
        sheet.write_blank(row, column, None, plain)


def inside(sheet: str, address: str) -> str:
    """The target of a link within the book."""
    return f"internal:'{sheet}'!{address}"


def number(cell: Cell, value: int) -> float:
    """As the form shows it: money in 万元."""
    return value / FEN_PER_WAN if cell.kind.money else value


def label(form: Form, cell: Cell) -> str:
    """Table, row and column of a cell as people say them: 三 一、本年新收政府信息公开申请数量 · 自然人"""
    table = form.tables[cell.table].section.number
    return str(words("sources")["cell"].format(table=table, row=cell.row.key, column=cell.column.label))
