"""汇总台 as it is written and read back: in any order of columns, with an office's own, dates as typed."""

from __future__ import annotations

import datetime
from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gouji.city.desk import Desk, Merger, OfficeWord, Preferred, Settings
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.season.book import desk_workbook
from gouji.city.season.cells import DeskError
from gouji.city.season.reading import read_desk
from gouji.city.season.sheets import list_sheet, sheet_names
from gouji.city.sum.adjust import Adjustment
from support import season

#: Rows of a list start here.
FIRST = 5


def whole() -> Desk:
    units = (
        RosterUnit(
            "某市政府办", "001", "部门", None, 5, "张三", "0512-1234", "2025-01-10", (("备注", "本级"),)
        ),
        RosterUnit("甲局", "007", "部门", True, 6, "", "", "1月底前", (("备注", ""),)),
        RosterUnit("乙镇", "", "乡镇", False, 7, "李四", "13800000000", "", (("备注", "新设"),)),
    )
    given = Settings(
        "某市",
        2024,
        "320585",
        "2021",
        "某市政府办",
        "某路 1 号，0512-1",
        "https://某市.cn",
        datetime.date(2025, 1, 20),
        datetime.date(2025, 1, 31),
        datetime.date(2025, 1, 25),
        True,
        "../上年",
        "本地.toml",
    )
    return Desk(
        given,
        Roster(units, "汇总台.xlsx"),
        {
            "引言": "依据条例编制。",
            "一": "第一段\n=SUM(A1)\n第三段",
            "六": "无",
            "落款": "某市政府办\n2025年1月31日",
        },
        (Adjustment(5, "甲局", "三", "本年新收", "自然人", "5", "-2", "3", "重复", "乙镇"),),
        (Merger("老局", "甲局", "并入", "2024-03-01", 5), Merger("", "新局", "新设", "2024年3月", 6)),
        (
            OfficeWord("某市", "stock:made", "机构改革所致", "已核实", "王五", "2025-01-12", (), 5),
            OfficeWord("乙镇", "unit-missing", "", "退回", "", "", (), 6),
            OfficeWord("甲局", "", "逐项核对台账相符", "已核实", "王五", "2025-01-13", (), 7),
        ),
        (Preferred("乙镇", "镇街/乙镇二.xlsx", "后报的为准", 5),),
        "汇总台.xlsx",
    )


def stored(path: Path, desk: Desk) -> Path:
    file = path / "汇总台.xlsx"
    file.write_bytes(desk_workbook(desk))
    return file


def same(one: Desk, other: Desk) -> None:
    """Own columns that are empty are not there when they are read."""
    for name in (field.name for field in fields(Desk) if field.name != "roster"):
        assert getattr(one, name) == getattr(other, name), name
    bare = [[replace(u, own=tuple(o for o in u.own if o[1])) for u in d.roster.units] for d in (one, other)]
    assert bare[0] == bare[1]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    same(read_desk(stored(tmp_path, whole())), whole())


def test_equal_desks_are_equal_files() -> None:
    assert desk_workbook(whole()) == desk_workbook(whole())


#: What a person may type into one line; a text of digits alone is another matter (a code, a date).
NAMES = st.text("某市甲乙丙局镇（）〇ａ'\"<&=+-@/\\ ", min_size=1, max_size=12).map(str.strip).filter(bool)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(NAMES, min_size=1, max_size=5), texts=st.lists(NAMES, min_size=1, max_size=4))
def test_any_names_and_texts_come_back(tmp_path: Path, names: list[str], texts: list[str]) -> None:
    units = tuple(RosterUnit(f"{n}{i}", f"{i:03d}", n, line=FIRST + i) for i, n in enumerate(names))
    words = tuple(
        OfficeWord(n, "x:y", t, line=FIRST + i) for i, (n, t) in enumerate(zip(names, texts, strict=False))
    )
    given_ = replace(
        whole(), roster=Roster(units, "汇总台.xlsx"), texts={"五": "\n".join(texts)}, words=words
    )
    same(read_desk(stored(tmp_path, given_)), given_)


