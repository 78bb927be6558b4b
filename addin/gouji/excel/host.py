"""The program that calls: is it Microsoft Excel, new enough, with macros that we understand?"""

from __future__ import annotations

import re

from ..wording import wording_of
from .interface import OLDEST_PROTOCOL, PROTOCOL
from .ways import ways

#: Excel 2010, the first with the ribbon parts that the add-in uses.
OLDEST = 14.0
_EXCEL = "Microsoft Excel"
#: Macros of 0.1 to 0.5 name their release, and all speak the first protocol.
_RELEASE = re.compile(r"\d+\.\d+\.\d+")
_NUMBER = re.compile(r"\d{1,99}", re.ASCII)


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "host")[key]).format_map(ways() | names)


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


def protocol_of(told: str) -> int:
    """The protocol that macros speak, by what they call themselves; 0 where that says nothing to us."""
    if _RELEASE.match(told):
        return 1
    return int(told) if _NUMBER.fullmatch(told) else 0


def mismatch(told: str) -> str:
    """Why the macros do not fit this program, one sentence with the way out; "" where they do.

    ``told``: the first argument of the handshake, the number of a protocol or, of old, a release.
    """
    protocol = protocol_of(told)
    if protocol > PROTOCOL:
        return said("newer", macro=protocol, program=PROTOCOL)
    return said("older") if protocol < OLDEST_PROTOCOL else ""
