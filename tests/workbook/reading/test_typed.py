"""Typed cells whose format shows another thing than is stored, and money with the noise of a sum."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

import pytest

from gouji.cli import main
from gouji.examine import examine, judge
from gouji.report import Unplaced, from_json, to_json
from gouji.rules import Context, Finding, catalogue
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import Reading, read_workbook
from support.at_once import brothers
from support.filled import write_workbook
from support.formatted import Formats, formatted
from support.office import Office
from support.packages import pack, unpack
from support.triples import ONE_REQUEST, zeros

pytestmark = pytest.mark.slow

MADE, FEE, NEW = "t2.rules.made", "t2.fees.amount", "t3.new.natural"
PERIOD = ("2024-01-01", "2024-12-31")
DAY = datetime.date(2024, 3, 4)


def read(cells: Formats) -> Reading:
    return read_workbook(formatted(zeros(period=PERIOD), cells))


def said(reading: Reading) -> list[tuple[str, str]]:
    return [(f.level, f.rule) for f in judge(reading)]


def the(reading: Reading, rule: str = "cell-format") -> Finding:
    (found,) = (f for f in judge(reading) if f.rule == rule)
    assert "{" not in found.message + found.remedy
    return found


@pytest.mark.parametrize(
    ("content", "code", "shown"),
    [
        (DAY, 'm"月"d"日"', "日期“3月4日”"),
        (DAY, "mm-dd-yy", "日期“2024/3/4”"),  # built in, 14
        (DAY, "[$-804]yyyy年m月d日", "日期“2024年3月4日”"),
        (datetime.datetime(2024, 3, 4, 12, 30), "yyyy/m/d h:mm", "日期“2024/3/4 12:30”"),
        (12, "yyyy-mm-dd", "日期“1900-01-12”"),
        (datetime.time(12, 30), "h:mm", "时间“12:30”"),
        (2, "[h]:mm", "时间“48:00”"),
    ],
)
def test_a_date_is_no_count(content: Any, code: str, shown: str) -> None:
    reading = read({MADE: (content, code)})
    finding = the(reading)
    assert said(reading) == [("error", "cell-format")]
    address = "!".join(layout_of(reading.report.form).locate(MADE))
    stored = kept_number(reading)
    assert all(text in finding.message for text in (shown, f"存储的是 {stored}，", address))
    assert finding.cells == (MADE,) and MADE not in reading.report.values


def kept_number(reading: Reading) -> str:
    """What was stored, from what is kept of the cell."""
    (kept,) = reading.report.unplaced
    assert kept.place == reading.report.form.by_id[MADE].place
    return kept.text.partition("（")[0]


@pytest.mark.parametrize("cell", brothers([MADE, FEE, NEW], first=2))
@pytest.mark.parametrize(
    ("content", "code", "shown"),
    [
        (5, "0%", "显示为“500%”"),
        (12000, "0,", "显示为“12”"),
        (12000, "0!.0,", "显示为“1.2”"),
        (12, ";;;", "显示为空白"),
        (0, "0;-0;;@", "显示为空白"),
        (0, "yyyy-mm-dd", "显示为“1900-01-00”"),
    ],
)
def test_another_number_is_read_as_stored_and_said(cell: str, content: int, code: str, shown: str) -> None:
    reading = read({cell: (content, code)})
    finding = the(reading)
    assert finding.level == "warning" and shown in finding.message
    assert f"存储的是 {content}，已按 {content} 读取" in finding.message
    assert reading.report.values[cell] == content * (1_000_000 if cell == FEE else 1)
    assert reading.report.unplaced == []


def test_a_number_in_a_cell_of_text_is_a_hint() -> None:
    reading = read({MADE: (0, "@")})
    assert said(reading) == [("hint", "cell-format")] and the(reading).cells == (MADE,)


def test_a_hidden_text_is_said_and_a_text_in_a_date_is_not() -> None:
    assert the(read({MADE: ("/", ";;;")})).level == "warning"
    assert said(read({MADE: ("/", "m/d")})) == []


@pytest.mark.parametrize(
    "code", ["General", "0", "#,##0", "0.00", "0_ ", '0"日"', '0"d"', "[Red]0", "0.00E+00", 'General" 注1"']
)
def test_formats_that_show_the_number_are_silent(code: str) -> None:
    assert said(read({MADE: (0, code), FEE: (0, code)})) == []


@pytest.mark.parametrize(
    ("content", "code", "text"),
    [
        (1.5, "0", "1.5（显示为 2）"),
        (0.05, "0%", "0.05（显示为 5%）"),
        (1.5, "General", "1.5"),
        (True, "0", "TRUE"),
    ],
)
def test_what_is_no_count_is_said_with_both(content: Any, code: str, text: str) -> None:
    reading = read({MADE: (content, code)})
    assert reading.report.unplaced == [Unplaced(reading.report.form.by_id[MADE].place, text)]
    assert said(reading) == [("error", "cell-number")] and text in the(reading, "cell-number").message


def test_the_equations_still_say_the_right_number() -> None:
    """One finding on the cell: what it shows, what it stores, and what it should hold."""
    reading = read_workbook(formatted(zeros(cells=ONE_REQUEST, period=PERIOD), {NEW: (DAY, "m/d")}))
    finding = the(reading)
    assert said(reading) == [("error", "cell-format")]
    assert "应填 1" in finding.message
    assert [(s.cell, s.suggested, s.certain) for s in finding.suspects] == [(NEW, 1, True)]
    assert [f.rule for f in finding.folded] == ["cell-number"]


def test_a_date_travels_as_what_is_no_number() -> None:
    """As JSON, and written into a workbook again, it is still an error that says both."""
    report = read({MADE: (DAY, "m/d")}).report
    for again in (from_json(to_json(report)), read_workbook(write_workbook(report)).report):
        assert again.unplaced == report.unplaced
        assert "3/4" in report.unplaced[0].text and "45355" in report.unplaced[0].text
    assert [f.rule for f in judge(Reading(from_json(to_json(report)), None, []))] == ["cell-number"]


def test_switched_off_the_number_is_still_none(tmp_path: Path) -> None:
    settings = tmp_path / "设置.toml"
    settings.write_text("[cell-format]\noff = true\n", "utf-8")
    file = tmp_path / "a.xlsx"
    file.write_bytes(formatted(zeros(period=PERIOD), {MADE: (DAY, "m/d")}))
    found = examine(file, Context(catalogue=catalogue().with_settings(settings)))
    assert [f.rule for f in found.findings if f.level == "error"] == ["cell-number"]


# ---------------------------------------------------------------- 封面


def test_last_years_numbers() -> None:
    prior = zeros(year=2023)
    carried = "prior:t3.carried_out.natural"
    cells = {carried: (DAY, "m/d"), "prior:t3.carried_out.business": (5, "0%")}
    reading = read_workbook(formatted(zeros(period=PERIOD), cells, prior))
    first, second = (f for f in reading.findings if f.rule == "cell-format")
    assert {first.level, second.level} == {"warning"}
    assert "上年数" in first.message and "3/4" in first.message and "45355" in first.message
    assert "500%" in second.message
    assert reading.prior is not None
    assert reading.prior.value("t3.carried_out.natural") is None
    assert reading.prior.value("t3.carried_out.business") == 5


def test_the_year_in_a_date_format() -> None:
    reading = read({"year": (2024, "yyyy-mm-dd")})
    assert reading.report.year == 2024
    assert the(reading).level == "warning" and "1905-07-16" in the(reading).message
    reading = read({"year": (DAY, "yyyy-mm-dd")})
    assert reading.report.year == 0
    assert [u.text for u in reading.report.unplaced] == ["45355（显示为日期 2024-03-04）"]


def test_a_real_date_is_a_period() -> None:
    reading = read(
        {"period_from": (datetime.date(2024, 1, 1), "yyyy-mm-dd"), "period_to": (45657, "General")}
    )
    assert reading.report.period == PERIOD and said(reading) == []


def test_a_period_counted_from_1904() -> None:
    cells = {"period_from": (43831 - 1462, "m/d/yy"), MADE: (45355 - 1462, "m/d")}
    made = unpack(formatted(zeros(period=PERIOD), cells))
    part = made["xl/workbook.xml"]
    made["xl/workbook.xml"] = part.replace(b"<workbookPr", b'<workbookPr date1904="1"', 1)
    reading = read_workbook(pack(made))
    assert reading.report.period == ("2020-01-01", "2024-12-31")
    assert "3/4" in the(reading).message


# ---------------------------------------------------------------- money, the file as a whole


def test_the_noise_of_a_sum_is_said_once() -> None:
    made = unpack(write_workbook(zeros(cells={FEE: 770_077}, period=PERIOD)))
    sheet = "xl/worksheets/sheet3.xml"
    assert made[sheet].count(b"<v>0.770077</v>") == 2, "the cell and its figure"
    made[sheet] = made[sheet].replace(b"<v>0.770077</v>", b"<v>0.30000000000000004</v>")
    reading = read_workbook(pack(made))
    assert reading.report.values[FEE] == 300_000
    finding = the(reading, "cell-normalised")
    assert finding.level == "hint"
    assert "存储的是 0.30000000000000004，按显示的 0.3 读取" in finding.message and "0.3" in finding.remedy


def test_money_that_is_no_noise_says_what_is_stored() -> None:
    reading = read({FEE: (0.1234567, "0.00")})
    assert "0.1234567（显示为 0.12）" in the(reading, "cell-money").message


def test_formats_that_can_not_be_read_are_a_hint() -> None:
    made = unpack(write_workbook(zeros(period=PERIOD)))
    made["xl/styles.xml"] = b"<styleSheet"
    assert said(read_workbook(pack(made))) == [("hint", "cell-format")]


# ---------------------------------------------------------------- the command line, LibreOffice


def test_a_city_leaves_the_unit_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """f01: neither counted nor silent, also where files with errors are let in."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.xlsx").write_bytes(formatted(zeros(period=PERIOD), {MADE: (DAY, 'm"月"d"日"')}))
    (folder / "b.xlsx").write_bytes(write_workbook(zeros(unit="乙局", cells={MADE: 3}, period=PERIOD)))
    roster = tmp_path / "r.csv"
    roster.write_text("单位名称,代码,类别\n甲局,,\n乙局,,\n", "utf-8-sig")
    assert run("validate", folder / "a.xlsx") == 1
    assert "3月4日" in capsys.readouterr().out
    given = ("consolidate", folder, "--roster", roster, "--name", "某市", "--year", "2024")
    assert run(*given, "-o", tmp_path / "out") == 1
    assert "甲局" in capsys.readouterr().out
    for name, options in (("out", ()), ("all", ("--include-invalid",))):
        if options:
            run(*given, "-o", tmp_path / name, *options)
        result = next((tmp_path / name).glob("*汇总.xlsx"))
        assert read_workbook(result).report.values[MADE] == 3


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(a) for a in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def keyed(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """What LibreOffice makes of texts typed into the template, saved by it."""
    folder = tmp_path_factory.mktemp("keyed")
    path = folder / "a.xlsx"
    report = zeros(period=PERIOD)
    path.write_bytes(write_workbook(report))
    with office.open(path) as book:
        for cell, text in KEYED.items():
            sheet, address = layout_of(report.form).locate(cell)
            book.type(sheet, {address: text})
        return read_workbook(book.save(folder / "b.xlsx"))


KEYED = {
    MADE: "3/4",
    "t2.rules.repealed": "2024-3-4",
    "t2.rules.in_force": "12:30",
    "t2.documents.made": "5%",
    "t2.documents.repealed": "12注1",
    "t2.documents.in_force": "/",
    FEE: "5.5",
}


def test_a_date_typed_in_libreoffice_is_an_error(keyed: Reading) -> None:
    """Typed cells are General, so the format tells; see writer/styles.py."""
    found = {f.cells[0]: f for f in judge(keyed) if f.level == "error" and len(f.cells) == 1}
    assert {c: found[c].rule for c in found} == {
        MADE: "cell-format",
        "t2.rules.repealed": "cell-format",
        "t2.rules.in_force": "cell-format",
        "t2.documents.made": "cell-number",
        "t2.documents.repealed": "cell-number",  # the sheet can not add what bears a mark
    }
    assert (
        "2024-03-04" in found["t2.rules.repealed"].message and "45355" in found["t2.rules.repealed"].message
    )
    assert "（显示为 5.00%）" in found["t2.documents.made"].message
    assert keyed.report.values["t2.documents.repealed"] == 12 and keyed.report.marks
    assert keyed.report.values["t2.documents.in_force"] == "/"
    assert keyed.report.values[FEE] == 5_500_000


def test_json_names_the_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(formatted(zeros(period=PERIOD), {MADE: (DAY, "m/d")}))
    assert run("validate", "--json", file) == 1
    (finding,) = json.loads(capsys.readouterr().out)[0]["findings"]
    assert (finding["rule"], finding["level"]) == ("cell-format", "error")
