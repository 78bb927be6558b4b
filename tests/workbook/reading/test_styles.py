"""styles.xml of any writer: the formats are read, and whatever is wrong with the part refuses no workbook."""

from __future__ import annotations

import pytest

from gouji.workbook.reading import styles
from gouji.workbook.reading.sheets import Book, open_book
from support.packages import MAIN, OFFICE, STRICT_MAIN, Parts, pack, parts, relations, sheet

CELL = '<row r="1"><c r="A1" s="1"><v>45355</v></c></row>'
DATE = '<numFmts><numFmt numFmtId="164" formatCode="{code}"/></numFmts>'
STYLE_LIST = '<cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs>'


def book(inside: str | bytes, rows: str = CELL, namespace: str = MAIN, target: str = "styles.xml") -> Book:
    """A workbook with this inside of its styles."""
    made: Parts = parts(rows)
    if isinstance(inside, str):
        inside = f'<styleSheet xmlns="{namespace}">{inside}</styleSheet>'.encode()
    made["xl/styles.xml"] = inside
    made["xl/_rels/workbook.xml.rels"] = relations(
        ("r1", f"{OFFICE}/worksheet", "worksheets/sheet1.xml"), ("r3", f"{OFFICE}/styles", target)
    )
    return open_book(pack(made))


def styled(code: str = "m/d", number: int = 164) -> str:
    return DATE.format(code=code) + STYLE_LIST.format(number=number)


def code_of(found: Book) -> str:
    return found.cells("表")[1, 1].format


def test_own_and_built_in_formats() -> None:
    assert code_of(book(styled())) == "m/d"
    assert code_of(book(styled(number=14))) == "yyyy/m/d"
    assert code_of(book(styled(number=0))) == ""
    assert code_of(book(styled("General"))) == ""
    assert code_of(book(DATE.format(code="0%").replace("164", "14") + STYLE_LIST.format(number=14))) == "0%"


@pytest.mark.parametrize(
    "inside",
    [
        styled().replace("<xf ", '<xf applyNumberFormat="0" xfId="0" '),
        styled().replace(
            "<cellXfs>", '<cellStyleXfs><xf numFmtId="9"/><xf numFmtId="9"/></cellStyleXfs><cellXfs>'
        ),
        styled() + '<dxfs><dxf><numFmt numFmtId="164" formatCode="0"/></dxf></dxfs>',
        '<fonts count="1"><font/></fonts>' + styled() + '<cellStyles count="1"><cellStyle/></cellStyles>',
        "<!-- <cellXfs> -->" + styled(),
        '<fonts count="1"><font><![CDATA[</fonts>]]></font></fonts>' + styled(),
        '<fonts count="0"/>' + styled() + "<extLst><ext><fonts/></ext></extLst>",
        styled("_x006D_/d"),
    ],
)
def test_spellings_of_other_writers(inside: str) -> None:
    found = book(inside)
    assert code_of(found) == "m/d" and found.formats_read


def test_strict_and_prefixed_names() -> None:
    assert code_of(book(styled(), namespace=STRICT_MAIN)) == "m/d"
    inside = styled().replace("</", "</x:").replace("<", "<x:").replace("<x:/x:", "</x:")
    part = f'<x:styleSheet xmlns:x="{MAIN}">{inside}</x:styleSheet>'.encode()
    assert code_of(book(part)) == "m/d"
    assert code_of(book(f'<styleSheet xmlns="{MAIN}">{styled()}</styleSheet>'.encode("utf-16"))) == "m/d"


def test_a_style_that_is_not_there_is_none() -> None:
    for style in ("7", "-1", "x", ""):
        assert code_of(book(styled(), CELL.replace('s="1"', f's="{style}"'))) == ""


def test_texts_and_formulas_have_formats_too() -> None:
    rows = '<row r="1"><c r="A1" s="1" t="str"><f>1</f><v>a</v></c></row>'
    assert code_of(book(styled(), rows)) == "m/d"
    rows = '<row r="1"><c r="A1" s="1" t="inlineStr"><is><t>a</t></is></c></row>'
    assert code_of(book(styled(), rows)) == "m/d"


@pytest.mark.parametrize(
    "part",
    [
        b"",
        b"<styleSheet",
        b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet/>',
        b'<?xml version="1.0" encoding="gbk"?><styleSheet/>',
        b"\xff\xfe\x00",
    ],
)
def test_an_odd_part_refuses_nothing_and_is_said(part: bytes) -> None:
    found = book(part)
    assert not found.formats_read
    assert found.cells("表")[1, 1] == (45355, "45355", "number", False, "")


def test_a_missing_part() -> None:
    assert not book(styled(), target="nothing.xml").formats_read
    without = open_book(pack({**parts(), "xl/worksheets/sheet1.xml": sheet(CELL)}))
    assert without.formats_read and code_of(without) == ""


def test_more_than_a_spreadsheet_writes_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = styled() + "<a/>" * 100
    monkeypatch.setattr(styles, "MAX_ELEMENTS", 104)
    assert not book(inside).formats_read
    monkeypatch.setattr(styles, "MAX_ELEMENTS", 106)
    assert book(inside).formats_read
    monkeypatch.setattr(styles, "MAX_STYLES", 100)
    assert not book(f"{inside} ").formats_read


def test_days_from_1904() -> None:
    made = parts(CELL)
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b"<sheets>", b'<workbookPr date1904="1"/><sheets>'
    )
    assert open_book(pack(made)).from_1904
    assert not book(styled()).from_1904
