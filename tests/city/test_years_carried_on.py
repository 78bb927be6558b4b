"""What a city reported in earlier years goes on from result to result, and nothing wrong goes with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.sheets.workbook import city_workbook, detail_workbook
from gouji.city.sum.last_year import LastYear, read_last_year
from gouji.city.views.years import MOST, years
from gouji.report import Report, dumps, to_json
from gouji.workbook.kind import as_consolidated, earlier_of
from gouji.workbook.layout import layout_of
from support.years import stored, sum_up, unit


def chain(folder: Path, *counted: int, first: int = 2019) -> Consolidation:
    """Of one unit with so many new applications a year, each year's workbook read back for the next."""
    last, city = None, None
    for year, new in enumerate(counted, first):
        city = sum_up([unit("甲局", year, "001", new=new)], last_year=last)
        last = stored(folder, city)
    assert city
    return city


def new_of(city: Consolidation) -> dict[int, int | None]:
    over = years(city)
    (line,) = (line for line in over.lines if line.label == "本年新收申请")
    return dict(zip(over.years, line.values, strict=True))


def test_six_years_from_file_to_file(tmp_path: Path) -> None:
    """Over the change of the edition in 2021, in the order of the years."""
    city = chain(tmp_path, 3, 1, 4, 1, 5, 9)
    assert new_of(city) == {2019: 3, 2020: 1, 2021: 4, 2022: 1, 2023: 5, 2024: 9}
    assert [(one.year, one.form.edition) for one in earlier_of(city.report)] == [
        (2023, "2021"),
        (2022, "2021"),
        (2021, "2021"),
        (2020, "2019"),
        (2019, "2019"),
    ]


def test_all_cells_are_carried_as_they_were(tmp_path: Path) -> None:
    """Blank, 0 and "/" too."""
    odd = unit("甲局", 2023, "001", new=2).with_values({"t2.documents.made": "/", "t2.fees.amount": 12345})
    odd.values.pop("t2.rules.made")
    last = stored(tmp_path, sum_up([odd], include_invalid=True))
    (kept,) = earlier_of(sum_up([unit("甲局", 2024, "001")], last_year=last).report)
    assert kept.values == last.city.values
    assert kept.is_blank("t2.rules.made") and kept.value("t2.documents.made") == "/"


@pytest.mark.long
def test_the_oldest_are_not_shown_and_not_lost(tmp_path: Path) -> None:
    city = chain(tmp_path, *range(1, MOST + 3), first=2019)
    assert list(new_of(city)) == list(range(2021, 2021 + MOST))
    assert len(earlier_of(city.report)) == MOST + 1


def test_a_year_that_nobody_knows_is_a_gap(tmp_path: Path) -> None:
    city = chain(tmp_path, 3, 1)
    report = replace(city.report, meta=as_consolidated((), None, [replace(city.report, year=2017)]))
    assert new_of(replace(city, report=report, prior=None)) == {2017: 1, 2018: None, 2019: None, 2020: 1}
    over = years(replace(city, report=report, prior=None))
    assert {over.change(line) for line in over.lines} == {None}


def test_one_year_alone(tmp_path: Path) -> None:
    over = years(chain(tmp_path, 3))
    assert (over.years, over.several) == ((2019,), False)
    assert over.said.startswith("只有本年的数")
    sheet = openpyxl.load_workbook(tmp_path / "某市_2019_汇总.xlsx")["分析"]
    assert len(sheet._charts) == 3, "no backlog, and nothing over one year"


def test_json_and_a_list_of_details_carry_them_too(tmp_path: Path) -> None:
    city = chain(tmp_path, 3, 1, 4)
    (tmp_path / "某市.json").write_text(dumps(to_json(city.report)))
    (tmp_path / "某市_2021_明细.xlsx").write_bytes(detail_workbook(city))
    for name in ("某市.json", "某市_2021_明细.xlsx"):
        last = read_last_year(tmp_path / name)
        assert [one.year for one in last.years] == [2021, 2020, 2019], name
        assert new_of(sum_up([unit("甲局", 2022, "001", new=7)], last_year=last)) == {
            2019: 3,
            2020: 1,
            2021: 4,
            2022: 7,
        }


def test_what_a_folder_adds_up_to_is_not_carried_on() -> None:
    """A unit may be wanting in it: it is compared with this once, and is no report of the city's."""
    old = unit("甲局", 2023, "001", new=4)
    last = LastYear("上年", Report(old.form, "", 2023, values=old.values), (old,), complete=False)
    city = sum_up([unit("甲局", 2024, "001")], last_year=last)
    assert new_of(city) == {2023: 4, 2024: 0} and earlier_of(city.report) == ()


@pytest.mark.parametrize("told", [[{"year": 2024, "cells": {}}], [{"year": "x"}], ["x"], "x", None])
def test_what_cannot_be_read_is_no_year(told: object) -> None:
    city = sum_up([unit("甲局", 2024, "001")])
    meta = {"consolidated": {"units": [], "earlier": told}}
    assert earlier_of(replace(city.report, meta=meta)) == ()


# ---------------------------------------------------------------- typed over


def test_typing_over_what_is_shown_changes_no_year(tmp_path: Path) -> None:
    chain(tmp_path, 3, 1)
    path = tmp_path / "某市_2020_汇总.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["分析"]
    shown = [cell for row in sheet.iter_rows() for cell in row if cell.value in (1, 3)]
    assert shown
    for cell in shown:
        cell.value = 99
    book.save(path)
    last = read_last_year(path)
    assert new_of(sum_up([unit("甲局", 2021, "001", new=4)], last_year=last)) == {2019: 3, 2020: 1, 2021: 4}


def test_a_table_that_was_typed_over_is_said(tmp_path: Path) -> None:
    city = chain(tmp_path, 3)
    path = tmp_path / "某市_2019_汇总.xlsx"
    book = openpyxl.load_workbook(path)
    sheet, cell = layout_of(city.form).locate("t3.new.total")
    book[sheet][cell] = 30
    book.save(path)
    last = read_last_year(path)
    assert last.altered == ("t3.new.total",)
    this = sum_up([unit("甲局", 2020, "001", new=4)], last_year=last)
    (said,) = (f for f in this.findings if f.rule == "prior-altered")
    assert said.level == "warning" and f"{sheet}!{cell}" in said.message and "有 1 格" in said.message


def test_a_unit_that_was_typed_over_is_said_too(tmp_path: Path) -> None:
    chain(tmp_path, 3)
    path = tmp_path / "某市_2019_汇总.xlsx"
    book = openpyxl.load_workbook(path)
    row = next(row for row in book["明细"].iter_rows() if row[0].value == "甲局")
    (cell,) = [cell for cell in row if cell.value == 3][-1:]
    cell.value = 5
    book.save(path)
    assert len(read_last_year(path).altered) == 1


def test_a_file_as_it_was_made_says_nothing(tmp_path: Path) -> None:
    """With an adjustment and a unit that was left out."""
    from support.looked_at import city_of

    path = tmp_path / "某市_2024_汇总.xlsx"
    path.write_bytes(city_workbook(city_of(adjusted=True, late=True, wrong=True)))
    assert read_last_year(path).altered == ()
