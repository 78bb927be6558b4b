"""Modules and code names -> `vbaProject.bin`: the dir, PROJECT and PROJECTwm streams of [MS-OVBA] 2.3."""

from __future__ import annotations

import hashlib
import itertools
import struct
import uuid
from collections.abc import Iterable, Sequence
from typing import Final

from gouji.workshop.vba.cfb import write_compound
from gouji.workshop.vba.compression import compress
from gouji.workshop.vba.source import Module, SourceError, check_name

from ...records import dataclass

_CODE_PAGE: Final = 1252  # any would do: everything is ASCII
_LCID: Final = 0x0409
# 2.3.4.1: a writer puts version FFFF and no performance cache, and the host compiles from the sources.
_VBA_PROJECT: Final = bytes.fromhex("CC61FFFF000000")
_WORKBOOK_BASE: Final = "{00020819-0000-0000-C000-000000000046}"
_SHEET_BASE: Final = "{00020820-0000-0000-C000-000000000046}"
_CLASS_BASE: Final = "{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
_EDITOR: Final = "{3832D640-CF90-11CF-8E43-00A0C911005A}"
# What Excel itself refers to in a new project, found by GUID and version; Office holds IRibbonControl.
_REFERENCES: Final = (
    (
        "stdole",
        r"*\G{00020430-0000-0000-C000-000000000046}#2.0#0#C:\Windows\System32\stdole2.tlb#OLE Automation",
    ),
    (
        "Office",
        r"*\G{2DF8D04C-5BFA-101B-BDE5-00AA0044DE52}#2.0#0#C:\Program Files\Common Files\Microsoft Shared"
        r"\OFFICE16\MSO.DLL#Microsoft Office 16.0 Object Library",
    ),
)


@dataclass(frozen=True)
class CodeNames:
    """Code names of a workbook and of its sheets in workbook order."""

    workbook: str
    sheets: tuple[str, ...]

    def all(self) -> tuple[str, ...]:
        """Workbook first, then sheets."""
        return (self.workbook, *self.sheets)


def build_project(modules: Iterable[Module], codes: CodeNames, *, name: str = "VBAProject") -> bytes:
    """Return the bytes of `vbaProject.bin`; equal input gives equal bytes.

    A code name without a source gets an empty module, since Excel wants one for the workbook and every sheet.
    Raises SourceError when a name is taken twice or a document module and the code names do not match.
    """
    ordered = arrange(modules, codes, name)
    streams = {module.name: compress(_stream_text(module, codes).encode("ascii")) for module in ordered}
    streams["_VBA_PROJECT"] = _VBA_PROJECT
    streams["dir"] = compress(_dir(ordered, name))
    return write_compound({"VBA": streams, "PROJECT": _project(ordered, name), "PROJECTwm": _names(ordered)})


def arrange(modules: Iterable[Module], codes: CodeNames, name: str) -> list[Module]:
    """Document modules in workbook order, then standard modules and classes by name; checks all names."""
    check_name(name, "project")
    by_name: dict[str, Module] = {}
    for module in modules:
        other = by_name.setdefault(module.name.lower(), module)
        if other is not module:
            raise SourceError(f"{module.file}: {module.name} is already the name of {other.file}")
    if name.lower() in by_name:
        raise SourceError(f"{by_name[name.lower()].file}: the project itself is called {name}")
    documents = [_document(by_name, code, name) for code in codes.all()]
    if len({module.name.lower() for module in documents}) != len(documents):
        raise SourceError(f"code names are not unique: {', '.join(codes.all())}")
    lost = [module for module in by_name.values() if module.kind == "document" and module not in documents]
    if lost:
        known = ", ".join(codes.all())
        raise SourceError(
            f"{lost[0].file}: no sheet has the code name {lost[0].name}; the workbook has {known}"
        )
    others = [module for module in by_name.values() if module.kind != "document"]
    return documents + sorted(others, key=lambda module: (module.kind != "standard", module.name))


def _document(by_name: dict[str, Module], code: str, project: str) -> Module:
    """The source for `code`, or an empty document module."""
    check_name(code, "code name")
    if code.lower() == project.lower():
        raise SourceError(f"code name {code}: the project itself is called {project}")
    source = by_name.get(code.lower())
    if source is None:
        return Module(code, "document", (), f"{code}.cls")
    if source.name != code:
        raise SourceError(f"{source.file}: the workbook's code name is {code}, the source says {source.name}")
    if source.kind != "document":
        raise SourceError(f"{source.file}: code name {code} needs a .cls without VERSION header")
    return source


