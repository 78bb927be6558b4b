"""Table 四: fifteen numbers in the order of the form, on one line, or five behind each label."""

from __future__ import annotations

from collections.abc import Sequence

from ..form import Block, editions, load_form
from .labels import Hit, Hits
from .marked import raw_of
from .numbers import Raw, where
from .outcome import Outcome
from .reading import CellUnread, How
from .regions import is_plain
from .runs import Token, groups_between
from .solving import cut_numbers
from .split import chained_ways
from .squeezed import Squeezed

KEY = "table4"
#: The labels of one table stand within so many characters; values follow the last within as many.
_WITHIN = 600

Reading = tuple[list[Raw], How]


def read_table4(text: Squeezed, hits: Hits, edition: str) -> Outcome:
    """``edition``: that of the other tables, where table 四 is the same in all."""
    block = load_form(edition or editions()[-1]).tables[KEY].grid
    found = [
        (region, reading)
        for region in _regions(text, hits, block)
        if (reading := _reading(text, hits, region, block)) is not None
    ]
    out = Outcome()
    if not found:
        return out
    out.edition = edition or editions()[-1]
    read = [reading for _, reading in found if isinstance(reading, tuple)]
    if len(read) > 1:
        out.repeated = True
        return out
    if not read:
        (start, _), said = found[0][0], str(found[0][1])
        out.unread = {cell.id: CellUnread(where(text, start), said) for cell in block.cells}
        return out
    raws, how = read[0]
    for cell, raw in zip(block.cells, raws, strict=True):
        out.put(text, cell, raw, how)
    return out


def _regions(text: Squeezed, hits: Hits, block: Block) -> list[tuple[int, int]]:
    """Stretches that hold the labels of all rows, from the first of them to the next section."""
    there = [hit for hit in hits.found if hit.use("row", KEY)]
    own = {row.id for row in block.rows if any(is_plain(h) and h.use("row", KEY).id == row.id for h in there)}
    found: list[tuple[int, int]] = []
    for number, hit in enumerate(there):
        if hit.use("row", KEY).id != block.rows[-1].id:
            continue
        group = [
            h
            for h in there[:number]
            if hit.start - h.start < _WITHIN and (not found or h.start >= found[-1][1])
        ]
        if own - {h.use("row", KEY).id for h in (*group, hit)}:
            continue
        first = {row.id: h for h in group for row in block.rows if h.use("row", KEY).id == row.id}
        start = min(h.start for h in first.values())
        found.append((start, _end(text, hits, hit)))
    return found


def _end(text: Squeezed, hits: Hits, last: Hit) -> int:
    limit = min(len(text.text), last.until + _WITHIN)
    for hit in hits.between(last.until, limit):
        if any(use.role == "section" for use in hit.uses) or (is_plain(hit) and not hit.use("row", KEY)):
            return hit.start
    return limit


def _reading(text: Squeezed, hits: Hits, region: tuple[int, int], block: Block) -> Reading | str | None:
    """The contents of all cells in order and how they were got, or what stands there, or None for nothing."""
    size = len(block.cells)
    marked = _marked(text, hits, region, size, len(block.columns))
    if marked:
        return marked
    groups = [(label, group) for label, group in groups_between(text, hits, *region, ())]
    whole = [group for _, group in groups if len(group) == size]
    if len(whole) == 1:
        return [token.raw() for token in whole[0]], "printed"
    if blocks := _by_label(groups, block):
        return blocks
    numbers = [group for _, group in groups if sum(len(t.text) for t in group) >= size]
    if len(numbers) == 1 and (cut := cut_numbers(numbers[0])):
        ways = chained_ways(*cut, len(block.columns), len(block.rows))
        if len(ways) == 1:
            return [Raw(str(n), numbers[0][0].start, "", cut[0]) for n in ways[0]], "cut"
    said = [text.said(group[0].start, group[-1].end) for _, group in groups]
    return " ".join(said) or None


def _by_label(groups: Sequence[tuple[Hit | None, list[Token]]], block: Block) -> Reading | None:
    """One group of numbers behind each row's label or its heads, in the order of the form."""
    sized = [group for _, group in groups if len(group) == len(block.columns)]
    if len(sized) == len(groups) == len(block.rows):
        return [token.raw() for group in sized for token in group], "printed"
    return None


def _marked(text: Squeezed, hits: Hits, region: tuple[int, int], size: int, width: int) -> Reading | None:
    """The one row of ``size`` cells without letters, or as many rows of ``width`` as make ``size``."""
    whole, parts = [], []
    for row in text.rows:
        cells = text.cells[row.first : row.last]
        if not cells or cells[-1].end <= region[0] or cells[0].start >= region[1] or not row.ended:
            continue
        filled = [i for i, c in enumerate(cells) if c.start < c.end]
        if not filled or any(
            c.isalpha() and not _is_unit(c) for i in filled for c in text.text[cells[i].start : cells[i].end]
        ):
            continue
        core = cells[filled[0] : filled[-1] + 1]
        for wanted, into in ((size, whole), (width, parts)):
            if len(core) == wanted or len(cells) == wanted:
                into.append([raw_of(text, c) for c in (core if len(core) == wanted else cells)])
    if len(whole) == 1:
        return whole[0], "printed"
    if not whole and len(parts) * width == size:
        return [raw for part in parts for raw in part], "printed"
    return None


def _is_unit(character: str) -> bool:
    return character in "件注"
