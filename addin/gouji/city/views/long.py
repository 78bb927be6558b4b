"""The numbers of a run by their cells: what every view of numbers starts from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ...form import SLASH, Form, Table, TableKey
from ...report import Report
from ...wording import wording_of
from ..consolidate import Consolidation
from ..parting.same_units import TwoYears
from ..parting.saying import unit_list
from ..rows import Source, sources


class Long:
    """The numbers of a run by cell. None is held twice: of 10,000 units a cell is taken from their reports
    when it is asked for."""

    def __init__(self, city: Consolidation) -> None:
        self.city = city
        *self._units, self._city = sources(city)

    def parts(self, cell_id: str) -> list[tuple[Source, int]]:
        """The units that put something other than 0 into a cell, and what, in the order of the roster."""
        found = ((unit, unit.report.value(cell_id)) for unit in self._units)
        return [(unit, value) for unit, value in found if isinstance(value, int) and value]

    def total(self, cell_id: str) -> int:
        """The city's number, 0 where there is none."""
        value = self._city.report.value(cell_id)
        return value if isinstance(value, int) else 0

    @cached_property
    def before(self) -> Mapping[str, Report]:
        """The roster's name of a unit that was summed -> its report of last year."""
        last = self.city.last_year
        if last is None:
            return {}
        found = ((f.unit, last.unit(f.unit.name, f.unit.code)) for f in self.city.taken if f.unit)
        return {unit.name: report for unit, report in found if report}

    @property
    def applications(self) -> Table:
        """The table of applications: the one with a balance."""
        return applications(self.city.form)

    def of_units(self, cell_id: str) -> dict[str, int]:
        """Unit -> what it put into a cell, 0 left out."""
        return {unit.unit: value for unit, value in self.parts(cell_id)}


def applications(form: Form) -> Table:
    """三, known by its balance."""
    return next(table for table in form.tables.values() if table.balance)


def two_years(city: Consolidation, cells: tuple[str, ...]) -> TwoYears:
    """This year and last year as far as some cells of one table are of the same units in both."""
    first = city.form.by_id.get(cells[0])
    return city.same_units.of(first.table) if first else TwoYears()


def unlike(city: Consolidation, table: TableKey, key: str = "said") -> str:
    """Why last year's numbers of a table are not the whole of last year, or not there, or whose they are
    besides; a sentence, "" where both years are of the same units and where there is no last year. ``key``:
    of the wording, what follows of it."""
    same = city.same_units
    years = same.of(table)
    if same.prior is None or years.whole:
        return same.changes
    w = wording_of("gouji.city.views", "unlike")
    if key == "said" and years.beside:
        return str(w["beside"].format(units=years.units))
    if same.lacking:
        why = w["lacking"].format(count=len(same.lacking))
    elif same.others:
        why = w["others"].format(units=unit_list(same.others))
    else:
        why = w["partial"]
    return str(w[key].format(why=why))


def known(report: Report | None, cells: tuple[str, ...]) -> int | None:
    """The sum of some cells of a report; "/" counts 0. None where none of them holds anything, or where the
    report's edition does not have one of them."""
    if report is None or not all(cell in report.form.by_id for cell in cells):
        return None
    values = [report.value(cell) for cell in cells]
    found = [0 if value == SLASH else int(value) for value in values if value is not None]
    return sum(found) if found else None
