"""填报说明, and what every sheet tells by its tab and its print set-up."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.wording import marks, wording
from gouji.workbook.writer import COLOURS
from gouji.workbook.writer.styles import TABS
from support.at_once import NEWEST
from support.filled import write_workbook
from support.loaded import loaded


@pytest.fixture(params=NEWEST)
def book(request: pytest.FixtureRequest) -> openpyxl.Workbook:
    form = load_form(request.param)
    return loaded(write_workbook(Report(form, texts={})))


def tab(sheet: Worksheet) -> str:
    return f"#{sheet.sheet_properties.tabColor.rgb[2:]}"


def test_tabs_tell_what_a_sheet_is_for(book: openpyxl.Workbook) -> None:
    names = marks("sheets")
    assert {number: tab(book[number]) for number in "一二三四五六"} == {
        **dict.fromkeys("一五六", TABS["text"]),
        **dict.fromkeys("二三四", TABS["table"]),
    }
    assert (tab(book[names["cover"]]), tab(book[names["check"]])) == (TABS["cover"], TABS["check"])
    assert tab(book[names["help"]]) == TABS["helper"]
    assert len(set(TABS.values())) == len(TABS)


@pytest.mark.parametrize("role", ["check", "help"])
def test_what_is_no_part_of_the_report_has_one_empty_hidden_cell_to_print(
    role: str, book: openpyxl.Workbook
) -> None:
    sheet = book[marks("sheets")[role]]
    area = sheet.print_area.replace("$", "").rpartition("!")[2].partition(":")[0]
    assert sheet[area].value is None
    column = sheet[area].column_letter
    assert any(
        width.hidden and width.min <= sheet[area].column <= width.max
        for width in sheet.column_dimensions.values()
    ), column
    assert not sheet.oddFooter.center.text


def test_the_help_paints_what_it_explains(book: openpyxl.Workbook) -> None:
    sheet = book[marks("sheets")["help"]]
    w = wording("help.example")
    for look, (shown, says) in w["looks"].items():
        ((where,),) = [
            [cell.offset(column=-1)] for row in sheet.iter_rows() for cell in row if cell.value == says
        ]
        assert where.fill.fgColor.rgb[2:] == COLOURS[look][1:]
        assert (where.value or "") == shown


def test_the_help_fits_one_page_and_its_numbers_stand_beside_their_sentences(
    book: openpyxl.Workbook,
) -> None:
    sheet = book[marks("sheets")["help"]]
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # A4 within its margins is 734 points high.
    heights = [sheet.row_dimensions[row].height or 15 for row in range(1, sheet.max_row + 1)]
    assert sum(heights) < 734
    numbers = [row[0] for row in sheet.iter_rows() if str(row[0].value or "").rstrip(".").isdigit()]
    assert len(numbers) == sum(len(lines) for _, lines in wording("help")["parts"])
    for number in numbers:
        sentence = number.offset(column=1)
        assert sentence.value
        assert (number.alignment.vertical, sentence.alignment.vertical) == ("top", "top")
        assert number.font.size == sentence.font.size
