"""Holds files as Excel does (others may read, nobody may write or replace) while a season is run."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pywintypes
import win32con
import win32file

from gouji import api
from gouji.city.season.folder import is_open
from gouji.city.season.replacing import refuse_open
from gouji.city.season.running import run_season
from gouji.errors import GoujiError
from gouji.files import atomic_write


def hold(path: Path) -> Any:
    """A handle with the sharing that Excel asks for."""
    return win32file.CreateFile(
        str(path),
        win32con.GENERIC_READ | win32con.GENERIC_WRITE,
        win32con.FILE_SHARE_READ,
        None,
        win32con.OPEN_EXISTING,
        win32con.FILE_ATTRIBUTE_NORMAL,
        None,
    )


def said(work: Any) -> str:
    try:
        work()
    except (GoujiError, OSError, pywintypes.error) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def replaced(path: Path) -> None:
    with atomic_write(path, force=True) as draft:
        draft.write_bytes(b"new")


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    folder, result = Path(given["folder"]), Path(given["result"])
    before = (folder / "汇总台.xlsx").read_bytes()
    handles = [hold(folder / "汇总台.xlsx"), hold(result)]
    done = run_season(folder, api.consolidate)
    found = {
        "open": [is_open(folder / "汇总台.xlsx"), is_open(result)],
        "refused": said(lambda: refuse_open({"workbook": result})),
        "not_replaced": said(lambda: replaced(result)),
        "run": str(done.folder),
        "remarks": list(done.remarks),
        "taken": len(done.city.taken),
    }
    for handle in handles:
        handle.Close()
    found["unchanged"] = (folder / "汇总台.xlsx").read_bytes() == before
    found["closed"] = [is_open(folder / "汇总台.xlsx"), said(lambda: refuse_open({"workbook": result}))]
    Path(sys.argv[2]).write_text(json.dumps(found), "utf-8")


main()
