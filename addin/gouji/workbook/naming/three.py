"""表三 as formulas see it: sums, differences, broken lines, and total lines that nobody filled.

Rows and columns of the table are counted from 1. One sign everywhere: what the parts have more than their
total, what 一＋二 have more than （七）＋四.
"""

from __future__ import annotations

from ..expression import (
    Range,
    Term,
    all_,
    any_,
    count,
    count_above,
    count_below,
    count_other,
    first_of,
    flag,
    if_,
    index,
    max_,
    min_,
    own_row,
    sum_,
    term,
)
from .ground import Ground, known

#: Rows of the strip above the table: what （七） should be, what its results and the balance have more.
DUE, OVER, UNBALANCED = 2, 3, 4
#: Lines of the hidden cells above the columns.
_BROKEN, _CLOSED = 1, 2


class Three:
    """The lines of 表三 and what stands in them."""

    def __init__(self, ground: Ground) -> None:
        self.ground, place = ground, ground.place
        self.grid = grid = ground.table.grid
        balance = ground.table.balance
        assert balance is not None
        self.height, self.width = len(grid.rows), len(grid.columns)
        self.ids = [[cell.id for cell in row] for row in grid.by_row]
        (self.x,) = ground.figures([c for row in self.ids for c in row])
        number = {r.id: n for n, r in enumerate(grid.rows, 1)}
        closed = next(r for r in grid.rows if r.is_total)
        self.results = tuple(number[r] for r in closed.total_of)
        self.closed = number[closed.id]
        self.left = tuple(number[r] for r in balance.left)
        self.right = tuple(number[r] for r in balance.right)
        # The formulas take lines that stand together as one range.
        for lines in (self.results, self.left, self.right):
            assert lines == tuple(range(lines[0], lines[-1] + 1))
        assert grid.columns[-1].is_total and not any(c.is_total for c in grid.columns[:-1])
        self.top, self.first = place.cells[self.ids[0][0]]
        self.parts = Range(self.x.top, self.x.left, self.x.bottom, self.x.right - 1)
        self.totals = self.x.column(self.width)
        self._strip()
        self._rows()
        self._lines()

    # ------------------------------------------------------------ geometry

    def part(self, row: int) -> Range:
        return self.parts.row(row)

    def of_column(self, column: int, rows: tuple[int, ...]) -> Range:
        """Some rows of one column, which stand together."""
        top, at = self.x.top - 1, self.x.left + column - 1
        return Range(top + rows[0], at, top + rows[-1], at)

    def line(self, row: int) -> Term:
        """The number of a row, in a formula that stands in it."""
        return own_row(self.top + row - 1, self.top - 1)

    def strip(self, line: int) -> Range:
        """A row of the strip, above the columns of the table."""
        return Range(line, self.first, line, self.first + self.width - 1)

    def beside(self, offset: int) -> Range:
        """A column beside the table: 0 what 总计 should be, 1 the difference."""
        column = self.ground.place.side + offset
        return Range(self.top, column, self.top + self.height - 1, column)

    # ------------------------------------------------------------ what is shown

    def _strip(self) -> None:
        """What （七） should be, column by column, and what is over."""
        ground = self.ground
        for j in range(1, self.width + 1):
            results, closed = self.of_column(j, self.results), self.of_column(j, (self.closed,))
            at, due = self.first + j - 1, Range(DUE, self.first, DUE, self.first + self.width - 2)
            sums = (due, self.width - 1) if j == self.width else (results, len(self.results))
            ground.show("expected", DUE, at, if_(count(sums[0]).eq(sums[1]), sum_(sums[0]), ""))
            whole = count(results, closed).eq(len(self.results) + 1)
            over = if_(whole, sum_(results) - self.x.cell(self.closed, j), "")
            ground.show("difference", OVER, at, over)
            left, right = self.of_column(j, self.left), self.of_column(j, self.right)
            whole = count(left, right).eq(left.size + right.size)
            ground.show("difference", UNBALANCED, at, if_(whole, sum_(left) - sum_(right), ""))
        self.due, self.over, self.unbalanced = map(self.strip, (DUE, OVER, UNBALANCED))
        self.closed_left = ground.note("closed_left", self._closed_left())

    def _rows(self) -> None:
        """What 总计 should be beside each row, and what the parts have more."""
        ground = self.ground
        self.expected, self.difference = self.beside(0), self.beside(1)
        for i in range(1, self.height + 1):
            parts, total = self.part(i), self.x.cell(i, self.width)
            row, whole = self.top + i - 1, count(parts).eq(self.width - 1)
            expected = if_(whole, sum_(parts), "")
            if i == self.closed:
                due = self.due.cell(1, self.width)
                expected = if_(self.closed_left.eq(1), due, if_(whole, sum_(parts), due))
            ground.show("expected", row, self.expected.left, expected)
            whole = count(self.x.row(i)).eq(self.width)
            ground.show("difference", row, self.difference.left, if_(whole, sum_(parts) - total, ""))
            gap = self.difference.cell(i, 1)
            ground.beside_row(row, if_(known(gap), if_(gap.eq(0), "", self.line(i)), ""))
        self.broken_rows = ground.rows(self.top, self.top + self.height - 1)
        for j in range(1, self.width + 1):
            over, unbalanced = self.over.cell(1, j), self.unbalanced.cell(1, j)
            fails = if_(known(over), if_(over.eq(0), "", j), "")
            ground.above_column(j, if_(known(unbalanced), if_(unbalanced.eq(0), fails, j), fails), _BROKEN)
        self.broken_columns = ground.columns(self.width, _BROKEN)

    def _closed_left(self) -> Term:
        """1 where nobody filled （七）: 0 or blank throughout, and 一＋二－四 is the sum of the results.

        Its 总计 may stand there already, pasted with the column, where no two cells explain the rest.
        """
        agree = []
        for j in range(1, self.width):
            due, left = self.due.cell(1, j), self.of_column(j, self.left)
            others = tuple(r for r in self.right if r != self.closed)
            rest = self.of_column(j, others)
            whole = count(left, rest).eq(left.size + rest.size)
            same = if_(known(due), if_(whole, if_(due.eq(sum_(left) - sum_(rest)), due, ""), ""), "")
            self.ground.above_column(j, same, _CLOSED)
            agree.append(same)
        found, row = self.ground.columns(self.width - 1, _CLOSED), self.part(self.closed)
        corner = self.of_column(self.width, (self.closed,))
        words = self.ground.words_in(self.x.row(self.closed))
        filled = count_above(corner) + count_below(corner)
        pasted = all_(self._corner_pasted().eq(1), count_above(found) > 2)
        return flag(
            count(found).eq(self.width - 1),
            (count_above(row) + count_below(row) + words).eq(0),
            any_(all_(filled.eq(0), count_above(found) > 0), pasted),
        )

    def _corner_pasted(self) -> Term:
        """1 where the crossing of 总计 and （七） holds what it should, more than 0."""
        corner, due = self.of_column(self.width, (self.closed,)), self.due.cell(1, self.width)
        return flag(count_above(corner).eq(1), self.x.cell(self.closed, self.width).eq(due))

    # ------------------------------------------------------------ lines

    def _lines(self) -> None:
        ground, x = self.ground, self.x
        note = ground.note
        self.words = note("words", ground.words_in(x))
        self.numbers = note("numbers", count(x))
        self.blank = note("blank", term(x.size) - self.numbers - self.words)
        self.negative = note("negative", count_below(x))
        self.complete = note("complete", flag(self.numbers.eq(x.size)))
        self.rows = note("rows", count(self.broken_rows))
        self.columns = note("columns", count(self.broken_columns))
        self.overs = note("overs", count_other(self.over))
        self.balances = note("balances", count_other(self.unbalanced))
        self.r1, self.r2 = note("r1", min_(self.broken_rows)), note("r2", max_(self.broken_rows))
        self.c1, self.c2 = note("c1", min_(self.broken_columns)), note("c2", max_(self.broken_columns))

    def settle(self, moved: Term) -> None:
        """What is left of lines that nobody filled, where nothing has moved."""
        left = flag(moved.eq(0), self._totals_left().eq(1))
        self.totals_left = self.ground.note("totals_left", left)
        self.lines_left = self.ground.note("lines_left", self.totals_left + self.closed_left)

    def _totals_left(self) -> Term:
        """1 where nobody filled 总计: 0 or blank throughout, and the parts of rows add up to more than 0.

        That of （七） may stand there already, pasted with its row, where no two cells explain the rest.
        """
        parts = count(self.parts) + self.closed_left * (self.width - 1)
        words = self.ground.words_in(self.totals)
        most = if_(self.closed_left.eq(1), 1, term(1) + (self.overs + self.balances) * 2)
        pasted = self.ground.note("corner_pasted", self._corner_pasted())
        return flag(
            parts >= self.parts.size,
            (words + count_above(self.totals) + count_below(self.totals)).eq(pasted),
            count_above(self.expected) > most + pasted * 2,
        )

    # ------------------------------------------------------------ how a row stands in the sums

    def in_results(self, row: Term) -> Term:
        """1 for a result, −1 for （七）, else 0: how an error there changes the sum of the results."""
        lo, hi = self.results[0], self.results[-1]
        return if_(all_(row >= lo, row <= hi), 1, if_(row.eq(self.closed), -1, 0))

    def in_balance(self, row: Term) -> Term:
        """1 on the left of the balance, −1 on its right, else 0."""
        left = any_(*(row.eq(n) for n in self.left))
        right = any_(*(row.eq(n) for n in self.right))
        return first_of((left, 1), (right, -1), otherwise=0)

    def at(self, row: Term, column: Term) -> Term:
        return index(self.x, row, column)

    def labels(self) -> tuple[str, ...]:
        return tuple(c.short for c in self.grid.columns)
