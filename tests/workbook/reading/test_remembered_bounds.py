"""What is remembered of strangers' files changes no other file, and neither does it fill the memory."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import gouji
import support.packages as p
from gouji.errors import Refused
from gouji.workbook.reading.quick_kinds import MAX_CODE, MAX_STYLE
from gouji.workbook.reading.sheets import MAX_SHEET_NAME, open_book
from support.bounded import cost
from support.hostile_parts import SHEET, STRINGS, STYLES, good, in_rows, pack, parts_of
from support.two_paths import agree, told

WORKBOOK = "xl/workbook.xml"
SECOND = "xl/worksheets/sheet3.xml"
BEYOND = "\U0001f600"


def edited(part: str, old: bytes, new: bytes) -> bytes:
    parts = parts_of(good())
    content = parts[part]
    assert isinstance(content, bytes) and old in content
    parts[part] = content.replace(old, new, 1)
    return pack(parts)


def named(length: int) -> bytes:
    name = ("表" * (length - 1) + BEYOND).encode()
    return p.pack(p.parts() | {WORKBOOK: p.parts()[WORKBOOK].replace("表".encode(), name, 1)})


def test_the_longest_name_of_a_sheet() -> None:
    assert open_book(named(MAX_SHEET_NAME)).sheet_names == ("表" * (MAX_SHEET_NAME - 1) + BEYOND,)
    for careful in (False, True):
        with pytest.raises(Refused, match=f"名称超过 {MAX_SHEET_NAME} 字.*改短") as refused:
            open_book(named(MAX_SHEET_NAME + 1), careful=careful)
        assert len(str(refused.value)) < 120


def test_two_books_open_at_once_keep_their_own_formats() -> None:
    row = b'<row r="900"><c r="A900" s="%d"><v>45355</v></c></row>'

    def book(number_format: int) -> bytes:
        parts = parts_of(good())
        styles = parts[STYLES]
        assert isinstance(styles, bytes)
        added = styles.partition(b"<cellXfs")[2].partition(b"</cellXfs>")[0].count(b"<xf ")
        xf = b'<xf numFmtId="%d" fontId="0" fillId="0" borderId="0"/></cellXfs>' % number_format
        parts[STYLES] = styles.replace(b"</cellXfs>", xf, 1)
        for part in (SHEET, SECOND):
            in_rows(row % added, part=part)(parts)
        return pack(parts)

    plain, dated = book(0), book(14)
    first = open_book(plain)
    first.cells("封面")
    for _ in range(2):
        second = open_book(dated)
        formats = {second.cells(name)[900, 1].format for name in ("二", "三")}
        assert formats == {"yyyy/m/d"}
    assert {first.cells(name)[900, 1].format for name in ("二", "三")} == {""}
    assert told(plain) == told(plain, careful=True)


@pytest.mark.parametrize("style", [MAX_STYLE, MAX_STYLE + 1, 999_999])
def test_styles_that_no_workbook_has(style: int) -> None:
    parts = parts_of(good())
    in_rows(b'<row r="900"><c r="A900" s="%d"><v>1</v></c></row>' % style)(parts)
    agree(pack(parts))


def test_files_with_many_styles_cost_others_nothing() -> None:
    def reading() -> float:
        return cost(lambda: told(good()), tries=7)

    reading()
    before = reading()
    for number in range(4):
        first = 100_000 + 60_000 * number
        row = "".join(f'<row r="{n}"><c r="A{n}" s="{first + n}"/></row>' for n in range(1000, 61_000))
        parts = parts_of(good())
        in_rows(row.encode())(parts)
        told(pack(parts))
    assert reading() < 2 * before


@pytest.mark.parametrize("length", [MAX_CODE, MAX_CODE + 1, 1000, 1001])
def test_long_format_codes(length: int) -> None:
    code = b'0;"%s"' % (b"x" * (length - 4))
    quoted = code.replace(b'"', b"&quot;")
    agree(edited(STYLES, b"</numFmts>", b'<numFmt numFmtId="1" formatCode="%s"/></numFmts>' % quoted))


@pytest.mark.parametrize("attribute", [b'1a="x"', b'a="x"', b'xmlns="urn:x"', b'ca="1" ca="1"', b'ca="1"'])
def test_attributes_of_a_formula(attribute: bytes) -> None:
    row = b'<row r="900"><c r="A900"><f %s>1</f><v>1</v></c></row>' % attribute
    agree(edited(SHEET, b"</sheetData>", row + b"</sheetData>"))


def test_a_prefix_that_stands_in_a_value_is_not_declared() -> None:
    sheet = p.sheet('<row r="1" x14ac:dyDescent="0.2"><c r="A1"><v>1</v></c></row>')
    agree(p.pack(p.parts() | {p.SHEET: sheet.replace(b"<worksheet", b'<worksheet foo=" xmlns:x14ac="', 1)}))
    declared = b'<worksheet xmlns:x14ac="urn:x"'
    agree(p.pack(p.parts() | {p.SHEET: sheet.replace(b"<worksheet", declared, 1)}))


def test_names_of_parts_are_told_apart() -> None:
    """A name with a zero in it is not two names."""
    relations = "xl/_rels/workbook.xml.rels"
    parts = parts_of(good())
    own = parts.pop(relations)
    joined = pack({**parts, "z.bin\0" + relations: own})
    alone = told(joined, careful=True)
    assert isinstance(told(pack({**parts, "z.bin": b"x", relations: own})), list)
    assert told(joined) == alone


HELD = """
import re, sys
from pathlib import Path
from gouji.errors import Refused
from gouji.workbook.reading.sheets import open_book

