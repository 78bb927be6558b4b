"""Lines of 表三 that stand one place aside: a row, a block of rows, the whole table; 总计 for another column.

Undone, every equation must hold; the line whose numbers were pushed off or covered follows from them and
is not negative. A blank counts 0 here, since what moves leaves blanks behind, but all blanks must be in the
place that was left. These are the movements of ``locate.movement`` that one formula can decide; a block of
several rows one column aside is in ``blocks3.py``; exchanged rows, copies and parts of lines are left to it.
Where one of them holds no cell is accused.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..expression import (
    Condition,
    Operand,
    Range,
    Term,
    all_,
    any_,
    count,
    count_above,
    count_other,
    first_of,
    flag,
    if_,
    index,
    min_,
    say,
    sum_,
)
from .blocks3 import Blocks
from .says import total
from .three import Three

#: Lines of hidden cells above the columns: what is over, with blanks as 0; the row as the columns want it;
#: alike with the next cell, with the one before.
_OVER, _OFF, _BROKEN, _RIGHT, _NEXT, _BEFORE = range(4, 10)
#: Hidden cells of the rows: what is over, with blanks as 0; broken rows; empty rows; a row turned by one
#: place.
_GAP, _ROW, _EMPTY, _TURNED = 2, 3, 4, 5
#: Fewer broken columns are one number in the cell beside its own.
_COLUMNS = 3

#: A term of one column, from 1.
At = Callable[[int], Term]
#: Key of its words, whether it holds, what is said.
Kind = tuple[str, Term, Term]


def or_zero(one: Term) -> Term:
    return if_(one.eq(""), 0, one)


class Moves:
    """``what``: the number of the movement that is told, 0 for none; ``text``: what is said of it; ``line``:
    its first row, from 1, that of the table where more than named rows moved."""

    def __init__(self, three: Three) -> None:
        self.three, self.ground, self.w = three, three.ground, three.ground.words
        self._at: dict[tuple[int, int], Term] = {}
        self._zeros()
        aside, turned, blocks = [*self._row_aside()], [*self._turned()], [*Blocks(self).kinds()]
        kinds = [*aside, *turned, *blocks, *self._columns_aside(), *self._rows_moved()]
        flags = [self.ground.note(f"moved{n}_{name}", holds) for n, (name, holds, _) in enumerate(kinds)]
        numbered = list(enumerate(flags, 1))
        what = first_of(*((one.eq(1), n) for n, one in numbered), otherwise=0)
        self.what = self.ground.note("moved", what)
        texts = ((self.what.eq(n), kinds[n - 1][2]) for n, _ in numbered)
        self.text = self.ground.note("moved_text", first_of(*texts, otherwise=""))
        after = len(aside) + len(turned)
        line = first_of(
            (self.what.eq(0), 1),
            (
                any_(self.what <= len(aside), all_(self.what > after, self.what <= after + len(blocks))),
                self.row,
            ),
            (self.what.eq(after - 1), self.turned),
            (self.what.eq(after), self.turned - three.height),
            otherwise=1,
        )
        self.line = self.ground.note("moved_line", line)

    def say(self, name: str, **parts: Operand) -> Term:
        return say(self.w["moved"].format(what=self.w["moves"][name]), **parts)

    # ------------------------------------------------------------ with blanks as 0

    def at(self, row: int, column: int) -> Term:
        """Each is asked for several times, and made once."""
        if (row, column) not in self._at:
            top, left = self.three.x.top + row - 1, self.three.x.left + column - 1
            self._at[row, column] = sum_(Range(top, left, top, left))
        return self._at[row, column]

    def _zeros(self) -> None:
        """The sums that do not hold, a blank being 0; and what is blank."""
        t, ground = self.three, self.ground
        for j in range(1, t.width + 1):
            over = sum_(t.of_column(j, t.results)) - sum_(t.of_column(j, (t.closed,)))
            off = sum_(t.of_column(j, t.left)) - sum_(t.of_column(j, t.right))
            cells = ground.above_column(j, over, _OVER), ground.above_column(j, off, _OFF)
            ground.above_column(j, flag(any_(*(c.ne(0) for c in cells))), _BROKEN)
        self.over, self.off, broken = (ground.columns(t.width, line) for line in (_OVER, _OFF, _BROKEN))
        for i in range(1, t.height + 1):
            row, x = t.top + i - 1, t.x.row(i)
            gap = ground.beside_row(row, sum_(t.part(i)) - self.at(i, t.width), _GAP)
            ground.beside_row(row, if_(gap.eq(0), "", t.line(i)), _ROW)
            ground.beside_row(row, if_(count_other(x).eq(0), t.line(i), ""), _EMPTY)
        bottom = t.top + t.height - 1
        self.gaps, self.broken, self.empty = (ground.rows(t.top, bottom, at) for at in (_GAP, _ROW, _EMPTY))
        self.rows, self.row = (
            ground.note("zero_rows", count(self.broken)),
            ground.note("zero_row", min_(self.broken)),
        )
        self.columns = ground.note("zero_columns", sum_(broken))
        self.blanks = ground.note("zero_blanks", count(t.x) * -1 - t.words + t.x.size)
        # An empty （七） that its own sums explain is what people leave undone most often.
        alike = [self.over.cell(1, j).eq(self.off.cell(1, j)) for j in range(1, t.width + 1)]
        left = ground.note("closed_empty", flag(self._is_empty(t.closed), all_(*alike)))
        sound = flag(t.words.eq(0), t.negative.eq(0), left.eq(0), self.rows + self.columns > 0)
        self.asked = ground.note("asked", sound)

    def all_blanks_in(self, one: Range) -> Condition:
        return self.blanks.eq(count(one) * -1 + one.size)

    # ------------------------------------------------------------ one row aside

    def _row_aside(self) -> Iterator[Kind]:
        """The only broken row, where the columns want its numbers one cell back or on."""
        t, ground = self.three, self.ground
        asked = flag(self.asked.eq(1), self.rows.eq(1), self.columns >= _COLUMNS, self.blanks < 2)
        one = ground.note("row_aside", asked)
        a = ground.note("aside_a", if_(one.eq(1), t.in_results(self.row), 0))
        b = ground.note("aside_b", if_(one.eq(1), t.in_balance(self.row), 0))
        for j in range(1, t.width + 1):
            over, off, typed = self.over.cell(1, j), self.off.cell(1, j), self._typed(j)
            e = if_(a.eq(0), b * off, a * over)
            right = if_(all_(over.eq(a * e), off.eq(b * e), typed >= e), typed - e, "")
            ground.above_column(j, if_(one.eq(1), right, ""), _RIGHT)
        right_row = ground.columns(t.width, _RIGHT)
        for j in range(1, t.width + 1):
            for line, beside in ((_NEXT, j + 1), (_BEFORE, j - 1)):
                inside = 1 <= beside <= t.width
                same = flag(one.eq(1), right_row.cell(1, j).eq(self._typed(beside))) if inside else 0
                ground.above_column(j, same, line)
        parts = Range(right_row.top, right_row.left, right_row.bottom, right_row.right - 1)
        adds = flag(one.eq(1), count(right_row).eq(t.width), sum_(parts).eq(right_row.cell(1, t.width)))
        sound = ground.note("aside_sound", adds)
        for end, which in ((t.width, ""), (t.width - 1, "_parts")):
            yield self._aside(f"row_right{which}", sound, ground.columns(end - 1, _NEXT), empty=1)
            alike = ground.columns(end, _BEFORE)
            yield self._aside(f"row_left{which}", sound, alike, empty=end)

    def _typed(self, column: int) -> Term:
        return or_zero(index(self.three.x.column(column), self.row, 1))

    def _aside(self, name: str, sound: Term, alike: Range, empty: int) -> Kind:
        """``alike``: the cells that must be alike with their neighbours, beside one for the ``empty``
        cell."""
        left = index(self.three.x.column(empty), self.row, 1)
        nothing = any_(left.eq(""), left.eq(0))
        blank = self.blanks.eq(if_(left.eq(""), 1, 0))
        wanted = alike.size if empty == 1 else alike.size - 1
        cells = all_(nothing, blank, sum_(alike).eq(wanted))
        return name, flag(sound.eq(1), cells), self.say(name, row=self.row + (self.three.top - 1))

    def _turned(self) -> Iterator[Kind]:
        """A row that adds up, its parts one cell aside: only the columns show it. More than one such row, or
        both ways, is a tie."""
        t, ground = self.three, self.ground
        last = t.width - 1
        still = (self.over.cell(1, t.width).eq(0), self.off.cell(1, t.width).eq(0))
        asked = flag(self.asked.eq(1), self.rows.eq(0), self.columns >= _COLUMNS, self.blanks.eq(0), *still)
        one = ground.note("turn_asked", asked)
        for i in range(1, t.height + 1):
            ways = []
            for empty, other, step in ((1, last, 1), (last, 1, -1)):
                tests = [self.at(i, empty).eq(0), self._wants(i, other).eq(0)]
                span = range(1, last) if step > 0 else range(2, last + 1)
                ways.append(all_(*tests, *(self._wants(i, j).eq(self.at(i, j + step)) for j in span)))
            turned = first_of((ways[0], t.line(i)), (ways[1], t.line(i) + t.height), otherwise="")
            ground.beside_row(t.top + i - 1, if_(all_(one.eq(1), *self._alone(i)), turned, ""), _TURNED)
        rows = ground.rows(t.top, t.top + t.height - 1, _TURNED)
        self.turned = which = ground.note("turned", if_(count(rows).eq(1), min_(rows), 0))
        row = which + (t.top - 1)
        right, left = flag(which > 0, which <= t.height), flag(which > t.height)
        yield "row_right_parts", right, self.say("row_right_parts", row=row)
        yield "row_left_parts", left, self.say("row_left_parts", row=row - t.height)

    def _wants(self, i: int, j: int) -> Term:
        """What the columns want in a cell, were its row alone wrong."""
        t, typed = self.three, self.at(i, j)
        over, off = self.over.cell(1, j), self.off.cell(1, j)
        if i in t.results:
            return typed - over
        return typed - off if i in t.left else typed + off

    def _alone(self, i: int) -> list[Condition]:
        """Conditions that hold where row ``i`` alone may be wrong: what else its columns would show."""
        t = self.three
        columns = range(1, t.width)
        if i == t.closed:
            return [self.over.cell(1, j).eq(self.off.cell(1, j)) for j in columns]
        return [count_other(self.off if i in t.results else self.over).eq(0)]

    # ------------------------------------------------------------ columns

    def _columns_aside(self) -> Iterator[Kind]:
        """Every column in order and most rows broken. To the left only where the last part can be a total;
        then
        总计 may as well be left, which is said. Or 总计 and a part hold each other's numbers."""
        t = self.three
        note, rows = self.ground.note, range(1, t.height + 1)
        filled = count(self.empty) * -1 + t.height
        rest = note("columns_hold", flag(self.asked.eq(1), self.columns.eq(0), self.rows > 1))
        most = note("most_rows", flag(rest.eq(1), self.rows * 2 > filled))
        edge = t.x.column(1)
        empty = all_(count_other(edge).eq(0), self.all_blanks_in(edge))
        right = flag(most.eq(1), all_(empty, count_above(self.gaps) > 0))
        yield "table_right", right, self.say("table_right")
        empty = all_(count_other(t.totals).eq(0), self.all_blanks_in(t.totals))
        enough = (self.at(i, t.width - 1) * 2 >= sum_(t.part(i)) for i in rows)
        yield "table_left", flag(most.eq(1), all_(empty, *enough)), self.say("table_left")
        swapped = [note(f"exchanged{j}", self._exchanged(j, rest)) for j in range(1, t.width)]
        number = total(swapped)
        texts = (
            (one.eq(1), self.say("exchanged", column=label))
            for one, label in zip(swapped, t.labels(), strict=False)
        )
        either = self.say("exchanged_any")
        yield "exchanged", flag(number > 0), if_(number > 1, either, first_of(*texts, otherwise=either))

    def _exchanged(self, j: int, rest: Term) -> Term:
        """1 where every row adds up once a part and 总计 change places."""
        t, column = self.three, self.three.x.column(j)
        blanks = any_(self.all_blanks_in(t.totals), self.all_blanks_in(column))
        swapped = ((self.at(i, j) * 2).eq(sum_(t.x.row(i))) for i in range(1, t.height + 1))
        return flag(rest.eq(1), all_(blanks, *swapped))

    # ------------------------------------------------------------ rows up and down

    def _rows_moved(self) -> Iterator[Kind]:
        """Blocks that end at an edge of the table; every row adds up, sums and balances do not.

        n, c: 一 and 二; f, r: the first and the last result; k: （七）; o: 四.
        """
        t = self.three
        if (t.left, t.right, t.results[0]) != ((1, 2), (t.closed, t.height), 3):
            return
        n, c, f, r, k, o = (self._line(row) for row in (1, 2, 3, t.results[-1], t.closed, t.height))
        new, carried, out, middle = self._gone(1), self._gone(2), self._gone(t.height), self._gone_between()
        # Else 四 may as well have been typed into （七）.
        unlike = any_(count_other(self.off) > 0, count_other(t.x.row(t.height)) > 0)

        def s(j: int) -> Term:
            return sum_(t.of_column(j, t.results))

        yield self._moved("table_down", new, lambda j: (s(j) - f(j) + k(j)).eq(o(j)),
                          lost=lambda j: c(j) + f(j) - o(j), typed=o, closed=o)  # fmt: skip
        yield self._moved("tail_down", carried, lambda j: (s(j) - f(j) + k(j)).eq(o(j)),
                          lost=lambda j: n(j) + f(j) - o(j), typed=o, closed=o)  # fmt: skip
        yield self._moved("tail_down", middle, lambda j: (s(j) + k(j)).eq(o(j)),
                          lost=lambda j: n(j) + c(j) - o(j), typed=o, closed=o)  # fmt: skip
        yield self._moved("head_down", new, lambda j: (c(j) + f(j)).eq(k(j) + o(j)),
                          lost=lambda j: k(j) - s(j) + f(j), closed=k)  # fmt: skip
        yield self._moved("table_up", out, lambda j: (s(j) - r(j) + c(j)).eq(r(j)),
                          lost=lambda j: r(j) + k(j) - n(j), typed=n, closed=r)  # fmt: skip
        yield self._moved("tail_up", out, lambda j: (n(j) + c(j)).eq(r(j) + k(j)),
                          lost=lambda j: r(j) * 2 - s(j), closed=r)  # fmt: skip
        yield self._moved("head_up", all_(middle, unlike), lambda j: (s(j) + c(j)).eq(k(j)),
                          lost=lambda j: k(j) + o(j) - n(j), typed=n, closed=k)  # fmt: skip
        yield self._moved("tail_up", out, lambda j: (n(j) + c(j)).eq(s(j) + k(j)),
                          lost=s, typed=k, closed=s)  # fmt: skip

    def _line(self, row: int) -> At:
        return lambda j: self.at(row, j)

    def _is_empty(self, row: int) -> Condition:
        return count(self.empty.row(row)).eq(1)

    def _gone(self, row: int) -> Condition:
        """The row holds nothing, and every blank of the table is in it."""
        return all_(self._is_empty(row), self.all_blanks_in(self.three.x.row(row)))

    def _gone_between(self) -> Condition:
        """A result or （七） holds nothing; all blanks, if there are any, are one such row."""
        t = self.three
        rows = range(3, t.closed + 1)
        lines = Range(t.top + 2, self.empty.left, t.top + t.closed - 1, self.empty.left)
        whole = any_(*(count(t.x.row(i)).eq(0) for i in rows))
        return all_(count(lines) > 0, any_(self.blanks.eq(0), all_(self.blanks.eq(t.width), whole)))

    def _moved(
        self, name: str, empty: Condition, holds: Callable[[int], Condition], *, lost: At, closed: At,
        typed: At | None = None,
    ) -> Kind:  # fmt: skip
        """``lost``: what the row that was pushed off must hold; ``typed``: what stands in its place and is
        not the same (None for a result); ``closed``: （七） after it. In some column the equation that was
        not needed fails as typed."""
        t = self.three
        columns = range(1, t.width + 1)
        tests = [empty, *(holds(j) for j in columns), *(lost(j) >= 0 for j in columns)]
        if typed is not None:
            tests.append(any_(lost(t.width).ne(typed(t.width)), lost(t.width).eq(0)))
        strip = self.over if typed is not None else self.off
        told = any_(*(all_(strip.cell(1, j).ne(0), closed(j).ne(0)) for j in columns if j < t.width))
        moved = flag(self.asked.eq(1), self.rows.eq(0), self.columns > 1, all_(*tests, told))
        return name, moved, self.say(name)
