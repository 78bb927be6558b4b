"""What files made to exhaust are made of, in small time: what repeats is compressed once."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from random import Random

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.writer import write_workbook

MB = 1 << 20
#: A piece of a part: bytes, or bytes that repeat; those that take long are made when they are wanted.
Piece = bytes | tuple[bytes, int]
Wanted = Piece | Callable[[], bytes]
Parts = dict[str, "bytes | list[Piece]"]
Edit = Callable[[Parts], None]

#: 三 of a form of 2019.
SHEET = "xl/worksheets/sheet4.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK, STYLES, DATA = "xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet12.xml"


def many(run: bytes, size: int = 90 * MB) -> Piece:
    """So many bytes of a text that repeats."""
    return run, size // len(run)


@cache
def good(unit: str = "甲局") -> bytes:
    """A filled form without a fault."""
    form = load_form("2019")
    report = Report(form, unit=unit, year=2019, period=("2019-01-01", "2019-12-31"))
    report.values.update(dict.fromkeys((cell.id for cell in form.cells), 0))
    report.texts = {s.number: f"{unit}情况说明。" * 3 for s in form.sections if not s.table}
    return write_workbook(report)


def _deflated(pieces: Sequence[Piece]) -> tuple[bytes, int, int]:
    """(a raw deflate stream, its CRC, its size inflated). Each piece begins with an empty window."""
    packer = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    out, crc, size = bytearray(), 0, 0
    for piece in pieces:
        run, times = (piece, 1) if isinstance(piece, bytes) else piece
        # Small runs are repeated before they are compressed, as any program would.
        near = max(1, min(times, (1 << 18) // max(1, len(run))))
        for block, count in ((run * near, times // near), (run * (times % near), 1)):
            if not block or not count:
                continue
            packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
            out += packed * count
            size += len(block) * count
            for _ in range(count):
                crc = zlib.crc32(block, crc)
    return bytes(out) + packer.flush(), crc, size


@cache
def _words() -> str:
    return Random(1).randbytes(520_000).hex()


def _noise(size: int) -> Piece:
    """Comments that hardly pack: a part of so many bytes, at most 90 MB, with them inflates less than 200
    times."""
    words = _words()[: size // 85]
    return "".join(f"<!--{words[at : at + 50_000]}-->" for at in range(0, len(words), 50_000)).encode()


def _less_packed(pieces: Sequence[Piece], size: int) -> list[Piece]:
    """The same content, of so many bytes, behind the noise."""
    head = pieces[0]
    assert isinstance(head, bytes)
    declared = head.find(b"?>") + 2 if head.startswith(b"<?xml") else 0
    return [head[:declared], _noise(size), head[declared:], *pieces[1:]]


def pack(parts: Mapping[str, bytes | list[Piece]], *, noise: bool = False) -> bytes:
    """A ZIP file of these parts. ``noise``: no part inflates so much that this alone gives it away."""
    out, directory = bytearray(), bytearray()
    for name, content in parts.items():
        pieces = [content] if isinstance(content, bytes) else content
        data, crc, size = _deflated(pieces)
        if noise and size > 150 * len(data) and not name.endswith(".bin"):
            data, crc, size = _deflated(_less_packed(pieces, size))
        raw = name.encode()
        claims = crc, len(data), size
        directory += struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\1\2",
            20,
            20,
            0,
            8,
            0,
            0x21,
            *claims,
            len(raw),
            0,
            0,
            0,
            0,
            0,
            len(out),
        )
        directory += raw
        out += struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, 0, 8, 0, 0x21, *claims, len(raw), 0) + raw + data
    end = struct.pack("<4sHHHHLLH", b"PK\5\6", 0, 0, len(parts), len(parts), len(directory), len(out), 0)
    return bytes(out + directory + end)


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(*edits: Edit, noise: bool = False) -> bytes:
    """A good file with these changes."""
    parts = parts_of(good())
    for edit in edits:
        edit(parts)
    return pack(parts, noise=noise)


def behind_noise(data: bytes) -> bytes:
    """A file whose parts do not inflate so much that this alone gives it away."""
    return pack(parts_of(data), noise=True)


def made(pieces: Sequence[Wanted]) -> list[Piece]:
    return [piece() if callable(piece) else piece for piece in pieces]


def before(part: str, mark: bytes, *pieces: Wanted) -> Edit:
    """Put the pieces before the first place where the mark stands in a part."""

    def edit(parts: Parts) -> None:
        content = parts[part]
        assert isinstance(content, bytes)
        head, found, tail = content.partition(mark)
        assert found, (part, mark)
        parts[part] = [head, *made(pieces), mark + tail]

    return edit


def in_rows(*pieces: Wanted, part: str = SHEET) -> Edit:
    return before(part, b"</sheetData>", *pieces)


def in_strings(*pieces: Wanted) -> Edit:
    return before(STRINGS, b"</sst>", *pieces)


def added(name: str, *pieces: Wanted) -> Edit:
    return lambda parts: parts.update({name: made(pieces)})


def each(make: Callable[[int], str], numbers: range) -> Callable[[], bytes]:
    return lambda: "".join(map(make, numbers)).encode()
