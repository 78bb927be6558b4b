"""Table 三: where it stands, its labels, and its cells."""

from __future__ import annotations

from collections.abc import Sequence

from ...form import Block, TableKey, editions
from ..reading import CellUnread, How
from .assigning import assign, numbers_of, sum_holds, total_is_last
from .heads import columns_of
from .labels import Hit, Hits
from .lost import give_place, is_full, without_head
from .moved import may_have_moved
from .numbers import Raw, where
from .outcome import Outcome
from .regions import Region, clusters, edition_of, end_behind, first_row, has_values, is_plain
from .rows import Found, Line, find_rows
from .solving import Cuts, glued_rows
from .squeezed import Squeezed

KEY: TableKey = "table3"
#: Heads stand at most so far above the first row.
_HEADS = 700
#: So many rows that contradict themselves in the same way are no slip.
_MANY = 3
_TOPS = ("corner", "columns")


def read_table3(text: Squeezed, hits: Hits, other: str) -> Outcome:
    """Table 三 of a text; nothing of it where the text has it twice. ``other``: the edition of table 二, or
    ""; it counts where the rows of 三 are those of several editions."""
    tables = clusters(hits, KEY)
    if not tables:
        return Outcome()
    region = _region(text, hits, tables[0], other)
    out = Outcome(region.edition, repeated=len(tables) > 1)
    if not out.repeated:
        block = region.table.grid
        labels, doubled = _labels(text, hits, region, block)
        above = _heads(hits, region)
        heads = columns_of(text, above, block, KEY, region.edition)
        lost = () if heads.ids is None else without_head(text, hits, region, labels, heads.named)
        width = len(block.columns) - len(lost)
        found = find_rows(text, hits, region, labels, {row.id: width for row in block.rows}, len(lost))
        give_place(found, [column.id for column in block.columns], lost)
        # A row's label above the first row's: the rows stand in another order.
        found.ordered &= not any(hit.use("row", KEY) and is_plain(hit) for hit in above)
        ids = heads.ids if heads.known or total_is_last(found.lines) else None
        if not lost and len(heads.named) < len(block.columns) and not any(map(is_full, found.lines)):
            ids = None  # a column may not be there, and an empty cell stand for another
        out.vanished = found.vanished
        cells = _Cells(text, region, found, ids, out)
        cells.read(cut=not lost)
        for row, label in doubled.items():
            cells.unread(row, label.start, text.said(label.start, label.until))
        cells.missing(lost)
    return out


def _region(text: Squeezed, hits: Hits, cluster: Sequence[Hit], other: str) -> Region:
    first = first_row(text, hits, cluster, KEY)
    end = end_behind(text, hits, cluster[-1], KEY)
    edition = edition_of(text, hits, (first.start, end), KEY, ("row",))
    start = max(0, first.start - _HEADS)
    for hit in hits.between(start, first.start):
        if hit.use("section", KEY) or not any(use.table == KEY for use in hit.uses):
            start = hit.until
    return Region(KEY, edition or other or editions()[-1], start, first.start, end)


def _heads(hits: Hits, region: Region) -> Sequence[Hit]:
    """The labels above the first row; prose before the table's corner or the title of its columns is none."""
    above = hits.between(region.start, region.rows)
    tops = [hit.start for hit in above for use in hit.uses if use.table == KEY and use.role in _TOPS]
    return [hit for hit in above if hit.start >= min(tops, default=region.start)]


def _labels(
    text: Squeezed, hits: Hits, region: Region, block: Block
) -> tuple[dict[str, Hit], dict[str, Hit]]:
    """The label of each row: where a word stands several times, the one between its neighbours in the form
    that has values behind it; and one of those where several have or none."""
    order = [row.id for row in block.rows]
    candidates: dict[str, list[Hit]] = {row: [] for row in order}
    for hit in hits.between(region.rows, region.end):
        if use := hit.use("row", KEY, region.edition):
            candidates[use.id].append(hit)
    sure = {i: c[0].start for i, row in enumerate(order) if len(c := candidates[row]) == 1 and is_plain(c[0])}
    found: dict[str, Hit] = {}
    doubled: dict[str, Hit] = {}
    for i, row in enumerate(order):
        low = max((at for k, at in sure.items() if k < i), default=-1)
        high = min((at for k, at in sure.items() if k > i), default=len(text.text))
        fitting = [hit for hit in candidates[row] if low < hit.start < high]
        if not fitting and len(candidates[row]) == 1:
            fitting = candidates[row]
        valued = [hit for hit in fitting if has_values(text, hits, hit)]
        if len(valued) == 1 or len(fitting) == 1:
            found[row] = (valued or fitting)[0]
        elif fitting:
            doubled[row] = fitting[0]
    return found, doubled


