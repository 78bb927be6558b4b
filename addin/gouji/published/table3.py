"""Table 三: rows by their labels, else by the order of the form where every equation proves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..form import Block, Table, editions
from .heads import Columns, columns_of
from .labels import Hit, Hits
from .numbers import NotANumber, Raw, value_of, where
from .outcome import Outcome
from .reading import CellUnread, How
from .regions import Region, clusters, edition_of, end_behind, first_row, has_values, is_plain
from .rows import Found, Line, find_rows
from .solving import glued_rows
from .squeezed import Squeezed

KEY = "table3"
#: Heads stand at most so far above the first row.
_HEADS = 700


def read_table3(text: Squeezed, hits: Hits) -> Outcome:
    tables = clusters(text, hits, KEY)
    out = Outcome()
    if not tables:
        return out
    region = _region(text, hits, tables[0])
    out.end = region.end
    out.edition = region.edition
    if len(tables) > 1:
        out.repeated = True
        return out
    block = region.table.grid
    labels = _labels(text, hits, region, block)
    columns = columns_of(text, hits.between(region.start, region.rows), block, KEY, region.edition)
    found = find_rows(text, hits, region, labels, {row.id: len(block.columns) for row in block.rows})
    _Table(text, region, block, columns, found, out).read()
    return out


def _region(text: Squeezed, hits: Hits, cluster: Sequence[Hit]) -> Region:
    first = first_row(cluster, KEY)
    end = end_behind(text, hits, cluster[-1], KEY)
    edition = edition_of(text, hits.between(first.start, end), KEY, ("row",))
    start = max(0, first.start - _HEADS)
    for hit in hits.between(start, first.start):
        if any(use.table != KEY or use.role == "section" for use in hit.uses) and not hit.use("head", KEY):
            start = hit.until
    return Region(KEY, edition or editions()[-1], start, first.start, end)


def _labels(text: Squeezed, hits: Hits, region: Region, block: Block) -> dict[str, Hit]:
    """The label of each row: where a word stands several times, the one between its neighbours in the form that
    has values behind it."""
    there = hits.between(region.rows, region.end)
    candidates: dict[str, list[Hit]] = {row.id: [] for row in block.rows}
    for hit in there:
        use = hit.use("row", KEY, region.edition)
        if use:
            candidates[use.id].append(hit)
    order = [row.id for row in block.rows]
    sure = {i: c[0].start for i, row in enumerate(order) if len(c := candidates[row]) == 1 and is_plain(c[0])}
    found: dict[str, Hit] = {}
    for i, row in enumerate(order):
        low = max((at for k, at in sure.items() if k < i), default=-1)
        high = min((at for k, at in sure.items() if k > i), default=len(text.text))
        fitting = [hit for hit in candidates[row] if low < hit.start < high] or (
            candidates[row] if len(candidates[row]) == 1 else []
        )
        valued = [hit for hit in fitting if has_values(text, hits, hit)]
        if len(valued) == 1:
            found[row] = valued[0]
        elif len(fitting) == 1:
            found[row] = fitting[0]
    return found


class _Table:
    def __init__(
        self, text: Squeezed, region: Region, block: Block, columns: Columns, found: Found, out: Outcome
    ) -> None:
        self.text, self.region, self.block = text, region, block
        self.columns, self.found, self.out = columns, found, out
        self.table: Table = region.table
        self.order = [row.id for row in block.rows]
        self.size = len(block.columns)

    def read(self) -> None:
        rows = self._assigned()
        cut = glued_rows(self.table, {row: line for row, (line, _) in rows.items()}, self._numbers)
        for row, (line, how) in rows.items():
            self._row(row, line, how, cut.get(row))
        if not self.found.orphans:
            for row, raws in self.found.blank.items():
                if row not in rows:
                    self._cells(row, raws, "printed")
        for row in self.found.labels:
            if row not in rows and (row not in self.found.blank or self.found.orphans):
                self._unread(row)

    # ------------------------------------------------ which line is which row

    def _assigned(self) -> dict[str, tuple[Line, How]]:
        lines = self.found.lines
        firm = {line.row: (line, "printed") for line in lines if line.firm and line.row}
        if self._unbroken():
            return {line.row: (line, "printed") for line in lines if line.row}
        if len(lines) != len(self.order):
            return firm  # type: ignore[return-value]
        pairs = list(zip(self.order, lines, strict=True))
        if any(line.firm and line.row != row for row, line in pairs):
            return firm  # type: ignore[return-value]
        if self._holds({row: line for row, line in pairs}):
            return {row: (line, "printed" if line.row == row else "order") for row, line in pairs}
        agreed = {row: (line, "printed") for row, line in pairs if line.row == row}
        return firm | agreed  # type: ignore[return-value]

    def _unbroken(self) -> bool:
        """Whether from the first row to the last every label is followed by numbers of its own, in the order of
        the form, and no others stand between."""
        lines = self.found.lines
        rows = [line.row for line in lines]
        if not rows or rows[0] != self.order[0] or rows[-1] != self.order[-1]:
            return False
        places = [self.order.index(row) if row else -1 for row in rows]
        if -1 in places or any(a >= b for a, b in zip(places, places[1:], strict=False)):
            return False
        if not self.found.bare:
            return True
        # Rows without any number: possible where empty cells vanish, one number a line; else labels are torn.
        return all(line.firm or (line.run and not line.run.own_line) for line in lines)

    def _numbers(self, line: Line) -> list[int] | None:
        """A line's numbers, blank and "/" as 0, or None where one can not be read."""
        if line.raws is None:
            return None
        numbers = []
        for raw in line.raws:
            try:
                value, _ = value_of(raw, self.block.cells[0].kind)
            except NotANumber:
                return None
            numbers.append(value if isinstance(value, int) else 0)
        return numbers

    def _holds(self, lines: Mapping[str, Line]) -> bool:
        """Whether every column sum and every balance holds."""
        values: dict[str, int] = {}
        for row, line in lines.items():
            numbers = self._numbers(line)
            if numbers is None:
                return False
            for column, number in zip(self.block.columns, numbers, strict=True):
                values[self.block.cell(row, column.id).id] = number
        return all(
            sum(values[c] for c in e.left) == sum(values[c] for c in e.right)
            for e in self.table.equations
            if e.kind != "row"
        )

    # ------------------------------------------------ cells

    def _row(self, row: str, line: Line, how: How, cut: Sequence[int] | None) -> None:
        if line.raws is not None:
            self._cells(row, line.raws, how)
        elif cut is not None:
            raws = [Raw(str(number), line.start, "", line.said) for number in cut]
            self._cells(row, raws, "cut")
        else:
            self._unread(row, line)

    def _cells(self, row: str, raws: Sequence[Raw], how: How) -> None:
        if self.columns.ids is None:
            self._unread(row)
            return
        for column, raw in zip(self.columns.ids, raws, strict=True):
            cell = self.block.cell(row, column)
            self.out.put(self.text, cell, raw, how)

    def _unread(self, row: str, line: Line | None = None) -> None:
        at = line.start if line else self.found.labels[row].start
        said = line.said if line else ""
        for column in self.block.columns:
            cell = self.block.cell(row, column.id)
            self.out.unread[cell.id] = CellUnread(where(self.text, at), said)
