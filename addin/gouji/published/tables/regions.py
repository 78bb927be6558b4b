"""Where the tables stand in a text, which edition each is of, and which stands there twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ...form import Table, TableKey, editions, load_form
from ...records import dataclass
from .labels import Hit, Hits, Use, begins_numeral
from .marked import cells_beside
from .numbers import data
from .squeezed import GLUED, Squeezed

#: Labels of one table do not stand farther apart than this many characters.
_APART = 3000
#: So many different labels of rows make a table; fewer are mentions in prose.
_ROWS = 5
#: Behind the last label no value stands farther than this.
_LAST = 400


#: What a value begins with: a number, or "/".
_BEGIN_VALUES = frozenset("0123456789/+-")


@dataclass(frozen=True)
class Region:
    """One table in the text: ``heads`` begin at ``start``, the labels of rows at ``rows``, both end before
    ``end``."""

    key: TableKey
    edition: str
    start: int
    rows: int
    end: int

    @property
    def table(self) -> Table:
        return load_form(self.edition).tables[self.key]


def row_ids(hit: Hit, key: TableKey) -> set[str]:
    return {use.id for use in hit.uses if use.role == "row" and use.table == key}


def is_plain(hit: Hit) -> bool:
    """Whether the label is that of a row alone, and of the same row in all editions."""
    return {use.role for use in hit.uses} == {"row"} and len({use.id for use in hit.uses}) == 1


def clusters(hits: Hits, key: TableKey) -> list[list[Hit]]:
    """The labels of rows of table ``key``, those of one table together; only where there are enough: a
    mention in prose or in a heading is none."""
    order = [row.id for row in load_form(editions()[-1]).tables[key].rows()]
    found: list[list[Hit]] = [[]]
    seen: set[str] = set()
    for hit in hits.found:
        if not row_ids(hit, key) or not is_plain(hit):
            continue
        (line,) = row_ids(hit, key)
        again = line in seen and line in order[:3] and len(seen) > len(order) // 3
        far = found[-1] and hit.start - found[-1][-1].end > _APART
        if again or far:
            found.append([])
            seen = set()
        found[-1].append(hit)
        seen.add(line)
    return [c for c in found if len({i for hit in c for i in row_ids(hit, key)}) >= _ROWS]


def first_row(text: Squeezed, hits: Hits, cluster: Sequence[Hit], key: TableKey) -> Hit:
    """The first label of a table: mentions of its rows further up, in a heading or in prose, do not count."""
    last = {line: hit for hit in cluster for line in row_ids(hit, key)}
    return next(
        hit
        for hit in cluster
        if hit in last.values() or (has_values(text, hits, hit) and not in_prose(text, hits, hit))
    )


@cache
def _counted() -> re.Pattern[str]:
    """A number with its unit."""
    return re.compile(f"[0-9]+(?:{'|'.join(data()['values']['units'])})?")


def in_prose(text: Squeezed, hits: Hits, hit: Hit) -> bool:
    """Whether a sentence goes on behind the number that follows the label (予以公开3件，)."""
    found = _counted().match(text.text, hit.until)
    if not found or found.end() == len(text.text):
        return False
    begins = any(other.start == found.end() for other in hits.between(found.end(), found.end() + 1))
    return text.gap(found.end()) == GLUED and not begins


def end_behind(text: Squeezed, hits: Hits, last: Hit, key: TableKey) -> int:
    """Where the table ends whose last label is ``last``: before the next label that is none of its own."""
    for hit in hits.between(last.end, min(len(text.text), last.end + _LAST)):
        if not any(_belongs(use, key) for use in hit.uses):
            return hit.start
    return min(len(text.text), last.end + _LAST)


def _belongs(use: Use, key: TableKey) -> bool:
    """Its rows, and its heads, which a page break repeats."""
    return use.table == key and use.role != "section"


def edition_of(text: Squeezed, hits: Hits, span: tuple[int, int], key: TableKey, roles: Sequence[str]) -> str:
    """The edition whose own labels stand there, or "" where those of none or of several do.

    Own is what no other edition's table has at all. A row of one edition that heads rows in another speaks
    where values follow it, if nothing else does; then before empty cells; and last where it stands at all.
    A word that is a head of columns besides speaks after it, and only where values follow.
    """
    own: tuple[set[str], ...] = (set(), set(), set(), set(), set())
    for hit in hits.between(*span):
        uses = [use for use in hit.uses if use.table == key]
        ours = {use.edition for use in uses if use.role in roles}
        if len(ours) == 1:
            head = any(use.role == "head" for use in uses)
            if {use.edition for use in uses} == ours:
                own[0].update(ours)
            elif has_values(text, hits, hit):
                own[2 if head else 1].update(ours)
            elif not head:
                own[3 if is_row(text, hits, hit) else 4].update(ours)
    for said in own:
        if said:
            return said.pop() if len(said) == 1 else ""
    return ""


def is_row(text: Squeezed, hits: Hits, hit: Hit) -> bool:
    """Whether the label stands before more than one cell of its row, and no other label."""
    beside = cells_beside(text, hits, hit)
    return beside is not None and len(beside.cells) > 1


def numbers_follow(text: Squeezed, hits: Hits, hit: Hit) -> bool:
    """Whether a value stands behind the label, and not the number of the next label, known or torn (1.甲)."""
    rest = text.text[hit.until : hit.until + 3]
    torn = begins_numeral(rest) and not rest[-1].isdigit()
    return rest[:1] in _BEGIN_VALUES and not torn and not hits.between(hit.until, hit.until + 1)


def has_values(text: Squeezed, hits: Hits, hit: Hit) -> bool:
    """Whether numbers stand behind the label: in its row of cells, or directly."""
    beside = cells_beside(text, hits, hit)
    return numbers_follow(text, hits, hit) if beside is None else bool(beside.cells) and not beside.empty
