"""Texts as the text rules read them: compatibility forms folded, no white space, cut into sentences;
and back again, to the place and the punctuation that people see."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..report import Report
from ..text import plain as _folded

_BREAK = re.compile(r"\s*\n\s*")
_BRACKETS = re.compile(r"\([^()]*\)")
_SENTENCE = re.compile(r"[^。；;！？!?]+")
#: How much of a sentence an excerpt shows on each side of what was found.
AROUND = 12


#: Longer runs without a full stop are not read as sentences.
_LONGEST = 2000


#: One report's sections are read by each of the text rules.
plain = lru_cache(maxsize=64)(_folded)


def sections(report: Report) -> dict[str, str]:
    """Section number (or 引言) -> plain text; empty where the report carries no texts."""
    return {number: plain(text) for number, text in (report.texts or {}).items()}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text. NFKC leaves 。 alone and makes ；！？ ASCII.

    What runs on for thousands of characters is no sentence and decides nothing: patterns that look
    around take the square of its length.
    """
    return (found[0] for found in _SENTENCE.finditer(text) if len(found[0]) <= _LONGEST)


def excerpt(text: str, start: int, end: int) -> str:
    """What stands at [start, end) with a little around it."""
    return text[max(0, start - AROUND) : end + AROUND].strip(",，")


def mentions(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def find(report: Report, pattern: str) -> str | None:
    """An excerpt around the first match in any section, as it was typed, or None."""
    for text in sections(report).values():
        for sentence in sentences(text):
            if found := re.search(pattern, sentence):
                return quote(report, excerpt(sentence, *found.span())).text
    return None


def without_brackets(text: str) -> str:
    """A plain text without what stands in brackets."""
    return _BRACKETS.sub("", text)


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt as it was typed, with its section ("" where it was not found) and paragraph from 0."""

    text: str
    section: str = ""
    paragraph: int = 0


def quote(report: Report, excerpt: str, section: str = "", word: str = "") -> Quote:
    """Where a plain excerpt first stands in the texts (or in ``section``), also where brackets were
    left out of it. An excerpt over several paragraphs stands where its ``word`` does, or its middle."""
    for number, text in (report.texts or {}).items():
        if section not in ("", number):
            continue
        letters = [(p, i) for i, c in enumerate(text) for p in unicodedata.normalize("NFKC", c) if p.strip()]
        whole = "".join(p for p, _ in letters)
        inside = {i for m in _BRACKETS.finditer(whole) for i in range(*m.span())}
        for kept in (letters, [letter for i, letter in enumerate(letters) if i not in inside]):
            at = "".join(p for p, _ in kept).find(excerpt) if excerpt else -1
            if at >= 0:
                first, last = kept[at][1], kept[at + len(excerpt) - 1][1]
                core = kept[at + (excerpt.find(word) if word else len(excerpt) // 2)][1]
                shown = _BREAK.sub("", text[first : last + 1])
                return Quote(shown, number, text.count("\n", 0, core))
    return Quote(excerpt)
