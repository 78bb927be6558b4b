"""Columns of table 三 that the source does not have, neither head nor values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from ...form import printed_grid
from .labels import Hit, Hits
from .marked import cells_beside
from .numbers import Raw
from .regions import Region
from .rows import Found, Line
from .squeezed import Squeezed


def without_head(
    text: Squeezed,
    hits: Hits,
    region: Region,
    labels: Mapping[str, Hit],
    named: AbstractSet[str],
) -> tuple[str, ...]:
    """The columns without a head, where every marked row has exactly one cell for each head that is there;
    else (): then a head is only spelt in another way, or torn."""
    block = region.table.grid
    missing = tuple(column.id for column in block.columns if column.id not in named)
    depth = {row.id: len(row.under) for row in block.rows}
    rows = [
        (b, depth[row]) for row, hit in labels.items() if (b := cells_beside(text, hits, hit)) and b.cells
    ]
    rows = [(b, depth) for b, depth in rows if b.row.ended]
    size = len(block.columns) - len(missing)
    squares = printed_grid(region.table).columns - len(missing)
    if not missing or not named or not rows:
        return ()
    exact = all(len(one.cells) == size for one, _ in rows)
    full = all(len(one.cells) == squares - depth - 1 for one, depth in rows)
    return missing if exact or full else ()


def is_full(line: Line) -> bool:
    """Whether every column has a content in a row."""
    return line.raws is not None and all(raw.text for raw in line.raws)


def give_place(found: Found, columns: Sequence[str], lost: Sequence[str]) -> None:
    """Give the rows of a source without the columns ``lost`` an empty content in their place, so that the
    others are those of their own columns."""
    if not lost:
        return

    def whole(raws: Sequence[Raw]) -> tuple[Raw, ...]:
        rest = iter(raws)
        return tuple(Raw("", raws[0].at) if column in lost else next(rest) for column in columns)

    found.lines[:] = [replace(line, raws=whole(line.raws)) if line.raws else line for line in found.lines]
    found.blank = {row: whole(raws) for row, raws in found.blank.items()}
