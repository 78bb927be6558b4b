"""Notes longer than a cell: one unit's fault stays its own; the city's own are cut, and kept whole."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.intake.listing import ListingError
from gouji.city.intake.roster_lines import read_roster
from gouji.city.sheets.workbook import city_workbook
from gouji.cli import main
from gouji.document.word import document_bytes
from gouji.report import Report, dumps, to_json
from gouji.workbook.reading.reader import read_workbook
from support.filled import write_workbook
from support.packages import pack, unpack
from support.years import sum_up, unit

pytestmark = pytest.mark.slow

CELL = "t2.documents.made"


def noted(name: str, text: str) -> Report:
    return replace(unit(name, 2024), marks={CELL: "注1"}, notes={"注1": text})


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    code = stopped.value.code
    return code if isinstance(code, int) else 0


@pytest.fixture(scope="module")
def many() -> Consolidation:
    return sum_up([noted(f"测试{i:02}局", f"{i:02}" + "本单位情况说明。" * 110) for i in range(38)])


def rows(city: Consolidation, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(city_workbook(city)))
    return list(book[sheet].iter_rows(values_only=True))


def test_the_notes_of_many_units_on_one_cell(many: Consolidation) -> None:
    """The cell is cut with a pointer; 附注全文 has every unit's words; Word has them whole."""
    whole = many.report.notes["注1"]
    assert len(whole) > 32_767
    (cut,) = [row[2] for row in rows(many, "二") if row[0] == "注1"]
    assert isinstance(cut, str)
    assert len(cut) == 32_767 and cut.endswith("（全文见“附注全文”表）")
    listed = rows(many, "附注全文")[3:]
    assert [row[:4] for row in listed[:2]] == [
        ("注1", "二!B6", "测试00局", "注1"),
        ("注1", "二!B6", "测试01局", "注1"),
    ]
    assert [row[4] for row in listed] == [f"{i:02}" + "本单位情况说明。" * 110 for i in range(38)]
    paragraphs = docx.Document(io.BytesIO(document_bytes(many.report))).paragraphs
    assert f"注1：{whole}" in [p.text for p in paragraphs]


def test_the_next_level_reads_it_whole(many: Consolidation) -> None:
    reading = read_workbook(city_workbook(many))
    assert reading.report.notes == many.report.notes
    upper = sum_up([replace(reading.report, unit="甲市"), noted("乙市", "另一市")])
    assert [f for p in upper.problems() if (f := p.finding).level == "error"] == []
    assert "测试37局：37本单位" in upper.report.notes["注1"]


def test_a_city_without_notes_has_no_such_sheet() -> None:
    book = openpyxl.load_workbook(io.BytesIO(city_workbook(sum_up([unit("甲局", 2024)]))))
    assert "附注全文" not in book.sheetnames


def test_an_origin_longer_than_a_cell_goes_on_below() -> None:
    city = sum_up([noted("甲局", "长" * 70_000)], include_invalid=True)
    assert ["".join(str(row[4]) for row in rows(city, "附注全文")[3:])] == ["长" * 70_000]


# ---------------------------------------------------------------- one file among others


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """甲局 with a note that no spreadsheet would have stored, 乙局 as it should be."""
    (tmp_path / "in").mkdir()
    (tmp_path / "r.csv").write_text("单位名称\n甲局\n乙局\n", "utf-8")
    parts = unpack(write_workbook(noted("甲局", "XNOTEX")))
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(b"XNOTEX", "长".encode() * 40_000)
    (tmp_path / "in" / "甲.xlsx").write_bytes(pack(parts))
    (tmp_path / "in" / "乙.xlsx").write_bytes(write_workbook(unit("乙局", 2024, new=7)))
    return tmp_path


def consolidate(desk: Path, *more: object) -> int:
    given = ("--roster", desk / "r.csv", "--name", "某市", "--year", 2024, "-o", desk / "out")
    return run("consolidate", desk / "in", *given, *more)


def test_one_long_note_is_its_own_files_error(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert consolidate(desk) == 1
    assert "未计入：甲局（已报有误；“" in capsys.readouterr().out
    result = desk / "out" / "某市_2024_汇总.xlsx"
    assert read_workbook(result).report.number("t3.new.total") == 7
    problems = openpyxl.load_workbook(result)["问题"].iter_rows(values_only=True)
    assert any(row[1] == "甲.xlsx" and "“注1”的文字有 40000 字" in str(row[4]) for row in problems)
    assert list((desk / "out").glob("*.docx"))


def test_it_can_be_included_all_the_same(desk: Path) -> None:
    assert consolidate(desk, "--include-invalid") == 1, "the file's error stays one"
    report = read_workbook(desk / "out" / "某市_2024_汇总.xlsx").report
    assert report.notes == {"注1": "甲局：" + "长" * 40_000}


def test_a_copy_needs_no_room_for_it(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The workbook holds it already, whoever wrote it."""
    books = sorted((desk / "in").iterdir())
    assert run("validate", *books, "--report", desk / "slips") == 1
    assert "“注1”的文字有 40000 字，超过 32767 字" in capsys.readouterr().out
    assert [p.name for p in sorted((desk / "slips").iterdir())] == ["乙_退回单.xlsx", "甲_退回单.xlsx"]


def test_validate_says_it_and_goes_on_without_a_slip(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (desk / "in" / "甲.xlsx").unlink()
    (desk / "in" / "甲.json").write_text(dumps(to_json(noted("甲局", "长" * 40_000))), "utf-8")
    books = sorted((desk / "in").iterdir())
    assert run("validate", *books, "--report", desk / "slips") == 1
    said = capsys.readouterr()
    assert "“注1”的文字有 40000 字，超过 32767 字" in said.out
    assert "没有生成" in said.err and "甲.json" in said.err
    assert [p.name for p in (desk / "slips").iterdir()] == ["乙_退回单.xlsx"]


def test_a_long_note_in_json(desk: Path) -> None:
    (desk / "in" / "甲.xlsx").unlink()
    (desk / "in" / "甲.json").write_text(dumps(to_json(noted("甲局", "长" * 40_000))), "utf-8")
    assert consolidate(desk) == 1
    assert read_workbook(desk / "out" / "某市_2024_汇总.xlsx").report.number("t3.new.total") == 7


def test_the_citys_own_text_is_refused_before_anything_is_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = desk / "本级.json"
    own.write_text(dumps(to_json(replace(unit("某市", 2024), texts={"五": "长" * 40_000}))), "utf-8")
    assert consolidate(desk, "--city", own) == 2
    said = capsys.readouterr()
    assert "本级.json" in said.err and "五 第 1 段" in said.err and not said.out


def test_a_long_text_in_a_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"单位名称\n甲局\n{'长' * 40_000}\n", "utf-8")
    with pytest.raises(ListingError, match="第 3 行"):
        read_roster(path)


@pytest.mark.long
def test_what_is_said_of_many_files_is_cut(desk: Path) -> None:
    """Hundreds of versions of one report: what is said of them is longer than a cell."""
    for i in range(500):
        report = unit("乙局", 2024)
        sent = dumps(to_json(replace(report, notes={"注9": str(i)})))
        (desk / "in" / f"{i}{'长' * 60}.json").write_text(sent, "utf-8")
    assert consolidate(desk) == 1
    sheet = openpyxl.load_workbook(desk / "out" / "某市_2024_汇总.xlsx")["报送情况"]
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell]
    assert sum(len(cell) == 32_767 and cell.endswith("……") for cell in cells) == 1
