"""How the official tables look on paper: widths, heights, fonts, what stands left (``look.toml``).

One source for the workbook, the Word document and the web page, so that they cannot differ.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal

from ..records import dataclass
from ..text import shown_width
from ..wording import data_beside
from .grid import Box, Grid, printed_grid
from .model import Table

_FILE = "look.toml"
#: The height of a single line of text, of each line of more, and what a row below the heads keeps free
#: around it, in pt.
_SINGLE, _LINE, _FREE = 12.0, 13.5, 1.5
#: What the edges of a cell take of its width, in pt.
EDGES = 4.0
#: A spreadsheet sets rows and columns in whole pixels.
_PIXEL = 0.75


@dataclass(frozen=True, slots=True)
class Every:
    """What all tables share: ``shade`` as RRGGBB, type sizes in pt, what stands around a page's number."""

    shade: str
    size: float
    value_size: float
    number: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """One table. ``widths``: of its grid columns, ``heights``: the least of its grid rows, in pt."""

    widths: tuple[float, ...]
    heights: tuple[float, ...]
    left: frozenset[str]

    def aligned(self, box: Box) -> Literal["left", "center"]:
        """Where a label stands in its box."""
        return "left" if box.align == "left" or box.role in self.left else "center"


@dataclass(frozen=True, slots=True)
class _Data:
    """What the file says of one table; any other key is refused."""

    labels: list[float]
    value: float
    left: list[str]
    head_room: float = 0
    row_room: float = 0
    height: float = 0


@cache
def fonts() -> Mapping[str, tuple[str, ...]]:
    """The fonts by what they are for, each with what a machine without it has."""
    return {name: tuple(names) for name, names in data_beside("gouji.form", _FILE)["fonts"].items()}


@cache
def every() -> Every:
    """What all tables share."""
    data = data_beside("gouji.form", _FILE)["every"]
    return Every(**data | {"number": tuple(data["number"])})


@cache
def screen() -> Mapping[str, str]:
    """Colours of what is read on screen, by what they are for, as ``#RRGGBB``."""
    return {name: f"#{colour}" for name, colour in data_beside("gouji.form", _FILE)["screen"].items()}


def widest(box: Box) -> float:
    """The width of the longest line of a label, in pt."""
    return max(map(_width, box.shown.split("\n")))


def _width(line: str) -> float:
    return shown_width(line) / 2 * every().size


@cache
def look_of(table: Table) -> Look:
    """How one table of one edition looks."""
    data = _Data(**data_beside("gouji.form", _FILE)[table.key])
    grid = printed_grid(table)
    widths = (*data.labels, *[data.value] * (grid.columns - grid.label_columns))
    return Look(widths, _heights(grid, widths, data), frozenset(data.left))


def _heights(grid: Grid, widths: Sequence[float], data: _Data) -> tuple[float, ...]:
    """Each row as high as its labels' lines and its room; higher where the whole table is to be."""
    lines = [1] * grid.rows
    for box in grid.boxes:
        if box.height == 1:
            room = sum(widths[box.column : box.column + box.width]) - EDGES
            room -= room % every().size
            needed = sum(max(1, math.ceil(_width(line) / room)) for line in box.shown.split("\n"))
            lines[box.row] = max(lines[box.row], needed)
    heads, below = grid.head_rows, grid.rows - grid.head_rows
    free = [data.head_room] * heads + [data.row_room + _FREE] * below
    heights = [(_SINGLE if n == 1 else _LINE * n) + more for n, more in zip(lines, free, strict=True)]
    for i in range(max(0, int((data.height - sum(heights)) / _PIXEL))):
        heights[heads + i % below] += _PIXEL
    return tuple(heights)
