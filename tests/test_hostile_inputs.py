"""What an attack on an earlier release found, each input made small: refused or read right, with a sentence
that tells a clerk what to do, and nothing of it reaches another unit."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.comments import Comment

import gouji
from gouji.examine import Examined
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import address, layout_of
from gouji.workbook.writer import write_workbook
from support import DATA
from support.bounded import within
from support.command import Run, runner
from support.loaded import loaded
from support.packages import MB, pack, unpack

pytestmark = pytest.mark.slow

FORM = load_form("2019")
LAYOUT = layout_of(FORM)
FIRST = FORM.cells[0].id
YEAR = 2019
#: With one character beyond the first plane a text takes four bytes for each of its characters.
RUN = ("a" * 8000 + "\U0001f600").encode()
ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202a-\u202e\u2066-\u2069]")

#: Expected once the reading is bounded in every direction and says what it does not read; taken out then.


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(capsys)


def zero(unit: str = "甲局", **values: int) -> Report:
    """A report of zeros, with texts, in which all holds."""
    report = Report(FORM, unit=unit, year=YEAR, period=(f"{YEAR}-01-01", f"{YEAR}-12-31"))
    report.values = dict.fromkeys(FORM.by_id, 0) | values
    report.texts = {
        s.number: f"{unit}情况说明，本年度各项工作正常开展。" for s in FORM.sections if not s.table
    }
    return report


def edited(change: Callable[[openpyxl.Workbook], None], report: Report | None = None) -> bytes:
    """A book as a person's program changes it."""
    book = loaded(write_workbook(report or zero()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cut(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A book with one part changed."""
    parts = unpack(data)
    new = change(parts[part])
    assert new != parts[part]
    return pack({**parts, part: new})


def said(examined: Examined, rule: str) -> str:
    """What a rule says of a file, with what to do: a sentence a clerk can act upon."""
    found = [one for one in examined.findings if one.rule == rule]
    assert found, sorted({one.rule for one in examined.findings})
    text = f"{found[0].message}{found[0].remedy}"
    assert re.search("请|不用|不必", text) and text.isprintable(), text
    return text


# ------------------------------------------------------------ what a cell shows and what it stores


@pytest.mark.parametrize(
    ("value", "code", "level", "shown"),
    [
        (datetime.date(2024, 3, 4), 'm"月"d"日"', "error", "3月4日"),
        (12000, "0,", "warning", "12"),
        (5, "0%", "warning", "500%"),
        (12, ";;;", "warning", ""),
        (12000, "0!.0,", "warning", "1.2"),
    ],
)
def test_a_number_that_shows_as_another(value: object, code: str, level: str, shown: str) -> None:
    place = LAYOUT.sheet_of(FORM.by_id[FIRST])

    def change(book: openpyxl.Workbook) -> None:
        cell = book[place.name][address(*place.cells[FIRST])]
        cell.value, cell.number_format = value, code

    examined = gouji.validate(edited(change))
    assert shown in said(examined, "cell-format")
    assert next(one for one in examined.findings if one.rule == "cell-format").level == level
    assert examined.report is not None
    assert examined.report.value(FIRST) == (None if level == "error" else value)


def test_days_counted_from_1904() -> None:
    at = address(*LAYOUT.cover.fields["period_from"]).encode()
    data = cut(
        write_workbook(replace(zero(), period=None)),
        "xl/workbook.xml",
        lambda xml: xml.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1),
    )
    data = cut(
        data,
        "xl/worksheets/sheet1.xml",
        lambda xml: re.sub(rb'<c r="%s"([^>]*?)/>' % at, rb'<c r="%s"\1><v>42004</v></c>' % at, xml),
    )
    report = gouji.validate(data).report
    assert report is not None and report.period == ("2019-01-01", "")


# ------------------------------------------------------------ what stands beside the form


def test_a_comment_is_said() -> None:
    def change(book: openpyxl.Workbook) -> None:
        book["三"]["D12"].comment = Comment("此数含去年结转3件", "填报人")

    assert "此数含去年结转3件" in said(gouji.validate(edited(change)), "remark-beside")


def test_last_year_on_an_earlier_cover_that_moved() -> None:
    """A row inserted above it: no number of last year is read, and none accuses a cell."""
    path = DATA / "archive" / "0.1.0" / "有错误并有上年数.xlsx"
    book = openpyxl.load_workbook(path)
    book["封面"].insert_rows(14)
    out = io.BytesIO()
    book.save(out)
    assert gouji.validate(path).reading.prior is not None  # type: ignore[union-attr]
    examined = gouji.validate(out.getvalue())
    assert examined.reading is not None and examined.reading.prior is None
    said(examined, "prior-number")
    assert not {one.rule for one in examined.findings} & {"carry-over", "stock"}


@pytest.mark.parametrize("count", [5_000, 20_000])
def test_a_file_with_numbers_all_over_says_it_briefly(count: int) -> None:
    chance = Random(1)
    row = '<row r="{0}"><c r="AA{0}"><v>{1}</v></c><c r="AB{0}"><v>{2}</v></c></row>'
    numbers = ((n, chance.getrandbits(49), chance.getrandbits(49)) for n in range(60, 60 + count))
    rows = "".join(row.format(*one) for one in numbers).encode()
    data = cut(
        write_workbook(zero()),
        "xl/worksheets/sheet4.xml",
        lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>"),
    )
    examined = gouji.validate(data)
    assert len(examined.findings) < 200
    said(examined, "unreadable" if examined.refused else "content-unplaced")


# ------------------------------------------------------------ memory


def _between(fill: bytes) -> bytes:
    return fill


def _in_cell(fill: bytes) -> bytes:
    return b'<row r="900"><c r="A900" t="str"><v>' + fill + b"</v></c></row>"


@pytest.mark.parametrize("wrap", [_between, _in_cell])
def test_a_text_that_would_take_the_memory(wrap: Callable[[bytes], bytes]) -> None:
    fill = wrap(RUN * (40 * MB // len(RUN)))
    data = cut(
        write_workbook(zero()),
        "xl/worksheets/sheet4.xml",
        lambda xml: xml.replace(b"</sheetData>", fill + b"</sheetData>"),
    )
    assert len(data) < MB
    _refused_soon(data)


@pytest.mark.parametrize("run_", [RUN, b"_x0041_" + RUN])
def test_strings_that_would_take_the_memory(run_: bytes) -> None:
    fill = b"<si><t>" + run_ * (40 * MB // len(run_)) + b"</t></si></sst>"
    data = cut(write_workbook(zero()), "xl/sharedStrings.xml", lambda xml: xml.replace(b"</sst>", fill))
    _refused_soon(data)


def _refused_soon(source: bytes | Path) -> None:
    examined = within(100, lambda: gouji.validate(source))
    assert examined.refused
    said(examined, "unreadable")


def test_a_report_as_json_without_an_end(tmp_path: Path) -> None:
    path = tmp_path / "大.json"
    with path.open("wb") as file:
        file.write(b'{"unit": "')
        file.truncate(700 * MB)
    _refused_soon(path)


# ------------------------------------------------------------ terminal


@pytest.mark.parametrize("unit", ["甲局\x1b]0;pwned\x07\x1b[2J\x1b[8m", "甲局\u202e丙\u2066"])
def test_nothing_of_a_file_commands_the_terminal(unit: str, run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(write_workbook(zero(unit)))
    ran = run("validate", path)
    assert "甲局" in ran.out
    assert not ESCAPE.search(ran.out + ran.err)


def test_nothing_of_a_cell_commands_the_terminal(run: Run, tmp_path: Path) -> None:
    place = LAYOUT.sheet_of(FORM.by_id[FIRST])

    def change(book: openpyxl.Workbook) -> None:
        book[place.name][address(*place.cells[FIRST])].value = "_x001B_[2J12"

    path = tmp_path / "a.xlsx"
    path.write_bytes(edited(change))
    ran = run("validate", path)
    assert ran.code == 1 and not ESCAPE.search(ran.out + ran.err)


# ------------------------------------------------------------ a folder


def consolidate(
    run: Run, folder: Path, name: str, units: tuple[str, ...], output: Path, *more: object
) -> int:
    """The command over a folder with such a roster."""
    roster = folder.parent / "名单.csv"
    roster.write_text("\n".join(["单位名称", *units, ""]), "utf-8-sig")
    ran = run("consolidate", folder, "--roster", roster, "--name", name, "--year", YEAR, "-o", output, *more)
    assert "Traceback" not in ran.err
    return ran.code


def total(output: Path) -> int | str | None:
    (book,) = [one for one in output.glob("*_汇总.xlsx") if not one.name.startswith(("~", "."))]
    return gouji.read(book).value(FIRST)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "报送"
    made.mkdir()
    return made


def test_notes_of_many_units_on_one_cell(run: Run, folder: Path) -> None:
    units = tuple(f"测试{number:02}局" for number in range(13))
    for unit in units:
        report = replace(zero(unit), notes={"注1": "本单位情况说明。" * 325}, marks={FIRST: "注1"})
        (folder / f"{unit}.xlsx").write_bytes(write_workbook(report))
    assert consolidate(run, folder, "某市", units, folder.parent / "结果") < 2
    assert total(folder.parent / "结果") == 0


def test_one_note_that_is_too_long_costs_its_own_file(run: Run, folder: Path) -> None:
    """A stranger's file with a note of 40,000 characters; the other unit is summed."""
    report = replace(zero(), notes={"注1": "XNOTEX"}, marks={FIRST: "注1"})
    long = cut(
        write_workbook(report),
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"XNOTEX", "长".encode() * 40_000),
    )
    (folder / "甲.xlsx").write_bytes(long)
    (folder / "乙.xlsx").write_bytes(write_workbook(zero("乙局", **{FIRST: 7})))
    assert consolidate(run, folder, "某市", ("甲局", "乙局"), folder.parent / "结果") == 1
    assert total(folder.parent / "结果") == 7


def test_the_citys_own_result_is_no_submission(run: Run, folder: Path) -> None:
    """The result of an earlier run lies in the folder, and its name is on the roster."""
    for unit, number in (("甲局", 5), ("乙局", 7)):
        (folder / f"{unit}.xlsx").write_bytes(write_workbook(zero(unit, **{FIRST: number})))
    units = ("甲局", "乙局", "某区人民政府")
    consolidate(run, folder, "某区人民政府", units, folder / "第一次")
    consolidate(run, folder, "某区人民政府", units, folder / "第二次")
    assert total(folder / "第二次") == 12


def test_an_input_with_the_name_of_the_output_is_kept(run: Run, folder: Path) -> None:
    path = folder / "某市_2019_汇总.xlsx"
    path.write_bytes(write_workbook(zero()))
    before = path.read_bytes()
    consolidate(run, folder, "某市", ("甲局",), folder, "--force")
    assert path.read_bytes() == before


def test_what_systems_leave_in_folders_is_no_submission(run: Run, folder: Path) -> None:
    (folder / "甲.xlsx").write_bytes(write_workbook(zero()))
    (folder / "._甲.xlsx").write_bytes(b"\0\5\x16\7" + b"\0" * 200)
    (folder / ".甲.1a2b3c4d.xlsx").write_bytes(write_workbook(zero())[:3000])
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._甲.xlsx").write_bytes(b"\0\5\x16\7" + b"\0" * 200)
    assert consolidate(run, folder, "某市", ("甲局",), folder.parent / "结果") == 0
    assert total(folder.parent / "结果") == 0


def test_a_roster_whose_name_is_a_formula_without_a_value(run: Run, folder: Path) -> None:
    book = openpyxl.Workbook()
    for line in (["单位名称", "代码", "类别"], ['="甲"&"局"', "", ""], ["乙局", "", ""]):
        book.active.append(line)  # type: ignore[union-attr]
    roster = folder.parent / "名单.xlsx"
    book.save(roster)
    (folder / "乙.xlsx").write_bytes(write_workbook(zero("乙局")))
    ran = run(
        "consolidate",
        folder,
        "--roster",
        roster,
        "--name",
        "某市",
        "--year",
        YEAR,
        "-o",
        folder.parent / "出",
    )
    assert ran.code == 2 and "A2 是公式" in ran.err and "请" in ran.err
