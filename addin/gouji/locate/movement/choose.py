"""Of all movements that explain a table, those that are told: one, or a tie."""

from __future__ import annotations

from collections.abc import Sequence

from ...records import dataclass
from ..rank import Ranker
from ..system import Change, Residual, System
from .sheet import Movement, Order
from .witnessed import witness

#: Failing equations that a movement mends, not used to find a number, before it stands by itself.
_SURE = 2


@dataclass(frozen=True, slots=True)
class Chosen:
    """``ways``: the movements, the likeliest first; they exclude one another. ``open_end``: they are one
    movement of which it is not known where it begins. ``decided``: nothing else of its size fits."""

    ways: tuple[Movement, ...]
    open_end: bool
    decided: bool


def chosen(ranker: Ranker, movements: Sequence[Movement], cells: int) -> Chosen | None:
    """None where there is none. ``cells``: so many cells at least would, each wrong by itself, explain it.

    A movement with more against it, in the texts and last year's report, than for it is dropped; where one is
    spoken for and others are not, it stands alone.
    """
    heard = [(m, witness(ranker, dict(m.right))) for m in movements]
    heard = [(m, w) for m, w in heard if w.against <= w.speaks]
    if not heard:
        return None
    most = max(w.speaks - w.against for _, w in heard)
    heard = [(m, w) for m, w in heard if w.speaks - w.against == most]
    least = min(m.order for m, _ in heard)
    ways = _distinct([m for m, _ in heard if m.order == least])
    alone = len(ways) == 1
    sure = least <= Order.NEAR and ways[0].confirmed >= _SURE and cells > _SURE
    return Chosen(
        ways=tuple(ways),
        open_end=not alone and len({(m.rule, m.how, m.lost) for m in ways}) == 1 and "edge" in ways[0].how,
        decided=alone and (most > 0 or sure),
    )


def _distinct(movements: Sequence[Movement]) -> list[Movement]:
    """One for each set of right numbers, the narrowest; of these a whole table first, then the narrowest."""
    found: dict[tuple[tuple[int, int], ...], Movement] = {}
    for movement in sorted(movements, key=lambda m: len(m.area)):
        found.setdefault(movement.right, movement)
    return sorted(found.values(), key=lambda m: not m.how.startswith("whole"))


def one_cell(system: System, values: Sequence[int], residual: Residual) -> list[Change]:
    """The cells that, each alone, explain everything."""
    found = []
    equation, left = next(iter(residual.items()))
    for cell, sign in system.cells_of[equation]:
        error = left * sign
        mends = system.of_cell[cell]
        mended = len(mends) == len(residual) and all(residual.get(e) == s * error for e, s in mends)
        if mended and values[cell] >= error:
            found.append((cell, error))
    return found
