"""Checks: pure functions from a report (and what is known beside it) to findings.

The list below is the order in which findings are said. Each function takes ``(report, context)``,
yields findings, keeps silent where it can not decide, and looks its wording up in the catalogue.

Rules that compare sums of cells (live rows of the workbook) are declared with a parameter ``compare``
in their entry and decided through ``comparisons.py``; the workbook builds its formulas from the same
declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..report import Report
from .catalogue import Catalogue, CatalogueError, Rule, catalogue
from .cells import check_cells
from .context import Context
from .equations import check_equations
from .finding import LEVELS, Finding, Level, State, Suspect, state_of

Check = Callable[[Report, Context], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_cells,
    check_equations,
)

__all__ = [
    "CHECKS",
    "LEVELS",
    "Catalogue",
    "CatalogueError",
    "Context",
    "Finding",
    "Level",
    "Rule",
    "State",
    "Suspect",
    "catalogue",
    "check",
    "state_of",
]


def check(report: Report, context: Context | None = None) -> list[Finding]:
    """Every finding of every active rule, one a broken equation, nothing folded (see ``locate``)."""
    context = context or Context()
    return [finding for each in CHECKS for finding in each(report, context)]
