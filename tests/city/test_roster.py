"""The roster: every way in which offices keep it, and a clear word for every way in which it is wrong."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from gouji.city.intake.names import plain_name, similar
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.roster_lines import RosterError, read_roster
from support.csv_files import roster_csv

PLAIN = "单位名称,代码,类别\n某市财政局,007,政府工作部门\n某市教育局,,直属机构\n"


def write(folder: Path, text: str, encoding: str = "utf-8", name: str = "名单.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def workbook(
    folder: Path, rows: list[list[object]], *, sheet: str = "名单", first: str | None = None
) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    if first:
        page.title = first
        page["A1"] = "填表说明"
        page = book.create_sheet(sheet)
    else:
        page.title = sheet
    for row in rows:
        page.append(row)
    path = folder / "名单.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_encodings(tmp_path: Path, encoding: str) -> None:
    roster = read_roster(write(tmp_path, PLAIN, encoding))
    assert roster.units == (
        RosterUnit("某市财政局", "007", "政府工作部门", None, 2),
        RosterUnit("某市教育局", "", "直属机构", None, 3),
    )
    assert roster.kinds() == ("政府工作部门", "直属机构")


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_csv_delimiters(tmp_path: Path, delimiter: str) -> None:
    roster = read_roster(write(tmp_path, PLAIN.replace(",", delimiter)))
    assert [u.code for u in roster.units] == ["007", ""]


def test_columns_are_found_by_name_below_a_title(tmp_path: Path) -> None:
    heads = "2024年应报单位名单,,,\n\n规章制定权, 类 别 ,单位名称,代码\n"
    text = heads + "否,部门,某市财政局,\n是,政府,某市人民政府,01\n"
    roster = read_roster(write(tmp_path, text))
    assert [(u.name, u.kind, u.rule_making, u.line) for u in roster.units] == [
        ("某市财政局", "部门", False, 4),
        ("某市人民政府", "政府", True, 5),
    ]


def test_quoted_fields_and_line_numbers(tmp_path: Path) -> None:
    roster = read_roster(write(tmp_path, '单位名称,类别\n"某市局\n（分局）","甲,乙"\n另一局,丙\n'))
    assert [(u.name, u.kind, u.line) for u in roster.units] == [
        ("某市局\n（分局）", "甲,乙", 3),
        ("另一局", "丙", 4),
    ]


def test_workbook_cells(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["应报单位名单"],
        ["类别", "代码", "单位名称"],
        ["部门", "007", "某市财政局"],
        [],
        ["部门", 1008, "某市教育局"],
        [None, None, " 某市公安局 "],
    ]
    roster = read_roster(workbook(tmp_path, rows, first="说明"))
    assert [(u.name, u.code, u.kind, u.line) for u in roster.units] == [
        ("某市财政局", "007", "部门", 3),
        ("某市教育局", "1008", "部门", 5),
        ("某市公安局", "", "", 6),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("名称,代码\n某市财政局,1\n", "没有“单位名称”列"),
        ("", "没有“单位名称”列"),
        ("单位名称,代码\n", "一个单位也没有"),
        ("单位名称,代码,代码\n甲,1,2\n", "有两列都是“代码”"),
        ("单位名称,代码\n甲,1\n,2\n", "第 3 行没有单位名称"),
        ("单位名称\n某局（本级）\n乙\n某局 (本级)\n", "第 4 行的“某局 (本级)”与第 2 行是同一单位"),
        ("单位名称,代码\n甲,01\n乙,01\n", "第 3 行的代码“01”与第 2 行（甲）相同"),
        ("单位名称,规章制定权\n甲,也许\n", "第 2 行“规章制定权”填的是“也许”"),
        ("单位名称,代码\n甲,1,多出来\n", "第 2 行有内容写在没有列名的列里（“多出来”）"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(RosterError) as caught:
        read_roster(write(tmp_path, text))
    assert said in str(caught.value)
    assert "名单.csv" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_files_that_are_no_roster(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="找不到"):
        read_roster(tmp_path / "没有.csv")
    with pytest.raises(RosterError, match="找不到"):
        read_roster(tmp_path / "没有.xlsx")
    with pytest.raises(RosterError, match=r"应为 \.xlsx 或 \.csv"):
        read_roster(write(tmp_path, PLAIN, name="名单.doc"))
    with pytest.raises(RosterError, match="编码认不出"):
        read_roster(write(tmp_path, PLAIN, "utf-16"))
    with pytest.raises(RosterError, match="这是文本文件"):
        read_roster(write(tmp_path, PLAIN, name="名单.xlsx"))


@pytest.mark.parametrize("code", [1.5, 91320585000000000, True])
def test_codes_that_a_spreadsheet_has_spoilt(tmp_path: Path, code: object) -> None:
    with pytest.raises(RosterError, match="单元格 B2 不是文字或整数"):
        read_roster(workbook(tmp_path, [["单位名称", "代码"], ["甲", code]]))


def test_to_csv_reads_back_the_same(tmp_path: Path) -> None:
    units = (RosterUnit("甲,乙", "007", "部门", True, 2), RosterUnit("丙", "", "", None, 3))
    path = tmp_path / "名单.csv"
    path.write_bytes(roster_csv(Roster(units)))
    assert read_roster(path).units == units
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")


def test_names() -> None:
    assert plain_name("某局〔本级〕\u200b") == plain_name("某局（本级） ") == plain_name("某局(本 级)")
    assert plain_name("某一局") != plain_name("某二局")
    names = ["某市民政局", "某市财政局", "某市发展和改革委员会", "城厢镇人民政府"]
    assert similar("市发改委", names, beginning="某市") == ["某市发展和改革委员会"]
    assert similar("某市财政厅", names, beginning="某市") == ["某市财政局"]
    assert similar("某市水务局", names, beginning="某市") == []


@pytest.mark.parametrize("head", ["部门名称", "填报单位", "单位", "机构名称"])
def test_heads_that_offices_write(tmp_path: Path, head: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(f"{head},统一社会信用代码\n甲局,\n", "utf-8")
    assert [unit.name for unit in read_roster(path).units] == ["甲局"]


@pytest.mark.parametrize("text", ["a," * 2_000_000, "a\n" * 500_000, "单位名称,代码\n" + "甲,1\n" * 300_000])
def test_a_csv_file_of_too_many_fields_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "名单.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RosterError, match="格太多"):
        read_roster(path)
