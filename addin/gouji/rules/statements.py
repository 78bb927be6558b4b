"""Counts as texts state them: every sentence read by the patterns of ``prose-number``.

A statement is read where its sentence, or the one before it in the same place, is about the count's topic.
Each number belongs to the first count that knows it, so that what is said more closely comes first in the
entry. Numbers that are rounded (约, 余), and those of other bodies, channels or months, state nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import compress
from typing import Any

from ..form import Form
from ..records import dataclass
from ..report import Report
from .catalogue import Catalogue
from .needed import Sought
from .numerals import amount_of, count_of
from .plain import all_texts, excerpt, sentences
from .scopes import Passage, Scopes

#: The rule whose entry holds the patterns.
RULE = "prose-number"
#: Reports whose statements are kept: each is asked for by three readers in turn.
_KEPT = 8
#: A body is known by the end of its name (信访局), since texts leave out the place.
_NAMED = 3

_Texts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One number in prose, or its absence.

    ``number``: of cases, or 分; ``slack``: by how much a rounded amount may differ. ``year``: of which it
    is said. ``after``: the rest of the sentence, ``aside``: the bracket right behind it (for growth).
    """

    count: str
    number: int
    excerpt: str
    year: int
    after: str = ""
    aside: str = ""
    slack: int = 0
    weak: bool = False


def statements(report: Report, rules: Catalogue) -> dict[str, list[Statement]]:
    """Count id -> its statements of any year, in the order of the texts; {} where there are no texts."""
    texts = tuple(all_texts(report).items())
    return reader(rules, report.year).read(texts, report.unit) if texts else {}


def reader(rules: Catalogue, year: int) -> Reader:
    """The catalogue's patterns, compiled once for each year."""
    if year not in rules.readers:
        rules.readers[year] = Reader(rules[RULE].parameters, year)
    found: Reader = rules.readers[year]
    return found


def ways(form: Form, parameters: Mapping[str, Any], count: str) -> list[tuple[str, ...]]:
    """The sums of cells that the count may mean, the likeliest first; those this form has."""
    return [tuple(c) for c in entry_of(parameters, count).get("cells", ()) if set(c) <= form.by_id.keys()]


def entry_of(parameters: Mapping[str, Any], count: str) -> Mapping[str, Any]:
    """The count's first entry, which has its name and its cells."""
    found: Mapping[str, Any] = next(e for e in parameters["counts"] if e["id"] == count)
    return found


@dataclass(frozen=True, slots=True)
class _Topic:
    requires: Sought
    sections: frozenset[str]


class _Count:
    """One entry of the catalogue. Its patterns are compiled when a sentence first needs them."""

    def __init__(self, entry: Mapping[str, Any], given: Mapping[str, Any], names: Mapping[str, str]) -> None:
        label = entry.get("pattern_label", "")
        self._entry = entry
        self._shapes = given["patterns_label"]
        self._names = {"label": f"(?:{label})", **names}
        self.id: str = entry["id"]
        self.topic: str = entry["topic"]
        self.entire: bool = entry.get("entire", False)
        self.weak: bool = entry.get("weak", False)
        self.label = _compiled(label, names) if label else None
        self.refuses = _compiled(entry["pattern_refuses"], names) if entry.get("pattern_refuses") else None
        self.absent = _compiled(entry["pattern_absent"], names) if entry.get("pattern_absent") else None

    @cached_property
    def patterns(self) -> list[Sought]:
        return self._each(self._entry.get("patterns", ()))

    @cached_property
    def labelled(self) -> list[Sought]:
        return self._each(self._shapes)

    @cached_property
    def shared(self) -> list[Sought]:
        return self._each(self._entry.get("patterns_shared", ()))

    @cached_property
    def none(self) -> list[Sought]:
        return self._each(self._entry.get("patterns_none", ()))

    def _each(self, patterns: Iterable[str]) -> list[Sought]:
        return [_compiled(pattern, self._names) for pattern in patterns]


