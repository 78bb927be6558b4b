"""What is said of the roster and of who sent what, as findings of the city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ...rules import Catalogue, Finding
from ...wording import wording_of
from .deciding import code_differs, name_differs, summable
from .filed import Filed, Status, Submission, UnitRow
from .partial import partial_findings
from .published import published_findings
from .reasons import error_remarks
from .roster import Roster, RosterUnit

_RULE: dict[Status, str] = {
    "missing": "unit-missing",
    "duplicate": "unit-duplicate",
    "repeated": "unit-repeated",
    "errors": "unit-invalid",
    "wrong_year": "unit-year",
    "wrong_edition": "unit-edition",
    "conflict": "unit-conflict",
    "unexpected": "unit-unexpected",
}

#: Files of a unit that are not what it sent for this year.
_NOT_SENT: tuple[Status, ...] = ("compared", "wrong_year", "wrong_edition")
#: Findings that only say that a file is left out because of errors, which are findings themselves.
SUMMARY = frozenset({"unit-invalid"})


def intake_findings(
    rows: Sequence[UnitRow], strangers: Sequence[Filed], roster: Roster, rules: Catalogue
) -> Iterator[Finding]:
    """The roster's own, then unit by unit, then the files of nobody."""
    skipped = rules["roster-skipped"]
    if roster.skipped and not skipped.off:
        lines = wording_of("gouji.city.intake", "roster")["between"].join(roster.skipped)
        yield skipped.finding("roster", file=roster.source, lines=lines)
    for row in rows:
        yield from unit_findings(row, rules)
    for filed in strangers:
        yield from stranger_findings(filed, rules)


def unit_findings(row: UnitRow, rules: Catalogue) -> Iterator[Finding]:
    """What is found of one unit: it sent nothing, several versions, a wrong year or edition, or something
    that differs from what counts."""
    name = row.unit.name
    if row.status in ("missing", "unread"):
        yield from _found(rules, "missing", name, unit=name, remarks=_sentence(row.remarks))
    for status in ("duplicate", "repeated"):
        some = [f for f in row.files if f.status == status or (status == "repeated" and f is row.taken)]
        if any(f.status == status for f in some):
            files = "、".join(f.submission.file for f in some)
            said = _sentence(row.versions.remarks()) if row.versions else ""
            yield from _found(rules, status, name, unit=name, count=len(some), files=files, versions=said)
    yield from _superseded(row, rules)
    for filed in row.files:
        file, place = filed.submission.file, f"{name}/{filed.submission.file}"
        # A published report of another year beside what the unit sent may lie there to be looked up.
        looked_up = filed.submission.imported and row.taken
        if filed.status in ("wrong_year", "wrong_edition") and not looked_up:
            remarks = "；".join(filed.remarks)
            # Last year's workbook, or one in the old form, beside what counts does no harm: it is only said.
            beside = {"level": "hint", "remedy": "beside"} if row.taken else {}
            yield from _found(rules, filed.status, place, unit=name, file=file, remarks=remarks, **beside)
        if filed.status == "compared":
            yield from _beside(row, filed, rules)
        if filed.status in ("errors", "taken", "partial") and filed.submission.errors:
            yield from _invalid(filed, rules, place)
        if filed is row.taken:
            yield from _identity(row.unit, filed.submission, rules)
            yield from _in_part(row.unit, filed, rules)


def _superseded(row: UnitRow, rules: Catalogue) -> Iterator[Finding]:
    """What was set aside by 以…为准, or by the 退回单 that replaces it, and how it differs."""
    rule, others = rules["unit-superseded"], [f for f in row.files if f.status == "superseded"]
    counted = next((f for f in row.files if f.status in ("taken", "partial", "errors")), None)
    if others and counted and not rule.off:
        said = _sentence(row.versions.remarks(files=True)) if row.versions else ""
        files = "、".join(f.submission.file for f in others)
        names: dict[str, Any] = {"unit": row.unit.name, "file": counted.submission.file}
        names["others"], names["versions"] = files, said
        message = "returned" if row.versions and row.versions.later else None
        yield rule.finding(row.unit.name, message=message, **names)


def _in_part(unit: RosterUnit, filed: Filed, rules: Catalogue) -> Iterator[Finding]:
    report = filed.submission.report
    if filed.partial and report:
        yield from partial_findings(unit.name, filed.submission.file, filed.partial, report.form, rules)


def _beside(row: UnitRow, filed: Filed, rules: Catalogue) -> Iterator[Finding]:
    """A published report against what its unit sent: what was taken of it, or the first that is there."""
    counted = (row.taken, *(f for f in row.files if f.status not in _NOT_SENT))
    sent = next(f.submission.report for f in counted if f and f.submission.report)
    published, file = filed.submission.report, filed.submission.file
    if published:
        yield from published_findings(row.unit.name, file, published, sent, rules)


def _found(rules: Catalogue, status: Status, place: str, **names: Any) -> Iterator[Finding]:
    rule = rules[_RULE[status]]
    if not rule.off:
        yield rule.finding(place, **names)


def _invalid(filed: Filed, rules: Catalogue, place: str) -> Iterator[Finding]:
    """Left out: an error. Taken all the same because the person said so: a warning in other words."""
    assert filed.unit
    names: dict[str, Any] = {"unit": filed.unit.name, "file": filed.submission.file}
    if filed.status != "errors":
        names |= {"level": "warning", "message": "included", "remedy": "included"}
    elif not summable(filed.submission):
        names["remedy"] = "never"
    names["errors"] = "；".join(error_remarks(filed.submission, taken=False))
    yield from _found(rules, "errors", place, count=filed.submission.errors, **names)


def _identity(unit: RosterUnit, submission: Submission, rules: Catalogue) -> Iterator[Finding]:
    report = submission.report
    assert report is not None
    if name_differs(unit, report):
        rule, found = rules["unit-name"], report.unit
    elif code_differs(unit, report):
        rule, found = rules["unit-code"], report.code or ""
    else:
        return
    if not rule.off:
        yield rule.finding(unit.name, unit=unit.name, file=submission.file, found=found, code=unit.code)


def stranger_findings(filed: Filed, rules: Catalogue) -> Iterator[Finding]:
    """An unreadable file says itself why (rule ``unreadable``)."""
    if filed.status == "unreadable":
        return
    file = filed.submission.file
    remarks = "；".join(filed.remarks) if filed.status == "conflict" else _sentence(filed.remarks)
    yield from _found(rules, filed.status, file, file=file, unit=filed.submission.unit, remarks=remarks)


def _sentence(remarks: Sequence[str]) -> str:
    return "；".join(remarks) + "。" if remarks else ""
