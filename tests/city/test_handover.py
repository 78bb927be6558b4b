"""What the units carried in is what the city published as carried out; else, who differs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.city.consolidate import Consolidation
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.handover import Handover
from gouji.city.sum.last_year import LastYear
from gouji.report import Report
from gouji.rules import Context, Finding
from support.triples import Triple
from support.years import roster_of, stored, sum_up, unit


def last_year(*units: Report, city: Report | None = None, sealed: bool = False) -> LastYear:
    """A file of last year without a file. ``city``: what was published where it is not the sum."""
    total = city or sum_up(list(units)).report
    return LastYear("上年.xlsx", total, units, frozenset({"某市"} if sealed else ()), left_out=())


class Years:
    """Two years of a city; the findings of the second."""

    def __init__(self, this: list[Report], last: Callable[[], LastYear] | None) -> None:
        self.this, self.last = this, last

    def findings(self) -> list[Finding]:
        return list(sum_up(self.this, last_year=self.last() if self.last else None).findings)


OLD = [unit("甲局", 2023, "001", new=9, carried_out=3), unit("乙局", 2023, "002", new=5, carried_out=2)]


class TestCityCarryOver(Triple):
    """29. Σ 二(t) of the units = the city's published 四(t−1), in every column."""

    rule = "city-carry-over"
    level = "error"
    numbers = (4, 5)
    says = ("前者少 1", "乙局（不一致）本年 1、上年 2，前者少 1")
    valid = Years(
        [unit("甲局", 2024, carried_in=3), unit("乙局", 2024, carried_in=2)], lambda: last_year(*OLD)
    )
    invalid = Years(
        [unit("甲局", 2024, carried_in=3), unit("乙局", 2024, carried_in=1)], lambda: last_year(*OLD)
    )
    undecidable = Years([unit("甲局", 2024, carried_in=3)], None)

    def found(self, given: Any) -> list[Finding]:
        return [f for f in given.findings() if f.rule == self.rule]


def handed_over(city: Consolidation) -> Handover:
    assert city.handover
    return city.handover


def finding_of(city: Consolidation) -> Finding:
    (finding,) = (f for f in city.findings if f.rule == "city-carry-over")
    return finding


def test_another_year_and_a_blank_row_prove_nothing() -> None:
    this = [unit("甲局", 2024, carried_in=4)]
    old = [unit("甲局", 2022, new=9, carried_out=3)]
    assert sum_up(this, last_year=last_year(*old)).handover is None
    blank = unit("甲局", 2023)
    for cell in blank.form.cells:
        if cell.row.id == "carried_out":
            blank.set(cell.id, None)
    city = sum_up(this, last_year=LastYear("上年.xlsx", replace(blank, unit="某市")))
    assert handed_over(city).before == (None,) * 7
    assert "city-carry-over" not in [f.rule for f in city.findings]


def test_the_columns_are_folded_under_the_total_and_the_city_is_told_once() -> None:
    city = sum_up([unit("甲局", 2024, carried_in=5)], last_year=last_year(OLD[0]))
    finding = finding_of(city)
    assert (finding.id, finding.left, finding.right) == ("city-carry-over:t3.total", 5, 3)
    assert finding.remedy.startswith("请退回 甲局 核对改正。")
    assert [f.place for f in finding.folded] == ["t3.natural"]
    assert "carry-over" not in [f.rule for f in city.findings]
    unit_rules = [f.rule for filed in city.taken for f in filed.submission.findings]
    assert "carry-over" in unit_rules, "the unit itself is told as well"


def test_only_the_columns_moved_is_a_warning() -> None:
    """An applicant was put under another kind; the total is right."""
    this = unit("甲局", 2024, carried_in=3)
    this = this.with_values(
        {
            f"t3.{row}.{c}": n
            for row in ("carried_in", "granted", "processed")
            for c, n in (("natural", 2), ("business", 1))
        }
    )
    finding = finding_of(sum_up([this], last_year=last_year(OLD[0])))
    assert finding.level == "warning"
    assert [finding.place, *(f.place for f in finding.folded)] == ["t3.natural", "t3.business"]


