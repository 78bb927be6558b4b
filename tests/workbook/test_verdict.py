"""One verdict: the live rows of a workbook say what ``gouji validate`` says of it, and at the same level."""

from __future__ import annotations

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.examine import Examined, examine
from gouji.form import editions, load_form
from gouji.report import Report
from gouji.rules import Finding, catalogue
from gouji.rules.cells import cells_that_are
from gouji.workbook.layout import Layout, layout_of
from gouji.workbook.live import LiveChecks, LiveRow
from gouji.workbook.writer import write_workbook
from support.drawn import LOGICAL, ODD, drawn
from support.typed import with_contents

RULES = catalogue()
#: What a finding of a rule is called on 校验, by its level.
STATES = {"error": {"不符", "未填完"}, "warning": {"需说明"}, "hint": {"提示"}}
#: Rules whose findings the row that counts illegal cells stands for.
ILLEGAL = {"cell-number", "cell-money", "cell-format", "typed-formula"}
#: An amount that is too large is said once, by one of these.
SIZE = {"money-size", "money-ratio", "purchase-size"}


@cache
def template(edition: str) -> bytes:
    return write_workbook(Report(load_form(edition), texts={}))


def rows_of(examined: Examined) -> list[LiveRow]:
    assert examined.reading is not None
    report = examined.reading.report
    layout = layout_of(report.form)
    return LiveChecks(layout, report, examined.reading.prior, RULES).rows(layout.check.live_top)


def said(examined: Examined) -> list[Finding]:
    """Everything that is found, what is folded under a cause included."""

    def inside(finding: Finding) -> list[Finding]:
        return [finding, *(each for one in finding.folded for each in inside(one))]

    return [each for one in examined.findings for each in inside(one)]


def speaks_for(row: LiveRow, finding: Finding, report: Report) -> bool:
    rule, place = row.id.split(":")
    if row.named:
        return _names(row, finding, place[:3], layout_of(report.form))
    if rule == "cell-blank" and finding.id != row.id:  # totals that nobody added up are their own cause
        table = next(table for table in report.form.tables.values() if table.id == place)
        cells = {*finding.cells, *(suspect.cell for suspect in finding.suspects)}
        return finding.level == "error" and bool(cells & set(cells_that_are(report, table.key, "blank")))
    if rule == "cell-number":
        return finding.rule in ILLEGAL and finding.level == "error" and finding.place.startswith(f"{place}.")
    if rule == "money-size":
        return finding.rule in SIZE and finding.place == place
    return finding.id == row.id or (rule == "error-value" and finding.rule == rule)


def _names(row: LiveRow, finding: Finding, table: str, layout: Layout) -> bool:
    """Whether a finding is certain of what the sheet names by itself: of the cell and of what belongs there,
    or of the line or the movement."""
    if row.id.startswith("wrong-cell:"):
        due = [s.suggested for s in finding.suspects if s.certain and s.cell.startswith(table)]
        # A number that its cell does not admit is wrong whatever belongs there.
        is_cell = finding.rule in ILLEGAL and finding.place in layout.form.by_id
        here = is_cell and "!".join(layout.locate(finding.place)) == row.go.value
        return finding.level == "error" and (row.right.value in due or here)
    moved = {"moved-block", "exchanged-lines"}
    rules = moved if row.id.startswith("moved-block:") else {row.id.split(":")[0]}
    return finding.rule in rules and any(cell.startswith(table) for cell in finding.cells)


def disagreements(examined: Examined) -> list[str]:
    found = said(examined)
    if any(f.rule == "form-empty" for f in found):  # of an empty form there is nothing else to say
        (row,) = (r for r in rows_of(examined) if r.id == "form-empty:form")
        return [] if row.state.value == "未填完" else [row.id]
    wrong, report = [], examined.report
    assert report is not None
    for row in rows_of(examined):
        of_row = [f for f in found if speaks_for(row, f, report)]
        # What a graver row says too is folded in its finding.
        state = row.bare.value if row.state.value == "同因" else row.state.value
        rule = RULES[row.id.split(":")[0]]
        open_ = state not in ("通过", "缺上年", "已说明") and row.left.value != ""
        # What the sheet does not name by itself its equations say.
        silent = state == "通过" and (rule.live == "part" or row.named)
        if of_row and state not in STATES[of_row[0].level] and not silent:
            wrong.append(f"{row.id} {state}: {of_row[0].message}")
        # A warning beside an error that names its cell is kept to itself until the error is mended.
        if open_ and not of_row and not rule.quiet_beside_error:
            wrong.append(f"{row.id} {state}, nothing found")
    return wrong


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(editions()), st.integers(0, 10**9), st.booleans())
def test_live_rows_say_what_validate_says(edition: str, seed: int, logical: bool) -> None:
    layout = layout_of(load_form(edition))
    contents = drawn(layout, Random(seed), (*ODD, *LOGICAL) if logical else ODD)
    assert disagreements(examine(with_contents(template(edition), contents))) == []


@pytest.mark.long
@pytest.mark.parametrize("edition", editions())
def test_so_they_do_on_thousands_of_forms(edition: str) -> None:
    layout = layout_of(load_form(edition))
    for seed in range(2000):
        contents = drawn(layout, Random(seed), (*ODD, *LOGICAL))
        assert disagreements(examine(with_contents(template(edition), contents))) == [], seed
