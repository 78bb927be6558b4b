"""Live rows show what the rules find: the same failures, on any report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.form import editions, load_form
from gouji.report import Declaration, Explanation, Report
from gouji.rules import Context, catalogue, check
from gouji.rules.catalogue import Catalogue
from gouji.rules.explanations import explain
from gouji.rules.speaking import why_silent
from gouji.workbook.layout import layout_of
from gouji.workbook.live import LiveChecks, LiveRow
from support.random_reports import balanced, declarations, equation_rows, random_values

RULES = catalogue()


def live_rows(report: Report, prior: Report | None = None) -> list[LiveRow]:
    layout = layout_of(report.form)
    return LiveChecks(layout, report, prior, RULES).rows(layout.check.live_top)


def states(report: Report, prior: Report | None = None) -> dict[str, str]:
    return {row.id: row.state.value for row in live_rows(report, prior)}  # type: ignore[misc]


def relations_found(report: Report, prior: Report | None) -> set[str]:
    """Ids of the findings that a live row stands for, folded ones included."""
    ids = wholly_live(states(report))
    found = check(report, Context(prior=prior))
    return {one.id for f in found for one in (f, *f.folded) if one.id in ids}


def wholly_live(ids: Iterable[str]) -> set[str]:
    """Without the counts of cells, which stand for many findings, and what only Python knows the rest of."""
    return {i for i in ids if not i.startswith("cell-") and RULES[i.partition(":")[0]].live is True}


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(editions()), st.integers(0, 10**9), st.sampled_from(["any", "complete", "sane"]))
def test_live_rows_fail_where_the_rules_do(edition: str, seed: int, kind: str) -> None:
    form, chance = load_form(edition), Random(seed)
    complete = kind != "any"
    report = Report(form, unit="某局", year=2024, values=random_values(form, chance, complete=complete))  # type: ignore
    prior = Report(form, values=random_values(form, chance, complete=complete))  # type: ignore[arg-type]
    if kind == "sane":
        report.values = dict(balanced(form, chance))
        broken = chance.choice(form.cells)
        report.values[broken.id] = report.number(broken.id) + chance.choice([0, 1])
        prior.values |= {
            c: report.number(c.replace("carried_out", "carried_in"))
            for c in prior.values
            if "carried_out" in c
        }
    rows = [row for row in live_rows(report, prior) if not row.id.startswith("cell-") and not row.named]
    bad = {row.id for row in rows if row.state.value in ("不符", "需说明", "提示", "同因")}
    assert wholly_live(bad) == relations_found(report, prior)
    # What another finding says as well is no item of its own; what is explained is so for the same numbers.
    findings = {f.id: f for f in check(report, Context(prior=prior))}
    same = {row.id for row in rows if row.state.value == "同因" and row.id.split(":")[1] not in form.equation}
    assert same == {one.id for f in findings.values() for one in f.folded} & bad
    for row in rows:
        if row.id in findings and row.id.partition(":")[0] != "money-size":
            assert row.now.value == "；".join(findings[row.id].numbers())


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(editions()), st.integers(0, 10**9), declarations())
def test_equations_agree_whatever_is_blank(edition: str, seed: int, declared: Declaration) -> None:
    form, chance = load_form(edition), Random(seed)
    report = Report(form, values=random_values(form, chance), blank_is_zero=declared)  # type: ignore[arg-type]
    for cell in chance.sample(form.cells, chance.randrange(150)):
        report.set(cell.id, 0)
    if chance.random() < 0.2:  # nothing is typed, or in one table alone
        kept = chance.choice([None, *form.tables])
        report.values = {c: v for c, v in report.values.items() if form.by_id[c].table == kept}
    found, equations = {f.id: f for f in check(report)}, equation_rows(form)
    for row in live_rows(report):
        if row.id in equations:
            assert (row.bare.value == "不符") == (row.id in found), row.id
            assert (row.left.value == "") == (row.state.value == "未填完")
            if row.left.value != "":
                assert row.difference.value == row.left.value - row.right.value
        if row.id.startswith("cell-declared"):
            assert (row.state.value == "提示") == (row.id in found)
            assert row.id not in found or f" {row.left.value} 格" in found[row.id].message


def test_a_balanced_report_passes_everywhere() -> None:
    for edition in editions():
        form = load_form(edition)
        texts = dict.fromkeys(("一", "五", "六"), "文字")
        report = Report(form, "某局", form.first_year, values=dict(balanced(form, Random(5))), texts=texts)
        seen = states(report)
        for key, state in seen.items():
            if key in equation_rows(form) or key.startswith("cell-"):
                assert state == "通过", key
            assert state in ("通过", "缺上年", "需说明", "提示", "不符", "同因")
        assert [key for key in seen if key in equation_rows(form)] == equation_rows(form)


@pytest.mark.parametrize("edition", editions())
def test_every_live_rule_of_the_catalogue_has_rows(edition: str) -> None:
    seen = {key.split(":")[0] for key in states(Report(load_form(edition)))}
    wanted = {r.id for r in RULES.rules.values() if r.live and not why_silent(r, load_form(edition))}
    assert wanted - {"cell-money"} <= seen
    ids = [row.id for row in live_rows(Report(load_form(edition)))]
    assert len(set(ids)) == len(ids)
    assert sum(i.startswith("cell-") for i in ids) == 9


def test_a_blank_form_is_undecided() -> None:
    seen = states(Report(load_form("2021")))
    assert {seen[key] for key in equation_rows(load_form("2021"))} == {"未填完"}
    assert {v for k, v in seen.items() if k.startswith("cell-blank")} == {"未填完"}
    assert {v for k, v in seen.items() if k.startswith("cell-number")} == {"通过"}


def test_an_explanation_turns_a_warning() -> None:
    form = load_form("2021")
    report = Report(form, year=2024, values=dict(balanced(form, Random(5))))
    report.values |= {"t2.rules.made": 3, "t2.rules.repealed": 1, "t2.rules.in_force": 1}
    warned = [k for k, v in states(report, Report(form)).items() if v == "需说明"]
    assert warned
    report.explanations = {warned[0]: Explanation("清理了两件文件", "已说明")}
    seen = states(report, Report(form))
    assert seen[warned[0]] == "已说明"
    assert [k for k, v in seen.items() if v == "需说明"] == warned[1:]


def test_a_form_without_a_cover_never_passes() -> None:
    """Clerk's B1: 封面 and the sections were not looked at, and everything was green."""
    form = load_form("2021")
    whole = {"unit": "某局", "year": 2024, "period": ("2024-01-01", "2024-12-31")}
    texts = dict.fromkeys(("一", "五", "六"), "文字")
    spoilt: dict[str, dict[str, object]] = {
        "cover-missing:unit": {"unit": ""},
        "cover-missing:year": {"year": 0},
        "cover:edition": {"year": 2019},
        "cover-period:period": {"period": ("2021.1.1", "2024-12-31")},
        "section-empty:五": {"texts": texts | {"五": " "}},
        "money-size:t2.fees.amount": {"values": {"t2.fees.amount": 147_224_900_000_000}},
    }
    for key, changes in ({"": {}} | spoilt).items():
        given: dict[str, Any] = {"values": {}, "texts": texts} | whole | changes
        values = dict.fromkeys(form.by_id, 0) | given.pop("values")
        rows = {row.id: row for row in live_rows(Report(form, values=values, **given))}
        open_ = [i for i, row in rows.items() if row.state.value not in ("通过", "缺上年")]
        assert key in open_ if key else not open_
        if key:
            assert rows[key].todo.value and str(rows[key].go.value).partition("!")[0] in "封面二五", key


