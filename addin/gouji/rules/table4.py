"""Table 四 beyond its equations: relations to last year and to table 三."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .context import Context
from .finding import Finding
from .relations import check_relations


def check_table4(report: Report, context: Context) -> Iterator[Finding]:
    """In the order of the catalogue."""
    yield from check_relations(report, context, "table4")
