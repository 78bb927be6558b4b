"""Rosters as offices keep them: their own columns stay, and what is no unit is told once and is none."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.intake.given import is_roster
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.intake.roster_lines import RosterError, read_roster
from gouji.city.sheets.workbook import roster_workbook
from support.csv_files import roster_csv
from support.years import sum_up, unit


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "名单.csv"
    path.write_text(text, "utf-8")
    return path


def book(folder: Path, rows: list[list[object]], *merged: str) -> Path:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    for cells in merged:
        page.merge_cells(cells)
    path = folder / "名单.xlsx"
    made.save(path)
    return path


HEADS = ["序号", "部门名称", "单位类别", "联系人", "联系电话", "报送期限", "传真", "备注"]


def test_every_column_that_an_office_keeps_is_kept(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["某市2024年度政府信息公开年报应报单位名单"],
        [],
        HEADS,
        [1, "某市财政局", "部门", "王某", 13800000000, datetime.date(2025, 1, 20), None, "首次报送"],
        [2, "某市教育局", "部门", "李某", "0512-1", "1月20日", "0512-2", None],
    ]
    roster = read_roster(book(tmp_path, rows, "A1:H1"))
    assert roster.skipped == ()
    first, second = roster.units
    assert (first.contact, first.phone) == ("王某", "13800000000")
    assert "2025" in first.deadline and "20" in first.deadline, "as the sheet shows the date"
    assert first.own == (("序号", "1"), ("传真", ""), ("备注", "首次报送"))
    assert (second.deadline, second.line) == ("1月20日", 5)


def test_it_is_written_back_with_all_of_them(tmp_path: Path) -> None:
    units = (
        RosterUnit("甲局", "007", "部门", True, 2, "王某", "110", "1月20日", (("传真", "5"), ("备注", ""))),
        RosterUnit("乙局", "", "乡镇", None, 3, "", "", "", (("传真", ""), ("备注", "合并, 新设"))),
    )
    path = tmp_path / "名单.xlsx"
    path.write_bytes(roster_workbook(Roster(units)))
    assert read_roster(path).units == units
    path = tmp_path / "名单.csv"
    path.write_bytes(roster_csv(Roster(units)))
    assert read_roster(path).units == units


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("合计,,", "第 4 行“合计”是合计"),
        (",合计,32", "第 4 行“合计”是合计"),
        (",小 计：,", "小计"),
        ("共 2 个单位,,", "共2个单位"),
        ("注：以上单位均须报送,,", "注或落款"),
        ("填表人：王某,,", "注或落款"),
        ("二、乡镇（街道）,,", "分组标题"),
        ("序号,单位名称,电话", "重复了列名"),
    ],
)
def test_lines_that_are_no_units_are_told_once(tmp_path: Path, line: str, said: str) -> None:
    text = f"序号,单位名称,电话\n1,甲局,1\n2,乙局,2\n{line}\n3,丙局,3\n"
    roster = read_roster(csv_file(tmp_path, text))
    assert [u.name for u in roster.units] == ["甲局", "乙局", "丙局"]
    (told,) = roster.skipped
    assert said in told and "第 4 行" in told
    city = sum_up([unit("甲局", 2024)], roster)
    (finding,) = (f for f in city.findings if f.rule == "roster-skipped")
    assert finding.level == "hint" and told in finding.message


def test_a_name_that_begins_like_one_of_these_stays_a_unit(tmp_path: Path) -> None:
    names = ["共青团某市委员会", "合作经济局", "总工会", "说明书编写处", "小计量检定所", "第一中学", "一中心"]
    roster = read_roster(csv_file(tmp_path, "单位名称\n" + "\n".join(names) + "\n"))
    assert ([u.name for u in roster.units], roster.skipped) == (names, ())


def test_headings_of_groups_are_the_kind_of_what_follows(tmp_path: Path) -> None:
    text = "单位名称,电话\n一、市政府工作部门（2个）\n甲局,1\n乙局,2\n（二）乡镇街道：\n丙镇,3\n"
    roster = read_roster(csv_file(tmp_path, text))
    assert [(u.name, u.kind) for u in roster.units] == [
        ("甲局", "市政府工作部门"),
        ("乙局", "市政府工作部门"),
        ("丙镇", "乡镇街道"),
    ]
    assert len(roster.skipped) == 2


def test_merged_cells_count_for_every_line_they_cover(tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["类别", "单位名称", "联系人", "电话"],
        ["部门", "甲局", "王某", "1"],
        [None, "乙局", "李某", "2"],
        [None, None, "赵某", "3"],
        [None, "丙镇", "钱某", "4"],
    ]
    roster = read_roster(book(tmp_path, rows, "A2:A4", "B3:B4"))
    assert [(u.name, u.kind, u.contact, u.phone) for u in roster.units] == [
        ("甲局", "部门", "王某", "1"),
        ("乙局", "部门", "李某、赵某", "2、3"),
        ("丙镇", "", "钱某", "4"),
    ], "a blank that is not merged stays one"


def test_numbered_lines_that_nobody_filled_are_nothing(tmp_path: Path) -> None:
    roster = read_roster(csv_file(tmp_path, "序号,单位名称\n1,甲局\n2,\n3,\n"))
    assert ([u.name for u in roster.units], roster.skipped) == (["甲局"], ())


def test_two_columns_of_codes(tmp_path: Path) -> None:
    text = "单位名称,统一社会信用代码,代码\n甲局,11320585MB1234567X,01\n"
    roster = read_roster(csv_file(tmp_path, text))
    assert roster.units[0].code == "01"
    assert roster.units[0].own == (("统一社会信用代码", "11320585MB1234567X"),)
    (told,) = roster.skipped
    assert "“代码”" in told and "“统一社会信用代码”照录" in told


def test_columns_of_the_same_kind_are_all_kept(tmp_path: Path) -> None:
    heads: list[object] = ["单位名称", "电话（办公）", "电话（手机）", "备注", "备注"]
    (found,) = read_roster(book(tmp_path, [heads, ["甲局", "1", "2", "3", "4"]])).units
    assert found.phone == "1"
    assert found.own == (("电话（手机）", "2"), ("备注", "3"), ("备注（E列）", "4"))


def test_a_text_beside_the_table_is_kept_under_its_column(tmp_path: Path) -> None:
    rows: list[list[object]] = [["单位名称"], ["甲局"], ["乙局", None, "已电话催"]]
    roster = read_roster(book(tmp_path, rows))
    assert [u.own for u in roster.units] == [(("（C列）", ""),), (("（C列）", "已电话催"),)]


# ---------------------------------------------------------------- formulas and spoilt texts


def formula_book(folder: Path, formula: str, value: str, kind: str = "str") -> Path:
    """A roster whose second name is a formula; with the stored value, or without one."""
    import xlsxwriter

    path = folder / "名单.xlsx"
    with xlsxwriter.Workbook(str(path)) as made:
        page = made.add_worksheet()
        page.write_row(0, 0, ["单位名称", "备注"])
        page.write(1, 0, "甲局")
        page.write_formula(2, 0, formula, None, value)
        page.write_formula(2, 1, "=1/0", None, "#DIV/0!")
    if value:
        return path
    edited = openpyxl.load_workbook(path)
    edited.save(path)
    return path


def test_a_formula_counts_as_the_value_that_is_stored(tmp_path: Path) -> None:
    roster = read_roster(formula_book(tmp_path, '="乙"&"局"', "乙局"))
    assert [u.name for u in roster.units] == ["甲局", "乙局"]
    assert roster.units[1].own == (("备注", "#DIV/0!"),), "nobody compares a remark"


def test_a_name_that_is_a_formula_without_a_value_is_not_lost(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="单元格 A3 是公式，文件中没有它的结果"):
        read_roster(formula_book(tmp_path, '="乙"&"局"', ""))


def test_an_error_value_is_no_name(tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="A3 是错误值“#REF!”"):
        read_roster(formula_book(tmp_path, "=Sheet9!A1", "#REF!"))


@pytest.mark.parametrize("code", ["1.23E+17", "#N/A", "#REF!", "#SPILL!", "#CALC!", "Err:502", "错误：508"])
def test_what_excel_leaves_in_csv_is_no_code(tmp_path: Path, code: str) -> None:
    with pytest.raises(RosterError, match=f"第 2 行的“代码”是“{code.replace('+', '.')}”"):
        read_roster(csv_file(tmp_path, f"单位名称,代码\n甲局,{code}\n"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("甲乙序号电话传真地址ABC（）* 1", min_size=1, max_size=6), max_size=5, unique=True))
def test_no_further_column_makes_a_roster_unusable(
    tmp_path_factory: pytest.TempPathFactory, more: list[str]
) -> None:
    """Whatever heads stand beside the names, as long as none is there twice."""
    from gouji.city.intake.names import plain_name

    heads = [h for h in dict.fromkeys(plain_name(h).strip() for h in more) if h]
    folder = tmp_path_factory.mktemp("名单")
    rows: list[list[object]] = [["单位名称", *heads], ["甲局", *(f"x{i}" for i in range(len(heads)))]]
    (found,) = read_roster(book(folder, rows)).units
    kept = {found.contact, found.phone, found.deadline, found.code, found.kind, *(t for _, t in found.own)}
    assert found.name == "甲局"
    assert {f"x{i}" for i in range(len(heads))} <= kept


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("序号,单位名称,联系人,电话,期限,备注\n1,甲局,王,1,2,\n", True),
        ("序号,单位名称,传真,地址\n1,甲局,1,2\n", True),
        ("日期,申请人,单位,内容,答复,结果\n1,2,甲局,3,4,5\n", False),
    ],
)
def test_a_ledger_is_no_roster(tmp_path: Path, text: str, expected: bool) -> None:
    assert is_roster(csv_file(tmp_path, text)) is expected
