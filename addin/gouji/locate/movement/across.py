"""表四: fifteen cells in a line, three blocks of four results and their total. Blocks one cell aside."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from ...form import Block
from ..rank import Ranker
from .sheet import Movement, Order

_SHIFT = "moved-block"


def moved_cells(ranker: Ranker) -> Iterator[Movement]:
    """Blocks beside one another whose cells stand one cell too far right or left, so that all totals hold.

    One block alone has nothing to confirm it: it is thought of where a part is more than the typed total, and
    told beside what one cell would explain. A single case says nothing.
    """
    form = ranker.form
    for block in form.tables["table4"].blocks:
        if not block.across:
            continue
        places = [form.index[c.id] for r in block.rows for c in block.cells if c.row is r]
        width = len(block.columns)
        typed = [ranker.values[p] for p in places]
        blank = {p for p in places if ranker.report.is_blank(form.cells[p].id)}
        broken = [sum(typed[a : a + width - 1]) != typed[a + width - 1] for a in range(0, len(typed), width)]
        if not any(broken):
            continue
        first, last = broken.index(True), len(broken) - broken[::-1].index(True)
        for start, end, right in product(range(first + 1), range(last, len(broken) + 1), (True, False)):
            ends = (start * width, end * width - 1)
            for found in _shift(block, places, typed, ends, sum(broken), right):
                left = found.area[0 if right else -1]
                yield replace(found, order=Order.BLANK) if left in blank else found


def _shift(
    block: Block, places: list[int], typed: list[int], ends: tuple[int, int], broken: int, right: bool
) -> Iterator[Movement]:
    """The cells ``ends`` and what is between, back by one; the cell that lost its number follows."""
    first, last = ends
    width = len(block.columns)
    moved = typed[first : last + 1]
    if moved[0 if right else -1] or not any(moved):
        return
    back = [*moved[1:], 0] if right else [0, *moved[:-1]]
    lost = len(back) - 1 if right else 0
    own = back[-width:] if right else back[:width]
    back[lost] = sum(own[:-1]) if right else own[-1] - sum(own[:-1])
    sums = (sum(back[a : a + width - 1]) == back[a + width - 1] for a in range(0, len(back), width))
    if back[lost] < 0 or not all(sums):
        return
    if broken == 1 and (moved[-1] >= max(moved[:-1]) or sum(moved) < 2):
        return
    blocks = (last + 1 - first) // width
    rows = block.rows[first // width : (last + 1) // width]
    whole = blocks == len(block.rows)
    way = "right" if right else "left"
    area = tuple(places[first : last + 1])
    yield Movement(
        rule=_SHIFT,
        how=f"whole_cells_{way}" if whole else f"cells_{way}" if blocks > 1 else f"cell_block_{way}",
        table="table4",
        lines=(rows[0], rows[-1], block.columns[-1 if right else 0]),
        area=area,
        right=tuple((p, n) for p, was, n in zip(area, moved, back, strict=True) if was != n),
        lost=(area[lost],) if back[lost] else (),
        confirmed=broken - 1,
        order=Order.NEAR,
    )
