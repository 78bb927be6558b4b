"""Where a page may end within a table: never inside of what is read together."""

from __future__ import annotations

from functools import cache

from ..form import Table
from ..form.grid import printed_grid


@cache
def breaks(table: Table) -> frozenset[int]:
    """Grid rows above which a page may end.

    A list of blocks (二) parts above a block's title, a table with groups of rows (三) above a group within
    the first one. Heads stay with the first rows, the totals with what they follow.
    """
    grid = printed_grid(table)
    if not grid.head_rows:
        return frozenset(box.row for box in grid.boxes if box.role == "title" and box.row)
    return frozenset(
        box.row
        for box in grid.boxes
        if box.role == "label" and box.height > 1 and 0 < box.column < grid.label_columns - 1
    )


def kept(table: Table, row: int) -> bool:
    """Whether a grid row stays on one page with the next."""
    return row + 1 < printed_grid(table).rows and row + 1 not in breaks(table)
