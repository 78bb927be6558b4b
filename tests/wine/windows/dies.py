"""Plays an Excel that is gone while the server works on its workbook: exit code 3 in the middle of 校验."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
# The installed Python is isolated: it finds nothing that it is not told of.
# ruff: noqa: E402
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

import win32gui
from attach import as_active
from fake_excel import register_types, wrap

from gouji.excel.interface import COMMAND_MODULE
from support.xlwings_fake.model import Workbook


class Dying(Workbook):
    @property
    def Sheets(self) -> Any:
        os._exit(3)

    Worksheets = Sheets


def main() -> None:
    file = Path(json.loads(Path(sys.argv[1]).read_text("utf-8"))["workbook"])
    register_types(str(Path(sys.argv[1]).with_name("excel.tlb")))
    book = Dying(file, file.name)
    book.Application.Hwnd = win32gui.GetDesktopWindow()
    as_active().CallUDF(COMMAND_MODULE, "validate", (), wrap(book))


main()