def test_columns_in_another_order_with_own_ones_between(tmp_path: Path) -> None:
    file = stored(tmp_path, whole())
    book = openpyxl.load_workbook(file)
    sheet = book["名单"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4, max_row=7)]
    sheet.delete_cols(1, sheet.max_column)
    for at, row in enumerate(rows, 4):
        for column, value in enumerate([*reversed(row), f"自己的{at}"], 1):
            sheet.cell(at, column, value)
    sheet.cell(4, len(rows[0]) + 1, "分管领导")
    book.create_sheet("我们自己的表")["A1"] = "单位名称"
    book.save(file)
    read = read_desk(file).roster.units
    assert [u.name for u in read] == ["某市政府办", "甲局", "乙镇"]
    assert read[0].phone == "0512-1234" and read[0].deadline == "2025-01-10" and read[2].rule_making is False
    assert dict(read[2].own) == {"备注": "新设", "分管领导": "自己的7"}


@pytest.mark.parametrize(
    "value",
    [datetime.date(2025, 1, 31), "2025-01-31", "2025年1月31日", "2025/1/31", "2025．1．31", "20250131"],
)
def test_dates_as_people_write_them(tmp_path: Path, value: object) -> None:
    file = stored(tmp_path, whole())
    season.typed(file, "设置", {"B12": value})
    assert openpyxl.load_workbook(file)["设置"]["A12"].value == "报送期限"
    assert read_desk(file).settings.deadline == datetime.date(2025, 1, 31)


def test_a_date_in_a_workbook_that_counts_from_1904(tmp_path: Path) -> None:
    file = stored(tmp_path, whole())
    book = openpyxl.load_workbook(file)
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book["设置"]["B12"] = datetime.date(2025, 1, 31)
    book.save(file)
    assert read_desk(file).settings.deadline == datetime.date(2025, 1, 31)


def test_paragraphs_within_a_cell_and_rows_put_in(tmp_path: Path) -> None:
    file = stored(tmp_path, whole())
    book = openpyxl.load_workbook(file)
    sheet = book["文字"]
    (top,) = [c.row for c in sheet["A"] if c.value == "五、存在的主要问题及改进情况"]
    sheet.cell(top, 2, "甲\n\n  乙")
    sheet.cell(top + 3, 2, "丙")
    sheet.cell(top, 1, "五")
    book.save(file)
    assert read_desk(file).texts["五"] == "甲\n乙\n丙"


#: sheet, cell, what is typed there, what the sentence says of it.
WRONG = [
    ("设置", "B7", "去年", "“设置”表 B7 的“去年”不是年度"),
    ("设置", "B7", None, "“设置”表 B7 没有填写“年度”"),
    ("设置", "B5", "", "“设置”表 B5 没有填写“名称”"),
    ("设置", "B8", "2020", "B8 的版式“2020”不对，只能是 2019、2021"),
    ("设置", "B12", "一月底", "“设置”表 B12 的“一月底”不是日期"),
    ("设置", "B15", "大概", "B15 的“大概”不对，“有错误的也计入”只能是 是、否 或留空"),
    ("设置", "A20", "年度", "“设置”表 A20 的“年度”与 A7 重复"),
    ("名单", "A6", None, "“名单”表 A6 没有单位名称"),
    ("名单", "A7", "甲 局", "“名单”表 A7 的“甲 局”与 A6 是同一单位"),
    ("名单", "B7", "007", "“名单”表 B7 的代码“007”与 B6 相同"),
    ("名单", "D6", "也许", "“名单”表 D6 的“也许”不对，“规章制定权”只能是 是、否 或留空"),
    ("名单", "C4", "代码", "“名单”表 C4 的列名“代码”重复"),
    ("名单", "A4", "甲", "“名单”表没有“单位名称”列"),
    ("名单", "F6", True, "“名单”表 F6 是“1”，不是文字"),
    ("文字", "A30", "七、附录", "“文字”表 A30 的“七、附录”不是报告的部分"),
    ("文字", "A30", "引言", "“文字”表 A30 的“引言”与 A5 重复"),
    ("撤并", "A5", None, ""),
    ("撤并", "C5", "合并", "“撤并”表 C5 的“合并”不对，“方式”只能是"),
    ("说明与核实", "E5", "通过", "“说明与核实”表 E5 的“通过”不对，“状态”只能是 已说明、已核实、退回"),
    ("说明与核实", "B5", None, "“说明与核实”表 B5 没有填写“编号”"),
    ("以…为准", "B5", None, "“以…为准”表 B5 没有填写“文件”"),
]


