"""What the tests of the macros share: the form, places in it, texts, the files that are opened."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gouji.form import load_form
from gouji.report import Report, load
from gouji.workbook.layout import layout_of
from gouji.workbook.packing import read_parts, write_parts
from gouji.workbook.wording import marks, wording
from support import TESTS
from support.macro_build import Engine, Instrumented, with_macros
from support.macro_desk import OfficeDesk, SecondDesk
from support.office import Book

from .filled import write_workbook

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
SAY = wording("messages")
STATE = wording("check")
DATA = marks("sheets")["data"]
PART, OTHER = LAYOUT.locate("t3.new.natural"), LAYOUT.locate("t3.new.business")
TOTAL, COLUMN_TOTAL = LAYOUT.locate("t3.new.total"), LAYOUT.locate("t3.processed.natural")
PARTS = [LAYOUT.locate(cell) for cell in FORM.equation["t3.row.new"].left]
BLOCK, FIRST = LAYOUT.check.diagnosis, LAYOUT.check.live_top
TEXT_COLUMN = 2  # of 诊断, from 0

Desk = OfficeDesk | SecondDesk

#: Run in the second engine too, which takes seconds for what LibreOffice does in a blink.
both = pytest.mark.parametrize("engine", ["office", pytest.param("pyopenvba", marks=pytest.mark.long)])
second = pytest.mark.parametrize("engine", ["pyopenvba"])


def right() -> Report:
    """A published report without an error, with something in each of its texts."""
    report = load(TESTS / "data" / "published" / "pt-jtj-2022.json")
    return replace(report, texts=dict.fromkeys(("一", "五", "六"), "文字。"))


@cache
def package(filled: bool, engine: Engine, folder: Path) -> tuple[bytes, Instrumented]:
    """The template as .xlsm with instrumented macros, blank or filled."""
    macros = Instrumented(folder / f"{engine}{filled}.src", "xlsm", engine)
    workbook = write_workbook(right() if filled else Report(FORM), macros=True)
    if engine == "pyopenvba":
        parts = read_parts(workbook)
        for name in (part_of(table.name) for table in LAYOUT.tables.values()):
            parts[name] = _without_formats(parts[name])
        workbook = write_parts(parts)
    return with_macros(workbook, macros), macros


def part_of(sheet: str) -> str:
    return f"xl/worksheets/sheet{LAYOUT.sheet_names.index(sheet) + 1}.xml"


def _without_formats(sheet: bytes) -> bytes:
    """pyOpenVBA knows no CELL, by which a formula asks for a number format."""
    return re.sub(rb'CELL\("format",[A-Z]+[0-9]+\)', b'"G"', sheet)


def say(name: str, /, **names: object) -> str:
    """A message of the macros."""
    return str(SAY[name]).format(**names)


@cache
def data_keys() -> list[object]:
    """Keys of the very hidden sheet of the files that are opened, by row."""
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(right(), macros=True)), read_only=True)
    return [key for key, *_ in book[DATA].iter_rows(values_only=True)]


def data_row(key: str) -> int:
    """The first row of a key."""
    return data_keys().index(key) + 1


def block(desk: OfficeDesk) -> list[list[object]]:
    """诊断 as it stands."""
    return [list(row) for row in desk.book.values(BLOCK.sheet, BLOCK.ref())]


def select(book: Book, sheet: str, *areas: str) -> None:
    """Select cells as a person does."""
    book.ask(f"doc.CurrentController.setActiveSheet(doc.Sheets.getByName('{sheet}'))")
    ranges = "doc.createInstance('com.sun.star.sheet.SheetCellRanges')"
    if len(areas) == 1:
        found = f"doc.Sheets.getByName('{sheet}').getCellRangeByName('{areas[0]}')"
        book.ask(f"doc.CurrentController.select({found})")
        return
    added = "; ".join(areas)
    book.ask(
        f"[(r, [r.addRangeAddress(doc.Sheets.getByName('{sheet}').getCellRangeByName(a).RangeAddress, False)"
        f" for a in '{added}'.split('; ')], doc.CurrentController.select(r)) for r in [{ranges}]] and 1"
    )
