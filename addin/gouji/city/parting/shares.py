"""A linear error of the sum in parts: one number a unit and adjustment, which add up to it exactly.

Whatever a rule compares is a sum of cells, each times a whole number (:data:`Functional`), of this year and
of last year. The sum of several reports has of it what its units have together; what is left are adjustments,
and what last year's city reported beyond its units. Two years are compared over the units that both have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from ...form import Value
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding, Share
from ...rules.equations import rule_of
from ...rules.ledger import carries_over
from ...rules.numbers import Numbers
from ...rules.relations import Relation, Term, relations
from ..intake.names import plain_name
from ..sum.adjust import Applied, adjusted
from ..sum.last_year import LastYear
from ..sum.summing import sum_values
from .pairing import Pair

#: Rules that compare a cell with the same cell of last year.
SAME_CELL = frozenset(("money-ratio", "decisions-jump", "outlier-year"))
#: Others that look at last year's numbers.
_YEAR = frozenset((*SAME_CELL, "all-zero"))


class Addend(NamedTuple):
    """``factor`` times a cell of this year, or (``prior``) of last year's report."""

    cell: str
    factor: int
    prior: bool


Functional = tuple[Addend, ...]


@dataclass(frozen=True)
class Ground:
    """What a sum is made of. ``city``: with its adjustments. ``parts``: (unit, report) of this year.
    ``pairs``: beside last year's, None where last year's units are not known."""

    city: Report
    parts: Sequence[tuple[str, Report]]
    applied: Sequence[Applied] = ()
    last: LastYear | None = None
    pairs: Sequence[Pair] | None = None

    @cached_property
    def compared(self) -> tuple[Pair, ...]:
        """The units that both years have."""
        return tuple(pair for pair in self.pairs or () if pair.kind == "both")

    @cached_property
    def beside(self) -> tuple[Pair, ...]:
        """Those that only one year has."""
        return tuple(pair for pair in self.pairs or () if pair.kind != "both")

    @cached_property
    def of_compared(self) -> tuple[Applied, ...]:
        """The adjustments of the sum itself and of units that are compared."""
        apart = {plain_name(name) for pair in self.beside for name in pair.units}
        return tuple(one for one in self.applied if plain_name(one.unit) not in apart)

    @cached_property
    def rest(self) -> dict[str, int]:
        """Cell id -> what last year's city reported beyond its units (adjustments of last year)."""
        if self.last is None or not self.last.units:
            return {}
        city, units = self.last.city, self.last.units
        sums = [sum(column) for column in zip(*(_vector(city, unit) for unit in units), strict=True)]
        beyond = zip(city.form.cells, city.vector(), sums, strict=True)
        return {cell.id: number - of_units for cell, number, of_units in beyond if number != of_units}

    def two_years(self) -> tuple[Report, Report] | None:
        """This year and last year over the same units; None where that is not known, or no unit has both."""
        if self.last is None:
            return None
        if self.pairs is None or not self.beside:
            return self.city, self.last.city
        if not self.compared:
            return None
        now = [report for pair in self.compared for report in pair.now]
        before = [report for pair in self.compared for report in pair.before]
        this = adjusted(sum_values(self.city.form, now), self.of_compared)
        prior = sum_values(self.last.city.form, before)
        for cell, number in self.rest.items():
            prior[cell] = _number(prior.get(cell)) + number
        now_ = replace(self.city, values=this, texts=None, notes={}, marks={})
        return now_, replace(self.last.city, values=prior, texts=None)

    def shares(self, of: Functional, own: str) -> tuple[tuple[Share, ...], tuple[Share, ...]]:
        """Who makes the number, and who would beside the units that are compared; nobody with 0, the largest
        first. ``own``: why a unit has a share of its own."""
        if self.pairs is None or not any(addend.prior for addend in of):
            units = [Share(name, _sum(of, (report,), ()), own) for name, report in self.parts]
            return _sorted([*units, *_adjustments(of, self.applied)]), ()
        units = [Share(p.unit, _sum(of, p.now, p.before), own) for p in self.compared]
        last = [Share(*self._rest(of))]
        inside = [*units, *_adjustments(of, self.of_compared), *last]
        apart = [Share(p.unit, _sum(of, p.now, p.before), p.kind) for p in self.beside]
        others = [one for one in self.applied if one not in self.of_compared]
        return _sorted(inside), _sorted([*apart, *_adjustments(of, others)])

    def _rest(self, of: Functional) -> tuple[str, int, str]:
        """What last year's city reported beyond its units; known where all of it is last year's own 调整,
        which has its reason."""
        cells = [(a.cell, a.factor) for a in of if a.prior]
        known = self.last is not None and all(
            self.last.moved.get(cell, 0) == self.rest.get(cell, 0) for cell, _ in cells
        )
        amount = sum(factor * self.rest.get(cell, 0) for cell, factor in cells)
        return "", amount, "rest_known" if known else "rest"

    def functional(self, finding: Finding, rules: Catalogue, two: tuple[Report, Report]) -> Functional | None:
        """left − right of a finding as a sum of cells; None where it is none. ``two``: the reports in which
        it was found."""
        this, prior = two
        equation = this.form.equation.get(finding.place)
        if equation and rule_of(equation) == finding.rule:
            left = [Addend(cell, 1, False) for cell in equation.left]
            return (*left, *(Addend(cell, -1, False) for cell in equation.right))
        if finding.rule in SAME_CELL:
            sums = finding.rule == "outlier-year"
            both = ((1, False, this), (-1, True, prior))
            return _all(_read(finding.place, *each, sums=sums) for each in both)
        relation = self._relation(finding, rules, this)
        if relation is None or relation.operator == "zero-together":
            return None
        return _all(
            _read(
                term.cell, sign * term.factor, term.prior, prior if term.prior else this, sums=relation.sums
            )
            for sign, side in ((1, relation.left), (-1, relation.right))
            for term in side
        )

    @staticmethod
    def _relation(finding: Finding, rules: Catalogue, report: Report) -> Relation | None:
        found = relations(report.form, rules)
        return next((r for r in found if (r.rule, r.place) == (finding.rule, finding.place)), None)


