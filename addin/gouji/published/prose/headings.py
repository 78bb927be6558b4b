"""Where the six sections of the form begin, however their headings are numbered, named and broken."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache

from ...form import TableKey
from ...records import dataclass
from .words import WORDS, names_of
from .written import Written

#: What makes the later of two equal headings before the tables win (lists of contents stand first), and the
#: earlier of two behind them: less than anything that a heading can be worth.
_LATER = 1e-9
#: 第十三部分、 and a year.
_LONGEST_NUMBER = 14


@dataclass(frozen=True, slots=True)
class Heading:
    """``number``: of the form. ``start``, ``end``: of the heading with its number, in the text."""

    number: str
    start: int
    end: int
    table: TableKey | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """As :class:`Heading`, in the squeezed text. ``rank``: of its section in the form."""

    rank: int
    start: int
    end: int
    worth: float


def headings(written: Written) -> list[Heading]:
    """The headings in the order of the text and of the form; a section that has none is left out.

    Each may stand in a line of its own, at the beginning of one or in its midst; of all that look like
    headings the chain is taken that is worth most (``prose.toml``, headings).
    """
    best = _best_chain(list(_candidates(written)))
    return [
        Heading(
            WORDS.sections[one.rank][0],
            written.at(one.start),
            written.after(one.end),
            WORDS.sections[one.rank][2],
        )
        for one in best
    ]


def _candidates(written: Written) -> Iterator[_Candidate]:
    squeezed, data = written.squeezed, WORDS("headings")
    tables = table_starts(written)
    starts = [start for start, _ in tables]
    previous = 0
    for title, end, rank in sorted(set(_titles(written)))[: data["most"]]:
        if title < previous:
            continue
        number, titles, table, _ = WORDS.sections[rank]
        start = _with_number(squeezed, title, previous)
        prefix = squeezed[start:title]
        begins, alone = _stands(written, start, end)
        if not (alone or WORDS.pattern("headings", "parting").search(prefix)):
            continue
        follows = bisect_right(starts, title)
        next_table = tables[follows][1] if follows < len(tables) else None
        worth = (
            data["worth_own_number"] * (number in prefix)
            + data["worth_own_title"] * (squeezed[title:end] in titles)
            + data["worth_alone"] * alone
            + data["worth_line"] * begins
            + data["worth_table"] * (next_table == _following(rank, table))
        )
        sign = -1 if _following(rank, table) is None else 1
        yield _Candidate(rank, start, end, 1 + worth + sign * title * _LATER)
        previous = end


def _titles(written: Written) -> Iterator[tuple[int, int, int]]:
    """(start, end, rank) of every title that a number's sign parts from what stands before it, or that begins
    a line. Searched for at these places only: looking for every title everywhere takes ten times as long."""
    parted, heading = _patterns()
    squeezed = written.squeezed
    for match in parted.finditer(squeezed):
        yield (*match.span(str(match.lastgroup)), int(str(match.lastgroup)[1:]))
    for start in written.heads:
        if first := heading.match(squeezed, start):
            yield (*first.span(str(first.lastgroup)), int(str(first.lastgroup)[1:]))


def _following(rank: int, table: TableKey | None) -> TableKey | None:
    """The first table behind the heading of a section: its own; of a text, that of a later section."""
    return next((t for _, _, t, _ in WORDS.sections[rank:] if t), table)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A title behind the sign of a number, and at the beginning of a line; one group a section, named by its
    rank, the form's own title before others."""
    groups = []
    for rank, (number, titles, _, _) in enumerate(WORDS.sections):
        names = [re.escape(title) for title in titles] + list(names_of(number))
        groups.append(f"(?P<s{rank}>{'|'.join(names)})")
    said = WORDS("headings")
    any_title = f"{said['before_title']}(?:{'|'.join(groups)})"
    return re.compile(said["parted"] + any_title), re.compile(said["signs"] + said["number"] + any_title)


@cache
def _numbered() -> re.Pattern[str]:
    return re.compile(WORDS("headings")["number"] + WORDS("headings")["before_title"])


def _with_number(squeezed: str, title: int, floor: int) -> int:
    """Where the heading begins: with the number that stands directly before its title."""
    before = squeezed[max(floor, title - _LONGEST_NUMBER) : title]
    pattern = _numbered()
    for length in range(len(before), 0, -1):
        if pattern.fullmatch(before[-length:]):
            return title - length
    return title


def _stands(written: Written, start: int, end: int) -> tuple[bool, bool]:
    """Whether a heading begins its line; whether nothing else stands in the lines that it takes."""
    a, b = written.at(start), written.after(end)
    first, last = written.line_at(a), written.line_at(b - 1)
    begins = written.blank(first.start, a)
    behind = WORDS.pattern("headings", "end").sub("", written.folded[b : last.end].strip(), count=1)
    return begins, begins and not behind.strip(WORDS.layout_signs)


def table_starts(written: Written) -> list[tuple[int, TableKey]]:
    """Where tables of the form may begin, in the squeezed text."""
    found = [
        (match.start(), key)
        for key, names in WORDS("headings")["tables"].items()
        for name in names
        for match in re.finditer(name, written.squeezed)
    ]
    return sorted(found)


def _best_chain(candidates: list[_Candidate]) -> list[_Candidate]:
    """Of each section at most one, in the order of the form and of the text, together worth most."""
    best: list[tuple[float, tuple[_Candidate, ...]]] = [(0.0, ())] * (len(WORDS.sections) + 1)
    for one in candidates:
        worth, chain = max(best[: one.rank + 1], key=lambda pair: pair[0])
        if worth + one.worth > best[one.rank + 1][0]:
            best[one.rank + 1] = (worth + one.worth, (*chain, one))
    return list(max(best, key=lambda pair: pair[0])[1])
