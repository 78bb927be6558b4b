"""Lines, blanks, and what is known beside the report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given, settings

from gouji.audit import audit
from gouji.report import Report
from gouji.rules import Context, Finding, check
from support.located import best, cells3, certain, consistent, forms, listed, located

NEW, PENDING, IN = "t3.new", "t3.carried_out", "t3.carried_in"


def blank(report: Report, cells: list[str]) -> Report:
    return report.with_values(dict.fromkeys(cells))


def total_column(report: Report) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells if c.column.is_total]


def closed_row(report: Report) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells if c.row.is_total]


@settings(deadline=None, max_examples=25)
@given(forms)
@example(consistent("2021", 1739, 0.05, 3))
def test_an_unfilled_total_column_or_row_is_one_cause(report: Report) -> None:
    for line in (total_column(report), closed_row(report)):
        right = {c: report.number(c) for c in line if report.number(c)}
        assume(right)
        findings = located(report.with_values(dict.fromkeys(line, 0)))
        if findings[0].rule == "moved-block":  # an empty total column may be a table one column aside
            assert line == total_column(report) and "「总计」整列漏填" in findings[0].message
            assert not findings[0].decided and not certain(findings)
            continue
        assert [f.rule for f in findings] == ["totals-left"]
        assert best(findings) == right
        assert certain(findings).items() <= right.items()
        assert len(findings[0].folded) >= len(right)


def test_a_blank_total_line_is_said_once_declared_or_not() -> None:
    report = consistent("2021", 4, filled=0.8)
    empty = blank(report, total_column(report))
    right = {c: report.number(c) for c in total_column(report) if report.number(c)}
    declared = replace(empty, blank_is_zero=True)
    for broken in (empty, declared):
        (finding,) = [f for f in audit(broken) if f.rule in ("totals-left", "cell-blank", "row-total")]
        assert (finding.rule, best([finding])) == ("totals-left", right)
        assert "cell-blank:t3" in {f.id for f in finding.folded}
        assert all(s.value is None for s in finding.suspects)


def test_blanks_constrain_nothing_and_are_not_guessed() -> None:
    report = consistent("2021", 4, filled=0.8)
    missing = blank(report, ["t3.granted.natural"])
    assert located(missing) == []
    # The row and （七） of this column are undecidable; another column still names its cell.
    (finding,) = located(missing.with_values({"t3.partly.business": report.number("t3.partly.business") + 7}))
    assert best([finding]) == {"t3.partly.business": report.number("t3.partly.business")}
    assert certain([finding]) == best([finding])


def test_less_evidence_is_less_certainty() -> None:
    """With its column undecidable, only the row speaks: nothing confirms what it says."""
    report = blank(consistent("2021", 4, filled=1.0), ["t3.secret.natural"])
    wrong = report.number("t3.partly.natural") + 1
    (finding,) = located(report.with_values({"t3.partly.natural": wrong}))
    assert best([finding]) == {"t3.partly.natural": wrong - 1}
    assert not certain([finding]) and "很可能" in finding.message


def test_a_correction_never_pushes_an_undecidable_line_over_its_total() -> None:
    report = blank(consistent("2021", 4, filled=1.0), ["t3.secret.natural"])
    total = report.number("t3.processed.natural")
    report.values["t3.processed.natural"] = total - report.number("t3.carried_out.natural")
    for finding in located(report):
        for group in listed(finding):
            corrected = report.with_values(group)  # type: ignore[arg-type]
            assert not [f for f in located(corrected) if f.left is not None and f.rule == "process-total"]


def test_a_slash_counts_nothing_and_is_shown_as_typed() -> None:
    report = consistent("2021", 8, filled=0.8)
    cell = next(c for c in cells3(report) if report.number(c) > 9)
    (finding,) = located(report.with_values({cell: "/"}))
    (suspect,) = finding.suspects
    assert (suspect.cell, suspect.value, suspect.suggested) == (cell, "/", report.number(cell))
    assert "填的是 /" in finding.message


def zeros(edition: str = "2021", year: int = 2022) -> Report:
    report = consistent(edition, 0, filled=0.0)
    return replace(report, year=year)


def case(report: Report, rows: tuple[str, ...], amount: int = 1) -> dict[str, int]:
    return {f"t3.{r}.{c}": report.number(f"t3.{r}.{c}") + amount for r in rows for c in ("natural", "total")}


def test_a_stale_row_in_an_empty_table_is_named() -> None:
    report = zeros()
    (finding,) = located(report.with_values(dict(case(report, ("granted",), 5))))
    assert finding.rule == "wrong-line" and finding.message.startswith("「（一）予以公开」行有 2 格填错")
    assert best([finding]) == {"t3.granted.natural": 0, "t3.granted.total": 0}


def test_last_years_value_ranks_a_result_first() -> None:
    """One result too many: all results fit, the one that is last year's comes first."""
    report = zeros()
    for row, amount in (("new", 12), ("granted", 6), ("partly", 6), ("processed", 12)):
        report = report.with_values(dict(case(report, (row,), amount)))
    broken = report.with_values(dict(case(report, ("partly",), 3)))
    prior = zeros(year=2021)
    prior = prior.with_values(dict(case(prior, ("partly",), 9)))
    (plain,) = located(broken)
    (known,) = located(broken, Context(prior=prior))
    right = {"t3.partly.natural": 6, "t3.partly.total": 6}
    assert right in listed(plain) and len(listed(plain)) > 1
    assert listed(known)[0] == right and not certain([known])
    assert "沿用了上年数" in known.message


