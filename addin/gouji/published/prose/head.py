"""The title of a report: where it stands, whose it is, of which year."""

from __future__ import annotations

import re

from ...records import dataclass
from ..stream import Atom, Stream
from .words import WORDS
from .written import Written, fold, simplified

#: How a title stands: in a line by itself, at the beginning of one, between blanks.
_ALONE, _BEGINS, _APART = 3, 2, 1
#: What goes on behind a title is a sentence in which it is mentioned.
_NO_END = re.compile("[,。;、]")
_BETWEEN_LETTERS = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Title:
    """``text`` in one line. ``unit`` as it stands in it, or ""; ``year`` or 0.

    ``start``, ``end``: in the text of the source.
    """

    text: str
    unit: str
    year: int
    start: int
    end: int
    worth: int

    @property
    def alone(self) -> bool:
        return self.worth == _ALONE


def titles_in(written: Written, until: int, first: int) -> list[Title]:
    """What stands as a title before ``until``, in order; mentions in a sentence are none.

    ``first``: where the first section begins, which may be in the title's own line.
    """
    found: list[Title] = []
    matches = WORDS.pattern("title", "core").finditer(written.squeezed)
    for _, match in zip(range(WORDS("title")["most"]), matches, strict=False):
        start, end = written.at(match.start()), written.after(match.end())
        if start >= until:
            break
        if one := _title_at(written, start, end, first):
            found.append(one)
    return found


def title_of(text: str) -> Title | None:
    """The title that a text outside of the report holds: a page's title, which may name the site as well."""
    parts = [text, *WORDS.pattern("title", "page_parts").split(text)]
    sources = [Written(Stream((Atom(part),)), "text") for part in parts if part.strip()]
    return best_title([found for one in sources for found in titles_in(one, len(one.text), len(one.text))])


def best_title(titles: list[Title]) -> Title | None:
    """With a year and a name before without, by itself before in a line; the first of equals."""
    return max(titles, key=lambda t: (t.year > 0, t.unit != "", t.worth), default=None)


def last_printed(written: Written, title: Title, until: int) -> int:
    """Where the report's own words begin: behind the title, where it stands last before ``until``."""
    sought, squeezed = "".join(fold(title.text).split()), written.squeezed
    at = len(squeezed)
    for _ in range(WORDS("title")["most"]):
        at = squeezed.rfind(sought, 0, at)
        if at < 0 or (start := written.at(at)) <= title.start:
            break
        stop = written.after(at + len(sought))
        behind = written.folded[stop : stop + 1]
        if start < until and written.text[start - 1].isspace() and not _NO_END.match(behind):
            return stop
    return title.end


def _title_at(written: Written, start: int, end: int, section: int) -> Title | None:
    line, close = written.line_at(start), written.line_at(end - 1).end
    close = min(close, section) if start < section else close
    opening = line.start
    if line.row:
        opening = written.text.rfind("\t", opening, start) + 1 or opening
        close = written.text.find("\t", end, close) if "\t" in written.text[end:close] else close
    own, begins = _own_before(written.folded[opening:start])
    after = written.folded[end:close]
    closes = bool(WORDS.pattern("title", "tail").match("".join(after.split())))
    if own is None or not (closes or WORDS.pattern("title", "parted").match(after)):
        return None
    begin, stop = start - len(own), close if closes else end
    name, year = _name_and_year(own)
    if begins and closes and not name:
        begin, name, year = _with_lines_above(written, written.number_at(start), begin, year)
    if closes and not year:
        year, stop = _year_behind(written, after, stop)
    shared, core = WORDS("title")["shared"], "".join(written.folded[start:end].split())
    if name.endswith(shared["name"]) and core.startswith(shared["core"]):
        name += shared["core"]
    if not (name or year):
        return None
    name = as_printed(written, name, begin, stop)
    worth = _ALONE if begins and closes else _BEGINS if begins else _APART
    return Title(in_one_line(written.text[begin:stop]), name, year, begin, stop, worth)


def as_printed(written: Written, name: str, start: int, end: int) -> str:
    """A name that was found in the folded text, with its own brackets and commas."""
    at = [offset for offset in range(start, end) if not written.folded[offset].isspace()]
    sought = "".join(name.split())
    found = "".join(written.folded[offset] for offset in at).find(sought) if sought else -1
    if found < 0:
        return name
    return in_one_line(written.text[at[found] : at[found + len(sought) - 1] + 1])


def _year_behind(written: Written, after: str, stop: int) -> tuple[int, int]:
    """The year behind the core in its line or in the next by itself, and where the title ends."""
    pattern = WORDS.pattern("title", "year_behind")
    if behind := pattern.match(after.strip()):
        return year_of(behind["year"]), stop
    number = written.number_at(stop) + 1
    if number < len(written.lines):
        line = written.lines[number]
        if behind := pattern.fullmatch(written.folded[line.start : line.end].strip(WORDS.layout_signs)):
            return year_of(behind["year"]), line.end
    return 0, stop


def _own_before(before: str) -> tuple[str | None, bool]:
    """What of a line before the core belongs to the title, as it stands, and whether the title begins the
    line; None where the core is only mentioned."""
    lead = WORDS.pattern("title", "lead").match(before)
    own = before[lead.end() :] if lead else before
    if len(own) <= WORDS("title")["longest"] and not WORDS.pattern("title", "no_name").search(own):
        return own, True
    word = WORDS.pattern("title", "last_word").search(before[-WORDS("title")["longest"] :])
    if not word or WORDS.pattern("title", "no_name").search(word["own"]):
        return None, False
    return word["own"], False


def _name_and_year(own: str) -> tuple[str, int]:
    """The name and the year in what stands before the core."""
    for key in ("year_last", "year_first"):
        if found := WORDS.pattern("title", key).search(own):
            return _name(own[: found.start()] or own[found.end() :]), year_of(found["year"])
    return _name(own), 0


def _name(text: str) -> str:
    name = WORDS.pattern("title", "trail").sub("", text).strip(WORDS.layout_signs)
    return in_one_line(name) if re.search(r"[\u3400-\u9fff]{2}", name) else ""


def _with_lines_above(written: Written, number: int, begin: int, year: int) -> tuple[int, str, int]:
    """(where the title begins, name, year) where its first words stand in lines of their own."""
    name = ""
    for above in written.lines[max(number - WORDS("title")["lines_above"], 0) : number][::-1]:
        text = written.folded[above.start : above.end].strip(WORDS.layout_signs)
        if len(text) > WORDS("title")["longest_name"] or WORDS.pattern("title", "no_name").search(text):
            break
        found, its_year = _name_and_year(text)
        # Above a name only the place that it begins with; else the name itself, or the year behind it.
        sought = "place_alone" if name else "body"
        if (found and not WORDS.pattern("title", sought).search(found)) or not (found or its_year):
            break
        begin, name, year = above.start, found + name, year or its_year
    return begin, name, year


def in_one_line(text: str) -> str:
    """A title or name without its line breaks and without blanks between Chinese letters, simplified."""
    return simplified(_BETWEEN_LETTERS.sub("", " ".join(text.strip(WORDS.layout_signs).split())))


def year_of(text: str) -> int:
    """2020 or 二〇二〇 as a number; 0 for what is none."""
    digits = text.translate(WORDS.digits)
    return int(digits) if digits.isdigit() and len(digits) == 4 else 0
