"""Which macros a ribbon and the buttons of a workbook call: a wrong name would fail only at the click."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.etree import ElementTree

from gouji.workshop.vba.source import Module, SourceError

RIBBON_NAMESPACE: Final = "http://schemas.microsoft.com/office/2009/07/customui"  # Office 2010 and later
_CALLBACK: Final = re.compile(r"on[A-Z]\w*|get[A-Z]\w*|loadImage")
_VML_MACRO: Final = re.compile(r"<x:FmlaMacro>(?:\[0\]!)?([^<]+)</x:FmlaMacro>")
_SHAPE_MACRO: Final = re.compile(r'\smacro="(?:\[0\]!)?([^"]+)"')


def ribbon_targets(ribbon: bytes) -> dict[str, str]:
    """Macro names that the ribbon XML calls, each with the attribute that does.

    Raises SourceError when it is no XML of the namespace that Excel reads from `customUI14.xml`.
    """
    try:
        root = ElementTree.fromstring(ribbon)
    except ElementTree.ParseError as error:
        raise SourceError(f"ribbon: {error}") from None
    if root.tag != f"{{{RIBBON_NAMESPACE}}}customUI":
        raise SourceError(f"ribbon: the root is {root.tag}, not customUI of {RIBBON_NAMESPACE}")
    found: dict[str, str] = {}
    for element in root.iter():
        owner = element.get("id") or element.get("idMso") or element.tag.rpartition("}")[2]
        calls = {value: key for key, value in element.attrib.items() if _CALLBACK.fullmatch(key)}
        found |= {value: f"ribbon {owner} {key}" for value, key in calls.items()}
    return found


def button_targets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Macro names that form buttons (VML) and drawing shapes call, each with its part."""
    found: dict[str, str] = {}
    for part, content in parts.items():
        if part.startswith("xl/drawings/") and part.endswith((".vml", ".xml")):
            text = content.decode("utf-8")
            found |= dict.fromkeys((*_VML_MACRO.findall(text), *_SHAPE_MACRO.findall(text)), part)
    return found


def check_targets(targets: Mapping[str, str], modules: Sequence[Module]) -> None:
    """Raise SourceError for the first target that is no public procedure of exactly one module."""
    for target, where in targets.items():
        module, _, procedure = target.rpartition(".")
        homes = [m.name for m in _callable(modules, module) if procedure.lower() in m.public_procedures()]
        if len(homes) != 1:
            found = f"found in {', '.join(homes)}" if homes else "not found"
            raise SourceError(f"{where}: macro {target} is {found}; it must be public in one module")


def _callable(modules: Sequence[Module], name: str) -> Iterable[Module]:
    """The module called `name`; without a name every standard module, since only those are searched."""
    if name:
        return (m for m in modules if m.name.lower() == name.lower() and m.kind != "class")
    return (m for m in modules if m.kind == "standard")
