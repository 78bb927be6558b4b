"""Compound files of [MS-CFB], version 3 with 512-byte sectors (writer only).

No times and no class ids are written, so equal streams give equal bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import field
from typing import Final

from ...records import dataclass

Tree = Mapping[str, "bytes | Tree"]

_SECTOR: Final = 512
_MINI_SECTOR: Final = 64
_MINI_LIMIT: Final = 4096  # 2.2: shorter streams live in the mini stream
_FREE: Final = 0xFFFFFFFF  # FREESECT, and NOSTREAM in directory entries
_END: Final = 0xFFFFFFFE
_FAT: Final = 0xFFFFFFFD
_HEADER_FATS: Final = 109  # FAT sectors that the header itself can list: a file of 7 MB
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_RED, _BLACK = 0, 1


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    colour: int = _BLACK
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE
    start: int = 0
    size: int = 0

    def packed(self) -> bytes:
        """The 128 bytes of 2.6.1."""
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = struct.pack("<64sHBB", name, len(name), self.kind, self.colour)
        head += _ints([self.left, self.right, self.child])
        return head + bytes(36) + struct.pack("<IQ", self.start, self.size)


@dataclass
class _Sectors:
    data: list[bytes] = field(default_factory=list)
    fat: list[int] = field(default_factory=list)

    def chain(self, content: bytes) -> int:
        """Append `content` as one chain and return its first sector."""
        first = len(self.data)
        count = -(-len(content) // _SECTOR)
        if not count:
            return _END
        self.data += [content[i * _SECTOR : (i + 1) * _SECTOR].ljust(_SECTOR, b"\0") for i in range(count)]
        self.fat += [*range(first + 1, first + count), _END]
        return first


def write_compound(tree: Tree) -> bytes:
    """Return a compound file that holds `tree`: a name maps to the bytes of a stream or to a storage.

    Raises ValueError for a name that 2.6.1 does not allow, and for more than 7 MB (DIFAT sectors are not
    written).
    """
    entries = [_Entry("Root Entry", _ROOT)]
    _add(entries, 0, tree)
    sectors = _Sectors()
    minifat = _place(entries, sectors)
    minifat += [_FREE] * (-len(minifat) % (_SECTOR // 4))
    minifat_start = sectors.chain(_ints(minifat))
    directory = b"".join(entry.packed() for entry in entries)
    unused = bytes(68) + _ints([_FREE] * 3) + bytes(48)  # 2.6.3
    directory += unused * (-len(entries) % (_SECTOR // len(unused)))
    directory_start = sectors.chain(directory)
    fats = _close_fat(sectors)
    header = struct.pack("<8s16xHHHHH6x", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6)
    header += _ints([0, len(fats), directory_start, 0, _MINI_LIMIT, minifat_start])
    header += _ints([len(minifat) * 4 // _SECTOR, _END, 0])
    header += _ints(fats).ljust(_HEADER_FATS * 4, b"\xff")
    return header + b"".join(sectors.data)


def _ints(values: list[int]) -> bytes:
    return struct.pack(f"<{len(values)}I", *values)


def _add(entries: list[_Entry], parent: int, tree: Tree) -> None:
    """Append the entries of `tree` and hang them below `parent` as a red-black tree (2.6.4)."""
    children = []
    for name, node in tree.items():
        if not 1 <= len(name) <= 31 or not name.isascii() or set(name) & set("/\\:!"):
            raise ValueError(f"illegal name in a compound file: {name!r}")
        children.append(len(entries))
        if isinstance(node, bytes):
            entries.append(_Entry(name, _STREAM, node))
        else:
            entries.append(_Entry(name, _STORAGE))
            _add(entries, children[-1], node)
    children.sort(key=lambda index: (len(entries[index].name), entries[index].name.upper()))
    top = entries[parent].child = _hang(entries, children, len(children).bit_length() - 1)
    if children:
        entries[top].colour = _BLACK


def _hang(entries: list[_Entry], ordered: list[int], levels: int) -> int:
    """Balanced tree over `ordered`: the levels above the last are full and black, the last one is red."""
    if not ordered:
        return _FREE
    middle = len(ordered) // 2
    entry = entries[ordered[middle]]
    entry.colour = _BLACK if levels else _RED
    entry.left = _hang(entries, ordered[:middle], levels - 1)
    entry.right = _hang(entries, ordered[middle + 1 :], levels - 1)
    return ordered[middle]


def _place(entries: list[_Entry], sectors: _Sectors) -> list[int]:
    """Give every stream its sectors; return the mini FAT."""
    mini, minifat = bytearray(), list[int]()
    for entry in entries:
        if entry.kind != _STREAM:
            continue
        entry.size = len(entry.data)
        if entry.size >= _MINI_LIMIT or not entry.size:
            entry.start = sectors.chain(entry.data)
            continue
        entry.start = len(minifat)
        count = -(-entry.size // _MINI_SECTOR)
        minifat += [*range(entry.start + 1, entry.start + count), _END]
        mini += entry.data.ljust(count * _MINI_SECTOR, b"\0")
    entries[0].start, entries[0].size = sectors.chain(bytes(mini)), len(mini)
    return minifat


def _close_fat(sectors: _Sectors) -> list[int]:
    """Append the FAT, which also lists its own sectors; return their numbers."""
    per_sector = _SECTOR // 4
    count = 1
    while len(sectors.fat) + count > count * per_sector:
        count += 1
    if count > _HEADER_FATS:
        raise ValueError("the project is too large for a compound file without DIFAT sectors")
    numbers = list(range(len(sectors.fat), len(sectors.fat) + count))
    table = sectors.fat + [_FAT] * count
    table += [_FREE] * (count * per_sector - len(table))
    raw = _ints(table)
    sectors.data += [raw[i : i + _SECTOR] for i in range(0, len(raw), _SECTOR)]
    return numbers
