"""Two years of a small city for the tests: reports that are right, and the same units a year later."""

from __future__ import annotations

from pathlib import Path

from gouji.audit import audit
from gouji.city.consolidate import Consolidation, Submission, consolidate
from gouji.city.intake.findings import SUMMARY
from gouji.city.intake.known import Known
from gouji.city.intake.roster import Roster, RosterUnit
from gouji.city.sheets.workbook import city_workbook
from gouji.city.sum.last_year import LastYear, read_last_year
from gouji.form import Value, load_form
from gouji.report import Report
from gouji.rules import Context


def requests(report: Report, *, carried_in: int = 0, new: int = 0, carried_out: int = 0) -> Report:
    """The report with so many requests of natural persons; those that are done were granted."""
    done = carried_in + new - carried_out
    rows = {
        "carried_in": carried_in,
        "new": new,
        "granted": done,
        "processed": done,
        "carried_out": carried_out,
    }
    return report.with_values({f"t3.{row}.{c}": n for row, n in rows.items() for c in ("natural", "total")})


def unit(name: str, year: int, code: str | None = None, **counts: int) -> Report:
    """A report full of zeros but for its requests, in the edition of the year."""
    form = load_form("2019" if year < 2021 else "2021")
    values: dict[str, Value] = {cell.id: 0 for cell in form.cells}
    return requests(Report(form, name, year, code, values=values), **counts)


def roster_of(*reports: Report, **kinds: str) -> Roster:
    return Roster(
        tuple(
            RosterUnit(r.unit, r.code or "", kinds.get(r.unit, "部门"), None, i)
            for i, r in enumerate(reports, 2)
        )
    )


def sum_up(
    reports: list[Report], roster: Roster | None = None, last_year: LastYear | None = None, **more: object
) -> Consolidation:
    """Consolidated as ``gouji consolidate`` does it, without files."""
    roster = roster or roster_of(*reports)
    known = Known(Context(), roster, last_year)
    sent = [Submission(f"{r.unit}.json", r, tuple(audit(r, known.about(r)))) for r in reports]
    year = reports[0].year
    return consolidate(sent, roster, name="某市", year=year, last_year=last_year, **more)  # type: ignore[arg-type]


def stored(folder: Path, city: Consolidation) -> LastYear:
    """The city's workbook written and read back as next year's file of last year."""
    path = folder / f"某市_{city.report.year}_汇总.xlsx"
    path.write_bytes(city_workbook(city))
    return read_last_year(path)


def errors_of(city: Consolidation) -> int:
    """How many errors there are; one that only sums up a file's own is not counted again."""
    found = (problem.finding for problem in city.problems())
    return sum(f.level == "error" and f.rule not in SUMMARY for f in found)
