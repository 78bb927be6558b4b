"""The cover against what is expected of it, and last year's file against this one."""

from __future__ import annotations

from collections.abc import Iterator

from ..form import edition_for_year
from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decide_rule, decides
from .finding import Finding
from .period import FIRST, LAST, START, faults
from .plain import plain


@decides("cover")
def _cover(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Each field that differs from ``Context.expected``, and year against edition.

    A code may be empty on either side, which proves nothing. An edition that does not fit the year
    is wrong even where nobody expects anything.
    """
    level = rule.no_graver_than("imported_level") if context.imported else rule.level
    names = rule.parameters["fields"]
    expected = {"edition": edition_for_year(report.year)} if report.year else {}
    expected |= context.expected
    for field, value in _fields(report).items():
        wanted = expected.get(field, "")
        if field == "code" and not value:
            continue
        if wanted and plain(wanted) != plain(value):
            both = "edition" if field == "edition" and report.year else None
            said = {"field": names[field], "value": value, "expected": wanted, "year": report.year}
            made = rule.finding(field, level=level, message=both, remedy=both, **said)
            yield made.but(field="year" if both else field)


@decides("cover-missing")
def _cover_missing(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A unit or a year that nobody filled in; where one is expected, ``cover`` says so already."""
    if not context.cover:
        return
    said = {} if context.catalogue["cover"].off else context.expected
    level = rule.no_graver_than("imported_level") if context.imported else rule.level
    for field, name in rule.parameters["fields"].items():
        if is_missing(report, field) and not said.get(field):
            yield rule.finding(field, level=level, field=name).but(field=field)


def is_missing(report: Report, field: str) -> bool:
    """Whether nobody filled in a field of the cover, or with nothing that can be read."""
    return not _fields(report)[field].strip()


def fits_edition(report: Report) -> bool | None:
    """Whether the report's edition is the one in force for its year; None without a year."""
    return edition_for_year(report.year) == report.form.edition if report.year else None


@decides("cover-period")
def _cover_period(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding for both days: the first that is wrong; the report is one calendar year's."""
    del context
    found = faults(report)
    if not found or report.period is None:
        return
    field, fault = next(iter(found.items()))
    start, end = report.period
    told = fault if fault in rule.parameters["messages"] else None
    yield rule.finding(
        "period",
        message=told,
        remedy=told,
        field=rule.parameters["fields"][field],
        value=start if field == START else end,
        start=start,
        year=report.year,
        example=(FIRST if field == START else LAST).replace(year=report.year or FIRST.year).isoformat(),
    ).but(field=field)


def _fields(report: Report) -> dict[str, str]:
    return {
        "unit": report.unit,
        "code": report.code or "",
        "year": str(report.year or ""),
        "edition": report.form.edition,
    }


@decides("table-edition")
def _table_edition(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A table of another edition comes from a published report, or from a sheet of another template in the
    form; whether it is taken is for whoever sums it, and so it is no more than a warning."""
    for key, edition in report.form.layout.items():
        title = report.form.tables[key].section.title
        yield rule.finding(key, table=title, value=edition, expected=report.form.edition)


@decides("prior-absent")
def _prior_absent(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """No report of the unit in a file of many."""
    if context.searched and not context.left_out:
        yield rule.finding("prior", file=context.searched, unit=report.unit)


@decides("prior-left-out")
def _prior_left_out(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """No report of the unit because it sent none that counted: nothing has to be looked up."""
    if context.searched and context.left_out:
        yield rule.finding("prior", file=context.searched, unit=report.unit, reason=context.left_out)


@decides("cover-prior")
def _cover_prior(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A prior report of another year or unit; 上年数 typed without year and unit is no such report.

    Where it bears witness against the cover's year, that is said instead. Of two names either may be the
    one that was mistyped.
    """
    prior = context.prior
    if prior is None:
        return
    here, there = _fields(report), _fields(prior)
    here["year"] = str(report.year - 1)
    for field, name in rule.parameters["fields"].items():
        value, wanted = there[field], here[field]
        if not value or not wanted or plain(value) == plain(wanted):
            continue
        if field == "year" and any(f.field == field for f in decide_rule("other-year", report, context)):
            continue
        kind = field if field in rule.parameters["messages"] else None
        both = field if field in rule.parameters["remedies"] else None
        said = {"field": name, "value": value, "expected": wanted, "year": report.year}
        made = rule.finding(field, message=kind, remedy=both, **said)
        yield made.but(field=field) if both else made
