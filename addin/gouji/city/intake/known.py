"""What is known beside a report before it is read, and once it is known whose it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ...records import dataclass
from ...report import Report
from ...rules import Context

if TYPE_CHECKING:
    from ..sum.last_year import LastYear
    from .roster import Roster


@dataclass(frozen=True)
class Known:
    """What is known beside the files: ``context`` for all, what the roster and last year say of a unit."""

    context: Context
    roster: Roster | None = None
    last_year: LastYear | None = None

    def about(self, report: Report) -> Context:
        """What is known of the unit of a report; a unit that is not on the roster goes by its own name."""
        return self.about_unit(report.unit, report.code)

    def about_unit(self, name: str, code: str | None) -> Context:
        """The same, by what the report says of itself: its unit's name and code."""
        unit = self.roster.find(name, code) if self.roster else None
        context = (
            replace(self.context, rule_making=unit.rule_making, kind=unit.kind) if unit else self.context
        )
        if self.last_year is None:
            return context
        return self.last_year.context(context, unit.name if unit else name, (unit and unit.code) or code)
