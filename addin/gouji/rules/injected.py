"""Advertising that somebody else put into a text: gambling, pornography, invoices, loans (``text-injected``).

Pages of offices are broken into, and what is copied from them carries such words into the next report,
often in the middle of a citation. Words alone prove little, since offices fight what they name; the
entry holds lists and shapes, and this module reads a text as a person does who is not deceived by
full-width letters, zero-width characters, spaces, dots or traditional characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any

from ..precompiled import compiled
from ..records import dataclass
from ..remembered import OfOwners
from ..report import Report
from ..wording import wording_of
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .needed import Sought, sought
from .plain import clause_start, run_end, section_name

RULE = "text-injected"
#: Left out between letters: white space, dots and asterisks that split a word, marks over letters, and
#: what nobody sees (soft hyphen, zero width, direction marks, variation selectors).
_SPLITTING = compiled(
    r"[\s·•・‧∙*\u00ad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\x00-\x1f]"
)
#: Latin letters of a link or an account belong to what was found.
_NAME = compiled(r"[A-Za-z0-9./:_@-]")
_END = compiled("[。;!?！？；]")
_MOST_EXCERPTS = 5
_GAP = 2
#: How the names of the entry's lists begin; and what an empty list stands for.
_LIST, _NOTHING = "patterns_", "(?!)"


@dataclass(frozen=True, slots=True)
class Stretch:
    """What was found, as a slice of the text as it was typed; ``paragraph`` from 0."""

    start: int
    end: int
    paragraph: int


def stretches(text: str, rule: Rule) -> list[Stretch]:
    """What looks injected, in reading order; what overlaps or nearly touches is one stretch."""
    found: list[Stretch] = []
    offset = 0
    for paragraph, line in enumerate(text.split("\n")):
        for start, end in sorted(_spans(line, rule.parameters)):
            one = Stretch(offset + start, offset + end, paragraph)
            if found and found[-1].paragraph == paragraph and one.start <= found[-1].end + _GAP:
                one = Stretch(found[-1].start, max(found.pop().end, one.end), paragraph)
            found.append(one)
        offset += len(line) + 1
    return found


def _spans(line: str, given: Mapping[str, Any]) -> Iterator[tuple[int, int]]:
    """Slices of one paragraph. Where each letter was typed is only asked once something is found."""
    simple = _simplified(tuple(given["traditional"]))
    if not any(_matches(_read(line, simple), given)):
        return
    letters = [(p, i) for i, c in enumerate(line) for p in _read(c, simple)]
    for match in _matches("".join(p for p, _ in letters), given):
        start, end = letters[match.start()][1], letters[match.end() - 1][1] + 1
        if _NAME.match(line[start]):
            while start and _NAME.match(line[start - 1]):
                start -= 1
        while end < len(line) and _NAME.match(line[end - 1]) and _NAME.match(line[end]):
            end += 1
        yield start, end


def _read(text: str, simple: _Simple) -> str:
    """The text as it is read: in one width and case, simplified, without what splits words."""
    # Most texts have no such letter, and to translate each one takes longest.
    bare = simple.any.sub(lambda letter: simple[ord(letter[0])], _SPLITTING.sub("", text))
    return _SPLITTING.sub("", unicodedata.normalize("NFKC", bare)).lower()


def _matches(read: str, given: Mapping[str, Any]) -> Iterator[re.Match[str]]:
    letters = frozenset(read)
    for pattern, excused in _shapes(given):
        if pattern.firsts is not None and pattern.firsts.isdisjoint(letters):
            continue
        for match in pattern.finditer(read):
            if not (excused and _excused(read, match, given)):
                yield match


def _excused(read: str, match: re.Match[str], given: Mapping[str, Any]) -> bool:
    """Whether the same sentence says, near by, that this is fought."""
    before = _END.split(read[max(0, match.start() - given["before"]) : match.start()])[-1]
    after = _END.split(read[match.end() : match.end() + given["after"]])[0]
    return bool(re.search(given["pattern_excuse"], before + match[0] + after))


class _Simple(dict[int, str]):
    """Traditional characters -> simplified ones."""

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Finds one of them."""
        return re.compile(f"[{''.join(map(re.escape, map(chr, self)))}]" if self else _NOTHING)


@lru_cache(maxsize=8)
def _simplified(pairs: tuple[str, ...]) -> _Simple:
    return _Simple({ord(pair[0]): pair[1:] for pair in pairs if pair})


def _lists(given: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The lists of patterns that a shape may name: name -> their alternatives."""
    return tuple(
        (name.removeprefix(_LIST), f"(?:{'|'.join(value or [_NOTHING])})")
        for name, value in given.items()
        if name.startswith(_LIST)
    )


#: What is made of the last few entries.
_MADE = OfOwners(8)


def _shapes(given: Mapping[str, Any]) -> list[tuple[Sought, bool]]:
    """The shapes of an entry: patterns, and whether a word near by excuses what they find."""

    def made() -> list[tuple[Sought, bool]]:
        lists, shapes = _lists(given), given["shapes"]
        return [(_pattern(shape["pattern"], lists), bool(shape["excused"])) for shape in shapes]

    return _MADE.once("shapes", given, made)


def _pattern(pattern: str, lists: tuple[tuple[str, str], ...]) -> Sought:
    for name, alternatives in lists:
        pattern = pattern.replace(f"{{{name}}}", alternatives)
    return sought(pattern)


# ---------------------------------------------------------------- the check


@dataclass(frozen=True, slots=True)
class _Text:
    """A text of the report. ``place``: of the finding; ``where``: as people call it."""

    place: str
    where: str
    text: str
    section: str = ""


def _texts(report: Report) -> Iterator[_Text]:
    """Sections and 引言, notes, 审核说明: all that a person typed and that may be printed."""
    words = wording_of("gouji.rules", "injected")
    for section, text in (report.texts or {}).items():
        yield _Text(section, section_name(report, section), text, section)
    for mark, text in report.notes.items():
        yield _Text(f"notes.{mark}", words["note"].format(mark=mark), text)
    for key, explanation in report.explanations.items():
        yield _Text(f"explanations.{key}", words["explanation"].format(key=key), explanation.text)


@decides(RULE)
def _text_injected(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a text, with the first few stretches; a warning where the report was published already."""
    level = rule.no_graver_than("imported_level") if context.imported else rule.level
    for one in _texts(report):
        if found := stretches(one.text, rule):
            excerpts = [_excerpt(one.text, s, rule.parameters["around"]) for s in found[:_MOST_EXCERPTS]]
            finding = rule.finding(
                one.place, left=len(found), level=level, where=one.where, excerpts=excerpts
            )
            yield finding.but(section=one.section, paragraph=found[0].paragraph)


def _excerpt(text: str, found: Stretch, around: int) -> str:
    """The stretch between its neighbours of the same paragraph, with the number of the paragraph."""
    first = text.rfind("\n", 0, found.start) + 1
    last = text.find("\n", found.end)
    start = max(first, clause_start(text, found.start - around))
    end = min(len(text) if last < 0 else last, run_end(text, found.end + around))
    words = wording_of("gouji.rules", "injected")
    return str(
        words["excerpt"].format(
            paragraph=found.paragraph + 1,
            before=text[start : found.start].strip(),
            found=text[found.start : found.end],
            after=text[found.end : end].strip(),
        )
    )
