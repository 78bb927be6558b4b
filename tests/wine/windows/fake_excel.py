"""The object model of ``xlwings_fake.model`` behind real COM interfaces with Excel's own ids.

Another process sees what it would see of Excel: late-bound objects whose type information says ``Range``,
``_Worksheet``, ``_Workbook``, ``_Application``.
"""

from __future__ import annotations

import os
from typing import Any

import pythoncom
import pywintypes
import win32com.client
import win32com.server.policy
import win32com.server.util

from support.xlwings_fake.model import Range, Sheets, Thing

_IDS = {
    "Range": "00020846",
    "_Workbook": "000208DA",
    "_Worksheet": "000208D8",
    "_Application": "000208D5",
    "Sheets": "000208D7",
}
_PUT = pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF
_TYPES: dict[str, Any] = {}


def register_types(path: str) -> None:
    """A type library with Excel's interface ids, by which xlwings knows a Range."""
    if os.path.exists(path):  # noqa: PTH110
        os.unlink(path)  # noqa: PTH108
    library = pythoncom.CreateTypeLib2(3, path)
    library.SetGuid(pywintypes.IID("{00020813-0000-0000-C000-000000000046}"))
    library.SetVersion(1, 9)
    library.SetLcid(0)
    library.SetName("Excel")
    for name, start in _IDS.items():
        info = library.CreateTypeInfo(name, 4)
        info.SetGuid(pywintypes.IID(f"{{{start}-0000-0000-C000-000000000046}}"))
        info.LayOut()
    library.SaveAllChanges()
    del info, library
    loaded = pythoncom.LoadTypeLib(path)
    pythoncom.RegisterTypeLib(loaded, path, None)
    for i in range(loaded.GetTypeInfoCount()):
        _TYPES[loaded.GetDocumentation(i)[0]] = loaded.GetTypeInfo(i)


class _Policy(win32com.server.policy.DynamicPolicy):
    def _GetTypeInfoCount_(self) -> int:
        return 1

    def _GetTypeInfo_(self, index: int, lcid: int) -> tuple[int, Any]:
        return 0, _TYPES[self._obj_.interface]


class _Method:
    """``sheet.Range`` before its arguments come: late binding asks for a property first."""

    interface = "Range"

    def __init__(self, method: Any) -> None:
        self.method = method

    def _dynamic_(self, name: str, lcid: int, flags: int, args: tuple[Any, ...]) -> Any:
        if name in ("_value_", "Item"):
            return _out(self.method(*map(_in, args)))
        raise AttributeError(name)


class Served:
    """One object of the model as COM asks for it."""

    def __init__(self, thing: Thing) -> None:
        self.thing, self.interface = thing, thing.interface

    def _dynamic_(self, name: str, lcid: int, flags: int, args: tuple[Any, ...]) -> Any:
        thing = self.thing
        if flags & _PUT:
            setattr(thing, name, args[-1])
            return None
        if name == "_NewEnum" and isinstance(thing, Sheets):
            return win32com.server.util.NewEnum([wrap(sheet) for sheet in thing])
        if name in ("_value_", "_Default") and isinstance(thing, Sheets):
            name = "Item"
        if name in ("_value_", "Item", "Cells") and isinstance(thing, Range):
            row, column = (int(a) - 1 for a in args)
            sheet = thing.Worksheet
            return _out(sheet.Cells(thing.Row + row, thing.Column + column))
        found = getattr(thing, name)
        if not callable(found):
            return _out(found)
        if not args:
            return win32com.server.util.wrap(_Method(found), usePolicy=_Policy)
        return _out(found(*map(_in, args)))


def wrap(thing: Thing) -> Any:
    return win32com.server.util.wrap(Served(thing), usePolicy=_Policy)


def _out(found: Any) -> Any:
    if isinstance(found, Thing):
        return wrap(found)
    return (found,) if isinstance(found, tuple) else found  # an array has to be wrapped once


class _Corner:
    """A Range that the other process gives back as an argument."""

    def __init__(self, found: Any) -> None:
        self.Row, self.Column = found.Row, found.Column


def _in(argument: Any) -> Any:
    return (
        _Corner(win32com.client.Dispatch(argument)) if type(argument).__name__ == "PyIDispatch" else argument
    )
