"""审核: all that is known about one report, as findings that are each one cause."""

from __future__ import annotations

from .locate import diagnose
from .locate.question import with_questions
from .locate.settled import settled, settled_findings
from .report import Report
from .rules import Context, Finding, check, in_order
from .rules.hush import hushed
from .rules.prose import stated_numbers


def audit(report: Report, context: Context | None = None) -> list[Finding]:
    """Run every active rule and fold what one cause breaks into one finding.

    Errors first, then warnings, then hints, each in the order of the form. What a person looked up
    (``report.confirmed``) is believed; where several causes fit, the figure to look up next is asked for.
    Of a sum (``context.summed``) no cause is sought: nobody typed it.
    """
    context = context or Context()
    if context.summed:
        return in_order(hushed(check(report, context), report.form, context.catalogue))
    right = settled(report) if report.confirmed else report
    checked = check(right, context)
    stated = stated_numbers(right, context.catalogue)
    prose = {cell: {number for number, _ in said} for cell, said in stated.items()}
    findings = diagnose(right, checked, context, prose)
    findings = hushed(findings, right.form, context.catalogue)
    findings = with_questions(right, findings, context.catalogue)
    if right is not report:
        findings = [*settled_findings(report, context, check(report, context), checked), *findings]
    return in_order(findings)
