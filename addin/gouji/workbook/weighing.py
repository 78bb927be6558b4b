"""审核说明 as formulas weigh it: the conditions of ``rules/explanations.py``, with the same numbers and
phrases."""

from __future__ import annotations

from functools import cache, reduce

from ..marks import marks_of
from ..report import Explanation
from ..rules.explanations import enough, lack
from .spliced import quoted

#: Between the numbers for which an explanation was given.
BETWEEN = "；"
#: States in which an explanation counts; without numbers it is being given now, whatever stands there but
#: 退回.
_SETTLED = ("given", "verified")
_FRESH = ("open", *_SETTLED)


def weighed(text: str) -> str:
    """A text without the characters that do not count."""
    uncounted = enough()["uncounted"]
    return "".join(c for c in text if c not in uncounted)


def weighed_formula(cell: str) -> str:
    """An expression for the text of a cell without them; "" for an error value."""
    removed = reduce(lambda text, c: f'SUBSTITUTE({text},{_character(c)},"")', enough()["uncounted"], cell)
    return f'IFERROR({removed},"")'


def _character(c: str) -> str:
    return f"CHAR({ord(c)})" if c < " " else quoted(c)


def counts(given: Explanation | None, now: str) -> bool:
    """Whether an explanation counts for a row whose numbers are ``now``, as :func:`counts_formula`
    decides. Of numbers that end in ``BETWEEN`` the row knows the first alone."""
    if given is None or lack(given.text):
        return False
    states = _spelt(_SETTLED if given.numbers else ("", *_FRESH))
    kept = BETWEEN.join(given.numbers)
    same = kept == now or (now.endswith(BETWEEN) and kept.startswith(now))
    return given.state.strip() in states and (not kept or same)


def counts_formula(weighed_at: str, state_at: str, numbers_at: str, now: str) -> str:
    """An expression that is 1 where an explanation counts, else 0.

    ``weighed_at``, ``state_at``, ``numbers_at``: cells with the weighed text, the state and the numbers it
    was given for; ``now``: an expression for the numbers of today.
    """
    said = f"LEN({weighed_at})>={enough()['minimum']}", f"ISERROR(VALUE({weighed_at}))"
    text = ",".join([*said, *(f"{weighed_at}<>{phrase}" for phrase in _refused())])
    fresh, kept = (
        "OR(" + ",".join(f"TRIM({state_at})={quoted(s)}" for s in _spelt(states)) + ")"
        for states in (("", *_FRESH), _SETTLED)
    )
    first = f"IF(RIGHT({now},1)={quoted(BETWEEN)},LEFT(TRIM({numbers_at}),LEN({now})),TRIM({numbers_at}))"
    bound = f"IF(AND({first}={now},{kept}),1,0)"
    return f'IFERROR(IF(AND({text}),IF(TRIM({numbers_at})="",IF({fresh},1,0),{bound}),0),0)'


@cache
def _refused() -> tuple[str, ...]:
    """The phrases that explain nothing and are not too short by themselves, as formulas write them."""
    asked = enough()
    return tuple(quoted(p) for p in asked["refused"] if len(weighed(p)) >= asked["minimum"])


@cache
def _spelt(states: tuple[str, ...]) -> tuple[str, ...]:
    """Every spelling of some states; "" stands for itself."""
    marks = marks_of("gouji.rules", "states")
    return tuple(text for state in states for text in (marks[state].spellings if state else ("",)))
