"""Last year, as far as it is of the same units: a city that sums other units grows by that alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ...form import TABLE_KEYS, TableKey
from ...report import Report
from ...wording import wording_of
from ..approving.telling import excused, lacking
from ..consolidate import Consolidation
from ..parting.merging import succession
from ..parting.pairing import Pair, pairs
from ..parting.saying import unit_list
from .coverage import Coverage, has_table

_PACKAGE = "gouji.city.drafting"


@dataclass(frozen=True)
class Compared:
    """``prior``: last year's report, without the tables that are not of the same units; None where nothing
    is. ``why``: what is not compared and why, a sentence each, () where last year is not known at all."""

    prior: Report | None
    why: Sequence[str] = ()


def compared_of(city: Consolidation, coverage: Coverage) -> Compared:
    """The city's own report of the year before, to be compared with.

    What 撤并 declares (merged, renamed, newly set up, ended) is the same city; any other difference of the
    units is not. A file of last year without units is taken as it is.
    """
    prior = city.prior if city.prior and city.prior.year == city.report.year - 1 else None
    if prior is None:
        return Compared(None)
    words = wording_of(_PACKAGE, "warnings")
    if lacking(city):
        return Compared(None, (words["compared"],))
    paired = _pairs(city)
    others = [pair.unit for pair in paired if not _same(pair)]
    if others:
        lawful = {row.unit.name for row, _ in excused(city)}
        # Who merely does not report has merged with nobody.
        key = "other_lawful" if lawful.issuperset(others) else "other_units"
        return Compared(None, (words[key].format(units=unit_list(others)),))
    reports = [report for pair in paired for report in pair.before]
    partial = [
        key
        for key in TABLE_KEYS
        if coverage.limit((key,)) or not all(has_table(report, key) for report in reports)
    ]
    return Compared(_without(prior, partial), tuple(_partial_said(prior, partial)))


def _pairs(city: Consolidation) -> Sequence[Pair]:
    last = city.last_year
    if not last or not last.units:
        return ()
    declared = succession(city.desk.mergers if city.desk else (), city.roster, last)
    return pairs(city.parts, city.roster.units, last, declared)


def _same(pair: Pair) -> bool:
    """Whether a pair is in both sums, or is what the office declared it to be."""
    return pair.kind == "both" or (pair.declared and pair.kind in ("new", "ended"))


def _without(prior: Report, tables: Iterable[TableKey]) -> Report:
    dropped = set(tables)
    if not dropped:
        return prior
    cells = {cell.id for cell in prior.form.cells if cell.table in dropped}
    return replace(prior, values={cell: value for cell, value in prior.values.items() if cell not in cells})


def _partial_said(prior: Report, tables: Sequence[TableKey]) -> Iterable[str]:
    if tables:
        words = wording_of(_PACKAGE, "warnings")
        names = words["and"].join(prior.form.tables[key].section.number for key in tables)
        yield words["other_tables"].format(tables=names)
