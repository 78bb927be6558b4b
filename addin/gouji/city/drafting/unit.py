"""The same sentences for one unit's own report, where it asks for them."""

from __future__ import annotations

from dataclasses import replace

from ...report import Report
from .overview import Overview
from .sections import asks, sections_of, without_figures


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


def answered(report: Report, prior: Report | None = None) -> Report:
    """The report as it may be printed: where a text asks for what the tables say (【统计】) that stands
    there, or a place to fill in where they say nothing; any other text is left as it is."""
    texts = report.texts or {}
    if not any(map(asks, texts.values())):
        return report
    section = sections_of(report.form).overview
    told = drafted_unit(report, prior) if asks(texts.get(section, "")) else report
    return replace(report, texts={key: without_figures(text) for key, text in (told.texts or {}).items()})
