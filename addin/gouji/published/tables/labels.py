"""The labels of all editions as words to look for, and where they stand in a squeezed text.

Only letters are compared, so that numerals, brackets, punctuation, white space and the numbers that a torn
label is wrapped around do not matter. Nothing here knows a label: they come from the edition files, their
other spellings from ``variants.toml``."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal

from ...form import TABLE_KEYS, Block, TableKey, editions, load_form
from ...records import dataclass
from ...wording import data_beside
from .normalise import folded, letters
from .squeezed import CELL, GLUED, Squeezed

Role = Literal["row", "group", "head", "over", "columns", "title", "corner", "section"]

_NUMERALS = "一二三四五六七八九十"
_NUMERAL = re.compile(r"(?:[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|[0-9]\.)")
_NUMERAL_BEFORE = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\)|[0-9][.、,])\Z"
)
_LONGEST_NUMERAL = 4
_BRACKET = re.compile(r"\([^()]*\)$")
#: A bracket with an explanation behind a label is skipped up to this many characters.
_EXPLANATION = 120
#: Labels shorter than this are words of prose as well: they count only where nothing else is glued to them.
_SHORT = 6
#: A label that stands in a text more often than this is no label of a report.
_TOO_OFTEN = 2000


@dataclass(frozen=True, slots=True)
class Use:
    """What a word is the label of: a line (row or column), a group, a title … of block ``block``."""

    role: Role
    table: TableKey | None
    edition: str
    block: int
    id: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A label in the text: its own characters are ``start`` to ``end``; ``until``: the end of its bracket."""

    word: str
    start: int
    end: int
    until: int
    uses: tuple[Use, ...]

    def use(self, role: Role, table: TableKey, edition: str = "") -> Use | None:
        """What the label means in a role of a table, in an edition or in any; None where it has none."""
        for use in self.uses:
            if use.role == role and use.table == table and edition in ("", use.edition):
                return use
        return None


def begins_numeral(text: str) -> bool:
    """Whether the number of a heading or label stands first: 一、, (一), 1."""
    return _NUMERAL.match(text) is not None


def core_of(label: str) -> str:
    """The letters of a label without its numeral and the bracket behind it."""
    text = "".join(folded(label).split())
    bare = _BRACKET.sub("", text)
    if letters(bare):
        text = bare
    return letters(_NUMERAL.sub("", text, count=1) if _NUMERAL.match(text) else text)


def _spellings(label: str) -> Iterator[str]:
    data = data_beside("gouji.published.tables", "variants.toml")
    core = core_of(label)
    others = {core_of(known): said for known, said in data["spellings"].items()}
    found = [core, *(core_of(other) for other in others.get(core, ()))]
    for ours, theirs in data["within"].items():
        for said in theirs:
            found += [core_of_within(word, ours, said) for word in tuple(found) if letters(ours) in word]
    yield from dict.fromkeys(found)


def core_of_within(word: str, ours: str, theirs: str) -> str:
    return word.replace(letters(folded(ours)), letters(folded(theirs)))


def _uses_of_block(table: TableKey, edition: str, number: int, block: Block) -> Iterator[tuple[str, Use]]:
    def use(role: Role, label: str, line: str) -> tuple[str, Use]:
        return label, Use(role, table, edition, number, line)

    if block.title:
        yield use("title", block.title, "")
    if block.corner:
        yield use("corner", block.corner, "")
    if block.columns_title:
        yield use("columns", block.columns_title, "")
    for role, lines in (("row", block.rows), ("head", block.columns)):
        for line in lines:
            for label in (line.label, *line.formerly):
                yield use("row" if role == "row" else "head", label, line.id)
            for group in line.under:
                yield use("group" if role == "row" else "over", group.label, group.id)


@cache
def vocabulary() -> dict[str, tuple[Use, ...]]:
    """Every spelling of every label of every edition -> what it is the label of."""
    found: dict[str, dict[Use, None]] = {}
    for edition in editions():
        form = load_form(edition)
        for section in form.sections:
            for word in _spellings(section.title):
                use = Use("section", section.table, edition, 0, section.number)
                found.setdefault(word, {})[use] = None
        for key in TABLE_KEYS:
            table = form.tables[key]
            for number, block in enumerate(table.blocks):
                for label, use in _uses_of_block(key, edition, number, block):
                    for word in _spellings(label):
                        found.setdefault(word, {})[use] = None
    return {word: tuple(uses) for word, uses in found.items()}


@dataclass(frozen=True, slots=True)
class Hits:
    """All labels of a text in order; they do not overlap. ``too_many``: some stand there so often that this
    is no report."""

    found: tuple[Hit, ...]
    too_many: bool = False

    def between(self, start: int, end: int) -> tuple[Hit, ...]:
        first = bisect_left(self.found, start, key=lambda hit: hit.start)
        last = bisect_left(self.found, end, key=lambda hit: hit.start)
        return self.found[first:last]

    def of(self, role: Role, table: TableKey) -> list[Hit]:
        return [hit for hit in self.found if hit.use(role, table)]


def find_labels(text: Squeezed) -> Hits:
    """Linear in the text: one search a spelling, the longest label wins where two overlap."""
    alone, at = text.letter_map
    spans: list[tuple[int, int, str]] = []
    too_many = False
    for word in vocabulary():
        count, place = 0, alone.find(word)
        while place >= 0 and count < _TOO_OFTEN:
            spans.append((place, place + len(word), word))
            count, place = count + 1, alone.find(word, place + len(word))
        too_many |= count == _TOO_OFTEN
    spans.sort(key=lambda span: (span[0], -span[1]))
    starts = {_with_number(text.text, at[span[0]], 0) for span in spans}
    return Hits(tuple(_apart(text, at, spans, starts)), too_many)


def _apart(
    text: Squeezed, at: list[int], spans: Iterable[tuple[int, int, str]], starts: set[int]
) -> Iterator[Hit]:
    taken = 0
    for first, last, word in spans:
        start, end = at[first], at[last - 1] + 1
        if start < taken or (len(word) < _SHORT and not _stands_alone(text, start, end, taken, starts)):
            continue
        until = _after_bracket(text, end)
        yield Hit(word, _with_number(text.text, start, taken), end, until, vocabulary()[word])
        taken = end


def _stands_alone(text: Squeezed, start: int, end: int, taken: int, starts: set[int]) -> bool:
    """Whether a short label is glued to no other letter than another label's."""
    before = start == taken or text.gap(start) > GLUED or not text.text[start - 1].isalpha()
    after = end in starts or text.gap(end) > GLUED or not text.text[end].isalpha()
    return before and after


def _with_number(text: str, start: int, taken: int) -> int:
    """The start of a label with its own number: 一、, （一）, or exactly one digit and the sign behind it."""
    before = text[max(taken, start - _LONGEST_NUMERAL) : start]
    found = _NUMERAL_BEFORE.search(before)
    return start - len(found[0]) if found else start


def _after_bracket(text: Squeezed, end: int) -> int:
    """Behind the bracket that explains a label, if one follows in the same cell; the bracket of the next
    label's numeral does not."""
    said = text.text
    if not said.startswith("(", end) or text.gap(end) >= CELL:
        return end
    close = said.find(")", end, end + _EXPLANATION)
    content = said[end + 1 : close]
    if close < 0 or "(" in content or not content.strip(_NUMERALS) or text.cell(close) != text.cell(end):
        return end
    return close + 1
