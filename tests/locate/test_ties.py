"""Ways between which nothing chooses, and what is no reason to put one of them first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.audit import audit
from gouji.report import Report
from gouji.rules import Context, Finding
from support.movements import right_tables, rows3, with_rows3
from support.triples import zeros


def city(year: int = 2024) -> Report:
    return replace(right_tables()[f"suqian-{year}"], unit="某市")


def error(report: Report, context: Context | None = None) -> Finding:
    (finding,) = [f for f in audit(report, context or Context(prior=None)) if f.level == "error"]
    return finding


def exchanged(report: Report, one: tuple[int, int], other: tuple[int, int]) -> Report:
    rows = [list(row) for row in rows3(report)]
    (a, b), (c, d) = one, other
    rows[a][b], rows[c][d] = rows[c][d], rows[a][b]
    return with_rows3(report, rows)


@pytest.mark.parametrize("number", [2, 5, 22])
def test_what_the_text_says_for_every_row_alike_puts_none_first(number: int) -> None:
    """Counted twice under a result and in （七）, where the text has the right number; row 5 holds a 1."""
    right = city()
    rows = [list(row) for row in rows3(right)]
    closed = len(rows) - 2
    told = f"收到政府信息公开申请{rows[0][6]}件，办结{rows[closed][6]}件。"
    for row in (number, closed):
        for column in (0, 6):
            rows[row][column] += 1  # type: ignore[operator]
    texts = {"一": told, "五": "问题与改进。", "六": "未收取信息处理费。"}
    finding = error(replace(with_rows3(right, rows), texts=texts))
    assert finding.tied and "表内看不出是哪一种" in finding.message and "最像的是" not in finding.message


@pytest.mark.parametrize("row", [7, 20])
def test_two_totals_exchanged_or_two_applicants_is_a_tie(row: int) -> None:
    """Both rows have 自然人 alone: its two numbers exchanged explain the same."""
    finding = error(exchanged(city(2023), (row, 6), (row + 1, 6)))
    assert finding.tied and "最像的是" not in finding.message and finding.suspects[-1].group == 2


def test_numbers_exchanged_over_other_columns_are_said_to_be() -> None:
    finding = error(exchanged(city(), (2, 1), (2, 4)))
    assert "「（一）予以公开」行有两格的数对调了，应为：E11 2→21、H11 21→2" in finding.message
    assert "键入" not in finding.message


def test_a_difference_of_one_is_no_exchange_over_other_columns() -> None:
    lines = {"t3.new": (2, 1), "t3.granted": (1, 2), "t3.processed": (2, 1)}
    cells = {f"{row}.{c}": n for row, (a, b) in lines.items() for c, n in (("business", a), ("welfare", b))}
    cells |= {f"{row}.total": 3 for row in lines}
    finding = error(zeros(cells=cells))
    assert {s.cell for s in finding.suspects} >= {"t3.granted.business", "t3.granted.welfare"}
    assert "对调" not in finding.message


@pytest.mark.parametrize(("number", "said"), [(2, False), (3, True)])
def test_a_small_number_equal_to_last_years_says_nothing(number: int, said: bool) -> None:
    cells = {"t4.review.upheld": number, "t4.review.total": number + 4}
    typed, prior = zeros(cells=cells), zeros(cells={"t4.review.upheld": number}, year=2023)
    found = [f for f in audit(typed, Context(prior=prior)) if f.level == "error"]
    reasons = {s.reason for f in found for s in f.suspects if s.cell == "t4.review.upheld"}
    assert any("沿用了上年数" in r for r in reasons) == said and reasons


def test_sentences_are_whole() -> None:
    """A case still carried out is no number after 疑似; another way is set off by a comma."""
    rows = [list(row) for row in rows3(city())]
    rows[2][0], rows[2][6] = 1409, 1432
    texts = {
        "一": "收到政府信息公开申请3525件，办结3521件。",
        "五": "问题与改进。",
        "六": "未收取信息处理费。",
    }
    finding = error(replace(with_rows3(city(), rows), texts=texts))
    assert "将已办结的 1 件仍计入结转" in finding.message
    for alternative in finding.alternatives:
        assert "疑似1" not in alternative.reason


def test_what_speaks_against_an_empty_total_line_is_set_off_by_a_comma() -> None:
    rows = [[*row[:6], 0] for row in rows3(city())]
    texts = {"一": "新收政府信息公开申请99件。", "五": "问题与改进。", "六": "未收取信息处理费。"}
    said = audit(replace(with_rows3(city(), rows), texts=texts), Context(prior=None))
    (finding,) = [f for f in said if f.rule == "totals-left"]
    assert "之和，但" in finding.message or "相符，但" in finding.message
