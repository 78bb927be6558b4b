"""From the bytes of a file that a stranger sent to the parts of a package, or a refusal.

Nothing is inflated before the whole ZIP directory has been found consistent, and nothing is inflated further
than the directory declares. Sources: PKWARE APPNOTE 6.3.10 (ZIP), ECMA-376 part 2 (packages), MS-CFB (OLE).
"""

from __future__ import annotations

import stat
import struct
import tomllib
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from ...errors import GoujiError

MB = 1 << 20
MAX_FILE = 32 * MB
MAX_PARTS = 4096
# A sheet formatted to its last row has a million <row> elements of about 80 bytes, and is legal.
MAX_PART = 96 * MB
MAX_TOTAL = 256 * MB
CHUNK = 64 * 1024

_LOCAL = struct.Struct("<4sHHHHHLLLHH")
_CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
_END = struct.Struct("<4sHHHHLLH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_LATER, _FLAG_UTF8 = 0x0001, 0x0008, 0x0800
_UNSET32 = 0xFFFFFFFF


class Refused(GoujiError):
    """A file that is not read. ``key`` names the reason."""

    def __init__(self, key: str, message: str) -> None:
        super().__init__(message)
        self.key = key


@cache
def refusals() -> dict[str, dict[str, str]]:
    """The tables of refusals.toml: ``message`` and ``reason`` by key, ``place``, ``published``."""
    text = Path(__file__).with_name("refusals.toml").read_text(encoding="utf-8")
    tables: dict[str, dict[str, str]] = tomllib.loads(text)
    return tables


def _shown(value: object) -> str:
    """A value out of the file, made fit for one line: printable and short."""
    line = "".join(char for char in str(value) if char.isprintable())
    return line if len(line) <= 60 else line[:60] + "…"


def refuse(key: str, **fields: object) -> NoReturn:
    """Raise Refused with the message of ``key``, its fields filled and made printable."""
    message = refusals()["message"][key]
    raise Refused(key, message.format(**{name: _shown(value) for name, value in fields.items()}))


def place(kind: str, name: str = "") -> str:
    """Where in the file, in Chinese: kind is a key of ``[place]`` in refusals.toml."""
    return refusals()["place"][kind].format(name=_shown(name))


def read_source(source: Path | bytes) -> bytes:
    """The bytes of a file, at most MAX_FILE. Raises Refused, also for a file that cannot be opened
    and for one that by its name is a report for people to read."""
    if isinstance(source, bytes):
        data, size = source, len(source)
    else:
        try:
            status = source.stat()
            if not stat.S_ISREG(status.st_mode):
                refuse("not_a_file")
            if kind := refusals()["published"].get(source.suffix.lower()):
                refuse("published", kind=kind)
            with source.open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except FileNotFoundError:
            refuse("missing")
        except (OSError, ValueError):  # ValueError: a path with a NUL in it
            refuse("unreadable")
        size = max(status.st_size, len(data))
    if size > MAX_FILE:
        refuse("too_large", size=-(-size // MB), limit=MAX_FILE // MB)
    return data


def sniff(data: bytes) -> None:
    """Refuse by its first bytes whatever is not a ZIP file, each kind of file with its own advice."""
    if data.startswith(b"PK\x03\x04"):
        return
    if not data:
        refuse("empty")
    if data.startswith(_OLE):
        _refuse_ole(data)
    head = data[:4096]
    if b"%PDF-" in head[:1024]:
        refuse("pdf")
    text = _as_text(head)
    if text is None:
        refuse("unknown")
    start = text.lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start:
        refuse("xml_2003")
    if start.startswith(("<", "mime-version:")):
        refuse("html")
    refuse("text")


def _refuse_ole(data: bytes) -> NoReturn:
    """Tell an encrypted workbook from an old one by the names in the container's directory."""
    if _has_ole_entry(data, "EncryptedPackage"):
        refuse("encrypted")
    if _has_ole_entry(data, "Workbook") or _has_ole_entry(data, "Book"):
        refuse("old_xls")
    refuse("other_ole")


def _has_ole_entry(data: bytes, name: str) -> bool:
    """Whether a directory entry has this name: entries are 128 bytes, aligned, name first (MS-CFB 2.6)."""
    stored = name.encode("utf-16-le") + b"\0\0"
    at = data.find(stored)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == len(stored).to_bytes(2, "little"):
            return True
        at = data.find(stored, at + 1)
    return False


def _as_text(head: bytes) -> str | None:
    """The first bytes as text, None where they are none. Chinese exports are UTF-8, GB 18030 or UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    if any(byte < 32 and byte not in b"\t\n\v\f\r" for byte in head):
        return None
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):  # the head may end inside a character of up to four bytes
            try:
                return head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return None


class _Entry(NamedTuple):
    name: str
    method: int
    crc: int
    packed: int
    size: int
    data_at: int


class Archive:
    """The parts of a ZIP file whose directory has been checked. Part names have no leading slash."""

    def __init__(self, data: bytes) -> None:
        """Raises Refused unless data is a plain, consistent ZIP file within the limits."""
        sniff(data)
        self._data = memoryview(data)
        self._entries: dict[str, _Entry] = {}
        total = 0
        spans: list[tuple[int, int, str]] = []
        count, directory_at, directory_end = _find_end(data)
        if count > MAX_PARTS:
            refuse("too_many_parts", count=count, limit=MAX_PARTS)
        at = directory_at
        for _ in range(count):
            entry, local_at, at = _central_entry(data, at, directory_end)
            key = entry.name.lower()
            if key in self._entries:
                refuse("duplicate_part", place=entry.name)
            self._entries[key] = entry
            spans.append((local_at, entry.data_at + entry.packed, entry.name))
            total += entry.size
        if at != directory_end:
            refuse("directory")
        if total > MAX_TOTAL:
            refuse("total_too_large", size=-(-total // MB), limit=MAX_TOTAL // MB)
        _check_spans(spans, directory_at)

    def names(self) -> list[str]:
        """Part names in the order of the directory."""
        return [entry.name for entry in self._entries.values()]

    def find(self, name: str) -> str | None:
        """The stored name of a part: names are compared without case (ECMA-376-2, 6.2.2.3), or None."""
        entry = self._entries.get(name.lower())
        return entry.name if entry else None

    def chunks(self, name: str, where: str, limit: int = MAX_PART) -> Iterator[bytes]:
        """The bytes of a part, in chunks of at most 64 KB; ``where`` names it in messages.

        Size and CRC are known to be right only when the last chunk has been taken: use nothing before.
        """
        entry = self._entries.get(name.lower())
        if entry is None:
            refuse("missing_part", place=where)
        if entry.size > limit:
            refuse("part_too_large", place=where, size=-(-entry.size // MB), limit=limit // MB)
        packed = self._data[entry.data_at : entry.data_at + entry.packed]
        if entry.method == _STORED:
            source: Iterator[bytes] = (bytes(packed[at : at + CHUNK]) for at in range(0, len(packed), CHUNK))
        elif entry.method == _DEFLATED:
            source = _inflate(packed, where)
        else:
            refuse("compression", place=where, method=entry.method)
        size = crc = 0
        for chunk in source:
            size += len(chunk)
            if size > entry.size:
                refuse("wrong_size", place=where)
            crc = zlib.crc32(chunk, crc)
            yield chunk
        if size != entry.size:
            refuse("wrong_size", place=where)
        if crc != entry.crc:
            refuse("checksum", place=where)


def _inflate(packed: memoryview, where: str) -> Iterator[bytes]:
    """Inflate in bounded steps. The input is cut too, else each step would copy the whole unread rest."""
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for at in range(0, len(packed), CHUNK):
            rest: Any = packed[at : at + CHUNK]
            while rest:
                if chunk := stream.decompress(rest, CHUNK):
                    yield chunk
                rest = stream.unconsumed_tail
        while not stream.eof and (chunk := stream.decompress(b"", CHUNK)):
            yield chunk
    except zlib.error:
        refuse("corrupt_stream", place=where)
    if not stream.eof or stream.unused_data:
        refuse("corrupt_stream", place=where)


def _find_end(data: bytes) -> tuple[int, int, int]:
    """(number of entries, start, end) of the central directory, from the end record; one volume, no ZIP64."""
    first = max(0, len(data) - _END.size - 0xFFFF)
    at = len(data)
    while (at := data.rfind(b"PK\x05\x06", first, at)) >= 0:
        # The record ends with a comment of declared length, and the file with it.
        if at + _END.size + int.from_bytes(data[at + 20 : at + 22], "little") == len(data):
            break
    if at < 0:
        refuse("truncated")
    _, disk, first_disk, here, count, size, start, _ = _END.unpack_from(data, at)
    if count == 0xFFFF or _UNSET32 in (size, start) or data[at - 20 : at - 16] == b"PK\x06\x07":
        refuse("zip64")
    if disk or first_disk or here != count or start + size != at:
        refuse("directory")
    return count, start, at


def _central_entry(data: bytes, at: int, end: int) -> tuple[_Entry, int, int]:
    """(entry, offset of its local header, offset of the next entry), compared with the local header."""
    if at + _CENTRAL.size > end:
        refuse("directory")
    (magic, _, _, flags, method, _, _, crc, packed, size, name_size, extra, comment, disk, _, _, local_at) = (
        _CENTRAL.unpack_from(data, at)
    )
    following = at + _CENTRAL.size + name_size + extra + comment
    if magic != b"PK\x01\x02" or disk or following > end:
        refuse("directory")
    if _UNSET32 in (packed, size, local_at):
        refuse("zip64")
    raw = data[at + _CENTRAL.size : at + _CENTRAL.size + name_size]
    # Some writers on Windows separate by backslashes; Excel reads their files.
    name = raw.decode("utf-8" if flags & _FLAG_UTF8 else "cp437", "replace").replace("\\", "/").lstrip("/")
    if flags & _FLAG_ENCRYPTED:
        refuse("encrypted_part", place=name)
    data_at = _local_data(data, local_at, raw, (flags, method, crc, packed, size))
    if method == _STORED and packed != size:
        refuse("directory")
    return _Entry(name, method, crc, packed, size, data_at), local_at, following


def _local_data(data: bytes, at: int, raw_name: bytes, central: tuple[int, int, int, int, int]) -> int:
    """Offset of the data behind a local header.

    Refused where header and directory disagree: programs differ in which of the two they believe.
    """
    if at + _LOCAL.size > len(data):
        refuse("directory")
    fields: tuple[Any, ...] = _LOCAL.unpack_from(data, at)
    magic, _, flags, method, _, _, crc, packed, size, name_size, extra = fields
    name_at = at + _LOCAL.size
    if magic != b"PK\x03\x04" or data[name_at : name_at + name_size] != raw_name:
        refuse("directory")
    if method != central[1] or (flags ^ central[0]) & (_FLAG_ENCRYPTED | _FLAG_LATER):
        refuse("directory")
    # With the flag the numbers follow the data; a streaming writer may also reserve room for ZIP64.
    reserved = flags & _FLAG_LATER or _UNSET32 in (packed, size)
    if not reserved and (crc, packed, size) != central[2:]:
        refuse("directory")
    return int(name_at + name_size + extra)


def _check_spans(spans: list[tuple[int, int, str]], directory_at: int) -> None:
    """No two parts share a byte, and none reaches into the directory."""
    reached = 0
    for start, stop, name in sorted(spans):
        if start < reached or stop > directory_at:
            refuse("overlap", place=name)
        reached = stop
