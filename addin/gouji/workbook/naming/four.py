"""表四: in each block the results must add up to 总计; which cell of a broken block is wrong, nothing tells."""

from __future__ import annotations

from ...form import Line
from ..expression import Range, Term, all_, count, count_above, count_below, first_of, flag, if_, say, sum_
from ..layout import address
from .ground import Ground, known
from .says import WRONG, Case, banner, gap, illegal, is_off, total

#: The row of the strip with what a block says and what its 总计 should be.
SAID = 2


class Block4:
    """One block: four results and their total side by side."""

    def __init__(self, ground: Ground, row: Line) -> None:
        grid, self.line, self.ground = ground.table.grid, row, ground
        ids = [grid.cell(row.id, c.id).id for c in grid.columns]
        (whole,) = ground.figures(ids)
        self.row, self.left = ground.place.cells[ids[0]]
        self.width = len(ids)
        self.parts = Range(whole.top, whole.left, whole.top, whole.right - 1)
        self.total = whole.cell(1, self.width)
        last, note = self.left + self.width - 1, ground.note
        known_parts = count(self.parts).eq(self.width - 1)
        self.due = ground.show("expected", SAID, last, if_(known_parts, sum_(self.parts), ""))
        words = ground.words_in(Range(whole.top, whole.right, whole.top, whole.right))
        plain = Range(whole.top, whole.right, whole.top, whole.right)
        typed = words + count_above(plain) + count_below(plain)
        self.unfilled = note(
            f"unfilled_{row.id}", flag(known(self.due), count_above(self.parts) > 1, typed.eq(0))
        )
        difference = if_(known(self.due), if_(count(plain).eq(1), self.due - self.total, ""), "")
        self.difference = note(f"difference_{row.id}", difference)
        self.broken = note(f"broken_{row.id}", if_(is_off(self.difference), 1, self.unfilled))
        self.address = address(self.row, last)
        ground.show("said", SAID, self.left, self._says())

    def _says(self) -> Term:
        w = self.ground.words
        off = gap(self.difference, w["more"], w["less"])
        text = say(w["block_off"], sum=self.due, total=self.total, gap=off)
        due = say(w["total_due"], due=self.due)
        return first_of((self.unfilled.eq(1), due), (is_off(self.difference), text), otherwise="")


class Four:
    def __init__(self, ground: Ground) -> None:
        self.ground, note, w = ground, ground.note, ground.words
        self.blocks = [Block4(ground, row) for row in ground.table.grid.rows]
        cells = [c.id for c in ground.table.cells]
        figures = ground.figures(cells)
        words, numbers = total([ground.words_in(f) for f in figures]), count(*figures)
        size = sum(f.size for f in figures)
        blank = note("blank", numbers * -1 - words + size + ground.uncovered())
        wrong = note("illegal", illegal(ground))
        off = note("off", total([b.broken for b in self.blocks]))
        left = note("left", total([b.unfilled for b in self.blocks]))
        cases: list[Case] = [
            (all_(wrong.eq(0), left > 0), say(w["blocks_left"], n=left), WRONG),
            (all_(wrong.eq(0), off > 0), say(w["blocks_off"], n=off), WRONG),
        ]
        banner(ground, cases, off=off, illegal=wrong, blank=blank, complete=numbers.eq(size))
