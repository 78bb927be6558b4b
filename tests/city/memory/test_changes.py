"""变化: two runs side by side, cell by cell, as data, in words and on a sheet."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import xlsxwriter

from gouji.city.desk import Desk, Merger, Settings
from gouji.city.memory.change_sheet import sheet_name, write_changes
from gouji.city.memory.changes import Changes, changes, status_words, summary
from gouji.city.memory.store import Store
from gouji.city.rows import Row, Source, report_rows
from gouji.city.run import Run
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.writer import Styles
from support.years import roster_of, sum_up, unit

FORM, OLD = load_form("2021"), load_form("2021", {"table3": "2019"})


def table(run: int, *units: Source, form: object = FORM) -> list[Row]:
    return [row for unit in units for row in report_rows(unit.report.form, run, unit)]


def source(unit: str, values: dict[str, int | str], *, form: object = FORM, file: str = "") -> Source:
    report = Report(form, unit, 2024, values=values)  # type: ignore[arg-type]
    return Source(unit, "", report, file or f"{unit}.xlsx", "0" * 64)


def of_city(values: dict[str, int | str], unit: str = "某市") -> Source:
    return Source(unit, "", Report(FORM, unit, 2024, values=values))


CELL, MONEY = "t3.new.natural", "t2.fees.amount"


def test_each_cell_that_changed_is_told_with_both_contents() -> None:
    before = table(1, source("甲", {CELL: 1, MONEY: 100}), of_city({CELL: 1, MONEY: 100}))
    after = table(2, source("甲", {CELL: "/", MONEY: 350}), of_city({CELL: "/", MONEY: 350}))
    found = changes(before, after)
    told = [(c.after.unit, c.after.cell, c.before.value, c.after.value, c.difference) for c in found.cells]
    assert told == [
        ("甲", MONEY, 100, 350, 250),
        ("甲", CELL, 1, None, None),
        ("某市", MONEY, 100, 350, 250),
        ("某市", CELL, 1, None, None),
    ]
    assert {(c.before.run, c.after.run) for c in found.cells} == {(1, 2)}
    assert found.before == 1 and found


def test_blank_zero_and_slash_are_three_contents() -> None:
    states: list[dict[str, int | str]] = [{}, {CELL: 0}, {CELL: "/"}]
    for one in states:
        for other in states:
            found = changes(table(1, source("甲", one)), table(2, source("甲", other)))
            assert bool(found) == (one != other)


def test_units_that_are_new_or_gone_are_told_once_and_not_by_cells() -> None:
    before = table(1, source("甲", {CELL: 1}), source("乙", {CELL: 1}))
    after = table(2, source("丙", {CELL: 1}, file="三/丙.xlsx"), source("甲", {CELL: 1}))
    found = changes(before, after)
    assert [place.unit for place in found.gone] == ["乙"]
    assert [(place.unit, place.file) for place in found.new] == [("丙", "三/丙.xlsx")]
    assert found.cells == ()


def test_the_own_office_of_the_citys_name_is_not_the_city() -> None:
    before = table(1, source("某市", {CELL: 1}), of_city({CELL: 1}))
    after = table(2, source("某市", {CELL: 2}), of_city({CELL: 2}))
    found = changes(before, after)
    assert [(c.after.unit, c.after.file) for c in found.cells] == [("某市", "某市.xlsx"), ("某市", "")]
    assert "1 个单位共改动 1 格" in summary(found)[0]


def test_a_cell_that_the_form_before_did_not_have_was_blank() -> None:
    new = [c.id for c in FORM.cells if c.id not in OLD.by_id]
    assert new
    found = changes(table(1, source("甲", {}, form=OLD)), table(2, source("甲", {new[0]: 3})))
    assert [(c.before.state, c.after.value) for c in found.cells] == [("blank", 3)]


def test_states_of_units_that_changed() -> None:
    before = {"甲": "missing", "乙": "taken", "丙": "errors"}
    after = {"甲": "taken", "乙": "taken", "丁": "missing"}
    found = changes((), (), statuses=(before, after), number=3)
    assert [(s.unit, s.before, s.after) for s in found.statuses] == [
        ("甲", "missing", "taken"),
        ("丁", "", "missing"),
        ("丙", "errors", ""),
    ]
    assert summary(found) == [
        "3 个单位的情况改变：甲（未报→已汇总）、丁（不在名单→未报）、丙（已报有误→不在名单）。"
    ]


def test_nothing_changed_and_nothing_before_are_two_things() -> None:
    rows = table(1, source("甲", {CELL: 1}))
    same = changes(rows, table(2, source("甲", {CELL: 1})))
    assert not same and summary(same) == ["与第 1 次汇总相比，报送情况和数字没有变化。"]
    assert summary(Changes()) == []


def test_the_sheet_says_the_same() -> None:
    before = table(1, source("甲", {CELL: 1, MONEY: 1_500_000}), source("乙", {}))
    after = table(2, source("甲", {MONEY: 2_000_000}), source("=1+1", {}))
    found = changes(before, after, statuses=({"乙": "taken"}, {"乙": "errors"}))
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    write_changes(found, "某市", 2024, Styles(book), book.add_worksheet(sheet_name()))
    book.close()
    sheet = openpyxl.load_workbook(out)["变化"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    head = next(i for i, line in enumerate(lines) if line[0] == "单位")
    body = [line[:8] for line in lines[head + 1 :]]
    money, count = FORM.by_id[MONEY], FORM.by_id[CELL]
    assert [line[:2] for line in body[:3]] == [["=1+1", "新计入"], ["乙", "不再计入"], ["乙", "情况改变"]]
    assert body[2][5:7] == ["已汇总", "已报有误"]
    assert body[3] == ["甲", "数字改动", "二", money.row.key, money.column.key, 1.5, 2, 0.5]
    assert body[4][:7] == ["甲", "数字改动", "三", count.row.key, count.column.key, 1, "（空）"]


def test_a_unit_that_is_new_is_not_told_again_by_its_state() -> None:
    rows = table(2, source("甲", {CELL: 1}))
    found = changes((), rows, statuses=({"甲": "errors"}, {"甲": "taken"}), number=1)
    assert [one.unit for one in found.statuses] == ["甲"], "变化 lists it all the same"
    assert summary(found) == ["新计入 1 个单位：甲。"]


def test_a_unit_that_was_merged_is_said_to_be(tmp_path: Path) -> None:
    """体育局 went into 文旅局 between two runs, 旧办 was closed; 丙局 is gone and nobody says why."""
    names = ("文旅局", "体育局", "旧办", "丙局")
    first = [unit(name, 2024) for name in names]
    lines = (Merger("体育局", "文旅局", "并入"), Merger("旧办", "", "撤销"))
    with Store(tmp_path / "记录.sqlite") as store:
        store.record(sum_up(first, run=Run(1)))
        now = roster_of(first[0])
        desk = Desk(Settings("某市", 2024), now, mergers=lines)
        found = store.changes(sum_up(first[:1], now, desk=desk, run=Run(2, before=1)))
    assert {place.unit: place.became for place in found.gone} == {
        "体育局": "撤并：并入文旅局",
        "旧办": "撤并：撤销",
        "丙局": "",
    }
    said = "".join(summary(found))
    assert "体育局（撤并：并入文旅局）" in said and "旧办（撤并：撤销）" in said
    states = {s.unit: status_words(s.after, s.became) for s in found.statuses}
    assert states["体育局"] == "撤并：并入文旅局" and states["丙局"] == "不在名单"
