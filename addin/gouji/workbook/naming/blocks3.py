"""Rows of 表三 beside one another that stand one column aside, with 总计 or without it.

They are the rows from the first to the last that do not add up, and no filled row between them does. Back in
their place every row adds up by itself, so the columns decide: what these rows give to the two sums of each
column is known, and what they would give one column back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..expression import Condition, Range, Term, all_, count_other, flag, if_, max_, sum_, sum_where
from .says import total

if TYPE_CHECKING:
    from .moves3 import Kind, Moves

#: Hidden cells of the rows: whether the row is one of the block, whether it can not be, whether it holds a
#: number that would move back to the left, to the right.
_INSIDE, _AGAINST, _TO_LEFT, _TO_RIGHT = 6, 7, 8, 9
#: Lines of hidden cells above the columns: what the block gives to the sum of results, and to the balance.
_RESULTS, _BALANCE = 10, 11

#: What one column of the block gives after the movement, by what its columns give as typed.
Back = Callable[[Range, int], Term]


class Blocks:
    def __init__(self, moves: Moves) -> None:
        self.moves, self.three, self.ground = moves, moves.three, moves.ground
        t, ground = self.three, self.ground
        self.asked = ground.note("block_asked", flag(moves.asked.eq(1), moves.rows > 1, moves.columns > 0))
        self.last = ground.note("block_last", max_(moves.broken))
        for i in range(1, t.height + 1):
            self._row(i)
        bottom = t.top + t.height - 1
        at = (ground.rows(t.top, bottom, n) for n in (_INSIDE, _AGAINST, _TO_LEFT, _TO_RIGHT))
        self.inside, self.against, self.to_left, self.to_right = at
        for j in range(1, t.width + 1):
            ground.above_column(j, self._of(j, t.results) - self._of(j, (t.closed,)), _RESULTS)
            ground.above_column(j, self._of(j, t.left) - self._of(j, t.right), _BALANCE)
        given = (ground.columns(t.width, line) for line in (_RESULTS, _BALANCE))
        self.sums = list(zip((moves.over, moves.off), given, strict=True))

    def _row(self, i: int) -> None:
        t, moves = self.three, self.moves
        row, x = t.top + i - 1, t.x.row(i)
        here = flag(all_(self.asked.eq(1), moves.row <= t.line(i), self.last >= t.line(i)))
        inside = self.ground.beside_row(row, here, _INSIDE)
        sound = all_(inside.eq(1), moves.gaps.cell(i, 1).eq(0), moves.empty.cell(i, 1).eq(""))
        self.ground.beside_row(row, flag(sound), _AGAINST)
        for first, line in ((2, _TO_LEFT), (1, _TO_RIGHT)):
            cells = Range(x.top, x.left + first - 1, x.top, x.right + first - 3)
            self.ground.beside_row(row, flag(inside.eq(1), count_other(cells) > 0), line)

    def _of(self, column: int, rows: tuple[int, ...]) -> Term:
        """What rows of the block among these give to a column."""
        top, left = self.inside.top - 1, self.inside.left
        return sum_where(Range(top + rows[0], left, top + rows[-1], left), self.three.of_column(column, rows))

    def kinds(self) -> Iterator[Kind]:
        width = self.three.width
        last = width - 1

        def rest(given: Range, whole: int, parts: int) -> Term:
            """What the part gives whose numbers are lost: 总计 without the other parts."""
            others = Range(given.top, given.left, given.top, given.left + parts - 1)
            return given.cell(1, whole) - sum_(others)

        def right(given: Range, j: int) -> Term:
            return given.cell(1, j + 1)

        def right_parts(given: Range, j: int) -> Term:
            return given.cell(1, j + 1) if j < last else rest(given, width, last)

        def left(given: Range, j: int) -> Term:
            return given.cell(1, j - 1) if j > 1 else rest(given, last, last - 1)

        def left_parts(given: Range, j: int) -> Term:
            return given.cell(1, j - 1) if j > 1 else rest(given, width, last)

        over = self._none_over()
        yield self._kind("block_right", 1, right, self.to_left)
        yield self._kind("block_left", width, left, self.to_right, self._last_is_most())
        yield self._kind("block_right_parts", 1, right_parts, self.to_left, over)
        yield self._kind("block_left_parts", last, left_parts, self.to_right, over)

    def _kind(self, name: str, edge: int, back: Back, moving: Range, *possible: Condition) -> Kind:
        """``edge``: the column that was left; ``moving``: rows in which more than the lost number moves."""
        t = self.three
        column = t.x.column(edge)
        tests = [sum_where(self.inside, column).eq(0), self.moves.all_blanks_in(column), *possible]
        for strip, given in self.sums:
            tests += [(strip.cell(1, j) - given.cell(1, j) + back(given, j)).eq(0) for j in range(1, t.width)]
        whole = all_(sum_(self.against).eq(0), sum_(moving) > 1, *tests)
        first, last = self.moves.row + (t.top - 1), self.last + (t.top - 1)
        return name, flag(self.asked.eq(1), whole), self.moves.say(name, first=first, last=last)

    def _none_over(self) -> Condition:
        """No row of the block has parts of more than its 总计."""
        rows = range(1, self.three.height + 1)
        gaps = (flag(self.moves.gaps.cell(i, 1) > 0) for i in rows)
        over = [if_(self.inside.cell(i, 1).eq(1), one, 0) for i, one in zip(rows, gaps, strict=True)]
        return self.ground.note("block_over", total(over)).eq(0)

    def _last_is_most(self) -> Condition:
        """In each row of the block the last part is at least the sum of the others."""
        t, less = self.three, []
        for i in range(1, t.height + 1):
            short = flag(self.moves.at(i, t.width - 1) * 2 < sum_(t.part(i)))
            less.append(if_(self.inside.cell(i, 1).eq(1), short, 0))
        return self.ground.note("block_short", total(less)).eq(0)
