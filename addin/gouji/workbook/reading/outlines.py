"""What of a worksheet part does not show: merged ranges, hidden rows and columns (ECMA-376 part 1, 18.3.1.13,
18.3.1.55, 18.3.1.73)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ...opc.xmlstream import SHEETS as MAIN
from ...opc.xmlstream import Attributes, spellings
from .cells import (
    FLAT_COLUMN,
    FLAT_ROW,
    MAX_COLUMN,
    Budget,
    Outline,
    is_hidden,
    parse_range,
)
from .guard import refuse

_TAGS = {
    name: local for local in ("cols", "col", "mergeCells", "mergeCell") for name in spellings(MAIN, local)
}
#: What stands in the root, and in that what is looked at.
_INSIDE = {"cols": "col", "mergeCells": "mergeCell"}


class Lines:
    """What a sheet says of its rows, columns and merged ranges, while its elements are met."""

    def __init__(self, where: str, budget: Budget) -> None:
        self._where, self._budget = where, budget
        self._inside = ""
        self._merged: list[tuple[int, int, int, int]] = []
        self._hidden: set[int] = set()
        self._columns: list[tuple[int, int]] = []

    def in_root(self, name: str) -> None:
        """An element that stands in the root."""
        self._inside = _INSIDE.get(_TAGS.get(name, ""), "")

    def in_list(self, name: str, attributes: Attributes) -> None:
        """An element in one that stands in the root; a range that can not be read is none. Raises Refused."""
        if self._inside and _TAGS.get(name) == self._inside:
            if self._inside == "col":
                self._column(attributes)
            else:
                self._range(attributes)

    def row(self, number: int, attributes: Attributes) -> None:
        if is_hidden(attributes.get("hidden"), attributes.get("ht"), FLAT_ROW):
            self._hidden.add(number)

    def outline(self, rows: Iterable[int], hides: Callable[[int], bool]) -> Outline:
        """``rows``: those that hold a cell; ``hides``: whether one was also met where it was not parsed."""
        hidden = frozenset(row for row in rows if row in self._hidden or hides(row))
        return Outline(tuple(self._merged), hidden, tuple(self._columns))

    def _column(self, attributes: Attributes) -> None:
        if not is_hidden(attributes.get("hidden"), attributes.get("width"), FLAT_COLUMN):
            return
        ends = [attributes.get(end, "") for end in ("min", "max")]
        if all(end.isascii() and end.isdecimal() and len(end) < 6 for end in ends):
            first, last = map(int, ends)
            self._columns.append((first, min(last, MAX_COLUMN)))
            if len(self._columns) > MAX_COLUMN:
                refuse("too_complex", place=self._where)

    def _range(self, attributes: Attributes) -> None:
        found = parse_range(attributes.get("ref", ""))
        if found:
            self._budget.range(self._where)
            self._merged.append(found)
