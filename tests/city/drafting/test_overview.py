"""Section 一 as it is drafted: true of every form, caught where a number is changed, never absurd."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.city.drafting.checking import faults
from gouji.city.drafting.overview import Overview
from gouji.document.contents import gap
from gouji.report import Report
from gouji.wording import wording_of
from support.drafts import any_form, zeros

SEEDS = st.integers(0, 10**9)
WORDS = wording_of("gouji.city.drafting", "overview")


def said(report: Report, prior: Report | None = None) -> str:
    """The sentences alone, without heads and gaps."""
    text = re.sub(r"【[^】]*】", "", Overview(report, prior).text)
    return "".join(line for line in text.splitlines() if not line.startswith("（"))


def year_before(report: Report, **cells: int) -> Report:
    prior = zeros(report.form.edition, report.unit, **cells)
    prior.year = report.year - 1
    return prior


# ---------------------------------------------------------------- any form


@given(SEEDS)
@settings(max_examples=120, deadline=None)
def test_the_rules_find_nothing_in_a_draft(seed: int) -> None:
    """All of it at once, headings and gaps among the sentences."""
    report, prior = any_form(seed)
    assert faults(report, "一", Overview(report, prior).text, prior) == []


@given(SEEDS, st.integers(1, 10**6))
@settings(max_examples=25, deadline=None)
def test_a_number_that_was_changed_is_found(seed: int, more: int) -> None:
    report, prior = any_form(seed, whole=True)
    text = Overview(report, prior).text
    numbers = list(re.finditer(r"\d+(?:\.\d+)?(?=件|个|万元)", text))
    for found in numbers[:: max(1, len(numbers) // 6)]:
        # 收到 may count what was carried in as well: no other way to count hits so far from all of them.
        wrong = str(int(float(found[0])) + more * 1013 + 10**13)
        assert faults(report, "一", text[: found.start()] + wrong + text[found.end() :], prior)


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_no_sentence_is_absurd(seed: int) -> None:
    report, prior = any_form(seed)
    text = said(report, prior)
    for wrong in (
        "占0.0%",
        "占100.0%",
        "占100.0%",
        "增长0.0%",
        "下降0.0%",
        "均为。",
        "其中。",
        "，。",
        "。。",
        "{",
        "-",
        "None",
    ):
        assert wrong not in text
    assert not re.search(r"(?<![\d加少])1件(?:，结果均|中)", text), "one case is no several"


# ---------------------------------------------------------------- few and none


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_a_year_without_anything(edition: str) -> None:
    text = said(zeros(edition))
    assert "未收到政府信息公开申请，也没有上年结转的申请。" in text
    assert "没有因政府信息公开引发的行政复议、行政诉讼。" in text
    assert "办结" not in text and "结转下年度" not in text and "0件" not in text


def test_one_application() -> None:
    text = said(zeros("2021", t3_new_natural=1, t3_granted_natural=1))
    assert "新收政府信息公开申请1件，没有上年结转的申请。申请人为自然人。" in text
    assert "办结政府信息公开申请1件，结果为予以公开。没有结转下年度继续办理的公开申请。" in text
    assert "%" not in text and "其中" not in text and "均" not in text


def test_several_of_one_kind() -> None:
    text = said(zeros("2021", t3_new_natural=12, t3_petition_natural=12))
    assert "申请人均为自然人。" in text and "结果均为不予处理。" in text
    assert "不予处理的公开申请12件，情形均为信访举报投诉类申请。" in text
    assert "%" not in text


def test_what_is_only_carried_over() -> None:
    text = said(zeros("2021", t3_carried_in_natural=2, t3_carried_out_natural=2))
    assert "未收到政府信息公开申请，上年结转2件。年内尚无办结的申请。" in text
    assert "结转下年度继续办理的公开申请2件。" in text


def test_shares_are_rounded_and_their_sum_is_said() -> None:
    third = zeros(
        "2021", t3_new_natural=30, t3_granted_natural=10, t3_partly_natural=10, t3_otherwise_natural=10
    )
    text = said(third)
    assert "予以公开10件（占33.3%）、部分公开10件（占33.3%）、其他处理10件（占33.3%）" in text
    assert "，因四舍五入，各项占比之和为99.9%。" in text
    assert Overview(third, None).rounded
    half = zeros("2021", t3_new_natural=30, t3_granted_natural=15, t3_partly_natural=15)
    assert "予以公开15件（占50.0%）、部分公开15件（占50.0%）。" in said(half)
    assert not Overview(half, None).rounded


def test_disputes() -> None:
    text = said(zeros("2021", t4_review_upheld=2, t4_direct_suit_pending=1))
    assert "引发行政复议2件，结果均为维持。" in text
    assert "引发行政诉讼1件，为未经复议直接起诉，尚未审结。" in text
    text = said(zeros("2021", t4_suit_after_review_upheld=1, t4_direct_suit_upheld=1))
    assert "没有因政府信息公开引发的行政复议。" in text
    assert "行政诉讼2件，其中未经复议直接起诉1件、复议后起诉1件。上述行政诉讼结果均为维持。" in text


def test_an_amount_is_said_to_the_last_digit() -> None:
    assert "收取行政事业性收费0.000001万元。" in said(zeros("2021", t2_fees_amount=1))
    assert "收取行政事业性收费24252.311082万元。" in said(zeros("2021", t2_fees_amount=24_252_311_082))


# ---------------------------------------------------------------- last year


def test_against_last_year() -> None:
    report = zeros("2021", t3_new_natural=60, t3_granted_natural=60, t4_review_upheld=3)
    text = said(report, year_before(report, t3_new_natural=50, t3_granted_natural=50, t4_review_upheld=5))
    assert "新收政府信息公开申请60件，比上年增加10件、增长20.0%，没有上年结转的申请。" in text
    assert "行政复议3件，比上年减少2件，结果均为维持。" in text, "two of five is no percentage"
    assert "与上年持平" in said(report, year_before(report, t3_new_natural=60, t3_granted_natural=60))
    assert "上年增" not in said(report) and "持平" not in said(report)


def test_a_last_year_that_contradicts_itself_is_no_measure() -> None:
    report = zeros("2021", t3_new_natural=60, t3_granted_natural=60)
    prior = year_before(report, t3_new_natural=50, t3_granted_natural=50)
    prior.set("t3.new.total", 49)
    assert "新收政府信息公开申请60件，没有上年结转的申请。" in said(report, prior)


# ---------------------------------------------------------------- what is not known


def test_a_blank_is_no_zero() -> None:
    report = zeros("2021")
    report.set("t3.new.total", None)
    report.set("t3.new.natural", None)
    text = Overview(report, None).text
    what = wording_of("gouji.city.drafting", "sentences.received")["what"]
    assert gap(WORDS["waits"].format(what=f"{what}、申请人情况", why=WORDS["undecided"])) in text
    assert "未收到政府信息公开申请" not in text


def test_parts_that_do_not_add_up_are_not_listed() -> None:
    report = zeros("2021", t3_new_natural=30, t3_granted_natural=30)
    report.set("t3.granted.total", 29)
    text = Overview(report, None).text
    assert "新收政府信息公开申请30件" in text and "其中" not in text
    assert gap(WORDS["waits"].format(what="办理结果", why=WORDS["undecided"])) in text


def test_a_zero_that_a_note_explains_is_not_none() -> None:
    """太仓市 2019: 行政强制 0, 注2：当年未统计."""
    report = zeros("2019")
    report.marks["t2.coercion.decisions"] = "注1"
    assert "未作出" in said(zeros("2019"))
    report.set("t2.licences.decisions", 5)
    assert "共作出行政许可决定5件。" in said(report)


def test_an_edition_says_its_own_table_two() -> None:
    text = said(
        zeros("2019", t2_documents_newly_made=20, t2_documents_newly_public=17, t2_documents_public=376)
    )
    assert "新制作规范性文件20件，新公开规范性文件17件，对外公开规范性文件总数376件。" in text
    assert "废止" not in text and "行政事业性收费" not in text
    text = said(zeros("2021", t2_documents_made=3, t2_documents_in_force=40, t2_rules_in_force=2))
    assert "制发行政规范性文件3件，未废止行政规范性文件，年末现行有效行政规范性文件40件。" in text
    assert "年末现行有效规章2件。" in text and "政府集中采购" not in text


def test_the_five_parts_and_their_gaps() -> None:
    lines = Overview(zeros("2021"), None).text.splitlines()
    assert [line for line in lines if line.startswith("（")] == [part["title"] for part in WORDS["parts"]]
    for part in WORDS["parts"]:
        assert gap(part["gap"]) in lines


# ---------------------------------------------------------------- with the office's own words


def test_the_offices_words_with_the_sentences_of_the_tables_in_them() -> None:
    report = zeros("2021", t3_new_natural=1, t3_granted_natural=1, t2_licences_decisions=4)
    own = (
        "总的情况很好。\n（一）主动公开\n【统计】\n还做了别的。\n（二）依申请公开情况\n 【统计】 \n（六）其他"
    )
    lines = Overview(report, None, own).text.splitlines()
    assert lines[:5] == [
        "总的情况很好。",
        "（一）主动公开",
        "2024年，共作出行政许可决定4件。未收取行政事业性收费。",
        "还做了别的。",
        "（二）依申请公开情况",
    ]
    assert lines[5].startswith("2024年，新收政府信息公开申请1件") and lines[-1] == "（六）其他"
    everything = Overview(report, None, "【统计】").text
    assert "行政许可" in everything and "新收" in everything and "行政规范性文件" in everything


def test_the_offices_words_alone_are_left_as_they_are() -> None:
    own = "（一）主动公开\n我市公开了 5 件。\n\n（二）其他"
    overview = Overview(zeros("2021"), None, own)
    assert overview.text == own and not overview.told and not overview.rounded
