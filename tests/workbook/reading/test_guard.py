"""Every way in which a stranger's file is refused: each with its own line, cheaply, and never otherwise."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import support.packages as p
from gouji.opc import archive
from gouji.workbook.reading import cells, guard
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.sheets import open_book
from support.bounded import within
from support.odd_paths import refuses_odd_paths

CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'
SHEET = p.SHEET


def read_all(source: Path | bytes) -> int:
    """Open a workbook and read every cell of every sheet."""
    book = open_book(source)
    return sum(len(book.cells(name)) for name in book.sheet_names)


def with_workbook(old: str, new: str) -> bytes:
    contents = p.parts()
    contents["xl/workbook.xml"] = contents["xl/workbook.xml"].replace(old.encode(), new.encode())
    return p.pack(contents)


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = p.sheet('<row><c t="str"><v>&l9;</v></c></row>').decode().partition("?>")[2]
    return f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>{body}'.encode()


def nested_entry() -> bytes:
    """A stored part whose data holds a whole second entry, as in overlapping ZIP bombs (Fifield 2019)."""
    inner = p.Forger()
    inner.add("xl/b.xml", b"<b/>")
    hidden = bytes(inner._out)
    forger = p.Forger().add_all(p.parts())
    offset = forger.add("xl/a.xml", hidden, packed=hidden, method=0)
    forger.add("xl/b.xml", b"<b/>", at=offset + 30 + len("xl/a.xml"))
    return forger.finish()


def mentioning() -> bytes:
    """An old workbook with the entry of an encrypted one among its contents, where no entry can begin."""
    return p.compound("Workbook") + b"x" + p.compound("EncryptedPackage")[512:]


def two_sizes() -> bytes:
    """The local header of a part claims another length than the directory."""
    data = bytearray(p.Forger().add_all(p.parts()).finish())
    data[22] ^= 1
    return bytes(data)


def zip64() -> bytes:
    data = bytearray(p.workbook())
    end = data.rfind(b"PK\5\6")
    data[end + 8 : end + 12] = b"\xff\xff\xff\xff"
    return bytes(data)


def swapped_count() -> bytes:
    return p.Forger().add_all(p.parts()).finish(count=3)


def named(name: str) -> bytes:
    """A workbook whose one sheet has this name."""
    parts = p.parts()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("表".encode(), name.encode())
    return p.pack(parts)


ODS = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<a/>"}
DOCX = {
    "[Content_Types].xml": p.types(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        "/word/document.xml",
    ),
    "_rels/.rels": p.relations(("r1", f"{p.OFFICE}/officeDocument", "word/document.xml")),
    "word/document.xml": b"<document/>",
}
XLSB = {
    "[Content_Types].xml": p.types(
        "application/vnd.ms-excel.sheet.binary.macroEnabled.main", "/xl/workbook.bin"
    ),
    "_rels/.rels": p.relations(("r1", f"{p.OFFICE}/officeDocument", "xl/workbook.bin")),
    "xl/workbook.bin": b"\x83\x01\x00",
}
NO_MAIN = {"[Content_Types].xml": p.types(), "_rels/.rels": p.relations()}
XML_2003 = b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
DEEP = "<a>" * 200 + "</a>" * 200

FLAT_ODF = (
    '<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>'
)

# One line a case: name, key of the refusal, how the file is made.
CASES: list[tuple[str, str, Callable[[], bytes]]] = [
    ("too large", "too_large", lambda: bytes(guard.MAX_FILE + 1)),
    ("empty", "empty", lambda: b""),
    ("encrypted", "encrypted", lambda: p.compound("EncryptionInfo", "EncryptedPackage")),
    ("xls", "old_xls", lambda: p.compound("Workbook")),
    ("xls 5.0", "old_xls", lambda: p.compound("Book")),
    ("xls that mentions the name", "old_xls", mentioning),
    ("doc", "other_ole", lambda: p.compound("WordDocument")),
    ("xml 2003", "xml_2003", lambda: XML_2003),
    ("html", "html", lambda: b"\xef\xbb\xbf\r\n<HTML><table><tr><td>1</td></tr></table>"),
    ("mht", "html", lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
    ("csv", "text", lambda: "单位,数量\n某局,3\n".encode()),
    ("csv in GBK", "text", lambda: ("单位,数量\n某局,3\n" * 999).encode("gbk")),
    ("text in UTF-16", "text", lambda: "单位\t数量".encode("utf-16")),
    ("pdf", "pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ("unknown", "unknown", lambda: b"%TSD-Header-###%\x00\x01\x02\xff\xfe" * 9),
    ("archive", "archive", lambda: p.pack({"某局.xlsx": b"PK", "说明.txt": b"x"})),
    ("ods", "ods", lambda: p.pack(ODS)),
    ("xlsb", "xlsb", lambda: p.pack(XLSB)),
    ("docx", "not_workbook", lambda: p.pack(DOCX)),
    ("no main part", "not_workbook", lambda: p.pack(NO_MAIN)),
    ("truncated", "truncated", lambda: p.workbook()[:-30]),
    ("appended to", "bytes_behind", lambda: p.workbook() + b"x"),
    ("appended by a gateway", "bytes_behind", lambda: p.workbook() + b"\r\n-- checked --\r\n" * 9999),
    ("cut and appended to", "truncated", lambda: p.workbook()[:-30] + b"PK\x05\x06" + b"\0" * 30),
    ("junk before", "bytes_before", lambda: b"\0junk" + p.workbook()),
    ("mail before", "bytes_before", lambda: b"MIME-Version: 1.0\r\n\r\n" + p.workbook()),
    ("flat ODF", "flat_ods", lambda: FLAT_ODF.encode()),
    ("directory count", "directory", swapped_count),
    ("directory name", "directory", lambda: p.workbook().replace(b"sheet1.xml", b"sheet2.xml", 1)),
    ("directory size", "directory", two_sizes),
    ("stored sizes", "directory", lambda: p.forged(SHEET, b"", packed=b"abc", size=5, method=0)),
    ("zip64", "zip64", zip64),
    ("zip64 size", "zip64", lambda: p.forged(SHEET, b"", size=0xFFFFFFFF)),
    ("parts", "too_many_parts", lambda: p.pack({**p.parts(), **{f"x/{n}": b"" for n in range(4097)}})),
    ("duplicate", "duplicate_part", lambda: p.pack({**p.parts(), SHEET.upper(): p.sheet("")})),
    ("overlap", "overlap", nested_entry),
    ("encrypted part", "encrypted_part", lambda: p.forged(SHEET, b"", flags=0x801)),
    ("bzip2", "compression", lambda: p.forged(SHEET, b"", packed=b"", method=12)),
    ("total", "total_too_large", lambda: forged_total()),
    ("1 GB declared", "total_too_large", lambda: p.forged(SHEET, b"", packed=p.bomb(1024), size=1024 * p.MB)),
    ("1 GB undeclared", "wrong_size", lambda: p.forged(SHEET, b"", packed=p.bomb(1024), size=1000)),
    ("part", "part_too_large", lambda: p.forged(SHEET, b"", packed=p.bomb(1), size=guard.MAX_PART + 1)),
    ("declared too long", "wrong_size", lambda: p.forged(SHEET, p.sheet(CELL), size=9999)),
    ("corrupt", "corrupt_stream", lambda: p.forged(SHEET, p.sheet(CELL), packed=b"\xff" * 40)),
    (
        "trailing bytes",
        "corrupt_stream",
        lambda: p.forged(SHEET, p.sheet(""), packed=p.deflate(p.sheet("")) + b"x"),
    ),
    (
        "cut stream",
        "corrupt_stream",
        lambda: p.forged(SHEET, p.sheet(""), packed=p.deflate(p.sheet(""))[:-3]),
    ),
    (
        "one digit",
        "checksum",
        lambda: p.forged(SHEET, p.sheet(CELL.replace(">1<", ">7<")), crc=zlib.crc32(p.sheet(CELL))),
    ),
    ("billion laughs", "dtd", lambda: p.with_part(SHEET, laughs())),
    ("dtd alone", "dtd", lambda: p.with_part("xl/workbook.xml", b"<!DOCTYPE workbook><workbook/>")),
    ("gbk", "encoding", lambda: p.with_part(SHEET, b'<?xml version="1.0" encoding="gbk"?><a/>')),
    ("not well-formed", "xml", lambda: p.with_part(SHEET, b"<worksheet><sheetData>")),
    ("wrong root", "xml", lambda: p.with_part(SHEET, b"<html/>")),
    ("wrong root of strings", "xml", lambda: p.pack({**p.parts(shared=""), "xl/sharedStrings.xml": b"<a/>"})),
    ("wrong root of workbook", "xml", lambda: p.with_part("xl/workbook.xml", b"<a/>")),
    ("element in a value", "xml", lambda: p.cell('<c r="A1"><v>1<b/>2</v></c>')),
    ("element in a text", "xml", lambda: p.workbook("", "<si><t>1<b/>2</t></si>")),
    ("two values", "xml", lambda: p.cell('<c r="A1"><v>1</v><v>2</v></c>')),
    ("two texts", "xml", lambda: p.cell('<c t="inlineStr"><is><t>1</t></is><is><t>2</t></is></c>')),
    ("deep", "too_complex", lambda: p.cell(f'<c r="A1">{DEEP}</c>')),
    ("deep strings", "too_complex", lambda: p.workbook("", f"<si>{DEEP}</si>")),
    ("deep workbook", "too_complex", lambda: with_workbook("<sheets>", f"{DEEP}<sheets>")),
    ("many names", "too_complex", lambda: p.cell("".join(f"<a{n}/>" for n in range(5000)))),
    ("long tag", "too_complex", lambda: p.cell(f'<c r="A1" x="{"a" * 400_000}"/>')),
    (
        "many relations",
        "too_complex",
        lambda: p.with_part("_rels/.rels", p.relations(*(("r", "", "x"),) * 20_001)),
    ),
    (
        "no workbook relations",
        "missing_part",
        lambda: p.pack({k: v for k, v in p.parts().items() if "workbook.xml.rels" not in k}),
    ),
    (
        "no strings",
        "missing_part",
        lambda: p.pack({k: v for k, v in p.parts(shared="").items() if "Strings" not in k}),
    ),
    ("no sheet part", "sheet_list", lambda: p.pack({k: v for k, v in p.parts().items() if k != SHEET})),
    ("no sheet", "sheet_list", lambda: with_workbook("<sheet ", "<other ")),
    ("sheet without name", "sheet_list", lambda: with_workbook('name="表"', 'name=""')),
    ("shared part", "sheet_list", lambda: with_workbook("</sheets>", '<sheet name="b" r:id="r1"/></sheets>')),
    ("sheet name twice", "sheet_list", lambda: with_workbook("</sheets>", '<sheet name="表"/></sheets>')),
    ("sheet state", "sheet_list", lambda: with_workbook('name="表"', 'name="表" state="gone"')),
    (
        "relation twice",
        "sheet_list",
        lambda: p.with_part("_rels/.rels", p.relations(("r", "", "x"), ("r", "", "x"))),
    ),
    ("column XFE", "position", lambda: p.cell('<c r="XFE1"><v>1</v></c>')),
    (
        "row 99999999999",
        "position",
        lambda: p.workbook('<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>'),
    ),
    ("row 1048577", "position", lambda: p.workbook('<row r="1048577"/>')),
    ("row after the last", "position", lambda: p.workbook('<row r="1048576"/><row/>')),
    ("row 0", "position", lambda: p.workbook('<row r="0"/>')),
    ("column after the last", "position", lambda: p.cell('<c r="XFD1"/><c/>')),
    ("cell of another row", "position", lambda: p.cell('<c r="A2"><v>1</v></c>')),
    ("cell of row 11 in row 1", "position", lambda: p.cell('<c r="A11"><v>1</v></c>')),
    ("cell without row", "position", lambda: p.cell('<c r="ABC"><v>1</v></c>')),
    ("array range", "position", lambda: p.cell('<c r="A1"><f t="array" ref="A1:ZZZ9">1</f></c>')),
    ("overlapping arrays", "too_complex", lambda: p.workbook(f"<row>{overlapping_arrays()}</row>")),
    ("cell twice", "repeated_cell", lambda: p.cell('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>')),
    ("1e999", "value", lambda: p.cell('<c r="A1"><v>1e999</v></c>')),
    ("nan", "value", lambda: p.cell('<c r="A1"><v>nan</v></c>')),
    ("full-width digit", "value", lambda: p.cell('<c r="A1"><v>１</v></c>')),
    ("underscore", "value", lambda: p.cell('<c r="A1"><v>1_000</v></c>')),
    ("endless number", "value", lambda: p.cell(f'<c r="A1"><v>{"9" * 5000}</v></c>')),
    ("bool 2", "value", lambda: p.cell('<c r="A1" t="b"><v>2</v></c>')),
    ("unknown type", "value", lambda: p.cell('<c r="A1" t="zz"><v>2</v></c>')),
    ("string out of range", "value", lambda: p.cell('<c r="A1" t="s"><v>0</v></c>')),
    ("string index", "value", lambda: p.cell('<c r="A1" t="s"><v>-1</v></c>')),
    ("cells", "too_many_cells", lambda: p.many_cells(cells.MAX_CELLS + 100)),
    (
        "strings",
        "too_much_text",
        lambda: p.workbook("", f"<!--{noise(1, 100_000)}-->" + "<si/>" * (cells.MAX_STRINGS + 1)),
    ),
    (
        "characters",
        "too_much_text",
        lambda: p.workbook("", "".join(f"<si><t>{noise(n, 16_000)}</t></si>" for n in range(1001))),
    ),
    (
        "one cell",
        "cell_too_long",
        lambda: p.cell(f'<c r="A1" t="str"><v>{noise(1, 2 * cells.MAX_SPELT)}</v></c>'),
    ),
    ("one text", "cell_too_long", lambda: p.workbook("", f"<si>{runs()}</si>")),
    ("name of a sheet", "sheet_name_too_long", lambda: named("名" * 256)),
    ("markup", "too_much_markup", lambda: p.cell("".join(f'<x a="{n}"/>' for n in range(1_200_000)))),
    ("inflation", "inflates_too_much", lambda: p.cell(" " * 2 * p.MB)),
]


def noise(seed: int, length: int) -> str:
    """A text of hexadecimal digits, which hardly packs."""
    return Random(seed).randbytes(length // 2).hex()


def runs() -> str:
    return "".join(f"<r><t>{n:06}</t></r>" for n in range(cells.MAX_SPELT // 6 + 1))


def overlapping_arrays() -> str:
    """A full row of cells, each claiming an array formula over the whole sheet."""
    return '<c><f t="array" ref="A1:XFD1048576">1</f><v>1</v></c>' * 3000


def forged_total() -> bytes:
    """Many parts, each within its limit, together beyond the limit of the file."""
    forger = p.Forger().add_all(p.parts())
    for number in range(4):
        forger.add(f"xl/media/{number}.bin", b"", size=guard.MAX_PART - 1)
    return forger.finish()


@pytest.mark.parametrize(("key", "make"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_refused(key: str, make: Callable[[], bytes]) -> None:
    data = make()

    def refused() -> Refused:
        with pytest.raises(Refused) as caught:
            read_all(data)
        return caught.value

    refusal = within(500, refused)
    assert refusal.key == key
    message = refusal.message
    assert re.search("[\u4e00-\u9fff]", message) and message.endswith("。")
    assert message.isprintable() and "{" not in message and len(message) < 200


def test_paths(tmp_path: Path) -> None:
    """A path that cannot be read is refused like a bad file."""
    odd = tmp_path / "表.xlsx"
    odd.write_bytes(p.workbook())
    assert read_all(odd) == 1
    refuses_odd_paths(open_book, tmp_path, ".xlsx", guard.MAX_FILE)


def test_every_refusal_is_used_and_reached() -> None:
    """Each message is raised somewhere in the reader and by a case above; each place and reason is used."""
    folder = Path(guard.__file__).parent
    names = ("guard.py", "cells.py", "sheets.py", "sheetxml.py", "stringxml.py", "styles.py")
    files = [*(folder / name for name in names), *Path(archive.__file__).parent.glob("*.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    raised = set(re.findall(r'refuse\(\s*"(\w+)"', source))
    tested = {key for _, key, _ in CASES} | {"missing", "not_a_file", "unreadable"}
    assert raised == set(guard.WORDS.table("message")) == tested
    assert set(re.findall(r'place\(\s*"(\w+)"', source)) == set(guard.WORDS.table("place"))
    assert set(re.findall(r'(?:reason|_malformed)\(\s*"(\w+)"', source)) == set(guard.WORDS.table("reason"))


def test_values_from_the_file_stay_on_one_line() -> None:
    """A part's name cannot break the message or fill the screen."""
    with pytest.raises(Refused) as caught:
        read_all(p.cell(f'<c r="A1"><v>&#10;{"x" * 500}</v></c>'))
    assert caught.value.message.isprintable() and len(caught.value.message) < 200


def test_what_real_writers_do_is_accepted() -> None:
    """Data descriptors, backslashes, a slash in front, stored parts, folders as entries, a comment."""
    backslashes = {name.replace("/", "\\"): data for name, data in p.parts().items()}
    assert read_all(p.Forger().add_all(backslashes).finish()) == 1
    assert read_all(p.Forger().add_all({"/" + name: data for name, data in p.parts().items()}).finish()) == 1
    assert read_all(p.pack({"xl/": b"", **p.parts()})) == 1
    assert read_all(p.pack(p.parts(), method=0)) == 1
    streamed = io.BytesIO()

    class Pipe(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: bytes) -> int:  # type: ignore[override]
            return streamed.write(data)

    with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in p.parts().items():
            archive.writestr(name, data)
        archive.comment = b"PK\5\6 comment"
    assert struct.unpack_from("<H", streamed.getvalue(), 6)[0] & 8
    assert read_all(streamed.getvalue()) == 1


def test_sparse_at_the_corner() -> None:
    """One cell at XFD1048576 (29 KB that abort dense readers) is just one cell."""
    book = open_book(p.workbook('<row r="1048576"><c r="XFD1048576"><v>5</v></c></row>'))
    assert book.cells("表")[1_048_576, 16_384].value == 5
