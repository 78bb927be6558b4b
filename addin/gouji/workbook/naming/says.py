"""What a sheet says of itself: one sentence above the table, and beside a row what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

from ..expression import Condition, Operand, Range, Term, any_, choose, count_below, first_of, if_, join, say
from ..layout import column_letter
from .ground import Ground, known

#: What the banner's state is, by which it is coloured: everything is checked and right; cells are open; wrong;
#: to be explained.
PASSED, OPEN, WRONG, WARNED = range(4)
#: A sentence for the banner, when it is said, and the state.
Case = tuple[Condition, Operand, int]


def counted(number: Term, template: str) -> Term:
    """A clause with a number, "" where that is 0."""
    return if_(number > 0, say(template, n=number), "")


def illegal(ground: Ground) -> Term:
    """How many cells hold no number, or one that their kind does not admit."""
    cells = [c.id for c in ground.table.cells]
    found = [ground.words_in(one) for one in ground.figures(cells)]
    found += [count_below(one) for one in ground.figures([c.id for c in ground.table.cells if not c.kind.signed])]
    return total(found)


def total(terms: Sequence[Term]) -> Term:
    found = terms[0]
    for one in terms[1:]:
        found = found + one
    return found


def banner(ground: Ground, cases: Sequence[Case], *, off: Term, illegal: Term, blank: Term, complete: Condition) -> None:
    """One sentence on the table: ``cases`` first; then what is no number, what is blank, what does not add up
    (``off``: how many places), and what 校验 says of the table besides."""
    w, note = ground.words, ground.note
    failed, warned, undecided = (ground.given(name) for name in ("failed", "warned", "undecided"))
    also = note("also", join(counted(illegal, w["also_illegal"]), counted(blank, w["also_blank"])))
    every: list[Case] = [(condition, join(text, also), state) for condition, text, state in cases]
    every += [
        (illegal > 0, join(say(w["illegal"], n=illegal), counted(blank, w["also_blank"])), WRONG),
        (blank > 0, join(say(w["blank"], n=blank), counted(off, w["also_off"])), OPEN),
        (off > 0, say(w["off"], n=off), WRONG),
        (failed > 0, say(w["failed"], n=failed), WRONG),
        (undecided > 0, say(w["undecided"], n=undecided), OPEN),
        (warned > 0, say(w["warned"], n=warned), WARNED),
        (complete, w["passed"], PASSED),
    ]
    which = note("which", first_of(*((c, n) for n, (c, _, _) in enumerate(every, 1)), otherwise=0))
    text = first_of(*((which.eq(n), t) for n, (_, t, _) in enumerate(every, 1)), otherwise=w["unchecked"])
    states = [n for _, _, n in every]
    state = if_(which.eq(0), OPEN, first_of(*((which.eq(n), s) for n, s in enumerate(states, 1)), otherwise=OPEN))
    note("state", state)
    ground.show("banner", 1, 1, text)


def gap_text(template: str, number: Term, more: str, less: str, **parts: Operand) -> Term:
    """A sentence with how much there is too much or too little, ``{gap}``."""
    return say(template, gap=gap(number, more, less), **parts)


def gap(number: Term, more: str, less: str) -> Term:
    """「多 3」"""
    return if_(number > 0, say(more, n=number), say(less, n=number * -1))


def letter(left: int, width: int, column: Term) -> Term:
    """The letter of a column of the table (from 1), whose first one is ``left`` on the sheet."""
    return choose(column, tuple(column_letter(left + n) for n in range(width)))


def number_of_words(ground: Ground, one: Range) -> Term:
    return ground.words_in(one) + count_below(one)


def is_off(one: Term) -> Condition:
    """A known difference that is not 0."""
    return if_(known(one), one, 0).ne(0)


def either(conditions: Sequence[Condition]) -> Condition:
    return any_(*conditions)
