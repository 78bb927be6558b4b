"""Which submission belongs to which unit of the roster, and which of them may be summed (``unit-…``).

A unit is found by its name (:func:`names.plain_name`: width, brackets and spaces do not matter) or by
its code. Names that merely look alike are suggested to the person, never matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Literal

from ...form import Form
from ...report import Report, canonical
from ...rules import Catalogue, Finding, State, state_of
from ...wording import wording_of
from ...workbook.seal import SealState
from .names import plain_code, plain_name, similar
from .roster import Roster, RosterUnit

#: ``taken`` and ``repeated`` (the same content once more) count; all others say why something does not.
#: ``unread``: missing, but a file that could not be read bears the unit's name.
Status = Literal[
    "taken",
    "repeated",
    "missing",
    "unread",
    "duplicate",
    "errors",
    "wrong_year",
    "wrong_edition",
    "conflict",
    "unexpected",
    "unreadable",
]
#: What a unit is said to be where none of its files is taken: the first of these that occurs.
_GRAVEST: tuple[Status, ...] = ("duplicate", "errors", "wrong_year", "wrong_edition")


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it was read. ``file``: its path within the folder, with "/". ``report`` is None where it
    could not be read; ``findings`` then say why (rule ``unreadable``), else they are its audit's.
    ``seal``: "intact", "broken", "none", or "" for what can not carry one."""

    file: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    seal: SealState | Literal[""] = ""

    @property
    def unit(self) -> str:
        return self.report.unit if self.report else ""

    @property
    def state(self) -> State:
        return state_of(list(self.findings)) if self.report else "unreadable"

    @property
    def errors(self) -> int:
        return sum(finding.level == "error" for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Filed:
    """What became of one submission. ``unit``: whose it is, or None. ``remarks``: Chinese, for people.
    ``suggestions``: names on the roster that look like the one in the file."""

    submission: Submission
    status: Status
    unit: RosterUnit | None = None
    remarks: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit of the roster: what it sent and what became of it. ``taken`` is what was summed."""

    unit: RosterUnit
    status: Status
    files: tuple[Filed, ...] = ()
    taken: Filed | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Intake:
    """``units``: one row a unit, in the order of the roster. ``strangers``: files of no unit.
    ``findings``: the ``unit-…`` rules, in that order."""

    units: tuple[UnitRow, ...]
    strangers: tuple[Filed, ...]
    findings: tuple[Finding, ...]

    @property
    def files(self) -> Iterator[Filed]:
        """Every submission, unit by unit, then the strangers."""
        for row in self.units:
            yield from row.files
        yield from self.strangers


def status_label(status: Status) -> str:
    """The status in the words of 报送情况."""
    label: str = wording_of("gouji.city", "status")[status]
    return label


def sort_submissions(
    submissions: Sequence[Submission],
    roster: Roster,
    *,
    year: int,
    form: Form,
    city: str = "",
    include_invalid: bool = False,
    rules: Catalogue,
) -> Intake:
    """Give every submission to its unit and decide which one of each unit counts.

    Policy for several files of one unit: those of another year or edition are set aside first. If the
    rest have the same content, it counts once; if they differ, none counts until a person has decided.
    """
    sorter = _Sorter(roster, year, form, city, include_invalid)
    strangers, of_unit = sorter.assign(sorted(submissions, key=lambda s: s.file))
    rows = [sorter.decide(unit, of_unit.get(unit, [])) for unit in roster.units]
    rows = [row if row.files else sorter.missing(row.unit, strangers) for row in rows]
    findings = [f for row in rows for f in _unit_findings(row, rules)]
    findings += [f for filed in strangers for f in _stranger_findings(filed, rules)]
    return Intake(tuple(rows), tuple(strangers), tuple(findings))


def _say(key: str, **fields: object) -> str:
    said: str = wording_of("gouji.city", "remark")[key].format(**fields)
    return said


class _Sorter:
    def __init__(self, roster: Roster, year: int, form: Form, city: str, include_invalid: bool) -> None:
        self.roster = roster
        self.year = year
        self.form = form
        self.city = city
        self.include_invalid = include_invalid

    # ------------------------------------------------------------ whose is it

    def assign(
        self, submissions: Sequence[Submission]
    ) -> tuple[list[Filed], dict[RosterUnit, list[Submission]]]:
        strangers: list[Filed] = []
        of_unit: dict[RosterUnit, list[Submission]] = {}
        for submission in submissions:
            found = self._owner(submission)
            if isinstance(found, RosterUnit):
                of_unit.setdefault(found, []).append(submission)
            else:
                strangers.append(found)
        return strangers, of_unit

    def _owner(self, submission: Submission) -> RosterUnit | Filed:
        report = submission.report
        if report is None:
            return Filed(submission, "unreadable", suggestions=self._like_file(submission))
        by_name = self.roster.by_name.get(plain_name(report.unit))
        by_code = self.roster.by_code.get(plain_code(report.code))
        if by_name and by_code and by_name is not by_code:
            remark = _say("conflict", by_name=by_name.name, code=report.code, by_code=by_code.name)
            return Filed(submission, "conflict", remarks=(remark,))
        owner = by_name or by_code
        if owner:
            return owner
        if report.unit.strip():
            like = tuple(similar(report.unit, self._names(), beginning=self.city))
            remarks = _similar_remark(like)
        else:
            like = self._like_file(submission)
            remarks = (_say("nameless"), *_similar_remark(like))
        return Filed(submission, "unexpected", remarks=remarks, suggestions=like)

    def _names(self) -> list[str]:
        return [unit.name for unit in self.roster.units]

    def _like_file(self, submission: Submission) -> tuple[str, ...]:
        """Units whose whole name stands in the file's name, the longest first."""
        stem = plain_name(PurePath(submission.file).stem)
        inside = [name for name in self._names() if plain_name(name) in stem]
        return tuple(sorted(inside, key=len, reverse=True)[:1])

    def missing(self, unit: RosterUnit, strangers: Sequence[Filed]) -> UnitRow:
        like = [s for s in strangers if unit.name in s.suggestions]
        files = "、".join(s.submission.file for s in like)
        remarks = (_say("named_like", files=files),) if like else ()
        unread = any(s.status == "unreadable" for s in like)
        return UnitRow(unit, "unread" if unread else "missing", remarks=remarks)

    # ------------------------------------------------------------ which one counts

    def decide(self, unit: RosterUnit, submissions: list[Submission]) -> UnitRow:
        aside = [filed for s in submissions if (filed := self._set_aside(unit, s))]
        rest = [s for s in submissions if all(s is not filed.submission for filed in aside)]
        versions: dict[str, list[Submission]] = {}
        for submission in rest:
            versions.setdefault(_content(submission, unit), []).append(submission)
        if len(versions) > 1:
            files = "、".join(s.file for s in rest)
            remark = _say("duplicate", count=len(rest), files=files)
            decided = [Filed(s, "duplicate", unit, (remark,)) for s in rest]
        else:
            decided = [filed for same in versions.values() for filed in self._single(unit, same)]
        files_of_unit = tuple(sorted([*decided, *aside], key=lambda f: f.submission.file))
        taken = next((f for f in files_of_unit if f.status == "taken"), None)
        statuses = {f.status for f in files_of_unit}
        status: Status = "taken" if taken else next((s for s in _GRAVEST if s in statuses), "missing")
        remarks = tuple(dict.fromkeys(r for f in files_of_unit for r in f.remarks))
        return UnitRow(unit, status, files_of_unit, taken, remarks)

    def _set_aside(self, unit: RosterUnit, submission: Submission) -> Filed | None:
        report = submission.report
        assert report is not None
        remarks = []
        if report.year != self.year:
            remarks.append(_say("year", year=report.year, expected=self.year))
        for key, table in report.form.tables.items():
            expected = self.form.tables[key].edition
            if table.edition != expected:
                title = table.section.title
                remarks.append(_say("edition", tables=title, found=table.edition, expected=expected))
        if not remarks:
            return None
        status: Status = "wrong_year" if report.year != self.year else "wrong_edition"
        return Filed(submission, status, unit, tuple(remarks))

    def _single(self, unit: RosterUnit, same: list[Submission]) -> Iterator[Filed]:
        """The files of one unit that all have the same content: the first counts."""
        first, *others = sorted(same, key=lambda s: (s.errors, s.file))
        remarks = list(_identity_remarks(unit, first))
        if others:
            files = "、".join(s.file for s in same)
            remarks.append(_say("same_content", count=len(same), files=files))
        # In a form whose rows have moved, numbers stand under other names: nobody can ask for such a sum.
        moved = any(finding.rule == "label-changed" for finding in first.findings)
        taken = not first.errors or (self.include_invalid and not moved)
        if first.errors:
            remarks.append(_say("errors_included" if taken else "errors", count=first.errors))
        yield Filed(first, "taken" if taken else "errors", unit, tuple(remarks))
        for other in others:
            yield Filed(other, "repeated", unit)


def _similar_remark(names: Sequence[str]) -> tuple[str, ...]:
    return (_say("similar", units="、".join(names)),) if names else ()


def _content(submission: Submission, unit: RosterUnit) -> str:
    """The report's canonical form, the spelling of the unit's name and code aside."""
    assert submission.report is not None
    return canonical(replace(submission.report, unit=unit.name, code=unit.code))


def _code_differs(unit: RosterUnit, report: Report) -> bool:
    return bool(report.code and unit.code) and plain_code(report.code) != plain_code(unit.code)


def _name_differs(unit: RosterUnit, report: Report) -> bool:
    return plain_name(report.unit) != plain_name(unit.name)


def _identity_remarks(unit: RosterUnit, submission: Submission) -> Iterator[str]:
    report = submission.report
    assert report is not None
    if _name_differs(unit, report):
        yield _say("matched_by_code", unit=report.unit, code=unit.code)
    elif _code_differs(unit, report):
        yield _say("code_differs", code=report.code, expected=unit.code)


# ---------------------------------------------------------------- findings

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


def _unit_findings(row: UnitRow, rules: Catalogue) -> Iterator[Finding]:
    name = row.unit.name
    if row.status in ("missing", "unread"):
        yield from _found(rules, "missing", name, unit=name, remarks=_sentence(row.remarks))
    for status in ("duplicate", "repeated"):
        some = [f for f in row.files if f.status == status or (status == "repeated" and f is row.taken)]
        if any(f.status == status for f in some):
            files = "、".join(f.submission.file for f in some)
            yield from _found(rules, status, name, unit=name, count=len(some), files=files)
    for filed in row.files:
        file, place = filed.submission.file, f"{name}/{filed.submission.file}"
        if filed.status in ("wrong_year", "wrong_edition"):
            remarks = "；".join(filed.remarks)
            yield from _found(rules, filed.status, place, unit=name, file=file, remarks=remarks)
        if filed.status in ("errors", "taken") and filed.submission.errors:
            yield from _invalid(filed, rules, place)
        if filed is row.taken:
            yield from _identity(row.unit, filed.submission, rules)


def _found(rules: Catalogue, status: Status, place: str, **names: Any) -> Iterator[Finding]:
    rule = rules[_RULE[status]]
    if not rule.off:
        yield rule.finding(place, **names)


def _invalid(filed: Filed, rules: Catalogue, place: str) -> Iterator[Finding]:
    """Left out: an error. Taken all the same because the person said so: a warning in other words."""
    assert filed.unit
    names: dict[str, Any] = {"unit": filed.unit.name, "file": filed.submission.file}
    if filed.status == "taken":
        names |= {"level": "warning", "message": "included"}
    yield from _found(rules, "errors", place, count=filed.submission.errors, **names)


def _identity(unit: RosterUnit, submission: Submission, rules: Catalogue) -> Iterator[Finding]:
    report = submission.report
    assert report is not None
    if _name_differs(unit, report):
        rule, found = rules["unit-name"], report.unit
    elif _code_differs(unit, report):
        rule, found = rules["unit-code"], report.code or ""
    else:
        return
    if not rule.off:
        yield rule.finding(unit.name, unit=unit.name, file=submission.file, found=found, code=unit.code)


def _stranger_findings(filed: Filed, rules: Catalogue) -> Iterator[Finding]:
    """An unreadable file says itself why (rule ``unreadable``)."""
    if filed.status == "unreadable":
        return
    file = filed.submission.file
    remarks = "；".join(filed.remarks) if filed.status == "conflict" else _sentence(filed.remarks)
    yield from _found(rules, filed.status, file, file=file, unit=filed.submission.unit, remarks=remarks)


def _sentence(remarks: Sequence[str]) -> str:
    return "；".join(remarks) + "。" if remarks else ""