def test_new_gone_renamed_merged_and_left_out_are_told_apart() -> None:
    old = [
        unit("某市甲局", 2023, "001", new=1, carried_out=1),
        unit("某市旅游局", 2023, "002", new=4, carried_out=4),
        unit("某市文化局", 2023, "003", new=2, carried_out=2),
        unit("某市粮食局", 2023, "004", new=6, carried_out=6),
        unit("某市丁局", 2023, "005", new=7, carried_out=7),
    ]
    this = [
        unit("某市甲局", 2024, "001", carried_in=1 + 6),  # took over 粮食局
        unit("某市文化旅游局", 2024, "009", carried_in=4),
        unit("某市文化和广电局", 2024, "003", carried_in=2),  # the same code, another name
    ]
    roster = roster_of(*this, unit("某市丁局", 2024, "005"))
    handover = handed_over(sum_up(this, roster, last_year(*old)))
    lines = {line.unit: line for line in handover.lines}
    assert {name: (line.kind, line.gaps[-1]) for name, line in lines.items()} == {
        "某市甲局": ("differs", 6),
        "某市文化旅游局": ("new", 4),
        "某市文化和广电局": ("same", 0),
        "某市丁局": ("left_out", -7),
        "某市旅游局": ("gone", -4),
        "某市粮食局": ("gone", -6),
    }
    assert "上年名称为“某市文化局”" in lines["某市文化和广电局"].remark
    assert "可能更名为：某市文化旅游局" in lines["某市旅游局"].remark
    assert "可能并入：某市甲局" in lines["某市粮食局"].remark
    # What may be a merger is for the office to declare, before anybody is sent back.
    assert not list(handover.wrong_units)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(0, 9), st.sampled_from(["both", "old", "new"])), max_size=6
    ),
    st.integers(0, 20),
)
def test_the_lines_add_up_to_the_difference(units: list[tuple[int, int, str]], published: int) -> None:
    """Whatever comes, goes, differs, and whatever the city published beyond its units."""
    old = [unit(f"{i}局", 2023, new=b, carried_out=b) for i, (b, _, w) in enumerate(units) if w != "new"]
    this = [unit(f"{i}局", 2024, carried_in=n) for i, (_, n, w) in enumerate(units) if w != "old"]
    if not old or not this:
        return
    last = last_year(*old, city=unit("某市", 2023, new=published, carried_out=published))
    handover = handed_over(sum_up(this, last_year=last))
    for i, (now, before) in enumerate(zip(handover.now, handover.before, strict=True)):
        assert before is not None
        assert sum(line.gaps[i] for line in handover.lines) == now - before
        assert sum(line.now[i] for line in handover.lines) == now
        assert sum(line.before[i] for line in handover.lines) == before


def test_a_single_report_has_no_units_to_name(tmp_path: Path) -> None:
    last = LastYear("上年.json", unit("某市", 2023, new=5, carried_out=5))
    city = sum_up([unit("甲局", 2024, carried_in=3)], last_year=last)
    assert handed_over(city).lines == ()
    assert "上年文件没有“明细”表" in finding_of(city).message
    assert stored(tmp_path, city).city.values == city.report.values


def test_the_2019_edition_hands_over_to_the_2021_edition(tmp_path: Path) -> None:
    old = sum_up([unit("甲局", 2020, new=9, carried_out=3), unit("乙局", 2020)])
    assert old.form.edition == "2019"
    last = stored(tmp_path, old)
    right = sum_up([unit("甲局", 2021, carried_in=3), unit("乙局", 2021)], last_year=last)
    assert right.form.edition == "2021"
    assert [line.kind for line in handed_over(right).lines] == ["same", "same"]
    assert "city-carry-over" not in [f.rule for f in right.findings]
    wrong = sum_up([unit("甲局", 2021, carried_in=2), unit("乙局", 2021)], last_year=last)
    assert (finding_of(wrong).left, finding_of(wrong).right) == (2, 3)


@pytest.mark.parametrize("sealed", [True, False])
def test_a_sealed_last_year_makes_the_units_difference_an_error(sealed: bool) -> None:
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), frozenset({"甲局"} if sealed else ()))
    city = sum_up([unit("甲局", 2024, carried_in=1)], last_year=last, include_invalid=True)
    (found,) = (f for f in city.taken[0].submission.findings if f.rule == "carry-over")
    assert found.level == ("error" if sealed else "warning")


