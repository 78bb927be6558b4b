"""The last step of every workbook that we build: parts in fixed order, with fixed times."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections import OrderedDict
from threading import Lock
from typing import Final, NamedTuple

Parts = dict[str, bytes]

TYPES: Final = "[Content_Types].xml"
ROOT_RELS: Final = "_rels/.rels"
#: The highest level makes a form one percent smaller and takes two and a half times as long.
_LEVEL: Final = 6
#: Bytes of packed parts that are kept to be met again, and of the inflated ones of the last package.
_KEPT: Final = 8 << 20

# What ZIP says of each entry (PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16).
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_VERSION, _DEFLATED, _UTF8 = 20, 8, 0x0800
#: The earliest time and date that an entry can hold: 1980-01-01.
_TIME, _DATE = 0, 1 << 5 | 1
#: The mode of a file that its owner alone reads and writes, whatever system the build ran on.
_MODE = 0o600 << 16


class _Packed(NamedTuple):
    """A part as a ZIP file holds it. ``size``: inflated."""

    crc: int
    size: int
    data: bytes


class _Known:
    """Packed parts by the digest of their content, the latest used last; older ones go.

    Most parts are met again: a stamp leaves all others as they were, forms share what nobody types into.
    """

    def __init__(self) -> None:
        self._parts: OrderedDict[bytes, _Packed] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def packed(self, content: bytes) -> _Packed:
        digest = hashlib.sha256(content).digest()
        with self._lock:
            known = self._parts.pop(digest, None)
            if known is not None:
                self._parts[digest] = known
                return known
        made = _packed(content)
        with self._lock:
            self._keep(digest, made)
        return made

    def _keep(self, digest: bytes, made: _Packed) -> None:
        if digest not in self._parts:
            self._parts[digest] = made
            self._size += len(made.data)
        while self._size > _KEPT:
            self._size -= len(self._parts.popitem(last=False)[1].data)


_known = _Known()
#: The package that was written last and its parts, if they are not too many: a stamp is put into it next.
_last: tuple[bytes, Parts] = b"", {}


def normalise(package: bytes) -> bytes:
    """Return the zip file with the same parts in fixed order, with fixed times and attributes.

    Equal parts give equal bytes under one zlib; under another the inflated bytes are still equal.
    """
    return write_parts(read_parts(package))


def read_parts(package: bytes) -> Parts:
    """Part name -> inflated bytes."""
    written, parts = _last
    if package == written:
        return {**parts}
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_parts(parts: Parts) -> bytes:
    """The zip file of the parts: content types first, then by name."""
    out: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for name in sorted(parts, key=lambda name: (name != TYPES, name != ROOT_RELS, name)):
        local, central = _entry(name, _known.packed(parts[name]), at)
        out += local
        at += sum(map(len, local))
        directory.append(central)
    size = sum(map(len, directory))
    end = _END.pack(b"PK\x05\x06", 0, 0, len(directory), len(directory), size, at, 0)
    package = b"".join((*out, *directory, end))
    global _last
    _last = (package, {**parts}) if sum(map(len, parts.values())) <= _KEPT else (b"", {})
    return package


def _packed(content: bytes) -> _Packed:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return _Packed(zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


def _entry(name: str, part: _Packed, at: int) -> tuple[tuple[bytes, ...], bytes]:
    """One part with its head, to stand ``at`` so many bytes, and its line in the directory."""
    written = name.encode()
    flags = 0 if name.isascii() else _UTF8
    said = (_VERSION, flags, _DEFLATED, _TIME, _DATE, part.crc, len(part.data), part.size, len(written), 0)
    local = _LOCAL.pack(b"PK\x03\x04", *said)
    central = _CENTRAL.pack(b"PK\x01\x02", _VERSION, *said, 0, 0, 0, _MODE, at)
    return (local, written, part.data), central + written
