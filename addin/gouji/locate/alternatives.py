"""The hypotheses of an undecided cause as few lines: like ones are said once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..records import dataclass
from .rank import Hypothesis, Ranker

#: Pattern, agreement with last year, (row, column, error) of each change; "" for what may differ.
Kind = tuple[str, bool | None, tuple[tuple[str, str, int], ...]]

#: So many hypotheses are said one by one; of more, like ones are put together.
_PLAIN = 5
#: Lines at most; what is left is one more.
_LINES = 8


@dataclass(frozen=True, slots=True)
class Family:
    """Hypotheses by their places among those of the cause, best first. ``rest``: of no common kind."""

    members: tuple[int, ...]
    rest: bool = False


def families(ranker: Ranker, hypotheses: Sequence[Hypothesis]) -> list[Family]:
    """One a line, in the order of their best members.

    Alike are hypotheses that change the same columns by the same numbers and differ in the results
    that they change; where that is not enough, those that differ in the applicants as well. Where some agree
    with last year's report, all others are one line.
    """
    every = [n for n, one in enumerate(hypotheses) if one.agrees is not False]
    contrary = tuple(n for n, one in enumerate(hypotheses) if one.agrees is False)
    last = [Family(contrary, rest=len(contrary) > 1)] if contrary and every else []
    return _alike(ranker, hypotheses, every or list(contrary)) + last


def alike(ranker: Ranker, hypotheses: Sequence[Hypothesis]) -> list[Hypothesis]:
    """Those that differ from the first only in the result that they change; the first among them."""
    kind = _by_rows(ranker)
    return [one for one in hypotheses if kind(one) == kind(hypotheses[0])]


def _alike(ranker: Ranker, hypotheses: Sequence[Hypothesis], every: Sequence[int]) -> list[Family]:
    alone = [Family((n,)) for n in every]
    if len(alone) <= _PLAIN:
        return alone
    found = alone
    for kind in (_by_rows(ranker), _by_columns(ranker)):
        groups: dict[Kind, list[int]] = {}
        for n in every:
            groups.setdefault(kind(hypotheses[n]), []).append(n)
        found = [Family(tuple(members)) for members in groups.values()]
        if len(found) <= _PLAIN:
            break
    if len(found) <= _LINES:
        return found
    rest = sorted(n for family in found[_LINES - 1 :] for n in family.members)
    return [*found[: _LINES - 1], Family(tuple(rest), rest=True)]


def _by_rows(ranker: Ranker) -> Callable[[Hypothesis], Kind]:
    table = ranker.form.tables["table3"]
    results = {part for row in table.rows() if row.is_total for part in row.total_of}

    def kind(one: Hypothesis) -> Kind:
        cells = [(ranker.form.cells[c], error) for c, error in one.changes]
        rows = [c.row.id if c.table != table.key or c.row.id not in results else "" for c, _ in cells]
        changed = sorted((row, c.column.id, e) for row, (c, e) in zip(rows, cells, strict=True))
        return one.pattern, one.agrees, tuple(changed)

    return kind


def _by_columns(ranker: Ranker) -> Callable[[Hypothesis], Kind]:
    by_rows = _by_rows(ranker)
    total = {c.column.id for c in ranker.form.cells if c.column.is_total}

    def kind(one: Hypothesis) -> Kind:
        pattern, agrees, changed = by_rows(one)
        return pattern, agrees, tuple(sorted((row, c if c in total else "", e) for row, c, e in changed))

    return kind
