"""Adjustments with two sides, and those that leave the sum's equations open."""

from __future__ import annotations

from pathlib import Path

from gouji.city.consolidate import Consolidation
from gouji.city.sum.adjust import Adjustment, read_adjustments
from gouji.city.sum.last_year import LastYear
from gouji.report import Report
from gouji.rules import Finding
from support.triples import Triple
from support.years import sum_up, unit

NEW, DONE = "一、本年新收政府信息公开申请数量", "（七）总计"
GRANTED = "（一）予以公开"
UNITS = [unit("甲局", 2024, new=9), unit("乙局", 2024, new=5)]


def line(number: int, row: str, column: str, unit: str = "甲局", **more: str) -> Adjustment:
    given = {"before": "9", "change": "1", "reason": "漏报", **more}
    return Adjustment(number, unit, "三", row, column, **given)


class Lines:
    def __init__(self, *lines: Adjustment) -> None:
        self.lines = lines

    def city(self) -> Consolidation:
        return sum_up(UNITS, adjustments=self.lines)

    def findings(self) -> list[Finding]:
        return list(self.city().findings)


WHOLE = [
    line(2 + i, row, column)
    for i, (row, column) in enumerate((r, c) for r in (NEW, GRANTED, DONE) for c in ("自然人", "总计"))
]


class TestHalfMade(Triple):
    """30. What adjustments leave open is said by their lines, with what is wanted."""

    rule = "adjustment-open"
    level = "error"
    says = (
        "第 2–3 行",
        "「一、本年新收政府信息公开申请数量／总计」+1",
        "「（七）总计／总计」+1",
        "「（一）予以公开／总计」+1",
    )
    valid = Lines(*WHOLE)
    invalid = Lines(WHOLE[0], line(3, GRANTED, "自然人"))
    undecidable = Lines(line(2, NEW, "自然人", reason=""))


def test_the_equations_that_only_adjustments_break_are_under_it() -> None:
    city = Lines(WHOLE[0]).city()
    errors = [f for f in city.findings if f.level == "error"]
    assert [f.rule for f in errors] == ["adjustment-open"]
    assert {f.place for f in errors[0].folded} == {"t3.row.new", "t3.balance.natural"}
    assert "「自然人」列三（七）、四中的某一项（一、二两项之和比它们多 1）" in errors[0].message
    assert all({s.line for s in f.parts} == {2} for f in errors[0].folded)


def test_an_adjustment_that_mends_a_units_error_leaves_nothing_open() -> None:
    broken = unit("丙局", 2024, new=4).with_values({"t3.new.total": 3})
    mend = line(2, NEW, "总计", "丙局", before="3")
    city = sum_up([*UNITS, broken], adjustments=[mend], include_invalid=True)
    assert not [f for f in city.findings if f.rule in ("adjustment-open", "row-total")]


def test_an_adjustment_is_half_made_also_where_another_units_error_hides_it() -> None:
    broken = unit("丙局", 2024, new=4).with_values({"t3.new.total": 5})
    city = sum_up([*UNITS, broken], adjustments=[WHOLE[0]], include_invalid=True)
    assert city.report.number("t3.new.natural") == city.report.number("t3.new.total")
    (found,) = (f for f in city.findings if f.rule == "adjustment-open")
    assert "「一、本年新收政府信息公开申请数量」行（各列之和与总计）" in found.message


def test_a_unit_and_an_adjustment_both_have_their_share() -> None:
    broken = unit("丙局", 2024, new=4).with_values({"t3.new.total": 3})
    city = sum_up([*UNITS, broken], adjustments=[WHOLE[0]], include_invalid=True)
    found = next(f for f in city.findings if f.place == "t3.row.new" and f.parts)
    assert {(s.unit, s.amount, s.why, s.line) for s in found.parts} == {
        ("丙局", 1, "own", 0),
        ("甲局", 1, "adjusted", 2),
    }
    assert "丙局 +1、调整表第 2 行（甲局） +1" in found.message
    assert found.remedy.startswith("请退回 丙局 核对改正。请核对调整表第 2 行。")


# ---------------------------------------------------------------- two sides


def move(**more: str) -> Adjustment:
    return line(2, NEW, "自然人", change="-2", other="乙局", **more)


def test_an_adjustment_between_units_moves_both_and_not_the_sum() -> None:
    city = Lines(move()).city()
    assert [(a.unit, a.before, a.after, a.mirror) for a in city.adjustments] == [
        ("甲局", 9, 7, False),
        ("乙局", 5, 7, True),
    ]
    assert city.report.number("t3.new.natural") == 14
    assert not [f for f in city.findings if f.level == "error"]
    (said,) = (f for f in city.findings if f.rule == "city-adjusted")
    assert "甲局 由 9 调整为 7，对方单位 乙局 由 5 调整为 7，汇总数不变" in said.message


