"""The two ways in which VBA reaches the server: as the active object of the session, and by moniker."""

from __future__ import annotations

from typing import Any

import pythoncom
import win32com.client

from gouji.excel.interface import CLSID, PROG_ID


def as_active() -> Any:
    """VBA: ``GetObject(, "gouji.Server")``."""
    return win32com.client.GetActiveObject(PROG_ID)


def by_moniker() -> Any:
    """VBA: ``GetObject("new:{CLSID}")``."""
    found = pythoncom.CoGetObject(f"new:{CLSID}")
    return win32com.client.Dispatch(found.QueryInterface(pythoncom.IID_IDispatch))


WAYS = {"active": as_active, "moniker": by_moniker}
