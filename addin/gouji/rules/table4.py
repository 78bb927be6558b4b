"""Table 四 beyond its equations: relations to last year and to table 三, and section 五 (RULES 20–22)."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .context import Context
from .finding import Finding
from .numbers import Numbers
from .plain import mentions, sections
from .relations import check_relations


def check_table4(report: Report, context: Context) -> Iterator[Finding]:
    """Relations first; then corrected results that section 五 does not speak of."""
    yield from check_relations(report, context, "table4")
    rule = context.catalogue["corrected-unmentioned"]
    if rule.off or report.texts is None:
        return
    given = rule.parameters
    this = Numbers(report, sums=True)
    table = report.form.tables["table4"]
    cells = tuple(c.id for c in table.cells if c.column.id == given["column"])
    # A block that is not filled yet does not hide the corrections of another.
    corrected = [(c, n) for c in cells if (n := this(c))]
    if corrected and not mentions(sections(report).get(given["section"], ""), given["words"]):
        yield rule.finding(table.id, tuple(c for c, _ in corrected), left=sum(n for _, n in corrected))
