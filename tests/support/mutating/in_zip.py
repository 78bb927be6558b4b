"""Mutations of the bytes of a ZIP file: anywhere, in local headers, in the directory, in the end record.
Each takes the whole file and gives it back changed."""

from __future__ import annotations

import re
import struct
from random import Random

_LOCAL, _CENTRAL, _END = b"PK\3\4", b"PK\1\2", b"PK\5\6"
#: Offsets and lengths of the fields of a local header and of an entry of the directory (APPNOTE 4.3).
_LOCAL_FIELDS = ((4, 2), (6, 2), (8, 2), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2), (28, 2))
_CENTRAL_FIELDS = ((8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2), (32, 2), (34, 2), (42, 4))
_END_FIELDS = ((4, 2), (6, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2))


def bytes_flipped(data: bytes, chance: Random) -> bytes:
    """One to eight bits are other ones."""
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 9)):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def bytes_cut(data: bytes, chance: Random) -> bytes:
    """The end is missing, the beginning, or a piece in the middle."""
    at = chance.randrange(len(data))
    length = chance.choice([1, 4, 30, 500, len(data) // 2])
    return chance.choice([data[:-length], data[:at], data[length:], data[:at] + data[at + length :]])


def bytes_inserted(data: bytes, chance: Random) -> bytes:
    """Foreign bytes in front, behind, or in the middle; or a piece of the file again."""
    at = chance.choice([0, len(data), chance.randrange(len(data))])
    size = chance.choice([1, 4, 300])
    start = chance.randrange(len(data))
    more = chance.choice([b"\0" * size, b"PK\3\4" * size, b"\r\n", data[start : start + size], b"PK\5\6"])
    return data[:at] + more + data[at:]


def _field(data: bytes, chance: Random, magic: bytes, fields: tuple[tuple[int, int], ...]) -> bytes:
    places = [found.start() for found in re.finditer(re.escape(magic), data)]
    if not places:
        return data
    offset, length = chance.choice(fields)
    at = chance.choice(places) + offset
    old = int.from_bytes(data[at : at + length], "little")
    top = (1 << 8 * length) - 1
    new = chance.choice(
        [0, 1, old ^ 1, old + 1, old - 1, old ^ 8, old ^ 0x800, top, chance.randrange(top + 1)]
    )
    return data[:at] + (new & top).to_bytes(length, "little") + data[at + length :]


def local_field(data: bytes, chance: Random) -> bytes:
    """A field of a local header says something else."""
    return _field(data, chance, _LOCAL, _LOCAL_FIELDS)


def directory_field(data: bytes, chance: Random) -> bytes:
    """A field of an entry of the directory says something else."""
    return _field(data, chance, _CENTRAL, _CENTRAL_FIELDS)


def end_field(data: bytes, chance: Random) -> bytes:
    """A field of the end record says something else."""
    return _field(data, chance, _END, _END_FIELDS)


def both_fields(data: bytes, chance: Random) -> bytes:
    """A part's checksum, size or method is the same wrong one in both headers."""
    where = [found.start() for found in re.finditer(re.escape(_CENTRAL), data)]
    if not where or len(data) < where[-1] + 46:
        return data
    entry = chance.choice(where)
    (local,) = struct.unpack_from("<L", data, entry + 42)
    (in_local, in_entry, size) = chance.choice([(14, 16, 4), (18, 20, 4), (22, 24, 4), (8, 10, 2), (6, 8, 2)])
    changed = bytearray(data)
    new = chance.choice([0, 1, 8, 9, 12, 0x801, chance.randrange(1 << 8 * size)]) & ((1 << 8 * size) - 1)
    for at in (local + in_local, entry + in_entry):
        if at + size <= len(changed):
            changed[at : at + size] = new.to_bytes(size, "little")
    return bytes(changed)


def commented(data: bytes, chance: Random) -> bytes:
    """The file ends with a comment, of its true length or another."""
    more = chance.choice([b"x", b"PK\5\6" + b"\0" * 18, b"\0" * 300])
    size = len(more) + chance.choice([0, 0, 1, -1])
    return data[:-2] + struct.pack("<H", max(0, size)) + more


ALL = (
    bytes_flipped,
    bytes_cut,
    bytes_inserted,
    local_field,
    directory_field,
    end_field,
    both_fields,
    commented,
)
