"""What of a sheet does not show: merged ranges, hidden rows, hidden columns, by whoever made the file."""

from __future__ import annotations

import pytest

import support.packages as p
from gouji.workbook.reading.cells import MAX_MERGED, Budget, Outline
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.reading.sheetxml import read_sheet

CELL = "<c><v>1</v></c>"


def outline(rows: str, before: str = "", after: str = "") -> Outline:
    sheet = f'<worksheet xmlns="{p.MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return open_book(p.pack(p.parts() | {p.SHEET: sheet.encode()})).outline("表")


@pytest.mark.parametrize(
    ("rows", "hidden"),
    [
        (f"<row r='2' hidden='1'>{CELL}</row><row r='4' hidden=' true '>{CELL}</row>", {2, 4}),
        (f"<row r='2' hidden='1' outlineLevel='1'>{CELL}</row>", {2}),
        (f"<row hidden='0'>{CELL}</row><row hidden='1'>{CELL}</row><row>{CELL}</row>", {2}),
        (f"<row r='7' ht='0' customHeight='1'>{CELL}</row>", {7}),
        (f"<row r='7' ht='1.99'>{CELL}</row><row r='8' ht='2'>{CELL}</row>", {7}),
        (f"<row r='7' ht='nan'>{CELL}</row>", set()),
        (f'<row r="2" hidden="1"/><row r="2">{CELL}</row><row r="3" ht="9"/>', {2}),
        (f'<row r="2" s="1" ht="1.5"></row><row r="2">{CELL}</row><row r="3"/>', {2}),
        (f'<row r="2" s="1" ht="15"/><row r="3" hidden="1"/><row hidden="1">{CELL}</row><row/>', {4}),
        ("<row r='2' hidden='1'/><row r='3' hidden='1'><c s='0'/></row>", set()),
    ],
)
def test_hidden_rows_are_those_that_hold_a_cell(rows: str, hidden: set[int]) -> None:
    assert outline(rows).hidden_rows == hidden


@pytest.mark.parametrize(
    ("columns", "hidden"),
    [
        ("<col min='2' max='3' hidden='1'/>", ((2, 3),)),
        (
            "<col min='2' max='3' width='9'/><col min='4' max='99999' width='0' customWidth='1'/>",
            ((4, 16384),),
        ),
        ("<col min='2' max='2' width='0.29'/><col min='3' max='3' width='0.3'/>", ((2, 2),)),
        ("<col min='x' max='3' hidden='1'/><col max='3' hidden='1'/>", ()),
    ],
)
def test_hidden_columns(columns: str, hidden: tuple[tuple[int, int], ...]) -> None:
    assert outline("", f"<cols>{columns}</cols>").hidden_columns == hidden


def test_merged_ranges_in_the_order_of_the_file_those_that_are_none_left_out() -> None:
    merged = "".join(f"<mergeCell ref='{ref}'/>" for ref in ("D12:F12", "B2:A1", "", "A1:XFE2", "C3"))
    found = outline("", after=f"<mergeCells>{merged}</mergeCells>").merged
    assert found == ((12, 4, 12, 6), (1, 1, 2, 2), (3, 3, 3, 3))


def test_what_stands_elsewhere_is_none() -> None:
    inside = "<ext><row r='1' hidden='1'/><mergeCell ref='A1:B2'/><col min='1' max='1' hidden='1'/></ext>"
    other = "<x:mergeCells xmlns:x='urn:x'><x:mergeCell ref='A1:B2'/></x:mergeCells>"
    assert outline(f"<row>{CELL}</row>", after=f"<extLst>{inside}</extLst>{other}") == Outline()


def test_too_many_merged_ranges_are_refused() -> None:
    merged = "".join(f"<mergeCell ref='A{n}:B{n * 7919 % 99_991}'/>" for n in range(1, MAX_MERGED + 2))
    with pytest.raises(Refused, match="过于复杂"):
        outline("", after=f"<mergeCells>{merged}</mergeCells>")


@pytest.mark.parametrize(
    "row", [b'<row r="1"/>', b'<row r="2" hidden="1"/>', b'<row r="1" s="1" ht="14.25"></row>']
)
def test_empty_rows_that_say_nothing_are_not_counted(row: bytes) -> None:
    assert read(row, 1_000_000) == Outline()


@pytest.mark.parametrize("row", [b"<row r='1'/>", b"<row/>", b'<row r="1"><c/></row>'])
def test_other_rows_are_counted(row: bytes) -> None:
    with pytest.raises(Refused, match="标记太多"):
        read(row, 1_000_000)


def read(row: bytes, times: int) -> Outline:
    """The outline of a sheet with a cell in row 1 that has another row so many times."""
    head = f'<worksheet xmlns="{p.MAIN}"><sheetData><row r="1">{CELL}</row>'.encode()
    chunk = row * (60_000 // len(row))
    chunks = [head, *[chunk] * (times // (60_000 // len(row))), b"</sheetData></worksheet>"]
    return read_sheet(lambda: iter(chunks), "", [], {}, Budget()).outline
