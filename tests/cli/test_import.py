"""``import``: published reports become filled workbooks or JSON, or it is said why not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from gouji.city.demo import published_text
from gouji.cli import main
from gouji.form import printed_grid
from gouji.report import Report, canonical, dumps, load, to_json
from gouji.workbook.reading.reader import read_workbook
from support import DATA

TEXTS = DATA / "published_text"


class Ran(NamedTuple):
    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> Ran:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stopped:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return Ran(stopped.value.code if isinstance(stopped.value.code, int) else 0, said.out, said.err)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with the published reports, and something else in it."""
    folder = tmp_path / "下载"
    shutil.copytree(TEXTS, folder)
    (folder / "太仓市.txt").write_bytes(published_text())
    (folder / "会议通知.txt").write_text("各科室：请于周五下午参加会议。\n", "utf-8")
    return folder


def test_one_file(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, data = tmp_path / "太仓市.xlsx", tmp_path / "太仓市.json"
    ran = run(capsys, "import", desk / "太仓市.txt", "-o", book)
    assert ran.code == 0 and str(book) in ran.out
    assert ran.out.splitlines()[-2].split() == ["太仓市.txt", "太仓市", "2019", "2019", "198", "0", "未校验"]
    assert run(capsys, "import", desk / "太仓市.txt", "-o", data).code == 0
    assert canonical(load(data)) == canonical(read_workbook(book).report)
    assert load(data).imported == read_workbook(book).report.imported
    assert load(data).read == read_workbook(book).report.read


def test_the_ending_decides_and_must_not_contradict(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = desk / "太仓市.txt"
    assert run(capsys, "import", text, "-o", tmp_path / "甲").code == 0
    assert run(capsys, "import", text, "--to", "json", "-o", tmp_path / "甲").code == 0
    assert (tmp_path / "甲.xlsx").exists() and (tmp_path / "甲.json").exists()
    for options in (["--to", "json", "-o", "乙.xlsx"], ["-o", "乙.docx"], ["-o", "乙.txt"]):
        ran = run(capsys, "import", text, *options[:-1], tmp_path / options[-1])
        assert ran.code == 2 and "扩展名" in ran.err
        assert not (tmp_path / options[-1]).exists()


def test_nothing_is_written_over(desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, text = tmp_path / "甲.xlsx", desk / "太仓市.txt"
    book.write_bytes(b"x")
    ran = run(capsys, "import", text, "-o", book)
    assert ran.code == 2 and "--force" in ran.err and book.read_bytes() == b"x"
    assert run(capsys, "import", text, "-o", book, "--force").code == 0
    before = text.read_bytes()
    assert run(capsys, "import", text, "-o", text, "--to", "json", "--force").code == 2
    assert text.read_bytes() == before


def test_a_folder_is_named_after_units_and_years(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each report once; what is about something else is passed over; what is broken stops nobody."""
    (desk / "坏.docx").write_bytes(b"PK\3\4 no zip")
    out = tmp_path / "导入"
    ran = run(capsys, "import", desk, "-o", out)
    assert ran.code == 2 and "坏.docx" in ran.err and "会议通知.txt" in ran.err
    names = {path.name for path in out.iterdir()}
    assert "太仓市_2019年度报告.xlsx" in names and "张家港市信访局_2020年度报告.xlsx" in names
    assert len(names) == 5
    heads = next(line for line in ran.out.splitlines() if line.startswith("文件 "))
    assert heads.split() == ["文件", "单位", "年度", "版式", "读出", "未读出", "问题"]
    assert "共 6 份：读出 5 份，生成 5 份" in ran.out


def test_two_files_of_one_name_do_not_meet(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(desk / "太仓市.txt", desk / "太仓市（副本）.txt")
    out = tmp_path / "导入"
    assert run(capsys, "import", desk / "太仓市.txt", desk / "太仓市（副本）.txt", "-o", out).code == 0
    assert {path.name for path in out.iterdir()} == {
        "太仓市_2019年度报告.xlsx",
        "太仓市_2019年度报告（2）.xlsx",
    }
    ran = run(capsys, "import", desk, "-o", tmp_path / "全部.xlsx")
    assert ran.code == 2 and "文件夹" in ran.err and not (tmp_path / "全部.xlsx").exists()
    ran = run(capsys, "import", desk / "太仓市.txt", desk / "seed-0.txt", "-o", out)
    assert ran.code == 2 and "--force" in ran.err
    assert "张家港市信访局_2020年度报告.xlsx" in {path.name for path in out.iterdir()}, (
        "the other was written"
    )


def test_what_can_not_be_read_is_left_blank_and_said(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (desk / "太仓市.txt").read_text("utf-8")
    assert text.count("规范性文件\t20\t17\t376") == 1
    (desk / "太仓市.txt").write_text(
        text.replace("规范性文件\t20\t17\t376", "规范性文件\t20（其中修订3）\t17\t376"), "utf-8"
    )
    book = tmp_path / "甲.xlsx"
    ran = run(capsys, "import", desk / "太仓市.txt", "-o", book)
    assert ran.code == 1
    assert "没有读出" in ran.out and "20（其中修订3）" in ran.out and "对照原文" in ran.out
    report = read_workbook(book).report
    assert report.is_blank("t2.documents.newly_made")
    assert list(report.unread) == ["t2.documents.newly_made"]
    checked = run(capsys, "validate", book)
    assert checked.code == 1 and "20（其中修订3）" in checked.out


def test_check_validates_in_the_same_step(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (desk / "太仓市.txt").read_text("utf-8")
    wrong = text.replace("(一) 予以公开\t130\t9", "(一) 予以公开\t103\t9")
    assert wrong != text
    (desk / "太仓市.txt").write_text(wrong, "utf-8")
    plain = run(capsys, "import", desk / "太仓市.txt", "-o", tmp_path / "甲.xlsx")
    assert plain.code == 0, "every cell was read as it is printed"
    checked = run(capsys, "import", desk / "太仓市.txt", "--check", "-o", tmp_path / "乙.xlsx")
    assert checked.code == 1
    assert "103" in checked.out and "应为 130" in checked.out
    assert checked.out.splitlines()[-2].endswith("错误 1，需说明 0")


def page_of(report: Report) -> str:
    """A report as a page: its tables as the form prints them, between what a site has around them."""
    tables = []
    for key, table in report.form.tables.items():
        rows: dict[int, list[str]] = {}
        for box in sorted(printed_grid(table).boxes, key=lambda box: (box.row, box.column)):
            held = report.form.by_id[box.cell].kind.show(report.value(box.cell)) if box.cell else box.text
            spans = f"rowspan={box.height} colspan={box.width}"
            rows.setdefault(box.row, []).append(f"<td {spans}>{held}</td>")
        body = "".join(f"<tr>{''.join(cells)}</tr>" for _, cells in sorted(rows.items()))
        tables.append(f"<h2>{report.form.tables[key].section.title}</h2><table>{body}</table>")
    first, *rest = report.form.sections
    head = f"<h1>{report.unit}{report.year}年政府信息公开工作年度报告</h1>"
    return (
        f"<html><head><title>{report.unit}</title></head><body><ul><li>首页<li>政务公开</ul>{head}"
        f"<h2>{first.title}</h2><p>本年平稳。</p>{''.join(tables)}"
        + "".join(f"<h2>{section.title}</h2><p>没有。</p>" for section in rest if not section.table)
        + "</body></html>"
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_last_years_page_needs_no_other_step(
    charset: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page saved from a browser, as --prior of a template and of a check: 上年数 comes from it."""
    last, this = (load(DATA / "published" / f"pt-htp-{year}.json") for year in (2024, 2025))
    page, book, filled = tmp_path / "去年.html", tmp_path / "今年.xlsx", tmp_path / "今年.json"
    page.write_bytes(page_of(last).encode(charset))
    ran = run(capsys, "template", "--year", 2025, "--unit", last.unit, "--prior", page, "-o", book)
    assert ran.code == 0, ran.err
    prior = read_workbook(book).prior
    assert prior is not None and prior.values
    assert prior.values == {cell: last.value(cell) for cell in prior.values}
    filled.write_text(dumps(to_json(this)), "utf-8")
    by_page = run(capsys, "validate", filled, "--json", "--prior", page)
    as_data = run(capsys, "validate", filled, "--json", "--prior", DATA / "published" / "pt-htp-2024.json")
    assert json.loads(by_page.out) == json.loads(as_data.out)
    other = run(capsys, "template", "--year", 2023, "--unit", last.unit, "--prior", page, "-o", "x.xlsx")
    assert other.code == 2 and "2024" in other.err


def test_what_is_missing_of_last_years_text_is_said(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The carry-over keeps silent on it, so the command does not."""
    last = desk / "太仓市.txt"
    text = last.read_text("utf-8")
    changed = text.replace("四、结转下年度继续办理\t\t0", "四、结转下年度继续办理\t\t0（另2件）")
    last.write_text(changed if changed != text else "", "utf-8")
    book = tmp_path / "今年.xlsx"
    ran = run(capsys, "template", "--year", 2020, "--unit", "太仓市", "--prior", last, "-o", book)
    assert ran.code == 0 and "1 格没有读出" in ran.err
    prior = read_workbook(book).prior
    assert prior is not None and prior.is_blank("t3.carried_out.natural")
    for arguments in (["validate", book], ["seal", book, "-o", tmp_path / "x.xlsx"]):
        assert "1 格没有读出" in run(capsys, *arguments, "--prior", last).err


def test_a_report_without_a_name_is_named_after_its_file(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (desk / "seed-0.txt").read_text("utf-8").replace("张家港市信访局 2020 年", "")
    (desk / "无名.txt").write_text(text, "utf-8")
    ran = run(
        capsys, "import", desk / "无名.txt", desk / "seed-1.txt", "--to", "json", "-o", tmp_path / "out"
    )
    assert ran.code == 0, ran.out + ran.err
    assert (tmp_path / "out" / "无名.json").exists()
    assert "未写明" in ran.out


def test_a_workbook_is_no_published_text(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = tmp_path / "甲.xlsx"
    assert run(capsys, "import", desk / "太仓市.txt", "-o", book).code == 0
    ran = run(capsys, "import", book, "-o", tmp_path / "乙.xlsx")
    assert ran.code == 2 and "不是已公布的文本" in ran.err and not (tmp_path / "乙.xlsx").exists()


def test_help_and_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "import", tmp_path / "没有.txt", "-o", tmp_path / "x.xlsx").code == 2
    empty = run(capsys, "import", tmp_path, "-o", tmp_path / "out")
    assert empty.code == 2 and "没有可导入的年报" in empty.err


def test_a_document_that_can_not_be_read_is_named_in_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A PDF beside readable reports is a report that was not imported: its reason, and exit code 2."""
    folder = tmp_path / "下载"
    folder.mkdir()
    (folder / "太仓市.txt").write_bytes(published_text())
    (folder / "乙.pdf").write_bytes(b"%PDF-1.7\n")
    ran = run(capsys, "import", folder, "-o", tmp_path / "结果")
    assert ran.code == 2 and "乙.pdf" in ran.err and "PDF" in ran.err
    assert len(list((tmp_path / "结果").iterdir())) == 1
    checked = run(capsys, "validate", folder)
    assert "乙.pdf" in checked.err and "不是报告" not in checked.err


def test_a_picture_is_no_workbook_with_a_password(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scan = tmp_path / "扫描.png"
    scan.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    ran = run(capsys, "import", scan, "-o", tmp_path / "甲.xlsx")
    assert ran.code == 2 and "图片" in ran.err and "加密" not in ran.err
