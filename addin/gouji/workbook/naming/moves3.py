"""Lines of 表三 that stand one place aside: a row, a block of rows, the whole table.

Undone, every equation must hold; the line whose numbers were pushed off or covered follows from them and is
not negative. These are the movements of ``locate.movement`` that one formula can decide, on tables in which
every cell is typed; a block of several rows one column aside, exchanged lines, copies and parts of lines are
left to it. No cell is accused where one of them holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..expression import Condition, Operand, Range, Term, all_, any_, count, count_above, count_other, first_of
from ..expression import flag, if_, index, min_, say, sum_
from .says import total
from .three import Three

#: Lines of hidden cells above the columns: the row as the columns want it, alike with the next cell, the one before.
_RIGHT, _NEXT, _BEFORE = 4, 5, 6
#: Hidden cells of the rows: empty rows; a row whose parts turned by one place.
_EMPTY = 2
#: Fewer broken columns are one number in the cell beside its own.
_COLUMNS = 3

#: A term of one column.
At = Callable[[int], Term]


class Moves:
    """``what``: the number of the movement, from 1 in the order of ``texts``; 0 for none."""

    def __init__(self, three: Three) -> None:
        self.three, self.ground, self.w = three, three.ground, three.ground.words
        t, note = three, three.ground.note
        calm = flag(t.complete.eq(1), t.negative.eq(0), t.closed_left.eq(0), (t.rows + t.columns) > 0)
        self.asked = note("asked", calm)
        self.texts: list[Term] = []
        kinds: list[Term] = []
        for name, holds, text in (*self._row_aside(), *self._turned(), *self._table_aside(), *self._rows_moved()):
            kinds.append(note(f"moved_{name}", holds))
            self.texts.append(text)
        self.what = note("moved", first_of(*((k.eq(1), n) for n, k in enumerate(kinds, 1)), otherwise=0))
        cases = [(self.what.eq(n), text) for n, text in enumerate(self.texts, 1)]
        self.text = note("moved_text", first_of(*cases, otherwise=""))

    def _say(self, name: str, **parts: Operand) -> Term:
        return say(self.w["moved"].format(what=self.w["moves"][name]), **parts)

    # ------------------------------------------------------------ one row aside

    def _row_aside(self) -> list[tuple[str, Term, Term]]:
        """The only broken row, where the columns want its numbers one cell back or on."""
        t = self.three
        asked = flag(self.asked.eq(1), t.rows.eq(1), t.columns >= _COLUMNS)
        one = self.ground.note("row_aside", asked)
        a = self.ground.note("aside_a", if_(one.eq(1), t.in_results(t.r1), 0))
        b = self.ground.note("aside_b", if_(one.eq(1), t.in_balance(t.r1), 0))
        for j in range(1, t.width + 1):
            over, off = t.over.cell(1, j), t.unbalanced.cell(1, j)
            e = if_(a.eq(0), b * off, a * over)
            typed = index(t.x.column(j), t.r1, 1)
            right = if_(all_(over.eq(a * e), off.eq(b * e), typed >= e), typed - e, "")
            self.ground.above_column(j, if_(one.eq(1), right, ""), _RIGHT)
        right = self.ground.columns(t.width, _RIGHT)
        for j in range(1, t.width + 1):
            for line, beside in ((_NEXT, j + 1), (_BEFORE, j - 1)):
                same: Operand = 0
                if 1 <= beside <= t.width:
                    there = index(t.x.column(beside), t.r1, 1)
                    same = if_(one.eq(1), flag(right.cell(1, j).eq(there)), 0)
                self.ground.above_column(j, same, line)
        parts = Range(right.top, right.left, right.bottom, right.right - 1)
        adds = flag(one.eq(1), count(right).eq(t.width), sum_(parts).eq(right.cell(1, t.width)))
        sound = self.ground.note("aside_sound", adds)
        row = t.r1 + (t.top - 1)
        found = []
        for end, which in ((t.width, ""), (t.width - 1, "_parts")):
            for way, line, empty, cells in (
                ("right", _NEXT, 1, (1, end - 1)),
                ("left", _BEFORE, end, (2, end)),
            ):
                at = self.ground.columns(t.width, line)
                alike = Range(at.top, at.left + cells[0] - 1, at.bottom, at.left + cells[1] - 1)
                nothing = index(t.x.column(empty), t.r1, 1)
                holds = if_(sound.eq(1), flag(nothing.eq(0), sum_(alike).eq(end - 1)), 0)
                found.append((f"row_{way}{which}", holds, self._say(f"row_{way}{which}", row=row)))
        return found

    def _turned(self) -> list[tuple[str, Term, Term]]:
        """A row that adds up, its parts one cell aside: only the columns show it. More than one such row, or
        both ways, is a tie."""
        t = self.three
        last = t.width - 1
        still = (t.over.cell(1, t.width).eq(0), t.unbalanced.cell(1, t.width).eq(0))
        asked = flag(self.asked.eq(1), t.rows.eq(0), t.columns >= _COLUMNS, *still)
        one = self.ground.note("turn_asked", asked)
        for i in range(1, t.height + 1):
            ways = []
            for empty, other, step in ((1, last, 1), (last, 1, -1)):
                tests = [t.x.cell(i, empty).eq(0), self._wants(i, other).eq(0)]
                span = range(1, last) if step > 0 else range(2, last + 1)
                tests += [self._wants(i, j).eq(t.x.cell(i, j + step)) for j in span]
                ways.append(all_(*tests))
            turned = if_(ways[0], i, if_(ways[1], i + t.height, ""))
            kept = self._in_place(i)
            self.ground.beside_row(t.top + i - 1, if_(all_(one.eq(1), *kept), turned, ""), _EMPTY + 1)
        rows = self.ground.rows(t.top, t.top + t.height - 1, _EMPTY + 1)
        which = self.ground.note("turned", if_(count(rows).eq(1), min_(rows), 0))
        right = flag(which > 0, which <= t.height)
        left = flag(which > t.height)
        row = which + (t.top - 1)
        return [
            ("turned_right", right, self._say("row_right_parts", row=row)),
            ("turned_left", left, self._say("row_left_parts", row=row - t.height)),
        ]

    def _wants(self, i: int, j: int) -> Term:
        """What the columns want in a cell, were its row alone wrong."""
        t, typed = self.three, self.three.x.cell(i, j)
        if i == t.closed:
            return typed + t.over.cell(1, j)
        if i in t.results:
            return typed - t.over.cell(1, j)
        return typed - t.unbalanced.cell(1, j) if i in t.left else typed + t.unbalanced.cell(1, j)

    def _in_place(self, i: int) -> list[Condition]:
        """Conditions that hold where row ``i`` alone may be wrong: what else its columns would show."""
        t = self.three
        if i == t.closed:
            return [t.over.cell(1, j).eq(t.unbalanced.cell(1, j)) for j in range(1, t.width)]
        return [(t.balances if i in t.results else t.overs).eq(0)]

    # ------------------------------------------------------------ the whole table aside

    def _table_aside(self) -> list[tuple[str, Term, Term]]:
        """An empty column at the edge, most rows broken, every column in order. To the left only where 其他
        can be a total; then 总计 may as well be left, which is said."""
        t = self.three
        empty = [if_(count_other(t.x.row(i)).eq(0), i, "") for i in range(1, t.height + 1)]
        for i, one in enumerate(empty, 1):
            self.ground.beside_row(t.top + i - 1, one, _EMPTY)
        self.empty = self.ground.rows(t.top, t.top + t.height - 1, _EMPTY)
        filled = count(self.empty) * -1 + t.height
        most = flag(self.asked.eq(1), t.columns.eq(0), t.rows > 1, t.rows * 2 > filled)
        first = flag(most.eq(1), count_other(t.x.column(1)).eq(0), count_above(t.difference) > 0)
        other = t.x.column(t.width - 1)
        enough = all_(*(other.cell(i, 1) * 2 >= t.expected.cell(i, 1) for i in range(1, t.height + 1)))
        last = flag(most.eq(1), count_other(t.totals).eq(0), enough)
        return [
            ("table_right", first, self._say("table_right")),
            ("table_left", last, self._say("table_left")),
        ]

    # ------------------------------------------------------------ rows up and down

    def _rows_moved(self) -> list[tuple[str, Term, Term]]:
        """Blocks that end at an edge of the table; every row adds up, sums and balances do not."""
        t = self.three
        new, carried, first, closed, out = 1, 2, t.results[0], t.closed, t.height
        if (t.left, t.right, first) != ((new, carried), (closed, out), 3):
            return []
        x: Callable[[int], At] = lambda row: lambda j: t.x.cell(row, j)
        results: At = lambda j: sum_(t.of_column(j, t.results))
        n, c, f, r, k, o = x(new), x(carried), x(first), x(t.results[-1]), x(closed), x(out)
        lines = Range(t.top + first - 1, self.empty.left, t.top + closed - 1, self.empty.left)
        empty = {
            "new": t.top + new - 1, "carried": t.top + carried - 1, "out": t.top + out - 1,
        }  # fmt: skip
        gone = {name: count(Range(row, self.empty.left, row, self.empty.left)).eq(1) for name, row in empty.items()}
        gone["result"] = count(lines) > 0
        found = [
            self._moved("table_down", gone["new"], lambda j: (results(j) - f(j) + k(j)).eq(o(j)),
                        lost=lambda j: c(j) + f(j) - o(j), typed=o, closed=o),
            self._moved("tail_down", gone["carried"], lambda j: (results(j) - f(j) + k(j)).eq(o(j)),
                        lost=lambda j: n(j) + f(j) - o(j), typed=o, closed=o),
            self._moved("tail_down", gone["result"], lambda j: (results(j) + k(j)).eq(o(j)),
                        lost=lambda j: n(j) + c(j) - o(j), typed=o, closed=o),
            self._moved("head_down", gone["new"], lambda j: (c(j) + f(j)).eq(k(j) + o(j)),
                        lost=lambda j: k(j) - results(j) + f(j), balance=True, closed=k),
            self._moved("table_up", gone["out"], lambda j: (results(j) - r(j) + c(j)).eq(r(j)),
                        lost=lambda j: r(j) + k(j) - n(j), typed=n, closed=r),
            self._moved("tail_up", gone["out"], lambda j: (n(j) + c(j)).eq(r(j) + k(j)),
                        lost=lambda j: r(j) * 2 - results(j), balance=True, closed=r),
            self._moved("head_up", gone["result"], lambda j: (results(j) + c(j)).eq(k(j)),
                        lost=lambda j: k(j) + o(j) - n(j), typed=n, closed=k),
            self._moved("closed_up", gone["out"], lambda j: (n(j) + c(j)).eq(results(j) + k(j)),
                        lost=results, typed=k, closed=results),
        ]  # fmt: skip
        texts = {"closed_up": "tail_up"}
        return [
            (f"{name}{number}", holds, self._say(texts.get(name, name))) for number, (name, holds) in enumerate(found)
        ]

    def _moved(
        self, name: str, empty: Condition, holds: Callable[[int], Condition], *, lost: At, closed: At,
        typed: At | None = None, balance: bool = False,
    ) -> tuple[str, Term]:  # fmt: skip
        """``lost``: what the pushed off row must hold; ``typed``: what stands in its place, not the same;
        ``closed``: （七） after it. In some column the equation that was not needed fails as typed."""
        t = self.three
        columns = range(1, t.width + 1)
        tests = [empty, *(holds(j) for j in columns), *(lost(j) >= 0 for j in columns)]
        if typed is not None:
            tests.append(any_(lost(t.width).ne(typed(t.width)), lost(t.width).eq(0)))
        strip = t.unbalanced if balance else t.over
        told = any_(*(all_(strip.cell(1, j).ne(0), closed(j).ne(0)) for j in columns if j < t.width))
        return name, flag(self.asked.eq(1), t.rows.eq(0), t.columns > 1, all_(*tests, told))


def sums(terms: Sequence[Term]) -> Term:
    return total(terms)
