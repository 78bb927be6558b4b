"""From failing equations to the cell that is wrong and the value that is right.

One finding a cause, with the equations it breaks folded under it. Nothing here changes a number.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..report import Report
from ..rules import Context, Finding
from ..rules.equations import rule_of
from ..rules.unchanged import RULE as UNCHANGED

if TYPE_CHECKING:
    from .rank import Prose

__all__ = ["diagnose"]


def diagnose(
    report: Report, findings: list[Finding], context: Context, prose: Prose | None = None
) -> list[Finding]:
    """The findings of ``rules.check`` with broken equations replaced by what broke them.

    A finding of a cause carries ``suspects`` (best first; ``group`` tells which cells go together)
    and, ``folded``, the findings that it explains: equations, and cell states and carry-overs of the
    cells that it corrects. Those on blank and unreadable cells carry the numbers that the equations give
    them. All others are handed back as they are, in their order. A suspect is
    ``certain`` only where the equations, and a sealed last year, admit no other hypothesis of the
    same size or smaller, no more than two cells of the table (or one unfilled total line) are wrong, and
    neither the texts nor last year's report speak against it (``witness``). Order among the uncertain comes
    from how people mistype, from last year's report in ``context.prior`` and from ``prose`` (cell id ->
    numbers that the texts state).

    Equations that blank cells leave undecidable constrain nothing, but a correction never breaks
    one that was not broken (``rules.equations.exceeds``). A movement of whole lines is sought first; where
    one explains a table, no cells of that table are named (``movement``).
    """
    broken = {f.place: f for f in findings if f.place in report.form.equation and _is_equation(report, f)}
    blank = len(report.values) < len(report.form.cells)
    if not broken and not blank and not _heard(findings, context):
        return findings
    from .diagnosis import diagnosed  # thirty modules that a right report has no use for

    return diagnosed(report, findings, context, prose or {}, broken)


def _is_equation(report: Report, finding: Finding) -> bool:
    return finding.rule == rule_of(report.form.equation[finding.place])


def _heard(findings: Sequence[Finding], context: Context) -> bool:
    """Whether last year's report or the texts say what the table alone does not show."""
    rules = [context.catalogue[f.rule] for f in findings]
    carried = any(r.relation and r.relation.get("carry_over") for r in rules)
    return carried or any(r.id == UNCHANGED or r.about == "prose" for r in rules)
