"""A form that is written, changed and read back."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

from gouji.form import load_form
from gouji.report import Report
from gouji.rules import Finding
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import Reading, read_contents, read_workbook
from gouji.workbook.writer import write_workbook
from support.opened_book import Opened

FORM = load_form("2021")
NEW = "t3.new.natural"


def reread(report: Report) -> Report:
    return read_workbook(write_workbook(report)).report


@cache
def blank() -> bytes:
    return write_workbook(Report(FORM, unit="某局", year=2024, texts={}))


def changed(change: Callable[[Opened], None], report: Report | None = None) -> Reading:
    """Read the blank form (or a report's) after a change."""
    book = Opened(write_workbook(report) if report else blank())
    change(book)
    return read_contents(book)


def repacked(change: Callable[[str, bytes], bytes], **more: bytes) -> Reading:
    """Read the blank form after a change of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(blank())) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, part in more.items():
            target.writestr(name, part)
    return read_workbook(out.getvalue())


def typed(content: str | float, cell: str = NEW) -> Reading:
    """Read the blank form with one cell filled: a formula, a truth value, an error, a text or a number."""
    sheet, address = layout_of(FORM).locate(cell)
    part = f"xl/worksheets/sheet{layout_of(FORM).sheet_names.index(sheet) + 1}.xml"
    kind, inside = "n", f"<v>{content}</v>"
    if isinstance(content, bool):
        kind, inside = "b", f"<v>{int(content)}</v>"
    elif isinstance(content, str) and content.startswith("="):
        inside = f"<f>{content[1:]}</f><v>2</v>"
    elif isinstance(content, str) and content.startswith("#"):
        kind = "e"
    elif isinstance(content, str):
        kind, inside = "inlineStr", f'<is><t xml:space="preserve">{content}</t></is>'
    filled = f'<c r="{address}" t="{kind}">{inside}</c>'.encode()

    def fill(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        data, count = re.subn(rb'<c r="%s"[^>]*/>' % address.encode(), filled, data)
        assert count == 1
        return data

    return repacked(fill)


def rules(reading: Reading) -> list[str]:
    return [finding.rule for finding in reading.findings]


def only(reading: Reading, rule: str) -> Finding:
    (found,) = [f for f in reading.findings if f.rule == rule]
    assert "{" not in found.message and "\n" not in found.message
    return found
