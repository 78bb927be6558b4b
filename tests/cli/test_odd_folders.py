"""Folders as they arrive: links, pipes, names of another encoding, files that nobody can read."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gouji.cli import main
from gouji.files import distinct, shown_path
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.reading.sheets import open_book
from support.filled import write_workbook


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as stopped:
        main([str(a) for a in arguments])
    code = stopped.value.code
    return code if isinstance(code, int) else 0


def zeros(unit: str) -> Report:
    form = load_form("2021")
    return Report(form, unit=unit, year=2024, values={c.id: 0 for c in form.cells})


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A folder with the workbook of 甲局; beside it the roster."""
    folder = tmp_path / "报送"
    folder.mkdir()
    (folder / "甲局.xlsx").write_bytes(write_workbook(zeros("甲局")))
    (tmp_path / "名单.csv").write_text("单位名称\n甲局\n", "utf-8")
    return folder


def consolidate(sent: Path, *more: object, name: str = "某市") -> int:
    roster = sent.parent / "名单.csv"
    out = sent.parent / "汇总"
    return run("consolidate", sent, "--roster", roster, "--name", name, "--year", 2024, "-o", out, *more)


def texts(sent: Path, sheet: str) -> set[str]:
    book = open_book(sent.parent / "汇总" / "某市_2024_汇总.xlsx")
    return {cell.raw for cell in book.cells(sheet).values()}


def test_a_complete_roster_is_no_error(sent: Path) -> None:
    assert consolidate(sent) == 0


def test_an_unreadable_file_is_an_error_and_is_counted(sent: Path) -> None:
    (sent / "坏.xlsx").write_bytes(b"PK\x03\x04")
    assert consolidate(sent) == 1
    cells = open_book(sent.parent / "汇总" / "某市_2024_汇总.xlsx").cells("报送情况")
    at = next((r, c) for (r, c), cell in cells.items() if cell.raw == "无法读取" and c == 2)
    assert cells[at[0], 3].value == 1


def test_a_file_of_nobody_is_an_error(sent: Path) -> None:
    (sent / "丙.xlsx").write_bytes(write_workbook(zeros("丙局")))
    assert consolidate(sent) == 1


def test_a_unit_whose_file_can_not_be_read_is_not_just_missing(sent: Path) -> None:
    (sent / "甲局.xlsx").write_bytes(b"PK\x03\x04")
    assert consolidate(sent) == 1
    assert "未报（所报文件读不出）" in texts(sent, "报送情况")


def test_such_a_file_is_told_once_and_is_nobody_elses(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is its unit's; to be claimed is only what bears no unit's name."""
    (sent / "甲局.xlsx").write_bytes(b"PK\x03\x04")
    consolidate(sent)
    said = capsys.readouterr().out
    assert sum("甲局.xlsx" in line for line in said.splitlines()) == 1
    assert "未计入：甲局（所报文件读不出；" in said and "待认领" not in said
    assert "待认领" not in "".join(texts(sent, "首页"))


def test_a_file_that_bears_nobodys_name_is_to_be_claimed(
    sent: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (sent / "坏.xlsx").write_bytes(b"PK\x03\x04")
    consolidate(sent)
    assert "待认领的文件 1 份" in capsys.readouterr().out
    assert any("待认领 1" in text for text in texts(sent, "首页"))


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of a Unix system")
def test_links_and_pipes_are_named_and_not_followed(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (sent / "环.xlsx").symlink_to("环.xlsx")
    (sent / "断.xlsx").symlink_to("没有.xlsx")
    (sent / "上级").symlink_to("..")
    os.mkfifo(sent / "管道.xlsx")
    assert consolidate(sent) == 0
    said = capsys.readouterr().err
    for name in ("环.xlsx", "断.xlsx", "上级", "管道.xlsx"):
        assert any(f"：{name}（" in line for line in said.splitlines()), name


def test_leftovers_of_programs_are_no_submissions(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """AppleDouble, __MACOSX of a zip archive, a lock, the draft of a killed run: said once, and no error."""
    (sent / "__MACOSX").mkdir()
    for name in (
        "._甲局.xlsx",
        "__MACOSX/._甲局.xlsx",
        "__MACOSX/乙.xlsx",
        ".甲局.1a2b3c4d.xlsx",
        "~$甲局.xlsx",
    ):
        (sent / name).write_bytes(b"\0\5\x16\7")
    assert consolidate(sent) == 0
    (said,) = [line for line in capsys.readouterr().err.splitlines() if "临时文件" in line]
    assert "4 个" in said and "._甲局.xlsx" in said


@pytest.mark.parametrize(
    "name",
    [
        "THUMBS.DB",
        "Desktop.ini",
        ".ds_store",
        ".甲局.1A2B3C4D.XLSX",
        "__macosx/乙.xlsx",
        "~$甲局.XLSX",
        "._B.XLSX",
    ],
)
def test_leftovers_are_known_in_capitals_too(
    sent: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    """Other systems write such names otherwise; validate says them too."""
    (sent / name).parent.mkdir(exist_ok=True)
    (sent / name).write_bytes(b"\0\5\x16\7")
    assert consolidate(sent) == 0
    assert sum("临时文件" in line for line in capsys.readouterr().err.splitlines()) == 1
    with pytest.raises(SystemExit) as stopped:
        main(["validate", str(sent)])
    said = capsys.readouterr()
    assert stopped.value.code in (0, 1) and "读不出" not in said.out
    assert "临时文件" in said.err


@pytest.mark.parametrize("name", [".甲局.xlsx", ".甲局.2024年度报告.xlsx", "甲局.1a2b3c4d.xlsx"])
def test_a_hidden_spreadsheet_is_a_submission(sent: Path, name: str) -> None:
    (sent / name).write_bytes(b"PK")
    assert consolidate(sent) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a name is always Unicode")
def test_a_name_in_gbk_is_shown_as_it_was_meant(sent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("乙局\n坏.xlsx", "说明.txt"):
        Path(os.fsdecode(os.fsencode(sent) + b"/" + name.encode("gb18030"))).write_bytes(b"PK")
    assert consolidate(sent) == 1
    assert "乙局_坏.xlsx" in texts(sent, "报送情况")
    said = capsys.readouterr()
    assert "说明.txt" in said.out and "乙局_坏.xlsx" in said.out


def test_names_for_people() -> None:
    assert shown_path(Path("街道/甲\r\n局\x07.xlsx")) == "街道/甲__局_.xlsx"


def test_files_of_one_name_are_numbered() -> None:
    given = [Path("a/甲.xlsx"), Path("b/甲.xlsx"), Path("a/甲.xlsx"), Path("A/甲.xlsx")]
    assert [path.as_posix() for path in distinct(given)] == [
        "a/甲.xlsx",
        "b/甲.xlsx",
        "a/甲（2）.xlsx",
        "A/甲（3）.xlsx",
    ]


def test_two_files_of_one_name_get_two_slips(tmp_path: Path) -> None:
    for folder in ("A", "B"):
        path = tmp_path / folder / "x.xlsx"
        path.parent.mkdir()
        path.write_bytes(write_workbook(Report(load_form("2021"), unit=folder, year=2024, texts={})))
    with pytest.raises(SystemExit):
        main(["validate", *(str(tmp_path / f / "x.xlsx") for f in "AB"), "--report", str(tmp_path / "slips")])
    assert sorted(p.name for p in (tmp_path / "slips").iterdir()) == ["x_退回单.xlsx", "x_退回单（2）.xlsx"]
