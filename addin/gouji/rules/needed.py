"""Words without which a pattern matches nothing: a text that has none of them need not be searched, and a
pattern that no text calls for need not be compiled.

A pattern of the catalogue is read from left to right as far as this takes: characters that stand for
themselves, groups of alternatives, what may be left out. What is not understood only makes fewer words
needed; a word is never called needed that is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from ..kept import Kept
from ..precompiled import compiled
from .precompiled import PATTERNS

#: Words that a match needs one of; None where nothing is known of it.
Words = frozenset[str] | None
_WORDS: Kept[str, Words] = Kept(__file__)

#: What changes how all the rest is read, or is not read here: flags, conditions, what is named by a number.
_OTHER = compiled(r"\(\?(?:[aiLmsux(>-]|P=)|\\[xuUN0-9]")
#: A group that matches nothing itself, and how any other begins.
_ASIDE = compiled(r"\(\?(?:[!=#]|<[!=])")
_HEAD = compiled(r"\((?:\?(?::|P<\w+>))?")
#: How often the piece before it stands, and of these what lets it be left out.
_TIMES = compiled(r"(?:[*+?]|\{(?:\d+,?\d*|,\d+)\})[?+]?")
_OPTIONAL = compiled(r"[*?]|\{(?:0*,|0+\})|\{0+,")
#: A character that is written with a backslash, a set of characters, or what groups are made with.
_TOKEN = compiled(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[()|]", re.S)


class Sought:
    """A pattern that is compiled when a text first has a word that it needs."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def words(self) -> Words:
        """What a text must have one of for the pattern to match in it."""
        return _WORDS.get(self.pattern, needed)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return PATTERNS.compiled(self.pattern)

    @cached_property
    def firsts(self) -> frozenset[str] | None:
        """Letters of which a text must have one; None where nothing is known."""
        return None if self.words is None else frozenset(word[0] for word in self.words)

    @cached_property
    def _by_first(self) -> tuple[tuple[str, list[str]], ...]:
        """The words by their first letter: most letters a text does not have, and one is sought quickly."""
        found: dict[str, list[str]] = {}
        for word in self.words or ():
            found.setdefault(word[0], []).append(word)
        return tuple(found.items())

    def may_match(self, text: str) -> bool:
        """Whether it is worth searching the text."""
        for first, words in self._by_first:
            if first in text and any(map(text.__contains__, words)):
                return True
        return self.words is None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self._compiled.finditer(text) if self.may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        return self._compiled.search(text) if self.may_match(text) else None

    def match(self, text: str) -> re.Match[str] | None:
        return self._compiled.match(text) if self.may_match(text) else None


@lru_cache(maxsize=1024)
def sought(pattern: str) -> Sought:
    """The pattern, compiled once for all who seek it."""
    return Sought(pattern)


def needed(pattern: str) -> Words:
    """What a text must have one of for the pattern to match in it; None where nothing is known."""
    return None if _OTHER.search(pattern) else _any(pattern)


def _any(pattern: str) -> Words:
    """Of alternatives: the words of each, if each has some."""
    found: set[str] = set()
    for way in _alternatives(pattern):
        words = _all(way)
        if not words:
            return None
        found |= words
    return frozenset(found)


def _alternatives(pattern: str) -> Iterator[str]:
    start = depth = 0
    for token in _TOKEN.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if token[0] == "|" and not depth:
            yield pattern[start : token.start()]
            start = token.end()
    yield pattern[start:]


def _all(way: str) -> Words:
    """Of what must all be there: the longest word, or else the group whose words say most."""
    words, groups = _pieces(way)
    longest = max(words, key=len, default="")
    if len(longest) > 1:
        return frozenset((longest,))
    known = [each for each in map(_any, groups) if each] + [frozenset((one,)) for one in words]
    return max(known, key=lambda each: (min(map(len, each)), -len(each)), default=None)


def _pieces(way: str) -> tuple[list[str], list[str]]:
    """Words, and what stands in groups, that no match is without."""
    words, groups = [""], []
    at = 0
    while at < len(way):
        end = _behind(way, at)
        piece, times = way[at:end], _TIMES.match(way, end)
        if times and _OPTIONAL.match(times[0]):
            words.append("")
        elif len(piece) == 1 and piece.isalnum():  # it stands for itself
            words[-1] += piece
            words += [""] if times else []
        else:
            words.append("")
            if piece[0] == "(" and not _ASIDE.match(piece):
                head = _HEAD.match(piece)
                groups.append(piece[head.end() if head else 1 : -1])
        at = times.end() if times else end
    return [word for word in words if word], groups


def _behind(pattern: str, at: int) -> int:
    """Where the piece that begins at ``at`` ends."""
    if pattern[at] not in "\\[(":
        return at + 1
    depth = 0
    for token in _TOKEN.finditer(pattern, at):
        depth += {"(": 1, ")": -1}.get(token[0], 0)
        if not depth:
            return token.end()
    return len(pattern)
