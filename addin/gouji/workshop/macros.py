"""A plain .xlsx -> .xlsm or .xlam, with macros and a ribbon.

XlsxWriter could embed a `vbaProject.bin` itself, but it knows neither .xlam nor customUI and cannot check
code names and button targets against the sources. So it writes sheets, code names (`set_vba_name`) and form
buttons (`insert_button`: a locked sheet still lets them be clicked, and they do not print), and the rest
happens here. Do not load and save a result with openpyxl: it drops the ribbon's relationship.

Parts and content types: ECMA-376 part 2, [MS-OFFMACRO2] 2.2.1.6, [MS-CUSTOMUI] 2.2.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, Literal
from xml.etree import ElementTree

from ..opc.relations import quoted
from ..workbook.packing import ROOT_RELS, TYPES, Parts, read_parts, write_parts
from .vba.project import CodeNames, build_project
from .vba.source import SourceError, read_module
from .vba.targets import button_targets, check_targets, ribbon_targets

MacroKind = Literal["xlsm", "xlam"]

_TYPES_NS: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS_NS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_MAIN_NS: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE_RELS: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MACRO_REL: Final = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
_RIBBON_REL: Final = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_PLAIN: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MAIN_TYPES: Final[Mapping[MacroKind, str]] = {
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    "xlam": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
}
_MACRO_PART: Final = "xl/vbaProject.bin"
_MACRO_TYPE: Final = "application/vnd.ms-office.vbaProject"
_RIBBON_PART: Final = "customUI/customUI14.xml"


def add_macros(
    package: bytes,
    sources: Iterable[Path],
    *,
    kind: MacroKind,
    ribbon: bytes | None = None,
    project: str = "VBAProject",
) -> bytes:
    """Return the .xlsx `package` as .xlsm or .xlam with the VBA `sources` (.bas, .cls) and the `ribbon` XML.

    Raises SourceError when a source cannot be built, when document modules and code names differ, and when a
    button or the ribbon calls a macro that is not there; ValueError when `package` is no plain .xlsx.
    """
    parts = read_parts(package)
    codes = _code_names(parts)
    modules = [read_module(path) for path in sources]
    targets = button_targets(parts) | (ribbon_targets(ribbon) if ribbon else {})
    check_targets(targets, modules)
    parts[_MACRO_PART] = build_project(modules, codes, name=project)
    workbook = _workbook_part(parts)
    relations = _relations_part(workbook)
    target = posixpath.relpath(_MACRO_PART, _folder(workbook))
    parts[relations] = _related(parts[relations], _MACRO_REL, target)
    if ribbon:
        parts[_RIBBON_PART] = ribbon
        parts[ROOT_RELS] = _related(parts[ROOT_RELS], _RIBBON_REL, _RIBBON_PART)
    parts[TYPES] = _typed(parts[TYPES], workbook, kind)
    return write_parts(parts)


def code_names(package: bytes) -> CodeNames:
    """Code names of the workbook and its sheets in workbook order; SourceError names a sheet without one."""
    return _code_names(read_parts(package))


def _folder(part: str) -> str:
    return posixpath.dirname(part)


def _relations_part(part: str) -> str:
    return f"{_folder(part)}/_rels/{posixpath.basename(part)}.rels"


def _relations(content: bytes) -> list[dict[str, str]]:
    return [dict(element.attrib) for element in ElementTree.fromstring(content)]


def _workbook_part(parts: Parts) -> str:
    wanted = f"{_OFFICE_RELS}/officeDocument"
    found = [r["Target"] for r in _relations(parts[ROOT_RELS]) if r["Type"] == wanted]
    if len(found) != 1:
        raise ValueError(f"the package has {len(found)} main parts")
    return found[0].removeprefix("/")


def _code_names(parts: Parts) -> CodeNames:
    part = _workbook_part(parts)
    root = ElementTree.fromstring(parts[part])
    properties = root.find(f"{{{_MAIN_NS}}}workbookPr")
    workbook = properties.get("codeName") if properties is not None else None
    if not workbook:
        raise SourceError("the workbook has no code name: set_vba_name was not called")
    targets = {r["Id"]: r["Target"] for r in _relations(parts[_relations_part(part)])}
    names = []
    for sheet in root.iter(f"{{{_MAIN_NS}}}sheet"):
        target = posixpath.join(_folder(part), targets[sheet.attrib[f"{{{_OFFICE_RELS}}}id"]])
        code = _sheet_code_name(parts[target.removeprefix("/")])
        if not code:
            raise SourceError(f"sheet {sheet.get('name')} has no code name: set_vba_name was not called")
        names.append(code)
    return CodeNames(workbook, tuple(names))


def _sheet_code_name(content: bytes) -> str | None:
    """codeName of sheetPr, which is the first element if it is there at all."""
    element: ElementTree.Element
    for _, element in ElementTree.iterparse(io.BytesIO(content), ["start"]):
        if element.tag == f"{{{_MAIN_NS}}}sheetPr":
            return element.get("codeName")
        if element.tag == f"{{{_MAIN_NS}}}sheetData":
            break
    return None


def _related(content: bytes, kind: str, target: str) -> bytes:
    """A relationships part with one relation more; ValueError when one of this kind is already there."""
    relations = _relations(content)
    if any(relation["Type"] == kind for relation in relations):
        raise ValueError(f"the package already has a relation to {target}")
    taken = {relation["Id"] for relation in relations}
    identifier = next(name for name in (f"rId{n}" for n in range(1, len(taken) + 2)) if name not in taken)
    relations.append({"Id": identifier, "Type": kind, "Target": target})
    return _xml("Relationships", _RELS_NS, [("Relationship", relation) for relation in relations])


def _typed(content: bytes, workbook: str, kind: MacroKind) -> bytes:
    """[Content_Types].xml of a macro workbook."""
    entries = [(e.tag.rpartition("}")[2], dict(e.attrib)) for e in ElementTree.fromstring(content)]
    main = [attributes for _, attributes in entries if attributes.get("PartName") == f"/{workbook}"]
    if [attributes["ContentType"] for attributes in main] != [_PLAIN]:
        raise ValueError("the package is no plain .xlsx")
    main[0]["ContentType"] = _MAIN_TYPES[kind]
    entries.append(("Override", {"PartName": f"/{_MACRO_PART}", "ContentType": _MACRO_TYPE}))
    return _xml("Types", _TYPES_NS, entries)


def _xml(root: str, namespace: str, entries: Iterable[tuple[str, Mapping[str, str]]]) -> bytes:
    """A part whose root has only empty children; ElementTree would write prefixes, which some readers
    refuse."""
    children = "".join(
        f"<{tag} {' '.join(f'{key}={quoted(value)}' for key, value in attributes.items())}/>"
        for tag, attributes in entries
    )
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{declaration}<{root} xmlns="{namespace}">{children}</{root}>'.encode()
