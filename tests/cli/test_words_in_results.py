"""审核说明 typed into the results of ``consolidate`` without a season: weighed as every other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.keyed import number_of
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support.command import runner
from support.filled import write_workbook

FORM = load_form("2021")
FINDING = "stock-floor:t2.documents"
REASON = "以前年度的存量按清理结果，已核对"


def sent(folder: Path, unit: str, made: int, in_force: int) -> None:
    values = dict.fromkeys((cell.id for cell in FORM.cells), 0)
    values |= {"t2.documents.made": made, "t2.documents.in_force": in_force}
    (folder / f"{unit}.xlsx").write_bytes(write_workbook(Report(FORM, unit, 2024, values=values)))


def explained(path: Path, text: str = REASON) -> None:
    book, number = openpyxl.load_workbook(path), number_of(FORM, FINDING)
    check = layout_of(FORM).check
    assert number
    book["校验"].cell(check.live_top + number - 1, check.columns["explanation"]).value = text
    book.save(path)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What ``consolidate`` says of two units that have sent theirs."""
    units, out = tmp_path / "报送", tmp_path / "结果"
    units.mkdir()
    sent(units, "甲局", 5, 2)
    sent(units, "乙镇", 1, 1)
    (tmp_path / "名单.csv").write_text("单位名称\n甲局\n乙镇\n", "utf-8")
    place = ("--roster", tmp_path / "名单.csv", "--name", "某市", "--year", 2024, "-o", out, "--force")

    return lambda: runner(capsys)("consolidate", units, *place).out


@pytest.mark.slow
def test_it_settles_the_finding_at_the_next_run_and_falls_back_with_its_numbers(
    tmp_path: Path, run: Callable[[], str]
) -> None:
    units, out = tmp_path / "报送", tmp_path / "结果"
    assert "已说明" not in run()
    explained(out / "某市_2024_汇总.xlsx")
    assert "已说明 1 项" in run()
    report = read_workbook(out / "某市_2024_汇总.xlsx").report
    assert (report.explanations[FINDING].text, report.explanations[FINDING].state) == (REASON, "已说明")
    sent(units, "甲局", 7, 2)
    for _ in range(2):
        assert "已说明" not in run()
        given = read_workbook(out / "某市_2024_汇总.xlsx").report.explanations[FINDING]
        assert (given.text, given.state, given.numbers) == (REASON, "未处理", ("3", "6"))


@pytest.mark.long
def test_written_anew_it_holds_for_the_numbers_that_are_there_now(
    tmp_path: Path, run: Callable[[], str]
) -> None:
    """Though it stands beside the numbers of the old text."""
    units, out = tmp_path / "报送", tmp_path / "结果"
    run()
    explained(out / "某市_2024_汇总.xlsx")
    assert "已说明 1 项" in run()
    sent(units, "甲局", 7, 2)
    assert "已说明" not in run()
    explained(out / "某市_2024_汇总.xlsx", "又核对了一次，按清理结果")
    assert "已说明 1 项" in run()
    sent(units, "甲局", 5, 2)
    assert "已说明" not in run()


@pytest.mark.long
def test_beside_a_finding_in_the_list_of_them(
    tmp_path: Path, run: Callable[[], str], capsys: pytest.CaptureFixture[str]
) -> None:
    """On the sum it holds for its numbers; for a word on a unit there is no place without a 汇总台."""
    units, out = tmp_path / "报送", tmp_path / "结果"
    run()
    path = out / "某市_2024_汇总.xlsx"
    book = openpyxl.load_workbook(path)
    rows = {row[0].value: row for row in book["问题"].iter_rows(min_row=4) if row[8].value == FINDING}
    rows["某市"][6].value = rows["甲局"][6].value = REASON
    book.save(path)
    told = runner(capsys)(
        *("consolidate", units, "--roster", tmp_path / "名单.csv", "--name", "某市", "--year", 2024),
        *("-o", out, "--force"),
    )
    assert "已说明 1 项" in told.out
    assert f"甲局 {FINDING}" in told.err and "对单位的说明没有沿用" in told.err
    kept = openpyxl.load_workbook(out / "某市_2024_汇总（原有第1份）.xlsx")["问题"]
    assert sum(row[6].value == REASON for row in kept.iter_rows(min_row=4)) == 2
    sent(units, "甲局", 7, 2)
    for _ in range(2):
        assert "已说明" not in run()
