"""A new 汇总台 beside the old one: what the office made of the old one is all there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from gouji.city.intake.roster import RosterUnit
from gouji.city.season.book import desk_workbook
from gouji.city.season.folder import SeasonError, season_of
from gouji.city.season.older import check_older, digests
from gouji.city.season.reading import read_desk
from gouji.city.season.renewing import macros_left, not_kept, renewed
from gouji.city.season.sheets import SHEETS, sheet_names
from gouji.workbook.packing import read_parts
from gouji.workshop.build import desk_sources, desk_with_macros
from gouji.workshop.macros import add_macros, code_names
from gouji.workshop.vba.targets import button_targets
from support import season
from support.at_once import brothers
from support.command import runner
from support.macros_kept import macros_kept

NEW = (RosterUnit("丙局", "009", "部门", True, contact="王五", own=(("分管领导", "赵六"), ("备注", "新设"))),)


def renew(folder: Path, units: tuple[RosterUnit, ...] = NEW) -> Path:
    place = season_of(folder)
    target = place.next_desk()
    target.write_bytes(renewed(place.desk, units, digests(place.desks)))
    return target


def test_own_columns_sheets_comments_and_formats_stay(folder: Path) -> None:
    old = folder / "汇总台.xlsx"
    book = openpyxl.load_workbook(old)
    sheet = book["名单"]
    sheet["H4"], sheet["H5"] = "分管领导", "孙七"
    sheet["A5"].comment = Comment("本级", "办公室")
    sheet["A6"].font = openpyxl.styles.Font(color="FF0000", bold=True)
    sheet.column_dimensions["A"].width = 55
    book.create_sheet("工作日志")["A1"] = "1月5日 发通知"
    book["设置"]["B9"] = "某市政府办"
    book.save(old)
    before, content = read_desk(old), old.read_bytes()
    new = renew(folder)
    assert new.name == "汇总台_2.xlsx" and old.read_bytes() == content
    read = read_desk(new)
    assert read.settings == before.settings and read.texts == before.texts
    added = replace(NEW[0], line=8, own=(("分管领导", "赵六"), ("备注", "新设")))
    assert read.roster.units == (*before.roster.units, added)
    book = openpyxl.load_workbook(new)
    assert book["名单"]["A5"].comment.text == "本级"
    assert book["名单"]["A6"].font.color.rgb == "00FF0000" and book["名单"].column_dimensions["A"].width == 55
    assert book["工作日志"]["A1"].value == "1月5日 发通知"
    assert book["gouji"].sheet_state == "veryHidden"
    assert book["名单"].freeze_panes == "B5" and "GJ_UNITS" in book.defined_names
    rules = [r for r in book["说明与核实"].data_validations.dataValidation if r.type == "list"]
    assert '"已说明,已核实,退回"' in [r.formula1 for r in rules]


def test_a_renewed_desk_is_renewed_again(folder: Path) -> None:
    renew(folder)
    third = renew(folder, (RosterUnit("丁局"),))
    assert third.name == "汇总台_3.xlsx"
    assert [u.name for u in read_desk(third).roster.units] == [*season.UNITS, "丙局", "丁局"]
    check_older(season_of(folder).desks)
    names = ["汇总台.xlsx", "汇总台_2.xlsx", "汇总台_3.xlsx"]
    assert [path.name for path in season_of(folder).desks] == names


def test_the_newest_counts_and_is_said(folder: Path) -> None:
    renew(folder)
    outcome = season.run(folder)
    assert len(outcome.city.units) == 4
    assert any("汇总台_2.xlsx" in said for said in outcome.remarks)


def test_an_older_desk_that_was_edited_afterwards_is_never_ignored(folder: Path) -> None:
    renew(folder)
    old = folder / "汇总台.xlsx"
    openpyxl.load_workbook(old).save(old)  # saved again: nothing in it has changed
    assert season.run(folder).folder
    season.typed(old, "文字", {"B40": "写错了地方的六。"})
    with pytest.raises(SeasonError, match=r"汇总台.xlsx 在生成 汇总台_2.xlsx 以后又改过"):
        season.run(folder)
    old.unlink()
    assert season.run(folder).folder


@pytest.mark.parametrize("key", brothers(SHEETS[1:], first=2))
def test_a_sheet_that_is_gone_comes_back(folder: Path, key: str) -> None:
    old = folder / "汇总台.xlsx"
    book = openpyxl.load_workbook(old)
    del book[sheet_names()[key]]
    book.save(old)
    read_desk(renew(folder))


def test_columns_and_items_of_this_version_are_added(folder: Path) -> None:
    old = folder / "汇总台.xlsx"
    book = openpyxl.load_workbook(old)
    book["名单"].delete_cols(6, 2)
    book["调整"].delete_cols(9)
    book["设置"].delete_rows(14, 4)
    book.save(old)
    new = openpyxl.load_workbook(renew(folder))
    assert {"电话", "期限"} <= {cell.value for cell in new["名单"][4]}
    assert new["调整"]["I4"].value == "对方单位"
    labels = [cell.value for cell in new["设置"]["A"]]
    assert {"逾期计算到", "有错误的也计入", "上年文件", "本地规则"} <= set(labels)


def test_pictures_and_charts_are_told_to_stay_behind(folder: Path) -> None:
    old = folder / "汇总台.xlsx"
    assert not not_kept(old)
    book = openpyxl.load_workbook(old)
    sheet = book.create_sheet("图")
    sheet["A1"] = 1
    chart = BarChart()
    chart.add_data(Reference(sheet, 1, 1))
    sheet.add_chart(chart, "C1")
    book.save(old)
    assert not_kept(old)


# ---------------------------------------------------------------- macros


def test_macros_of_the_offices_own_are_told_to_stay_behind(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those that we gave are given anew, and nothing is said of them."""
    (folder / "汇总台.xlsx").unlink()
    old = folder / "汇总台.xlsm"
    package = desk_workbook(season.desk(), macros=True)
    old.write_bytes(desk_with_macros(package))
    assert macros_left(old) is None
    own = tmp_path / "PrintAll.bas"
    own.write_text('Attribute VB_Name = "PrintAll"\nOption Explicit\nSub PrintAll()\nEnd Sub\n', "utf-8")
    old.write_bytes(add_macros(package, [*desk_sources(), own], kind="xlsm"))
    assert macros_left(old) == ("PrintAll",)
    said = runner(capsys)("season", folder, "--renew")
    assert said.code == 0 and "汇总台.xlsm 里自己加的宏（PrintAll）没有带过来" in said.out + said.err
    assert macros_left(folder / "汇总台_2.xlsm") is None


