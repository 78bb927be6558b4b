"""How a table is printed: a grid of boxes with heads, labels and typed cells.

The same grid is drawn by the workbook, the Word report and whoever reads a published table back.
Rows and columns are counted from 0 at the top left corner of the table.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby
from typing import Literal

from ..records import dataclass
from .model import Block, Group, Line, Table

Role = Literal["title", "corner", "head", "label", "value"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of ``height`` × ``width`` grid squares; ``cell`` is the typed cell's id, or None.

    ``formerly``: earlier spellings of ``text``, oldest first. ``printed``: the text as the official form
    breaks it into lines, or ""; ``align``: where it stands, if not where its role does (``look.py``).
    """

    row: int
    column: int
    height: int
    width: int
    role: Role
    text: str = ""
    cell: str | None = None
    formerly: tuple[str, ...] = ()
    printed: str = ""
    align: str = ""

    @property
    def shown(self) -> str:
        """The text in the lines in which it is printed."""
        return self.printed or self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """``label_columns`` grid columns at the left hold row labels; ``head_rows`` rows at the top are heads
    (0 where a table is a list of blocks, each with heads of its own)."""

    rows: int
    columns: int
    label_columns: int
    head_rows: int
    boxes: tuple[Box, ...]


def printed_grid(table: Table) -> Grid:
    """The grid of one table of one edition."""
    return _grid(table)


@cache
def _grid(table: Table) -> Grid:
    return grid_of(table.blocks)


def grid_of(blocks: tuple[Block, ...]) -> Grid:
    """The grid of a table that consists of ``blocks``."""
    if len(blocks) == 1 and blocks[0].across:
        return _across(blocks[0])
    columns = max(len(b.columns) for b in blocks)
    labels = max(len(row.under) for b in blocks for row in b.rows) + 1
    boxes: list[Box] = []
    at = 0
    for block in blocks:
        at += _stack(block, at, labels, columns, boxes)
    heads = _head_rows(blocks[0]) if len(blocks) == 1 else 0
    return Grid(at, labels + columns, labels, heads, tuple(boxes))


def _labelled(row: int, column: int, height: int, width: int, role: Role, named: Line | Group) -> Box:
    align = named.align if isinstance(named, Line) else ""
    return Box(row, column, height, width, role, named.label, None, named.formerly, named.printed, align)


def _head_rows(block: Block) -> int:
    groups = max(len(c.under) for c in block.columns)
    return bool(block.columns_title) + groups + 1


def _stack(block: Block, top: int, labels: int, columns: int, boxes: list[Box]) -> int:
    """Add one block whose rows stand below one another; returns the rows it took."""

    def head(row: int, column: int, height: int, width: int, role: Role, name: str) -> None:
        text: str = getattr(block, name)
        former, printed = block.formerly.get(name, ()), block.printed.get(name, "")
        if text:
            boxes.append(Box(row, column, height, width, role, text, None, former, printed))

    at = top + bool(block.title)
    heads = _head_rows(block)
    head(top, 0, 1, labels + columns, "title", "title")
    head(at, 0, heads, labels, "corner", "corner")
    head(at, labels, 1, columns, "head", "columns_title")
    if block.columns_title:
        boxes.extend(_heads(block.columns, at + 1, labels, heads - 1))
    else:
        boxes.extend(_widened(_heads(block.columns, at, labels, heads), labels + columns))
    at += heads
    for start, width, depth, group in _spans(block.rows):
        boxes.append(_labelled(at + start, depth, width, 1, "label", group))
    for i, (row, cells) in enumerate(zip(block.rows, block.by_row, strict=True)):
        depth = len(row.under)
        boxes.append(_labelled(at + i, depth, 1, labels - depth, "label", row))
        values = [Box(at + i, labels + j, 1, 1, "value", cell=cell.id) for j, cell in enumerate(cells)]
        boxes.extend(_widened(values, labels + columns))
    return at + len(block.rows) - top


def _spans(lines: tuple[Line, ...]) -> Iterator[tuple[int, int, int, Group]]:
    """(first line, number of lines, depth, group) of every head over several lines."""
    for depth in range(max(len(line.under) for line in lines)):
        heads = [line.under[depth] if depth < len(line.under) else None for line in lines]
        at = 0
        for group, members in groupby(heads):
            width = len(list(members))
            if group:
                yield at, width, depth, group
            at += width


def _heads(lines: tuple[Line, ...], top: int, left: int, height: int) -> list[Box]:
    """Column heads: groups above their columns, a column without a group as high as both."""
    boxes = [_labelled(top + d, left + at, 1, w, "head", g) for at, w, d, g in _spans(lines)]
    for i, line in enumerate(lines):
        depth = len(line.under)
        boxes.append(_labelled(top + depth, left + i, height - depth, 1, "head", line))
    return boxes


def _widened(boxes: list[Box], right: int) -> list[Box]:
    """Let the last column reach the table's right edge (blocks with fewer columns than the widest)."""
    last = max(boxes, key=lambda b: b.column)
    wide = replace(last, width=right - last.column)
    return [wide if box is last else box for box in boxes]


def _across(block: Block) -> Grid:
    """Rows side by side on one printed line, each with all columns below its head (表四)."""
    width = len(block.columns)
    depth = max(len(row.under) for row in block.rows)
    boxes = [_labelled(d, at * width, 1, n * width, "head", g) for at, n, d, g in _spans(block.rows)]
    heads = depth + 2
    for i, (row, cells) in enumerate(zip(block.rows, block.by_row, strict=True)):
        under = len(row.under)
        boxes.append(_labelled(under, i * width, 1, width, "head", row))
        for j, (column, cell) in enumerate(zip(block.columns, cells, strict=True)):
            boxes.append(_labelled(under + 1, i * width + j, heads - under - 1, 1, "head", column))
            boxes.append(Box(heads, i * width + j, 1, 1, "value", cell=cell.id))
    return Grid(heads + 1, width * len(block.rows), 0, heads, tuple(boxes))
