"""What each place of a sentence is about: which year, a whole or a part of one.

A sentence is read without what stands in brackets; that is read by itself, as a part. Titles in 《》 name
documents, so nothing in them is read. Which words begin a part or name a year is data
(``entries/prose.toml``, ``scopes``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field

from ..precompiled import compiled
from ..records import dataclass
from .needed import Sought
from .plain import without_titles

_BRACKETS = compiled(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence without its brackets, or what stands in one.

    ``text``: as it is shown; ``read``: the same with titles blanked, letter for letter. ``part``: all of
    it is part of what was said before. ``year``: where it begins. ``asides``: position in ``text`` -> the
    bracket that stood there. ``turns``: (from, year or None for no whole year). ``parts_from``: -1 where
    no parts are told.
    """

    text: str
    read: str
    part: bool
    year: int | None
    asides: Mapping[int, str] = field(default_factory=dict)
    turns: tuple[tuple[int, int | None], ...] = ()
    parts_from: int = -1

    def year_at(self, place: int) -> int | None:
        """The year that a number at ``place`` belongs to; None where it is no whole year."""
        found = self.year
        for start, year in self.turns:
            if start > place:
                break
            found = year
        return found

    @property
    def parted(self) -> str:
        """The clause that the parts are parts of; "" where none are told."""
        return re.split("[,;:]", self.read[: max(self.parts_from, 0)].rstrip(",;:"))[-1]

    def is_part(self, place: int) -> bool:
        return self.part or 0 <= self.parts_from <= place


@dataclass(frozen=True, slots=True)
class Scopes:
    """The words of the entry, compiled for one report year."""

    year: int
    pattern: Sought
    parts: Sought

    @classmethod
    def of(cls, given: Mapping[str, str], year: int, names: Mapping[str, str]) -> Scopes:
        """``given``: pattern_compared, pattern_year, pattern_open, pattern_last, pattern_this, pattern_span.

        ``names`` fill the braces of the patterns.
        """

        def filled(name: str) -> str:
            text = given[name]
            for key, value in names.items():
                text = text.replace(f"{{{key}}}", value)
            return text

        kinds = ("span", "compared", "open", "year", "last", "this")
        either = "|".join(f"(?P<{kind}>{filled('pattern_' + kind)})" for kind in kinds)
        return cls(year, Sought(either), Sought(filled("pattern_parts")))

    def passages(self, sentence: str) -> Iterator[Passage]:
        """The sentence itself, then each of its brackets."""
        text, taken = "", 0
        asides: dict[int, str] = {}
        for bracket in _BRACKETS.finditer(sentence):
            text += sentence[taken : bracket.start()]
            asides[len(text)] = asides.get(len(text), "") + bracket[1]
            taken = bracket.end()
        main = self._passage(text + sentence[taken:], asides, self.year, part=False)
        yield main
        for place, aside in asides.items():
            yield self._passage(aside, {}, main.year_at(place), part=True)

    def _passage(self, text: str, asides: Mapping[int, str], year: int | None, *, part: bool) -> Passage:
        read = without_titles(text)
        begun = self.parts.search(read)
        turns = tuple(self._turns(read, year))
        return Passage(text, read, part, year, asides, turns, begun.start() if begun else -1)

    def _turns(self, read: str, year: int | None) -> Iterator[tuple[int, int | None]]:
        now = year
        for found in self.pattern.finditer(read):
            kind = found.lastgroup
            digits = re.search(r"20\d\d", found[0])
            named = int(digits[0]) if digits else self.year - 1
            if kind == "compared":
                yield found.start(), named
                yield found.end(), now
                continue
            now = {"span": None, "open": named if named == self.year else None, "this": self.year}.get(
                str(kind), named
            )
            yield found.start(), now
