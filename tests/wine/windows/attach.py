"""How VBA reaches the server: by moniker."""

from __future__ import annotations

from typing import Any

import pythoncom
import win32com.client

from gouji.excel.interface import CLSID


def by_moniker() -> Any:
    """VBA: ``GetObject("new:{CLSID}")``."""
    found = pythoncom.CoGetObject(f"new:{CLSID}")
    return win32com.client.Dispatch(found.QueryInterface(pythoncom.IID_IDispatch))


WAYS = {"moniker": by_moniker}
