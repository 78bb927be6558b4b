"""What of a worksheet part does not show: merged ranges, hidden rows and columns (ECMA-376 part 1, 18.3.1.13,
18.3.1.55, 18.3.1.73)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from ...opc.xmlstream import SHEETS as MAIN
from ...opc.xmlstream import Attributes, Stream, spellings
from .cells import (
    FLAT_COLUMN,
    FLAT_ROW,
    MAX_COLUMN,
    MAX_MERGED,
    Budget,
    Outline,
    is_hidden,
    parse_range,
    parse_row,
)
from .guard import WORDS, refuse
from .thinning import within_rows, without_shown

_TAGS = {
    name: local
    for local in ("sheetData", "row", "cols", "col", "mergeCells", "mergeCell")
    for name in spellings(MAIN, local)
}
#: What stands in the root, and in that what is looked at.
_INSIDE = {"sheetData": "row", "cols": "col", "mergeCells": "mergeCell"}


class _OutlineReader:
    def __init__(self, where: str, rows: Set[int], budget: Budget) -> None:
        """``rows``: those that hold a cell."""
        self._budget, self._where, self._rows = budget, where, rows
        self._depth = self._row = 0
        self._inside = ""
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden: set[int] = set()
        self._columns: list[tuple[int, int]] = []
        self._look = {"row": self._of_row, "col": self._of_column, "mergeCell": self._of_merged}

    def read(self, chunks: Iterator[bytes]) -> Outline:
        stream = Stream(self._where, WORDS)
        stream.parser.StartElementHandler = self._start
        stream.parser.EndElementHandler = self._end
        stream.run(self._budget.counted(self._where, chunks))
        return Outline(tuple(self._merged), frozenset(self._hidden), tuple(self._columns))

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth == 2:
            self._inside = _INSIDE.get(_TAGS.get(name, ""), "")
        elif self._depth == 3 and self._inside and _TAGS.get(name) == self._inside:
            self._look[self._inside](attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _of_row(self, attributes: Attributes) -> None:
        text = attributes.get("r")
        self._row = self._row + 1 if text is None else parse_row(text)
        if self._row in self._rows and is_hidden(attributes.get("hidden"), attributes.get("ht"), FLAT_ROW):
            self._hidden.add(self._row)

    def _of_column(self, attributes: Attributes) -> None:
        if not is_hidden(attributes.get("hidden"), attributes.get("width"), FLAT_COLUMN):
            return
        ends = [attributes.get(end, "") for end in ("min", "max")]
        if all(end.isascii() and end.isdecimal() and len(end) < 6 for end in ends):
            first, last = map(int, ends)
            self._columns.append((first, min(last, MAX_COLUMN)))
            if len(self._columns) > MAX_COLUMN:
                refuse("too_complex", place=self._where)

    def _of_merged(self, attributes: Attributes) -> None:
        found = parse_range(attributes.get("ref", ""))
        if found:
            self._merged.append(found)
            if len(self._merged) > MAX_MERGED:
                refuse("too_complex", place=self._where)


def read_outline(chunks: Iterable[bytes], where: str, rows: Set[int], budget: Budget) -> Outline:
    """The outline of a worksheet part in pieces; ``rows`` hold a cell. A range that can not be read is none.
    ``budget``: for its markup. Raises Refused.
    """
    thin = without_shown(within_rows(where, chunks), rows)
    return _OutlineReader(where, rows, budget).read(thin)