def is_of_two_years(finding: Finding, rules: Catalogue, report: Report) -> bool:
    """Whether the finding looks at last year's numbers; the carry-over is a matter of its own (结转核对)."""
    if carries_over(rules[finding.rule]):
        return False
    if finding.rule in _YEAR:
        return True
    found = (r for r in relations(report.form, rules) if r.rule == finding.rule)
    return any(_prior(relation.terms) for relation in found)


def _prior(terms: Iterable[Term]) -> bool:
    return any(term.prior for term in terms)


def _read(cell: str, factor: int, prior: bool, report: Report, *, sums: bool) -> Functional | None:
    """The cell as a rule reads it there: itself, or the parts that stand in for a total."""
    cells = Numbers(report, sums=sums).cells(cell)
    return None if cells is None else tuple(Addend(each, factor, prior) for each in cells)


def _all(found: Iterable[Functional | None]) -> Functional | None:
    each = list(found)
    known = [functional for functional in each if functional is not None]
    return tuple(addend for functional in known for addend in functional) if len(known) == len(each) else None


def _sum(of: Functional, now: Sequence[Report], before: Sequence[Report]) -> int:
    return sum(a.factor * report.number(a.cell) for a in of for report in (before if a.prior else now))


def _adjustments(of: Functional, applied: Iterable[Applied]) -> Iterator[Share]:
    """One a line and unit; the two sides of one that moves between units cancel out."""
    factors: dict[str, int] = {}
    for addend in of:
        if not addend.prior:
            factors[addend.cell] = factors.get(addend.cell, 0) + addend.factor
    found: dict[int, list[tuple[str, int]]] = {}
    for one in applied:
        amount = factors.get(one.cell, 0) * one.change
        found.setdefault(one.written.line, []).append((one.unit, amount))
    for line, sides in found.items():
        yield Share(sides[0][0], sum(amount for _, amount in sides), "adjusted", line)


def _sorted(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted((share for share in shares if share.amount), key=lambda share: -abs(share.amount)))


def _vector(city: Report, unit: Report) -> list[int]:
    return city.form.vector(unit.values)


def _number(value: Value) -> int:
    return value if isinstance(value, int) else 0


def totals(shares: Iterable[Share]) -> int:
    """What shares add up to."""
    return sum(share.amount for share in shares)


def by_line(applied: Iterable[Applied]) -> Mapping[int, list[Applied]]:
    """The sides of each line of 调整表."""
    found: dict[int, list[Applied]] = {}
    for one in applied:
        found.setdefault(one.written.line, []).append(one)
    return found
