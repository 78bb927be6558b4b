"""Table 二: blocks without equations. Digits are cut only where they can be read in no other way."""

from __future__ import annotations

from collections.abc import Sequence, Set

from ...form import Block, TableKey, editions
from ...form import Line as FormLine
from ..reading import CellUnread, How
from .heads import columns_of, unit_of
from .labels import Hit, Hits
from .numbers import Raw, where
from .outcome import Outcome
from .regions import Region, edition_of, has_values
from .rows import Found, Line, find_rows
from .solving import Ways, ways_of
from .squeezed import Squeezed

KEY: TableKey = "table2"
#: Labels of the table stand no farther apart than this many characters.
_APART = 400
_ABOVE = ("title", "corner", "head")


def read_table2(text: Squeezed, hits: Hits) -> Outcome:
    """Table 二 of a text; nothing of it where the text has a row of it twice."""
    zones = _zones(hits)
    there = [hit for zone in zones for hit in zone]
    if not there:
        return Outcome()
    span = (there[0].start, there[-1].end)
    sure = edition_of(text, hits, span, KEY, ("head",)) or edition_of(text, hits, span, KEY, ("row",))
    start = there[0].start
    region = Region(KEY, sure or editions()[-1], start, start, _end(text, hits, there[-1]))
    out = Outcome(region.edition)
    found_labels = _labels(text, hits, region.edition, zones)
    if found_labels is None:
        out.repeated = True
        return out
    labels, doubled = found_labels
    if labels:
        size = {row.id: len(block.columns) for block in region.table.blocks for row in block.rows}
        found = find_rows(text, hits, region, labels, {row: size[row] for row in labels})
        _Cells(text, region, there, found, out).read(unsure=doubled if sure else {*labels})
    return out


def _zones(hits: Hits) -> list[list[Hit]]:
    """Labels of the table that stand together: titles and heads, and rows below heads."""
    zones: list[list[Hit]] = [[]]
    heads = False
    for hit in hits.found:
        roles = {use.role for use in hit.uses if use.table == KEY}
        foreign = not roles & {*_ABOVE, "row"}
        if foreign and not any(use.role == "section" or use.table == "table3" for use in hit.uses):
            continue
        if foreign or (zones[-1] and hit.start - zones[-1][-1].end > _APART):
            zones.append([])
            heads = False
        heads |= bool(roles & {"head", "corner"})
        if not foreign and (heads or roles & {*_ABOVE}):
            zones[-1].append(hit)
    return [zone for zone in zones if any(hit.use("row", KEY) for hit in zone)]


def _end(text: Squeezed, hits: Hits, last: Hit) -> int:
    limit = min(len(text.text), last.until + _APART)
    for hit in hits.between(last.until, limit):
        return hit.start
    return limit


def _labels(
    text: Squeezed, hits: Hits, edition: str, zones: Sequence[Sequence[Hit]]
) -> tuple[dict[str, Hit], set[str]] | None:
    """The label of each row, of several the one that has values, and the rows of which several have; None
    where they stand in two tables."""
    found: dict[str, Hit] = {}
    valued: set[str] = set()
    doubled: set[str] = set()
    for zone in zones:
        ours: dict[str, list[Hit]] = {}
        for hit in zone:
            if use := hit.use("row", KEY, edition):
                ours.setdefault(use.id, []).append(hit)
        for row, there in ours.items():
            with_values = [hit for hit in there if has_values(text, hits, hit)]
            if row in valued and with_values:
                return None
            if with_values or row not in found:
                found[row] = (with_values or there)[0]
            if with_values:
                valued.add(row)
            if len(with_values) > 1:
                doubled.add(row)
    return found, doubled


class _Cells:
    def __init__(
        self, text: Squeezed, region: Region, there: Sequence[Hit], found: Found, out: Outcome
    ) -> None:
        self.text, self.region, self.there, self.found, self.out = text, region, there, found, out

    def read(self, unsure: Set[str]) -> None:
        """``unsure``: rows that are left unread whatever stands there."""
        lines = {line.row: line for line in self.found.lines if line.row}
        ways = {
            row.id: ways_of(line.run.tokens, block.columns)
            for block in self.region.table.blocks
            for row in block.rows
            if (line := lines.get(row.id)) and line.raws is None and line.run
        }
        for block in self.region.table.blocks:
            for row in block.rows:
                if row.id in unsure:
                    self._unread(block, row, lines.get(row.id), None)
                elif row.id in self.found.labels:
                    self._row(block, row, lines.get(row.id), ways.get(row.id))

    def _heads(self, block: Block) -> list[Hit]:
        """The heads directly above the rows of the block, or above those of the one before with the same
        heads."""
        labels = self.found.labels
        first = min(labels[row.id].start for row in block.rows if row.id in labels)
        rows = sorted(label.start for label in labels.values())
        group: list[Hit] = []
        for hit in self.there:
            if hit.start < first and hit.use("head", KEY):
                if group and any(group[-1].start < row < hit.start for row in rows):
                    group = []
                group.append(hit)
        ids = [use.id for hit in group if (use := hit.use("head", KEY, self.region.edition))]
        form = [column.id for column in block.columns]
        above = bool(group) and any(group[-1].start < row < first for row in rows)
        if not set(ids) <= set(form) or (above and ids != form):
            return []
        return group

    def _row(self, block: Block, row: FormLine, line: Line | None, ways: Ways | None) -> None:
        heads = self._heads(block)
        columns = columns_of(self.text, heads, block, KEY, self.region.edition)
        ours = any(hit.use("head", KEY, self.region.edition) for hit in heads)
        foreign = not ours and (bool(heads) or len(block.columns) > 1)
        raws: Sequence[Raw] | None = None
        how: How = "printed"
        if line is None:
            raws = self.found.blank.get(row.id) if not self.found.orphans else None
        elif (
            line.raws is not None
            and (line.run is None or line.sure)
            and (line.firm or not self.found.orphans)
        ):
            raws = line.raws
        elif ways and ways.certain and not self.found.orphans:
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
