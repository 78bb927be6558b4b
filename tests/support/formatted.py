"""Filled workbooks whose typed cells have number formats of their own, as openpyxl writes them."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import openpyxl

from gouji.examine import judge
from gouji.report import Report
from gouji.rules import Finding
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.reader import read_workbook
from support import last_year

from .filled import write_workbook

#: Content and format code of a cell; its place: a cell id, a field of 封面, or "prior:" and a cell id.
Formats = Mapping[str, tuple[Any, str]]


def formatted(report: Report, cells: Formats, prior: Report | None = None) -> bytes:
    """The report's workbook with some cells typed anew and formatted."""
    layout = layout_of(report.form)
    book = _opened(write_workbook(report, prior=prior))
    before = []
    for name, (content, code) in cells.items():
        if name in report.form.by_id:
            sheet, at = layout.locate(name)
        elif name.startswith("prior:"):
            sheet, at = (
                last_year.sheet_name(),
                address(*last_year.places(report.form)[name.partition(":")[2]]),
            )
        else:
            sheet, at = layout.cover.name, address(*layout.cover.fields[name])
        cell = book[sheet][at]
        before.append((cell, cell.value, cell.number_format))
        cell.value, cell.number_format = content, code
    out = io.BytesIO()
    book.save(out)
    for cell, content, code in reversed(before):
        cell.value, cell.number_format = content, code
    return out.getvalue()


@lru_cache(4)
def _opened(content: bytes) -> openpyxl.Workbook:
    """Opening takes longer than all else; the cells are put back each time."""
    return openpyxl.load_workbook(io.BytesIO(content))


@dataclass(frozen=True)
class Stored:
    """A workbook as a case of a rule: what is found in it when it is read."""

    report: Report
    cells: Formats

    def findings(self) -> list[Finding]:
        return judge(read_workbook(formatted(self.report, self.cells)))
