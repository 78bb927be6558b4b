"""What the lists and charts of a city's workbook have in common."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.city.sheets.workbook import city_workbook, detail_workbook
from gouji.city.sum.last_year import read_last_year
from gouji.form import FEN_PER_WAN
from gouji.report import Report
from support.looked_at import city_of
from support.years import sum_up, unit

FULL = {"late": True, "wrong": True, "adjusted": True}


@pytest.fixture(scope="module")
def book() -> Any:
    return openpyxl.load_workbook(io.BytesIO(city_workbook(city_of(**FULL))))


def names(chart: Any) -> list[str]:
    """What the legend says: texts, or the cells that hold them."""
    return [series.tx.v if series.tx.v else series.tx.strRef.f for series in chart.series]


def test_this_year_and_last_are_called_alike_in_every_chart(book: Any) -> None:
    """首页 said 2023 年 and 2024 年 beside 上年 and 本年."""
    charts = [*book["首页"]._charts, *book["分析"]._charts]
    pairs = [names(chart) for chart in charts if len(chart.series) == 2]
    typed = [pair for pair in pairs if not any("!" in name for name in pair)]
    assert {frozenset(pair) for pair in typed} == {
        frozenset({"上年", "本年"}),
        frozenset({"上年结转", "结转下年度"}),
    }
    # Two units are missing, so that last year's sum is not drawn beside this year's on 首页.
    assert sum(set(pair) == {"上年", "本年"} for pair in typed) == 4


def test_no_chart_is_headed_by_the_name_of_its_only_numbers() -> None:
    """A spreadsheet does so where the file does not say that there is no title."""
    with zipfile.ZipFile(io.BytesIO(city_workbook(city_of(prior=False)))) as archive:
        drawn = [archive.read(name) for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(drawn) > 5
    for part in drawn:
        assert b'<c:autoTitleDeleted val="1"/>' in part or b"<c:title>" in part


LISTS = ("结转核对", "调整", "差额来源", "报送情况", "问题")


@pytest.mark.parametrize("name", LISTS)
def test_every_list_begins_alike(book: Any, name: str) -> None:
    """Title, what is to be said, a free row, the heads: in sight and on every page."""
    sheet = book[name]
    top = next(at for at in range(2, 8) if sheet.cell(at, 2).value)
    assert sheet["A1"].value and sheet.cell(top - 1, 1).value is None
    assert sheet.print_title_rows == f"${top}:${top}"
    assert sheet.freeze_panes[1:] == str(top + 1)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    heads = [cell.value for cell in sheet[top]]
    assert (all(heads) and sheet.auto_filter.ref is None) or sheet.auto_filter.ref.startswith(f"A{top}:")


# ---------------------------------------------------------------- 明细


def long_numbers() -> Report:
    values = {"t2.penalties.decisions": 12_345_678, "t2.fees.amount": 98_765_432 * FEN_PER_WAN + 1}
    return unit("甲局", 2024, "001").with_values(values)


def test_a_column_of_details_is_narrow_and_its_longest_number_can_be_read(tmp_path: Path) -> None:
    """Two hundred columns of ten characters were a dozen pages; read back they are what they were."""
    city = sum_up([long_numbers(), unit("乙局", 2024, "002")])
    path = tmp_path / "某市_2024_明细.xlsx"
    path.write_bytes(detail_workbook(city))
    sheet = openpyxl.load_workbook(path)["明细"]
    widths = {
        at: dimension.width
        for dimension in sheet.column_dimensions.values()
        for at in range(dimension.min, dimension.max + 1)
    }
    own = [widths[column] for column in range(4, 4 + len(city.form.cells))]
    for column, width in enumerate(own, 4):
        shown = [str(sheet.cell(row, column).value) for row in (6, 7)]
        assert max(map(len, shown)) < width, column
    assert sorted(own)[len(own) // 2] < 6
    assert [u.values for u in read_last_year(path).units] == [report.values for _, report in city.parts]


def test_sources_are_not_printed_with_the_others(book: Any) -> None:
    """Twenty pages of digests: the print area is one empty cell in a hidden column."""
    sheet = book["来源"]
    assert sheet.print_area and "IV" in sheet.print_area
    assert not book["首页"].print_area.count("IV")
