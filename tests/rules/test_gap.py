"""Differences are said one way: left − right, of the left side."""

from __future__ import annotations

import pytest

from gouji.form import KINDS, load_form
from gouji.report import Report
from gouji.rules import catalogue, check
from gouji.rules.gap import gap
from gouji.workbook.layout import layout_of
from gouji.workbook.live import LiveChecks
from gouji.workbook.shown.explain import basis
from support.triples import zeros


@pytest.mark.parametrize(("difference", "said"), [(3, "多 3"), (-3, "少 3"), (0, "平"), (1, "多 1")])
def test_a_difference_in_words(difference: int, said: str) -> None:
    assert gap(difference) == said


def test_money_is_shown_in_its_unit() -> None:
    assert gap(-1_500_000, KINDS["money"].show) == "少 1.5"


def changed(**cells: int) -> Report:
    report = zeros()
    report.values |= {f"t3.{cell.replace('__', '.')}": value for cell, value in cells.items()}
    return report


@pytest.mark.parametrize(
    ("report", "rule", "said"),
    [
        (changed(new__natural=5, granted__natural=5, new__total=3), "row-total:t3.row.new", "前者多 2"),
        (changed(processed__natural=4), "process-total:t3.column.natural", "前者少 4"),
        (changed(new__natural=4), "balance:t3.balance.natural", "前者多 4"),
    ],
)
def test_finding_basis_and_row_say_the_same_of_the_same_side(report: Report, rule: str, said: str) -> None:
    """Parts against 总计, 一＋二 against （七）＋四: 校验 showed −45 where the sheet showed +45."""
    (finding,) = (f for f in check(report) if f.id == rule)
    assert said in finding.message
    assert said in basis(report, finding)[0]
    layout = layout_of(report.form)
    rows = {r.id: r for r in LiveChecks(layout, report, None, catalogue()).rows(layout.check.live_top)}
    row = rows[rule]
    assert said in str(row.todo.value)
    assert isinstance(row.difference.value, int) and gap(row.difference.value) in said


def test_every_sum_of_the_forms_is_told_so() -> None:
    for edition in ("2019", "2021"):
        form = load_form(edition)
        report = Report(form, year=form.first_year, values={c.id: 0 for c in form.cells})
        for cell in form.cells:
            if cell.is_total:
                report.set(cell.id, 1)
        for finding in check(report):
            if finding.place in form.equation and finding.difference:
                assert f"前者{gap(finding.difference)}" in finding.message
