"""The little WordprocessingML (ECMA-376 part 1, 17) and packaging (part 2) that a report needs.

By the standard library alone, so that it also runs where nothing can be installed. An element is made as it
will stand in the file: a report has thousands, and each is written once.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import NewType

from ..precompiled import compiled
from ..text import by_code

#: An element with all that it holds, as XML.
Element = NewType("Element", str)

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": _OFFICE,
    "cp": f"{_PACKAGE}/metadata/core-properties",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
#: Which of them a part names; the others are in the first alone.
_NAMED = {"document": ("r", "w"), "core": ("cp", "dc", "dcterms", "xsi")}
_ALONE = ("w",)
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_CORE = "docProps/core.xml"
_MAIN = "word/document.xml"
#: What XML 1.0 (2.2) can not hold, not even escaped. A JSON report may carry it.
_ILLEGAL = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip entry can hold


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Element) -> Element:
    """``element("w:jc", {"val": "center"})``: attributes without a prefix are in the w namespace."""
    return _element(f"{tag}{_attributes(attributes)}" if attributes else tag, tag, "".join(children))


def text_element(tag: str, text: str, attributes: Mapping[str, object] | None = None) -> Element:
    return _element(f"{tag}{_attributes(attributes)}" if attributes else tag, tag, _escaped(legal(text)))


def _element(start: str, tag: str, content: str) -> Element:
    return Element(f"<{start}>{content}</{tag}>" if content else f"<{start} />")


def _attributes(attributes: Mapping[str, object]) -> str:
    return "".join(
        f' {key if ":" in key else f"w:{key}"}="{_quoted(str(value))}"' for key, value in attributes.items()
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _quoted(text: str) -> str:
    """As an attribute holds it; line ends and tabs as their numbers, or they would be read as blanks."""
    if text.isalnum():
        return text
    text = _escaped(text).replace('"', "&quot;")
    return text.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#09;")


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
        _CORE: _part("core", parts["core"]),
        _MAIN: _part("document", parts["document"]),
        "word/_rels/document.xml.rels": _relationships((f"{_OFFICE}/{part}", f"{part}.xml") for part in own),
        **{f"word/{part}.xml": _part(part, parts[part]) for part in own},
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
    defaults = (
        ("rels", "application/vnd.openxmlformats-package.relationships+xml"),
        ("xml", "application/xml"),
    )
    kinds = {f"/{_CORE}": "application/vnd.openxmlformats-package.core-properties+xml"}
    kinds[f"/{_MAIN}"] = f"{_WORD}.document.main+xml"
    kinds |= {f"/word/{part}.xml": f"{_WORD}.{part}+xml" for part in own}
    lines = [f'<Default Extension="{extension}" ContentType="{kind}" />' for extension, kind in defaults]
    lines += [f'<Override PartName="{part}" ContentType="{kind}" />' for part, kind in kinds.items()]
    return _whole(f'<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>')


def _relationships(targets: Iterable[tuple[str, str]]) -> bytes:
    lines = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}" />'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return _whole(f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>')


def _part(name: str, root: Element) -> bytes:
    """The part of this name, whose root says what its prefixes mean."""
    spaces = "".join(f' xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in _NAMED.get(name, _ALONE))
    tag = re.match(r"<[\w:]+", root)
    assert tag
    return _whole(f"{tag[0]}{spaces}{root[tag.end() :]}")


def _whole(root: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{root}'.encode()
