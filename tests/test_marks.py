"""Marks with fields, known again when they are filled."""

from __future__ import annotations

import pytest

from gouji.marks import Mark

MARK = Mark(["【{count} 处：{places}。】", "[{count}]"])


@pytest.mark.parametrize("text", ["【3 处：甲 1 处，乙 2 处。】", " 【3 处：。】\n", "[12]"])
def test_a_filled_mark_is_known(text: str) -> None:
    assert MARK.filled(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "【3 处：甲。",
        "前【3 处：甲。】",
        "【3 处：甲。】后",
        "【3 处：甲。】【4 处：乙。】",
        "[1][2]",
        "【：。】",
    ],
)
def test_what_holds_more_or_less_is_none(text: str) -> None:
    assert not MARK.filled(text)


def test_a_mark_without_fields_is_itself() -> None:
    assert Mark(["甲"]).filled("甲") and not Mark(["甲"]).filled("甲乙")