def test_rows_lead_to_the_first_cell_that_is_blank_or_illegal() -> None:
    form = load_form("2021")
    report = Report(form, values=dict.fromkeys(form.by_id, 0))
    for cell in ("t3.granted.total", "t3.granted.business", "t3.other.total"):
        report.values.pop(cell, None)
    report.values["t3.partly.welfare"] = -1
    rows = {row.id: row for row in live_rows(report)}
    layout = layout_of(form)
    assert rows["cell-blank:t3"].go.value == "!".join(layout.locate("t3.granted.business"))
    assert rows["cell-number:t3"].go.value == "!".join(layout.locate("t3.partly.welfare"))
    assert rows["cell-blank:t4"].go.value == "!".join(layout.locate("t4.review.upheld"))
    assert "还有 2 格" in str(rows["cell-blank:t3"].todo.value)


def test_rows_stand_in_the_order_of_the_form() -> None:
    for edition in editions():
        rows = [row for row in live_rows(Report(load_form(edition))) if not row.named]
        rules = list(dict.fromkeys(row.id.partition(":")[0] for row in rows))
        first = ["form-empty", "cover-missing", "cover", "cover-period", "error-value", "section-empty"]
        assert rules[: len(first)] == first
        equations = ["row-total", "process-total", "balance", "table4-total"]
        cells = ["cell-blank", "cell-number", "cell-declared", "money-size"]
        assert rules[len(first) : len(first) + 8] == [*cells, *equations]
        assert not [rule for rule in rules[len(first) + 8 :] if RULES[rule].relation is None]


@pytest.mark.parametrize(
    ("unsealed", "moved"), [("error", "warning"), ("warning", "hint"), ("warning", "warning")]
)
def test_a_carry_over_is_as_grave_as_python_says(unsealed: str, moved: str) -> None:
    """By 总计 or by a column alone, also where a city grades the two apart."""
    rule = RULES["carry-over"]
    graded = replace(rule, parameters=rule.parameters | {"unsealed_level": unsealed, "moved_level": moved})
    rules = Catalogue({**RULES.rules, rule.id: graded})
    form = load_form("2021")
    prior = Report(form, values={"t3.carried_out.natural": 1, "t3.carried_out.total": 1})
    for total, level in ((0, unsealed), (1, moved)):
        report = Report(form, values=dict.fromkeys(form.by_id, 0) | {"t3.carried_in.total": total})
        layout = layout_of(form)
        rows = {r.id: r for r in LiveChecks(layout, report, prior, rules).rows(layout.check.live_top)}
        state = {"error": "不符", "warning": "需说明", "hint": "提示"}[level]
        assert rows["carry-over:t3.natural"].bare.value == state
        found = [f for f in check(report, Context(prior=prior, catalogue=rules)) if f.rule == rule.id]
        assert [f.level for f in found] == [level]


@pytest.mark.parametrize("unit", ["某市人民政府", "某镇人民政府", "某局", "某公司甲"])
def test_an_amount_is_explained_whatever_limit_its_body_has(unit: str) -> None:
    """The row knows the highest limit alone; the explanation keeps that of the body."""
    form, fees = load_form("2021"), "t2.fees.amount"
    report = Report(form, unit, 2024, values=dict.fromkeys(form.by_id, 0) | {fees: 3 * 10**12})
    (found,) = (f for f in check(report) if f.id == f"money-size:{fees}")
    written = explain(report, [found], found.id, "含土地出让收入三亿元")
    assert states(written)[found.id] == "已说明"
    written.values[fees] = 3 * 10**12 + 1
    assert states(written)[found.id] == "需说明"
