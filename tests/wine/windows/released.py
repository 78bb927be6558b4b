"""Plays Excel through calls that go well and calls that do not, and counts after each what of its objects the
server still holds: one reference, and a closed Excel stays on as a process without a window.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The installed Python is isolated: it finds nothing that it is not told of.
# ruff: noqa: E402
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import pythoncom
import pywintypes
import win32gui
from attach import as_active
from fake_excel import register_types, wrap

from gouji.excel.interface import COMMAND_MODULE, UDF_MODULE
from gouji.form import load_form
from gouji.workbook.layout import layout_of
from support.xlwings_fake.model import Range, Workbook


class Broken(Range):
    """A range that Excel cannot give the contents of."""

    @property
    def Row(self) -> int:
        raise pywintypes.com_error(-2147352567, "broken", None, None)

    @Row.setter
    def Row(self, row: int) -> None:
        pass


def held() -> int:
    """How many of our objects another process holds, once what it gives back has come in."""
    for _ in range(100):
        gc.collect()
        pythoncom.PumpWaitingMessages()
        if not pythoncom._GetGatewayCount():
            break
        time.sleep(0.02)
    return int(pythoncom._GetGatewayCount())


def calls(server: Any, given: dict[str, Any], home: str) -> dict[str, Callable[[], Any]]:
    file = Path(given["workbook"])
    book = Workbook(file, file.name)
    book.Application.Hwnd = win32gui.GetDesktopWindow()
    layout = layout_of(load_form(given["edition"]))
    sheets, application = book._sheets, book.Application.Name

    def command(name: str, path: str = home, excel: str = application, sheets: Any = sheets) -> Any:
        book.Path, book.Application.Name, book._sheets = path, excel, sheets
        return server.CallUDF(COMMAND_MODULE, name, (), wrap(book))

    def diagnose(*more: Any) -> Any:
        tables = [wrap(book.sheet(s.name).Range(s.values.ref())) for s in layout.tables.values()]
        return server.CallUDF(UDF_MODULE, "GJ_DIAGNOSE", (*tables, *more))

    def broken() -> Any:
        area = book.sheet("四").Range("A7:D7")
        area.__class__ = Broken
        return server.CallUDF(UDF_MODULE, "GJ_TOTAL", (wrap(area),))

    return {
        "ranges": lambda: diagnose("2021", None, None),
        "ranges, an edition too few": lambda: diagnose("1999", None, None),
        "ranges, arguments missing": diagnose,
        "a range that fails": broken,
        "not ours": lambda: server.CallUDF("os", "getcwd", (), wrap(book)),
        "validate": lambda: command("validate"),
        "report": lambda: command("report"),
        "report unsaved": lambda: command("report", path=""),
        "season": lambda: command("season_check", path=given["season"]),
        "season nowhere": lambda: command("season_check"),
        "refused": lambda: command("validate", excel="WPS 表格"),
        "failing": lambda: command("validate", sheets=None),
    }


def said(work: Callable[[], Any]) -> str:
    try:
        found = work()
    except pywintypes.com_error as error:
        return f"error: {error.excepinfo[2] if error.excepinfo else error}"
    return str(found[1] if isinstance(found, (tuple, list)) and isinstance(found[0], str) else found[0])


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    register_types(str(Path(sys.argv[2]).with_name("excel.tlb")))
    server = as_active()
    before = held()
    asked = calls(server, given, str(Path(sys.argv[2]).parent / "home"))
    found = {name: [said(work), held() - before] for name, work in asked.items()}
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
