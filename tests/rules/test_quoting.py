"""What is quoted of a text: a little around what was found, from where a clause, word or number begins."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.rules.plain import AROUND, excerpt
from support.triples import case

FOUND = "某某"
_RUNS = re.compile(r"[0-9]+(?:[,.:][0-9]+)*%?|[A-Za-z]+")


@pytest.mark.parametrize(
    ("before", "begins"),
    [
        ("", ""),
        ("甲" * 12, "甲" * 12),
        ("甲" * 30, "甲" * 12),
        ("依法公开。2024年度本单位的工作中", "2024年度本单位的工作中"),
        ("全年办理1,234,567件本单位的申请中", "全年办理1,234,567件本单位的申请中"),
        ("乙" * 20 + "2024年度本单位的工作中", "2024年度本单位的工作中"),
        ("乙" * 20 + "Telegram本单位的工作中", "Telegram本单位的工作中"),
        ("乙" * 20 + "1234.56万元本单位的工作", "1234.56万元本单位的工作"),
        ("乙" * 20 + "占12.5%的本单位的各项工作中", "12.5%的本单位的各项工作中"),
    ],
)
def test_a_quotation_begins_with_a_clause_or_at_least_a_whole_number(before: str, begins: str) -> None:
    assert excerpt(before + FOUND, len(before), len(before + FOUND)) == begins + FOUND


def test_a_quotation_ends_with_a_whole_number() -> None:
    text = f"{FOUND}{'甲' * (AROUND - 2)}12,345.67件申请"
    assert excerpt(text, 0, 2) == f"{FOUND}{'甲' * (AROUND - 2)}12,345.67"


@settings(max_examples=200)
@given(st.text(st.sampled_from("甲乙，。,.:%0123a"), max_size=60), st.integers(0, 60), st.integers(0, 5))
def test_no_short_number_or_word_is_cut_and_what_was_found_is_there(text: str, at: int, size: int) -> None:
    start = min(at, len(text))
    end = min(start + size, len(text))
    shown = excerpt(text, start, end)
    assert shown in text and text[start:end].strip(",，") in shown
    whole = [m[0] for m in _RUNS.finditer(text) if len(m[0]) <= AROUND]
    for run in (m[0] for m in _RUNS.finditer(shown)):
        assert run in whole or len(run) >= AROUND


def test_a_run_without_end_is_quoted_in_part() -> None:
    text = "9" * 5000
    assert len(excerpt(text, 2500, 2501)) == 4 * AROUND + 1


def test_a_message_quotes_no_half_of_a_year() -> None:
    """024年度无。某县某局……"""
    texts = {
        "一": "依法公开。",
        "五": f"{'已' * 20}2024年度无。某县各局【此处填写公布日期】",
        "六": "无其他需要报告的事项。",
    }
    (found,) = (f for f in case(report={"texts": texts}).findings() if f.rule == "placeholder")
    assert "“2024年度无。某县各局【此处填写" in found.message or "“某县各局【此处填写" in found.message


def test_advertising_is_quoted_from_a_whole_number_too() -> None:
    texts = {"一": f"{'已' * 40}2024年度公开{'甲' * 5}棋牌官网平台注册登录入口的信息。"}
    (found,) = (f for f in case(report={"texts": texts}).findings() if f.rule == "text-injected")
    quoted = re.findall("“([^【]*)【", found.message)
    assert quoted and not re.match("024|24|4年", quoted[0])
