"""All smallest sets of wrong cells that explain a residual (Fellegi and Holt's principle, 1976).

Branch and bound. A broken row needs a wrong cell in that row, a broken column one in that column;
the larger count bounds the size from below, and where the bound is met, each broken line holds
exactly the cells it needs and their errors follow from its residual. Where it is not, some equation
still holds exactly one of the wrong cells, whose error is then that equation's residual: every
broken equation is tried as that one. Corrected values must be legal, which decides most pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from ..records import dataclass
from .system import Change, Residual, System

#: What a search may spend: a state costs 1 and 1 for every 4 broken equations, about 10 µs each. Counted,
#: not timed, so that the answer to one file is always the same.
BUDGET = 6000
#: No more hypotheses than this are told apart; more are a tie that nobody reads through.
EXPLANATIONS = 200
#: Sizes tried beyond the lower bound.
_SLACK = 2
#: Up to this size one equation always holds exactly one of the wrong cells: three cells that all
#: meet another one in each of their lines do not exist, four are the corners of a rectangle.
_ALWAYS_TRIANGULAR = 3


@dataclass(slots=True)
class Search:
    """``values``: the typed numbers. ``pinned``: cells whose right value is known. ``signed``: cells
    that may be negative."""

    system: System
    values: Sequence[int]
    pinned: Mapping[int, int] = field(default_factory=dict)
    signed: frozenset[int] = frozenset()
    budget: int = BUDGET
    _found: dict[frozenset[Change], None] = field(default_factory=dict)
    _seen: set[frozenset[Change]] = field(default_factory=set)
    _cut: bool = False

    def hypotheses(self, residual: Residual) -> tuple[list[frozenset[Change]], bool]:
        """Every smallest hypothesis, and whether these are surely all of that size or smaller."""
        bound = max(self._needs(residual)[1])
        for size in range(bound, bound + 1 + _SLACK):
            self._seen.clear()
            self._grow(residual, {}, size)
            if self._found or self._cut:
                break
        surely = not self._cut and (size == bound or size <= _ALWAYS_TRIANGULAR)
        return list(self._found), surely

    def guesses(self, residual: Residual) -> list[Change]:
        """Cells whose correction repairs most, one after the other, while each repairs more than one
        equation. What is left to say when the search runs out: where to look first, not what is wrong."""
        guessed: list[Change] = []
        while residual:
            done = {cell for cell, _ in guessed}
            leaves = (c for c in self._leaves(residual, residual) if c[0] not in done)
            tried = [c for c in leaves if self.legal(*c) and self._within(*c, dict(guessed))]
            best = min(tried, key=lambda c: (len(self.after(residual, *c)), c), default=None)
            if best is None or len(rest := self.after(residual, *best)) > len(residual) - 2:
                break
            guessed.append(best)
            residual = rest
        return guessed

    def legal(self, cell: int, error: int) -> bool:
        right = self.values[cell] - error
        return (right >= 0 or cell in self.signed) and self.pinned.get(cell, right) == right

    def _within(self, cell: int, error: int, corrected: Mapping[int, int]) -> bool:
        """Whether the value is no more than the other side of each of its equations, as corrected so far."""
        right = self.values[cell] - error
        for equation, sign in self.system.of_cell[cell]:
            other = (c for c, s in self.system.cells_of[equation] if s != sign)
            if right > sum(self.values[c] - corrected.get(c, 0) for c in other):
                return False
        return True

    def after(self, residual: Residual, cell: int, error: int) -> Residual:
        """The residual that is left when ``cell`` is corrected by ``error``."""
        rest = dict(residual)
        for equation, sign in self.system.of_cell[cell]:
            if left := rest.get(equation, 0) - sign * error:
                rest[equation] = left
            else:
                del rest[equation]
        return rest

    def _grow(self, residual: Residual, chosen: dict[int, int], size: int) -> None:
        if not residual:
            self._found[frozenset(chosen.items())] = None
            self._cut |= len(self._found) >= EXPLANATIONS
            return
        key = frozenset(chosen.items())
        if size == 0 or self._cut or key in self._seen:
            return
        self._seen.add(key)
        self.budget -= 1 + len(residual) // 4
        if self.budget < 0:
            self._cut = True
            return
        units, needs = self._needs(residual)
        if max(needs) > size:
            return
        for cell, error in self._choices(residual, chosen, size, units, needs):
            chosen[cell] = error
            self._grow(self.after(residual, cell, error), chosen, size - 1)
            del chosen[cell]

    def _needs(self, residual: Residual) -> tuple[dict[int, list[int]], list[int]]:
        """Broken equations by unit, and how many wrong cells the rows and the columns need at least."""
        system = self.system
        units: dict[int, list[int]] = {}
        for equation in residual:
            units.setdefault(system.unit[equation], []).append(equation)
        needs = [0, 0]
        for equations in units.values():
            family = system.family[equations[0]]
            needs[family] += 1 if len(equations) == 1 or self._alone(residual, equations, family) else 2
        return units, needs

    def _alone(self, residual: Residual, equations: list[int], family: int) -> list[Change]:
        """The cells that, each alone, explain all that is broken in one unit and break nothing there."""
        found = []
        system = self.system
        first = equations[0]
        for cell, sign in system.cells_of[first]:
            within = system.of_cell_in[cell][family]
            error = residual[first] * sign
            if len(within) == len(equations) and all(residual.get(e) == s * error for e, s in within):
                found.append((cell, error))
        return found

    def _choices(
        self,
        residual: Residual,
        chosen: dict[int, int],
        size: int,
        units: dict[int, list[int]],
        needs: list[int],
    ) -> list[Change]:
        """What the next wrong cell may be: of the line with the fewest choices where the bound is met."""
        best: list[Change] | None = None
        for family in (0, 1):
            if needs[family] != size:
                continue
            options = []
            for equations in units.values():
                if self.system.family[equations[0]] != family:
                    continue
                these = self._alone(residual, equations, family) or self._leaves(residual, equations)
                these = [c for c in these if c[0] not in chosen and self.legal(*c)]
                if not these:
                    return []
                options.append(these)
            if len(options) == size > 1:
                if not self._reachable(residual, options, 1 - family):
                    return []
                options += self._crossing(residual, options, 1 - family)
            best = min(*options, best or options[0], key=len)
        if best is not None:
            return best
        return [c for c in self._leaves(residual, residual) if c[0] not in chosen and self.legal(*c)]

    def _reachable(self, residual: Residual, options: list[list[Change]], family: int) -> bool:
        """Whether one option of each line can, together, make up the residuals of the crossing lines.

        Sums of least and greatest contributions only: enough to cut the choices among the parts of
        many rows as soon as one of them leaves a total column short.
        """
        low: dict[int, int] = {}
        high: dict[int, int] = {}
        for these in options:
            touched: dict[int, list[int]] = {}
            for cell, error in these:
                for equation, sign in self.system.of_cell_in[cell][family]:
                    touched.setdefault(equation, []).append(sign * error)
            for equation, sums in touched.items():
                if len(sums) < len(these):
                    sums.append(0)
                low[equation] = low.get(equation, 0) + min(sums)
                high[equation] = high.get(equation, 0) + max(sums)
        crossing = {e: r for e, r in residual.items() if self.system.family[e] == family}
        return all(
            low.get(e, 0) <= crossing.get(e, 0) <= high.get(e, 0) for e in low.keys() | crossing.keys()
        )

    def _crossing(self, residual: Residual, options: list[list[Change]], family: int) -> list[list[Change]]:
        """For each broken crossing line the options that stand in it: one of them is true. Once one cell
        of a row is chosen, the rest of the row follows before any other row is tried."""
        at: dict[int, list[Change]] = {e: [] for e in residual if self.system.family[e] == family}
        for these in options:
            for change in these:
                for equation, _ in self.system.of_cell_in[change[0]][family]:
                    if equation in at:
                        at[equation].append(change)
        return list(at.values())

    def _leaves(self, residual: Residual, equations: Sequence[int] | Residual) -> list[Change]:
        """Each cell of these equations as the only wrong one of one of them."""
        found = {
            (cell, residual[equation] * sign)
            for equation in equations
            for cell, sign in self.system.cells_of[equation]
        }
        return sorted(found)
