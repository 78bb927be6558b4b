"""The data file of the prose: everything in it is used, compiles, and speaks in one width."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import gouji.published
from gouji.form import editions, load_form
from gouji.published.prose.head import year_of
from gouji.published.prose.words import WORDS, squeezed
from gouji.published.prose.written import Written, fold
from gouji.published.stream import Atom, Stream

CODE = "".join(p.read_text("utf-8") for p in Path(gouji.published.__file__).parent.rglob("*.py"))
#: Wide signs that fold away, which a pattern for folded text can never meet.
WIDE = re.compile("[（），．：；？！／［］＋０-９]")


def leaves(data: Any) -> list[str]:
    if isinstance(data, dict):
        return [leaf for value in data.values() for leaf in leaves(value)]
    if isinstance(data, list):
        return [leaf for value in data for leaf in leaves(value)]
    return [data] if isinstance(data, str) else []


def test_every_key_is_used() -> None:
    keys = {key for section in WORDS.data.values() for key in section}
    by_form = {"table2", "table3", "table4"}
    assert {key for key in keys - by_form if f'"{key}"' not in CODE and f"'{key}'" not in CODE} == set()


def test_patterns_meet_folded_text() -> None:
    """A pattern with a wide sign would never match."""
    apart = ("characters", "places")
    for section, data in WORDS.data.items():
        for leaf in leaves(data) if section not in apart else ():
            assert not WIDE.search(leaf), (section, leaf)


@pytest.mark.parametrize("edition", editions())
def test_the_form_s_own_titles_are_among_those_that_are_searched(edition: str) -> None:
    titles = {number: titles for number, titles, _, _ in WORDS.sections}
    for section in load_form(edition).sections:
        assert squeezed(section.title).split("、", 1)[1] in titles[section.number]


def test_folding_keeps_the_length() -> None:
    """Offsets are the same in both views, whatever stands there."""
    odd = "（１）⼀⻓開㈠…ﬁ\u200b\ufeff𠮷钩稽①"
    assert len(fold(odd)) == len(odd) == len(fold(odd * 2000)) / 2000
    assert fold(odd * 2000) == fold(odd) * 2000
    assert fold("（１）⼀⻓開") == "(1)一长开"


def test_squeezed_characters_lead_back() -> None:
    atoms = [
        Atom("一、 总体"),
        Atom(mark="line"),
        Atom(" 情况 "),
        Atom(mark="line"),
        Atom(mark="line"),
        Atom("无。"),
    ]
    written = Written(Stream(tuple(atoms)), "text")
    assert written.squeezed == "一、总体情况无。"
    for position, letter in enumerate(written.squeezed):
        assert written.text[written.at(position)] == letter
    assert written.at(len(written.squeezed)) == len(written.text)
    assert [written.squeezed[head] for head in written.heads] == ["一", "情", "无"]


def test_long_lines_lead_back_too() -> None:
    line = "".join(f"第{n}句， 话。" for n in range(1000))
    written = Written(Stream((Atom("题"), Atom(mark="line"), Atom(line))), "text")
    for position in (0, 1, 700, 701, 4000, len(written.squeezed) - 1):
        assert written.folded[written.at(position)] == written.squeezed[position]


@pytest.mark.parametrize(
    ("text", "year"), [("2020", 2020), ("二〇二〇", 2020), ("二○二一", 2021), ("二零一九", 2019), ("二十", 0)]
)
def test_years_in_writing(text: str, year: int) -> None:
    assert year_of(text) == year
