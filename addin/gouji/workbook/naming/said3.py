"""What 表三 says beside its rows and above itself, and how totals are filled at once."""

from __future__ import annotations

from ..expression import (
    Condition,
    Operand,
    Range,
    Term,
    all_,
    any_,
    choose,
    count,
    count_above,
    first_of,
    if_,
    join,
    say,
    sum_,
    term,
)
from ..layout import address, column_letter
from .cells import Cells
from .ground import known
from .moves3 import Moves
from .says import WRONG, Case, banner, gap, illegal, is_off, letter, number_of_words
from .says import total as total_of
from .three import DUE, Three

#: The line of the hidden cells above the columns that says where blanks can only be 0.
_FULL = 14


class Said3:
    """``address``: of each accused cell, as text; ``sentence``: of each what it should be."""

    def __init__(self, three: Three, cells: Cells, moves: Moves) -> None:
        self.three, self.cells, self.moves, self.ground = three, cells, moves, three.ground
        self.w, note = self.ground.words, self.ground.note
        self.address = [note(f"address{k}", self._address(k)) for k in (0, 1)]
        self.sentence = [note(f"sentence{k}", self._sentence(k)) for k in (0, 1)]
        self._full()
        overs = self._list(three.over, three.overs, self.w["over"])
        balances = self._list(three.unbalanced, three.balances, self.w["unbalanced"])
        self.lists = {three.closed: note("overs_text", overs), three.height: note("balances_text", balances)}
        for i in range(1, three.height + 1):
            self.ground.show("said", three.top + i - 1, self.ground.place.said, self._row(i))
        self._hint()
        self._banner()

    def _address(self, k: int) -> Term:
        t, c = self.three, self.cells
        line = c.row[k] + (t.top - 1)
        return if_(c.accused > k, join(letter(t.first, t.width, c.column[k]), line), "")

    def _sentence(self, k: int) -> Term:
        c, labels = self.cells, self.three.labels()
        text = say(self.w["cell"], column=choose(c.column[k], labels), now=c.now[k], due=c.due[k])
        return if_(c.accused > k, text, "")

    def _list(self, strip: Range, number: Term, head: str) -> Term:
        """「各结果之和比（七）：自然人多 3，总计少 3」, "" where nothing is over."""
        parts = []
        for j, label in enumerate(self.three.labels(), 1):
            one = strip.cell(1, j)
            text = join(label, gap(one, self.w["more"], self.w["less"]), self.w["space"])
            parts.append(if_(is_off(one), text, ""))
        return if_(number > 0, join(head, *parts), "")

    # ------------------------------------------------------------ beside a row

    def _row(self, i: int) -> Term:
        t, w, c = self.three, self.w, self.cells
        wrong = number_of_words(self.ground, t.x.row(i))
        here = [c.row[k].eq(t.line(i)) for k in (0, 1)]
        both = if_(all_(*here), w["next"], "")
        named = join(w["arrow"], if_(here[0], self.sentence[0], ""), both, if_(here[1], self.sentence[1], ""))
        expected = t.expected.cell(i, 1)
        due = if_(if_(known(expected), expected, 0) > 0, say(w["total_due"], due=expected), "")
        off: Operand = if_(is_off(t.difference.cell(i, 1)), self._off(i), "")
        cases: list[tuple[Condition, Operand]] = [
            (any_(*here), named),
            (wrong > 0, say(w["row_illegal"], n=wrong)),
        ]
        if i == t.closed:
            cases.append((t.closed_left.eq(1), say(w["closed_due"], line=DUE)))
        cases += [(t.totals_left.eq(1), due), *self._open(i)]
        if i in self.lists:
            off = join(off, if_(any_(c.accused > 0, t.closed_left.eq(1)), "", self.lists[i]))
        return first_of(*cases, otherwise=off)

    def _full(self) -> None:
        """1 above a column whose filled results are （七） already: its blank ones can only be 0."""
        t = self.three
        for j in range(1, t.width + 1):
            results, closed = t.of_column(j, t.results), t.of_column(j, (t.closed,))
            sound = number_of_words(self.ground, results).eq(0)
            some = all_(count(results) < len(t.results), count(results) > 0, count(closed).eq(1))
            same = if_(all_(some, sound), sum_(results) - sum_(closed), "")
            self.ground.above_column(j, if_(known(same), if_(same.eq(0), 1, 0), 0), _FULL)
        self.full = self.ground.columns(t.width, _FULL)

    def _zeros(self, i: int) -> Condition:
        """Whether all blanks of a row, two or more, can only be 0: its parts are the total already, or every
        blank stands in a column that is full."""
        t = self.three
        blanks = term(t.width) - count(t.x.row(i))
        several = all_(blanks > 1, number_of_words(self.ground, t.x.row(i)).eq(0))
        total = t.of_column(t.width, (i,))
        of_row = all_(count(total).eq(1), sum_(t.part(i)).eq(sum_(total)), count(t.part(i)) > 0)
        if i not in t.results:
            return all_(several, of_row)
        columns = (if_(t.x.cell(i, j).eq(""), self.full.cell(1, j), 0) for j in range(1, t.width + 1))
        return all_(several, any_(of_row, total_of(list(columns)).eq(blanks)))

    def _open(self, i: int) -> list[tuple[Condition, Operand]]:
        """The only blank cell of a row: what is left for it, where that is not negative; blanks that can only
        be 0."""
        t, w = self.three, self.w
        total, parts = t.of_column(t.width, (i,)), count(t.part(i))
        rest = sum_(total) - sum_(t.part(i))
        one = all_(parts.eq(t.width - 2), count(total).eq(1), number_of_words(self.ground, t.x.row(i)).eq(0))
        nothing = all_(parts.eq(t.width - 1), count(total).eq(0))
        return [
            (all_(one, rest >= 0), say(w["row_open"], due=rest)),
            (nothing, say(w["row_open_total"], due=sum_(t.part(i)))),
            (self._zeros(i), say(w["row_zeros"], n=term(t.width) - count(t.x.row(i)))),
        ]

    def _off(self, i: int) -> Term:
        """「六列之和 933，总计 897，多 36」"""
        t, w = self.three, self.w
        number, total = t.difference.cell(i, 1), t.x.cell(i, t.width)
        return say(w["row_off"], sum=total + number, total=total, gap=gap(number, w["more"], w["less"]))

    # ------------------------------------------------------------ above

    def _hint(self) -> None:
        """How to fill the totals by one copy, where they are missing."""
        t, w, place = self.three, self.w, self.ground.place
        last = t.first + t.width - 1
        beside = f"{address(t.top, place.side)}:{address(t.top + t.height - 1, place.side)}"
        paste = w["paste_totals"].format(source=beside, to=address(t.top, last))
        missing = count_above(t.expected) - count_above(t.totals) > 1
        whole = count(t.expected).eq(t.height)
        of_totals = if_(missing, if_(whole, paste, w["paste_later"]), "")
        above = f"{address(DUE, t.first)}:{address(DUE, last)}"
        paste = w["paste_closed"].format(source=above, to=address(t.top + t.closed - 1, t.first))
        nothing = count_above(t.part(t.closed)).eq(0)
        left = all_(count(t.due).eq(t.width), count_above(t.due) > 0, nothing)
        quiet = self.moves.what > 0
        self.ground.show("hint", DUE, place.side, if_(quiet, "", join(of_totals, if_(left, paste, ""))))

    def _banner(self) -> None:
        t, w, c = self.three, self.w, self.cells
        wrong = self.ground.note("illegal", illegal(self.ground))
        lines = t.rows + t.overs + t.balances
        first, due = self.address[0], c.due[0]
        second = {"second": self.address[1], "second_due": c.due[1]}
        column = column_letter(t.first + t.width - 1)
        sound = wrong.eq(0)
        broken = say(w["broken"], rows=t.rows, columns=t.overs, balances=t.balances)
        cases: list[Case] = [
            (c.accused.eq(1), say(w["named_one"], first=first, first_due=due), WRONG),
            (c.accused.eq(2), say(w["named_two"], first=first, first_due=due, **second), WRONG),
            (self.moves.what > 0, self.moves.text, WRONG),
            (all_(sound, t.lines_left.eq(2)), w["both_left"], WRONG),
            (all_(sound, t.totals_left.eq(1)), w["totals_left"].format(column=column), WRONG),
            (all_(sound, t.closed_left.eq(1)), w["closed_left"].format(line=DUE), WRONG),
            (all_(sound, t.blank.eq(0), lines > 0), broken, WRONG),
        ]
        banner(self.ground, cases, off=lines, illegal=wrong, blank=t.blank, complete=t.complete.eq(1))
