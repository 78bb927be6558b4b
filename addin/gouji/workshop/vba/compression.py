"""Compressed containers of [MS-OVBA] 2.4.1 (writer only): LZ77 in chunks of 4096 bytes."""

from __future__ import annotations

import struct
from typing import Final

_CHUNK: Final = 4096
_SIGNATURE: Final = b"\x01"
_COMPRESSED: Final = 0xB000  # 2.4.1.1.5: flag 1, signature 0b011
_RAW: Final = 0x3000  # flag 0, signature 0b011
_SHORTEST_MATCH: Final = 3


def compress(data: bytes) -> bytes:
    """Return `data` as a compressed container.

    Raises ValueError for a last chunk that is incompressible and not 4096 bytes long: the format can store it
    only padded with NULs, and a reader would hand the NULs out again. Text never comes near it.
    """
    chunks = (data[base : base + _CHUNK] for base in range(0, len(data), _CHUNK))
    return _SIGNATURE + b"".join(_chunk(chunk) for chunk in chunks)


def _chunk(chunk: bytes) -> bytes:
    body = _tokens(chunk)
    if len(body) < _CHUNK:
        return struct.pack("<H", _COMPRESSED | (len(body) - 1)) + body
    if len(chunk) < _CHUNK:
        raise ValueError(f"a last chunk of {len(chunk)} incompressible bytes cannot be stored")
    return struct.pack("<H", _RAW | (_CHUNK - 1)) + chunk


def _tokens(chunk: bytes) -> bytes:
    """TokenSequences of one chunk: a flag byte, then eight literals (flag 0) or copy tokens (flag 1)."""
    out = bytearray()
    seen: dict[bytes, list[int]] = {}
    pos = 0
    while pos < len(chunk):
        flags, group = 0, bytearray()
        for bit in range(8):
            if pos >= len(chunk):
                break
            offset_bits = max((pos - 1).bit_length(), 4)  # 2.4.1.3.19.1: ceil(log2(bytes so far)), at least 4
            length, offset = _longest(chunk, pos, seen, (0xFFFF >> offset_bits) + _SHORTEST_MATCH)
            if length:
                group += struct.pack("<H", (offset - 1) << (16 - offset_bits) | (length - _SHORTEST_MATCH))
                flags |= 1 << bit
            else:
                group.append(chunk[pos])
            step = length or 1
            for here in range(pos, pos + step):
                seen.setdefault(chunk[here : here + _SHORTEST_MATCH], []).append(here)
            pos += step
        out.append(flags)
        out += group
    return bytes(out)


def _longest(chunk: bytes, pos: int, seen: dict[bytes, list[int]], limit: int) -> tuple[int, int]:
    """Longest earlier match of chunk[pos:], nearest first: (length, distance back), or (0, 0)."""
    limit = min(limit, len(chunk) - pos)
    if limit < _SHORTEST_MATCH:
        return 0, 0
    best, back = 0, 0
    for candidate in reversed(seen.get(chunk[pos : pos + _SHORTEST_MATCH], ())):
        length = _SHORTEST_MATCH
        while length < limit and chunk[candidate + length] == chunk[pos + length]:
            length += 1
        if length > best:
            best, back = length, pos - candidate
            if best == limit:
                break
    return best, back
