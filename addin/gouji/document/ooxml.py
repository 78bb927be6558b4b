"""The little WordprocessingML (ECMA-376 part 1, 17) that python-docx has no calls for."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Any, cast

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

#: What XML 1.0 (2.2) can not hold, not even escaped. A JSON report may carry it.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can hold


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Any) -> Any:
    """``element("w:jc", {"val": "center"})``: attributes are in the w namespace."""
    made = cast(Any, OxmlElement(tag))
    for name, value in (attributes or {}).items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def twips(points: float) -> int:
    """Points as Word counts lengths."""
    return round(points * 20)


def legal(text: str) -> str:
    """The text without characters that XML can not hold."""
    return _ILLEGAL.sub("", text)


def run(text: str, *properties: Any) -> Any:
    """A run of text; ``properties`` in the order of the schema (17.3.2)."""
    words = element("w:t", None)
    words.text = legal(text)
    words.set(qn("xml:space"), "preserve")
    parts = [element("w:rPr", None, *properties)] if properties else []
    return element("w:r", None, *parts, words)


def superscript(text: str, *properties: Any) -> Any:
    return run(text, *properties, element("w:vertAlign", {"val": "superscript"}))


def page_field() -> Any:
    """The number of the page, kept by Word itself."""
    return element("w:fldSimple", {"instr": "PAGE"}, run("1"))


def fixed_package(package: bytes) -> bytes:
    """The same parts with fixed times, so that the same report gives the same bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return out.getvalue()
