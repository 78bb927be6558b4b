"""One verdict on a sum: 校验 of the city's workbook says nothing that 问题 does not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gouji.audit import audit
from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Merger, Settings
from gouji.city.parting.live_prior import reason
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import LastYear
from gouji.form import load_form
from gouji.workbook.keyed import number_of
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support.years import roster_of, sum_up, unit

FORM = load_form("2021")
STOCK, CARRIED = "stock:t2.documents", "carry-over:t3.total"
OLD = [unit("甲局", 2023, "001").with_values({"t2.documents.in_force": 5}), unit("乙局", 2023, "002")]


def city(*names: str, mergers: tuple[Merger, ...] = (), in_force: int = 5) -> Consolidation:
    """丙局, where it is there, has 7 规范性文件 in force that no last year knows."""
    this = [
        unit(name, 2024).with_values({"t2.documents.in_force": {"甲局": in_force, "丙局": 7}.get(name, 0)})
        for name in names
    ]
    roster = roster_of(*this)
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), left_out=())
    return sum_up(this, roster, last, desk=Desk(Settings("某市", 2024), roster, mergers=mergers))


def rows(tmp_path: Path, of: Consolidation) -> dict[str, tuple[str, str]]:
    """Id -> (state, 审核说明) as the sheet was written."""
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(city_workbook(of))
    sheet, check = openpyxl.load_workbook(path, data_only=True)["校验"], layout_of(FORM).check
    found = {}
    for key in (STOCK, CARRIED):
        number = number_of(FORM, key)
        assert number
        at = check.live_top + number - 1
        found[key] = tuple(
            str(sheet.cell(at, check.columns[c]).value or "") for c in ("state", "explanation")
        )
    return found  # type: ignore[return-value]


def test_a_row_that_compares_other_units_has_no_last_year_and_says_why(tmp_path: Path) -> None:
    of = city("甲局", "乙局", "丙局")
    assert "stock" not in [f.rule for f in of.findings]
    found = rows(tmp_path, of)
    assert found[STOCK] == ("缺上年", reason())
    assert found[CARRIED][0] == "通过"
    # Read back it is nobody's word, and settles nothing one level up.
    given = read_workbook(tmp_path / "汇总.xlsx").report.explanations[STOCK]
    assert (given.text, given.state) == (reason(), "未处理")
    again = sum_up(OLD, explanations={STOCK: given})
    assert STOCK not in again.report.explanations


@pytest.mark.parametrize("in_force, state", [(5, "通过"), (9, "需说明")])
def test_the_same_units_are_compared_as_ever(tmp_path: Path, in_force: int, state: str) -> None:
    of = city("甲局", "乙局", in_force=in_force)
    assert bool([f for f in of.findings if f.rule == "stock"]) is (state == "需说明")
    assert rows(tmp_path, of)[STOCK] == (state, "")


def test_a_merger_makes_them_the_same_units(tmp_path: Path) -> None:
    this = city("甲局", mergers=(Merger("乙局", "甲局", "并入"),))
    assert rows(tmp_path, this)[STOCK] == ("通过", "")


def test_what_is_found_over_the_same_units_is_in_problems_alone(tmp_path: Path) -> None:
    of = city("甲局", "乙局", "丙局", in_force=9)
    (found,) = (f for f in of.findings if f.rule == "stock")
    assert found.difference == 4
    assert rows(tmp_path, of)[STOCK] == ("缺上年", reason())


@pytest.mark.parametrize("texts", [None, {"五": "人员不足，今后将充实力量、加强培训。"}])
def test_a_section_that_nobody_wrote_yet_is_no_error_of_the_sum_nor_of_its_sheet(
    tmp_path: Path, texts: dict[str, str] | None
) -> None:
    """Of a unit it is: what is written counts alone, and the rest is drafted."""
    of = sum_up([unit("甲局", 2024, new=4)], texts=texts)
    assert "section-empty" not in [f.rule for f in of.findings]
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(city_workbook(of))
    sheet, check = openpyxl.load_workbook(path, data_only=True)["校验"], layout_of(FORM).check
    for section in "一五六":
        number = number_of(FORM, f"section-empty:{section}")
        assert number
        state = sheet.cell(check.live_top + number - 1, check.columns["state"]).value
        assert state == ("通过" if section in (texts or {}) else "未填完")
    assert "没有核对" in str(sheet["A1"].value)
    again = read_workbook(path).report
    assert again.is_sum and not [f for f in audit(again) if f.rule == "section-empty"]
    own = replace(unit("甲局", 2024, new=4), texts=texts)
    assert bool([f for f in audit(own) if f.rule == "section-empty"]) is bool(texts)


def test_the_count_says_why_rows_have_no_last_year(tmp_path: Path) -> None:
    """Last year was given, so that it is not said that it was not."""

    def count(of: Consolidation) -> str:
        path = tmp_path / "汇总.xlsx"
        path.write_bytes(city_workbook(of))
        return str(openpyxl.load_workbook(path, data_only=True)["校验"]["A2"].value)

    assert "（没有可比的上年数，见各项说明）" in count(city("甲局", "乙局", "丙局"))
    assert "（未提供上年数）" in count(replace(city("甲局"), prior=None, live_prior=None))
