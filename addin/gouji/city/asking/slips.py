"""退回单 for every unit that must act and has sent something: in one folder, one after the other.

What was sent is read once more from ``sources``, marked and let go before the next: only one is in memory. A
slip shows the findings of the run; where a file has changed since, its slip is made of the numbers that were
read then and says so. Whatever goes wrong with one slip, the others are made, and its unit gets a plain one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from ...digests import sha256_of
from ...errors import GoujiError
from ...examine import read_report
from ...files import distinct, file_part
from ...records import dataclass
from ...report import Report
from ...rules import Context, Finding
from ...wording import wording_of
from ...workbook.kind import parts_of
from ...workbook.layout import layout_of
from ...workbook.returned import asks
from ...workbook.shown.findings import place_of
from ...workbook.shown.slip import Office, Told, slip_ending, slip_of, slip_workbook
from ..approving.settled import said_by
from ..consolidate import Consolidation
from ..intake.sorting import Filed, Submission
from .acting import PACKAGE, Duty, Open, Returned, State, duties, open_in, unclaimed
from .plain_slip import Plain, plain_slip
from .saying import action, ask_of, opening, remedy_of, stranger_opening
from .sources import Sources
from .when import Due, due_of, shown_day, today_of

#: Where the one file can be mended as it is: its copy is marked. In all others it is of no use.
_MARKED: tuple[State, ...] = ("wrong_year", "overlap", "returned", "errors", "waiting")
#: The field of the cover that a finding of the roster is about.
_FIELDS = {"unit-name": "unit", "unit-code": "code", "unit-year": "year", "unit-unexpected": "unit"}
#: Characters shown of a fault of the program.
_REASON = 120


@dataclass(frozen=True, slots=True)
class Slip:
    """``unit``: to whom, the file's name where nobody knows the unit; ``name``: of the file; ``why``: why it
    is no marked copy although one could have been, "" where all is well."""

    unit: str
    name: str
    content: bytes
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Job:
    """One slip to be made. ``filed``: the file to be copied and marked, None for a plain one."""

    unit: str
    filed: Filed | None
    plain: Plain


def slips(city: Consolidation, sources: Sources) -> dict[str, bytes]:
    """All of :func:`each_slip`, by their names."""
    return {slip.name: slip.content for slip in each_slip(city, sources)}


def each_slip(city: Consolidation, sources: Sources) -> Iterator[Slip]:
    """The slips one after the other, in the order of the roster, then those on files of no unit. Names are
    distinct. Never raises for what a file holds."""
    jobs = [*(_job(city, duty) for duty in duties(city) if duty.files), *_strangers(city)]
    for job, target in zip(jobs, _targets(city, jobs), strict=True):
        content, ending, why = _made(city, job, sources)
        yield Slip(job.unit, target + ending, content, why)


def _targets(city: Consolidation, jobs: Sequence[_Job]) -> list[str]:
    """Names without their ending."""
    pattern = wording_of(PACKAGE, "files")["slip"]
    names = (pattern.format(unit=file_part(job.unit), year=city.report.year, ending=".xlsx") for job in jobs)
    return [path.name.removesuffix(".xlsx") for path in distinct(map(Path, names))]


def _job(city: Consolidation, duty: Duty) -> _Job:
    filed = duty.filed if duty.state in _MARKED else None
    open_ = duty.open
    if duty.state == "duplicate":
        # Said by what the versions differ in.
        open_ = replace(open_, told=tuple(f for f in open_.told if f.rule != "unit-duplicate"))
    # As the stamp of the slip has them.
    over = {one.submission.sha256 for one in duty.row.files} - {""}
    office = replace(_office(city, open_, duty.filed, due_of(city, duty.unit)), over=tuple(sorted(over)))
    findings = tuple((each, _own(city, each)) for each in duty.files)
    year = city.report.year
    plain = Plain(duty.unit.name, year, opening(city, duty), action(city, duty), office, duty.files, findings)
    return _Job(duty.unit.name, filed, plain)


def _own(city: Consolidation, filed: Filed) -> tuple[Finding, ...]:
    """What a plain slip says of one file; of several versions, of each by itself."""
    return tuple(one.finding for one in open_in(city, filed))


def _strangers(city: Consolidation) -> Iterator[_Job]:
    """Files of no unit, those aside that are results of another city: their senders mend the cover."""
    words = wording_of(PACKAGE, "slip")
    for filed in unclaimed(city):
        submission = filed.submission
        report = submission.report
        if report and parts_of(report) is not None:
            continue
        stem = PurePosixPath(submission.file).stem
        told = tuple(f for f in city.intake.findings if f.place == submission.file)
        own = _own(city, filed)
        open_ = Open(own, told)
        office = _office(city, open_, filed, Due())
        said = stranger_opening(filed)
        plain = Plain(stem, city.report.year, said, words["stranger"], office, (filed,), ((filed, own),))
        yield _Job(stem, filed if report else None, plain)


# ---------------------------------------------------------------- what the office adds


def _office(city: Consolidation, open_: Open, filed: Filed | None, due: Due) -> Office:
    report = filed.submission.report if filed else None
    told = [_returned(report, one) for one in open_.returned]
    kept = {one.finding.id for one in open_.returned if one.finding}
    for finding in (f for f in open_.told if f.id not in kept):
        told.append(Told(finding.message, remedy_of(city, finding), _place(report, finding)))
    told += _no_longer_explained(city, filed, kept) if filed else ()
    today = today_of(city)
    return Office(tuple(told), shown_day(today) if today else "", due.ahead, ask_of(city))


def _no_longer_explained(city: Consolidation, filed: Filed, returned: Collection[str]) -> Iterator[Told]:
    """What the file itself shows as explained and is open all the same, with why the explanation does not
    hold: its numbers are not those that it was first seen with."""
    report = filed.submission.report
    shown = {f.id for f in asks(report, filed.submission.findings)} if report else set()
    for one in open_in(city, filed):
        if one.why and one.finding.id not in shown | {*returned}:
            yield Told(one.finding.message + one.why, one.finding.remedy, _place(report, one.finding))


def _returned(report: Report | None, one: Returned) -> Told:
    words = wording_of(PACKAGE, "slip")
    whose = said_by(one.who, one.when)
    text = words["returned"].format(whose=whose, text=one.text.strip() or words["no_reason"])
    if one.finding is None:
        return Told(text)
    return Told(f"{one.finding.message}{text}", place=_place(report, one.finding))


def _place(report: Report | None, finding: Finding) -> str:
    if report is None:
        return ""
    field = _FIELDS.get(finding.rule)
    return layout_of(report.form).field(field) if field else place_of(report, finding)


# ---------------------------------------------------------------- one slip


def _made(city: Consolidation, job: _Job, sources: Sources) -> tuple[bytes, str, str]:
    """(content, ending, why it is plain though a copy was wanted)."""
    why = ""
    if job.filed:
        try:
            return (*_copy(city, job, job.filed, sources), "")
        except Exception as error:  # whatever one file does to the program, the others get theirs
            why = _reason(error)
    return plain_slip(job.plain), ".xlsx", why


def _reason(error: Exception) -> str:
    if isinstance(error, GoujiError):
        return error.message
    return f"{type(error).__name__}: {error}".splitlines()[0][:_REASON]


def _copy(city: Consolidation, job: _Job, filed: Filed, sources: Sources) -> tuple[bytes, str]:
    """The slip as a copy of what was sent, and its ending."""
    submission = filed.submission
    assert submission.report
    findings, office = _shown(city, submission), job.plain.office
    sent = _sent(filed, sources)
    if sent is None:
        content = slip_workbook(submission.report, None, findings, city.rules, office=office, anew="changed")
        return content, ".xlsx"
    reading = read_report(sent, Context(catalogue=city.rules), submission.file)
    ending = slip_ending(submission.file)
    return slip_of(reading, findings, city.rules, sent=sent, ending=ending, office=office), ending


def _shown(city: Consolidation, submission: Submission) -> list[Finding]:
    """Without what the file does not explain and the office has accepted."""
    assert submission.report
    asked = {f.id for f in asks(submission.report, submission.findings)}
    settled = {one.finding.id for one in city.approval.of_file.get(submission.file, ()) if one.settled}
    return [finding for finding in submission.findings if finding.id not in asked & settled]


def _sent(filed: Filed, sources: Sources) -> bytes | None:
    """The bytes that the run read; None where they are gone or others."""
    try:
        content = sources(filed.submission.file)
    except (OSError, KeyError, GoujiError):
        return None
    known = filed.submission.sha256
    return content if not known or sha256_of(content) == known else None
