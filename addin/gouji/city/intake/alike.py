"""Units that may be one under two names, with some numbers corrected since (``unit-alike``).

Who was renamed and corrected its report has neither name nor numbers in common with the result that holds it
under the old name; but most lines of its form are still the same. Different units never have that: small
lines are equal by chance, so that a line tells as much as its numbers are hard to hit (see the rule's
parameters for what was measured). It is a question: a person says in 撤并 that they are one, or in 说明与核实
that they are two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from ...records import dataclass
from ...rules import Catalogue, Finding
from ...workbook.kind import Part

RULE = "unit-alike"
#: A line that so many have tells nothing and is not looked up.
_COMMON = 40


@dataclass(frozen=True)
class Seen:
    """One unit that is in the sum. ``at``: the row by which; ``name``, ``file``: that row's; ``inside``: the
    unit is in that row's result, else it is the row itself."""

    at: int
    name: str
    file: str
    part: Part
    inside: bool = False

    @cached_property
    def weights(self) -> dict[str, int]:
        return self.part.weights()

    @cached_property
    def total(self) -> int:
        return sum(self.weights.values())


def alike(units: Sequence[Seen], rules: Catalogue) -> Iterator[Finding]:
    """One error a pair of different rows. All numbers the same is another matter (``unit-overlap``)."""
    rule = rules[RULE]
    if rule.off:
        return
    least, percent, many = (int(rule.parameters[key]) for key in ("from", "percent", "many"))
    for i, j in sorted(_meeting([one if one.total >= least else None for one in units])):
        # A unit by its own file comes first, beside the result that may hold it.
        one, other = sorted((units[i], units[j]), key=lambda seen: (seen.inside, seen.at))
        same = one.weights.keys() & other.weights.keys()
        common = sum(one.weights[line] for line in same)
        enough = common >= least and common * 100 >= percent * max(one.total, other.total)
        if enough and len(same) >= many and one.part.numbers != other.part.numbers:
            key = "both" if one.inside else "within" if other.inside else None
            place = "/".join(dict.fromkeys((one.name, one.part.unit, other.name, other.part.unit)))
            names: dict[str, Any] = {"other": other.name, "other_file": other.file, "own": one.part.unit}
            yield rule.finding(
                place,
                left=len(same),
                message=key,
                remedy="within" if key == "within" else None,
                unit=one.name,
                file=one.file,
                part=other.part.unit,
                count=len(same),
                id=f"{RULE}:{place}",
                **names,
            )


def _meeting(units: Sequence[Seen | None]) -> set[tuple[int, int]]:
    """Pairs of different rows that have a line in common."""
    lines: dict[str, list[int]] = {}
    for i, one in enumerate(units):
        for line in one.weights if one else ():
            lines.setdefault(line, []).append(i)
    found: set[tuple[int, int]] = set()
    for having in lines.values():
        if len(having) <= _COMMON:
            found.update((i, j) for i, j in combinations(having, 2) if _rows_differ(units[i], units[j]))
    return found


def _rows_differ(one: Seen | None, other: Seen | None) -> bool:
    return one is not None and other is not None and one.at != other.at
