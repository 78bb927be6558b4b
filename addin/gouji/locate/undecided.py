"""What is said of a cause that several hypotheses explain: a tie, last year's word, where to look first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..rules.gap import gap
from .alternatives import alike
from .causes import Cause
from .phrases import Words
from .rank import Hypothesis
from .system import Change

#: Reasons that come from beside the table.
_WITNESSES = {"stated", "carried", "stale"}
#: Slips in two rows: what they say needs no place.
_ELSEWHERE = ("one_case_closed", "one_case_unlogged", "one_case_open")


def tied(words: Words, cause: Cause) -> tuple[Hypothesis, ...]:
    """The hypotheses between which nothing chooses; one alone is no tie.

    Their weights are the best one's but for what no one should act on; or they are the same slip in another
    row, or two other numbers exchanged, and the texts and last year's report say of the best one nothing that
    they do not say of these.
    """
    best, ranker = cause.best, words.ranker
    limit = best.weight + ranker.context.catalogue["wrong-cell"].parameters["tied"]
    same = alike(ranker, cause.hypotheses) if best.pattern else []
    if best.pattern == "swapped_cells":
        same = [e for e in cause.hypotheses if e.pattern == best.pattern]
    same = [e for e in same if _heard(best) <= _heard(e)]
    return tuple(e for e in cause.hypotheses if (e.weight <= limit and e.agrees == best.agrees) or e in same)


def _heard(hypothesis: Hypothesis) -> set[Change]:
    """The changes that the texts or last year's report speak for."""
    told = zip(hypothesis.changes, hypothesis.reasons, strict=True)
    return {change for change, reason in told if reason in _WITNESSES}


def chosen(cause: Cause) -> Hypothesis | None:
    """The only hypothesis that agrees with last year's 四, where others do not."""
    agreeing = [e for e in cause.hypotheses if e.agrees]
    return agreeing[0] if len(agreeing) == 1 else None


def names(words: Words, cause: Cause, across: str = "") -> dict[str, Any]:
    """How many ways there are, what last year says of them, what to check first. ``across``: the line in
    which a moved value stands, if one is the likeliest."""
    ways = words.say("ways" if cause.complete else "ways_open", count=len(cause.hypotheses))
    return {"ways": ways, "prior": _prior(words, cause), "check": _check(words, cause, across)}


def one_of_many(words: Words, cause: Cause) -> dict[str, Any] | None:
    """The names of a tie between the results of one applicants' column; None for any other."""
    ranker, best = words.ranker, cause.best
    family = alike(ranker, cause.hypotheses)
    likeliest = tied(words, cause)
    columns = {ranker.lines.column(c) for c in best.cells if not ranker.lines.column(c).total}
    if len(likeliest) < 2 or len(columns) != 1 or len({abs(error) for _, error in best.changes}) != 1:
        return None
    if any(e not in family for e in likeliest) or len({ranker.lines.row(c) for c in best.cells}) != 1:
        return None
    error = best.changes[0][1]
    what = words.slip(best) or gap(error)
    other = next((e for e in cause.hypotheses if e.pattern in _ELSEWHERE), None)
    return {
        "line": next(iter(columns)).line.short,
        "count": len(family),
        "what": what,
        "other": words.say("or", what=words.slip(other)) if other else "",
        "prior": _prior(words, cause),
    }


def prior_names(words: Words, cause: Cause) -> dict[str, Any] | None:
    """Last year's number that tells the hypotheses apart; None where it does not."""
    ranker, over = words.ranker, words.ranker.form.tables["table3"].carry_over
    if cause.best.agrees is None or over is None:
        return None
    columns = {ranker.lines.column(c) for e in cause.hypotheses for c in e.cells}
    places = [c for c in ranker.carried if ranker.lines.column(c) in columns]
    place = next((c for c in places if ranker.lines.column(c).total), places[0])
    return {
        "line": words.row_name(over.last_year),
        "column": words.at(place).column.short,
        "number": ranker.carried[place],
        "agreeing": sum(bool(e.agrees) for e in cause.hypotheses),
        "others": sum(not e.agrees for e in cause.hypotheses),
    }


def _prior(words: Words, cause: Cause) -> str:
    known = prior_names(words, cause)
    return words.say("agrees", **known) if known else ""


def _check(words: Words, cause: Cause, across: str) -> str:
    """Where to look first: a cell of the best hypothesis, then what another kind of slip would be; of a tie
    that it is one."""
    ranker, best = words.ranker, cause.best
    over = ranker.form.tables["table3"].carry_over
    place, error = min(best.changes, key=lambda ch: (words.at(ch[0]).is_total, best.changes.index(ch)))
    cell = words.at(place)
    if over and cell.row.id == over.this_year and cell.table == "table3" and not ranker.carried:
        last_year = {"line": words.row_name(over.last_year), "column": cell.column.short}
        said = words.say(
            "check_prior", number=words.right((place, error)), cell=words.cell(place), **last_year
        )
    elif len(tied(words, cause)) > 1:
        return words.say("tied")
    elif across:
        said = words.say("check_moved", line=across, reason=words.reason(best))
    else:
        reason = words.reason(best)
        reason = words.say("and", reason=reason) if reason else ""
        names = {"address": words.address(place), "value": words.value(place)}
        said = words.say("check", cell=words.cell(place), reason=reason, **names)
    other = _elsewhere(words, cause.hypotheses, best)
    return said + (words.say("then", what=other) if other else "")


def _elsewhere(words: Words, hypotheses: Sequence[Hypothesis], best: Hypothesis) -> str:
    others = (e for e in hypotheses if e.pattern != best.pattern)
    other = next((e for e in others if e.pattern in _ELSEWHERE), None)
    return words.slip(other) if other else ""
