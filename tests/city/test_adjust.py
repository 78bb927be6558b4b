"""``adjustment-…``: the sum is moved only by an amount with both sides and a reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.sum.adjust import Adjustment, AdjustmentError, read_adjustments
from gouji.rules import Finding
from support.triples import Triple
from support.years import stored, sum_up, unit

NEW = "一、本年新收政府信息公开申请数量"
UNITS = [unit("甲局", 2024, new=9), unit("乙局", 2024, new=5)]


def line(number: int = 2, **fields: str) -> Adjustment:
    given = {"unit": "甲局", "table": "二", "row": "行政许可", "column": "本年处理决定数量", "before": "0"}
    return Adjustment(number, **{**given, "change": "3", "reason": "漏报", **fields})


def city_with(*lines: Adjustment) -> Consolidation:
    return sum_up(UNITS, adjustments=lines)


class Lines:
    def __init__(self, *lines: Adjustment) -> None:
        self.lines = lines

    def findings(self) -> list[Finding]:
        return list(city_with(*self.lines).findings)


class TestIncomplete(Triple):
    """30. An adjustment without a reason or without both sides is an error, and is not applied."""

    rule = "adjustment-incomplete"
    level = "error"
    says = ("第 2 行", "原因")
    valid = Lines(line())
    invalid = Lines(line(reason=""))
    undecidable = Lines()


class TestUnfit(Triple):
    """30. What it adjusts is there, and is what the adjustment says it is."""

    rule = "adjustment-unfit"
    level = "error"
    says = ("原数写的是 2", "甲局 现在是 0")
    valid = Lines(line())
    invalid = Lines(line(before="2"))
    undecidable = Lines()


class TestAdjusted(Triple):
    """27. A correction of a unit's cell is also a 退回 to the unit."""

    rule = "city-adjusted"
    level = "hint"
    numbers = (3, 0)
    says = ("甲局「行政许可／本年处理决定数量」由 0 调整为 3（漏报）",)
    valid = Lines()
    invalid = Lines(line())
    undecidable = Lines(line(reason=""))


class TestSum(Triple):
    """27. City cell = Σ units + Σ adjustments."""

    rule = "city-sum"
    level = "error"
    numbers = (1, 0)
    says = ("汇总数为 1，各单位之和为 0",)
    valid = Lines(line(), line(unit="汇总", before="3", change="-1"))
    undecidable = Lines()

    class _Wrong:
        @staticmethod
        def findings() -> list[Finding]:
            from gouji.city.sum.summing import check_sum

            wrong = UNITS[0].with_values({"t2.licences.decisions": 1})
            return list(check_sum(wrong, UNITS[:1]))

    invalid = _Wrong()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"before": ""}, "没有写原数"),
        ({"change": ""}, "没有写调整数"),
        ({"reason": "", "column": ""}, "没有写列、原因"),
        ({"unit": "丁局"}, "“丁局”不在应报单位名单中"),
        ({"unit": "丙局"}, "丙局 没有计入汇总"),
        ({"row": "行政审批"}, "没有“二／行政审批／本年处理决定数量”"),
        ({"before": "约 0"}, "“原数”填的是“约 0”"),
        ({"change": "3件左右"}, "“调整数”填的是“3件左右”"),
        ({"after": "4"}, "原数 0 加调整数 3 不等于调整后 4"),
        ({"change": "-1"}, "调整后为 -1，不能小于 0"),
    ],
)
def test_what_is_not_applied_says_why(fields: dict[str, str], says: str) -> None:
    from support.years import roster_of

    roster = roster_of(*UNITS, unit("丙局", 2024))
    city = sum_up(UNITS, roster, adjustments=[line(**fields)])
    assert city.adjustments == ()
    assert city.report.value("t2.licences.decisions") == 0
    (found,) = (f for f in city.findings if f.rule.startswith("adjustment-"))
    assert says in found.message
    assert found.level == "error"


@pytest.mark.parametrize(
    "fields",
    [
        {"table": "表二"},
        {"table": "二、主动公开政府信息情况"},
        {"row": " 行政 许可"},
        {"change": "+3"},
        {"change": "", "after": "3"},
        {"change": "３", "after": "3"},
        {"unit": "汇总"},
        {"unit": "某市"},
    ],
)
def test_ways_to_write_the_same(fields: dict[str, str]) -> None:
    city = city_with(line(**fields))
    assert city.report.value("t2.licences.decisions") == 3
    assert len(city.adjustments) == 1


def test_lines_on_the_same_cell_follow_one_another() -> None:
    last = line(4, unit="汇总", before="1", after="9", change="")
    city = city_with(line(), line(3, before="3", change="-2"), last)
    assert [(a.before, a.after) for a in city.adjustments] == [(0, 3), (3, 1), (1, 9)]
    assert city.report.value("t2.licences.decisions") == 9
    assert "city-sum" not in [f.rule for f in city.findings]


