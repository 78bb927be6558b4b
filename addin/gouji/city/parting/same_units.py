"""Last year, as far as it is of the same units: the one decision by which 首页, 分析, the web page and the
sentences of the report compare two years.

A city that sums other units grows by that alone. What 撤并 declares (merged, renamed, newly set up, ended) is
the same city, compared whole; where units came or went so, that is said beside it. Any other difference of
the units is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...form import TABLE_KEYS, TableKey
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ...workbook.kind import parts_of
from ..approving.telling import lacking
from ..intake.names import plain_name
from .merging import succession
from .pairing import Pair, PairKind, has_table, pairs
from .saying import unit_list
from .shares import Ground

if TYPE_CHECKING:
    from ..consolidate import Consolidation


@dataclass(frozen=True)
class TwoYears:
    """One table of two years over the same units. ``now``, ``before``: reports to read it from, None where
    nothing can be compared; ``units``: how many units that is, None where it is the whole of both years;
    ``everybody``: whether these are all units that this year's number is of."""

    now: Report | None = None
    before: Report | None = None
    units: int | None = None
    everybody: bool = True

    @property
    def whole(self) -> bool:
        return self.before is not None and self.units is None

    @property
    def beside(self) -> Report | None:
        """What may stand beside the city's own number of this year."""
        return self.before if self.everybody else None


@dataclass(frozen=True)
class SameUnits:
    """``prior``: the city's own report of the year before, None where it is not known. ``paired``: this
    year's units beside last year's, () where last year's are not known; ``lacking``: units that should be in
    the sum and are not."""

    ground: Ground
    prior: Report | None
    paired: Sequence[Pair] = ()
    lacking: tuple[str, ...] = ()
    _made: dict[tuple[bool, ...], TwoYears] = field(default_factory=dict, compare=False)

    @cached_property
    def others(self) -> tuple[str, ...]:
        """Units of one year alone that no 撤并 accounts for."""
        return tuple(pair.unit for pair in self.paired if not _same(pair))

    @cached_property
    def partial(self) -> tuple[TableKey, ...]:
        """Tables that some unit did not put into one of the two sums."""
        now = [report for _, report in self.ground.parts]
        before = [report for pair in self.paired for report in pair.before]
        return tuple(k for k in TABLE_KEYS if not all(has_table(report, k) for report in (*now, *before)))

    @cached_property
    def changes(self) -> str:
        """Who was newly set up and who ended, by 撤并, in a sentence: compared whole, two years differ by
        them. "" where nobody was, and where the two years are not compared whole."""
        if self.prior is None or self.lacking or self.others:
            return ""
        words = wording_of("gouji.city.parting", "changed")
        kinds: tuple[PairKind, ...] = ("new", "ended")
        units = {kind: [u for pair in self.paired if pair.kind == kind for u in pair.units] for kind in kinds}
        said = [words[kind].format(units=unit_list(found)) for kind, found in units.items() if found]
        return str(words["said"].format(changes=words["between"].join(said))) if said else ""

    @property
    def whole(self) -> bool:
        """Whether both years are of the same units in every table."""
        return bool(self.prior) and not (self.lacking or self.others or self.partial)

    def of(self, table: TableKey) -> TwoYears:
        """The table in both years, over the units that put it into both sums."""
        if self.prior is None:
            return TwoYears()
        if not (self.lacking or self.others or table in self.partial):
            return TwoYears(self.ground.city, self.prior)
        fit = tuple(_fits(pair, table) for pair in self.paired)
        if fit not in self._made:
            self._made[fit] = self._over(fit)
        return self._made[fit]

    def _over(self, fit: tuple[bool, ...]) -> TwoYears:
        beside = [p if good else replace(p, kind="absent") for p, good in zip(self.paired, fit, strict=True)]
        two = replace(self.ground, pairs=tuple(beside)).two_years() if any(fit) else None
        if two is None:
            return TwoYears()
        units = sum(len(pair.now) for pair, good in zip(self.paired, fit, strict=True) if good)
        return TwoYears(*two, units, units == len(self.ground.parts))


def same_units(city: Consolidation) -> SameUnits:
    """The two years of a consolidation. A file of last year without units is taken as it is."""
    prior = city.prior if city.prior and city.prior.year == city.report.year - 1 else None
    last = city.last_year if prior else None
    paired: Sequence[Pair] = ()
    if last and last.units:
        within = {plain_name(p.unit) for _, report in city.parts for p in parts_of(report) or ()}
        declared = succession(city.desk.mergers, city.roster, last, within)
        paired = pairs(city.parts, city.roster.units, last, declared)
    ground = Ground(city.report, city.parts, city.adjustments, last)
    return SameUnits(ground, prior, paired, tuple(row.unit.name for row in lacking(city)))


def _same(pair: Pair) -> bool:
    """Whether a pair is in both sums, or is what the office declared it to be."""
    return pair.kind == "both" or (pair.declared and pair.kind in ("new", "ended"))


def _fits(pair: Pair, table: TableKey) -> bool:
    return pair.kind == "both" and all(has_table(report, table) for report in (*pair.now, *pair.before))
