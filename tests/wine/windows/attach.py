"""The two ways in which VBA reaches the server: by moniker, and by xlwings' DLL in attach mode."""

from __future__ import annotations

import ctypes
import sys
from pathlib import Path
from typing import Any

import pythoncom
import win32com.client

from gouji.excel.interface import CLSID, DLLS


class _Variant(ctypes.Structure):
    _fields_ = (
        ("vt", ctypes.c_ushort),
        ("r1", ctypes.c_ushort),
        ("r2", ctypes.c_ushort),
        ("r3", ctypes.c_ushort),
        ("pointer", ctypes.c_void_p),
        ("pad", ctypes.c_void_p),
    )


class _Guid(ctypes.Structure):
    _fields_ = (
        ("a", ctypes.c_ulong),
        ("b", ctypes.c_ushort),
        ("c", ctypes.c_ushort),
        ("d", ctypes.c_byte * 8),
    )


def by_moniker() -> Any:
    """VBA: ``GetObject("new:{CLSID}")``."""
    found = pythoncom.CoGetObject(f"new:{CLSID}")
    return win32com.client.Dispatch(found.QueryInterface(pythoncom.IID_IDispatch))


def by_dll() -> Any:
    """VBA: ``XLPyDLLActivateAuto(py, "{CLSID}", 1)`` of the DLL beside python.exe."""
    dll = ctypes.WinDLL(str(Path(sys.executable).with_name(DLLS[1])))
    activate = dll.XLPyDLLActivateAuto
    activate.restype = ctypes.c_long
    result = _Variant()
    code = activate(ctypes.byref(result), CLSID.encode("ascii"), 1)
    if code:
        raise OSError(ctypes.wstring_at(result.pointer) if result.vt == 8 else hex(code & 0xFFFFFFFF))
    to_python = ctypes.PyDLL(pythoncom.__file__).PyCom_PyObjectFromIUnknown
    to_python.restype = ctypes.py_object
    dispatch = _Guid()
    ctypes.oledll.ole32.CLSIDFromString("{00020400-0000-0000-C000-000000000046}", ctypes.byref(dispatch))
    return win32com.client.Dispatch(to_python(ctypes.c_void_p(result.pointer), ctypes.byref(dispatch), True))


WAYS = {"moniker": by_moniker, "dll": by_dll}
