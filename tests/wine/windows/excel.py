"""Plays Excel: hands its workbook to the server and lets 校验 work on it; then UDFs with Range arguments."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The installed Python is isolated: it finds nothing that it is not told of.
# ruff: noqa: E402
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import win32gui
from attach import by_moniker
from fake_excel import register_types, wrap

from gouji.excel.interface import COMMAND_MODULE, UDF_MODULE
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support.xlwings_fake.model import Workbook


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    file = Path(given["workbook"])
    register_types(str(Path(sys.argv[2]).with_name("excel.tlb")))
    form = read_workbook(file).report.form
    layout = layout_of(form)
    book = Workbook(file, file.name)
    book.Application.Hwnd = win32gui.GetDesktopWindow()
    book.Application.Name = given.get("application", book.Application.Name)
    server = by_moniker()
    before = {sheet.Name: dict(sheet.values) for sheet in book.Sheets}
    started = time.perf_counter()
    verdict = server.CallUDF(COMMAND_MODULE, "validate", (), wrap(book))
    seconds = time.perf_counter() - started
    book.Path = str(Path(sys.argv[2]).parent / "home")
    report = server.CallUDF(COMMAND_MODULE, "report", (), wrap(book))
    tables = [wrap(book.sheet(s.name).Range(s.values.ref())) for s in layout.tables.values()]
    rows = server.CallUDF(UDF_MODULE, "GJ_DIAGNOSE", (*tables, form.edition, None, None))
    total = server.CallUDF(UDF_MODULE, "GJ_TOTAL", (wrap(book.sheet("四").Range("A7:D7")),))
    check = book.sheet(layout.check.name)
    found: dict[str, Any] = {
        "verdict": list(verdict),
        "seconds": seconds,
        "report": list(report),
        "diagnosis": check.Range(layout.check.diagnosis.ref()).Value2,
        "by_range": [list(row) for row in rows],
        "total": total,
        "selected": book.selected,
        "protected": [check.ProtectContents, check.user_interface_only],
        "changed": sorted({name for name, values in before.items() if values != book.sheet(name).values}),
        "writes": {sheet.Name: sheet.writes for sheet in book.Sheets if sheet.writes},
    }
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