def _stream_text(module: Module, codes: CodeNames) -> str:
    """Source as stored: VB_Name first, the attributes that Excel writes, CRLF."""
    document = module.kind == "document"
    head = [f'Attribute VB_Name = "{module.name}"']
    if module.kind != "standard":
        documents = _WORKBOOK_BASE if module.name == codes.workbook else _SHEET_BASE
        base = documents if document else _CLASS_BASE
        head += [
            f'Attribute VB_Base = "0{base}"',
            "Attribute VB_GlobalNameSpace = False",
            "Attribute VB_Creatable = False",
            f"Attribute VB_PredeclaredId = {document or module.predeclared}",
            f"Attribute VB_Exposed = {document or module.exposed}",
            "Attribute VB_TemplateDerived = False",
            f"Attribute VB_Customizable = {document}",
        ]
    return "".join(f"{line}\r\n" for line in (*head, *module.lines))


def _record(identifier: int, data: bytes = b"") -> bytes:
    return struct.pack("<HI", identifier, len(data)) + data


def _twice(narrow: int, wide: int, text: str = "") -> bytes:
    """A string record in the code page, and its twin in UTF-16."""
    return _record(narrow, text.encode("ascii")) + _record(wide, text.encode("utf-16-le"))


def _dir(modules: Sequence[Module], name: str) -> bytes:
    """The dir stream before compression (2.3.4.2)."""
    out = _record(0x01, struct.pack("<I", 1))  # PROJECTSYSKIND: 32-bit Windows, which 64-bit Office reads too
    out += _record(0x02, struct.pack("<I", _LCID)) + _record(0x14, struct.pack("<I", _LCID))
    out += _record(0x03, struct.pack("<H", _CODE_PAGE)) + _record(0x04, name.encode("ascii"))
    out += _twice(0x05, 0x40)  # PROJECTDOCSTRING
    out += _record(0x06) + _record(0x3D)  # PROJECTHELPFILEPATH
    out += _record(0x07, bytes(4)) + _record(0x08, bytes(4))  # PROJECTHELPCONTEXT, PROJECTLIBFLAGS
    out += struct.pack("<HIIH", 0x09, 4, 1, 1)  # PROJECTVERSION: its size field is a reserved 4
    out += _twice(0x0C, 0x3C)  # PROJECTCONSTANTS
    for library, libid in _REFERENCES:
        raw = libid.encode("ascii")
        out += _twice(0x16, 0x3E, library) + _record(0x0D, struct.pack("<I", len(raw)) + raw + bytes(6))
    out += _record(0x0F, struct.pack("<H", len(modules))) + _record(0x13, struct.pack("<H", 0xFFFF))
    for module in modules:
        out += _record(0x19, module.name.encode("ascii")) + _record(0x47, module.name.encode("utf-16-le"))
        out += _twice(0x1A, 0x32, module.name)  # MODULESTREAMNAME
        out += _twice(0x1C, 0x48)  # MODULEDOCSTRING
        out += _record(0x31, bytes(4))  # MODULEOFFSET: no performance cache before the source
        out += _record(0x1E, bytes(4)) + _record(0x2C, b"\xff\xff")  # MODULEHELPCONTEXT, MODULECOOKIE
        out += _record(0x21 if module.kind == "standard" else 0x22) + _record(0x2B)  # MODULETYPE, Terminator
    return out + _record(0x10)


def _project(modules: Sequence[Module], name: str) -> bytes:
    """The PROJECT stream (2.3.1): no password, visible."""
    identifier = "{" + str(uuid.uuid5(uuid.NAMESPACE_URL, f"gouji:vba:{name}")).upper() + "}"
    seeds = hashlib.sha256(identifier.encode("ascii")).digest()
    forms = {"standard": "Module={}", "class": "Class={}", "document": "Document={}/&H00000000"}
    lines = [
        f'ID="{identifier}"',
        *(forms[module.kind].format(module.name) for module in modules),
        f'Name="{name}"',
        'HelpContextID="0"',
        'VersionCompatible32="393222000"',
        f'CMG="{_encrypt(bytes(4), identifier, seeds[0])}"',  # 2.3.1.15: no protection
        f'DPB="{_encrypt(bytes(1), identifier, seeds[1])}"',  # 2.3.1.16: no password
        f'GC="{_encrypt(bytes([0xFF]), identifier, seeds[2])}"',  # 2.3.1.17: visible
        "",
        "[Host Extender Info]",
        f"&H00000001={_EDITOR};VBE;&H00000000",
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in modules),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _encrypt(data: bytes, project: str, seed: int) -> str:
    """Data encryption of 2.4.3.2 with a given seed, in hexadecimal."""
    key = sum(project.encode("ascii")) & 0xFF
    out = [seed, seed ^ 2, seed ^ key]  # Seed, VersionEnc, ProjKeyEnc
    plain = [key, *bytes((seed & 6) // 2), *struct.pack("<I", len(data)), *data]
    for last, byte in itertools.pairwise(plain):
        out.append(byte ^ ((out[-2] + last) & 0xFF))
    return bytes(out).hex().upper()


def _names(modules: Sequence[Module]) -> bytes:
    """The PROJECTwm stream (2.3.3): every name in the code page and in UTF-16."""
    pairs = (m.name.encode("ascii") + b"\0" + m.name.encode("utf-16-le") + b"\0\0" for m in modules)
    return b"".join(pairs) + b"\0\0"
