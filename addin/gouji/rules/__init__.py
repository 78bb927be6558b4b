"""Checks: pure functions from a report (and what is known beside it) to findings.

``CHECKS`` is the order in which findings are said. Each takes ``(report, context)``, yields findings,
keeps silent where it can not decide, and looks its wording up in the catalogue. How a rule is added:
README.md beside this file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from types import ModuleType

from ..report import Report
from . import (
    cover,
    error_values,
    growth,
    imported,
    injected,
    outliers,
    overview,
    prose,
    remarks,
    required,
    similar,
    table3,
    texts,
    unchanged,
)
from .carry_over import check_carry_over
from .catalogue import Catalogue, CatalogueError, Rule, catalogue
from .cells import check_cells, check_empty
from .context import Context
from .deciders import decided_in
from .equations import check_equations
from .finding import (
    LEVELS,
    Alternative,
    Answer,
    Finding,
    Level,
    Question,
    Share,
    State,
    Suspect,
    in_order,
    state_of,
)
from .outliers import peer_outliers
from .pasted import with_pasted
from .prose import stated_numbers
from .similar import shared_texts
from .table2 import check_table2
from .table4 import check_table4

Check = Callable[[Report, Context], Iterator[Finding]]


def _of(module: ModuleType) -> Check:
    """The rules that one module decides, in the order of its functions."""
    return partial(decided_in, module.__name__)


CHECKS: tuple[Check, ...] = (
    _of(cover),
    _of(error_values),
    _of(imported),
    check_cells,
    check_equations,
    check_carry_over,
    check_table2,
    _of(table3),
    check_table4,
    _of(required),
    _of(unchanged),
    _of(outliers),
    _of(prose),
    _of(growth),
    _of(texts),
    _of(overview),
    _of(remarks),
    _of(similar),
    _of(injected),
)

__all__ = [
    "CHECKS",
    "LEVELS",
    "Alternative",
    "Answer",
    "Catalogue",
    "CatalogueError",
    "Context",
    "Finding",
    "Level",
    "Question",
    "Rule",
    "Share",
    "State",
    "Suspect",
    "catalogue",
    "check",
    "in_order",
    "peer_outliers",
    "shared_texts",
    "state_of",
    "stated_numbers",
]


def check(report: Report, context: Context | None = None) -> list[Finding]:
    """Every finding of every active rule, one a broken equation (see ``locate``); only what last year's texts
    say wrongly is folded under their repetition.

    Of a form in which nothing was typed there is nothing else to say.
    """
    context = (context or Context()).of(report)
    if empty := list(check_empty(report, context)):
        return empty
    return with_pasted([finding for each in CHECKS for finding in each(report, context)], report, context)
