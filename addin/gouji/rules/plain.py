"""Texts as the text rules read them: compatibility forms folded, no white space, cut into sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..report import Report

_SPACE = re.compile(r"\s+")
_SENTENCE = re.compile(r"[^。；;！？!?]+")
#: How much of a sentence an excerpt shows on each side of what was found.
_AROUND = 12


@lru_cache(maxsize=64)  # one report's sections, read by each of the text rules
def plain(text: str) -> str:
    """NFKC (full-width digits, Kangxi radicals, no-break spaces) without any white space."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", text))


def sections(report: Report) -> dict[str, str]:
    """Section number (or 引言) -> plain text; empty where the report carries no texts."""
    return {number: plain(text) for number, text in (report.texts or {}).items()}


def sentences(text: str) -> Iterator[str]:
    """The sentences of a plain text. NFKC leaves 。 alone and makes ；！？ ASCII."""
    return (found[0] for found in _SENTENCE.finditer(text))


def excerpt(text: str, start: int, end: int) -> str:
    """What stands at [start, end) with a little around it."""
    return text[max(0, start - _AROUND) : end + _AROUND].strip(",，")


def mentions(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def find(report: Report, pattern: str) -> str | None:
    """An excerpt around the first match in any section, or None."""
    for text in sections(report).values():
        for sentence in sentences(text):
            if found := re.search(pattern, sentence):
                return excerpt(sentence, *found.span())
    return None
