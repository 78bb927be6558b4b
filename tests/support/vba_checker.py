"""Strict reader of a `vbaProject.bin`, written from [MS-OVBA] and [MS-CFB] apart from the writer.

`read_project` returns what is in it and raises Defect at the first byte that the specifications do not allow.
"""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass
from typing import Any

import olefile

NO_STREAM = 0xFFFFFFFF
_PROJECT = re.compile(
    r'ID="(?P<id>\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\})"\r\n'
    r"(?P<items>(?:(?:Document|Module|Class)=[^\r\n]+\r\n)+)"
    r'Name="(?P<name>\w{1,128})"\r\nHelpContextID="0"\r\nVersionCompatible32="393222000"\r\n'
    r'CMG="(?P<cmg>[0-9A-F]{22,28})"\r\nDPB="(?P<dpb>[0-9A-F]{16,})"\r\nGC="(?P<gc>[0-9A-F]{16,22})"\r\n\r\n'
    r"\[Host Extender Info\]\r\n(?:&H[0-9A-F]{8}=\{[0-9A-F-]{36}\};[^;]*;&H[0-9A-F]{8}\r\n)+"
    r"\r\n\[Workspace\]\r\n(?P<windows>(?:\w+=0, 0, 0, 0, C\r\n)+)"
)
_ITEM = re.compile(r"(Document|Module|Class)=(\w+)(/&H00000000)?\r\n")
_LIBID = re.compile(r"\*\\G\{[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}\}#\d+\.\d+#\d+#[^#]+#[^#]+")
_KINDS = {"Document": "document", "Module": "standard", "Class": "class"}


class Defect(ValueError):
    """The file is not what the specification says."""


@dataclass(frozen=True)
class StoredModule:
    """A module as it lies in the file; `text` has CRLF and begins with its attributes."""

    name: str
    kind: str
    text: str


@dataclass(frozen=True)
class StoredProject:
    """What `read_project` found."""

    name: str
    identifier: str
    references: tuple[str, ...]
    modules: tuple[StoredModule, ...]


def need(condition: object, what: str) -> None:
    """Raise Defect unless `condition`."""
    if not condition:
        raise Defect(what)


def decompress(data: bytes) -> bytes:
    """[MS-OVBA] 2.4.1.3.1, refusing every container that a conforming writer cannot produce."""
    need(data[:1] == b"\x01", "container signature")
    out, pos = b"", 1
    while pos < len(data):
        need(len(out) % 4096 == 0, "a chunk before the last one is not full")
        (header,) = struct.unpack_from("<H", data, pos)
        size = (header & 0x0FFF) + 3
        need(header >> 12 & 7 == 3, "chunk signature")
        need(pos + size <= len(data), "chunk longer than the container")
        body = data[pos + 2 : pos + size]
        out += _inflate(body) if header & 0x8000 else body
        need(header & 0x8000 or size == 4098, "raw chunk that is not full")
        pos += size
    return out


def _inflate(body: bytes) -> bytes:
    out, pos = bytearray(), 0
    while pos < len(body):
        flags, pos = body[pos], pos + 1
        for bit in range(8):
            if pos >= len(body):
                need(flags >> bit == 0, "flags without tokens")
                break
            if not flags >> bit & 1:
                out.append(body[pos])
                pos += 1
                continue
            (token,) = struct.unpack_from("<H", body, pos)
            pos += 2
            width = next(width for width in range(4, 13) if len(out) <= 1 << width)
            back, length = (token >> 16 - width) + 1, (token & 0xFFFF >> width) + 3
            need(back <= len(out), "copy token reaches before its chunk")
            for _ in range(length):
                out.append(out[-back])
    need(len(out) <= 4096, "chunk of more than 4096 bytes")
    return bytes(out)


def read_compound(raw: bytes) -> dict[str, bytes]:
    """Streams of a compound file by path; header, sector use and red-black trees are checked."""
    need(raw[:8] == bytes.fromhex("D0CF11E0A1B11AE1") and not any(raw[8:24]), "signature and class id")
    need(struct.unpack_from("<5H", raw, 24) == (0x3E, 3, 0xFFFE, 9, 6), "version 3 header")
    need(not any(raw[34:44]) and not any(raw[52:56]), "reserved header fields")
    need(len(raw) % 512 == 0, "whole sectors")
    ole = olefile.OleFileIO(io.BytesIO(raw), raise_defects=olefile.DEFECT_POTENTIAL)
    need(not ole.parsing_issues, f"olefile: {ole.parsing_issues}")
    need(ole.direntries[0].name == "Root Entry", "root entry")
    for entry in ole.direntries:
        if entry is not None and entry.sid_child != NO_STREAM:
            need(ole.direntries[entry.sid_child].color == 1, "the root of a tree is black")
            _black_height(ole.direntries, entry.sid_child, (0, ""), (99, ""))
    _sectors_used_once(raw, ole)
    return {"/".join(path): ole.openstream(path).read() for path in ole.listdir()}


