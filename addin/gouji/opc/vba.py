"""The sources of a VBA project that a stranger sent ([MS-OVBA] 2.3 and 2.4.1), within bounds.

What Excel runs need not be the source: a project that Excel saved also holds compiled code, which Excel of
the same version prefers, and which no public specification describes. So the sources tell what a project says
of itself, which is no proof of what it does.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from typing import NamedTuple

from .compound import read_streams

#: A project of ours has 30 KB of sources; saved by Excel, with its compiled code, it stays below 1 MB.
MAX_PROJECT, MAX_SOURCE = 8 << 20, 1 << 20

_CHUNK = 4096
_END, _VERSION = 0x0010, 0x0009
_STREAM_NAME, _UNICODE_NAME, _OFFSET = 0x001A, 0x0032, 0x0031
#: What stands beside modules (2.2.1): the storage, its list, what is said of the project, caches. Of another
#: storage the first path tells.
_FURNITURE = re.compile(r"VBA/(dir|_VBA_PROJECT|__SRP_[0-9a-f]+)?|[^/]+|(?!VBA/)[^/]+/.+", re.IGNORECASE)
#: Record -> where the library's id begins.
_REFERENCES = {0x000D: 4, 0x000E: 4, 0x002F: 4, 0x0030: 4, 0x0033: 0}


class Project(NamedTuple):
    """``modules``: name -> source, one character a byte. ``references``: ids of libraries and of other
    projects. ``others``: storages beside that of the modules, such as those of forms, and streams among the
    modules that the list of modules does not name as Excel may read it (it has each name twice)."""

    modules: dict[str, str]
    references: list[str]
    others: list[str]


def read_project(data: bytes) -> Project:
    """What a ``vbaProject.bin`` holds. Raises ValueError where it is damaged or too large."""
    if len(data) > MAX_PROJECT:
        raise ValueError("a project that is too large")
    streams = read_streams(data)
    by_name = {path.upper(): content for path, content in streams.items()}
    left = MAX_SOURCE
    listed = decompress(by_name.get("VBA/DIR", b""), left)
    places, references = _listed(listed)
    modules: dict[str, str] = {}
    for name, offset in places:
        stored = by_name.get(f"VBA/{name.upper()}")
        if stored is None or offset > len(stored) or name in modules:
            raise ValueError("a module that is not there, or twice")
        source = decompress(stored[offset:], left)
        left -= max(len(source), len(stored) - offset)  # both take time
        modules[name] = source.decode("latin-1")
    known = {f"VBA/{name.upper()}" for name in modules}
    others = [path for path in streams if path.upper() not in known and not _FURNITURE.fullmatch(path)]
    return Project(modules, references, others)


def decompress(data: bytes, limit: int = MAX_SOURCE) -> bytes:
    """A compressed container (2.4.1.3.1); ValueError where it is none, or holds more than ``limit`` bytes."""
    if data[:1] != b"\1" or len(data) > limit:
        raise ValueError("no compressed container, or one that is too large")
    out = bytearray()
    at = 1
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("half a chunk")
        header = struct.unpack_from("<H", data, at)[0]
        body = data[at + 2 : at + (header & 0x0FFF) + 3]
        if header >> 12 & 7 != 3 or len(body) != (header & 0x0FFF) + 1:
            raise ValueError("a chunk that is none, or half of one")
        out += _inflated(body) if header & 0x8000 else body
        if len(out) > limit:
            raise ValueError("a container that holds too much")
        at += 2 + len(body)
    return bytes(out)


def _inflated(body: bytes) -> bytearray:
    out = bytearray()
    at, end = 0, len(body)
    while at < end:
        flags = body[at]
        at += 1
        if not flags:
            out += body[at : at + 8]
            at += 8
            continue
        for bit in range(8):
            if at >= end:
                break
            if not flags >> bit & 1:
                out.append(body[at])
                at += 1
                continue
            _copy(out, body[at : at + 2])
            at += 2
        if len(out) > _CHUNK:
            break
    if len(out) > _CHUNK:
        raise ValueError("a chunk that holds too much")
    return out


def _copy(out: bytearray, token: bytes) -> None:
    """What a copy token repeats (2.4.1.3.19.2); what it repeats may reach into what it writes."""
    if len(token) < 2 or not out or len(out) > _CHUNK:
        raise ValueError("a copy of what is not there")
    number = token[0] | token[1] << 8
    bits = max(4, (len(out) - 1).bit_length())
    back, length = (number >> 16 - bits) + 1, (number & 0xFFFF >> bits) + 3
    if back > len(out):
        raise ValueError("a copy of what is not there")
    piece = out[-back:]
    out += (piece * (-(-length // back)))[:length]


def _listed(data: bytes) -> tuple[list[tuple[str, int]], list[str]]:
    """((stream, offset of the source) of each module, ids of references) of the dir stream (2.3.4.2)."""
    places: list[tuple[str, int]] = []
    references: list[str] = []
    name = ""
    for record, content in _records(data):
        if record in _REFERENCES:
            references.append(_text(content, _REFERENCES[record]))
        elif record == _STREAM_NAME:
            name = content.decode("latin-1")
        elif record == _UNICODE_NAME:  # the same in UTF-16: names in Chinese (模块1) are found by it
            name = content.decode("utf-16-le", "replace")
        elif record == _OFFSET and len(content) == 4:
            places.append((name, struct.unpack("<I", content)[0]))
    return places, references


def _text(content: bytes, at: int) -> str:
    """A reference's id: behind its own length, where the record holds more than it."""
    return content[at : at + int.from_bytes(content[at - 4 : at], "little") if at else None].decode("latin-1")


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 6 <= len(data):
        record, size = struct.unpack_from("<HI", data, at)
        if record == _VERSION:
            size += 2  # 2.3.4.2.1.11: its size is reserved, and leaves out the minor version
        if at + 6 + size > len(data):
            raise ValueError("a record that is cut off")
        yield record, data[at + 6 : at + 6 + size]
        if record == _END:
            return
        at += 6 + size
    raise ValueError("a list without an end")
