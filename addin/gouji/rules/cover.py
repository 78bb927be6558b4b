"""The cover against what is expected of it, and last year's file against this one (RULES 4)."""

from __future__ import annotations

from collections.abc import Iterator

from ..form import edition_for_year
from ..report import Report
from .context import Context
from .finding import Finding
from .plain import plain


def check_cover(report: Report, context: Context) -> Iterator[Finding]:
    """Each field that differs from ``Context.expected``; year against edition; table against edition.

    A code may be empty on either side, which proves nothing. An edition that does not fit the year
    is wrong even where nobody expects anything. A table of another edition can only come from a
    published report, never from a form, and so is no more than a warning.
    """
    rule = context.catalogue["cover"]
    if not rule.off:
        level = rule.no_graver_than("imported_level") if context.imported else rule.level
        names = rule.parameters["fields"]
        expected = {"edition": edition_for_year(report.year)} if report.year else {}
        expected |= context.expected
        for field, value in _fields(report).items():
            wanted = expected.get(field, "")
            if field == "code" and not value:
                continue
            if wanted and plain(wanted) != plain(value):
                yield rule.finding(field, level=level, field=names[field], value=value, expected=wanted)
    yield from _missing(report, context)
    mixed = context.catalogue["table-edition"]
    if not mixed.off:
        for key, edition in report.form.layout.items():
            title = report.form.tables[key].section.title
            yield mixed.finding(key, table=title, value=edition, expected=report.form.edition)
    yield from _prior(report, context)


def _missing(report: Report, context: Context) -> Iterator[Finding]:
    """A unit or a year that nobody filled in; where one is expected, ``cover`` says so already."""
    rule = context.catalogue["cover-missing"]
    said = {} if context.catalogue["cover"].off else context.expected
    if rule.off or not context.cover:
        return
    level = rule.no_graver_than("imported_level") if context.imported else rule.level
    fields = _fields(report)
    for field, name in rule.parameters["fields"].items():
        if not fields[field].strip() and not said.get(field):
            yield rule.finding(field, level=level, field=name)


def _fields(report: Report) -> dict[str, str]:
    return {
        "unit": report.unit,
        "code": report.code or "",
        "year": str(report.year or ""),
        "edition": report.form.edition,
    }


def _prior(report: Report, context: Context) -> Iterator[Finding]:
    """A prior report of another year or unit, or none in a file of many; 上年数 typed without year and
    unit is no such report."""
    absent = context.catalogue["prior-absent"]
    if context.searched and not absent.off:
        yield absent.finding("prior", file=context.searched, unit=report.unit)
    rule, prior = context.catalogue["cover-prior"], context.prior
    if rule.off or prior is None:
        return
    here, there = _fields(report), _fields(prior)
    here["year"] = str(report.year - 1)
    for field, name in rule.parameters["fields"].items():
        value, wanted = there[field], here[field]
        if value and wanted and plain(value) != plain(wanted):
            message = "year" if field == "year" else None
            yield rule.finding(field, message=message, field=name, value=value, expected=wanted)
