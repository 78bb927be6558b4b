"""What people write beside a finding in 问题 of a result holds in the next run, of a unit as of the sum."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from gouji.city.approving.settled import Settled
from gouji.city.season.record import RECORD, read_record
from gouji.city.season.running import Outcome
from gouji.form import load_form
from gouji.report import Report
from support import season
from support.filled import write_workbook

FORM = load_form("2021")
STOCK = "stock-floor:t2.documents"
MISSING = "unit-missing:乙镇"
WORDS = "按清理结果核减了一件"


def sent(unit: str, made: int, in_force: int) -> bytes:
    values = dict.fromkeys((cell.id for cell in FORM.cells), 0)
    values |= {"t2.documents.made": made, "t2.documents.in_force": in_force}
    return write_workbook(Report(FORM, unit, 2024, values=values))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """甲局 has to explain one thing, 乙镇 sent nothing."""
    made = season.season(tmp_path / "某市2024")
    (made / "报送" / "甲局.xlsx").write_bytes(sent("甲局", 4, 1))
    return made


def written(run: Outcome, finding: str, unit: str = "", **cells: str) -> None:
    """Into the line of a finding: ``text``, ``state``."""
    path = season.workbook(run)
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    rows = [row for row in sheet.iter_rows(min_row=4) if row[8].value == finding]
    (row,) = [row for row in rows if unit in ("", row[0].value)]
    for key, text in cells.items():
        row[{"text": 6, "state": 7}[key]].value = text
    book.save(path)


def found(run: Outcome, finding: str, unit: str) -> Settled:
    (one,) = (s for s in run.city.settled if s.finding.id == finding and s.unit == unit)
    return one


def test_a_word_on_a_unit(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text=WORDS, state="已核实")
    second = season.run(folder)
    one = found(second, STOCK, "甲局")
    assert (one.key, one.text) == ("verified", WORDS)
    assert any("沿用" in line and f"甲局 {STOCK}" in line for line in second.remarks)
    third = season.run(folder)
    assert found(third, STOCK, "甲局").settled
    assert any("继续沿用" in line and f"甲局 {STOCK}" in line for line in third.remarks)


def test_it_falls_back_when_its_numbers_change(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text=WORDS)
    assert found(season.run(folder), STOCK, "甲局").key == "given"
    (folder / "报送" / "甲局.xlsx").write_bytes(sent("甲局", 5, 1))
    one = found(season.run(folder), STOCK, "甲局")
    assert one.key == "open" and one.text == WORDS and "4" in one.why


def test_a_word_on_the_sum_settles_an_error(folder: Path) -> None:
    written(season.run(folder), MISSING, text="依法不报送，由县级统一公开", state="已核实")
    second = season.run(folder)
    assert found(second, MISSING, "某市").key == "verified"


def test_the_state_alone_verifies_what_the_unit_said_and_a_later_text_keeps_it(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text=WORDS)
    second = season.run(folder)
    written(second, STOCK, "甲局", state="已核实")
    third = season.run(folder)
    assert (found(third, STOCK, "甲局").key, found(third, STOCK, "甲局").text) == ("verified", WORDS)
    written(third, STOCK, "甲局", text=f"{WORDS}，附清理目录")
    fourth = season.run(folder)
    assert found(fourth, STOCK, "甲局").key == "verified"
    assert found(fourth, STOCK, "甲局").text == f"{WORDS}，附清理目录"


def test_returned_there_it_is_returned(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text="请附清理目录", state="退回")
    one = found(season.run(folder), STOCK, "甲局")
    assert (one.key, one.why) == ("returned", "请附清理目录")


def test_the_desk_wins_and_what_it_beats_is_named(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text="写在结果里的说明文字", state="已核实")
    season.typed(folder / "汇总台.xlsx", "说明与核实", {"A5": "甲局", "B5": STOCK, "D5": WORDS})
    second = season.run(folder)
    assert (found(second, STOCK, "甲局").key, found(second, STOCK, "甲局").text) == ("given", WORDS)
    assert any(STOCK in line and "以汇总台为准" in line for line in second.remarks)


@pytest.mark.parametrize(("unit", "finding"), [("乙镇", "整个单位"), ("乙镇", MISSING), ("某市", MISSING)])
def test_the_desk_wins_however_it_names_a_unit_that_is_missing(folder: Path, unit: str, finding: str) -> None:
    written(season.run(folder), MISSING, text="写在结果里的说明文字", state="不用报")
    assert found(season.run(folder), MISSING, "某市").key == "open"
    cells = {"A5": unit, "B5": finding, "D5": "依法不报送，由县级统一公开", "E5": "已核实"}
    season.typed(folder / "汇总台.xlsx", "说明与核实", cells)
    one = found(season.run(folder), MISSING, "某市")
    assert (one.key, one.text) == ("verified", "依法不报送，由县级统一公开")


@pytest.mark.parametrize("state", ["已核实（王五）", "已核实(王五)"])
def test_who_verified_as_the_sheet_itself_shows_it(folder: Path, state: str) -> None:
    written(season.run(folder), STOCK, "甲局", text=WORDS, state=state)
    one = found(season.run(folder), STOCK, "甲局")
    assert (one.key, one.who) == ("verified", "王五")


def test_of_two_places_for_the_sum_the_one_written_later_holds(folder: Path) -> None:
    (folder / "报送" / "乙镇.xlsx").write_bytes(sent("乙镇", 0, 0))
    first = season.run(folder)
    written(first, STOCK, "某市", text="写在问题表里的说明")
    second = season.run(folder)
    assert found(second, STOCK, "某市").text == "写在问题表里的说明"
    check = openpyxl.load_workbook(season.workbook(second))["校验"]
    (at,) = (c.row for (c,) in check.iter_rows(min_col=12, max_col=12) if c.value == STOCK)
    assert check[f"I{at}"].value == "写在问题表里的说明"
    season.typed(season.workbook(second), "校验", {f"I{at}": "后来写在校验表里的"})
    assert found(season.run(folder), STOCK, "某市").text == "后来写在校验表里的"


def test_a_word_that_is_taken_out_again(folder: Path) -> None:
    written(season.run(folder), STOCK, "甲局", text=WORDS)
    second = season.run(folder)
    written(second, STOCK, "甲局", text="", state="")
    third = season.run(folder)
    assert found(third, STOCK, "甲局").key == "open" and not found(third, STOCK, "甲局").text
    assert any("已删去" in line for line in third.remarks)


def test_a_list_that_was_sorted_and_cut_says_nothing_new(folder: Path) -> None:
    season.typed(folder / "汇总台.xlsx", "说明与核实", {"A5": "甲局", "B5": STOCK, "D5": WORDS})
    first = season.run(folder)
    path = season.workbook(first)
    book = openpyxl.load_workbook(path)
    sheet = book["问题"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    for row, line in enumerate(reversed(lines), 4):
        for column, value in enumerate(line, 2):
            sheet.cell(row, column).value = value
        sheet.cell(row, 1).value = "甲"
    for column, cell in enumerate([c.value for c in sheet[3]], 2):
        sheet.cell(3, column, cell)
    sheet["A3"] = "自己的列"
    sheet.delete_rows(6)
    book.save(path)
    second = season.run(folder)
    assert any("没有变化" in line for line in second.remarks), second.remarks
    assert found(second, STOCK, "甲局").text == WORDS


def test_a_result_of_an_earlier_release_says_nothing_there(folder: Path) -> None:
    """Nobody knows what its run wrote."""
    first = season.run(folder)
    record = first.folder / RECORD  # type: ignore[operator]
    stored = json.loads(record.read_bytes())
    del stored["listed"]
    record.write_text(json.dumps(stored), "utf-8")
    assert read_record(first.folder).listed is None  # type: ignore[arg-type, union-attr]
    written(first, STOCK, "甲局", text=WORDS)
    assert found(season.run(folder), STOCK, "甲局").key == "open"
