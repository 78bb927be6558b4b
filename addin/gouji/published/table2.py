"""Table 二: blocks without equations. Digits are cut only where no other cut exists."""

from __future__ import annotations

from collections.abc import Sequence

from ..form import Block, TableKey
from ..form import Line as FormLine
from .heads import columns_of, unit_of
from .labels import Hit, Hits
from .numbers import Raw, where
from .outcome import Outcome
from .reading import CellUnread, How
from .regions import Region, edition_of, has_values
from .rows import Found, Line, find_rows
from .solving import Ways, ways_of
from .squeezed import Squeezed

KEY: TableKey = "table2"
#: Labels of the table stand no farther apart than this many characters.
_APART = 400
_STRONG = ("title", "corner", "head")


def read_table2(text: Squeezed, hits: Hits) -> Outcome:
    out = Outcome()
    zones = _zones(text, hits)
    if not zones:
        return out
    there = [hit for zone in zones for hit in zone]
    span = (there[0].start, there[-1].end)
    out.edition = edition_of(text, hits, span, KEY, ("head",)) or edition_of(text, hits, span, KEY, ("row",))
    if not out.edition:
        return out
    end = _end(text, hits, there[-1])
    region = Region(KEY, out.edition, there[0].start, there[0].start, end)
    labels = _labels(text, hits, region, there)
    if labels is None:
        out.repeated = True
        return out
    blocks = {row.id: block for block in region.table.blocks for row in block.rows}
    found = find_rows(
        text, hits, region, labels, {row: len(blocks[row].columns) for row in labels} or {"": 1}
    )
    _Table(text, region, there, found, out).read()
    return out


def _zones(text: Squeezed, hits: Hits) -> list[list[Hit]]:
    """Labels of the table that stand together: heads, and rows below them."""
    zones: list[list[Hit]] = [[]]
    for hit in hits.found:
        roles = {use.role for use in hit.uses if use.table == KEY}
        if not roles & {*_STRONG, "row"}:
            if any(use.role == "section" or use.table == "table3" for use in hit.uses):
                zones.append([])
            continue
        if zones[-1] and hit.start - zones[-1][-1].end > _APART:
            zones.append([])
        if zones[-1] or roles & set(_STRONG):
            zones[-1].append(hit)
    return [zone for zone in zones if _is_table(zone)]


def _is_table(zone: Sequence[Hit]) -> bool:
    heads = [
        hit.start for hit in zone if any(u.table == KEY and u.role in ("head", "title") for u in hit.uses)
    ]
    rows = [hit.start for hit in zone if hit.use("row", KEY)]
    return bool(heads and rows) and heads[0] < rows[-1]


def _end(text: Squeezed, hits: Hits, last: Hit) -> int:
    limit = min(len(text.text), last.until + _APART)
    for hit in hits.between(last.until, limit):
        return hit.start
    return limit


def _labels(text: Squeezed, hits: Hits, region: Region, there: Sequence[Hit]) -> dict[str, Hit] | None:
    """The label of each row, or None where a row has values twice."""
    candidates: dict[str, list[Hit]] = {}
    for hit in there:
        if use := hit.use("row", KEY, region.edition):
            candidates.setdefault(use.id, []).append(hit)
    found = {}
    for row, of_row in candidates.items():
        valued = [hit for hit in of_row if has_values(text, hits, hit)]
        if len(valued) > 1:
            return None
        found[row] = (valued or of_row)[-1]
    return found


class _Table:
    def __init__(
        self, text: Squeezed, region: Region, there: Sequence[Hit], found: Found, out: Outcome
    ) -> None:
        self.text, self.region, self.there, self.found, self.out = text, region, there, found, out

    def read(self) -> None:
        lines = {line.row: line for line in self.found.lines if line.row}
        ways = {
            row.id: ways_of(line.run.tokens, block.columns)
            for block in self.region.table.blocks
            for row in block.rows
            if (line := lines.get(row.id)) and line.raws is None and line.run
        }
        whole = not self.found.bare and not self.found.blank and all(w.ways for w in ways.values())
        for block in self.region.table.blocks:
            for row in block.rows:
                if row.id in self.found.labels:
                    self._row(block, row, lines.get(row.id), ways.get(row.id), whole)

    def _heads(self, block: Block) -> list[Hit]:
        """The heads directly above the rows of the block."""
        rows = [self.found.labels[row.id].start for row in block.rows if row.id in self.found.labels]
        others = [hit.start for hit in self.there if hit.use("row", KEY) and hit.start < min(rows)]
        above = max(others, default=-1)
        return [hit for hit in self.there if above < hit.start < min(rows) and hit.use("head", KEY)]

    def _row(self, block: Block, row: FormLine, line: Line | None, ways: Ways | None, whole: bool) -> None:
        heads = self._heads(block)
        columns = columns_of(self.text, heads, block, KEY, self.region.edition)
        foreign = heads and not any(hit.use("head", KEY, self.region.edition) for hit in heads)
        raws: Sequence[Raw] | None = None
        how: How = "printed"
        if line is None:
            raws = self.found.blank.get(row.id) if not self.found.orphans else None
        elif line.raws is not None and (line.firm or not self.found.orphans):
            raws = line.raws
        elif ways and ways.certain and whole and not self.found.orphans:
            raws, how = [Raw(t, line.start, "", line.said) for t in ways.ways[0]], "cut"
        if raws is None or columns.ids is None or foreign:
            self._unread(block, row, line, ways)
            return
        for column, raw in zip(columns.ids, raws, strict=True):
            unit = unit_of(self.text, heads, self.found.labels[row.id], column, KEY)
            self.out.put(self.text, block.cell(row.id, column), raw, how, unit)

    def _unread(self, block: Block, row: FormLine, line: Line | None, ways: Ways | None) -> None:
        at = line.start if line else self.found.labels[row.id].start
        for number, column in enumerate(block.columns):
            readings = ways.readings(number) if ways else ()
            said = CellUnread(where(self.text, at), line.said if line else "", readings)
            self.out.unread[block.cell(row.id, column.id).id] = said
