"""检查 and 汇总 of 汇总台.xlsm: the command of the server, and the workbook that calls it."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from gouji.city.approving.telling import is_open, summary
from gouji.city.desk import OfficeWord
from gouji.city.season.book import desk_workbook
from gouji.city.season.reading import read_desk
from gouji.excel.season import season_check, season_run
from gouji.workbook.packing import read_parts
from gouji.workshop.build import desk_sources, desk_with_macros
from gouji.workshop.macros import code_names
from support import season
from support.xlwings_fake.model import Workbook, XlBook


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = season.season(tmp_path / "某市2024")
    (place / "汇总台.xlsx").unlink()
    (place / "汇总台.xlsm").write_bytes(desk_with_macros(desk_workbook(season.desk(), macros=True)))
    return place


def opened(folder: Path) -> XlBook:
    book = Workbook(folder / "汇总台.xlsm")
    book.Path = str(folder)
    return XlBook(book)


def test_the_check_writes_nothing(folder: Path) -> None:
    before = sorted(folder.rglob("*"))
    verdict = season_check(opened(folder))
    assert verdict.state == "error" and "没有写任何文件" in verdict.message and "应报 3 个" in verdict.message
    assert sorted(folder.rglob("*")) == before


def test_the_run_says_where_its_results_are(folder: Path) -> None:
    content = (folder / "汇总台.xlsm").read_bytes()
    verdict = season_run(opened(folder))
    (made,) = [path for path in (folder / "结果").iterdir() if path.is_dir()]
    assert str(made) in verdict.message and "第 1 次汇总" in verdict.message
    assert (made / "某市_2024_汇总.xlsx").is_file()
    assert (folder / "汇总台.xlsm").read_bytes() == content


def test_what_is_wrong_with_the_desk_is_one_sentence(folder: Path) -> None:
    book = opened(folder)
    (folder / "报送" / "甲局.xlsx").unlink()
    (folder / "报送" / "某市政府办.xlsx").unlink()
    (folder / "报送").rmdir()
    verdict = season_run(book)
    assert verdict.state == "refused" and "报送" in verdict.message and "\n" not in verdict.message


def test_a_desk_that_is_nowhere_is_refused(folder: Path) -> None:
    for path in ("", "https://example.com/docs"):
        book = Workbook(folder / "汇总台.xlsm")
        book.Path = path
        assert season_run(XlBook(book)).state == "refused"


def test_the_workbook_with_buttons_says_the_same(folder: Path) -> None:
    desk = read_desk(folder / "汇总台.xlsm")
    assert desk.settings == season.desk().settings and desk.roster.units == season.desk().roster.units
    content = (folder / "汇总台.xlsm").read_bytes()
    parts = read_parts(content)
    assert "xl/vbaProject.bin" in parts
    assert code_names(content).workbook == "ThisWorkbook" and "shtData" in code_names(content).sheets
    drawn = b"".join(part for name, part in parts.items() if "vmlDrawing" in name).decode()
    assert "GjDesk.CheckSeason" in drawn and "GjDesk.RunSeason" in drawn
    rows = {row[0].value: row[1].value for row in openpyxl.load_workbook(io.BytesIO(content))["gouji"]}
    assert rows["text.desk_save"] and rows["text.app"] and rows["kind"] == "desk"
    assert [path.name for path in desk_sources()] == [
        "GjForm.bas",
        "GjServer.bas",
        "GjTexts.bas",
        "GjDesk.bas",
    ]


@pytest.mark.parametrize("text", ["", "以前年度存量按清理结果重新核定"])
def test_the_buttons_count_as_the_terminal_does(folder: Path, text: str) -> None:
    """A unit that sent nothing is settled by a word of the office: neither says that it is still open."""
    words = (OfficeWord("乙镇", "unit-missing:乙镇", text, "已核实"),) if text else ()
    desk = desk_workbook(replace(season.desk(), words=words), macros=True)
    (folder / "汇总台.xlsm").write_bytes(desk_with_macros(desk))
    verdict = season_check(opened(folder))
    city = season.run(folder).city
    assert (verdict.state == "error") is is_open(city) is (not text)
    assert all(line in verdict.message for line in summary(city))


def test_what_nobody_foresaw_is_said_of_this_command(folder: Path) -> None:
    shutil.rmtree(folder / "结果")
    (folder / "结果").write_bytes(b"a file where the folder of results belongs")
    verdict = season_run(opened(folder))
    assert verdict.state == "refused" and "校验" not in verdict.message and "\n" not in verdict.message
