"""The reader sees the cells that openpyxl and python-calamine see, in files of three writers."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import support.office as libreoffice
from gouji.workbook.reading.sheets import open_book

pytestmark = pytest.mark.slow

Plain = dict[str, dict[tuple[int, int], object]]
REAL_NUMBERS = [0, -1, 79000007, 142000016, 24252.311082, 44.44, 0.1, 1e-6, 11398889, 2**40, 1e300]
TEXTS = [
    "/",
    " 前后有空格 ",
    "第一行\n第二行",
    "_x000D_",
    "a_x0041_b",
    "<&>'\"",
    "\u3000全角",
    "0",
    "\t",
    "𠀀",
    "=1+1",
]


def ours(data: bytes) -> Plain:
    """Values by sheet and position, without blank formulas and empty texts: the oracles have none."""
    book = open_book(data)
    return {
        name: {at: cell.value for at, cell in book.cells(name).items() if cell.value not in (None, "")}
        for name in book.sheet_names
    }


def by_openpyxl(data: bytes) -> Plain:
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    found: Plain = {}
    for sheet in book.worksheets:
        rows = ((cell.row, cell.column, cell.value) for row in sheet.iter_rows() for cell in row)
        found[sheet.title] = {(row, col): value for row, col, value in rows if value not in (None, "")}
    return found


def by_calamine(data: bytes) -> Plain:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: Plain = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = {
            (row, col): value
            for row, line in enumerate(rows, 1)
            for col, value in enumerate(line, 1)
            if value != ""
        }
    return found


def same_value(mine: object, theirs: object) -> bool:
    """Equal, and of one kind: True is not 1. calamine gives every number as a float."""
    if isinstance(mine, bool) or isinstance(theirs, bool):
        return mine is theirs
    if isinstance(mine, int | float) and isinstance(theirs, int | float):
        return mine == theirs or float(mine) == theirs
    return mine == theirs


def assert_same(mine: Plain, theirs: Plain) -> None:
    assert list(mine) == list(theirs)
    for name in mine:
        assert sorted(mine[name]) == sorted(theirs[name])
        different = {
            at: (v, theirs[name][at]) for at, v in mine[name].items() if not same_value(v, theirs[name][at])
        }
        assert not different


def two_oracles(data: bytes) -> Plain:
    """Our cells, after both oracles have agreed with them."""
    mine = ours(data)
    assert_same(mine, by_openpyxl(data))
    assert_same(mine, by_calamine(data))
    return mine


def written_by_openpyxl(cells: dict[tuple[int, int], object]) -> bytes:
    book = openpyxl.Workbook()
    first = book.active
    first.title = "三"
    for (row, column), value in cells.items():
        cell = first.cell(row, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    book.create_sheet("空")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def written_by_xlsxwriter(cells: dict[tuple[int, int], object], *, inline: bool = False) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": inline, "in_memory": not inline}) as book:
        sheet = book.add_worksheet("三")
        for (row, column), value in sorted(cells.items()):
            if isinstance(value, bool):
                sheet.write_boolean(row - 1, column - 1, value)
            elif isinstance(value, str):
                sheet.write_string(row - 1, column - 1, value)
            else:
                sheet.write_number(row - 1, column - 1, value)
        book.add_worksheet("空")
    return out.getvalue()


SAMPLE: dict[tuple[int, int], object] = {
    **{(row, 2): value for row, value in enumerate(REAL_NUMBERS, 1)},
    **{(row, 4): value for row, value in enumerate(TEXTS, 3)},
    (40, 1): True,
    (41, 30): False,
    (1000, 300): 7,
}
# openpyxl and calamine differ from each other on texts with escapes: those have tests of their own below.
AGREED = {at: value for at, value in SAMPLE.items() if not (isinstance(value, str) and "_x" in value)}


def test_agrees_with_both_oracles_on_openpyxl() -> None:
    assert two_oracles(written_by_openpyxl(AGREED))["三"] == AGREED


def test_agrees_with_both_oracles_on_xlsxwriter() -> None:
    mine = two_oracles(written_by_xlsxwriter(AGREED))["三"]
    assert mine == AGREED
    assert two_oracles(written_by_xlsxwriter(AGREED, inline=True))["三"] == AGREED


def test_agrees_with_both_oracles_on_libreoffice(office: libreoffice.Office, tmp_path: Path) -> None:
    """A workbook saved again by LibreOffice: other styles and strings, formulas recalculated."""
    source = tmp_path / "in.xlsx"
    source.write_bytes(written_by_openpyxl({**AGREED, (50, 1): 5}))
    with office.open(source) as book:
        book.type("三", {"A51": "=A50*2", "A52": '="字"&A50'})
        saved = book.save(tmp_path / "out.xlsx")
    mine = two_oracles(saved.read_bytes())["三"]
    assert mine[51, 1] == 10 and mine[52, 1] == "字5"
    assert open_book(saved).cells("三")[51, 1].formula
    assert {at: mine[at] for at in AGREED} == AGREED


letters = st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_\ufffe\uffff")
texts = st.one_of(
    st.text(letters, min_size=1, max_size=20),
    st.sampled_from(TEXTS),
    st.text("行政机关一二三 \n\u3000/·（）0_xD", min_size=1, max_size=12),
)
money = st.integers(-(10**14), 10**14).map(lambda fen: fen / 10**6)
numbers = st.one_of(st.integers(-(10**15), 10**15), money, st.floats(-1e300, 1e300))
grids = st.dictionaries(
    st.tuples(st.integers(1, 9), st.integers(1, 30)),
    st.one_of(texts, numbers, st.booleans()),
    min_size=1,
    max_size=12,
)


def sixteen_digits(value: object) -> object:
    """A number as these writers round it (LibreOffice writes 15 digits)."""
    return float(f"{value:.16g}") if isinstance(value, float) else value


@settings(max_examples=60, deadline=None)
@given(grids)
def test_what_openpyxl_writes_is_read_back(cells: dict[tuple[int, int], object]) -> None:
    """Every value comes back, numbers to the 16 digits that openpyxl writes; openpyxl reads the same."""
    data = written_by_openpyxl(cells)
    mine = ours(data)
    plain = {at: value for at, value in cells.items() if not (isinstance(value, str) and "_x" in value)}
    for at, value in plain.items():
        assert same_value(mine["三"][at], sixteen_digits(value))
    assert set(mine["三"]) == set(cells)
    theirs = by_openpyxl(data)["三"]
    assert {at: theirs[at] for at in plain} == {at: mine["三"][at] for at in plain}


@settings(max_examples=60, deadline=None)
@given(grids, st.booleans())
def test_what_xlsxwriter_writes_is_read_back(cells: dict[tuple[int, int], object], inline: bool) -> None:
    """XlsxWriter escapes texts as Excel does: every text comes back, whatever it looks like."""
    data = written_by_xlsxwriter(cells, inline=inline)
    mine = ours(data)["三"]
    assert set(mine) == set(cells)
    for at, value in cells.items():
        assert same_value(mine[at], sixteen_digits(value))
    theirs = by_calamine(data)["三"]
    assert {at: v for at, v in mine.items() if not isinstance(v, str)} == {
        at: v for at, v in theirs.items() if not isinstance(v, str)
    }
