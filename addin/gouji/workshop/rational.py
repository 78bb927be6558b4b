"""Is there a point x ≥ 0 with these linear constraints? Exact, in fractions: phase one of the simplex.

Small on purpose: the linter asks it about some dozens of constraints. Bland's rule, so it ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from ..records import dataclass

#: The column of a row that holds its right side.
_SIDE = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Σ coefficient · variable  (=, <=, >=)  ``side``. Variables are named and ≥ 0."""

    terms: Mapping[str, int]
    operator: Literal["=", "<=", ">="]
    side: int = 0


def feasible(constraints: Sequence[Constraint]) -> bool:
    """Whether a non-negative rational point satisfies all constraints."""
    rows, basis = _tableau(constraints)
    # The sum of all artificial variables, to be brought to 0.
    cost: dict[str, Fraction] = {}
    for row, name in zip(rows, basis, strict=True):
        if name.startswith("artificial"):
            _add(cost, row, Fraction(1))
    while cost.get(_SIDE, 0) > 0:
        names = [n for n, c in cost.items() if c > 0 and n != _SIDE and not n.startswith("artificial")]
        if not names:
            return False
        entering = min(names)
        leaving = min(
            (row[_SIDE] / row[entering], basis[i], i)
            for i, row in enumerate(rows)
            if row.get(entering, 0) > 0
        )[2]
        _pivot(rows, cost, leaving, entering)
        basis[leaving] = entering
    return True


def _tableau(constraints: Sequence[Constraint]) -> tuple[list[dict[str, Fraction]], list[str]]:
    """Rows with right sides ≥ 0, each with a basic variable of its own: a slack or an artificial one."""
    rows, basis = [], []
    for i, constraint in enumerate(constraints):
        row = {name: Fraction(c) for name, c in constraint.terms.items() if c}
        row[_SIDE] = Fraction(constraint.side)
        if constraint.operator != "=":
            row[f"slack {i:05d}"] = Fraction(1 if constraint.operator == "<=" else -1)
        if row[_SIDE] < 0 or (row[_SIDE] == 0 and row.get(f"slack {i:05d}", 0) < 0):
            row = {name: -c for name, c in row.items()}
        basic = f"slack {i:05d}"
        if row.get(basic, 0) <= 0:
            basic = f"artificial {i:05d}"
            row[basic] = Fraction(1)
        rows.append(row)
        basis.append(basic)
    return rows, basis


def _pivot(rows: list[dict[str, Fraction]], cost: dict[str, Fraction], at: int, entering: str) -> None:
    factor = rows[at][entering]
    row = rows[at] = {name: c / factor for name, c in rows[at].items()}
    row.setdefault(_SIDE, Fraction(0))
    for other in (*(r for i, r in enumerate(rows) if i != at), cost):
        if other.get(entering):
            _add(other, row, -other[entering])


def _add(to: dict[str, Fraction], row: Mapping[str, Fraction], times: Fraction) -> None:
    """to += times · row; zeros are left out, but the right side stays."""
    for name, c in row.items():
        total = to.get(name, Fraction(0)) + times * c
        if total or name == _SIDE:
            to[name] = total
        else:
            to.pop(name, None)
