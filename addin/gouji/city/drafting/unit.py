"""The same sentences for one unit's own report, where it asks for them."""

from __future__ import annotations

from dataclasses import replace

from ...report import Report
from .overview import Overview
from .sections import sections_of


def drafted_unit(report: Report, prior: Report | None = None) -> Report:
    """The report with section 一 drafted from its tables where it has no text, and with the sentences of the
    tables where its text asks for them (a line 【统计】); any other text is left as it is.

    ``prior``: last year's report of the unit, for comparisons.
    """
    section = sections_of(report.form).overview
    own = (report.texts or {}).get(section, "")
    overview = Overview(report, prior, own)
    if not overview.told:
        return report
    return replace(report, texts={**(report.texts or {}), section: overview.text})
