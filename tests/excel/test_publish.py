"""生成报告 on an open workbook."""

from __future__ import annotations

from pathlib import Path

import docx

from gouji.excel.publish import publish
from support.blocks import zeros
from support.filled import write_workbook
from support.xlwings_fake.model import Workbook, XlBook


def test_the_report_lies_beside_the_workbook_and_overwrites_nothing(tmp_path: Path) -> None:
    book = Workbook(write_workbook(zeros()))
    book.Path = str(tmp_path)
    first, second = publish(XlBook(book)), publish(XlBook(book))
    files = sorted(p.name for p in tmp_path.iterdir())
    assert files == ["某市某局_2024_年度报告.docx", "某市某局_2024_年度报告（2）.docx"]
    assert files[0] in first.message and files[1] in second.message
    assert len(docx.Document(str(tmp_path / files[0])).tables) == 3
    assert all(not sheet.writes for sheet in book.Sheets)


def test_errors_left_are_marked_in_the_report(tmp_path: Path) -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    report.unit = "A/B:局"
    book = Workbook(write_workbook(report))
    book.Path = str(tmp_path)
    assert publish(XlBook(book)).state == "error"
    (file,) = tmp_path.iterdir()
    assert file.name.startswith("A_B_局")
    assert any("未改正" in p.text for p in docx.Document(str(file)).paragraphs)


def test_a_workbook_without_a_folder_is_refused() -> None:
    book = Workbook(write_workbook(zeros()))
    for path in ("", "https://example.com/docs"):
        book.Path = path
        assert publish(XlBook(book)).state == "refused"


def test_a_folder_that_takes_no_file_is_named_as_the_reason(tmp_path: Path) -> None:
    """As a share that is only read: this command, and not 校验, was not carried out."""
    book = Workbook(write_workbook(zeros()))
    (tmp_path / "文件").write_bytes(b"where the folder should be")
    book.Path = str(tmp_path / "文件")
    verdict = publish(XlBook(book))
    assert verdict.state == "refused" and verdict.message.startswith("报告没有生成")
    assert "文件夹" in verdict.message and "校验" not in verdict.message and "\n" not in verdict.message
