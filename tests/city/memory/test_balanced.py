"""The long table that is handed out adds up to the city, whatever was adjusted, left out or merged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.consolidate import Consolidation
from gouji.city.desk import Desk, Merger, Settings
from gouji.city.memory.balanced import adjusted_of, balanced
from gouji.city.memory.record import Recorded, recorded_of
from gouji.city.memory.store import Store
from gouji.city.memory.told import store_path, told_rows
from gouji.city.rows import rows
from gouji.city.run import Run
from gouji.city.sum.adjust import Adjustment
from gouji.city.sum.last_year import LastYear
from gouji.form import load_form
from gouji.report import Report
from support.csv_files import long_csv
from support.years import roster_of, stored, sum_up, unit

FORM = load_form("2021")
PLACES = [cell for cell in FORM.cells if cell.id in ("t3.new.total", "t2.fees.amount", "t4.review.total")]
NAMES = ("甲局", "乙局", "丙局")
OLD = [unit(name, 2023, new=5) for name in (*NAMES, "丁局")]


def line(number: int, whose: str, cell: Any, before: int, change: int, other: str = "") -> Adjustment:
    """A line of 调整表 as an office writes it."""
    table = FORM.tables[cell.table].section.number
    shown, moved = cell.kind.show(before), replace(cell.kind, signed=True).show(change)
    return Adjustment(number, whose, table, cell.row.key, cell.column.key, shown, moved, "", "漏报", other)


@st.composite
def cities(draw: st.DrawFn) -> Consolidation:
    """Three units, one maybe with two tables alone, one that took over 丁局; up to three adjustments, of the
    sum, of a unit, or from one to another."""
    sent = [
        Report(FORM, name, 2024, values={cell.id: draw(st.integers(50, 10**9)) for cell in PLACES})
        for name in NAMES
    ]
    if draw(st.booleans()):
        sent[0] = replace(sent[0], values={c: v for c, v in sent[0].values.items() if c[:2] != "t4"})
    lines: list[Adjustment] = []
    for number, cell in enumerate(draw(st.lists(st.sampled_from(PLACES), max_size=3, unique=True)), 2):
        whose = draw(st.sampled_from(("汇总", *NAMES)))
        other = draw(st.sampled_from(("", *NAMES))) if whose != "汇总" else ""
        held = [report.number(cell.id) for report in sent if whose in ("汇总", report.unit)]
        change = draw(st.integers(-40, 40).filter(bool))
        lines.append(line(number, whose, cell, sum(held), change, "" if other == whose else other))
    roster = roster_of(*sent)
    desk = Desk(Settings("某市", 2024), roster, mergers=(Merger("丁局", "丙局", "并入"),))
    last = LastYear("上年.xlsx", sum_up(OLD).report, tuple(OLD), left_out=())
    return sum_up(sent, roster, last, adjustments=lines, desk=desk, include_invalid=True, run=Run(1))


def off(table: pandas.DataFrame, city: Consolidation) -> dict[str, int]:
    """The cells whose rows with a file do not add up to the city."""
    sums = table[table.file != ""].groupby("cell")["value"].sum()
    return {c.id: int(sums[c.id]) for c in FORM.cells if int(sums[c.id]) != city.report.number(c.id)}


@given(cities())
@settings(max_examples=60, deadline=None)
def test_a_sum_over_the_frame_is_the_city(city: Consolidation) -> None:
    table = city.frame()
    assert off(table, city) == {}
    told = table[table.state == "adjusted"]
    assert [int(v) for v in told["value"]] == [one.change for one in city.adjustments]
    assert set(told["file"]) <= {"调整表"} and set(told["sha256"]) <= {""}


def adjusted_city() -> Consolidation:
    sent = [unit(name, 2024, f"00{i}", new=10) for i, name in enumerate(NAMES)]
    new, fees, _ = sorted(PLACES, key=lambda c: ("t3", "t2", "t4").index(c.id[:2]))
    lines = [
        line(2, "甲局", new, 10, 3),
        line(3, "乙局", fees, 0, 1234, "丙局"),
        line(4, "汇总", FORM.by_id["t4.review.total"], 0, 7),
    ]
    moved = [sent[0], sent[1], sent[2].with_values({"t2.fees.amount": 5000})]
    return sum_up(moved, roster_of(*moved), adjustments=lines, include_invalid=True, run=Run(1))


def told(table: Any) -> list[tuple[str, str, str, int]]:
    return [(r.unit, r.code, r.cell, r.value) for r in table if r.state == "adjusted"]


SIDES = [
    ("甲局", "000", "t3.new.total", 3),
    ("乙局", "001", "t2.fees.amount", 1234),
    ("丙局", "002", "t2.fees.amount", -1234),
    ("汇总", "", "t4.review.total", 7),
]


def test_an_adjustment_is_a_row_of_the_unit_that_it_names() -> None:
    city = adjusted_city()
    found = list(balanced(rows(city), adjusted_of(city)))
    assert told(found) == SIDES
    assert [row for row in found if row.state != "adjusted"] == list(rows(city))
    assert ",7,7,调整,调整表,".encode() in long_csv(found)
    assert ",-1234,-0.001234,调整,调整表," in long_csv(found).decode()


@pytest.mark.parametrize("recorded", [True, False])
def test_a_season_tells_them_too(tmp_path: Path, recorded: bool) -> None:
    """A run that a version recorded which kept no adjustments: what the city has beyond its units."""
    city = adjusted_city()
    with Store(store_path(tmp_path)) as store:
        store.record(city)
        if not recorded:
            older = replace(recorded_of(city, {}), adjusted=None)
            assert Recorded.from_json(older.to_json()).adjusted is None
            store._record_text(1, older.to_json())
    found, _ = told_rows(tmp_path)
    net = [("汇总", "", "t3.new.total", 3), ("汇总", "", "t4.review.total", 7)]
    assert told(found) == (SIDES if recorded else net)


def test_a_result_tells_what_its_detail_holds(tmp_path: Path) -> None:
    city = adjusted_city()
    stored(tmp_path, city)
    found, _ = told_rows(tmp_path / "某市_2024_汇总.xlsx")
    assert told(found) == [("汇总", "", "t3.new.total", 3), ("汇总", "", "t4.review.total", 7)]


def test_without_units_nothing_is_called_an_adjustment() -> None:
    alone = [row for row in rows(adjusted_city()) if not row.file]
    assert list(balanced(alone, None)) == alone
