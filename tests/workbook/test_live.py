"""Live rows show what the rules find: the same failures, on any report."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.form import editions, load_form
from gouji.report import Explanation, Report
from gouji.rules import Context, catalogue, check
from gouji.rules.speaking import why_silent
from gouji.workbook.layout import layout_of
from gouji.workbook.live import LiveChecks, LiveRow
from support.random_reports import balanced, random_values

RULES = catalogue()


def live_rows(report: Report, prior: Report | None = None) -> list[LiveRow]:
    layout = layout_of(report.form)
    return LiveChecks(layout, report, prior, RULES).rows(layout.check.live_top)


def states(report: Report, prior: Report | None = None) -> dict[str, str]:
    return {row.id: row.state.value for row in live_rows(report, prior)}  # type: ignore[misc]


def relations_found(report: Report, prior: Report | None) -> set[str]:
    """Ids of the findings that a live row stands for, folded ones included."""
    ids = set(states(report))
    found = check(report, Context(prior=prior))
    return {
        one.id for f in found for one in (f, *f.folded) if one.id in ids and not one.id.startswith("cell-")
    }


@settings(max_examples=40, deadline=None)
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
    rows = [row for row in live_rows(report, prior) if not row.id.startswith("cell-")]
    bad = {row.id for row in rows if row.state.value in ("不符", "需说明", "提示", "同因")}
    assert bad == relations_found(report, prior)
    # What another finding says as well is no item of its own; what is explained is so for the same numbers.
    findings = {f.id: f for f in check(report, Context(prior=prior))}
    same = {row.id for row in rows if row.state.value == "同因" and row.id.split(":")[1] not in form.equation}
    assert same == {one.id for f in findings.values() for one in f.folded} & bad
    for row in rows:
        if row.id in findings:
            assert row.now.value == "；".join(findings[row.id].numbers())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(editions()), st.integers(0, 10**9), st.booleans())
def test_equations_agree_whatever_is_blank(edition: str, seed: int, declared: bool) -> None:
    form, chance = load_form(edition), Random(seed)
    report = Report(form, values=random_values(form, chance), blank_is_zero=declared)  # type: ignore[arg-type]
    for cell in chance.sample(form.cells, chance.randrange(150)):
        report.set(cell.id, 0)
    found = {f.id for f in check(report)}
    for row in live_rows(report):
        _, place = row.id.split(":")
        if place in form.equation:
            assert (row.state.value == "不符") == (row.id in found), row.id
            assert (row.left.value == "") == (row.state.value == "未填完")
            if row.left.value != "":
                assert row.difference.value == row.left.value - row.right.value


def test_a_balanced_report_passes_everywhere() -> None:
    for edition in editions():
        form = load_form(edition)
        report = Report(form, year=2024, values=dict(balanced(form, Random(5))))
        seen = states(report)
        for key, state in seen.items():
            if key.split(":")[1] in form.equation or key.startswith("cell-"):
                assert state == "通过", key
            assert state in ("通过", "未提供上年数", "需说明", "提示", "不符", "同因")
        assert [k for k in seen if k.split(":")[1] in form.equation] == [
            f"{k.split(':')[0]}:{e.id}"
            for k, e in zip(
                [k for k in seen if k.split(":")[1] in form.equation], form.equations, strict=True
            )
        ]


@pytest.mark.parametrize("edition", editions())
def test_every_live_rule_of_the_catalogue_has_rows(edition: str) -> None:
    seen = {key.split(":")[0] for key in states(Report(load_form(edition)))}
    wanted = {r.id for r in RULES.rules.values() if r.live and not why_silent(r, load_form(edition))}
    assert wanted - {"cell-money"} <= seen
    ids = [row.id for row in live_rows(Report(load_form(edition)))]
    assert len(set(ids)) == len(ids)
    assert sum(i.startswith("cell-") for i in ids) == 6


def test_a_blank_form_is_undecided() -> None:
    seen = states(Report(load_form("2021")))
    assert {seen[k] for k in seen if k.split(":")[1] in load_form("2021").equation} == {"未填完"}
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
