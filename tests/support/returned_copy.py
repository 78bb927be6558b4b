"""A 退回单 as the copy of what was sent: how it is made, and what must be the same in both."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from gouji.examine import Examined, examine
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.shown.slip import slip_workbook
from gouji.workbook.wording import wording
from gouji.workshop.sample import sample_report
from support.clerks_book import by_openpyxl
from support.filled import write_workbook
from support.handed_out import handed_out, with_macros
from support.loaded import loaded
from support.macros_kept import macros_kept
from support.packages import unpack

SLIP = "退回单"


@cache
def returned(sent: bytes, ending: str = ".xlsx") -> bytes:
    """The 退回单 on a file, which must be a copy and nothing written anew."""
    judged = examined(sent)
    content = slip_workbook(
        judged.report,
        judged.reading.prior,
        judged.findings,
        sent=sent,
        returned=judged.reading.returned,
        ending=ending,
    )
    assert wording("slip")["copy"] in texts(content)
    return content


def examined(content: bytes) -> Any:
    judged: Examined = examine(content)
    assert judged.reading, judged.findings
    return judged


def texts(content: bytes) -> list[str]:
    cells = open_book(content).cells(SLIP)
    return [cell.raw for _, cell in sorted(cells.items())]


@cache
def macro_book() -> bytes:
    """The handed-out template with macros and buttons, with a wrong number typed into its form."""
    out = io.BytesIO()
    with macros_kept(with_macros()) as book:
        book["三"]["D9"], book["三"]["J9"] = 3, 5
        book.save(out)
    return out.getvalue()


def wrong() -> bytes:
    """As we write it, so that every formula has its stored value."""
    return write_workbook(sample_report())


def template() -> bytes:
    return next(c for name, c in handed_out().items() if name.endswith(".xlsx") and "2021" in name)


BOOKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "template": (template, ".xlsx"),
    "filled": (wrong, ".xlsx"),
    "openpyxl": (by_openpyxl, ".xlsx"),
    "macros": (macro_book, ".xlsm"),
}


def stored(content: bytes) -> dict[tuple[str, str], Any]:
    """What openpyxl sees stored, by sheet and address; our own sheet and the link back to it aside."""
    book = loaded(content, data_only=True)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        if sheet.title != SLIP
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and cell.value != "← 退回单"
    }


def raw(content: bytes) -> dict[tuple[str, Any], Any]:
    """What our own reader sees: the text of each value, its kind, whether a formula."""
    book = open_book(content)
    return {
        (name, at): cell
        for name in book.sheet_names
        if name != SLIP
        for at, cell in book.cells(name).items()
        if cell.raw != "← 退回单"
    }


def same_content(sent: bytes, copy: bytes) -> None:
    assert stored(copy) == stored(sent)
    assert raw(copy) == raw(sent)
    assert formulas(copy) == formulas(sent)


def formulas(content: bytes) -> dict[str, list[str]]:
    """Every formula element of each sheet, shared and array ones as they are stored."""
    parts = unpack(content)
    found = {
        n: re.findall(rb"<(?:x:)?f\b.*?(?:/>|</(?:x:)?f>)", c)
        for n, c in parts.items()
        if "/worksheets/" in n
    }
    kept = {n: [f.decode() for f in fs if "退回单" not in f.decode()] for n, fs in found.items()}
    return {n: fs for n, fs in kept.items() if fs}