def test_the_sheet_adds_up_when_it_is_recalculated(tmp_path: Path, office: Any) -> None:
    """LibreOffice finds every stored value of 结转核对 again, and the sums are the city's own rows."""
    this = [unit("甲局", 2024, carried_in=3), unit("丙局", 2024, carried_in=1)]
    stored(tmp_path, sum_up(this, last_year=last_year(*OLD)))
    with office.open(tmp_path / "某市_2024_汇总.xlsx") as book:
        before = book.values("结转核对", "A5:L9")
        book.recalculate()
        assert book.values("结转核对", "A5:L9") == before
    assert [row[:5] for row in before] == [
        ["甲局", "一致", 3, 3, 0],
        ["丙局", "新增", 0, 1, 1],
        ["乙局", "本年名单没有", 2, 0, -2],
        ["合计", None, 5, 4, -1],
        ["汇总表", None, 5, 4, -1],
    ]


def test_a_unit_that_was_left_out_last_year_is_told_so(tmp_path: Path) -> None:
    """It is neither new nor under another name: the file says that it was not summed, and why."""
    here, gone = unit("甲局", 2023, "001"), unit("乙局", 2023, "002")
    last = stored(tmp_path, sum_up([here], roster_of(here, gone)))
    context = last.context(Context(), "乙局", "002")
    assert context.searched == last.file and context.left_out.startswith("未报")
    assert last.context(Context(), "丁局").left_out == ""
    found = {f.rule for f in audit(unit("乙局", 2024, "002"), context)}
    assert "prior-left-out" in found and "prior-absent" not in found


# ---------------------------------------------------------------- last year's own 调整


def moved(row: str, change: int) -> list[Adjustment]:
    """Both cells of a line of 三 moved by the office, with its reason."""
    return [
        Adjustment(n, "汇总", "三", row, column, "5", str(change), "", "乙局漏报一件")
        for n, column in enumerate(("自然人", "总计"), 2)
    ]


def after_an_adjustment(tmp_path: Path, carried_in: int) -> Consolidation:
    last = stored(tmp_path, sum_up(OLD, adjustments=moved("四、结转下年度继续办理", 1)))
    assert last.moved == {"t3.carried_out.natural": 1, "t3.carried_out.total": 1}
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=carried_in)]
    return sum_up(this, last_year=last)


def test_an_adjustment_of_last_year_accounts_for_the_difference(tmp_path: Path) -> None:
    (found,) = (f for f in after_an_adjustment(tmp_path, 2).findings if f.rule == "city-carry-over")
    assert (found.level, found.difference) == ("hint", -1)
    assert "上年的调整，原因：乙局漏报一件" in found.message
    assert [(s.amount, s.why) for s in found.parts] == [(-1, "rest_known")]


def test_what_a_unit_mistyped_beside_it_is_still_an_error(tmp_path: Path) -> None:
    (found,) = (f for f in after_an_adjustment(tmp_path, 1).findings if f.rule == "city-carry-over")
    assert found.level == "error"


def test_a_sum_that_was_typed_over_is_not_accounted_for(tmp_path: Path) -> None:
    """Only what 调整 has in the file is known with its reason."""
    last = stored(tmp_path, sum_up(OLD, adjustments=moved("四、结转下年度继续办理", 1)))
    this = [unit("甲局", 2024, "001", carried_in=3), unit("乙局", 2024, "002", carried_in=2)]
    (found,) = (
        f for f in sum_up(this, last_year=replace(last, adjusted={})).findings if f.rule == "city-carry-over"
    )
    assert found.level == "error"


def test_stock_that_last_year_adjusted_needs_no_explanation(tmp_path: Path) -> None:
    def stock(name: str, year: int, number: int) -> Report:
        return unit(name, year).with_values({"t2.documents.in_force": number})

    old = [stock("甲局", 2023, 5), stock("乙局", 2023, 0)]
    line = Adjustment(2, "汇总", "二", "行政规范性文件", "现行有效件数", "5", "1", "", "乙局漏报一件")
    last = stored(tmp_path, sum_up(old, adjustments=[line]))
    assert last.moved == {"t2.documents.in_force": 1}
    this = [stock("甲局", 2024, 5), stock("乙局", 2024, 0)]
    (found,) = (f for f in sum_up(this, last_year=last).findings if f.rule == "stock")
    assert (found.level, found.remedy.startswith("不需处理")) == ("hint", True)
    assert "上年调整的原因：乙局漏报一件" in found.message
    (open_,) = (f for f in sum_up(this, last_year=replace(last, adjusted={})).findings if f.rule == "stock")
    assert open_.level == "warning" and "请核对上年汇总时的调整" in open_.remedy