def test_the_equations_hold_again_or_it_is_said() -> None:
    """One request more needs its outcome and its totals too."""
    alone = line(table="三", row=NEW, column="自然人", before="9", change="1")
    assert any(f.level == "error" for f in city_with(alone).findings)
    rows = {NEW: "9", "（一）予以公开": "9", "（七）总计": "9"}
    every = [
        line(i, table="三", row=row, column=column, before=before, change="1")
        for i, (row, before, column) in enumerate(
            ((r, b, c) for r, b in rows.items() for c in ("自然人", "总计")), 2
        )
    ]
    city = city_with(*every)
    assert len(city.adjustments) == 6
    assert not [f for f in city.findings if f.level == "error"]
    assert city.report.value("t3.new.total") == 15


def test_money_is_exact_and_blank_becomes_a_number() -> None:
    fee = line(row="行政事业性收费", column="本年收费金额（单位：万元）", before="0", change="0.000001")
    blank = [u.with_values({"t2.fees.amount": None}) for u in UNITS]
    assert city_with(fee).report.value("t2.fees.amount") == 1
    city = sum_up(blank, adjustments=[fee], include_invalid=True)
    assert city.report.value("t2.fees.amount") == 1


# ---------------------------------------------------------------- the list as a file

HEADS = ["单位", "表", "行", "列", "原数", "调整数", "原因"]


def test_csv_and_workbook_say_the_same(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["甲局", "二", "行政许可", "本年处理决定数量", 0, 3, "漏报"],
        ["汇总", "二", "行政事业性收费", "本年收费金额（单位：万元）", 0, 12.3, "重复"],
        ["乙局", "三", NEW, "自然人", 5, None, None],
    ]
    csv = tmp_path / "调整.csv"
    text = [HEADS, *rows]
    csv.write_text("\n".join(",".join("" if x is None else str(x) for x in row) for row in text), "gb18030")
    book = openpyxl.Workbook()
    for row in [["某市 2024 年调整表"], HEADS, *rows]:
        book.active.append(row)
    book.save(tmp_path / "调整.xlsx")
    of_csv, of_book = read_adjustments(csv), read_adjustments(tmp_path / "调整.xlsx")
    assert [a.line for a in of_csv] == [2, 3, 4]
    assert [(a.unit, a.before, a.change, a.reason) for a in of_csv] == [
        (a.unit, a.before, a.change, a.reason) for a in of_book
    ]
    city = city_with(*of_book)
    assert city.report.value("t2.fees.amount") == 12_300_000
    assert [f.rule for f in city.findings if f.level == "error"] == ["adjustment-incomplete"]


@pytest.mark.parametrize("code", ["yyyy/m/d", 'm"月"d"日"', "0%", "0,", ";;;", "h:mm"])
def test_a_number_that_shows_as_something_else_is_refused(code: str, tmp_path: Path) -> None:
    """A date typed for an amount would adjust the city by 45,355."""
    book = openpyxl.Workbook()
    book.active.append(HEADS)
    book.active.append(["甲局", "二", "行政许可", "本年处理决定数量", 0, 45355, "漏报"])
    book.active["F2"].number_format = code
    book.save(tmp_path / "调整.xlsx")
    with pytest.raises(AdjustmentError, match=r"F2.*45355") as refused:
        read_adjustments(tmp_path / "调整.xlsx")
    assert "显示为" in str(refused.value)


def test_a_list_without_its_heads_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "调整.csv"
    path.write_text("甲局,二,3\n", "utf-8")
    with pytest.raises(AdjustmentError, match="没有“单位”列"):
        read_adjustments(path)


# ---------------------------------------------------------------- in the workbook


def test_the_live_sum_holds_with_the_adjustments(tmp_path: Path, office: Any) -> None:
    """LibreOffice recalculates 明细: the row 调整 stands before the sum, and every cell agrees."""
    city = city_with(line(), line(3, unit="汇总", before="3", change="-1"))
    last = stored(tmp_path, city)
    assert last.city.value("t2.licences.decisions") == 2
    assert [u.unit for u in last.units] == ["甲局", "乙局"], "the row 调整 is no unit"
    book = office.open(tmp_path / "某市_2024_汇总.xlsx")
    book.recalculate()
    places = {cell.id: i for i, cell in enumerate(city.form.cells, 3)}
    from gouji.workbook.reading.cells import address

    column = places["t2.licences.decisions"] + 1
    shown = [book.value("明细", address((row, column))) for row in (5, 6, 7, 8, 9)]
    assert shown == ["一致", 0, 0, 2, 2]
    states = {book.value("明细", address((5, c + 1))) for c in places.values()}
    assert states == {"一致"}
