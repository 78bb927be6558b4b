"""审核: all that is known about one report, as findings that are each one cause."""

from __future__ import annotations

from .locate import diagnose
from .report import Report
from .rules import Context, Finding, check, in_order
from .rules.hush import hushed
from .rules.prose import stated_numbers


def audit(report: Report, context: Context | None = None) -> list[Finding]:
    """Run every active rule and fold what one cause breaks into one finding.

    Errors first, then warnings, then hints, each in the order of the form.
    """
    context = context or Context()
    stated = stated_numbers(report, context.catalogue)
    prose = {cell: {number for number, _ in said} for cell, said in stated.items()}
    findings = diagnose(report, check(report, context), context, prose)
    findings = hushed(findings, report.form, context.catalogue)
    return in_order(findings)
