"""Wrong cells of 表三: one or two that alone explain every difference, and no other one or two do.

An error of a cell breaks its row and its column, so counting what is broken tells where the cells stand:

===== ======= =====================================================================
rows  columns the smallest explanation
===== ======= =====================================================================
1     1       the cell where they cross
2     1       two cells of the column
1     2       two cells of the row
2     2       two cells at two of the four crossings: one pair or the other
0     2       two cells of one row whose errors cancel there: （七）, or a result
2     0       two cells of one column whose errors cancel there
===== ======= =====================================================================

An error follows from the row or the column that it breaks; the other equations of the cell must want the
same,
and no right number is negative. That is what ``locate.search`` finds of this size; what it does not call
certain (``causes._one_sided``: a case that two rows of one column count) is left out here.
"""

from __future__ import annotations

from ..expression import Condition, Range, Term, all_, any_, count, first_of, flag, if_, index, min_
from .ground import known
from .three import Three

_COLUMN, _ROW = 3, 1


class Cells:
    """``accused``: how many cells are named, 0 to 2; ``row``, ``column``, ``now``, ``due``: of each."""

    def __init__(self, three: Three, quiet: Term) -> None:
        """``quiet``: 1 where something else is said and no cell is named."""
        self.three, self.note = three, three.ground.note
        t = three
        some = flag(quiet.eq(0), t.lines_left.eq(0))
        self.mode = self.note("mode", if_(some.eq(1), self._mode(), 0))
        self.m = [self._of(t.r1, t.difference, rows=True), self._of(t.r2, t.difference, rows=True)]
        self.sign = [self.note(f"sign{k}", if_(c.eq(t.width), -1, 1)) for k, c in enumerate((t.c1, t.c2))]
        self.a = [self.note(f"a{k}", t.in_results(r)) for k, r in enumerate((t.r1, t.r2))]
        self.b = [self.note(f"b{k}", t.in_balance(r)) for k, r in enumerate((t.r1, t.r2))]
        self.over = [self._of(c, t.over, rows=False) for c in (t.c1, t.c2)]
        self.off = [self._of(c, t.unbalanced, rows=False) for c in (t.c1, t.c2)]
        self._verdict()

    def _mode(self) -> Term:
        t = self.three

        def broken(rows: int, columns: int) -> Condition:
            return all_(t.rows.eq(rows), t.columns.eq(columns))

        whole = (all_(t.rows.eq(2), t.columns.eq(0), t.complete.eq(1)), 6)
        kinds = (
            (broken(1, 1), 1),
            (broken(2, 1), 2),
            (broken(1, 2), 3),
            (broken(2, 2), 4),
            (broken(0, 2), 5),
        )
        return first_of(*kinds, whole, otherwise=0)

    def _of(self, line: Term, of: Range, *, rows: bool) -> Term:
        """What a line lacks; 0 where no line is broken."""
        number = len(self.three.ground.named)
        found = index(of, line, 1) if rows else index(of, 1, line)
        return self.note(f"of{number}", if_(line.eq(0), 0, found))

    # ------------------------------------------------------------ one kind after the other

    def _verdict(self) -> None:
        t, note = self.three, self.note
        found = note("found", self._found())
        by_row, by_column = (self.mode.eq(5), self.row5), (self.mode.eq(6), self.column6)
        rows = first_of(by_row, otherwise=t.r1), first_of(by_row, (self.mode.eq(3), t.r1), otherwise=t.r2)
        first_again = any_(self.is_across, self.mode.eq(2))
        columns = (
            first_of(by_column, (self.is_across, t.c2), otherwise=t.c1),
            first_of(by_column, (first_again, t.c1), otherwise=t.c2),
        )
        at = [
            [note(f"{name}{k}", if_(found > k, line[k], 0)) for k in (0, 1)]
            for name, line in (("at_row", rows), ("at_column", columns))
        ]
        typed, right = [], []
        for k, (row, column) in enumerate(zip(*at, strict=True)):
            typed.append(note(f"typed{k}", if_(found > k, t.at(row, column), "")))
            right.append(note(f"right{k}", if_(found > k, typed[k] - self._error(k, column), "")))
        self.accused = accused = note("accused", self._spared(found, typed, right))
        self.row, self.column, self.now, self.due = (
            [note(f"{name}{k}", if_(accused > k, one, nothing)) for k, one in enumerate(both)]
            for name, both, nothing in (
                ("row", at[0], 0), ("column", at[1], 0), ("now", typed, ""), ("due", right, ""),
            )
        )  # fmt: skip

    def _found(self) -> Term:
        """How many cells explain everything, and no others of that number: 0, 1 or 2."""
        note = self.note
        single = note("single", self._single())
        column_pair, row_pair = note("column_pair", self._column_pair()), note("row_pair", self._row_pair())
        straight = [note(f"straight{n}", self._crossing(0, 1, loose=bool(n))) for n in (0, 1)]
        across = [note(f"across{n}", self._crossing(1, 0, loose=bool(n))) for n in (0, 1)]
        only_straight = flag(straight[0].eq(1), across[1].eq(0))
        only_across = note("across", flag(across[0].eq(1), straight[1].eq(0)))
        self.is_across = all_(self.mode.eq(4), only_across.eq(1))
        self.row5 = note("row5", self._cancelling_row())
        self.column6 = note("column6", self._cancelling_column())
        lines = flag(self.row5 > 0) + flag(self.column6 > 0)
        pairs = column_pair + row_pair + only_straight + only_across + lines
        return if_(single.eq(1), 1, if_(pairs.eq(1), 2, 0))

    def _error(self, k: int, column: Term) -> Term:
        """By its row, or where the two cells share a row by its column."""
        by_row = if_(column.eq(self.three.width), self.m[k] * -1, self.m[k])
        return first_of(
            (self.mode.eq(3), self._by_column(k, self.a[0], self.b[0])),
            (self.mode.eq(5), if_(self.row5.eq(self.three.closed), self.over[k] * -1, self.over[k])),
            otherwise=by_row,
        )

    def _spared(self, found: Term, typed: list[Term], right: list[Term]) -> Term:
        """With the declaration a 0 may be a cell that was left, and then the pair one number in the cell
        beside its own (``locate.movement.pieces``): nothing is accused."""
        left = [flag(typed[k].eq(0), right[1 - k].eq(0)) for k in (0, 1)]
        line = all_(found.eq(2), self.three.ground.declared.eq(1), self.mode.ne(4))
        return if_(line, if_((left[0] + left[1]).eq(0), 2, 0), found)

    def _by_column(self, k: int, a: Term, b: Term) -> Term:
        """The error by the sum that its column has; "" where a blank leaves that open."""
        by_balance = if_(known(self.off[k]), b * self.off[k], "")
        return if_(a.eq(0), by_balance, if_(known(self.over[k]), a * self.over[k], ""))

    def _or_nothing(self, found: Term, *signs: Term) -> Term:
        """What a column has over; where a blank leaves that open, 0 if these rows stand in no such sum, else
        "", which equals nothing."""
        none = all_(*(sign.eq(0) for sign in signs))
        return if_(known(found), found, if_(none, 0, ""))

    def _single(self) -> Term:
        """Where a blank leaves an equation of the cell open nothing is said, but that （七） has two
        others."""
        t, e, a, b = self.three, self.sign[0] * self.m[0], self.a[0], self.b[0]
        off = if_(known(self.off[0]), self.off[0], if_(a.eq(0), self._or_nothing(self.off[0], b), b * e))
        over = self._or_nothing(self.over[0], a)
        return flag(self.mode.eq(1), over.eq(a * e), off.eq(b * e), t.at(t.r1, t.c1) >= e)

    def _column_pair(self) -> Term:
        t = self.three
        e = [self.sign[0] * m for m in self.m]
        return flag(
            self.mode.eq(2),
            self._or_nothing(self.over[0], *self.a).eq(self.a[0] * e[0] + self.a[1] * e[1]),
            self._or_nothing(self.off[0], *self.b).eq(self.b[0] * e[0] + self.b[1] * e[1]),
            t.at(t.r1, t.c1) >= e[0],
            t.at(t.r2, t.c1) >= e[1],
        )

    def _row_pair(self) -> Term:
        t, a, b = self.three, self.a[0], self.b[0]
        e = [self.note(f"e{k}", if_(self.mode.eq(3), self._by_column(k, a, b), "")) for k in (0, 1)]
        return flag(
            self.mode.eq(3),
            *(known(one) for one in e),
            *(self._or_nothing(self.over[k], a).eq(a * e[k]) for k in (0, 1)),
            *(self._or_nothing(self.off[k], b).eq(b * e[k]) for k in (0, 1)),
            (self.sign[0] * e[0] + self.sign[1] * e[1]).eq(self.m[0]),
            t.at(t.r1, t.c1) >= e[0],
            t.at(t.r1, t.c2) >= e[1],
        )

    def _crossing(self, first: int, second: int, *, loose: bool) -> Term:
        """The wrong cell of the first row in one of the columns, that of the second in the other. ``loose``:
        whether that may be so, when a blank leaves an equation open."""
        t, columns = self.three, (self.three.c1, self.three.c2)
        tests = [self.mode.eq(4)]
        for k, (row, at) in enumerate(((t.r1, first), (t.r2, second))):
            e = self.sign[at] * self.m[k]
            for found, sign in ((self.over[at], self.a[k]), (self.off[at], self.b[k])):
                here = if_(known(found), found, sign * e) if loose else self._or_nothing(found, sign)
                tests.append(here.eq(sign * e))
            tests.append(t.at(row, columns[at]) >= e)
        return flag(*tests)

    def _cancelling_row(self) -> Term:
        """（七） in both columns, or the only result that may be so much less; else 0."""
        t, (o1, o2), (u1, u2) = self.three, self.over, self.off
        row, known_ = t.x.row(t.closed), [known(n) for n in (o1, o2, u1, u2)]
        cancel = [*known_[:2], (self.sign[0] * o1 + self.sign[1] * o2).eq(0)]
        legal = [index(row, 1, c) + o >= 0 for c, o in ((t.c1, o1), (t.c2, o2))]
        counts = count(row).eq(t.width)
        of_closed = flag(counts, *known_[2:], o1.eq(u1), o2.eq(u2), *legal)
        mixed = flag(t.complete.eq(1), u1.eq(0), u2.eq(0), t.c2 < t.width)
        cancels = flag(self.mode.eq(5), *cancel)
        kind = self.note("kind5", if_(cancels.eq(1), if_(of_closed.eq(1), 1, mixed * 2), 0))
        for i in t.results:
            row = t.x.row(i)
            enough = flag(kind.eq(2), index(row, 1, t.c1) >= o1, index(row, 1, t.c2) >= o2)
            t.ground.beside_row(t.top + i - 1, if_(enough.eq(1), t.line(i), ""), _ROW)
        rows = t.ground.rows(t.top + t.results[0] - 1, t.top + t.results[-1] - 1, _ROW)
        return first_of((kind.eq(1), t.closed), (count(rows).eq(1), min_(rows)), otherwise=0)

    def _cancelling_column(self) -> Term:
        """The only column in which both rows may be so much less; else 0."""
        t, (m1, m2) = self.three, self.m
        cancel = flag(
            self.mode.eq(6),
            (self.a[0] * m1 + self.a[1] * m2).eq(0),
            (self.b[0] * m1 + self.b[1] * m2).eq(0),
        )
        cancels = self.note("cancels6", cancel)
        for j in range(1, t.width + 1):
            sign = -1 if j == t.width else 1
            column = t.x.column(j)
            enough = flag(
                cancels.eq(1), *(index(column, r, 1) >= m * sign for r, m in ((t.r1, m1), (t.r2, m2)))
            )
            t.ground.above_column(j, if_(enough.eq(1), j, ""), _COLUMN)
        columns = t.ground.columns(t.width, _COLUMN)
        return if_(count(columns).eq(1), min_(columns), 0)
