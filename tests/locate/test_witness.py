"""Certain means true: flag, ``decided`` and sentence are one, and a witness against takes all three away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.audit import audit
from gouji.report import Report
from gouji.rules import Context, Finding
from support.located import best, cells3, certain, consistent, forms, located

from .test_causes import case, zeros

#: Words of what is not certain.
UNSURE = re.compile("很可能|若|尚不能判定|看不出是哪|不能归结|可由|请与台账核对|不能相符|再推算")


def small(rows: dict[str, int]) -> Report:
    """A form of zeros in which natural persons alone have these numbers."""
    report = zeros()
    for row, number in rows.items():
        report = report.with_values(dict(case(report, (row,), number)))
    return report


def one_slip() -> Report:
    """一 is 146 in its total, its balance and （七）; 143 was typed for natural persons."""
    return small({"new": 146, "granted": 146, "processed": 146}).with_values({"t3.new.natural": 143})


def unsure(finding: Finding) -> bool:
    assert not certain([finding]) and not finding.decided
    return bool(UNSURE.search(finding.message))


def test_without_a_witness_the_slip_is_certain() -> None:
    (finding,) = located(one_slip())
    assert certain([finding]) == best([finding]) == {"t3.new.natural": 146}
    assert finding.decided and "应为 146" in finding.message and not UNSURE.search(finding.message)


@pytest.mark.parametrize("said", [{"t3.new.natural": 143}, {"t3.new.total": 143}])
def test_a_text_that_states_the_typed_number_takes_certainty_away(said: dict[str, int]) -> None:
    """The cell itself, or the total that the typed parts add up to."""
    (finding,) = located(one_slip(), prose=said)
    assert unsure(finding) and best([finding]) == {"t3.new.natural": 146}
    assert "但文字表述「一、本年新收政府信息公开申请数量」" in finding.message and "为 143" in finding.message


@pytest.mark.parametrize(
    "said", [{"t3.new.natural": 146}, {"t3.new.total": {146, 143}}, {"t3.new.total": 150}]
)
def test_a_text_that_knows_the_right_number_or_neither_leaves_it_certain(said: dict[str, int]) -> None:
    (finding,) = located(one_slip(), prose=said)
    assert certain([finding]) == {"t3.new.natural": 146}


def test_a_text_that_contradicts_a_number_from_which_it_is_reckoned_takes_certainty_away() -> None:
    """新收 150 in the text: the total itself is in doubt, and 146 follows from it."""
    report = replace(one_slip(), texts={"一": "2022年，新收政府信息公开申请150件。", "五": "无", "六": "无"})
    (finding,) = (f for f in audit(report) if f.suspects)
    assert unsure(finding) and "「总计」为 150" in finding.message


@pytest.mark.parametrize("sealed", [False, True])
def test_last_years_number_that_was_typed_takes_certainty_away(sealed: bool) -> None:
    """二 is 18 as last year's 四; the total says 81. Only a sealed report decides, and then another cell."""
    report = small({"new": 100, "carried_in": 81, "granted": 181, "processed": 181})
    report = report.with_values({"t3.carried_in.natural": 18})
    prior = zeros(year=2021)
    prior = prior.with_values({"t3.carried_out.natural": 18, "t3.carried_out.total": 18})
    found = located(report, Context(prior=prior, prior_sealed=sealed))
    assert not certain(found) and all(not f.decided for f in found)
    if not sealed:
        (finding,) = found
        assert unsure(finding) and "但上年报告「四、结转下年度继续办理」「自然人」为 18" in finding.message


def test_where_to_look_first_says_what_the_witness_says_and_not_the_opposite() -> None:
    """一 = 143 typed, the text says 146: never "143, as the text has it"."""
    report = small({"new": 143, "granted": 146, "processed": 146})
    (finding,) = located(report, prose={"t3.new.total": 146})
    assert "（D9，现为 143，疑似一位数字键错，文字表述为 146）" in finding.message
    assert "一致" not in finding.message + "".join(s.reason for s in finding.suspects)


@settings(deadline=None, max_examples=60)
@given(forms, st.data())
def test_flag_decided_and_sentence_are_one(report: Report, data: st.DataObject) -> None:
    """Whatever is typed, left out, stated or known: plain words exactly for what is certain."""
    cells = data.draw(st.lists(st.sampled_from(cells3(report)), min_size=1, max_size=4, unique=True))
    wrong = {c: data.draw(st.one_of(st.none(), st.integers(0, 60)), label=c) for c in cells}
    spoken = {c: data.draw(st.integers(0, 60)) for c in cells[:2]}
    prior = report.with_values({c.replace("carried_in", "carried_out"): n for c, n in spoken.items()})
    context = Context(prior=replace(prior, year=report.year - 1))
    for finding in located(report.with_values(wrong), context, prose=spoken):
        if finding.suspects:
            sure = {s.certain for s in finding.suspects}
            assert sure == {finding.decided}
            assert bool(UNSURE.search(finding.message)) == (not finding.decided), finding.message


def test_a_total_of_table_four_is_never_said_flatly() -> None:
    """Clerk's 28: a block one cell too far right, the total lost; 7 was told as a fact."""
    report = zeros()
    for total in (0, None):
        block = {"upheld": 0, "corrected": 6, "other_result": 0, "pending": 1, "total": total}
        broken = report.with_values({f"t4.review.{c}": n for c, n in block.items()})
        (finding,) = (f for f in audit(broken) if f.rule == "totals-left")
        assert unsure(finding) and "若是漏填，应填：7" in finding.message


def test_every_cell_of_a_tie_is_marked_alike() -> None:
    report = consistent("2021", 3, filled=1.0)
    wrong = {c: report.number(c) + 1 for c in ("t3.granted.natural", "t3.partly.business")}
    (finding,) = located(report.with_values(dict(wrong)))
    assert finding.open and not finding.decided
