"""A stamp put into an output and read from it: one part of the output holds it, and nothing else of it
changes.

Workbooks and Word files: a custom XML part, which Excel, WPS and Word keep when they save. Web pages: a
data block at the end. JSON: ``meta.stamp``. CSV, Parquet and PDF have no place for it; they are in the
run's list of outputs (:mod:`.manifest`), as all others are.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import NamedTuple

from ...digests import sha256_of
from ...errors import Refused
from ...precompiled import compiled
from ...text import seen_json
from ...workbook.packing import TYPES, read_parts, write_parts
from ...workbook.reading.guard import Archive
from .stamp import Stamp, read_stamp, stamp_text

_SPACE = "urn:gouji:stamp"
#: Bytes of the stamp of a run over 10 000 files are 2 MB.
_MOST = 16 << 20
#: What a package with a stamp has in the names of its parts.
STAMPED = b"customXml"
_PART = "customXml/gouji-stamp.xml"
_ITEM = "{3C1E5B52-6F0C-4E0B-9D0B-9B7C6A5D2F11}"
#: Custom XML is the main part's (ECMA-376 part 1, 15.2.4).
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_RELATION = f"{_OFFICE}/relationships/customXml"
#: What names the part to Office (22.5), called as Word calls it: without it Word renames the stamp on saving.
_NAMING = "customXml/itemProps-gouji.xml"
_NAMING_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_NAMING_PARTS = {
    _NAMING: f'<ds:datastoreItem xmlns:ds="{_OFFICE}/customXml" ds:itemID="{_ITEM}"/>',
    "customXml/_rels/gouji-stamp.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_RELATION}Props" Target="itemProps-gouji.xml"/>'
        "</Relationships>"
    ),
}
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MAIN = ("xl/_rels/workbook.xml.rels", "word/_rels/document.xml.rels")
_BLOCK = compiled(rb'<script type="application/json" id="gouji-stamp">(.*?)</script>\n', re.DOTALL)
_KEY = "stamp"


class Stamped(NamedTuple):
    """What an output says of itself; ``altered``: whether the rest of it is not what it was."""

    stamp: Stamp
    altered: bool


def stamped(content: bytes, stamp: Stamp, ending: str) -> bytes:
    """The output with the stamp in it, in place of one that it has; as it is where its kind has no place
    for one.

    ``ending``: of the file's name, without the dot. The same output and stamp give the same bytes.
    """
    put = _PUT.get(ending.lower())
    return put(content, stamp) if put else content


def stamp_in(content: bytes, ending: str) -> Stamped | None:
    """The stamp of an output; None where there is none. Raises Refused for a damaged ZIP file."""
    from xml.etree import ElementTree

    take = _TAKE.get(ending.lower())
    try:
        return take(content) if take else None
    except (ValueError, ElementTree.ParseError):
        return None


# ---------------------------------------------------------------- workbooks and Word files


def _put_into_package(content: bytes, stamp: Stamp) -> bytes:
    parts = read_parts(content)
    parts.pop(_PART, None)
    main = next(name for name in _MAIN if name in parts)
    relation = f'<Relationship Id="rIdStamp" Type="{_RELATION}" Target="../{_PART}"/>'
    parts[main] = _with(parts[main], relation, "</Relationships>")
    for part, kind in ((_PART, "application/xml"), (_NAMING, _NAMING_TYPE)):
        override = f'<Override PartName="/{part}" ContentType="{kind}"/>'
        parts[TYPES] = _with(parts[TYPES], override, "</Types>")
    parts |= {name: f"{_HEAD}{text}".encode() for name, text in _NAMING_PARTS.items()}
    text = stamp_text(stamp, _rest({name: sha256_of(data) for name, data in parts.items()}))
    parts[_PART] = f'{_HEAD}<stamp xmlns="{_SPACE}">{escape(text, quote=False)}</stamp>'.encode()
    return write_parts(parts)


def _with(part: bytes, element: str, end: str) -> bytes:
    line = element.encode()
    return part if line in part else part.replace(end.encode(), line + end.encode())


def _rest(digests: Mapping[str, str]) -> str:
    """A digest of all parts but the stamp, by theirs."""
    rest = sorted((name, digest) for name, digest in digests.items() if name != _PART)
    return sha256_of(json.dumps(rest).encode())


def _take_from_package(content: bytes) -> Stamped | None:
    from xml.etree import ElementTree

    archive = Archive(content)
    # Programs that save the file again give its custom XML other names.
    for name in archive.names():
        if not name.startswith("customXml/") or archive.size(name) > _MOST:
            continue
        data = b"".join(archive.chunks(name, name))
        if _SPACE.encode() in data and b"<!" not in data:
            root = ElementTree.fromstring(data)
            if root.tag == f"{{{_SPACE}}}stamp":
                stamp, rest = read_stamp(root.text or "")
                digests = {one: _digest(archive, one) for one in archive.names()}
                return Stamped(stamp, name != _PART or rest != _rest(digests))
    return None


def _digest(archive: Archive, name: str) -> str:
    """Of a part, which is never held whole."""
    digest = hashlib.sha256()
    for chunk in archive.chunks(name, name):
        digest.update(chunk)
    return digest.hexdigest()


# ---------------------------------------------------------------- web pages


def _put_into_page(content: bytes, stamp: Stamp) -> bytes:
    page = _BLOCK.sub(b"", content)
    text = stamp_text(stamp, sha256_of(page)).replace("<", "\\u003c")
    block = f'<script type="application/json" id="gouji-stamp">{text}</script>\n'.encode()
    at = page.rfind(b"</body>")
    at = len(page) if at < 0 else at
    return page[:at] + block + page[at:]


def _take_from_page(content: bytes) -> Stamped | None:
    found = _BLOCK.search(content)
    if found is None:
        return None
    stamp, rest = read_stamp(found[1])
    return Stamped(stamp, rest != sha256_of(_BLOCK.sub(b"", content)))


# ---------------------------------------------------------------- JSON


def _put_into_json(content: bytes, stamp: Stamp) -> bytes:
    data = json.loads(content)
    meta = data.get("meta") if isinstance(data, dict) else None
    if not isinstance(meta, dict):
        return content
    meta.pop(_KEY, None)
    meta[_KEY] = json.loads(stamp_text(stamp, _rest_of_json(data)))
    return (seen_json(json.dumps(data, ensure_ascii=False, indent=1)) + "\n").encode()


def _rest_of_json(data: Mapping[str, object]) -> str:
    meta = data["meta"]
    assert isinstance(meta, dict)
    rest = {**data, "meta": {key: value for key, value in meta.items() if key != _KEY}}
    return sha256_of(json.dumps(rest, ensure_ascii=False, sort_keys=True).encode())


def _take_from_json(content: bytes) -> Stamped | None:
    try:
        data = json.loads(content)
    except RecursionError as error:
        raise ValueError(str(error)) from error
    meta = data.get("meta") if isinstance(data, dict) else None
    if not isinstance(meta, dict) or _KEY not in meta:
        return None
    stamp, rest = read_stamp(json.dumps(meta[_KEY]))
    return Stamped(stamp, rest != _rest_of_json(data))


_PUT: dict[str, Callable[[bytes, Stamp], bytes]] = {
    **dict.fromkeys(("xlsx", "xlsm", "docx"), _put_into_package),
    "html": _put_into_page,
    "json": _put_into_json,
}
_TAKE: dict[str, Callable[[bytes], Stamped | None]] = {
    **dict.fromkeys(("xlsx", "xlsm", "docx"), _take_from_package),
    "html": _take_from_page,
    "json": _take_from_json,
}


def can_hold(ending: str) -> bool:
    """Whether an output of this kind has a place for a stamp."""
    return ending.lower() in _TAKE


__all__ = ["Refused", "Stamped", "can_hold", "stamp_in", "stamped"]
