"""Table 四: fifteen numbers in the order of the form, on one line, or five behind each label."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ...form import Block, TableKey, editions, load_form
from ...records import dataclass
from ..reading import CellUnread, How
from .labels import Hit, Hits, Use
from .marked import cells_beside, raw_of
from .moved import may_have_moved
from .numbers import Raw, value_of_count, where
from .outcome import Outcome
from .regions import is_plain
from .runs import Token, groups_between, runs_of
from .solving import cut_numbers, may_be_cut
from .split import chained_way
from .squeezed import Cell, Squeezed

KEY: TableKey = "table4"
#: The labels of one table stand within so many characters; values follow the last within as many.
_WITHIN = 600


@dataclass(frozen=True, slots=True)
class Region:
    """One table: from its first label to the next section; the place of each row's label."""

    start: int
    end: int
    rows: Mapping[str, Hit]

    def in_order(self, starts: Sequence[int]) -> bool:
        """Whether one of ``starts`` stands behind each row's label and before the next row's."""
        labels = sorted(hit.start for hit in self.rows.values())
        ends = [*labels[1:], self.end]
        return all(a < start < b for a, start, b in zip(labels, starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Reading:
    """``raws``: the contents of all cells in the order of the form, or () where they are not certain;
    ``said``: the numbers that stand there."""

    raws: Sequence[Raw]
    how: How
    said: str


def read_table4(text: Squeezed, hits: Hits, edition: str, vanished: bool) -> Outcome:
    """``edition``: that of the other tables, where table 四 is the same in all. ``vanished``: empty cells of
    the other tables do not show, so that numbers of loose text count only where their sums hold."""
    out = Outcome(edition or editions()[-1])
    block = load_form(out.edition).tables[KEY].grid
    regions = _regions(text, hits, block) or _remains(text, hits, block)
    readings = [_reading(text, hits, region, block, vanished) for region in regions]
    whole = [reading for reading in readings if reading.raws]
    said = [(region, reading) for region, reading in zip(regions, readings, strict=True) if reading.said]
    if not whole and not said:
        return Outcome()
    out.repeated = len(whole) > 1
    if not whole:
        region, reading = said[0]
        out.unread = {cell.id: CellUnread(where(text, region.start), reading.said) for cell in block.cells}
    elif not out.repeated:
        for cell, raw in zip(block.cells, whole[0].raws, strict=True):
            out.put(text, cell, raw, whole[0].how)
    return out


def _row_of(hit: Hit) -> str:
    use = hit.use("row", KEY)
    return use.id if use else ""


def _regions(text: Squeezed, hits: Hits, block: Block) -> list[Region]:
    """Stretches that hold the labels of all rows, the last of them last, up to the next section."""
    rows = [row.id for row in block.rows]
    found: list[Region] = []
    at: dict[str, Hit] = {}
    for hit in hits.found:
        if row := _row_of(hit):
            at[row] = hit
        if row == rows[-1] and all(r in at and hit.start - at[r].start < _WITHIN for r in rows):
            start = min(one.start for one in at.values())
            found.append(Region(start, _end(text, hits, hit), at))
            at = {}
    nexts = [*(region.start for region in found[1:]), len(text.text)][: len(found)]
    return [replace(one, end=min(one.end, limit)) for one, limit in zip(found, nexts, strict=True)]


def _remains(text: Squeezed, hits: Hits, block: Block) -> list[Region]:
    """The stretch with most of the heads and some of the rows' labels, or with them in another order: its
    numbers are those of table 四, but not to be read."""
    heads = [hit for hit in hits.found if hit.use("head", KEY) and not hit.use("head", "table3")]
    for number, first in enumerate(heads):
        near = [hit for hit in heads[number:] if hit.start - first.start < _WITHIN]
        if len({hit.word for hit in near}) * 2 > len(block.columns):
            start = max(0, first.start - _WITHIN)
            for hit in hits.between(start, first.start):
                start = hit.start if any(use.role == "section" for use in hit.uses) else start
            ours = [hit for hit in hits.between(start, near[-1].end) if _belongs(hit)]
            return [Region(ours[0].start, _end(text, hits, near[-1]), {})]
    return []


def _belongs(hit: Hit) -> bool:
    return any(use.table == KEY and use.role != "section" for use in hit.uses)


def _end(text: Squeezed, hits: Hits, last: Hit) -> int:
    limit = min(len(text.text), last.until + _WITHIN)
    for hit in hits.between(last.until, limit):
        if any(use.role == "section" for use in hit.uses) or (is_plain(hit) and not _belongs(hit)):
            return hit.start
    return limit


def _reading(text: Squeezed, hits: Hits, region: Region, block: Block, vanished: bool) -> Reading:
    groups = [group for _, group in groups_between(text, hits, region.start, region.end, ())]
    said = " ".join(text.said(group[0].start, group[-1].end) for group in groups)
    if not region.rows or not _heads_in_order(hits, region, block):
        return Reading((), "printed", said)
    raws = _labelled(text, hits, region, block)
    if not raws and not _labels_in_order(hits, region, block):
        return Reading((), "printed", said)
    if not (raws := raws or _marked(text, hits, region, block)):
        raws = _loose(text, region, groups, block)
        if vanished and not _sums_hold(raws, len(block.columns)):
            return Reading((), "printed", said)
        strangers = [len(raws) - 1]
    else:
        strangers = _blank(raws, len(block.columns))
    if _moved(raws, strangers, block):
        return Reading((), "printed", said)
    if raws:
        return Reading(raws, "printed", said)
    if cut := _glued(groups, block):
        start = groups[0][0].start
        return Reading([Raw(str(number), start, "", said) for number in cut], "cut", said)
    return Reading((), "printed", said)


def _heads_in_order(hits: Hits, region: Region, block: Block) -> bool:
    """Whether the heads stand in the order of the form below every row's label, where all of them are
    there."""
    form = [column.id for column in block.columns]
    ids = [use.id for hit in hits.between(region.start, region.end) if (use := hit.use("head", KEY))]
    return len(ids) % len(form) != 0 or ids == form * (len(ids) // len(form))


def _labels_in_order(hits: Hits, region: Region, block: Block) -> bool:
    """Whether the labels of rows stand once each in the order of the form, and each label of a group before
    one of its own rows."""
    under = {row.id: [group.id for group in row.under] for row in block.rows}
    last = max(hit.end for hit in region.rows.values())
    there = [use.id for hit in hits.between(region.start, last) if (use := _label(hit))]
    before = hits.between(max(0, region.start - _WITHIN), region.start)
    if len(there) == len(under) and before and (group := before[-1].use("group", KEY)):
        there = [group.id, *there]
    pairs = pairwise(there)
    return [i for i in there if i in under] == [*under] and all(
        one in under or one in under.get(after, (one,)) for one, after in pairs
    )


def _label(hit: Hit) -> Use | None:
    return hit.use("row", KEY) or hit.use("group", KEY)


def _blank(raws: Sequence[Raw], width: int) -> list[int]:
    """Which cells are blank and may be those of others: where one sum alone fails, only the last cell."""
    blank = [i for i, raw in enumerate(raws) if not raw.text]
    failing = sum(not _sums_hold(raws[i : i + width], width) for i in range(0, len(raws), width))
    return [i for i in blank if failing > 1 or i == len(raws) - 1]


def _moved(raws: Sequence[Raw], strangers: Sequence[int], block: Block) -> bool:
    numbers = [value_of_count(raw) or 0 for raw in raws]
    return bool(numbers) and may_have_moved(numbers, len(block.columns), strangers)


def _labelled(text: Squeezed, hits: Hits, region: Region, block: Block) -> list[Raw]:
    """Values in the rows of their labels."""
    raws: list[Raw] = []
    for row in block.rows:
        beside = cells_beside(text, hits, region.rows[row.id])
        if beside is None or len(beside.cells) != len(block.columns) or beside.empty:
            return []
        raws += [raw_of(text, cell) for cell in beside.cells]
    return raws


def _marked(text: Squeezed, hits: Hits, region: Region, block: Block) -> list[Raw]:
    """The one row of cells for the whole table, or one row for each label."""
    width, size = len(block.columns), len(block.cells)
    rows = list(_rows_of_values(text, hits, region))
    whole = [cells for row in rows if (cells := _exactly(row, size))]
    parts = [cells for row in rows if (cells := _exactly(row, width))]
    filled = [cells for cells in whole if _core(cells)]
    if len(filled) == 1 or (not filled and not parts and len(whole) == 1):
        return [raw_of(text, cell) for cell in (filled or whole)[0]]
    parts = [cells for cells in parts if _core(cells)]
    if not filled and len(parts) == len(block.rows) and region.in_order([p[0].start for p in parts]):
        return [raw_of(text, cell) for part in parts for cell in part]
    return []


def _rows_of_values(text: Squeezed, hits: Hits, region: Region) -> Iterator[Sequence[Cell]]:
    """Rows of the source below the labels in which no label stands."""
    first = text.cell(region.start)
    number = text.cells[first].row if first >= 0 else bisect_left(text.rows, region.start, key=text.row_start)
    for row in text.rows[number:]:
        cells = text.cells[row.first : row.last]
        # Empty cells stand where the next text begins, which is where the region ends.
        if cells[0].start >= region.end and cells[-1].end > region.end:
            return
        if row.ended and cells[0].start >= region.start and not hits.between(cells[0].start, cells[-1].end):
            yield cells


def _core(cells: Sequence[Cell]) -> Sequence[Cell]:
    filled = [i for i, cell in enumerate(cells) if cell.start < cell.end]
    return cells[filled[0] : filled[-1] + 1] if filled else ()


def _exactly(cells: Sequence[Cell], size: int) -> Sequence[Cell]:
    """The cells of ``size`` values: all of them, or those between empty ones."""
    core = _core(cells)
    return core if len(core) == size else cells if len(cells) == size else ()


def _loose(text: Squeezed, region: Region, groups: Sequence[Sequence[Token]], block: Block) -> list[Raw]:
    """One run of numbers for the whole table, or one behind each label."""
    width, size = len(block.columns), len(block.cells)
    whole = [run for group in groups for run in runs_of(text, None, group, size) if run.complete]
    if len(whole) == 1:
        raws = [token.raw() for token in whole[0].tokens]
        pages = any(token.start in text.page_numbers for token in whole[0].tokens)
        return [] if pages and not _sums_hold(raws, width) else raws
    parts = [runs_of(text, None, group, width) for group in groups]
    single = [runs[0] for runs in parts if len(runs) == 1 and runs[0].complete]
    if len(single) == len(parts) == len(block.rows) and region.in_order([run.start for run in single]):
        return [token.raw() for run in single for token in run.tokens]
    return []


def _sums_hold(raws: Sequence[Raw], width: int) -> bool:
    numbers = [value_of_count(raw) or 0 for raw in raws]
    blocks = [numbers[i : i + width] for i in range(0, len(numbers), width)]
    return all(sum(block[:-1]) == block[-1] for block in blocks)


def _glued(groups: Sequence[Sequence[Token]], block: Block) -> Sequence[int] | None:
    """The numbers of the only run, where its three sums admit one cut."""
    size = len(block.cells)
    long = [group for group in groups if sum(len(token.text) for token in group) >= size]
    if len(long) != 1 or not may_be_cut(long[0], size) or not (digits := cut_numbers(long[0])):
        return None
    width = len(block.columns)
    cut = chained_way(*digits, width, len(block.rows))
    # A sum that ends with 0 may be two numbers, the sum of a report that contradicts itself being 0.
    open_sums = any(total and total % 10 == 0 for total in cut[width - 1 :: width]) if cut else True
    return None if open_sums else cut
