"""The list of all macro modules and ribbons ever handed out: ``python -m gouji.workshop.handed_out``.

``make templates`` adds those of this build under this version; nothing is ever taken out, for files with them
are on desks. By the list a received file's macros are told from others (``workbook/reading/macros.py``).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from .. import __version__
from ..wording import data_beside
from ..workbook.reading.macros import FILE, PACKAGE, RIBBON, digest_of, ribbon_digest
from .build import desk_sources, macro_sources, ribbon
from .vba.source import read_module

LIST: Final = Path(__file__).parent.parent / "workbook" / "reading" / FILE
_HEAD: Final = """\
# Digests of the code of every macro module and ribbon ever handed out, by the version that first did: first
# 32 digits of the SHA-256 of what macros.code_of gives. `make templates` adds to it; nothing is taken out.
"""
Digests = Mapping[str, Mapping[str, list[str]]]


def of_this_build() -> dict[str, set[str]]:
    """Module name, or ``ribbon`` -> digests of what is handed out with this build."""
    found: dict[str, set[str]] = {RIBBON: {ribbon_digest(ribbon())}}
    for path in {*macro_sources("xlsm"), *macro_sources("xlam"), *desk_sources()}:
        module = read_module(path)
        found.setdefault(module.name, set()).add(digest_of("\n".join(module.lines)))
    return found


def with_these(
    known: Digests, version: str, built: Mapping[str, set[str]]
) -> dict[str, dict[str, list[str]]]:
    """The list with what no version has yet added under this one, in order."""
    had = {one for modules in known.values() for digests in modules.values() for one in digests}
    found: dict[str, dict[str, list[str]]] = {
        one: {name: list(digests) for name, digests in modules.items()} for one, modules in known.items()
    }
    for name, digests in sorted(built.items()):
        if new := sorted(digests - had):
            place = found.setdefault(version, {})
            place[name] = [*place.get(name, []), *new]
    return found


def dumped(listed: Digests) -> str:
    """As TOML."""
    lines = [_HEAD]
    for version, modules in listed.items():
        lines.append(f'["{version}"]')
        for name, digests in sorted(modules.items()):
            quoted = ", ".join(f'"{one}"' for one in digests)
            lines.append(f"{name} = [{quoted}]")
        lines.append("")
    return "\n".join(lines)


def renew(path: Path = LIST) -> None:
    """Write the list with what this build adds to it."""
    known: dict[str, Any] = data_beside(PACKAGE, FILE)
    path.write_text(dumped(with_these(known, __version__, of_this_build())), "utf-8", newline="\n")


if __name__ == "__main__":
    renew()
