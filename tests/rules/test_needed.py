"""A pattern is never passed over in a text that it would have matched in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.rules import catalogue
from gouji.rules.injected import _lists, _pattern
from gouji.rules.needed import Sought, needed
from gouji.rules.statements import RULE, reader

COUNTS = catalogue()[RULE].parameters["counts"]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("办结", {"办结"}),
        ("办结?", {"办"}),
        ("办结*完毕", {"完毕"}),
        ("办结+完毕", {"办结"}),
        ("办{0,3}结束", {"结束"}),
        ("办{0}结束", {"结束"}),
        ("办{1,}结", {"办"}),
        ("办结|完毕", {"办结", "完毕"}),
        ("(?:办结|完毕)率", {"办结", "完毕"}),
        ("(?:办结|完毕)?率", {"率"}),
        ("(?P<n>\\d+)(?:件|条)", {"件", "条"}),
        ("(?!不)(?<!未)公开", {"公开"}),
        ("公开(?!指南)", {"公开"}),
        ("[公开]指南", {"指南"}),
        ("[]公开]指南", {"指南"}),
        ("[^]公|(]指南", {"指南"}),
        ("\\(公开\\)", {"公开"}),
        ("公开\\|指南机关", {"指南机关"}),
        ("pk10(?!\\d)", {"pk10"}),
        ("公开|", None),
        ("(?:公开|\\d)", None),
        ("\\d+", None),
        ("(?i)abc", None),
        ("\\u516c开", None),
        ("(公)?(?(1)开|关)", None),
        ("(?P<n>公)(?P=n)", None),
        ("(?>公开)", None),
        ("", None),
    ],
)
def test_what_a_pattern_needs(pattern: str, words: set[str] | None) -> None:
    assert needed(pattern) == words


def made(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns made of smaller ones."""
    groups = st.sampled_from(["(?:{})", "(?P<n>{})", "({})", "(?!{})", "(?={})"])
    times = st.sampled_from(["", "", "?", "*", "+", "??", "*?", "+?", "{0,2}", "{1,2}", "{2}", "{,1}", "{0}"])
    whole = st.builds(lambda group, part, how: group.format(part) + how, groups, parts, times)
    single = st.builds(str.__add__, st.sampled_from(list("甲乙丙a1")), times)
    return st.lists(whole | single | parts, min_size=1, max_size=4).map("".join) | st.lists(
        parts, min_size=2, max_size=3
    ).map("|".join)


PATTERNS = st.recursive(
    st.sampled_from(["甲", "乙丙", "甲乙", "a1", "[甲乙]", "[^甲]", "[]|(乙]", ".", "\\d", "\\(", "$"]),
    made,
    max_leaves=8,
)


@given(PATTERNS, st.text("甲乙丙a1(|]", max_size=8))
def test_nothing_is_passed_over(pattern: str, text: str) -> None:
    try:
        compiled = re.compile(pattern)
    except re.error:
        return
    sought = Sought(pattern)
    assert [m.span() for m in sought.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert bool(sought.search(text)) == bool(compiled.search(text))
    assert bool(sought.match(text)) == bool(compiled.match(text))


def shipped() -> Iterator[str]:
    """The patterns of the catalogue that are sought in this way, and those of their like."""
    read = reader(catalogue(), 2024)
    yield from (read.scopes.pattern.pattern, read.scopes.parts.pattern)
    for rule in catalogue().rules.values():
        named = {name: value for name, value in rule.parameters.items() if name.startswith("pattern")}
        lists = [one if isinstance(one, list) else [one] for one in named.values()]
        yield from (one for each in lists for one in each if isinstance(one, str) and "{" not in one)
    for count in read._counts:
        yield from (p.pattern for p in (*count.patterns, *count.labelled, *count.shared, *count.none))
    for rule in catalogue().rules.values():
        if "shapes" in rule.parameters:
            lists = _lists(rule.parameters)
            yield from (_pattern(s["pattern"], lists).pattern for s in rule.parameters["shapes"])


def test_the_catalogue_passes_nothing_over() -> None:
    texts = [text for count in COUNTS for text in (*(e[0] for e in count["examples"]), *count["silent"])]
    patterns = list(dict.fromkeys(shipped()))
    found = [(p, t) for p in patterns for t in texts if re.search(p, t)]
    assert len(found) > len(texts)
    assert [(pattern, text) for pattern, text in found if not Sought(pattern).may_match(text)] == []


def test_most_of_the_catalogue_needs_words() -> None:
    """Else every start compiles it all."""
    patterns = list(dict.fromkeys(shipped()))
    assert sum(needed(pattern) is None for pattern in patterns) < len(patterns) / 50
