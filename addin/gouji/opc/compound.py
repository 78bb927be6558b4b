"""The streams of a compound file that a stranger sent ([MS-CFB] 2): each sector is given out once, so that
reading ends and takes no more memory than the file, whatever its tables say."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence

from .ole import MAGIC

_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF
_LAST = 0xFFFFFFFA  # 2.1: the last number of a sector
_ENTRY = 128
_STORAGE, _STREAM, _ROOT = 1, 2, 5
_SHIFTS = {3: 9, 4: 12}  # 2.2: version -> sector size as a power of two
_MINI_SHIFT, _MINI_LIMIT = 6, 4096
_HEADER_FATS = 109


class _Sectors:
    """Sectors of one size and the table that chains them."""

    def __init__(self, data: bytes, size: int, table: Sequence[int] = ()) -> None:
        self._data, self.size = data, size
        self.table = table
        self._unused = bytearray(b"\1") * -(-len(data) // size)

    def one(self, number: int) -> bytes:
        if number >= len(self._unused) or not self._unused[number]:
            raise ValueError("a sector that is not there, or that belongs to two chains")
        self._unused[number] = 0
        return self._data[number * self.size : (number + 1) * self.size]

    def chain(self, first: int, length: int | None = None) -> bytes:
        """The sectors from ``first`` on, of which ``length`` bytes belong to the stream."""
        found = []
        while first <= _LAST:
            found.append(self.one(first))
            if first >= len(self.table):
                raise ValueError("a chain that leaves its table")
            first = self.table[first]
        content = b"".join(found)
        if first != _END or (length is not None and len(content) < length):
            raise ValueError("a stream that is cut off")
        return content[:length]


def read_streams(data: bytes) -> dict[str, bytes]:
    """Path -> content of every stream, paths as ``VBA/dir``; a storage without streams is a path that ends in
    a slash.

    Raises ValueError for what is no whole compound file.
    """
    if len(data) < 512 or not data.startswith(MAGIC):
        raise ValueError("no compound file")
    version, order, shift, mini_shift = struct.unpack_from("<HHHH", data, 26)
    if order != 0xFFFE or shift != _SHIFTS.get(version) or mini_shift != _MINI_SHIFT:
        raise ValueError("no compound file of version 3 or 4")
    first_directory = struct.unpack_from("<I", data, 48)[0]
    cutoff, first_mini = struct.unpack_from("<II", data, 56)
    if cutoff != _MINI_LIMIT:
        raise ValueError("another limit of small streams")
    sectors = _Sectors(data[1 << shift :], 1 << shift)
    sectors.table = _allocation(data, sectors)
    directory = sectors.chain(first_directory)
    if len(directory) < _ENTRY or directory[66] != _ROOT:
        raise ValueError("no root")
    minis = _ints(sectors.chain(first_mini)) if first_mini != _END else array("I")
    _, start, size = _target(directory, 0, version)
    small = _Sectors(sectors.chain(start, size) if size else b"", 1 << _MINI_SHIFT, minis)
    found: dict[str, bytes] = {}
    for path, index in _walk(directory):
        kind, start, size = _target(directory, index, version)
        if kind == _STORAGE:
            found[path + "/"] = b""
        elif size:
            found[path] = (small if size < _MINI_LIMIT else sectors).chain(start, size)
        else:
            found[path] = b""
    return found


def _ints(content: bytes) -> array[int]:
    found = array("I")
    found.frombytes(content)
    return found


def _allocation(data: bytes, sectors: _Sectors) -> array[int]:
    """The FAT, from the sectors that the header and the DIFAT name (2.3, 2.5)."""
    numbers = list(struct.unpack_from(f"<{_HEADER_FATS}I", data, 76))
    count, following = struct.unpack_from("<I", data, 44)[0], struct.unpack_from("<I", data, 68)[0]
    while following <= _LAST:
        *more, following = _ints(sectors.one(following))
        numbers += more
    return _ints(b"".join(sectors.one(number) for number in numbers[:count]))


def _target(directory: bytes, index: int, version: int) -> tuple[int, int, int]:
    """(kind, first sector, size) of a directory entry (2.6.1)."""
    at = index * _ENTRY
    start, size = struct.unpack_from("<IQ", directory, at + 116)
    return directory[at + 66], start, size & 0xFFFFFFFF if version == 3 else size


def _walk(directory: bytes) -> Iterator[tuple[str, int]]:
    """(path, index) of every entry below the root; each is met once."""
    count = len(directory) // _ENTRY
    unseen = bytearray(b"\1") * count
    names: set[str] = set()
    waiting = [("", struct.unpack_from("<I", directory, 76)[0])]
    while waiting:
        folder, index = waiting.pop()
        if index == _FREE:
            continue
        if index >= count or not unseen[index] or not index:
            raise ValueError("an entry that is not there, or that is met twice")
        unseen[index] = 0
        at = index * _ENTRY
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        left, right, child = struct.unpack_from("<III", directory, at + 68)
        path = folder + name
        if directory[at + 66] not in (_STORAGE, _STREAM) or path.upper() in names:
            raise ValueError("an entry of no kind, or two of one name")
        names.add(path.upper())
        yield path, index
        waiting += [(folder, left), (folder, right)]
        if directory[at + 66] == _STORAGE:
            waiting.append((path + "/", child))
