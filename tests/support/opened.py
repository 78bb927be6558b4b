"""A stream in short: {text|text|/ ...} for a table with cells and rows, ¶ and § for ends of lines and pages,
^text^ for raised text; and small Word files made of pieces of XML."""

from __future__ import annotations

import io
import zipfile

from gouji.published.source.sniff import open_source
from gouji.published.stream import Stream

_MARKS = {"open": "{", "cell": "|", "row": "/", "table": "}", "line": "¶", "page": "§"}
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
NAMESPACES = (
    f'xmlns:w="{_WORD}" xmlns:r="{_RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def in_short(stream: Stream) -> str:
    """The whole stream on one line."""
    shown = []
    for atom in stream:
        text = f"^{atom.text}^" if atom.raised else atom.text
        shown.append(_MARKS[atom.mark] if atom.mark else text)
    return "".join(shown)


def opened(data: str | bytes, name: str = "") -> str:
    """What a file holds, in short."""
    return in_short(open_source(data.encode() if isinstance(data, str) else data, name).stream)


def word_file(
    body: str, parts: dict[str, str] | None = None, kind: str = "document", raw: str | bytes = ""
) -> bytes:
    """A Word file with this body. ``parts``: content of further parts of word/ by name without ".xml", each
    related to the body; "core" are the properties. ``raw``: the whole main part instead."""
    parts = parts or {}
    document = raw or f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
    main = f"{_TYPES}.{kind}.main+xml"
    related = "".join(
        f'<Relationship Id="r{at}" Type="{_RELATIONS}/{name}" Target="{name}.xml"/>'
        for at, name in enumerate(parts)
    )
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{related}'
        "</Relationships>",
        **{f"word/{name}.xml": content for name, content in parts.items() if name != "core"},
    }
    if "core" in parts:
        files["docProps/core.xml"] = parts["core"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return packed.getvalue()


def part(root: str, content: str) -> str:
    """A part of word/ with this root element."""
    return f"<w:{root} {NAMESPACES}>{content}</w:{root}>"


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run."""
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def tc(content: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    inner = content if content.startswith("<") else p(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def tbl(*rows: str) -> str:
    """A table of rows, each the XML of its cells."""
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
