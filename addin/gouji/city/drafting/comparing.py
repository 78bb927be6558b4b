"""Last year, as far as it is of the same units: a city that sums other units grows by that alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ...form import TABLE_KEYS, TableKey
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ..approving.telling import excused
from ..consolidate import Consolidation
from ..parting.saying import unit_list
from .coverage import Coverage

_PACKAGE = "gouji.city.drafting"


@dataclass(frozen=True)
class Compared:
    """``prior``: last year's report, without the tables that are not of the same units; None where nothing
    is. ``why``: what is not compared and why, a sentence each, () where last year is not known at all."""

    prior: Report | None
    why: Sequence[str] = ()


def compared_of(city: Consolidation, coverage: Coverage) -> Compared:
    """The city's own report of the year before, to be compared with (see :mod:`..parting.same_units`)."""
    same = city.same_units
    if same.prior is None:
        return Compared(None)
    words = wording_of(_PACKAGE, "warnings")
    if same.lacking:
        return Compared(None, (words["compared"],))
    if same.others:
        lawful = {row.unit.name for row, _ in excused(city)}
        # Who merely does not report has merged with nobody.
        key = "other_lawful" if lawful.issuperset(same.others) else "other_units"
        return Compared(None, (words[key].format(units=unit_list(same.others)),))
    partial = [key for key in TABLE_KEYS if coverage.limit((key,)) or key in same.partial]
    return Compared(_without(same.prior, partial), tuple(_partial_said(same.prior, partial)))


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
