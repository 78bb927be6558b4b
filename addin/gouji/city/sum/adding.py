"""The city's report as its units' add up: cells, notes, period, declaration; who is in it and who is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ...form import Form, edition_for_year, load_form
from ...records import dataclass
from ...report import Declaration, Report, declaration
from ...workbook.kind import LeftOut, Part, as_consolidated, part_of, parts_of
from ..intake.filed import Filed, Intake
from ..intake.reasons import reason_of
from .summing import NoteOrigin, Notes, merge_notes, sum_values


@dataclass(frozen=True)
class Added:
    """``report``: the sum, not yet named; ``parts``: (the roster's name, report) of what is in it;
    ``origins``: city mark -> the units' own notes in it."""

    report: Report
    parts: tuple[tuple[str, Report], ...]
    origins: Mapping[str, tuple[NoteOrigin, ...]]


def added_up(form: Form, intake: Intake, year: int, earlier: Iterable[Report] = ()) -> Added:
    """What was taken, as one report of ``form``. ``year``: the city's; ``earlier``: its own reports of the
    years before, which its file hands on."""
    taken = [row.taken for row in intake.units if row.taken]
    parts = parts_of_sum(taken)
    notes = merge_notes(form, parts)
    report = replace(_sum(form, [report for _, report in parts], notes), year=year)
    report.meta = as_consolidated(_units_within(taken), _left_out(intake, year), earlier)
    return Added(report, parts, notes.origins)


def parts_of_sum(taken: Iterable[Filed]) -> tuple[tuple[str, Report], ...]:
    """(the roster's name of the unit, its report as it is summed)."""
    return tuple((filed.unit.name, filed.counted) for filed in taken if filed.unit and filed.counted)


def _sum(form: Form, reports: Sequence[Report], notes: Notes) -> Report:
    return Report(
        form=form,
        period=_common_period(reports),
        values=sum_values(form, reports),
        marks=dict(notes.marks),
        notes=dict(notes.texts),
        blank_is_zero=_declared(form, reports),
    )


def _common_period(reports: Sequence[Report]) -> tuple[str, str] | None:
    periods = {report.period for report in reports}
    return periods.pop() if len(periods) == 1 else None


def _declared(form: Form, reports: Sequence[Report]) -> Declaration:
    """The declaration 空白单元格均为 0 of the sum: for a table where each unit that left a blank made it."""
    incomplete = [r for r in reports if len(r.values) < len(r.form.cells)]
    blank = {(c.table, r.declares(c.table)) for r in incomplete for c in r.form.cells if r.is_blank(c.id)}
    return declaration(key for key in form.tables if (key, True) in blank and (key, False) not in blank)


def _units_within(taken: Iterable[Filed]) -> Iterator[Part]:
    """Every unit that was summed, and where it is a result itself, the units within it."""
    for filed in taken:
        if filed.unit and (report := filed.counted):
            yield part_of(filed.unit.name, filed.unit.code or report.code or "", report)
            yield from parts_of(report) or ()


def _left_out(intake: Intake, year: int) -> Iterator[LeftOut]:
    """Who is not in the sum, with the numbers that it sent for this year where these are not in doubt."""
    for row in (row for row in intake.units if not row.taken):
        sent = [r for f in row.files if (r := f.submission.report) and r.year == year]
        one = sent[0] if sent and all(r.values == sent[0].values for r in sent) else None
        known = (
            replace(one, texts=None, notes={}, meta={}) if one else Report(load_form(edition_for_year(year)))
        )
        known = replace(known, unit=row.unit.name, code=row.unit.code or None, year=year)
        yield LeftOut(known, reason_of(row))
