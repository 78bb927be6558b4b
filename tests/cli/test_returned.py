"""``--report`` and what comes back: copies by their kind, and what was corrected."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gouji.report import dumps, to_json
from gouji.workshop.sample import sample_report
from support.clerks_book import OWN, by_openpyxl
from support.command import Run
from support.filled import write_workbook
from support.handed_out import with_macros


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A workbook as a clerk sends it, one with macros, a report as JSON."""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲局.xlsx").write_bytes(by_openpyxl(write_workbook(sample_report())))
    macros = with_macros()
    (folder / "乙局.xlsm").write_bytes(macros)
    (folder / "丙局.json").write_text(dumps(to_json(sample_report())), "utf-8")
    return folder


def first_texts(path: Path) -> list[str]:
    book = openpyxl.load_workbook(path)
    return [str(cell.value) for row in book["退回单"].iter_rows(max_row=8) for cell in row if cell.value]


def test_each_gets_a_copy_of_its_kind(desk: Path, run: Run) -> None:
    assert run("validate", desk, "--report", desk.parent / "退回").code == 1
    made = sorted(path.name for path in (desk.parent / "退回").iterdir())
    assert made == ["丙局_退回单.xlsx", "乙局_退回单.xlsm", "甲局_退回单.xlsx"]
    own = openpyxl.load_workbook(desk.parent / "退回" / "甲局_退回单.xlsx")
    assert own.sheetnames[0] == "退回单" and OWN in own.sheetnames
    with_macros = desk.parent / "退回" / "乙局_退回单.xlsm"
    assert any(text.startswith("本文件是报送件的副本") for text in first_texts(with_macros))
    rebuilt = first_texts(desk.parent / "退回" / "丙局_退回单.xlsx")
    assert any(text.startswith("报送件不是工作簿") for text in rebuilt)


def test_a_name_of_another_kind_is_refused(desk: Path, run: Run) -> None:
    ran = run("validate", desk / "乙局.xlsm", "--report", desk.parent / "乙.xlsx")
    assert ran.code == 2 and ".xlsm" in ran.err
    assert not (desk.parent / "乙.xlsx").exists()
    assert run("validate", desk / "乙局.xlsm", "--report", desk.parent / "乙.xlsm").code == 1


def test_what_comes_back_is_asked_for_what_was_corrected(desk: Path, run: Run) -> None:
    returned = desk.parent / "甲局.xlsx"
    run("validate", desk / "甲局.xlsx", "--report", returned)
    assert "退回的" not in run("validate", desk / "甲局.xlsx").out
    book = openpyxl.load_workbook(returned)
    book["三"]["D11"] = 61
    book.save(returned)
    ran = run("validate", returned)
    assert ran.code == 0
    assert "退回的 2 处：已改正 1 处，仍未改正 1 处（第 2 项）。" in ran.out, "the hidden sheet is open"
    (entry,) = json.loads(run("validate", returned, "--json").out)
    assert [(i["place"], i["outcome"]) for i in entry["returned"]] == [("三!D11", "corrected"), ("", "open")]


def test_what_comes_back_is_added_up(desk: Path, run: Run) -> None:
    """Neither sheet nor marks are taken for something the clerk wrote."""
    run("validate", desk / "甲局.xlsx", "--report", desk.parent / "回" / "甲局.xlsx")
    (desk.parent / "名单.csv").write_text("单位名称\n某市某局\n", "utf-8")
    book = openpyxl.load_workbook(desk.parent / "回" / "甲局.xlsx")
    book["三"]["D11"] = 61
    book.save(desk.parent / "回" / "甲局.xlsx")
    given = ("--roster", desk.parent / "名单.csv", "--name", "某市", "--year", 2024, "-o", desk.parent / "出")
    ran = run("consolidate", desk.parent / "回", *given)
    assert "汇总 1 个单位（应报 1 个）" in ran.out, ran.out + ran.err
    problems = openpyxl.load_workbook(desk.parent / "出" / "某市_2024_汇总.xlsx")["问题"]
    assert not any("退回单" in str(v) for row in problems.iter_rows(values_only=True) for v in row)