def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10

def read(path):
    try:
        book = open_book(Path(path).read_bytes())
        for name in book.sheet_names:
            book.cells(name), book.outline(name)
    except Refused:
        pass

paths = sys.argv[1:]
read(paths[0])
before = resident()
for path in paths[1:]:
    read(path)
print(resident() - before)
"""


def texts(number: int) -> dict[str, bytes]:
    parts = dict(zipped(good()))
    count = parts[STRINGS].count(b"<si>")
    long = "".join(f"<si><t>{number}_{n}_{'x' * 32_000}{BEYOND}</t></si>" for n in range(100))
    row = '<row r="{0}"><c r="AZ{0}" t="s"><v>{1}</v></c></row>'
    rows = "".join(row.format(3000 + n, count + n) for n in range(100))
    parts[STRINGS] = parts[STRINGS].replace(b"</sst>", long.encode() + b"</sst>")
    parts[SHEET] = parts[SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    return parts


def formats(number: int) -> dict[str, bytes]:
    parts = dict(zipped(good()))
    codes = "".join(
        f'<numFmt numFmtId="{1000 + n}" formatCode="0;&quot;{number}_{n}{"f" * 60_000}{BEYOND}&quot;"/>'
        for n in range(100)
    )
    xfs = "".join(f'<xf numFmtId="{1000 + n}" fontId="0" fillId="0" borderId="0"/>' for n in range(100))
    styles = parts[STYLES].replace(b"</numFmts>", codes.encode() + b"</numFmts>", 1)
    parts[STYLES] = styles.replace(b"</cellXfs>", xfs.encode() + b"</cellXfs>", 1)
    return parts


def names(number: int) -> dict[str, bytes]:
    """Chart sheets whose names alone take megabytes."""
    parts = dict(zipped(good()))
    sheets, relations = [], []
    for n in range(60):
        parts[f"xl/w/s{n}.xml"] = b"<x/>"
        sheets.append(f'<sheet name="{number}_{n}{"z" * 60_000}{BEYOND}" sheetId="{900 + n}" r:id="s{n}"/>')
        relations.append(f'<Relationship Id="s{n}" Type="{p.OFFICE}/chartsheet" Target="w/s{n}.xml"/>')
    parts[WORKBOOK] = parts[WORKBOOK].replace(b"</sheets>", "".join(sheets).encode() + b"</sheets>")
    stored = "xl/_rels/workbook.xml.rels"
    end = b"</Relationships>"
    parts[stored] = parts[stored].replace(end, "".join(relations).encode() + end)
    return parts


def zipped(data: bytes) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="memory is measured as on Linux")
@pytest.mark.parametrize("make", [texts, formats, names])
def test_twelve_hostile_files_leave_little_behind(
    make: Callable[[int], dict[str, bytes]], tmp_path: Path
) -> None:
    paths = [tmp_path / "0.xlsx"]
    paths[0].write_bytes(good())
    for number in range(12):
        paths.append(tmp_path / f"{number + 1}.xlsx")
        paths[-1].write_bytes(pack({**make(number)}))
    environment = {**os.environ, "PYTHONPATH": str(Path(gouji.__file__).parents[1])}
    command = [sys.executable, "-c", HELD, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    assert int(done.stdout) < 60
