"""Texts as the text rules read them: compatibility forms folded, no white space, cut into sentences;
and back again, to the place and the punctuation that people see."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from ..precompiled import compiled
from ..records import dataclass
from ..report import PREFACE, Report
from ..text import plain as _folded
from ..wording import wording_of
from .needed import sought

_BREAK = compiled(r"\s*\n\s*")
_BRACKETS = compiled(r"\([^()]*\)")
_TITLE = compiled(r"《[^《》]*》")
#: Stands for each letter of a title: no pattern asks for it.
_BLANK = "＿"
_STOP = compiled("[。；！？]")
_SENTENCE = compiled(r"[^。；;！？!?]+")
#: What parts clauses, but where it stands between two digits: 1,200, 3.5.
_CLAUSE = compiled("[,，.。;；:：!！?？、\n]")
_PARTED = compiled("[0-9][,.:][0-9]")
_RUN = compiled("[0-9A-Za-z%]{2}")
#: Characters of somebody's text that a message shows.
SHOWN = 60
#: How much of a sentence an excerpt shows on each side of what was found.
AROUND = 12


#: Under which the JSON reader keeps a text that the form has no place for.
_TEXTS = "texts/"

#: Longer runs without a full stop are not read as sentences.
_LONGEST = 2000


#: One report's sections are read by each of the text rules.
plain = lru_cache(maxsize=64)(_folded)


def sections(report: Report) -> dict[str, str]:
    """Section number (or 引言) -> plain text; empty where the report carries no texts."""
    return {number: plain(text) for number, text in (report.texts or {}).items()}


def beside_tables(report: Report) -> dict[str, str]:
    """Section number -> what was typed beside and below its table, as it was typed, a line each.

    It is kept as ``unplaced``, under the sheet's name (``三!A40``) or the section's (``texts/三``). What has
    no full stop is no sentence but a label or a number out of its place.
    """
    found: dict[str, list[str]] = {}
    tables = {section.number for section in report.form.sections if section.table}
    for kept in report.unplaced:
        section = kept.place.removeprefix(_TEXTS).partition("!")[0]
        if section in tables and _STOP.search(kept.text):
            found.setdefault(section, []).append(f"{kept.text}{'' if _STOP.match(kept.text[-1]) else '。'}")
    return {section: "\n".join(found[section]) for section in sorted(found)}


def all_texts(report: Report) -> dict[str, str]:
    """As :func:`sections`, with what stands beside the tables, in the order of the form."""
    beside = {number: plain(text) for number, text in beside_tables(report).items()}
    texts = sections(report)
    order = [PREFACE, *(section.number for section in report.form.sections)]
    every = {**texts, **beside}
    return {number: every[number] for number in dict.fromkeys([*order, *texts]) if number in every}


def section_name(report: Report, number: str) -> str:
    """第一部分, as people say it; 引言 has no number."""
    words = wording_of("gouji.rules", "places")
    known = {section.number for section in report.form.sections}
    return str(words["section"].format(section=number)) if number in known else number


@lru_cache(maxsize=16)
def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a plain text. NFKC leaves 。 alone and makes ；！？ ASCII.

    What runs on for thousands of characters is no sentence and decides nothing: patterns that look
    around take the square of its length.
    """
    return tuple(one for one in _SENTENCE.findall(text) if len(one) <= _LONGEST)


def short(text: str) -> str:
    """On one line, and no longer than :data:`SHOWN`."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[:SHOWN] + "…"


def excerpt(text: str, start: int, end: int) -> str:
    """What stands at [start, end) with a little around it, from the beginning of a clause where one is near;
    never from or to the midst of a number."""
    return text[clause_start(text, start - AROUND) : run_end(text, end + AROUND)].strip(",，")


def clause_start(text: str, at: int) -> int:
    """The beginning of the clause in which a character stands, where it is no more than :data:`AROUND` before
    it; else ``at`` or, where that is in the midst of a number or a Latin word, where this begins."""
    nearest = max(0, at - AROUND)
    for begin in range(at, nearest - 1, -1):
        if begin <= 0 or (_CLAUSE.match(text, begin - 1) and not _PARTED.match(text, begin - 2)):
            return max(begin, 0)
    return next((n for n in range(at, nearest, -1) if not _in_run(text, n)), nearest)


def run_end(text: str, at: int) -> int:
    """``at`` or, where that is in the midst of a number or a Latin word, where this ends."""
    farthest = min(len(text), at + AROUND)
    return next((n for n in range(at, farthest) if not _in_run(text, n)), farthest)


def _in_run(text: str, at: int) -> bool:
    return bool(_RUN.fullmatch(text, at - 1, at + 1)) or any(_PARTED.match(text, at - n) for n in (1, 2))


def mentions(text: str, words: Sequence[str]) -> bool:
    return any(word in text for word in words)


def find(report: Report, pattern: str) -> str | None:
    """An excerpt around the first match in any section, as it was typed, or None."""
    wanted = sought(pattern)
    for text in sections(report).values():
        for sentence in sentences(text) if wanted.may_match(text) else ():
            if found := wanted.search(sentence):
                return quote(report, excerpt(sentence, *found.span())).text
    return None


def without_titles(text: str) -> str:
    """With each title in 《》 blanked, letter for letter: it names a document and says nothing."""
    return _TITLE.sub(lambda title: _BLANK * len(title[0]), text) if "《" in text else text


@dataclass(frozen=True, slots=True)
class Quote:
    """An excerpt as it was typed, with its section ("" where it was not found) and paragraph from 0."""

    text: str
    section: str = ""
    paragraph: int = 0

    def placed(self, report: Report) -> str:
        """第一部分第 2 段“…”: where it stands, and the words; only these where that is not known."""
        words = wording_of("gouji.rules", "places")
        if not self.section:
            return str(words["quote"].format(place="", text=self.text))
        beside = (report.texts or {}).get(self.section) is None
        place = words["beside" if beside else "paragraph"].format(
            section=section_name(report, self.section), paragraph=self.paragraph + 1
        )
        return str(words["quote"].format(place=place, text=self.text))


def quote(report: Report, excerpt: str, section: str = "", word: str = "") -> Quote:
    """Where a plain excerpt first stands in the texts (or in ``section``), also where brackets were
    left out of it. An excerpt over several paragraphs stands where its ``word`` does, or its middle."""
    for number, text in {**(report.texts or {}), **beside_tables(report)}.items():
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
