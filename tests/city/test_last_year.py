"""Last year's city file: 明细 read by its heads, exactly, whichever version and edition wrote it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.city.demo import demo_reports, demo_roster
from gouji.city.sheets.workbook import city_workbook, detail_workbook
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.last_year import read_last_year
from gouji.form import Value, load_form
from gouji.report import Report, dumps, to_json
from gouji.workbook.reading.guard import Refused
from support.filled import write_workbook
from support.random_reports import declarations
from support.years import stored, sum_up, unit

pytestmark = pytest.mark.slow


def test_every_unit_comes_back_cell_for_cell(tmp_path: Path) -> None:
    reports = demo_reports()
    last = stored(tmp_path, sum_up(reports, demo_roster()))
    assert [(u.unit, u.code, u.year) for u in last.units] == [(r.unit, r.code, 2019) for r in reports]
    for read, sent in zip(last.units, reports, strict=True):
        assert read.values == sent.values, sent.unit
    assert last.city.form.edition == "2019"
    found = last.unit(" 太仓市财政局", None)
    assert found
    assert found.values == next(r for r in reports if r.unit == "太仓市财政局").values
    assert last.unit("改了名的局", "003") is last.units[2]
    assert last.unit("没有的局", None) is None


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_content_comes_back(tmp_path: Path, data: st.DataObject) -> None:
    """Blank, 0 and "/" stay what they are (an empty form counts nowhere); money is exact to the 分; negative
    changes of edition 2019."""
    year = data.draw(st.sampled_from([2020, 2024]))
    form = load_form("2019" if year < 2021 else "2021")
    reports = []
    for name in ("甲局", "乙局"):
        report = Report(form, name, year, blank_is_zero=data.draw(declarations()))
        for cell in data.draw(st.lists(st.sampled_from(form.cells), min_size=1, max_size=30)):
            low = -9 if cell.kind.signed else 0
            number: st.SearchStrategy[Value] = st.integers(low, 10**14 if cell.kind.money else 10**9)
            report.set(cell.id, data.draw(st.one_of(number, st.just("/"))))
        reports.append(report)
    last = stored(tmp_path, sum_up(reports, include_invalid=True))
    assert [(u.values, u.blank_is_zero) for u in last.units] == [(r.values, r.blank_is_zero) for r in reports]


def test_a_file_of_details_alone(tmp_path: Path) -> None:
    """Above 2 000 units 明细 is a file of its own; the city is then what its rows add up to."""
    reports = [unit("甲局", 2024, new=5, carried_out=2), unit("乙局", 2024, new=1)]
    more = Adjustment(2, "汇总", "二", "行政许可", "本年处理决定数量", "0", "4", reason="漏报")
    city = sum_up(reports, adjustments=[more])
    path = tmp_path / "某市_2024_明细.xlsx"
    path.write_bytes(detail_workbook(city))
    last = read_last_year(path)
    assert (last.city.unit, last.year, len(last.units)) == ("某市", 2024, 2)
    assert last.city.vector() == city.report.vector()
    assert last.city.number("t2.licences.decisions") == 4, "the adjustments count"


def test_the_edition_is_that_of_the_heads(tmp_path: Path) -> None:
    form = load_form("2021", {"table3": "2019"})
    report = Report(form, "甲局", 2024, values={c.id: i for i, c in enumerate(form.cells)})
    path = tmp_path / "明细.xlsx"
    path.write_bytes(detail_workbook(sum_up([report], form=form, include_invalid=True)))
    last = read_last_year(path)
    assert last.city.form is form
    assert last.units[0].values == report.values


# ---------------------------------------------------------------- other versions of the file


def edited(path: Path, edit: Callable[[Any], None]) -> Path:
    """The file after somebody, or another version of the program, changed it."""
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def stored_file(folder: Path) -> tuple[Path, list[Report]]:
    reports = [unit("甲局", 2024, "001", new=5, carried_out=2), unit("乙局", 2024, "002", new=1)]
    path = folder / "某市_2024_汇总.xlsx"
    path.write_bytes(city_workbook(sum_up(reports)))
    return path, reports


def test_columns_are_matched_by_their_heads_not_by_position(tmp_path: Path) -> None:
    path, reports = stored_file(tmp_path)

    def edit(book: Any) -> None:
        sheet = book["明细"]
        sheet.insert_cols(4)  # a column of somebody's own
        sheet.insert_rows(2)
        sheet.move_range("E3:E9", cols=300)  # the first cell of the form now stands last

    last = read_last_year(edited(path, edit))
    assert [u.values for u in last.units] == [r.values for r in reports]


def test_the_tables_of_another_template_version_are_not_needed(tmp_path: Path) -> None:
    path, reports = stored_file(tmp_path)

    def edit(book: Any) -> None:
        from gouji.workbook.wording import marks

        book[marks("sheets")["data"]]["B1"] = "0"

    last = read_last_year(edited(path, edit))
    assert (last.city.unit, last.year, last.city.number("t3.new.total")) == ("某市", 2024, 6)
    assert [u.values for u in last.units] == [r.values for r in reports]


def test_a_missing_column_is_refused_by_its_table(tmp_path: Path) -> None:
    path, _ = stored_file(tmp_path)

    def edit(book: Any) -> None:
        book["明细"]["F3"] = "别的"

    with pytest.raises(Refused, match="“明细”表缺少二、主动公开政府信息情况的列"):
        read_last_year(edited(path, edit))


def test_an_unreadable_cell_is_unknown_not_zero(tmp_path: Path) -> None:
    path, _ = stored_file(tmp_path)

    def edit(book: Any) -> None:
        book["明细"]["D6"] = "约3件"

    (cell,) = edited_unit(path, edit).unusable()
    assert cell == load_form("2021").cells[0].id


def edited_unit(path: Path, edit: Callable[[Any], None]) -> Report:
    return read_last_year(edited(path, edit)).units[0]


# ---------------------------------------------------------------- files with one report


def test_single_reports_have_no_units(tmp_path: Path) -> None:
    report = unit("甲局", 2024, new=5)
    book, data = tmp_path / "甲局.xlsx", tmp_path / "甲局.json"
    book.write_bytes(write_workbook(report))
    data.write_text(dumps(to_json(report)), "utf-8")
    for path in (book, data):
        last = read_last_year(path)
        assert (last.units, last.city.values) == ((), report.values)
        assert last.of("乙局") is last.city, "another unit's report is reported by the cover check"


def test_what_is_no_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "去年.xlsx"
    path.write_bytes(b"PK nothing")
    with pytest.raises(Refused):
        read_last_year(path)
    with pytest.raises(Refused):
        read_last_year(tmp_path / "没有.xlsx")
    book = openpyxl.Workbook()
    book.active.title = "明细"
    book.save(path)
    with pytest.raises(Refused):
        read_last_year(path)


def test_a_row_that_names_nobody_is_refused_not_taken_for_the_end(tmp_path: Path) -> None:
    path, _ = stored_file(tmp_path)

    def forget(book: Any) -> None:
        sheet = book["明细"]
        names = [c for c in sheet["A"] if c.value and c.row > 5]
        names[0].value = None

    with pytest.raises(Refused, match="没有单位名称"):
        read_last_year(edited(path, forget))
