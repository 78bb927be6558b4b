"""Which elements of a page are open: nested as browsers do (HTML Standard, 13.2.6), in linear time.

Only what decides what is shown and where a cell ends: implied ends of paragraphs, items, cells and rows, end
tags that match nothing, cells without a table. Formatting that browsers carry on is not carried on.
"""

from __future__ import annotations

from collections.abc import Callable

from ...records import dataclass
from ..refusal import refuse
from .elements import ANNOTATIONS, BLOCKS, BOXES, CELLS, HEADINGS, NEVER_SHOWN, TABLE_PARTS
from .look import PLAIN, Look

#: Browsers nest 512 deep and go on beside; pages whose paragraphs never close reach some hundreds.
MAX_DEPTH = 4096
#: An item ends where the next of its kind begins, unless something stands between.
_ITEMS = {"li": frozenset({"li"}), "dt": frozenset({"dt", "dd"}), "dd": frozenset({"dt", "dd"})}
_HOLDS_ITEMS = (BLOCKS | TABLE_PARTS | {"table"}) - {"address", "div", "p"}
_DEEPEST_ITEM = 64
#: Their end tags also end what is open in them; those of others only within a block.
_HOLDERS = BLOCKS | NEVER_SHOWN


@dataclass(slots=True)
class Element:
    """``inside``: how many elements of a name are open in it: blocks down to the next cell, others down to
    the next block."""

    name: str
    look: Look = PLAIN
    inside: dict[str, int] | None = None


@dataclass(slots=True)
class _Table:
    """Which parts of a table are open, innermost last."""

    parts: list[str]


class Nesting:
    """The open elements. ``ended`` is called with each that ends, innermost first."""

    def __init__(self, ended: Callable[[Element], None]) -> None:
        self._ended = ended
        root = Element("")
        self._stack = [root]
        self._boxes = [root]
        self._blocks = [root]
        self._tables: list[_Table] = []

    @property
    def top(self) -> Element:
        return self._stack[-1]

    @property
    def in_table(self) -> bool:
        """Directly in a table, in none of its cells nor its caption."""
        return bool(self._tables) and not self._in_box

    @property
    def in_cell(self) -> bool:
        return bool(self._tables) and self._in_box and not self.in_caption

    @property
    def cell(self) -> Element:
        """The cell or caption that is open, or whatever holds blocks."""
        return self._boxes[-1]

    @property
    def has_table(self) -> bool:
        return bool(self._tables)

    @property
    def in_caption(self) -> bool:
        return bool(self._tables) and self._tables[-1].parts[-1:] == ["caption"]

    @property
    def _in_box(self) -> bool:
        return (
            bool(self._tables) and self._tables[-1].parts[-1:] != [] and self._tables[-1].parts[-1] in BOXES
        )

    def begin(self, element: Element) -> None:
        """An element begins; what it ends by beginning has been ended."""
        name = element.name
        if name == "table":
            self._tables.append(_Table([]))
        elif name in TABLE_PARTS:
            self._tables[-1].parts.append(name)
        else:
            holder = (self._boxes if name in _HOLDERS else self._blocks)[-1]
            holder.inside = holder.inside or {}
            holder.inside[name] = holder.inside.get(name, 0) + 1
        self._stack.append(element)
        if len(self._stack) > MAX_DEPTH:
            refuse("too_complex")
        if name in BOXES or name == "table":
            self._boxes.append(element)
        if name in _HOLDERS or name in TABLE_PARTS or name == "table":
            self._blocks.append(element)

    def before(self, name: str) -> None:
        """End what can not stay open where an element of this name begins."""
        if name in TABLE_PARTS:
            self._end_parts(name)
        elif name == "table":
            if self.in_table:
                self.end("table")
            self._end_block({"p"})
        elif name in BLOCKS:
            if name in _ITEMS:
                self._end_item(_ITEMS[name])
            self._end_block({"p"})
        elif name in ANNOTATIONS and self.top.name in ANNOTATIONS:
            self.end(self.top.name)

    def end(self, name: str) -> None:
        """An end tag; one that matches nothing within the cell is none."""
        if name == "table":
            if self._tables:
                while self._pop() != "table":
                    pass
        elif name in TABLE_PARTS:
            if self._tables and name in self._tables[-1].parts:
                while self._pop() != name:
                    pass
        elif name in _HOLDERS:
            self._end_block(HEADINGS if name in HEADINGS else {name})
        elif self._open(self._blocks, name):
            while self._pop() != name:
                pass

    def end_all(self) -> None:
        while len(self._stack) > 1:
            self._pop()

    def _open(self, holders: list[Element], name: str) -> bool:
        return bool((holders[-1].inside or {}).get(name))

    def _end_block(self, names: set[str] | frozenset[str]) -> None:
        if any(self._open(self._boxes, name) for name in names):
            while self._pop() not in names:
                pass

    def _end_item(self, names: frozenset[str]) -> None:
        """End the item that is open, if no list begins within it; real pages nest no deeper."""
        if not any(self._open(self._boxes, name) for name in names):
            return
        for element in self._stack[: -1 - _DEEPEST_ITEM : -1]:
            if element.name in names:
                self._end_block({element.name})
                return
            if element.name in _HOLDS_ITEMS:
                return

    def _end_parts(self, name: str) -> None:
        """Before a cell: the open cell. Before a row: the open row. Before a group of rows: the group."""
        parts = self._tables[-1].parts
        over = BOXES if name in CELLS else BOXES | {"tr"} if name == "tr" else TABLE_PARTS
        while parts and parts[-1] in over:
            self.end(parts[-1])
        while self.top.name not in TABLE_PARTS and self.top.name != "table":
            self._pop()
        if name in CELLS and parts[-1:] != ["tr"]:
            self.begin(Element("tr", self.top.look))

    def _pop(self) -> str:
        element = self._stack.pop()
        name = element.name
        if self._boxes[-1] is element:
            self._boxes.pop()
        if self._blocks[-1] is element:
            self._blocks.pop()
        if name == "table":
            self._tables.pop()
        elif name in TABLE_PARTS:
            self._tables[-1].parts.pop()
        else:
            holder = (self._boxes if name in _HOLDERS else self._blocks)[-1]
            assert holder.inside
            holder.inside[name] -= 1
        self._ended(element)
        return name
