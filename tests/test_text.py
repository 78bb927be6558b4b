"""Texts as they are compared, and as wide as they are shown."""

from __future__ import annotations

import pytest

from gouji.text import plain, shown_width


@pytest.mark.parametrize(
    "text", ["注1", "注１", " 注 1", "注\u30001\n", "注\u00a01", "\x1c注1\x1f"], ids=lambda text: ascii(text)
)
def test_width_and_white_space_make_no_difference(text: str) -> None:
    assert plain(text) == "注1"


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("a1", 2), ("年报", 4), ("“一”", 6), ("２", 2), ("ｱ", 1)]
)
def test_what_chinese_fonts_draw_wide_is_two_columns(text: str, width: int) -> None:
    assert shown_width(text) == width