class _Cells:
    """``ids``: the columns in the order of the source, or None where that is not known."""

    def __init__(
        self, text: Squeezed, region: Region, found: Found, ids: Sequence[str] | None, out: Outcome
    ) -> None:
        self.text, self.found, self.ids, self.out = text, found, ids, out
        self.table, self.block = region.table, region.table.grid
        self.moved = _moved_rows(found)

    def read(self, cut: bool) -> None:
        """``cut``: whether digits may be glued, so that the sums say where they are cut."""
        rows = assign(self.table, self.found)
        cuts = glued_rows(self.table, {row: line for row, (line, _) in rows.items()}) if cut else {}
        for row, (line, how) in rows.items():
            self._row(row, line, how, cuts.get(row))
        for row, label in self.found.labels.items():
            if row in rows:
                continue
            blank = self.found.blank.get(row)
            if blank is not None and not self.found.orphans and self.ids is not None:
                self._cells(row, blank, "printed")
            else:
                self.unread(row, label.start, "")
        self._unlabelled(
            [line for line in self.found.lines if all(line is not one for one, _ in rows.values())]
        )

    def _row(self, row: str, line: Line, how: How, cuts: Cuts | None) -> None:
        if self.ids is None:
            self.unread(row, line.start, line.said)
        elif line.raws is not None and not self._doubtful(line):
            self._cells(row, line.raws, how)
        elif cuts and cuts.one:
            self._cells(row, [Raw(str(n), line.start, "", line.said) for n in cuts.one], "cut")
        else:
            self.unread(row, line.start, line.said, cuts)

    def _doubtful(self, line: Line) -> bool:
        """Whether numbers contradict themselves where one may be missing or too many."""
        open_cells = not line.sure or (line.run is not None and self.found.vanished)
        return line.row in self.moved or (open_cells and not sum_holds(line))

    def _cells(self, row: str, raws: Sequence[Raw], how: How) -> None:
        for column, raw in zip(self.ids or (), raws, strict=True):
            self.out.put(self.text, self.block.cell(row, column), raw, how)

    def missing(self, columns: Sequence[str]) -> None:
        """Cells of columns that the source does not have: unread, not blank."""
        for cell in (self.block.cell(row.id, column).id for row in self.block.rows for column in columns):
            if read := self.out.read.pop(cell, None):
                self.out.unread[cell] = CellUnread(read.where, "")

    def unread(self, row: str, at: int, said: str, cuts: Cuts | None = None) -> None:
        for number, column in enumerate(self.block.columns):
            readings = cuts.readings(number) if cuts else ()
            cell = self.block.cell(row, column.id)
            self.out.unread[cell.id] = CellUnread(where(self.text, at), said, readings)

    def _unlabelled(self, lines: Sequence[Line]) -> None:
        """Numbers that belong to no row for certain: rows of the form without a label that may be theirs are
        unread, not absent."""
        starts = {row: label.start for row, label in self.found.labels.items()}
        order = [row.id for row in self.block.rows]
        for i, row in enumerate(order):
            if row in starts:
                continue
            low = max((starts[r] for r in order[:i] if r in starts), default=-1)
            high = min((starts[r] for r in order[i + 1 :] if r in starts), default=len(self.text.text))
            between = [line for line in lines if low < line.start < high]
            if between:
                self.unread(row, between[0].start, " ".join(line.said for line in between))


def _moved_rows(found: Found) -> set[str]:
    """Rows that contradict themselves because a number seems to be lost: its neighbours stand one column from
    their own, and a blank, or in loose text the number of a page, fills the row. One marked row with a blank
    first or last is a slip; where most rows are like it, they have moved."""
    lines = {line.row: (line, numbers) for line in found.lines if line.row and (numbers := numbers_of(line))}
    loose: set[str] = set()
    marked: set[str] = set()
    open_ends: set[str] = set()
    for row, (line, numbers) in lines.items():
        blank = [i for i, raw in enumerate(line.raws or ()) if not raw.text]
        last = len(numbers) - 1
        if line.run is not None:
            loose |= {row} if may_have_moved(numbers, len(numbers), [last]) else set()
            continue
        open_ends |= {row} if {0, last} & {*blank} else set()
        short = 0 in blank and sum(numbers[:-1]) > numbers[-1]
        if short or (last in blank and may_have_moved(numbers, len(numbers), [last])):
            marked.add(row)
    told = sum(any(numbers) for _, numbers in lines.values())
    return loose | open_ends if len(marked) >= max(_MANY, told // 2 + 1) else loose
