"""Checks: pure functions from a report (and what is known beside it) to findings.

The list below is the order in which findings are said. Each function takes ``(report, context)``,
yields findings, keeps silent where it can not decide, and looks its wording up in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..report import Report
from .carry_over import check_carry_over
from .catalogue import Catalogue, CatalogueError, Rule, catalogue
from .cells import check_cells
from .context import Context
from .cover import check_cover
from .equations import check_equations
from .finding import LEVELS, Alternative, Finding, Level, State, Suspect, state_of
from .injected import check_injected
from .outliers import check_outliers, peer_outliers
from .problems import check_problems
from .prose import check_prose, stated_numbers
from .similar import check_repeated, shared_texts
from .table2 import check_table2
from .table3 import check_table3
from .table4 import check_table4
from .texts import check_texts

Check = Callable[[Report, Context], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    check_cover,
    check_cells,
    check_equations,
    check_carry_over,
    check_table2,
    check_table3,
    check_table4,
    check_problems,
    check_outliers,
    check_prose,
    check_texts,
    check_repeated,
    check_injected,
)

__all__ = [
    "CHECKS",
    "LEVELS",
    "Alternative",
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
    "peer_outliers",
    "shared_texts",
    "state_of",
    "stated_numbers",
]


def check(report: Report, context: Context | None = None) -> list[Finding]:
    """Every finding of every active rule, one a broken equation, nothing folded (see ``locate``)."""
    context = context or Context()
    return [finding for each in CHECKS for finding in each(report, context)]
