"""Leaving out what is empty changes nothing of what is read, and costs no more than a sheet can hold."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.errors import Refused
from gouji.workbook.reading.cells import MAX_ROW, Budget, Outline
from gouji.workbook.reading.sheetxml import SheetReader, read_sheet
from support.packages import sheet

#: Cells and rows as programs write them: positions written or counted, empty or not.
CELLS = (
    "",
    "<c/>",
    '<c r="{c}{r}" s="1"/>',
    '<c r="{c}{r}"></c>',
    '<c r="{c}{r}"><v>{r}</v></c>',
    "<c><v>7</v></c>",
    '<c s="1"><v>8</v></c>',
    '<c r="{c}{r}"><v>9</v><!-- <row r="1"> --></c>',
    "<!-- </row> -->",
    '<?row r="1"?>',
)
ROWS = (
    '<row r="{r}">{cells}</row>',
    "<row>{cells}</row>",
    '<row r="{r}" ht="0.5" s="1">{cells}</row>',
    '<row r="{r}" ht="12.8" hidden="false" outlineLevel="0" collapsed="false">{cells}</row>',
    '<row r="{r}" s="1" hidden="1" ht="9"/>',
    '<row r="{r}" other="1" hidden=" 1 "/>',
    '<row r="{r}" hidden="&#49;"/>',
    '<row r="{r}" hidden="true"></row>',
    '<row r="{r}" hidden="1">{cells}</row>',
    '<row r="{r}"/>',
    '<row spans="1:3">{cells}</row>',
)


@st.composite
def parts(draw: st.DrawFn) -> tuple[bytes, int]:
    """A worksheet part and how long its pieces are. Rows that are counted follow what stands before them."""
    rows, number = [], 0
    for _ in range(draw(st.integers(0, 8))):
        row = draw(st.sampled_from(ROWS))
        number += 1 if "{r}" not in row else draw(st.integers(1, 3))
        cells = "".join(draw(st.sampled_from(CELLS)).format(c=c, r=number) for c in "ABC")
        rows.append(row.format(r=number, cells=cells))
    return sheet("".join(rows)), draw(st.integers(40, 400))


def pieces(part: bytes, size: int) -> Iterator[bytes]:
    return (part[at : at + size] for at in range(0, len(part), size))


@given(parts())
def test_the_same_is_read(drawn: tuple[bytes, int]) -> None:
    part, size = drawn
    whole = SheetReader("表", [], {}, Budget()).read(pieces(part, size))
    assert read_sheet(lambda: pieces(part, size), "表", [], {}, Budget()) == whole


def test_what_looks_like_a_row_in_utf_16_is_none() -> None:
    """Texts whose bytes are those of a row and of its end stand around a row that does not show."""
    begin, end = (text.decode("utf-16-le") for text in (b'<row r="1">x', b'</row><row r="2"'))
    hidden = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
    texts = (
        f'<row r="{row}"><c r="A{row}" t="str"><v>{text}</v></c></row>'
        for row, text in ((1, begin), (3, end))
    )
    _, _, part = sheet(hidden.join(texts)).decode().partition("?>")
    cells, outline = read_sheet(lambda: iter((part.encode("utf-16"),)), "表", [], {}, Budget())
    assert outline.hidden_rows == {2}
    assert [cell.raw for cell in cells.values()] == [begin, "1", end]


def test_a_text_in_utf_16_that_looks_like_empty_rows_stays() -> None:
    text = b'<row r="3" s="1"/><row r="4"/></sheetData>'.decode("utf-16-le")
    part = sheet(f'<row r="1"><c r="A1" t="str"><v>{text}</v></c></row>').decode().partition("?>")[2]
    cells, _ = read_sheet(lambda: iter((part.encode("utf-16"),)), "表", [], {}, Budget())
    assert [cell.raw for cell in cells.values()] == [text]


def repeated(row: bytes, times: int) -> Iterator[bytes]:
    head, tail = sheet("|").split(b"|")
    yield head
    for _ in range(times // 1024):
        yield row * 1024
    yield row * (times % 1024) + tail


def test_as_many_rows_as_a_sheet_has() -> None:
    row = b'<row r="1"/>'
    assert read_sheet(lambda: repeated(row, MAX_ROW), "表", [], {}, Budget()) == ({}, Outline())


def test_more_rows_than_a_sheet_has_are_refused() -> None:
    row = b'<row r="1"/>'
    with pytest.raises(Refused, match="空行"):
        read_sheet(lambda: repeated(row, MAX_ROW + 1), "表", [], {}, Budget())
