"""Last year's 四 against this year's 二 (rule ``carry-over``).

The row ids are the same in both editions, so the rule maps one to one between them; other cells map
by ``numbers.Numbers``, which reads 2019's single （六）其他处理 as the sum of 2021's three rows.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from .catalogue import Rule
from .context import Context
from .finding import Finding, Level
from .relations import broken


def check_carry_over(report: Report, context: Context) -> Iterator[Finding]:
    """One finding, the columns that differ folded under the total, or under the first of them.

    Error where 总计 differs from a sealed last year; warning where last year was imported or typed,
    or where only the columns moved (an applicant was reclassified).
    """
    rule = context.catalogue["carry-over"]
    differing = [found for found in broken(report, context, "table3") if found[0].rule == rule.id]
    if not differing:
        return
    total = [found for found in differing if report.form.by_id[found[0].cells[0]].column.is_total]
    columns = [found for found in differing if found not in total]
    level = level_of(rule, sealed=context.prior_sealed, total=bool(total))
    findings = [
        rule.finding(
            relation.place,
            relation.cells,
            left=left,
            right=right,
            level=level,
            message=None if total else "moved",
            line=relation.line,
            columns=[other[0].line for other in columns],
        )
        for relation, left, right, _ in [*total, *columns]
    ]
    yield findings[0].but(cells=tuple(c for f in findings for c in f.cells), folded=tuple(findings[1:]))


def level_of(rule: Rule, *, sealed: bool, total: bool) -> Level:
    """How grave a difference is. ``sealed``: last year's figures are; ``total``: 总计 differs too."""
    if not total:
        return rule.no_graver_than("moved_level")
    return rule.level if sealed else rule.no_graver_than("unsealed_level")
