"""Cells that go straight into a sheet's table are written as XlsxWriter writes them when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from gouji.workbook.writer import CREATED
from gouji.workbook.writer.book import Book, Sheet
from gouji.workbook.writer.quoting import TextSheet
from support.random_reports import ODD


class Asked(Sheet):
    """Each cell by XlsxWriter's own way."""

    _write_string = write_string = TextSheet._write_string
    _write_number = write_number = TextSheet._write_number
    _write_blank = write_blank = TextSheet._write_blank

    def _write_cells(self, row: int, cells: Mapping[int, Any], shared: Mapping[int, str]) -> None:
        assert not shared  # the formulas of the test are too short
        for column in sorted(cells):
            self._write_cell(row, column, cells[column])


class AskedBook(Book):
    worksheet_class = Asked


ROWS, COLUMNS = st.integers(0, 9), st.integers(0, 30)
#: About where digits are no longer written out.
BOUNDS = [0, *(n * 10**k + d for n in (1, -1) for k in (14, 15, 16, 17) for d in (-1, 0, 1))]
NUMBERS = (
    st.integers(-(10**18), 10**18)
    | st.sampled_from([*BOUNDS, 10**22, 0.1, -0.0, 1 / 3, 1e15, 1e300])
    | st.floats(allow_nan=False, allow_infinity=False)
)
DONE = st.one_of(
    st.tuples(st.just("number"), ROWS, COLUMNS, NUMBERS, st.booleans()),
    st.tuples(st.just("string"), ROWS, COLUMNS, ODD, st.booleans()),
    st.tuples(st.just("blank"), ROWS, COLUMNS, st.none(), st.booleans()),
    st.tuples(st.just("formula"), ROWS, COLUMNS, st.sampled_from(["=A1+1", "=SUM(A1:B2)"]), st.booleans()),
    st.tuples(st.just("row"), ROWS, COLUMNS, st.sampled_from([None, 30.0]), st.booleans()),
    st.tuples(st.just("merge"), st.integers(0, 9), st.just(31), st.just(""), st.booleans()),
)


def written(book: Book, done: list[tuple[str, int, int, Any, bool]]) -> dict[str, bytes]:
    book.set_properties({"created": CREATED})
    look, sheet = book.add_format({"bold": True}), book.add_worksheet("一")
    merged: set[int] = set()
    for kind, row, column, content, formatted in done:
        form = look if formatted else None
        if kind == "row":
            sheet.set_row(row, content, form)
        elif kind == "merge":
            if row not in merged:
                merged.add(row)
                sheet.merge_range(row, column, row, column + 2, content, look)
        else:
            getattr(sheet, f"write_{kind}")(row, column, content, form)
    return book.parts()


@example([("number", row, 0, number, True) for row, number in enumerate(BOUNDS)])
@given(st.lists(DONE, max_size=25))
@settings(max_examples=60, deadline=None)
def test_the_same_parts(done: list[tuple[str, int, int, Any, bool]]) -> None:
    assert written(Book(), done) == written(AskedBook(), done)


@pytest.mark.parametrize("at", [(1 << 20, 0), (0, 1 << 14), (-1, 0), (0, -1)])
def test_no_cell_stands_beyond_a_spreadsheet(at: tuple[int, int]) -> None:
    book = Book()
    sheet, look = book.add_worksheet("一"), book.add_format({})
    sheet.write_number(2, 2, 1)
    for refused in (sheet.write_string(*at, "x"), sheet.write_number(*at, 1)):
        assert refused == -1
    assert sheet.write_blank(*at, None, look) == sheet.write_formula(*at, "=1") == -1
    assert b'<dimension ref="C3"/>' in book.parts()["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_what_no_spreadsheet_holds_is_refused(number: float) -> None:
    with pytest.raises(TypeError):
        Book().add_worksheet("一").write_number(0, 0, number)


def test_a_text_beyond_a_cell_is_cut_as_ever() -> None:
    for book in (Book(), AskedBook()):
        assert book.add_worksheet("一").write_string(0, 0, "长" * 40_000) == -2
        assert book.parts()["xl/sharedStrings.xml"].decode().count("长") == 32_767
