"""Single cells and pairs: what the equations decide is decided, what they do not is a tie."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gouji.locate import diagnose
from gouji.report import Report
from gouji.rules import Context, check
from support.located import EDITIONS, best, cells3, certain, consistent, forms, listed, located


@pytest.mark.parametrize(("edition", "count"), [("2021", 175), ("2019", 161)])
def test_every_single_cell_of_table_three_is_named_with_its_right_value(edition: str, count: int) -> None:
    report = consistent(edition, 7)
    assert len(cells3(report)) == count
    for cell in cells3(report):
        right = report.number(cell)
        (finding,) = located(report.with_values({cell: right + 3}))
        assert (finding.place, best([finding]), finding.level) == (cell, {cell: right}, "error")
        assert certain([finding]) == {cell: right}
        assert 2 <= len(finding.folded) <= 3
        assert f"应为 {right}" in finding.message and report.form.by_id[cell].row.short in finding.message


@settings(deadline=None, max_examples=60)
@given(forms, st.data())
def test_single_errors_of_any_form_and_size(report: Report, data: st.DataObject) -> None:
    cell = data.draw(st.sampled_from(cells3(report)))
    right = report.number(cell)
    wrong = data.draw(st.integers(-9, 6000).filter(lambda n: n != right))
    findings = located(report.with_values({cell: wrong}))
    assert len(findings) == 1
    assert best(findings) == certain(findings) == {cell: right}


def errors(report: Report, data: st.DataObject, count: int) -> dict[str, int]:
    cells = data.draw(st.lists(st.sampled_from(cells3(report)), min_size=count, max_size=count, unique=True))
    sizes = data.draw(st.lists(st.integers(-60, 60), min_size=count, max_size=count, unique_by=abs))
    return {cell: report.number(cell) + size for cell, size in zip(cells, sizes, strict=True) if size}


@settings(deadline=None, max_examples=60)
@given(forms, st.data())
def test_two_errors_of_different_sizes_are_both_named(report: Report, data: st.DataObject) -> None:
    wrong = errors(report, data, 2)
    assume(len(wrong) == 2 and min(wrong.values()) >= 0)
    findings = located(report.with_values(dict(wrong)))
    assert best(findings) == {cell: report.number(cell) for cell in wrong}


@settings(deadline=None, max_examples=80)
@given(forms, st.data())
def test_equal_sizes_list_the_true_pair_and_are_never_falsely_certain(
    report: Report, data: st.DataObject
) -> None:
    one, other = data.draw(st.lists(st.sampled_from(cells3(report)), min_size=2, max_size=2, unique=True))
    size = data.draw(st.integers(1, 60))
    signs = data.draw(st.sampled_from([(1, 1), (1, -1), (-1, -1)]))
    wrong = {c: report.number(c) + size * s for c, s in zip((one, other), signs, strict=True)}
    assume(min(wrong.values()) >= 0)
    findings = located(report.with_values(dict(wrong)))
    right = {c: report.number(c) for c in wrong}
    assert certain(findings).items() <= right.items()
    if any(f.area for f in findings):  # a movement comes before any two cells, and is not certain then
        assert not any(f.decided for f in findings if f.area)
        return
    offered = [group for f in findings for group in listed(f)]
    assert right in offered or right == best(findings)


def test_a_tie_is_said_to_be_a_tie() -> None:
    report = consistent("2021", 3, filled=1.0)
    wrong = {c: report.number(c) + 1 for c in ("t3.granted.natural", "t3.partly.business")}
    (finding,) = located(report.with_values(dict(wrong)))
    assert {frozenset(g) for g in listed(finding)} == {
        frozenset(wrong),
        frozenset(("t3.granted.business", "t3.partly.natural")),
    }
    assert finding.rule == "wrong-cells" and not certain([finding])
    assert not finding.decided and [a.groups for a in finding.alternatives] == [(1,), (2,)]
    assert "不能判定" in finding.message and "有 2 种改法都能轧平" in finding.message


def test_a_value_moved_one_row_aside_names_the_two_rows() -> None:
    """Written one row too high: petition is 0 and repeated is not; the totals may be exchanged as well."""
    above, below = "t3.petition.natural", "t3.repeated.natural"
    reports = (consistent("2021", seed, filled=0.8) for seed in range(99))
    report = next(r for r in reports if r.number(above) == 0 and r.number(below) > 9)
    amount = report.number(below)
    (finding,) = located(report.with_values({above: amount, below: 0}))
    assert finding.rule == "moved-value" and not certain([finding])
    assert best([finding]) == {above: 0, below: amount}
    assert all({c.split(".")[1] for c in group} == {"petition", "repeated"} for group in listed(finding))
    assert "1.信访举报投诉类申请" in finding.message and "2.重复申请" in finding.message
    assert f"疑似误将 {amount} 件填到「（五）1」行，应填在" in finding.message


@settings(deadline=None, max_examples=30)
@given(forms, st.data())
def test_table_four_names_the_block_and_is_never_certain(report: Report, data: st.DataObject) -> None:
    block = data.draw(st.sampled_from(["review", "direct_suit", "suit_after_review"]))
    cell = data.draw(st.sampled_from([c.id for c in report.form.cells if c.id.startswith(f"t4.{block}.")]))
    right = report.number(cell)
    wrong = data.draw(st.integers(0, 500).filter(lambda n: n != right))
    (finding,) = located(report.with_values({cell: wrong}))
    assert {cell: right} in listed(finding)
    assert all(len(group) == 1 for group in listed(finding)) and not certain([finding])
    assert all(s.cell.startswith(f"t4.{block}.") for s in finding.suspects)


def test_a_total_of_nothing_comes_first_in_table_four() -> None:
    report = consistent("2021", 1)
    block = {"upheld": 5, "corrected": 1, "other_result": 0, "pending": 0, "total": 0}
    (finding,) = located(report.with_values({f"t4.review.{c}": n for c, n in block.items()}))
    assert finding.rule == "totals-left" and best([finding]) == {"t4.review.total": 6}


def test_several_causes_come_out_as_several_findings() -> None:
    report = consistent("2021", 11)
    wrong = {"t3.granted.natural": 7, "t3.new.research": 100, "t3.secret.total": 31}
    broken = report.with_values({c: report.number(c) + n for c, n in wrong.items()})
    findings = located(broken)
    assert [f.rule for f in findings] == ["wrong-cell"] * 3
    assert best(findings) == {c: report.number(c) for c in wrong}
    assert not certain(findings), "among three and more, sizes may agree by chance"


def test_what_is_not_about_a_cause_stays_as_it_is() -> None:
    report = consistent("2021", 5)
    broken = report.with_values({"t2.rules.made": -1, "t3.granted.natural": -4})
    findings = check(broken, Context())
    out = [f.id for f in diagnose(broken, findings, Context())]
    assert "cell-number:t2.rules.made" in out
    assert "cell-number:t3.granted.natural" not in out, "the cause says it"


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_right_form_is_left_alone(edition: str) -> None:
    assert located(consistent(edition, 2)) == []
