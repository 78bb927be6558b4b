"""The program that calls: is it Microsoft Excel, new enough, with our macros and our DLL?"""

from __future__ import annotations

from ..wording import wording_of
from .interface import VERSION, XLWINGS

#: Excel 2010, the first with the ribbon parts that the add-in uses.
OLDEST = 14.0
_EXCEL = "Microsoft Excel"


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "host")[key]).format_map(names)


def unfit(name: str, version: str, path: str) -> str:
    """Why the calling application is not one we can work in, one sentence; "" where it is.

    ``name``, ``version``, ``path``: Application.Name, .Version, .Path. WPS calls itself Microsoft Excel
    when it stands in for it, so its folder is looked at as well.
    """
    told = f"{name} {path}".lower()
    if "wps" in told or "kingsoft" in told:
        return said("wps")
    if name != _EXCEL:
        return said("other", name=name)
    try:
        number = float(version)
    except ValueError:
        number = 0.0
    return said("old", version=version) if number < OLDEST else ""


def is_store_office(path: str) -> bool:
    """Office from the Microsoft Store runs in a container below WindowsApps."""
    return "windowsapps" in path.lower()


def mismatch(macro: str, macro_xlwings: str) -> str:
    """Why the macros do not fit this program, one sentence; "" where they do.

    ``macro``: the version constant of the VBA project; ``macro_xlwings``: the xlwings version in the name
    of the DLL that VBA loads, "" where it loads none.
    """
    if macro != VERSION:
        return said("version", macro=macro, program=VERSION)
    if macro_xlwings and macro_xlwings != XLWINGS:
        return said("dll", macro=macro_xlwings, program=XLWINGS)
    return ""