def _black_height(entries: list[Any], index: int, low: tuple[int, str], high: tuple[int, str]) -> int:
    """[MS-CFB] 2.6.4: order by length, then upper case; no red child of a red parent; equal black heights."""
    if index == NO_STREAM:
        return 1
    entry = entries[index]
    key = (len(entry.name), entry.name.upper())
    need(low < key < high, f"order of {entry.name}")
    children = [entries[i] for i in (entry.sid_left, entry.sid_right) if i != NO_STREAM]
    need(entry.color == 1 or all(child.color == 1 for child in children), f"red child below red {entry.name}")
    left = _black_height(entries, entry.sid_left, low, key)
    right = _black_height(entries, entry.sid_right, key, high)
    need(left == right, f"black height below {entry.name}")
    return left + entry.color


def _sectors_used_once(raw: bytes, ole: Any) -> None:
    """Every sector is in exactly one chain or is marked free or FAT; nothing lies behind the FAT's reach."""
    fat = list(ole.fat)[: len(raw) // 512 - 1]
    need(len(fat) == len(raw) // 512 - 1, "FAT shorter than the file")
    targets = [target for target in fat if target < 0xFFFFFFFA]
    need(len(set(targets)) == len(targets), "two chains share a sector")
    need(all(target < len(fat) for target in targets), "chain leaves the file")
    need(NO_STREAM not in fat, "unused sector")


class _Records:
    """The dir stream as a sequence of records."""

    def __init__(self, data: bytes) -> None:
        self.data, self.pos = data, 0

    def take(self, identifier: int, size: int | None = None) -> bytes:
        """The content of the next record, which must be this one."""
        found, length = struct.unpack_from("<HI", self.data, self.pos)
        need(found == identifier, f"dir at {self.pos:#x}: record {found:#x} instead of {identifier:#x}")
        need(size is None or size == length, f"dir record {identifier:#x} of {length} bytes")
        start = self.pos + 6
        need(start + length <= len(self.data), "dir record beyond its end")
        self.pos = start + length
        return self.data[start : self.pos]

    def both(self, narrow: int, wide: int) -> str:
        """A string and its UTF-16 twin."""
        text = self.take(narrow).decode("ascii")
        need(self.take(wide) == text.encode("utf-16-le"), f"dir records {narrow:#x} and {wide:#x} differ")
        return text

    def next(self) -> int:
        """Identifier of the next record."""
        found: int = struct.unpack_from("<H", self.data, self.pos)[0]
        return found


def _read_dir(data: bytes) -> tuple[str, tuple[str, ...], list[tuple[str, int, int]]]:
    """Project name, library ids, modules as (name, type record, text offset)."""
    records = _Records(data)
    need(records.take(0x01, 4)[0] in (1, 3), "PROJECTSYSKIND")
    need(records.take(0x02, 4) == records.take(0x14, 4), "LCIDs differ")
    need(records.take(0x03, 2) == struct.pack("<H", 1252), "code page")
    name = records.take(0x04).decode("ascii")
    records.both(0x05, 0x40)
    need(records.take(0x06) == records.take(0x3D), "help files differ")
    records.take(0x07, 4)
    need(records.take(0x08, 4) == bytes(4), "PROJECTLIBFLAGS")
    records.take(0x09, 4)  # its size is reserved: two bytes more follow
    records.pos += 2
    records.both(0x0C, 0x3C)
    references = []
    while records.next() == 0x16:
        records.both(0x16, 0x3E)
        content = records.take(0x0D)
        (length,) = struct.unpack_from("<I", content)
        need(len(content) == length + 10 and not any(content[4 + length :]), "REFERENCEREGISTERED")
        references.append(content[4 : 4 + length].decode("ascii"))
        need(_LIBID.fullmatch(references[-1]), f"library id {references[-1]}")
    (count,) = struct.unpack("<H", records.take(0x0F, 2))
    records.take(0x13, 2)
    modules = [_read_dir_module(records) for _ in range(count)]
    records.take(0x10, 0)
    need(records.pos == len(data), f"{len(data) - records.pos} bytes after the terminator of dir")
    return name, tuple(references), modules


def _read_dir_module(records: _Records) -> tuple[str, int, int]:
    name = records.both(0x19, 0x47)
    need(records.both(0x1A, 0x32) == name, "stream name")
    records.both(0x1C, 0x48)
    (offset,) = struct.unpack("<I", records.take(0x31, 4))
    records.take(0x1E, 4)
    need(records.take(0x2C, 2) == b"\xff\xff", "MODULECOOKIE")
    kind = records.next()
    need(kind in (0x21, 0x22), "MODULETYPE")
    records.take(kind, 0)
    records.take(0x2B, 0)
    return name, kind, offset


def decrypt(text: str, project: str) -> bytes:
    """[MS-OVBA] 2.4.3.3."""
    data = bytes.fromhex(text)
    seed, version, key = data[0], data[0] ^ data[1], data[0] ^ data[2]
    need(version == 2, "encryption version")
    need(key == sum(project.encode("ascii")) % 256, "project key")
    plain, last = bytearray(), key
    for index in range(3, len(data)):
        last = data[index] ^ (data[index - 2] + last) % 256
        plain.append(last)
    ignored = (seed & 6) // 2
    (length,) = struct.unpack_from("<I", plain, ignored)
    need(len(plain) == ignored + 4 + length, "encrypted length")
    return bytes(plain[ignored + 4 :])


def _read_names(data: bytes) -> list[str]:
    """PROJECTwm: pairs of a narrow and a wide name."""
    names, pos = [], 0
    while data[pos : pos + 2] != b"\0\0":
        end = data.index(b"\0", pos)
        names.append(data[pos:end].decode("ascii"))
        wide = names[-1].encode("utf-16-le") + b"\0\0"
        need(data[end + 1 :].startswith(wide), "PROJECTwm: names differ")
        pos = end + 1 + len(wide)
    need(pos + 2 == len(data), "PROJECTwm terminator")
    return names


def _check_text(name: str, kind: str, text: str) -> None:
    need(text.isascii(), f"{name}: not ASCII")
    need(text.endswith("\r\n") and not re.search(r"(?<!\r)\n|\r(?!\n)", text), f"{name}: line ends")
    need(text.startswith(f'Attribute VB_Name = "{name}"\r\n'), f"{name}: first line")
    need("VERSION 1.0" not in text, f"{name}: header of an exported class")
    need(('Attribute VB_Base = "0{' in text) == (kind != "standard"), f"{name}: VB_Base")
    need(max(map(len, text.splitlines())) <= 1023, f"{name}: long line")


def read_project(raw: bytes) -> StoredProject:
    """Read all streams and compare every name and kind wherever it is told twice."""
    streams = read_compound(raw)
    need(streams.get("VBA/_VBA_PROJECT") == bytes.fromhex("CC61FFFF000000"), "_VBA_PROJECT of a writer")
    name, references, declared = _read_dir(decompress(streams["VBA/dir"]))
    match = _PROJECT.fullmatch(streams["PROJECT"].decode("ascii"))
    need(match, "grammar of PROJECT")
    assert match is not None
    need(match["name"] == name, "project names differ")
    secrets = [decrypt(match[field], match["id"]) for field in ("cmg", "dpb", "gc")]
    need(secrets == [bytes(4), b"\0", b"\xff"], "protection state")
    items = _ITEM.findall(match["items"])
    need([item for _, item, _ in items] == [item for item, _, _ in declared], "PROJECT and dir differ")
    need(_read_names(streams["PROJECTwm"]) == [item for item, _, _ in declared], "PROJECTwm and dir differ")
    need(re.findall(r"(\w+)=", match["windows"]) == [item for item, _, _ in declared], "windows")
    modules = []
    for (form, item, suffix), (_, kind, offset) in zip(items, declared, strict=True):
        need(bool(suffix) == (form == "Document"), f"{item}: library version")
        need((form == "Module") == (kind == 0x21), f"{item}: kind")
        text = decompress(streams[f"VBA/{item}"][offset:]).decode("ascii")
        _check_text(item, _KINDS[form], text)
        modules.append(StoredModule(item, _KINDS[form], text))
    expected = {f"VBA/{item}" for item, _, _ in declared} | {
        "VBA/dir",
        "VBA/_VBA_PROJECT",
        "PROJECT",
        "PROJECTwm",
    }
    need(set(streams) == expected, f"streams {set(streams) ^ expected}")
    return StoredProject(name, match["id"], references, tuple(modules))