def pending() -> tuple[Report, dict[str, int]]:
    """One case came, was closed and is still carried out: 一 = 1, （七） = 1, 四 = 1."""
    report = zeros()
    return report.with_values(dict(case(report, ("new", "otherwise", "processed", "carried_out")))), {}


def test_a_case_counted_twice_lists_every_row_that_may_hold_it() -> None:
    report, _ = pending()
    (finding,) = located(report)
    rows = [{c.split(".")[1] for c in group} for group in listed(finding)]
    assert {"otherwise", "processed"} in rows, "the larger one that really happens"
    assert {"new"} in rows and {"carried_in"} in rows and {"carried_out"} in rows
    assert not certain([finding]) and {f.rule for f in finding.folded} == {"balance"}


def test_last_years_carry_over_is_evidence() -> None:
    report, _ = pending()
    prior = zeros(year=2021)
    agrees = Context(prior=prior, prior_sealed=True)
    (finding,) = located(report, agrees)
    assert {"carried_in"} not in [{c.split(".")[1] for c in g} for g in listed(finding)]
    missing = Context(prior=prior.with_values(dict(case(prior, ("carried_out",)))), prior_sealed=True)
    findings = [f for f in audit(report, missing) if f.suspects]
    assert best(findings[:1]) == {"t3.carried_in.natural": 1, "t3.carried_in.total": 1}
    assert any(f.rule == "carry-over" for f in findings[0].folded), "the same cause"


def test_last_years_edition_need_not_be_this_years() -> None:
    report, _ = pending()
    prior = zeros("2019", 2021)
    prior = prior.with_values(dict(case(prior, ("carried_out",))))
    (finding,) = located(report, Context(prior=prior))
    assert best([finding]) == {"t3.carried_in.natural": 1, "t3.carried_in.total": 1}
    assert not certain([finding])


def test_the_number_in_the_prose_is_evidence() -> None:
    report, _ = pending()
    (stated,) = located(report, prose={f"{NEW}.total": 2})
    assert best([stated]) == {f"{NEW}.natural": 2, f"{NEW}.total": 2}
    (against,) = located(report, prose={f"{NEW}.total": [1], f"{PENDING}.total": [0]})
    assert best([against]) == {f"{PENDING}.natural": 0, f"{PENDING}.total": 0}


def test_the_texts_of_the_report_are_asked() -> None:
    report, _ = pending()
    report = replace(report, texts={"一": "2022年，新收政府信息公开申请2件。", "五": "无", "六": "无"})
    findings = [f for f in audit(report) if f.suspects]
    assert best(findings) == {f"{NEW}.natural": 2, f"{NEW}.total": 2}


@pytest.mark.parametrize(
    ("right", "typed", "how"),
    [
        (123, 132, "顺序颠倒"),
        (12, 112, "重复键入"),
        (12, 1, "漏键入"),
        (12, 132, "多键入"),
        (12, -12, "误加负号"),
        (12, 0, "漏填"),
        (123, 173, "一位数字键错"),
    ],
)
def test_how_it_was_mistyped_is_said(right: int, typed: int, how: str) -> None:
    report = zeros()
    for row in ("new", "granted", "processed"):
        report = report.with_values(dict(case(report, (row,), right)))
    (finding,) = located(report.with_values({"t3.granted.natural": typed}))
    assert best([finding]) == {"t3.granted.natural": right}
    assert how in finding.message and how in finding.suspects[0].reason
    assert ("不能为负数" in finding.message) == (typed < 0)


def test_a_hopeless_table_says_where_to_look_and_stays_uncertain() -> None:
    report = consistent("2021", 9, filled=0.9)
    other = consistent("2021", 10, filled=0.9)
    (finding,) = located(report.with_values({c: other.number(c) for c in cells3(report)[::2]}))
    assert finding.rule == "wrong-many" and not certain([finding])
    assert len(finding.folded) > 20


def test_a_city_that_switches_an_equation_off_or_softens_it_is_followed() -> None:
    report = consistent("2021", 9)
    broken = report.with_values({"t3.granted.natural": report.number("t3.granted.natural") + 1})
    context = Context()
    rules = dict(context.catalogue.rules)
    for rule in ("row-total", "process-total", "balance"):
        rules[rule] = replace(rules[rule], level="warning")
    soft = Context(catalogue=replace(context.catalogue, rules=rules))
    assert [f.level for f in located(broken, soft)] == ["warning"]
    rules["wrong-cell"] = replace(rules["wrong-cell"], off=True)
    plain = Context(catalogue=replace(context.catalogue, rules=rules))
    assert {f.rule for f in located(broken, plain)} == {"row-total", "process-total"}


def test_suspects_are_legal_and_mend_every_equation() -> None:
    report = consistent("2019", 21, filled=0.6)
    broken = report.with_values({c: report.number(c) + 4 for c in ("t3.new.natural", "t3.other.business")})
    findings: list[Finding] = located(broken)
    mended = broken.with_values(best(findings))  # type: ignore[arg-type]
    assert min(mended.vector()) >= 0
    assert not [f for f in check(mended) if f.rule in ("row-total", "process-total", "balance")]


def test_a_text_that_states_both_numbers_does_not_speak_against_the_right_one() -> None:
    """总计 7 where the results are 6 and the text says both: the total is the first to look at."""
    block = {"upheld": 5, "corrected": 1, "other_result": 0, "pending": 0, "total": 7}
    report = consistent("2021", 1).with_values({f"t4.review.{c}": n for c, n in block.items()})
    (both,) = located(report, prose={"t4.review.total": {7, 6}})
    assert best([both]) == {"t4.review.total": 6}
    (typed,) = located(report, prose={"t4.review.total": {7}})
    assert "t4.review.total" not in best([typed])
