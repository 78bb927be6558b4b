"""首页, 分析 and the web page compare two years over the same units, and say of how many."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Merger, Settings
from gouji.city.pages import page
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.last_year import LastYear
from gouji.city.views import analysis
from gouji.city.views.home import Figure, facts, figures
from gouji.city.views.long import Long
from gouji.city.views.years import years
from support.years import roster_of, sum_up, unit

OLD = [
    unit("甲局", 2023, "001", new=100),
    unit("乙局", 2023, "002", new=50),
    unit("丙局", 2023, "003", new=7),
]
MERGED = (Merger("丙局", "乙局", "并入"),)


def city(
    *sent: str, roster: tuple[str, ...] = (), mergers: tuple[Merger, ...] = (), more: int = 0
) -> Consolidation:
    """Units of 2024 that sent theirs, 10 applications each; ``roster``: who should besides."""
    this = [unit(name, 2024, new=10 + more) for name in sent]
    names = roster_of(*this, *(unit(name, 2024) for name in roster))
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), left_out=())
    return sum_up(this, names, last, desk=Desk(Settings("某市", 2024), names, mergers=mergers))


def new(of: Consolidation) -> Figure:
    return figures(of)[0]


def test_units_that_are_missing_are_left_out_of_last_year_too() -> None:
    """1 of 3 has sent: 10 after its own 100, not after the 157 of all."""
    found = new(of := city("甲局", roster=("乙局", "丙局")))
    assert (found.value, found.before, found.against) == (10, 100, "同口径 1 个单位：上年 100　↓90.0%")
    assert found.jump
    chart = analysis.applicants(Long(of))
    assert (chart.bars[0].value, chart.bars[0].other) == (10, 100) and "这 1 个单位" in chart.said
    assert analysis.main_figures(Long(of)).bars[0].other == 100
    over = years(of)
    assert over.change(over.lines[0]) is None and "本年有 2 个单位没有计入" in over.said
    assert "同口径 1 个单位：上年 100" in page(of).decode()


def test_a_unit_that_last_year_did_not_have_is_left_out_of_this_year() -> None:
    found = new(of := city("甲局", "乙局", "丙局", "丁局"))
    assert (found.value, found.same, found.before) == (40, 30, 157)
    assert found.against == "同口径 3 个单位：157→30　↓80.9%"
    chart = analysis.applicants(Long(of))
    assert [bar.other for bar in chart.bars] == [None] * len(chart.bars)
    assert "丁局" in chart.said and "不列上年数" in chart.said
    assert analysis.main_figures(Long(of)).bars[0].other is None


@pytest.mark.parametrize("more", [0, 1])
def test_a_declared_merger_is_the_same_city(more: int) -> None:
    of = city("甲局", "乙局", mergers=MERGED, more=more)
    assert new(of).against.startswith("上年 157　↓") and new(of).units is None
    chart = analysis.applicants(Long(of))
    assert chart.bars[0].other == 157 and chart.said == "表三第一项各列。"
    over = years(of)
    assert over.change(over.lines[0]) == 20 + 2 * more - 157


def test_who_came_and_went_by_declaration_is_said_where_the_whole_is_compared() -> None:
    of = city("甲局", "乙局", "丁局", mergers=(Merger("", "丁局", "新设"), Merger("丙局", "", "撤销")))
    assert new(of).against == "上年 157　↓80.9%"
    said = "本年新设丁局，撤销丙局，同比增减是两年全部单位的数相比。"
    assert dict(facts(of))["单位变动"] + "。" == said
    assert analysis.main_figures(Long(of)).said.endswith(said) and said in years(of).said
    assert "单位变动" in page(of).decode()
    # Merged or renamed units are in both years.
    assert "单位变动" not in dict(facts(city("甲局", "乙局", mergers=MERGED)))


def test_a_merger_that_nobody_declared_is_not() -> None:
    found = new(city("甲局", "乙局"))
    assert found.against == "同口径 2 个单位：上年 150　↓86.7%"


def test_without_a_unit_in_both_years_there_is_no_percentage_and_it_is_said() -> None:
    found = new(city("丁局"))
    assert (found.before, found.change, found.against) == (None, "", "与上年单位不同，不比较")


def test_a_table_that_one_unit_left_out_is_compared_without_it() -> None:
    """三 of 乙局 is blank this year: 三 is of the other two, 四 of all three."""
    this = [unit(name, 2024, new=10) for name in ("甲局", "乙局", "丙局")]
    blank = {c: None for c in this[1].values if c.startswith("t3.")}
    this[1] = replace(this[1], values={c: v for c, v in this[1].values.items() if c not in blank})
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), left_out=())
    of = sum_up(this, roster_of(*this), last, include_invalid=True)
    found = {f.label: f for f in figures(of)}
    assert (found["本年新收申请"].units, found["本年新收申请"].before) == (2, 107)
    assert (found["行政复议"].units, found["行政复议"].before) == (None, 0)


def test_a_last_year_of_another_year_is_none() -> None:
    of = city("甲局", "乙局", "丙局")
    older = sum_up([unit("甲局", 2022, new=5)]).report
    assert new(replace(of, prior=older, last_year=None)).against == "上年数未提供"


def test_an_adjustment_of_a_unit_that_is_not_compared_stays_out() -> None:
    this = [unit(name, 2024, new=10) for name in ("甲局", "丁局")]
    lines = (
        Adjustment(2, "甲局", "三", "一、本年新收政府信息公开申请数量", "总计", "10", "1", "", "漏报"),
        Adjustment(3, "丁局", "三", "一、本年新收政府信息公开申请数量", "总计", "10", "5", "", "漏报"),
    )
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), left_out=())
    of = sum_up(this, roster_of(*this), last, adjustments=lines, include_invalid=True)
    assert [one.change for one in of.adjustments] == [1, 5]
    assert (new(of).value, new(of).same, new(of).before) == (26, 11, 100)
