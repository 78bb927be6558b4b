"""What 表三 says beside its rows and above itself, and how totals are filled at once."""

from __future__ import annotations

from ..expression import Operand, Term, all_, any_, choose, count, count_above, first_of, if_, join, say, term
from ..layout import address
from .cells import Cells
from .ground import known
from .moves3 import Moves
from .says import OPEN, WRONG, Case, banner, gap, illegal, is_off, letter, number_of_words
from .three import DUE, Three


class Said3:
    """``address``: of each accused cell, as text; ``sentence``: of each what it should be."""

    def __init__(self, three: Three, cells: Cells, moves: Moves) -> None:
        self.three, self.cells, self.moves, self.ground = three, cells, moves, three.ground
        self.w = self.ground.words
        note, t = self.ground.note, three
        self.address = [
            note(f"address{k}", if_(cells.accused > k, join(self._letter(cells.column[k]), self._line(k)), ""))
            for k in (0, 1)
        ]
        self.sentence = [note(f"sentence{k}", self._sentence(k)) for k in (0, 1)]
        self.column_list = [
            note("overs_text", self._list(t.over, self.w["over"])),
            note("balances_text", self._list(t.unbalanced, self.w["unbalanced"])),
        ]
        for i in range(1, t.height + 1):
            self.ground.show("said", t.top + i - 1, self.ground.place.said, self._row(i))
        self._hint()
        self._banner()

    def _letter(self, column: Term) -> Term:
        return letter(self.three.first, self.three.width, column)

    def _line(self, k: int) -> Term:
        return self.cells.row[k] + (self.three.top - 1)

    def _sentence(self, k: int) -> Term:
        c = self.cells
        text = say(self.w["cell"], column=choose(c.column[k], self.three.labels()), now=c.now[k], due=c.due[k])
        return if_(c.accused > k, text, "")

    def _list(self, line: object, head: str) -> Term:
        """「各结果之和比（七）：自然人多 3，总计少 3」, "" where nothing is over."""
        t, parts = self.three, []
        strip = t.over if head is self.w["over"] else t.unbalanced
        for j, label in enumerate(t.labels(), 1):
            number = strip.cell(1, j)
            text = join(label, gap(number, self.w["more"], self.w["less"]), self.w["next"])
            parts.append(if_(is_off(number), text, ""))
        number = t.overs if strip is t.over else t.balances
        return if_(number > 0, join(head, *parts), "")

    # ------------------------------------------------------------ beside a row

    def _row(self, i: int) -> Term:
        t, w, c = self.three, self.w, self.cells
        wrong = number_of_words(self.ground, t.x.row(i))
        here = [c.row[k].eq(i) for k in (0, 1)]
        both = if_(all_(*here), w["next"], "")
        named = join(w["arrow"], *(if_(here[0], self.sentence[0], ""), both, if_(here[1], self.sentence[1], "")))
        expected = t.expected.cell(i, 1)
        due = if_(if_(known(expected), expected, 0) > 0, say(w["total_due"], due=expected), "")
        off = if_(is_off(t.difference.cell(i, 1)), self._off(i), "")
        cases: list[tuple[object, Operand]] = [(any_(*here), named), (wrong > 0, say(w["row_illegal"], n=wrong))]
        if i == t.closed:
            cases.append((t.closed_left.eq(1), say(w["closed_due"], line=DUE)))
        cases.append((t.totals_left.eq(1), due))
        sums = {t.closed: self.column_list[0], t.height: self.column_list[1]}
        if i in sums:
            quiet = any_(c.accused > 0, t.closed_left.eq(1))
            off = join(off, if_(quiet, "", sums[i]))
        return first_of(*cases, otherwise=off)  # type: ignore[arg-type]

    def _off(self, i: int) -> Term:
        """「六列之和 933，总计 897，多 36」"""
        t, w, number = self.three, self.w, self.three.difference.cell(i, 1)
        total = t.x.cell(i, t.width)
        return say(w["row_off"], sum=total + number, total=total, gap=gap(number, w["more"], w["less"]))

    # ------------------------------------------------------------ above

    def _hint(self) -> None:
        """How to fill the totals by one copy, where they are missing."""
        t, w, place = self.three, self.w, self.ground.place
        totals = address(t.top, t.first + t.width - 1)
        first, last = address(t.top, place.side), address(t.top + t.height - 1, place.side)
        paste = w["paste_totals"].format(source=f"{first}:{last}", to=totals)
        missing = count_above(t.expected) - count_above(t.totals) > 1
        whole = count(t.expected).eq(t.height)
        of_totals = if_(missing, if_(whole, paste, w["paste_later"]), "")
        source = f"{address(DUE, t.first)}:{address(DUE, t.first + t.width - 1)}"
        to = address(t.top + t.closed - 1, t.first)
        row = t.x.row(t.closed)
        left = all_(count(t.due).eq(t.width), count_above(t.due) > 0, count_above(row).eq(0))
        of_closed = if_(left, w["paste_closed"].format(source=source, to=to), "")
        self.ground.show("hint", DUE, place.side, join(of_totals, of_closed))

    def _banner(self) -> None:
        t, w, c = self.three, self.w, self.cells
        wrong = self.ground.note("illegal", illegal(self.ground))
        lines = t.overs + t.balances + t.rows
        named = {"first": self.address[0], "first_due": c.due[0], "second": self.address[1], "second_due": c.due[1]}
        column = address(t.top, t.first + t.width - 1).rstrip("0123456789")
        cases: list[Case] = [
            (c.accused.eq(1), say(w["named_one"], **named), WRONG),
            (c.accused.eq(2), say(w["named_two"], **named), WRONG),
            (self.moves.what > 0, self.moves.text, WRONG),
            (all_(wrong.eq(0), t.lines_left.eq(2)), w["both_left"], WRONG),
            (all_(wrong.eq(0), t.totals_left.eq(1)), w["totals_left"].format(column=column), WRONG),
            (all_(wrong.eq(0), t.closed_left.eq(1)), w["closed_left"].format(line=DUE), WRONG),
            (all_(wrong.eq(0), t.blank.eq(0), lines > 0), self._broken(), WRONG),
        ]
        banner(self.ground, cases, off=lines, illegal=wrong, blank=t.blank, complete=t.complete.eq(1))

    def _broken(self) -> Term:
        """「有 2 行、3 列合计不平，请核对有底色的行列」"""
        t, w = self.three, self.w
        return say(w["broken"], rows=t.rows, columns=t.overs, balances=t.balances)


__all__ = ["OPEN", "Said3", "term"]