def between(*lines: Adjustment, units: list[Report] | None = None, **more: object) -> list[Finding]:
    city = sum_up(units or UNITS, adjustments=lines, **more)
    return [f for f in city.findings if f.rule == "adjustment-open"]


def test_it_says_which_equations_of_its_units_it_leaves_open() -> None:
    (found,) = between(move())
    assert found.level == "warning"
    assert "第 2 行在单位之间移动，汇总数不变" in found.message
    row = "「一、本年新收政府信息公开申请数量」行（各列之和与总计）"
    for name in ("甲局", "乙局"):
        assert f"{name} 的{row}、「自然人」列（一、二两项之和与三（七）、四两项之和）" in found.message
    assert "甲局 一方还缺「一、本年新收政府信息公开申请数量／总计」−2" in found.message
    assert "同样写对方单位" in found.remedy


def test_lines_that_move_all_that_belongs_together_leave_nothing_open() -> None:
    lines = [
        line(2 + i, row, column, change="-2", other="乙局")
        for i, (row, column) in enumerate((r, c) for r in (NEW, GRANTED, DONE) for c in ("自然人", "总计"))
    ]
    assert between(*lines) == []
    (found,) = between(*lines[:-1])
    assert "第 3、5–6 行" in found.message
    assert "甲局 的「（七）总计」行" in found.message
    assert "甲局 一方还缺「（七）总计／总计」−2，对方单位相反" in found.message


def test_what_is_wanted_of_lines_that_are_but_for_one_complete() -> None:
    """Lines 2 and 4 leave nothing open and belong to those that do."""
    (found,) = between(*WHOLE[:-1])
    assert found.message.endswith("不平，还缺「（七）总计／总计」+1。")


def test_one_side_may_be_mended_by_it_while_the_other_is_left_open() -> None:
    """甲局 has 2 too many natural persons in its row; where they belong nothing had been wrong."""
    broken = UNITS[0].with_values({"t3.new.natural": 11})
    (found,) = between(move(before="11"), units=[broken, UNITS[1]], include_invalid=True)
    assert "乙局 的「一、" in found.message and "甲局 的" not in found.message


def test_what_the_unit_gets_beside_it_counts_too() -> None:
    """A line of one side mends the row of 甲局; the row of the sum and that of 乙局 are then open."""
    total = line(3, NEW, "总计", change="-2")
    found = between(move(), total)
    assert [f.level for f in found] == ["error", "warning"]
    assert "第 3 行使" in found[0].message and "第 2 行在单位之间移动" in found[1].message


def unfit(adjustment: Adjustment) -> str:
    city = Lines(adjustment).city()
    assert city.adjustments == ()
    return next(f.message for f in city.findings if f.rule == "adjustment-unfit")


def test_the_other_side_must_be_another_unit_that_can_give() -> None:
    assert "对方单位“丁局”不在应报单位名单中" in unfit(line(2, NEW, "自然人", other="丁局"))
    assert "应是名单上的另一个单位" in unfit(line(2, NEW, "自然人", other="甲局"))
    assert "应是名单上的另一个单位" in unfit(line(2, NEW, "自然人", other="汇总"))
    assert "对方单位 乙局 现在是 5，调整后为 -1" in unfit(line(2, NEW, "自然人", change="6", other="乙局"))


def test_the_list_may_have_the_column_or_not(tmp_path: Path) -> None:
    path = tmp_path / "调整.csv"
    path.write_text("单位,表,行,列,原数,调整数,原因\n甲局,三,行,列,1,1,漏报\n", "utf-8")
    assert read_adjustments(path)[0].other == ""
    path.write_text("单位,对方单位,表,行,列,原数,调整数,原因\n甲局,乙局,三,行,列,1,1,漏报\n", "utf-8")
    assert read_adjustments(path)[0].other == "乙局"


def test_a_units_adjustment_stands_on_its_own_line_of_the_handover() -> None:
    old = [unit("甲局", 2023, new=9, carried_out=3), unit("乙局", 2023, new=5, carried_out=2)]
    this = [unit("甲局", 2024, carried_in=2), unit("乙局", 2024, carried_in=2)]
    row = "二、上年结转政府信息公开申请数量"
    lines = [
        line(2 + i, r, c, before="2")
        for i, (r, c) in enumerate((r, c) for r in (row, GRANTED, DONE) for c in ("自然人", "总计"))
    ]
    last = LastYear("上年.xlsx", sum_up(old).report, tuple(old))
    city = sum_up(this, last_year=last, adjustments=lines)
    assert city.handover
    assert [(x.unit, x.kind, x.gaps[-1]) for x in city.handover.lines] == [
        ("甲局", "same", 0),
        ("乙局", "same", 0),
    ]
    assert city.handover.lines[0].remark == "含调整表第 3 行 +1"
    assert not [f for f in city.findings if f.rule == "city-carry-over"]
