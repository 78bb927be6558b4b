"""Reports of zeros as submissions to a city."""

from __future__ import annotations

from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.form import Form, Value, load_form
from gouji.report import Report


def full(form: Form, unit: str, year: int = 2024, **values: Value) -> Report:
    """A report in which every cell is 0 except the named ones (``t2_fees_amount=5``)."""
    report = Report(form, unit, year, values={c.id: 0 for c in form.cells})
    for cell, value in values.items():
        report.set(cell.replace("__", "."), value)
    return report


def sent(report: Report, file: str | None = None) -> Submission:
    return Submission(file or f"{report.unit}.xlsx", report, tuple(audit(report)))


def roster(*names: str) -> Roster:
    return Roster(tuple(RosterUnit(name, f"{i:03d}", "部门", None, i + 1) for i, name in enumerate(names, 1)))


def city(submissions: list[Submission], names: Roster, **options: object) -> Consolidation:
    return consolidate(submissions, names, name="某市", year=2024, **options)  # type: ignore[arg-type]


FORM = load_form("2021")
DOCUMENTS = "t2__documents__made"
