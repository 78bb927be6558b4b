"""Texts as they are compared, and as wide as they are shown."""

from __future__ import annotations

import json
import unicodedata

import pytest

from gouji.text import encodable, is_unseen, like_formula, one_line, plain, seen_json, shown_width, visible
from support.hostile_strings import COMMANDING, FORMULAS, HOSTILE, MEANT, TOGETHER


@pytest.mark.parametrize(
    "text", ["注1", "注１", " 注 1", "注\u30001\n", "注\u00a01", "\x1c注1\x1f"], ids=lambda text: ascii(text)
)
def test_width_and_white_space_make_no_difference(text: str) -> None:
    assert plain(text) == "注1"


def test_ascii_is_compared_as_every_other_text() -> None:
    """Nothing of it is folded, and of its white space nothing is left."""
    for code in range(0x80):
        for text in (chr(code), f"a{chr(code)}1", f"{chr(code)}1 "):
            assert plain(text) == "".join(unicodedata.normalize("NFKC", text).split())


@pytest.mark.parametrize(
    ("text", "width"), [("", 0), ("a1", 2), ("年报", 4), ("“一”", 6), ("２", 2), ("ｱ", 1)]
)
def test_what_chinese_fonts_draw_wide_is_two_columns(text: str, width: int) -> None:
    assert shown_width(text) == width


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_text_is_shown_whole_and_commands_nothing(text: str) -> None:
    assert not [char for char in visible(text) if is_unseen(char) and char != "\n"]
    assert not any(map(is_unseen, one_line(text)))
    codes = {char: f"<U+{ord(char):04X}>" for char in text if is_unseen(char) and char != "\n"}
    back = visible(text)
    for char, code in codes.items():
        back = back.replace(code, char)
    assert back == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("甲\x1b[2J", "甲<U+001B>[2J"),
        ("甲\u202e乙", "甲<U+202E>乙"),
        ("\U000e0041", "<U+E0041>"),
        ("\ud800", "<U+D800>"),
        ("\ufffe\U0010ffff", "<U+FFFE><U+10FFFF>"),
        ("\ufdcf\ufdd0\ufdef\ufdf0", "\ufdcf<U+FDD0><U+FDEF>\ufdf0"),
    ],
)
def test_what_is_not_seen_stands_as_its_code(text: str, shown: str) -> None:
    assert visible(text) == one_line(text) == shown


@pytest.mark.parametrize(
    "text", ["", "某市　某局", "\u00a0", "\ue000", "\U00031350", "葛\U000e0100", "①½—“”"]
)
def test_what_is_seen_stays(text: str) -> None:
    """Wide blanks, private characters of rare names, characters newer than this Python, variants."""
    assert visible(text) == one_line(text) == encodable(text) == text
    assert seen_json(json.dumps(text, ensure_ascii=False)) == json.dumps(text, ensure_ascii=False)


def test_lines_end_only_where_they_may() -> None:
    assert (visible("一\n二\r"), one_line("一\n二\r")) == ("一\n二<U+000D>", "一↵二<U+000D>")


@pytest.mark.parametrize("text", [TOGETHER, "\ud800", *COMMANDING.values()])
def test_json_shows_everything_and_says_the_same(text: str) -> None:
    shown = seen_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    assert json.loads(shown) == {text: [text]}
    assert not [char for char in shown if is_unseen(char) and char != "\n"]


def test_half_of_a_pair_can_be_written() -> None:
    assert encodable("甲\ud800\x1b𠀀") == "甲<U+D800>\x1b𠀀"


def test_what_a_spreadsheet_takes_for_a_formula() -> None:
    assert [text for text in FORMULAS.values() if not like_formula(text)] == ["'=7+1"]
    assert not any(like_formula(text) for text in ("", "甲=1", " =1", "1-2", *MEANT.values()))
