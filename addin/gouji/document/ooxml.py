"""The little WordprocessingML (ECMA-376 part 1, 17) and packaging (part 2) that a report needs.

By the standard library alone, so that it also runs where nothing can be installed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree

from ..text import by_code

Element = ElementTree.Element

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": _OFFICE,
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "docProps/core.xml"
_MAIN = "word/document.xml"
#: What XML 1.0 (2.2) can not hold, not even escaped. A JSON report may carry it.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can hold


def name(tag: str) -> str:
    """``w:p`` as ElementTree writes it."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Element) -> Element:
    """``element("w:jc", {"val": "center"})``: attributes without a prefix are in the w namespace."""
    made = ElementTree.Element(name(tag))
    for key, value in (attributes or {}).items():
        made.set(name(key if ":" in key else f"w:{key}"), str(value))
    made.extend(children)
    return made


def text_element(tag: str, text: str, attributes: Mapping[str, object] | None = None) -> Element:
    made = element(tag, attributes)
    made.text = legal(text)
    return made


def twips(points: float) -> int:
    """Points as Word counts lengths."""
    return round(points * 20)


def legal(text: str) -> str:
    """The text as XML can hold it: where it has no character, its code is seen."""
    return _ILLEGAL.sub(lambda char: by_code(char[0]), text)


def run(text: str, *properties: Element) -> Element:
    """A run of text, in its lines; ``properties`` in the order of the schema (17.3.2)."""
    parts = [element("w:rPr", None, *properties)] if properties else []
    for i, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        parts += [element("w:br")] if i else []
        parts.append(text_element("w:t", line, {"xml:space": "preserve"}))
    return element("w:r", None, *parts)


def superscript(text: str, *properties: Element) -> Element:
    return run(text, *properties, element("w:vertAlign", {"val": "superscript"}))


def page_field() -> Element:
    """The number of the page, kept by Word itself."""
    return element("w:fldSimple", {"instr": "PAGE"}, run("1"))


def package(parts: Mapping[str, Element]) -> bytes:
    """A .docx of these parts (``styles``, ``footer`` …) with ``document`` and ``core`` among them: the same
    parts give the same bytes. The other parts are the document's, related as ``rId1`` … in their order."""
    own = [part for part in parts if part not in ("document", "core")]
    files = {
        "[Content_Types].xml": _types(own),
        "_rels/.rels": _relationships(
            [
                (f"{_OFFICE}/officeDocument", _MAIN),
                (NAMESPACES["cp"].replace("metadata", "relationships/metadata"), _CORE),
            ]
        ),
        _CORE: _serialized(parts["core"]),
        _MAIN: _serialized(parts["document"]),
        "word/_rels/document.xml.rels": _relationships((f"{_OFFICE}/{part}", f"{part}.xml") for part in own),
        **{f"word/{part}.xml": _serialized(parts[part]) for part in own},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            entry = zipfile.ZipInfo(path, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, content)
    return out.getvalue()


def _types(own: Iterable[str]) -> bytes:
    space = f"{_PACKAGE}/content-types"
    types = ElementTree.Element("Types", xmlns=space)
    for extension, kind in (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    ):
        ElementTree.SubElement(types, "Default", Extension=extension, ContentType=kind)
    kinds = {f"/{_CORE}": "application/vnd.openxmlformats-package.core-properties+xml"}
    kinds[f"/{_MAIN}"] = f"{_WORD}.document.main+xml"
    kinds |= {f"/word/{part}.xml": f"{_WORD}.{part}+xml" for part in own}
    for part, kind in kinds.items():
        ElementTree.SubElement(types, "Override", PartName=part, ContentType=kind)
    return _serialized(types)


def _relationships(targets: Iterable[tuple[str, str]]) -> bytes:
    related = ElementTree.Element("Relationships", xmlns=f"{_PACKAGE}/relationships")
    for number, (kind, target) in enumerate(targets, 1):
        ElementTree.SubElement(related, "Relationship", Id=f"rId{number}", Type=kind, Target=target)
    return _serialized(related)


def _serialized(root: Element) -> bytes:
    for prefix, space in NAMESPACES.items():
        ElementTree.register_namespace(prefix, space)
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head + ElementTree.tostring(root, encoding="unicode").encode()
