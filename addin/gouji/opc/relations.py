"""What a package says of its parts: content types and relationships (ECMA-376 part 2, 7.2.3 and 6.5)."""

from __future__ import annotations

import posixpath
from typing import NamedTuple
from urllib.parse import unquote

from .archive import MB, Archive
from .xmlstream import CONTENT_TYPES, OFFICE_RELATIONS, PACKAGE_RELATIONS, STRICT, read_elements

_RELATION_TYPES = (
    OFFICE_RELATIONS,
    STRICT[OFFICE_RELATIONS],
    "http://schemas.microsoft.com/office/2006/relationships",
    "http://schemas.microsoft.com/office/2006/relationships/ui",
    "http://schemas.microsoft.com/office/2007/relationships/ui",
    "http://schemas.microsoft.com/office/2011/relationships",
    "http://schemas.microsoft.com/office/2017/10/relationships",
)
#: Not by xml.sax.saxutils, which brings in the whole of urllib, http, email and ssl.
_IN_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)


class Relation(NamedTuple):
    """``kind``: the last word of the relationship's type, or "" for one that is not known. ``target``: the
    name of a part of the same file; one that is missing keeps its name, one outside is ""."""

    kind: str
    target: str


#: Bytes of one part of relationships: as many as small parts have elements, with long targets.
MAX_RELATIONS = 2 * MB
#: More of it is not worth remembering.
_MOST_TOLD = 64 * 1024


def told(archive: Archive) -> tuple[bytes, ...] | None:
    """All that a package says of its parts, as it is stored: their names, types and relationships. Where that
    is equal, packages are made alike; None where it is too much to be kept."""
    names = archive.names()
    parts = [name for name in names if name.lower().endswith(".rels")]
    found = (
        b"%d" % len(names),
        *(name.encode("utf-8", "surrogatepass") for name in names),
        *map(archive.packed, ("[Content_Types].xml", *parts)),
    )
    return found if sum(map(len, found)) <= _MOST_TOLD else None


class ContentTypes(NamedTuple):
    """By part and by extension, both in lower case."""

    parts: dict[str, str]
    extensions: dict[str, str]

    def of(self, part: str) -> str:
        """Its own, else that of its extension, else empty."""
        path = part.lower()
        return self.parts.get(path) or self.extensions.get(path.rpartition(".")[2], "")


def quoted(text: str) -> str:
    """A text as the value of an XML attribute, with its quotes."""
    return f'"{text.translate(_IN_ATTRIBUTE)}"'


def content_types(archive: Archive) -> ContentTypes:
    """What the package says of its parts; of two for one the first counts. Raises Refused."""
    root = f"{CONTENT_TYPES} Types"
    paths = {(root, f"{CONTENT_TYPES} Override"), (root, f"{CONTENT_TYPES} Default")}
    found = ContentTypes({}, {})
    where = archive.words.place("types")
    for name, attributes in read_elements(archive, "[Content_Types].xml", where, paths):
        said = attributes.get("ContentType", "").strip()
        if name == "Override":
            found.parts.setdefault(attributes.get("PartName", "").strip().lstrip("/").lower(), said)
        else:
            found.extensions.setdefault(attributes.get("Extension", "").lower(), said)
    return found


def content_type(archive: Archive, part: str) -> str:
    """The content type of a part (ECMA-376-2, 7.2.3)."""
    return content_types(archive).of(part)


def relations(archive: Archive, part: str) -> list[tuple[str, Relation]]:
    """Relationships of a part with their ids, in order; of the package where part is empty. Types and targets
    are URIs, around which XML Schema allows blanks (part 2 of it, 3.2.17)."""
    folder, name = posixpath.split(part)
    stored = posixpath.join(folder, "_rels", name + ".rels")
    root = f"{PACKAGE_RELATIONS} Relationships"
    found: list[tuple[str, Relation]] = []
    path, where = (root, f"{PACKAGE_RELATIONS} Relationship"), archive.words.place("relations")
    for _, attributes in read_elements(archive, stored, where, {path}, MAX_RELATIONS):
        prefix, _, kind = attributes.get("Type", "").strip().rpartition("/")
        outside = attributes.get("TargetMode") == "External"
        target = "" if outside else _resolve(archive, folder, attributes.get("Target", "").strip())
        relation = Relation(kind if prefix in _RELATION_TYPES else "", target)
        found.append((attributes.get("Id", ""), relation))
    return found


def _resolve(archive: Archive, folder: str, target: str) -> str:
    """A relationship's target, absolute or relative to the folder, as the name of a part."""
    path = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return archive.find(path) or archive.find(unquote(path)) or path
