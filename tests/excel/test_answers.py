"""The UDFs' answers as plain functions: states of cells, shapes, sentences for what cannot be answered."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.excel import answers, contents
from gouji.excel.answers import Unanswerable, check_table, diagnose, form_of, padded, total
from gouji.form import SLASH
from gouji.report import Report
from gouji.workbook.layout import DIAGNOSIS_ROWS, layout_of
from gouji.workbook.wording import marks, wording
from support import last_year
from support.blocks import block, blocks, zeros

WIDTH = len(wording("check")["diagnosis_heads"])


@pytest.mark.parametrize("edition", ["2021", "2019", 2021.0, "2021,2021,2021"])
def test_a_sound_report_has_nothing_to_say(edition: object) -> None:
    report = Report(form_of(edition))
    report.values.update(dict.fromkeys(report.form.by_id, 0))
    rows = diagnose(*blocks(report), edition)
    assert rows[0][:2] == [wording("check")["passed"], ""]
    assert len(rows) == DIAGNOSIS_ROWS
    assert all(len(row) == WIDTH for row in rows)
    assert all(content == "" for row in rows[1:] for content in row)


@pytest.mark.parametrize("edition", ["2021,2019,2021", "2019，2021、2021"])
def test_editions_may_be_mixed_table_by_table(edition: str) -> None:
    form = form_of(edition)
    assert [t.edition for t in form.tables.values()] == re.split("[,，、]", edition)
    report = Report(form, values=dict.fromkeys(form.by_id, 0))
    assert {row[0] for row in diagnose(*blocks(report), edition)} <= {"需说明", "提示", ""}


def test_the_wrong_cell_is_named_with_its_right_value() -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    first, second, *_ = diagnose(*blocks(report), "2021")
    assert first[1] == "!".join(layout_of(report.form).locate("t3.new.natural"))
    assert "5" in str(first[2]) and "0" in str(first[2])
    assert first[-1] == "wrong-cell:t3.new.natural"
    assert not any(second)


def test_several_candidates_are_listed_as_groups() -> None:
    report = zeros()
    report.set("t4.review.total", 2)
    (row, *_) = diagnose(*blocks(report), "2021")
    assert str(row[6]).startswith(wording("explain")["either"])
    assert "1. " in str(row[6]) and "2. " in str(row[6])


def test_prior_numbers_feed_the_carry_over() -> None:
    report = zeros()
    prior = last_year.compared(report.form)
    column = [[3.0] if cell == "t3.carried_out.natural" else [0.0] for cell in prior]
    assert any(str(row[1]).startswith("三!") for row in diagnose(*blocks(report), "2021", column))
    blank = [[None] for _ in prior]
    assert diagnose(*blocks(report), "2021", blank)[0][0] == wording("check")["passed"]


def test_blank_zero_and_slash_stay_three() -> None:
    report = zeros()
    report.set("t3.granted.natural", None)
    report.set("t3.granted.business", SLASH)
    rows = check_table(block(report, "table3"), "2021", "三")
    assert rows[0][1:] == [1, 0, 1, wording("check")["undecided"]]
    states = {row[0]: row[-1] for row in rows}
    label = report.form.by_id["t3.granted.natural"].row.label
    assert states[label] == wording("check")["undecided"]
    yes = marks("cover")["yes"]
    for content in (yes, "三", "二三"):
        declared = check_table(block(report, "table3"), "2021", "三", content)
        assert declared[2][1:] == [1, 0, 1, wording("check")["hinted"]]
        del declared[2]
        assert {row[-1] for row in declared} == {wording("check")["passed"]}
    for content in ("", None, marks("cover")["no"], "二四", True, 1.0):
        assert check_table(block(report, "table3"), "2021", "三", content) == rows


@pytest.mark.parametrize(
    ("table", "key"), [("三", "table3"), ("table3", "table3"), (3.0, "table3"), ("四", "table4")]
)
def test_a_table_goes_by_sheet_key_or_number(table: object, key: str) -> None:
    report = zeros()
    rows = check_table(block(report, key), "2021", table)  # type: ignore[arg-type]
    assert len(rows) >= 2 + len(report.form.tables[key].equations)  # type: ignore[index]


def test_each_equation_says_both_sides() -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    rows = check_table(block(report, "table3"), "2021", "三")
    failed = [row for row in rows if row[-1] == wording("check")["failed"]]
    assert [row[1:4] for row in failed] == [[5, 0, 5], [5, 0, 5]]
    assert failed[0][0] != failed[1][0]


def test_unreadable_contents_leave_their_equations_undecided() -> None:
    report = zeros()
    contents_of = block(report, "table3")
    contents_of[0][0] = "12（含去年3）"
    rows = check_table(contents_of, "2021", "三")
    assert rows[1][1] == 1
    assert rows[3][1:] == ["", "", "", wording("check")["undecided"]]
    # #N/A, TRUE and a fraction are no numbers either.
    for odd in (-2146826246, "#N/A", True, 1.5, "2000万"):
        contents_of[0][0] = odd
        assert check_table(contents_of, "2021", "三")[1][1] == 1, odd


def test_wrong_arguments_are_said_in_one_sentence() -> None:
    report = zeros()
    good = blocks(report)
    for arguments in (
        (*good, "2018"),
        (*good, "2021,2021"),
        (*good, None),
        (good[0][1:], *good[1:], "2021"),
        (good[0], [row[1:] for row in good[1]], good[2], "2021"),
        (*good, "2021", [[0.0], [0.0]]),
    ):
        with pytest.raises(Unanswerable) as caught:
            diagnose(*arguments)
        assert "\n" not in str(caught.value)
    with pytest.raises(Unanswerable):
        check_table(good[1], "2021", "五")


def test_a_longer_list_says_how_many_are_left() -> None:
    rows = padded([[f"{i}"] for i in range(25)], 20, WIDTH)
    assert len(rows) == 20
    assert rows[18][0] == "18"
    assert "还有 6 条" in str(rows[19][2])
    assert padded([["a"]], 2, 3) == [["a", "", ""], ["", "", ""]]


def test_texts_fit_what_a_function_may_return() -> None:
    report = zeros()
    for cell in list(report.form.tables["table3"].cells)[:40]:
        report.set(cell.id, None)
    rows = diagnose(*blocks(report), "2021")
    assert all(len(c) <= answers.LONGEST for row in rows for c in row if isinstance(c, str))


# ---------------------------------------------------------------- GJ_TOTAL


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([[1.0, "/"], [2.0, 3.0]], 6),
        ([[1.0, None]], ""),
        ([[1.0, "  "]], ""),
        ([["/", "/"]], 0),
        ([[0.1, 0.2]], 0.3),
        ([["1,234", 1.0]], 1235),
        (5.0, 5),
        ([[Decimal("2.5"), 1.0]], 3.5),
        ([[-1.0, 3.0]], 2),
    ],
)
def test_total(cells: object, expected: object) -> None:
    assert total(cells) == expected


@pytest.mark.parametrize("odd", ["abc", True, -2146826246, "#N/A"])
def test_total_refuses_what_is_no_number(odd: object) -> None:
    with pytest.raises(Unanswerable):
        total([[1.0, odd]])


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=20))
def test_totals_of_money_are_exact(fen: list[int]) -> None:
    assert total([[n / 1_000_000 for n in fen]]) == sum(fen) / 1_000_000


def test_the_noise_of_a_sum_is_not_added_up() -> None:
    assert total([[0.1 + 0.2, 0.1 + 0.7, 33760.159999999996]]) == 33761.26


@given(st.one_of(st.none(), st.just("/"), st.integers(0, 10**12)))
def test_a_state_survives_the_way_into_a_report(value: int | str | None) -> None:
    report = zeros()
    content = float(value) if isinstance(value, int) else value
    grid = block(report, "table4")
    grid[0][0] = content
    back = Report(report.form)
    contents.read_table(back, layout_of(report.form).tables["table4"], grid)
    assert back.value("t4.review.upheld") == value


def test_a_date_is_no_number_as_in_the_sheet() -> None:
    """The macros hand over what shows as a date as a date: 校验, GJ_CHECK and 诊断 say the same of it."""
    report = zeros()
    content = block(report, "table2")
    content[0][0] = datetime.datetime(2024, 3, 4)
    rows = check_table(content, "2021", "二")
    assert rows[1][1:] == [1, 0, 1, wording("check")["failed"]]
    said = diagnose(content, *blocks(report)[1:], "2021")
    assert "2024-03-04" in str(said[0][2]) and "二!" in str(said[0][1])
