"""Every correct real table in every movement of its lines: it is named and nothing is falsely certain.

Three kinds of movement are no error of the table and are only counted: one that changes no number, one after
which every equation still holds (rows of results have no order for the sums), and one whose lost numbers are
needed by every equation that fails (nothing then confirms where the others belong).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.form import Value
from gouji.locate import diagnose
from gouji.report import Report
from gouji.rules import Context, Finding, check
from support.located import forms
from support.movements import Moved, movements, movements4, right_tables

RULES = ("moved-block", "exchanged-lines", "repeated-line", "last-years-line", "foreign-line")
#: How each way is said; of a tie every way is.
WAYS = {"down": "下移|下一行", "up": "上移|上一行", "right": "右移", "left": "左移"}


def every(report: Report, empty: Value) -> Iterator[Moved]:
    return chain(movements(report, empty), movements4(report, empty))


def judged(moved: Moved) -> str:
    """What became of one movement: a reason not to count it, or how it was told."""
    if not moved.wrong:
        return "no number changed"
    if not moved.broken:
        return "every equation holds"
    findings = diagnose(moved.typed, check(moved.typed, Context()), Context())
    assert_nothing_falsely_certain(moved, findings)
    if not moved.confirmed:
        return "not confirmed"
    first = next(f for f in findings if f.level == "error")
    if first.rule == "totals-left" and filled_alone(moved):
        return "（七） left out explains it"
    assert first.rule in RULES, (moved.kind, first.message)
    assert moved.wrong <= set(first.cells), (moved.kind, first.message)
    way = WAYS.get(moved.kind.rpartition(" ")[2], "")
    assert first.rule != "moved-block" or re.search(way, first.message), (moved.kind, first.message)
    assert not [f for f in findings if f.level == "error" and f is not first], moved.kind
    return "named first, alone"


def assert_nothing_falsely_certain(moved: Moved, findings: Iterable[Finding]) -> None:
    """No number that is called certain and no cause that is called decided is another than the real one."""
    for finding in findings:
        for suspect in finding.suspects:
            right = moved.right.number(suspect.cell)
            assert not suspect.certain or suspect.suggested == right, (moved.kind, finding.message)
        if finding.rule in RULES and finding.decided:
            assert moved.wrong <= set(finding.cells), (moved.kind, finding.message)


def filled_alone(moved: Moved) -> bool:
    """Whether the empty （七） row, filled with the sums, satisfies every equation: a commoner slip."""
    grid = moved.typed.form.tables["table3"].grid
    total = next(r for r in grid.rows if r.is_total)
    sums = {
        grid.cell(total.id, c.id).id: sum(
            moved.typed.number(grid.cell(part, c.id).id) for part in total.total_of
        )
        for c in grid.columns
    }
    filled = moved.typed.with_values(dict(sums))
    empty = not any(moved.typed.number(cell) for cell in sums)
    return empty and not any(filled.form.residuals(filled.vector()))


def outcomes(empty: Value, step: int = 1) -> Counter[str]:
    tables = right_tables().values()
    return Counter(judged(m) for report in tables for m in islice(every(report, empty), 0, None, step))


@settings(deadline=None, max_examples=20)
@given(forms, st.integers(0, 150), st.sampled_from([0, None]))
def test_no_movement_of_any_form_is_told_falsely(report: Report, place: int, empty: Value) -> None:
    moved = next(islice(movements(report, empty), place, None))
    findings = diagnose(moved.typed, check(moved.typed, Context()), Context())
    assert_nothing_falsely_certain(moved, findings)


def test_a_sample_of_all_movements() -> None:
    counts = outcomes(0, step=20)
    assert counts["named first, alone"] > 70
    assert counts["（七） left out explains it"] < 5


@pytest.mark.long
@pytest.mark.parametrize(
    ("empty", "named", "total_left"),
    [(0, 1700, 8), (None, 1707, 1)],
    ids=["zeros left behind", "blanks left behind"],
)
def test_all_movements(empty: Value, named: int, total_left: int) -> None:
    """18 tables; 2,348 movements are not counted, whatever is left behind."""
    assert outcomes(empty) == {
        "named first, alone": named,
        "（七） left out explains it": total_left,
        "no number changed": 1684,
        "every equation holds": 464,
        "not confirmed": 724,
    }
