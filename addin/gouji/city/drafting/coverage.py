"""Of which units the city's numbers are: what is said of them must not be said of units that are not in them.

A unit that was not summed, or of which a table could not be summed, limits every sentence on that table. A
cell that a unit of the sum left blank is no 0: what rests on it is not said at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

from ...form import TABLE_KEYS, TableKey
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ..approving.telling import excused
from ..consolidate import Consolidation
from ..parting.pairing import has_table
from .figures import Unknown

_PACKAGE = "gouji.city.drafting"


class Unfilled(Unknown):
    """A number of which some units say nothing: ``units`` left a cell of it blank."""

    def __init__(self, units: Sequence[str]) -> None:
        super().__init__(*units)
        self.units = tuple(units)


@dataclass(frozen=True)
class Limit:
    """``count`` of the ``expected`` units are in a number."""

    count: int
    expected: int

    def said(self, sentence: str, *, again: bool) -> str:
        """The sentence of these units; ``again``: where the one before it is of the same ones."""
        words = wording_of(_PACKAGE, "limits")
        return str(
            words["again" if again else "first"].format(
                count=self.count, expected=self.expected, said=sentence
            )
        )


@dataclass(frozen=True)
class Coverage:
    """``parts``: (unit, report) of what was summed; ``expected``: how many units report, without those that
    lawfully do not."""

    parts: Sequence[tuple[str, Report]]
    expected: int

    def limit(self, tables: Iterable[TableKey]) -> Limit | None:
        """Of how many units all these tables are; None where it is all of them."""
        counts = [self._summed[key] for key in tables]
        count = min(counts, default=self.expected)
        return Limit(count, self.expected) if count < self.expected else None

    def check(self, cells: Iterable[str]) -> None:
        """Raise :class:`Unfilled` where a unit whose table was summed left one of the cells blank."""
        units = [unit for cell in cells for unit in self._unfilled.get(cell, ())]
        if units:
            raise Unfilled(list(dict.fromkeys(units)))

    @cached_property
    def _summed(self) -> dict[TableKey, int]:
        return {key: sum(has_table(report, key) for _, report in self.parts) for key in TABLE_KEYS}

    @cached_property
    def _unfilled(self) -> dict[str, list[str]]:
        """Cell -> the units that left it blank, in a table of theirs that was summed."""
        found: dict[str, list[str]] = {}
        for unit, report in self.parts:
            if report.is_complete:
                continue
            open_tables = {key for key in TABLE_KEYS if has_table(report, key) and not report.declared(key)}
            for cell in report.form.cells:
                if cell.table in open_tables and report.is_blank(cell.id):
                    found.setdefault(cell.id, []).append(unit)
        return found


def coverage_of(city: Consolidation) -> Coverage:
    """The coverage of a city's sum."""
    return Coverage(city.parts, len(city.units) - len(excused(city)))
