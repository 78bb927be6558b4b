"""An outline of a sheet is the same whether its rows are parsed or left out."""

from __future__ import annotations

from collections.abc import Set

import pytest

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.packing import read_parts
from gouji.workbook.reading.guard import WORDS
from gouji.workbook.returning.outline import Element, outline
from gouji.workbook.writer import write_workbook

#: Behind the root; with it every row is parsed, and no offset is another.
COMMENT = b"<!-- -->"
ROWS: tuple[Set[int], ...] = (frozenset(), {1}, {2}, {1, 9, 12}, {30}, {99_999})


def of(part: bytes, rows: Set[int]) -> Element:
    return outline(part, WORDS, "part", 3, rows)


def written() -> dict[str, bytes]:
    book = write_workbook(Report(load_form("2021"), "某市某局", 2024, values={"t3.new.natural": 3}))
    return {name: part for name, part in read_parts(book).items() if name.endswith(".xml")}


def test_of_every_part_that_we_write() -> None:
    found = 0
    for part in written().values():
        for rows in ROWS:
            element = of(part, rows)
            assert element == of(part + COMMENT, rows)
            found += sum(len(one.children) for one in element.named("sheetData"))
    assert found > len(ROWS)


@pytest.mark.parametrize("rows", ROWS)
@pytest.mark.parametrize(
    "data",
    [
        '<sheetData><row r="1"><c r="A1"/></row><row r="2"><c r="A2"/></row></sheetData>',
        '<sheetData><row r="1"/><row r="2"/></sheetData>',
        '<sheetData><row r="2"/><row r="1"><c r="A1"/></row></sheetData>',
        '<sheetData><row spans="1:1" r="2"/><row/><row r="30"><c r="A30"/></row></sheetData>',
        '<sheetData><row/><row/></sheetData>',
        "<sheetData></sheetData>",
        "<sheetData/>",
        '<sheetData ><row r="2"/></sheetData >',
        '<x:sheetData xmlns:x="urn:x"><x:row r="2"/></x:sheetData>',
        '<sheetData><row r="1"/></sheetData><extLst><ext><sheetData><row r="2"/></sheetData></ext></extLst>',
    ],
)  # fmt: skip
def test_of_what_others_write(data: str, rows: Set[int]) -> None:
    part = f'<worksheet xmlns="urn:y"><dimension ref="A1"/>{data}<pageMargins left="1"/></worksheet>'.encode()
    assert of(part, rows) == of(part + COMMENT, rows)


@pytest.mark.parametrize("rows", ROWS)
def test_sheets_that_differ_in_their_rows_alone(rows: Set[int]) -> None:
    """What is parsed of them may be the same; where their elements stand is not."""
    sheets = (
        '<row r="1"><c r="A1"/></row>',
        '<row r="1"><c r="A1"/></row><row r="40"><c r="A40"><v>7</v></c></row>',
        '<row r="40"><c r="A40"><v>12345</v></c></row><row r="41"/>',
    )
    parts = [
        f'<worksheet xmlns="urn:z"><sheetData>{data}</sheetData><pageMargins left="1"/></worksheet>'.encode()
        for data in (*sheets, *sheets)
    ]
    for part in parts:
        root = of(part, rows)
        assert root == of(part + COMMENT, rows)
        margins = root.children[-1]
        assert part[margins.start : margins.end] == b'<pageMargins left="1"/>'
        # What one caller does to its own is nothing to the next.
        root.children.clear()
