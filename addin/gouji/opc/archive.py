"""The parts of a ZIP file that a stranger sent, or a refusal in the words of the package that reads it.

Nothing is inflated before the whole ZIP directory has been found consistent, and nothing is inflated further
than the directory declares. Sources: PKWARE APPNOTE 6.3.10 (ZIP), ECMA-376 part 2 (packages).
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..refusing import Refusals

MB = 1 << 20
MAX_PARTS = 4096
# A sheet formatted to its last row has a million <row> elements of about 80 bytes, and is legal.
MAX_PART = 96 * MB
MAX_TOTAL = 256 * MB
#: How many times its packed size a part may have that is larger than RATIO_FROM. Measured: sheets formatted
#: to their last row or column 8 to 16 times, our own parts up to 12; one text over and over 600 and more.
MAX_RATIO, RATIO_FROM = 200, 1 * MB
CHUNK = 64 * 1024

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_LATER, _FLAG_UTF8 = 0x0001, 0x0008, 0x0800
_UNSET32 = 0xFFFFFFFF


class _Entry(NamedTuple):
    name: str
    method: int
    crc: int
    packed: int
    size: int
    data_at: int

    @property
    def exhausts(self) -> bool:
        """Whether it inflates to more than a part that a spreadsheet or a person made."""
        return self.size > max(RATIO_FROM, MAX_RATIO * self.packed)


class Archive:
    """The parts of a ZIP file whose directory has been checked. Part names have no leading slash."""

    def __init__(self, data: bytes, words: Refusals) -> None:
        """Raises Refused, in these words, unless data is a plain, consistent ZIP file within the limits."""
        self.words = words
        self._data = memoryview(data)
        self._entries: dict[str, _Entry] = {}
        total = 0
        spans: list[tuple[int, int, str]] = []
        count, directory_at, directory_end = _find_end(data, words)
        if count > MAX_PARTS:
            words.refuse("too_many_parts", count=count, limit=MAX_PARTS)
        at = directory_at
        for _ in range(count):
            entry, local_at, at = _central_entry(data, at, directory_end, words)
            key = entry.name.lower()
            if key in self._entries:
                words.refuse("duplicate_part", place=entry.name)
            self._entries[key] = entry
            spans.append((local_at, entry.data_at + entry.packed, entry.name))
            total += entry.size
        if at != directory_end:
            words.refuse("directory")
        if total > MAX_TOTAL:
            words.refuse("total_too_large", size=-(-total // MB), limit=MAX_TOTAL // MB)
        _check_spans(spans, directory_at, words)

    def names(self) -> list[str]:
        """Part names in the order of the directory."""
        return [entry.name for entry in self._entries.values()]

    def find(self, name: str) -> str | None:
        """The stored name of a part: names are compared without case (ECMA-376-2, 6.2.2.3), or None."""
        entry = self._entries.get(name.lower())
        return entry.name if entry else None

    def size(self, name: str) -> int:
        """How many bytes the directory says that a part has, inflated; 0 for one that is not there."""
        entry = self._entries.get(name.lower())
        return entry.size if entry else 0

    def packed(self, name: str) -> bytes:
        """A part as it is stored, its method, checksum and size before it: what is equal to a part that was
        once found right is right, and inflates to the same. Empty for one that is not there."""
        entry = self._entries.get(name.lower())
        if entry is None:
            return b""
        stored = self._data[entry.data_at : entry.data_at + entry.packed]
        return b"%d %d %d " % (entry.method, entry.crc, entry.size) + stored

    def whole(self, name: str, limit: int) -> bytes | None:
        """The bytes of a part, inflated at once and found right; None where it is larger than ``limit``, is
        not there or not right: :meth:`chunks` says what is wrong with it."""
        entry = self._entries.get(name.lower())
        if entry is None or entry.size > limit or entry.exhausts:
            return None
        packed = self._data[entry.data_at : entry.data_at + entry.packed]
        if entry.method == _STORED:
            content = bytes(packed)
        elif entry.method == _DEFLATED:
            stream = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                content = stream.decompress(packed, entry.size + 1)
            except zlib.error:
                return None
            if not stream.eof or stream.unused_data:
                return None
        else:
            return None
        fine = len(content) == entry.size and zlib.crc32(content) == entry.crc
        return content if fine else None

    def chunks(self, name: str, where: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """The bytes of a part, in chunks of at most 64 KB; ``where`` names it in messages.

        Size and CRC are known to be right only when the last chunk has been taken: use nothing before.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            self.words.refuse("missing_part", place=where)
        if entry.size > limit:
            self.words.refuse("part_too_large", place=where, size=-(-entry.size // MB), limit=limit // MB)
        if entry.exhausts:
            self.words.refuse("inflates_too_much", place=where, ratio=entry.size // max(1, entry.packed))
        packed = self._data[entry.data_at : entry.data_at + entry.packed]
        if entry.method == _STORED:
            source: Iterator[bytes] = (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        elif entry.method == _DEFLATED:
            source = _inflate(packed, where, self.words)
        else:
            self.words.refuse("compression", place=where, method=entry.method)
        size = crc = 0
        for chunk in source:
            size += len(chunk)
            if size > entry.size:
                self.words.refuse("wrong_size", place=where)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size:
            self.words.refuse("wrong_size", place=where)
        if crc != entry.crc:
            self.words.refuse("checksum", place=where)

    def xml(self, name: str, where: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """The same of a part that is XML and will be parsed: here who reads the file accounts for it."""
        return self.chunks(name, where, limit)


def _inflate(packed: memoryview, where: str, words: Refusals) -> Iterator[bytes]:
    """Inflate in bounded steps. The input is cut too, else each step would copy the whole unread rest."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), CHUNK):
            if stream.eof:
                words.refuse("corrupt_stream", place=where)
            rest: Any = packed[at : at + CHUNK]
            while rest and not stream.eof:
                if chunk := stream.decompress(rest, CHUNK):
                    yield chunk
                rest = stream.unconsumed_tail
        while not stream.eof and (chunk := stream.decompress(b"", CHUNK)):
            yield chunk
    except zlib.error:
        words.refuse("corrupt_stream", place=where)
    if not stream.eof or stream.unused_data:
        words.refuse("corrupt_stream", place=where)


def _find_end(data: bytes, words: Refusals) -> tuple[int, int, int]:
    """(number of entries, start, end) of the central directory, from the end record; one volume, no ZIP64."""
    first = max(0, len(data) - _END.size - 0xFFFF)
    at = len(data)
    while (at := data.rfind(b"PK\x05\x06", first, at)) >= 0:
        # The record ends with a comment of declared length, and the file with it.
        if at + _END.size + int.from_bytes(data[at + 20 : at + 22], "little") == len(data):
            break
    if at < 0 and _ends_inside(data):
        words.refuse("bytes_behind")
    if at < 0:
        words.refuse("truncated")
    _, disk, first_disk, here, count, size, start, _ = _END.unpack_from(data, at)
    if count == 0xFFFF or _UNSET32 in (size, start) or data[at - 20 : at - 16] == b"PK\x06\x07":
        words.refuse("zip64")
    if disk or first_disk or here != count or start + size != at:
        words.refuse("directory")
    return count, start, at


def _ends_inside(data: bytes) -> bool:
    """Whether a whole ZIP file is followed by something else, which mail gateways and scanners append."""
    at = data.rfind(b"PK\x05\x06", 0, len(data) - _END.size + 4)
    if at < 0:
        return False
    *_, size, start, _ = _END.unpack_from(data, at)
    return bool(size) and start + size == at


def _central_entry(data: bytes, at: int, end: int, words: Refusals) -> tuple[_Entry, int, int]:
    """(entry, offset of its local header, offset of the next entry), compared with the local header."""
    if at + _CENTRAL.size > end:
        words.refuse("directory")
    (magic, _, _, flags, method, _, _, crc, packed, size, name_size, extra, comment, disk, _, _, local_at) = (
        _CENTRAL.unpack_from(data, at)
    )
    following = at + _CENTRAL.size + name_size + extra + comment
    if magic != b"PK\x01\x02" or disk or following > end:
        words.refuse("directory")
    if _UNSET32 in (packed, size, local_at):
        words.refuse("zip64")
    raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
    # Some writers on Windows separate by backslashes; Excel reads their files.
    name = raw.decode("utf-8" if flags & _FLAG_UTF8 else "cp437", "replace").replace("\\", "/").lstrip("/")
    if flags & _FLAG_ENCRYPTED:
        words.refuse("encrypted_part", place=name)
    data_at = _local_data(data, local_at, raw, (flags, method, crc, packed, size), words)
    if method == _STORED and packed != size:
        words.refuse("directory")
    return _Entry(name, method, crc, packed, size, data_at), local_at, following


def _local_data(
    data: bytes, at: int, raw_name: bytes, central: tuple[int, int, int, int, int], words: Refusals
) -> int:
    """Offset of the data behind a local header.

    Refused where header and directory disagree: programs differ in which of the two they believe.
    """
    if at + _LOCAL.size > len(data):
        words.refuse("directory")
    fields: tuple[Any, ...] = _LOCAL.unpack_from(data, at)
    magic, _, flags, method, _, _, crc, packed, size, name_size, extra = fields
    name_at = at + _LOCAL.size
    if magic != b"PK\x03\x04" or data[name_at : name_at + name_size] != raw_name:
        words.refuse("directory")
    if method != central[1] or (flags ^ central[0]) & (_FLAG_ENCRYPTED | _FLAG_LATER):
        words.refuse("directory")
    # With the flag the numbers follow the data; a streaming writer may also reserve room for ZIP64.
    reserved = flags & _FLAG_LATER or _UNSET32 in (packed, size)
    if not reserved and (crc, packed, size) != central[2:]:
        words.refuse("directory")
    return int(name_at + name_size + extra)


def _check_spans(spans: list[tuple[int, int, str]], directory_at: int, words: Refusals) -> None:
    """No two parts share a byte, and none reaches into the directory."""
    reached = 0
    for start, stop, name in sorted(spans):
        if start < reached or stop > directory_at:
            words.refuse("overlap", place=name)
        reached = stop
