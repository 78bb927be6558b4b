"""Workbooks made by hand for the reader's tests: parts as text, and ZIP files with chosen faults."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_OFFICE = "http://purl.oclc.org/ooxml/officeDocument/relationships"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"

MB = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"

Parts = dict[str, bytes]


def relations(*rows: tuple[str, str, str]) -> bytes:
    """A relationships part of (id, full type, target)."""
    inside = "".join(f'<Relationship Id="{i}" Type="{kind}" Target="{target}"/>' for i, kind, target in rows)
    namespace = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<?xml version="1.0"?><Relationships xmlns="{namespace}">{inside}</Relationships>'.encode()


def types(content_type: str = WORKBOOK_TYPE, part: str = "/xl/workbook.xml") -> bytes:
    """[Content_Types].xml with one override, for the workbook part."""
    namespace = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{namespace}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="{part}" ContentType="{content_type}"/></Types>'
    ).encode()


def sheet(rows: str, namespace: str = MAIN) -> bytes:
    """A worksheet part around the inside of its sheetData."""
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{head}<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def strings(items: str) -> bytes:
    """A shared strings part around its items."""
    return f'<sst xmlns="{MAIN}">{items}</sst>'.encode()


def parts(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', shared: str | None = None) -> Parts:
    """The parts of a workbook with one sheet 表."""
    workbook = (
        f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>'
    )
    rows_of = [("r1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml")]
    found = {
        "[Content_Types].xml": types(),
        "_rels/.rels": relations(("r1", f"{OFFICE}/officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": workbook.encode(),
        "xl/worksheets/sheet1.xml": sheet(rows),
    }
    if shared is not None:
        rows_of.append(("r2", f"{OFFICE}/sharedStrings", "sharedStrings.xml"))
        found["xl/sharedStrings.xml"] = strings(shared)
    found["xl/_rels/workbook.xml.rels"] = relations(*rows_of)
    return found


def pack(contents: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An honest ZIP file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return out.getvalue()


def unpack(data: bytes) -> Parts:
    """The parts of a ZIP file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def workbook(rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', shared: str | None = None) -> bytes:
    """A whole workbook with one sheet 表."""
    return pack(parts(rows, shared))


def deflate(data: bytes) -> bytes:
    """A raw deflate stream."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    return stream.compress(data) + stream.flush()


class Forger:
    """A ZIP file written entry by entry, each header field free to lie."""

    def __init__(self) -> None:
        self._out = bytearray()
        self._directory = bytearray()
        self._count = 0

    def add(
        self,
        name: str,
        data: bytes,
        *,
        packed: bytes | None = None,
        size: int | None = None,
        crc: int | None = None,
        flags: int = 0x800,
        method: int = 8,
        at: int | None = None,
    ) -> int:
        """Add an entry, with the same (maybe false) claims in both headers; returns the offset of its header.

        ``at`` points the directory to an earlier local header, and writes no data.
        """
        raw = name.encode()
        body = deflate(data) if packed is None else packed
        claims = (
            zlib.crc32(data) if crc is None else crc,
            len(body),
            len(data) if size is None else size,
        )
        offset = len(self._out) if at is None else at
        if at is None:
            head = struct.pack("<4sHHHHHLLLHH", b"PK\3\4", 20, flags, method, 0, 0x21, *claims, len(raw), 0)
            self._out += head + raw + body
        self._directory += (
            struct.pack(
                "<4sHHHHHHLLLHHHHHLL",
                *(b"PK\1\2", 20, 20, flags, method, 0, 0x21, *claims, len(raw), 0, 0, 0, 0, 0, offset),
            )
            + raw
        )
        self._count += 1
        return offset

    def add_all(self, contents: Mapping[str, bytes]) -> Forger:
        """Add honest entries."""
        for name, data in contents.items():
            self.add(name, data)
        return self

    def finish(self, count: int | None = None) -> bytes:
        """The file, with its directory and end record."""
        number = self._count if count is None else count
        end = struct.pack(
            "<4sHHHHLLH", b"PK\5\6", 0, 0, number, number, len(self._directory), len(self._out), 0
        )
        return bytes(self._out + self._directory + end)


def compound(*names: str) -> bytes:
    """The smallest OLE container: a header and one directory sector of these entries (MS-CFB 2.6)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    sector = bytearray()
    for name in ("Root Entry", *names):
        stored = name.encode("utf-16-le") + b"\0\0"
        sector += stored.ljust(64, b"\0") + struct.pack("<H", len(stored)) + bytes(62)
    return bytes(header) + bytes(sector).ljust(512, b"\0")


def with_part(name: str, data: bytes) -> bytes:
    """A workbook with one part replaced."""
    return pack({**parts(), name: data})


def forged(name: str, data: bytes, **claims: int | bytes) -> bytes:
    """A workbook whose part ``name`` carries false claims."""
    forger = Forger()
    for part, content in parts().items():
        if part == name:
            forger.add(part, data, **claims)  # type: ignore[arg-type]
        else:
            forger.add(part, content)
    return forger.finish()


def bomb(megabytes: int) -> bytes:
    """A deflate stream of spaces: after a full flush each block of 1 MB is the same few bytes again."""
    stream = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = stream.compress(b" " * MB) + stream.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + stream.flush()


def many_cells(count: int) -> bytes:
    """A workbook of so many different numbers, in rows of 100."""
    values = (f"<c><v>{number}.25</v></c>" for number in range(count))
    return workbook("<row>" + "</row><row>".join(map("".join, zip(*[values] * 100, strict=True))) + "</row>")


def cell(inside: str) -> bytes:
    """A workbook with the given cells in row 1."""
    return workbook(f'<row r="1">{inside}</row>')
