"""The rows of a run by their cells: what every view of numbers starts from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from ...form import SLASH, Form, Table
from ...report import Report
from ..consolidate import Consolidation
from ..rows import Row, rows


class Long:
    """``parts``: cell id -> the rows of the units that put something other than 0 into it, as the roster has
    them; ``total``: cell id -> the city's number, 0 where there is none. What is 0 is not kept: of 10,000
    units memory grows with what they reported."""

    def __init__(self, city: Consolidation) -> None:
        self.city = city
        self.parts: dict[str, list[Row]] = {}
        self.total: dict[str, int] = {}
        for row in rows(city):
            if not row.file:
                self.total[row.cell] = row.value or 0
            elif row.value:
                self.parts.setdefault(row.cell, []).append(row)

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
        return {row.unit: row.value for row in self.parts.get(cell_id, ()) if row.value}


def applications(form: Form) -> Table:
    """三, known by its balance."""
    return next(table for table in form.tables.values() if table.balance)


def known(report: Report | None, cells: tuple[str, ...]) -> int | None:
    """The sum of some cells of a report; "/" counts 0. None where none of them holds anything, or where the
    report's edition does not have one of them."""
    if report is None or not all(cell in report.form.by_id for cell in cells):
        return None
    values = [report.value(cell) for cell in cells]
    found = [0 if value == SLASH else int(value) for value in values if value is not None]
    return sum(found) if found else None