# ---------------------------------------------------------------- with buttons


@pytest.mark.slow
@pytest.mark.parametrize("noted", brothers([True, False]))
def test_a_desk_with_buttons_is_renewed_with_buttons(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], noted: bool
) -> None:
    """Also where 设置 has notes, which stand in the same drawing as buttons."""
    folder = season.season(tmp_path / "某市2024")
    (folder / "汇总台.xlsx").unlink()
    old = folder / "汇总台.xlsm"
    old.write_bytes(desk_with_macros(desk_workbook(season.desk(), macros=True)))
    with macros_kept(old) as book:
        book["名单"]["H4"], book["名单"]["H5"] = "分管领导", "孙七"
        book["文字"]["B23"] = "已经写好的五。"
        book.create_sheet("工作日志")["A1"] = "1月5日 发通知"
        if noted:
            book["设置"]["B6"].comment = Comment("问过省厅", "办公室")
        book.save(old)
    content = old.read_bytes()
    (tmp_path / "名单.csv").write_text("单位名称\n" + "\n".join((*season.UNITS, "丙局")), "utf-8")
    run = runner(capsys)("season", folder, "--renew", "--roster", tmp_path / "名单.csv")
    new = folder / "汇总台_2.xlsm"
    assert run.code == 0 and "汇总台_2.xlsm" in run.out and old.read_bytes() == content
    parts = read_parts(new.read_bytes())
    assert set(button_targets(parts)) == {"GjDesk.CheckSeason", "GjDesk.RunSeason"}
    assert "xl/vbaProject.bin" in parts
    names = code_names(new.read_bytes())
    assert len(names.sheets) == len(set(names.sheets)) == len(SHEETS) + 2
    read = openpyxl.load_workbook(new)
    assert read["工作日志"]["A1"].value == "1月5日 发通知"
    assert bool(read["设置"]["B6"].comment) is noted
    rows = {row[0] for row in read["gouji"].iter_rows(values_only=True)}
    assert {row for row in rows if row.startswith("text.")}
    desk = read_desk(new)
    assert [u.name for u in desk.roster.units] == [*season.UNITS, "丙局"]
    assert desk.roster.units[0].own == (("分管领导", "孙七"),) and desk.texts["五"] == "已经写好的五。"
    outcome = season.run(folder)
    assert outcome.city.desk and outcome.city.desk.source == "汇总台_2.xlsm"
    assert runner(capsys)("season", folder, "--renew").code == 0
    assert button_targets(read_parts((folder / "汇总台_3.xlsm").read_bytes()))
