"""The Windows-only modules that xlwings imports, as far as its UDF pipeline and its COM object use them.

Inside ``as_on_windows()`` xlwings' own udfs.py, com_server.py, _xlwindows.py and converters are what runs,
and ``gouji.excel.udfs`` and ``.commands`` are imported anew with the real decorators. Afterwards everything
is as before.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import importlib
import subprocess
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

_OURS = ("gouji.excel.udfs", "gouji.excel.commands")
_XLWINGS = ("xlwings.udfs", "xlwings.com_server", "xlwings._xlwindows", "xlwings._win32patch")


class ComError(Exception):
    """pywintypes.com_error."""

    def __init__(self, hresult: int = -2147352567, *details: Any) -> None:
        super().__init__(hresult, *details)
        self.hresult = hresult


class ComException(ComError):
    """win32com.server.exception.COMException."""

    def __init__(self, description: str) -> None:
        super().__init__(-2147352567, description)
        self.description = description


class Dispatched:
    """win32com.client.CDispatch: what a COM object looks like to xlwings."""


class Iid(str):
    def __new__(cls, text: object) -> Iid:
        return super().__new__(cls, str(text).upper())


class _Anything:
    def __getattr__(self, name: str) -> _Anything:
        return _Anything()

    def __call__(self, *args: Any, **options: Any) -> int:
        return 0


class _Wrapped:
    """What ``wrap`` hands to VBA."""

    def __init__(self, obj: object) -> None:
        self.obj = obj


def _unwrap(value: object) -> object:
    if isinstance(value, _Wrapped):
        return value.obj
    raise ComError


def _modules() -> dict[str, dict[str, Any]]:
    def same(obj: Any, *args: Any, **options: Any) -> Any:
        return obj

    moment = type("TimeType", (dt.datetime,), {})
    return {
        "pywintypes": {"IID": Iid, "com_error": ComError, "error": OSError, "TimeType": moment},
        "pythoncom": {
            "CoInitialize": lambda: None,
            "CoUninitialize": lambda: None,
            "ole_error": ComError,
            "com_error": ComError,
            "IID_IDispatch": "IDispatch",
            "IID_IEnumVARIANT": "IEnumVARIANT",
            "TypeIIDs": {"IDispatch": type("PyIDispatch", (), {})},
            "CoMarshalInterThreadInterfaceInStream": lambda iid, obj: obj,
            "CoGetInterfaceAndReleaseStream": same,
            "__file__": "pythoncom311.dll",
        },
        "win32api": {},
        "win32con": {},
        "win32gui": {},
        "win32process": {"GetWindowThreadProcessId": lambda window: (1, 1)},
        "win32event": {"INFINITE": -1, "QS_ALLEVENTS": 0, "WAIT_OBJECT_0": 0},
        "win32timezone": {"TimeZoneInfo": types.SimpleNamespace(utc=lambda: dt.UTC)},
        "win32com": {},
        "win32com.client": {
            "CDispatch": Dispatched,
            "DispatchBaseClass": type("DispatchBaseClass", (), {}),
            "CoClassBaseClass": type("CoClassBaseClass", (), {}),
            "Dispatch": same,
            "DispatchEx": same,
        },
        "win32com.server": {},
        "win32com.server.exception": {"COMException": ComException},
        "win32com.server.policy": {"DefaultPolicy": object},
        "win32com.server.dispatcher": {},
        "win32com.server.util": {"wrap": lambda obj, *a, **o: _Wrapped(obj), "unwrap": _unwrap},
    }


def _install() -> None:
    for name, content in _modules().items():
        module = types.ModuleType(name)
        module.__dict__.update(content)
        sys.modules[name] = module
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, module)


@contextmanager
def as_on_windows() -> Iterator[Any]:
    """Yield xlwings with its Windows engine and UDF decorators at work."""
    import xlwings as xw

    before = dict(sys.modules)
    kept = {name: getattr(xw, name) for name in ("func", "arg", "ret", "sub")}
    pydll, no_window = ctypes.PyDLL, getattr(subprocess, "CREATE_NO_WINDOW", None)
    windll = {name: getattr(ctypes, name, None) for name in ("windll", "oledll")}
    _install()
    ctypes.windll, ctypes.oledll = _Anything(), _Anything()  # type: ignore[attr-defined]
    subprocess.CREATE_NO_WINDOW = 0  # type: ignore[attr-defined]
    ctypes.PyDLL = lambda *a, **o: _Anything()  # type: ignore[assignment,misc]
    try:
        yield _load(xw)
    finally:
        ctypes.PyDLL = pydll  # type: ignore[misc]
        for name, value in {**windll}.items():
            setattr(ctypes, name, value) if value is not None else delattr(ctypes, name)
        if no_window is None:
            del subprocess.CREATE_NO_WINDOW  # type: ignore[attr-defined]
        for name, value in kept.items():
            setattr(xw, name, value)
        for name in set(sys.modules) - set(before):
            if name.split(".")[0] in ("pywintypes", "pythoncom", "win32com") or name.startswith("win32"):
                del sys.modules[name]
        for name in (*_OURS, *_XLWINGS):
            sys.modules.pop(name, None)
        sys.modules.update({n: m for n, m in before.items() if n in _OURS})


def _load(xw: Any) -> Any:
    for name in (*_OURS, *_XLWINGS):
        sys.modules.pop(name, None)
    windows = importlib.import_module("xlwings._xlwindows")
    xw._xlwindows = windows
    if "excel" in [engine.name for engine in xw.engines]:
        xw.engines["excel"]._impl = windows.engine  # a second run in the same process
    else:
        xw.engines.add(xw.Engine(impl=windows.engine))
    xw.engines.active = xw.engines["excel"]
    udfs = importlib.import_module("xlwings.udfs")
    importlib.import_module("xlwings.com_server")
    xw.func, xw.arg, xw.ret, xw.sub = udfs.xlfunc, udfs.xlarg, udfs.xlret, udfs.xlsub
    return xw


class Com(Dispatched):
    """A COM object by its properties; every access from outside is counted as one round trip."""

    trips: ClassVar[list[str]] = []

    def __init__(self, name: str, **properties: Any) -> None:
        self.__dict__.update(_name=name, _properties=properties)

    def __getattr__(self, item: str) -> Any:
        if item.startswith("__") or item not in self._properties:
            raise AttributeError(item)
        Com.trips.append(f"{self._name}.{item}")
        return self._properties[item]


def fake_range(values: list[list[Any]]) -> Com:
    """A Range of Excel's own interface with the given contents."""
    app = Com("Application", Version="16.0", Hwnd=1, Name="Microsoft Excel")
    book = Com("Workbook", Name="t.xlsx", Application=app)
    sheet = Com("Worksheet", Name="S1", Parent=book, Application=app)
    rows, columns = len(values), len(values[0])
    value = values[0][0] if rows == columns == 1 else tuple(map(tuple, values))
    found = Com(
        "Range",
        Value=value,
        Worksheet=sheet,
        Row=1,
        Column=1,
        Count=rows * columns,
        Rows=Com("Rows", Count=rows),
        Columns=Com("Columns", Count=columns),
        Address="$A$1",
    )
    attributes = types.SimpleNamespace(iid=Iid("{00020846-0000-0000-C000-000000000046}"))
    info = types.SimpleNamespace(GetTypeAttr=lambda: attributes)
    found.__dict__["_oleobj_"] = types.SimpleNamespace(GetTypeInfo=lambda: info)
    return found
