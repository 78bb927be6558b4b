"""What a sheet says of itself: one sentence above the table, and beside a row what is wrong in it."""

from __future__ import annotations

from collections.abc import Sequence

from ..expression import Condition, Operand, Range, Term, choose, count_below, first_of, if_, join, say
from ..layout import column_letter
from .ground import Ground, known

#: What the banner's state is, by which it is coloured: right as far as it is checked; cells are open; wrong;
#: to be explained.
PASSED, OPEN, WRONG, WARNED = range(4)
#: The states of rows of 校验 that the sentence knows besides.
COUNTED = ("failed", "warned", "undecided", "no_prior")
#: When it is said, a sentence for the banner, and the state.
Case = tuple[Condition, Operand, int]


def banner(
    ground: Ground, cases: Sequence[Case], *, off: Term, illegal: Term, blank: Term, complete: Condition
) -> None:
    """One sentence on the table: ``cases`` first; then what is no number, what is blank, what does not add up
    (``off``: how many places), and what 校验 says of the table besides.

    The hidden cell ``state`` holds what it is coloured by.
    """
    w, note = ground.words, ground.note
    failed, warned, undecided, no_prior = (ground.given(name) for name in COUNTED)
    also_blank = _counted(blank, w["also_blank"])
    also = note("also", join(_counted(illegal, w["also_illegal"]), also_blank))
    every: list[Case] = [(condition, join(text, also), state) for condition, text, state in cases]
    every += [
        (illegal > 0, join(say(w["illegal"], n=illegal), also_blank), WRONG),
        (blank > 0, join(say(w["blank"], n=blank), _counted(off, w["also_off"])), OPEN),
        (off > 0, say(w["off"], n=off), WRONG),
        (failed > 0, say(w["failed"], n=failed), WRONG),
        (undecided > 0, say(w["undecided"], n=undecided), OPEN),
        (warned > 0, say(w["warned"], n=warned), WARNED),
        (if_(complete, no_prior, 0) > 0, say(w["no_prior"], n=no_prior), PASSED),
        (complete, w["passed"], PASSED),
    ]
    numbered = list(enumerate(every, 1))
    which = note("which", first_of(*((holds, n) for n, (holds, _, _) in numbered), otherwise=0))
    note("state", first_of(*((which.eq(n), state) for n, (_, _, state) in numbered), otherwise=OPEN))
    text = first_of(*((which.eq(n), text) for n, (_, text, _) in numbered), otherwise=w["unchecked"])
    ground.show("banner", 1, 1, text)


def _counted(number: Term, template: str) -> Term:
    """A clause with a number, "" where that is 0."""
    return if_(number > 0, say(template, n=number), "")


# ---------------------------------------------------------------- parts of sentences


def gap(number: Term, more: str, less: str) -> Term:
    """「多 3」"""
    return if_(number > 0, say(more, n=number), say(less, n=number * -1))


def letter(left: int, width: int, column: Term) -> Term:
    """The letter of a column of the table (from 1), whose first one is ``left`` on the sheet."""
    return choose(column, tuple(column_letter(left + n) for n in range(width)))


# ---------------------------------------------------------------- counts and conditions


def total(terms: Sequence[Term]) -> Term:
    """The sum of one term or more."""
    found = terms[0]
    for one in terms[1:]:
        found = found + one
    return found


def illegal(ground: Ground) -> Term:
    """How many cells hold no number, or one that their kind does not admit."""
    cells = ground.table.cells
    unsigned = ground.figures([c.id for c in cells if not c.kind.signed])
    words = [ground.words_in(one) for one in ground.figures([c.id for c in cells])]
    return total([*words, *map(count_below, unsigned)])


def number_of_words(ground: Ground, one: Range) -> Term:
    """How many cells of a range of counts hold no number, or a negative one."""
    return ground.words_in(one) + count_below(one)


def is_off(one: Term) -> Condition:
    """A known difference that is not 0."""
    return if_(known(one), one, 0).ne(0)