class _Shapes:
    """Which of the ways to state a number beside a label a text has with any label at all: the others need
    not be searched, nor compiled, with each of them. ``ways``: with all labels as alternatives."""

    def __init__(self, ways: Iterable[Sought], text: str) -> None:
        self._ways, self._text = ways, text

    @cached_property
    def _has(self) -> list[bool]:
        return [way.search(self._text) is not None for way in self._ways]

    def there(self, labelled: Iterable[Sought]) -> Iterable[Sought]:
        """Of a count's patterns, one a way, those that may match."""
        return compress(labelled, self._has)


class Reader:
    """Reads texts of reports of one year."""

    def __init__(self, given: Mapping[str, Any], year: int) -> None:
        names = _names(given, year)
        self.year = year
        self.names = names
        self._units: Mapping[str, int] = given["money_units"]
        self.scopes = Scopes.of(given["scopes"], year, names)
        self._body = _compiled(given["pattern_body"], names)
        self._own = _compiled(given["pattern_own"], names)
        self._government = _compiled(given["pattern_government"], names)
        self._office = _compiled(given["pattern_office"], names)
        self._partial = _compiled(given["pattern_partial"], names)
        self._all = _compiled(given["pattern_all"], names)
        self._elsewhere = _compiled(given["pattern_elsewhere"], names)
        self._heading = _compiled(given["pattern_heading"], names)
        self._telling = _compiled(given["pattern_telling"], names)
        self._topics = {
            name: _Topic(_compiled(topic["pattern_requires"], names), frozenset(topic["sections"]))
            for name, topic in given["topics"].items()
        }
        self._counts = [_Count(entry, given, names) for entry in given["counts"]]
        labels = "|".join(entry["pattern_label"] for entry in given["counts"] if "pattern_label" in entry)
        with_any = {"label": f"(?:{labels})", **names}
        self._with_any_label = [_compiled(shape, with_any) for shape in given["patterns_label"]]
        self._kept: dict[tuple[_Texts, str], dict[str, list[Statement]]] = {}

    def read(self, texts: _Texts, unit: str) -> dict[str, list[Statement]]:
        """(section, plain text) of one report of ``unit`` -> count id -> statements."""
        key = texts, unit
        if key not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = self._read(texts, unit)
        return self._kept[key]

    def _read(self, texts: _Texts, unit: str) -> dict[str, list[Statement]]:
        found: dict[str, list[Statement]] = {}
        for section, text in texts:
            for sentence, topics in self._about(section, text, unit):
                for statement in self._said(sentence, topics):
                    found.setdefault(statement.count, []).append(statement)
        return {count: _stronger(said) for count, said in found.items()}

    def _about(self, section: str, text: str, unit: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Sentences with the topics they are about: their own, or else those of the one before.

        What is told of another body, and what follows from it, is left out.
        """
        given = frozenset(name for name, topic in self._topics.items() if section in topic.sections)
        before = given
        for sentence in sentences(text):
            own = frozenset(n for n, topic in self._topics.items() if topic.requires.search(sentence))
            if own:
                before = own | given
            elif self._elsewhere.search(sentence) or self._heading.match(sentence):
                before = given
            if not before or not self._telling.search(sentence):
                continue
            if self._of_another(sentence, unit):
                before = frozenset()
            else:
                yield sentence, before

    def _said(self, sentence: str, topics: frozenset[str]) -> Iterator[Statement]:
        counts = [c for c in self._counts if c.topic in topics]
        for passage in self.scopes.passages(sentence):
            taken: set[int] = set()
            stated: set[tuple[str, int]] = set()
            shapes = _Shapes(self._with_any_label, passage.read)
            for count in counts:
                for statement in self._of(count, passage, shapes, taken, stated):
                    stated.add((statement.count, statement.year))
                    yield statement

    def _of(
        self,
        count: _Count,
        passage: Passage,
        shapes: _Shapes,
        taken: set[int],
        stated: set[tuple[str, int]],
    ) -> Iterator[Statement]:
        read = passage.read
        if count.absent and count.absent.search(read):
            return
        own: set[int] = set()
        labelled = shapes.there(count.labelled) if count.label and count.label.search(read) else ()
        for pattern in (*count.shared, *count.patterns, *labelled):
            for found in pattern.finditer(read):
                place = found.start("n")
                year = passage.year_at(place)
                if place in taken | own or year is None or self._silent(count, passage, found):
                    continue
                number = self._number(found)
                if number is not None:
                    (own if pattern in count.shared else taken).add(place)
                    yield _statement(count, passage, found, year, *number)
        for pattern in count.none:
            none = pattern.search(read)
            year = passage.year_at(none.start()) if none else None
            if none is None or year is None or (count.id, year) in stated:
                continue
            if not (count.refuses and count.refuses.search(_clause(read, none))):
                yield _statement(count, passage, none, year, 0, 0)
                return

    def _of_another(self, sentence: str, unit: str) -> bool:
        """Whether the sentence tells what a body did that is not the report's own, or only a part of it."""
        if self._government.search(unit) and self._office.search(sentence):
            return True
        bodies = [found["body"] for found in self._body.finditer(sentence)] if unit else []
        return any(not self._own.search(body) and body[-_NAMED:] not in unit for body in bodies)

    def _silent(self, count: _Count, passage: Passage, found: re.Match[str]) -> bool:
        """Whether the number is a part of what the count is the whole of, or about something else."""
        clause = _clause(passage.read, found)
        if count.refuses and count.refuses.search(clause):
            return True
        is_part = passage.is_part(found.start("n"))
        if count.entire:
            return is_part or bool(self._partial.search(clause))
        of = passage.parted if is_part else ""
        return bool(of and self._partial.search(of)) and not self._all.search(of)

    def _number(self, found: re.Match[str]) -> tuple[int, int] | None:
        if "money" in found.re.groupindex:
            return amount_of(found["n"], found["money"], self._units)
        number = count_of(found["n"])
        return None if number is None else (number, 0)


def _statement(
    count: _Count, passage: Passage, found: re.Match[str], year: int, number: int, slack: int
) -> Statement:
    start, end = found.span()
    shown = excerpt(passage.text, start, end)
    aside = passage.asides.get(end, "")
    return Statement(count.id, number, shown, year, passage.read[end:], aside, slack, count.weak)


def _stronger(said: list[Statement]) -> list[Statement]:
    """Without what is said by the way where the count itself is stated for the same year."""
    strong = {s.year for s in said if not s.weak}
    return [s for s in said if not (s.weak and s.year in strong)]


def _clause(sentence: str, found: re.Match[str]) -> str:
    """The sentence from the last comma or colon before the match to the match's end."""
    start = max(sentence.rfind(mark, 0, found.start()) for mark in ",、:")
    return sentence[start + 1 : found.end()]


def _names(given: Mapping[str, Any], year: int) -> dict[str, str]:
    """What stands for the names in braces, with the years before and after this one."""
    names = {"this": str(year), "before": str(year - 1)}
    years = {"{before}": str(year - 1), "{this}": str(year), "{after}": str(year + 1)}
    for key, text in given["patterns_named"].items():
        for each, digits in years.items():
            text = text.replace(each, digits)
        for other, value in names.items():
            text = text.replace(f"{{{other}}}", value)
        names[key] = text
    return names


def _compiled(pattern: str, names: Mapping[str, str]) -> Sought:
    """Most patterns name no year: they are compiled once for all years."""
    for key, value in names.items():
        pattern = pattern.replace(f"{{{key}}}", value)
    return _pattern(pattern)


@lru_cache(maxsize=1024)
def _pattern(text: str) -> Sought:
    return Sought(text)
