"""What the texts and last year's report say against a cause. They may take certainty away, never give it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from ..records import dataclass
from ..rules import Finding
from ..rules.catalogue import Catalogue
from .rank import Ranker
from .system import Change


@dataclass(frozen=True, slots=True)
class Doubt:
    """A witness that knows another number than the cause: the text, or last year's 四. ``place``: the cell of
    which it speaks, ``number``: what it says."""

    kind: Literal["stated", "carried"]
    place: int
    number: int


def doubt(ranker: Ranker, changes: Iterable[Change]) -> Doubt | None:
    """The first witness against these changes, or None.

    Against is who confirms a number that the changes take away, typed or as the sum of its parts, and does
    not know the new one; and a text that contradicts a cell from which the new number is reckoned.
    """
    return next(_doubts(ranker, dict(changes)), None)


def _doubts(ranker: Ranker, errors: dict[int, int]) -> Iterator[Doubt]:
    form, values = ranker.form, ranker.values
    for place, error in errors.items():
        yield from _against(ranker, place, values[place], values[place] - error)
    touched = {e.id: e for place in errors for e in form.equations_of[form.cells[place].id]}
    for equation in touched.values():
        if equation.kind == "balance":
            continue
        parts, (total,) = [form.index[c] for c in equation.left], [form.index[c] for c in equation.right]
        before = sum(values[p] for p in parts)
        yield from _against(ranker, total, before, before - sum(errors.get(p, 0) for p in parts))
        for place in (*parts, total):
            said = ranker.contradicted.get(place)
            if said is not None and values[place] - errors.get(place, 0) != said:
                yield Doubt("stated", place, said)


def _against(ranker: Ranker, place: int, old: int, new: int) -> Iterator[Doubt]:
    if old == new:
        return
    stated = ranker.stated(place)
    if old in stated and new not in stated:
        yield Doubt("stated", place, old)
    if ranker.carried.get(place) == old:
        yield Doubt("carried", place, old)


def contradicted(ranker: Ranker, findings: Iterable[Finding], rules: Catalogue) -> dict[int, int]:
    """Cells of which a finding says that the text has another number -> that number."""
    found: dict[int, int] = {}
    for finding in (f for f in findings if rules[f.rule].about == "prose"):
        for place in (ranker.form.index[c] for c in finding.cells if c in ranker.form.index):
            stated = ranker.stated(place)
            if len(finding.cells) == 1 and finding.right is not None:
                found[place] = finding.right
            elif stated and ranker.values[place] not in stated:
                found[place] = min(stated)
    return found
