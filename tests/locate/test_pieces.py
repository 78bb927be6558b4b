"""Cells within one row or column of real tables pushed one cell on, and the sweep of all of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from gouji.audit import audit
from gouji.form import Value
from gouji.locate import diagnose
from gouji.report import Report
from gouji.rules import Context, Finding, check
from support.movements import right_tables, rows3, with_rows3
from support.pieces import Numbers, pieces, pushed, with_column, with_row


def city() -> Report:
    return replace(right_tables()["suqian-2024"], unit="某市")


def errors(report: Report) -> list[Finding]:
    return [f for f in audit(report, Context(prior=None)) if f.level == "error"]


def column_of(report: Report, number: int) -> Numbers:
    return [row[number] for row in rows3(report)]


@pytest.mark.parametrize("empty", [None, 0])
def test_a_row_that_covers_a_zero_keeps_its_sum_and_is_one_finding(empty: Value) -> None:
    row = rows3(city())[10]
    assert row[5] == 0 and row[1]
    (finding,) = errors(with_row(city(), 10, pushed(row, 0, 5, empty)))
    assert finding.rule == "moved-block" and not finding.suspects
    assert "行除总计外右移了一格" in finding.message and "须补填" not in finding.message


def test_a_row_one_cell_to_the_left_covers_a_zero() -> None:
    right = with_rows3(city(), [[row[5], *row[:5], row[6]] for row in rows3(city())])
    row = rows3(right)[10]
    assert row[0] == 0 and row[2]
    (finding,) = errors(with_row(right, 10, pushed(row, 0, 5, 0, forward=False)))
    assert "行除总计外左移了一格" in finding.message and "须补填" not in finding.message


def test_one_number_beside_a_blank_is_one_finding_and_not_certain() -> None:
    (finding,) = errors(with_row(city(), 21, [None, 38, 0, 0, 0, 0, 38]))
    assert finding.rule == "moved-block" and not finding.decided


def test_cells_inserted_into_a_row_push_the_total_off() -> None:
    row = rows3(city())[12]
    (finding,) = errors(with_row(city(), 12, pushed(row, 2, 6, None)))
    assert "行 F21:J21 各格右移了一格" in finding.message
    assert "「总计」原来的数字已不在表中，须补填（按勾稽关系推算，很可能是 897）" in finding.message


def test_cells_deleted_from_a_row() -> None:
    row = rows3(city())[12]
    (finding,) = errors(with_row(city(), 12, pushed(row, 1, 6, None, forward=False)))
    assert "行 E21:J21 各格左移了一格" in finding.message
    assert "「商业企业」原来的数字已不在表中，须补填（按勾稽关系推算，很可能是 33）" in finding.message


@pytest.mark.parametrize(
    ("column", "first", "last", "forward", "words"),
    [
        (0, 13, 21, True, "「自然人」列 D22:D30 各格整体下移了一行"),
        (0, 13, 21, False, "「自然人」列 D22:D30 各格整体上移了一行"),
        (0, 0, 24, True, "「自然人」整列下移了一行"),
        (6, 13, 21, True, "「总计」列 J22:J30 各格整体下移了一行"),
    ],
)
def test_part_of_a_column_one_row_aside(
    column: int, first: int, last: int, forward: bool, words: str
) -> None:
    typed = pushed(column_of(city(), column), first, last, None, forward=forward)
    (finding,) = errors(with_column(city(), column, typed))
    assert words in finding.message and finding.decided and not finding.suspects
    lost = column_of(city(), column)[last if forward else first]
    assert f"须补填（按勾稽关系推算，很可能是 {lost}）" in finding.message


# ---------------------------------------------------------------- every piece of every real table


@pytest.mark.parametrize(("empty", "least"), [(None, 190), pytest.param(0, 190, marks=pytest.mark.long)])
def test_no_piece_of_a_real_table_is_told_falsely(empty: Value, least: int) -> None:
    told = 0
    for right in right_tables().values():
        for piece in islice(pieces(right), 0, None, 67):
            typed = piece.of(right, empty)
            wrong = {c for c in right.form.by_id if typed.number(c) != right.number(c)}
            if len(wrong) < 3:
                continue
            findings = diagnose(typed, check(typed, Context()), Context())
            assert not [f for f in findings if false(right, wrong, f)], piece
            first = next(f for f in findings if f.level == "error")
            told += first.rule == "moved-block" and wrong <= set(first.cells)
    assert told > least


def false(right: Report, wrong: set[str], finding: Finding) -> bool:
    """Whether another number than the right one is called certain, or a movement of other cells decided."""
    certain = any(s.certain and s.suggested != right.number(s.cell) for s in finding.suspects)
    return certain or (finding.area and finding.decided and not wrong <= set(finding.cells))


# ---------------------------------------------------------------- rows that keep their sums


def aside(report: Report, first: int, last: int, empty: Value) -> Report:
    rows = [pushed(row, 0, 5, empty) if first <= n <= last else row for n, row in enumerate(rows3(report))]
    return with_rows3(report, rows)


@pytest.mark.parametrize("empty", [None, 0])
@pytest.mark.parametrize(("first", "last"), [(9, 10), (2, 3), (10, 13)])
def test_rows_aside_that_covered_zeros_are_one_finding(first: int, last: int, empty: Value) -> None:
    (finding,) = errors(aside(city(), first, last, empty))
    assert finding.rule == "moved-block" and "各行除总计外右移了一列" in finding.message
    assert len(finding.cells) == 7 * (last - first + 1)


def test_blanks_in_a_table_that_is_wrong_elsewhere_are_not_said_to_be_0() -> None:
    """Two rows that are no neighbours moved: nothing names the cause, and the blanks do not follow."""
    typed = aside(aside(city(), 9, 9, None), 2, 2, None)
    findings = errors(typed)
    assert {f.rule for f in findings} == {"cell-blank", "wrong-many"}
    assert not [s for f in findings for s in f.suspects if s.certain]
    assert "只能是 0" not in "".join(f.message for f in findings)
