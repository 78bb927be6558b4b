"""表四: in each block the results must add up to 总计; which cell of a broken one is wrong, nothing tells.

Blocks beside one another that stand one cell aside do tell: two or more are broken, and back in their place
all
hold (``locate.movement.across``).
"""

from __future__ import annotations

from ...form import Line
from ..expression import (
    Condition,
    Range,
    Term,
    all_,
    count,
    count_above,
    count_other,
    first_of,
    flag,
    if_,
    say,
    sum_,
)
from ..layout import address
from .ground import Ground, known
from .says import WRONG, Case, banner, gap, illegal, is_off, total

#: The row of the strip with what a block says and what its 总计 should be.
SAID = 2


class Four:
    def __init__(self, ground: Ground) -> None:
        self.ground, note, w = ground, ground.note, ground.words
        rows = ground.table.grid.rows
        (self.x,) = ground.figures([c.id for c in ground.table.cells])
        self.width = len(ground.table.grid.columns)
        numbers, size, words = count(self.x), self.x.size, ground.words_in(self.x)
        self.blanks = blank = note("blanks", numbers * -1 - words + size)
        wrong = note("illegal", illegal(ground))
        self.moved = note("moved", self._moved(wrong))
        self.blocks = [Block4(self, n, row) for n, row in enumerate(rows)]
        off = note("off", total([b.broken for b in self.blocks]))
        left = note("left", total([b.unfilled for b in self.blocks]))
        self.text = say(w["moved"].format(what=w["moves"]["blocks"]))
        cases: list[Case] = [
            (self.moved > 0, self.text, WRONG),
            (all_(wrong.eq(0), left > 0), say(w["blocks_left"], n=left), WRONG),
            (all_(wrong.eq(0), off > 0), say(w["blocks_off"], n=off), WRONG),
        ]
        banner(ground, cases, off=off, illegal=wrong, blank=blank, complete=numbers.eq(size))

    def cells(self, first: int, last: int) -> Range:
        """Some cells of the line, counted from 0; a blank counts 0 in their sum."""
        left = self.x.left
        return Range(self.x.top, left + first, self.x.top, left + last)

    def _moved(self, wrong: Term) -> Term:
        """1 where two blocks or more are broken and runs of blocks, one cell back, explain that."""
        width, blocks = self.width, self.x.size // self.width
        broken = []
        for b in range(blocks):
            parts, last = self.cells(b * width, (b + 1) * width - 2), (b + 1) * width - 1
            off = sum_(parts).ne(sum_(self.cells(last, last)))
            broken.append(self.ground.note(f"off{b}", flag(wrong.eq(0), off)))
        found = []
        for start in range(blocks):
            for end in range(start + 2, blocks + 1):
                outside = [one.eq(0) for b, one in enumerate(broken) if not start <= b < end]
                several = total(broken) > 1
                for tests in (self._right(start, end), self._left(start, end)):
                    found.append(flag(several, all_(*outside, *tests)))
        return flag(total(found) > 0)

    def _right(self, start: int, end: int) -> list[Condition]:
        width = self.width
        first, last = start * width, end * width - 1
        tests = self._nothing(first)
        for b in range(start, end - 1):
            at = b * width
            total_at = at + width
            tests.append(sum_(self.cells(at + 1, at + width - 1)).eq(sum_(self.cells(total_at, total_at))))
        return [*tests, count_other(self.cells(first, last)) > 0]

    def _left(self, start: int, end: int) -> list[Condition]:
        width = self.width
        first, last = start * width, end * width - 1
        before, rest = first + width - 2, self.cells(first, first + width - 3)
        tests = [*self._nothing(last), sum_(self.cells(before, before)) >= sum_(rest)]
        for b in range(start + 1, end):
            at = b * width
            total_at = at + width - 2
            tests.append(sum_(self.cells(at - 1, at + width - 3)).eq(sum_(self.cells(total_at, total_at))))
        return [*tests, count_other(self.cells(first, last)) > 0]

    def _nothing(self, at: int) -> list[Condition]:
        """The cell that was left holds nothing, and only there is a blank."""
        one = self.cells(at, at)
        return [count_other(one).eq(0), self.blanks.eq(count(one) * -1 + 1)]


class Block4:
    """One block: four results and their total side by side."""

    def __init__(self, four: Four, number: int, row: Line) -> None:
        ground = four.ground
        self.line, self.ground, note = row, ground, ground.note
        first, last = number * four.width, (number + 1) * four.width - 1
        self.parts, plain = four.cells(first, last - 1), four.cells(last, last)
        self.total = plain.cell(1, 1)
        top, left = ground.place.cells[ground.table.cells[0].id]
        self.address = address(top, left + last)
        known_parts = count(self.parts).eq(self.parts.size)
        self.due = ground.show("expected", SAID, left + last, if_(known_parts, sum_(self.parts), ""))
        typed = ground.words_in(plain) + count_other(plain)
        unfilled = flag(four.moved.eq(0), known(self.due), count_above(self.parts) > 1, typed.eq(0))
        self.unfilled = note(f"unfilled_{row.id}", unfilled)
        difference = if_(known(self.due), if_(count(plain).eq(1), self.due - self.total, ""), "")
        self.difference = note(f"difference_{row.id}", difference)
        self.broken = note(f"broken_{row.id}", if_(is_off(self.difference), 1, self.unfilled))
        ground.show("said", SAID, left + first, self._says())

    def _says(self) -> Term:
        w = self.ground.words
        text = say(
            w["block_off"], sum=self.due, total=self.total, gap=gap(self.difference, w["more"], w["less"])
        )
        due = say(w["total_due"], due=self.due)
        return first_of((self.unfilled.eq(1), due), (is_off(self.difference), text), otherwise="")