@pytest.mark.parametrize(("sheet", "cell", "value", "said"), WRONG, ids=lambda v: str(v)[:12])
def test_what_is_wrong_names_sheet_and_cell(
    tmp_path: Path, sheet: str, cell: str, value: object, said: str
) -> None:
    file = stored(tmp_path, whole())
    season.typed(file, sheet, {cell: value})
    if not said:
        read_desk(file)
        return
    with pytest.raises(DeskError) as refused:
        read_desk(file)
    assert said in refused.value.message and "\n" not in refused.value.message


def test_a_merger_of_nobody_is_asked_for(tmp_path: Path) -> None:
    file = stored(tmp_path, whole())
    season.typed(file, "撤并", {"B5": None, "A5": None})
    with pytest.raises(DeskError, match="A5 没有填写“原单位”"):
        read_desk(file)


def test_numbers_shown_as_something_else_are_not_guessed(tmp_path: Path) -> None:
    file = stored(tmp_path, whole())
    book = openpyxl.load_workbook(file)
    book["调整"]["E5"] = 0.5
    book["调整"]["E5"].number_format = "0%"
    book.save(file)
    with pytest.raises(DeskError, match="“调整”表 E5 显示为“50%”"):
        read_desk(file)


@pytest.mark.parametrize(
    "key", ["settings", "roster", "texts", "adjustments", "mergers", "words", "preferred"]
)
def test_a_sheet_that_is_gone(tmp_path: Path, key: str) -> None:
    file = stored(tmp_path, whole())
    book = openpyxl.load_workbook(file)
    del book[sheet_names()[key]]
    book.save(file)
    with pytest.raises(DeskError, match=f"缺少工作表“{sheet_names()[key]}”"):
        read_desk(file)


def test_files_that_are_no_desk(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"text"):
        (tmp_path / "汇总台.xlsx").write_bytes(content)
        with pytest.raises(DeskError):
            read_desk(tmp_path / "汇总台.xlsx")
    with pytest.raises(DeskError, match="找不到"):
        read_desk(tmp_path / "没有.xlsx")


def test_every_list_offers_what_may_be_typed(tmp_path: Path) -> None:
    """A state, a way and a unit out of lists; nothing is locked, so that own columns have room."""
    book = openpyxl.load_workbook(stored(tmp_path, whole()))
    offered = {
        (sheet.title, str(rule.sqref).partition(":")[0]): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    assert offered["说明与核实", "E5"] == '"已说明,已核实,退回"'
    assert offered["撤并", "C5"] == '"并入,更名,分立,撤销,新设"'
    assert offered["以…为准", "A5"] == offered["调整", "I5"] == "GJ_UNITS"
    assert "GJ_UNITS" in book.defined_names
    assert not any(sheet.protection.sheet for sheet in book)
    assert [s.freeze_panes for s in book if s.title in ("名单", "文字")] == ["B5", "A5"]
    assert [c.value for c in book["调整"][4]] == [str(c.head) for c in list_sheet("adjustments").columns]


def test_lines_of_the_roster_that_are_no_units(tmp_path: Path) -> None:
    """As offices keep it, pasted into 名单: they are told and nobody is asked to report for them."""
    path = tmp_path / "汇总台.xlsx"
    path.write_bytes(desk_workbook(Desk(Settings("某市", 2024), Roster((RosterUnit("甲局"),)))))
    book = openpyxl.load_workbook(path)
    sheet = book["名单"]
    lines = [("一、乡镇",), ("乙镇",), ("丙街道", None, "街道"), ("合 计", "3"), ("备注：含筹建的",)]
    for row, line in enumerate(lines, 6):
        for column, value in enumerate(line, 1):
            sheet.cell(row, column).value = value
    book.save(path)
    roster = read_desk(path).roster
    assert [(unit.name, unit.kind) for unit in roster.units] == [
        ("甲局", ""),
        ("乙镇", "乡镇"),
        ("丙街道", "街道"),
    ]
    assert [text[:5] for text in roster.skipped] == ["第 6 行", "第 9 行", "第 10 "]
