"""Lines that nobody added up and lines that stand one place aside: said as such, and no cell is accused."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

from gouji.form import Value, editions
from gouji.report import Report
from gouji.rules import Finding
from support.at_once import brothers
from support.located import consistent
from support.movements import movements, movements4, right_tables, rows3, with_rows3
from support.named import certain3, naming_of, said3


def line(report: Report, column: str = "", row: str = "") -> list[str]:
    cells = report.form.tables["table3"].cells
    return [c.id for c in cells if c.column.id == column or c.row.id == row]


def told(findings: list[Finding], table: str, *rules: str) -> bool:
    return any(f.rule in rules and any(c.startswith(table) for c in f.cells) for f in findings)


# ---------------------------------------------------------------- totals that nobody filled


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("empty", [0, None])
def test_total_lines_are_said_and_no_cell_of_them_is_accused(edition: str, empty: Value) -> None:
    right = consistent(edition, 7, 0.3, 40)
    totals, closed = line(right, column="total"), line(right, row="processed")
    for cells, expected in (
        (totals, (True, False)),
        (closed, (False, True)),
        ({*totals, *closed}, (True, True)),
    ):
        said = said3(right.with_values(dict.fromkeys(cells, empty)))
        assert (said.totals, said.closed) == expected
        assert not said.cells and not said.moved and "没有合计" in said.banner


@pytest.mark.parametrize("empty", [0, None])
def test_one_copy_and_one_paste_of_values_fills_all_totals(empty: Value) -> None:
    """What the sheet says to copy stands in the shape and order of the totals, and makes the table right."""
    right = consistent("2021", 7, 0.3, 40)
    cells = {*line(right, column="total"), *line(right, row="processed")}
    report = right.with_values(dict.fromkeys(cells, empty))
    naming = naming_of(report)
    place = naming.figures.layout.tables["table3"]
    shown = {(s.row, s.column): s for s in naming.shown(place)}
    rows = sorted({row for row, _ in place.cells.values()})
    columns = sorted({column for _, column in place.cells.values()})
    by_place = {at: cell for cell, at in place.cells.items()}
    pasted: dict[str, Value] = {}
    for row in rows:
        pasted[by_place[row, columns[-1]]] = shown[row, place.side].live.value  # type: ignore[assignment]
    processed = place.cells["t3.processed.total"][0]
    for column in columns:
        pasted[by_place[processed, column]] = shown[2, column].live.value  # type: ignore[assignment]
    assert report.with_values(pasted).values == right.values
    hint = next(s.live.value for s in shown.values() if s.role == "hint")
    assert hint == (
        "“总计”没填的：选中 L9:L33，复制，点 J9，选择性粘贴“数值”。"
        "“（七）”没填的：选中 D2:J2，复制，点 D32，选择性粘贴“数值”。"
    )
    assert not next(s.live.value for s in naming_of(right).shown(place) if s.role == "hint")


@pytest.mark.parametrize("edition", editions())
@pytest.mark.parametrize("empty", [0, None])
def test_one_of_the_two_pastes_leaves_the_other_line_said(edition: str, empty: Value) -> None:
    """The crossing of both lines is then filled already; the way to fill the rest still stands there."""
    right = consistent(edition, 7, 0.3, 40)
    totals, closed = line(right, column="total"), line(right, row="processed")
    for cells, expected, way in (
        ({*closed} - {*totals}, (False, True), "“（七）”没填的"),
        ({*totals} - {*closed}, (True, False), "“总计”没填的"),
    ):
        report = right.with_values(dict.fromkeys(cells, empty))
        said = said3(report)
        assert (said.totals, said.closed) == expected
        assert not said.cells and not said.moved and "没有合计" in said.banner
        naming = naming_of(report)
        shown = naming.shown(naming.figures.layout.tables["table3"])
        assert way in str(next(s.live.value for s in shown if s.role == "hint"))


def test_a_line_with_another_number_at_the_crossing_is_not_said_to_be_left() -> None:
    right = consistent("2021", 7, 0.3, 40)
    parts = {*line(right, row="processed")} - {"t3.processed.total"}
    wrong = right.number("t3.processed.total") + 1
    said = said3(right.with_values({**dict.fromkeys(parts, 0), "t3.processed.total": wrong}))
    assert not said.closed


def test_the_only_blank_cell_of_a_row_is_told_what_is_left_for_it() -> None:
    right = consistent("2021", 7, 0.9, 40)
    parts = line(right, row="granted")[:-1]
    cell = max(parts, key=right.number)
    for blank, begin in ((cell, "未填 1 格，按总计减其他各列"), ("t3.granted.total", "总计未填")):
        assert beside(right.with_values({blank: None}), "granted") == [begin, right.number(blank)]
    others = sum(right.number(c) for c in parts if c != cell)
    assert beside(right.with_values({cell: None, "t3.granted.total": others - 1}), "granted") == []


@pytest.mark.parametrize("edition", editions())
def test_blanks_of_which_the_sums_leave_only_zero_are_told_so(edition: str) -> None:
    """Two rows of results blank although the columns add up without them; where something is still missing
    nothing is said."""
    right, rows = consistent(edition, 7, 0.9, 40), ("publication", "excessive")
    blank = {cell: None for row in rows for cell in line(right, row=row)}
    values = dict(right.with_values(dict.fromkeys(blank, 0)).values)
    for column in right.form.tables["table3"].grid.columns:
        results = [right.with_values(values).number(f"t3.{r}.{column.id}") for r in closed_parts(right)]
        values[f"t3.processed.{column.id}"] = sum(results)
    full = right.with_values(values)
    for row in rows:
        assert texts_beside(full.with_values(blank), row) == ["未填 7 格：其他各格之和已等于合计，只能是 0"]
    more = full.with_values({**blank, "t3.processed.natural": full.number("t3.processed.natural") + 1})
    assert [texts_beside(more, row) for row in rows] == [[""], [""]]


def closed_parts(report: Report) -> tuple[str, ...]:
    return next(r for r in report.form.tables["table3"].grid.rows if r.is_total).total_of


def texts_beside(report: Report, row: str) -> list[str]:
    naming = naming_of(report)
    place = naming.figures.layout.tables["table3"]
    at = place.cells[f"t3.{row}.total"][0]
    return [str(s.live.value) for s in naming.shown(place) if (s.role, s.row) == ("said", at)]


def beside(report: Report, row: str) -> list[object]:
    """What is said beside a row: the words before its number, and the number."""
    naming = naming_of(report)
    place = naming.figures.layout.tables["table3"]
    at = place.cells[f"t3.{row}.total"][0]
    said = next(s for s in naming.shown(place) if (s.role, s.row) == ("said", at))
    text, _, number = str(said.live.value).rpartition(" ")
    return [text.removesuffix("应为").removesuffix("，六列之和"), int(number)] if text else []


def test_a_few_totals_left_are_cells_not_a_line() -> None:
    right = consistent("2021", 7, 0.9, 40)
    said = said3(right.with_values({"t3.new.total": 0}))
    assert said.cells == {"t3.new.total": right.number("t3.new.total")} and not said.totals


# ---------------------------------------------------------------- movements


@pytest.mark.parametrize("empty", [0, None])
def test_a_movement_is_said_only_where_python_says_it(empty: Value) -> None:
    dice, found = Random(4), Counter[str]()
    for right in list(right_tables().values())[::3]:
        made = [m for m in movements(right, empty) if m.wrong]
        for moved in dice.sample(made, min(len(made), 12)):
            said, (certain, findings) = said3(moved.typed), certain3(moved.typed)
            assert all(certain.get(c) == due for c, due in said.cells.items())
            exchanged = "填反了" in said.moved
            rules = ("exchanged-lines",) if exchanged else ("moved-block",)
            python = told(findings, "t3.", *rules)
            found[moved.kind] += 1
            found[f"{moved.kind}, Python"] += told(findings, "t3.", "moved-block", "exchanged-lines")
            found[f"{moved.kind}, sheet"] += bool(said.moved)
            if said.moved:
                assert python, (moved.kind, said.moved, [f.message for f in findings])
                assert not said.cells and not said.totals and said.banner.startswith(said.moved)
    for kind in ("row right", "row left", "tail down", "tail up", "table down", "table right", "table left"):
        assert found[f"{kind}, sheet"] == found[f"{kind}, Python"], (kind, found)


def test_what_is_said_of_a_moved_row_and_table() -> None:
    right = next(iter(right_tables().values()))
    words = {
        "row right": "行疑似整行右移了一格",
        "row left": "行疑似整行左移了一格",
        "table down": "整张表疑似下移了一行",
        "table up": "整张表疑似上移了一行",
        "table right": "整张表疑似右移了一列",
        "tail down": "表的下半部分（到末行）疑似整块下移了一行",
    }
    seen: dict[str, set[str]] = {}
    for moved in movements(right, None):
        if moved.kind in words and len(moved.wrong) > 2:
            seen.setdefault(moved.kind, set()).add(said3(moved.typed).moved)
    for kind, text in words.items():
        assert any(text in said for said in seen[kind]), (kind, seen[kind])
        assert all(text in said for said in seen[kind] if said), (kind, seen[kind])


def aside(right: Report, first: int, last: int, way: str, empty: Value) -> Report:
    """Rows from ``first`` to ``last`` (from 0) one column aside, without 总计 where ``way`` says parts."""
    rows = rows3(right)
    for row in rows[first : last + 1]:
        *parts, total = row
        moved = {
            "right": [empty, *parts],
            "left": [*parts[1:], total, empty],
            "right parts": [empty, *parts[:-1], total],
            "left parts": [*parts[1:], empty, total],
        }
        row[:] = moved[way]
    return with_rows3(right, rows)


@pytest.mark.parametrize("way", brothers(["right", "left parts", "left", "right parts"], first=2))
def test_blocks_of_rows_one_column_aside(way: str) -> None:
    dice, found = Random(f"aside{way}"), Counter[bool]()
    for _ in range(80):
        right = dice.choice(tuple(right_tables().values()))
        first = dice.randrange(22)
        typed = aside(right, first, first + dice.randrange(1, 5), way, dice.choice((0, None)))
        said, (certain, findings) = said3(typed), certain3(typed)
        assert all(certain.get(c) == due for c, due in said.cells.items())
        if said.moved:
            assert told(findings, "t3.", "moved-block", "exchanged-lines"), [f.message for f in findings]
            assert not said.cells
        found["行疑似" in said.moved] += 1
    # Where 其他 was 0 throughout, rows without 总计 keep their sums: that is left to Python.
    assert found[True] > 3 or way == "right parts", found


@pytest.mark.parametrize("way", ["right", "left", "right parts", "left parts"])
def test_the_link_leads_to_the_first_row_that_moved(way: str) -> None:
    dice, found = Random(f"link{way}"), 0
    for _ in range(60):
        right, first = dice.choice(tuple(right_tables().values())), dice.randrange(22)
        typed = aside(right, first, first + dice.randrange(3), way, 0)
        cause = next(c for c in naming_of(typed).causes() if c.id == "moved-block:t3")
        if cause.open.value and (row := re.search(r"第 (\d+) (?:行|至)", str(cause.todo.value))):
            assert cause.go.value == f"三!D{row[1]}"
            found += 1
    assert found > 3 or way == "right parts", found


# ---------------------------------------------------------------- 表四


def state4(report: Report) -> tuple[str, list[str]]:
    """(the sentence above, what is said above each block)"""
    naming = naming_of(report)
    shown = list(naming.shown(naming.figures.layout.tables["table4"]))
    banner = next(str(s.live.value) for s in shown if s.role == "banner")
    return banner, [str(s.live.value) for s in shown if s.role == "said"]


def test_a_block_of_four_that_does_not_add_up() -> None:
    right = consistent("2021", 7, 0.9, 40)
    assert state4(right) == ("核对通过", ["", "", ""])
    total = right.number("t4.review.total")
    banner, said = state4(right.with_values({"t4.review.total": total + 3}))
    assert banner == "有 1 处总计不平，请核对有底色的一组"
    assert said == [f"四项之和 {total}，总计 {total + 3}，少 3", "", ""]


@pytest.mark.parametrize("empty", [0, None])
def test_a_total_of_four_that_nobody_filled(empty: Value) -> None:
    right = consistent("2021", 7, 0.9, 40)
    report = right.with_values({"t4.direct_suit.total": empty})
    banner, said = state4(report)
    assert banner.startswith("有 1 处总计没有合计（橙色）")
    assert said == ["", f"总计应为 {right.number('t4.direct_suit.total')}", ""]
    (cause,) = (c for c in naming_of(report).causes() if c.open.value)
    assert (cause.id, cause.go.value) == ("totals-left:t4.row.direct_suit", "四!J7")
    assert cause.due.value == right.number("t4.direct_suit.total")


def test_one_part_alone_may_be_a_wrong_part_as_well() -> None:
    right = consistent("2021", 7, 0.9, 40).with_values(
        {"t4.review.upheld": 5, "t4.review.corrected": 0, "t4.review.other_result": 0, "t4.review.pending": 0}
    )
    banner, said = state4(right.with_values({"t4.review.total": 0}))
    assert banner == "有 1 处总计不平，请核对有底色的一组" and said[0] == "四项之和 5，总计 0，多 5"


@pytest.mark.parametrize("empty", [0, None])
def test_blocks_of_four_one_cell_aside(empty: Value) -> None:
    found = Counter[str]()
    for right in right_tables().values():
        for moved in movements4(right, empty):
            _, findings = certain3(moved.typed)
            said = state4(moved.typed)[0].startswith("表四各数疑似整块移了一格")
            python = told(findings, "t4.", "moved-block")
            assert python or not said, [f.message for f in findings]
            found["sheet"] += said
            found["Python"] += python
    # One block alone is told beside the cell that explains it too; the sheet keeps silent.
    assert found["Python"] > 20 and found["sheet"] > 10, found


# ---------------------------------------------------------------- for 校验


def test_causes_stand_in_the_order_of_the_form_and_explain_their_equations() -> None:
    right = consistent("2021", 7, 0.9, 40)
    naming = naming_of(right)
    assert [c.id for c in naming.causes()] == [
        "wrong-cell:t3.1",
        "wrong-cell:t3.2",
        "totals-left:t3.column.total",
        "totals-left:t3.row.processed",
        "moved-block:t3",
        "moved-block:t4",
        "totals-left:t4.row.review",
        "totals-left:t4.row.direct_suit",
        "totals-left:t4.row.suit_after_review",
    ]
    assert not any(c.open.value for c in naming.causes())
    assert not any(naming.explains(e).value for e in right.form.equations)
    number = right.number("t3.draft.natural")
    wrong = naming_of(right.with_values({"t3.draft.natural": number + 9}))
    (cause,) = (c for c in wrong.causes() if c.open.value)
    assert (cause.now.value, cause.due.value, cause.go.value) == (number + 9, number, "三!D18")
    assert cause.todo.value == f"三!D18 填 {number + 9}，应为 {number}"
    explained = {e.id for e in right.form.equations if wrong.explains(e).value}
    assert (
        {"t3.row.draft", "t3.column.natural"}
        <= explained
        <= {
            "t3.row.draft",
            "t3.column.natural",
            "t3.balance.natural",
        }
    )


@pytest.mark.parametrize("what", ["totals", "closed", "moved"])
def test_what_a_line_explains(what: str) -> None:
    right = consistent("2021", 7, 0.9, 40)
    cells = line(right, column="total") if what == "totals" else line(right, row="processed")
    report = right.with_values(dict.fromkeys(cells, 0))
    if what == "moved":
        report = next(m.typed for m in movements(right) if m.kind == "table down")
    naming = naming_of(report)
    equations = zip(right.form.equations, right.form.residuals(report.vector()), strict=True)
    assert {e.id for e, left in equations if left} <= {
        e.id for e in right.form.equations if naming.explains(e).value
    }
