"""Which submission belongs to which unit of the roster, and which of them may be summed (``unit-…``).

A unit is found by its name (:func:`names.plain_name`: width, brackets and spaces do not matter) or by
its code. Names that merely look alike are suggested to the person, never matched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Literal

from ...form import Form
from ...report import Report, canonical
from ...rules import Catalogue, Finding, State, state_of
from ...wording import wording_of
from ...workbook.kind import ListKind, parts_of
from ...workbook.seal import SealState
from .names import plain_code, plain_name, similar
from .published import differing
from .remarks import remark
from .roster import Roster, RosterUnit

#: ``taken`` and ``repeated`` (the same content once more) count; all others say why something does not.
#: ``overlap``: summed already, in the result of another. ``compared``: published, beside the workbook that
#: its unit sent. ``own_result``, ``list`` and ``no_report`` are no submissions.
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
    "overlap",
    "conflict",
    "unexpected",
    "unreadable",
    "compared",
    "own_result",
    "list",
    "no_report",
]
#: What a file is said to be that nobody submitted and whose content is no report of a unit.
Aside = Literal["no_report", "our_word", "our_letter", ""]
#: A remark gives this many of several names.
_NAMED = 3
#: What a unit is said to be where none of its files is taken: the first of these that occurs.
_GRAVEST: tuple[Status, ...] = ("duplicate", "errors", "wrong_year", "wrong_edition")


@dataclass(frozen=True, slots=True)
class Submission:
    """One file as it was read. ``file``: its path within the folder, with "/". ``report`` is None where it
    could not be read; ``findings`` then say why (rule ``unreadable``), else they are its audit's. ``seal``:
    "intact", "broken", "none", or "" for what can not carry one. ``list_kind``: which list of a city the
    file is, whose ``report`` is None. ``imported``: a published text, not a form; ``aside``: why it is none
    that anybody submitted. ``sha256``: of the file's bytes, "" where it was none; ``modified``: when the
    file was last written, in seconds since 1970, 0 where that is not known."""

    file: str
    report: Report | None
    findings: tuple[Finding, ...] = ()
    seal: SealState | Literal[""] = ""
    list_kind: ListKind | None = None
    aside: Aside = ""
    imported: bool = False
    sha256: str = ""
    modified: float = 0

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
    ``findings``: the ``unit-…`` rules, in that order. ``set_aside``: what the program itself made
    of a city, which nobody submitted; nothing that is wrong with it concerns this run."""

    units: tuple[UnitRow, ...]
    strangers: tuple[Filed, ...]
    findings: tuple[Finding, ...]
    set_aside: tuple[Filed, ...] = ()

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

    Policy for several files of one unit: those of another year or edition are set aside first. A published
    report then counts only where nothing else is left of its unit; else it is compared with that. If the rest
    have the same content, it counts once; if they differ, none counts until a person has decided.
    """
    from .findings import stranger_findings, unit_findings
    from .overlap import without_overlap

    sorter = _Sorter(roster, year, form, city, include_invalid)
    set_aside, sent = sorter.set_aside(sorted(submissions, key=lambda s: s.file))
    strangers, of_unit = sorter.assign(sent)
    rows = [sorter.decide(unit, of_unit.get(unit, [])) for unit in roster.units]
    rows = [row if row.files else sorter.missing(row.unit, strangers, set_aside) for row in rows]
    rows, overlaps = without_overlap(rows, city, rules)
    findings = [f for row in rows for f in unit_findings(row, rules)]
    findings += [f for filed in strangers for f in stranger_findings(filed, rules)]
    return Intake(tuple(rows), tuple(strangers), (*findings, *overlaps), tuple(set_aside))


class _Sorter:
    def __init__(self, roster: Roster, year: int, form: Form, city: str, include_invalid: bool) -> None:
        self.roster = roster
        self.year = year
        self.form = form
        self.city = city
        self.include_invalid = include_invalid

    # ------------------------------------------------------------ what is it, and whose

    def set_aside(self, submissions: Sequence[Submission]) -> tuple[list[Filed], list[Submission]]:
        """What nobody submitted, and the rest. A result of this city is never one of its own parts,
        also where the city's name is on the roster."""
        aside: list[Filed] = []
        sent: list[Submission] = []
        for submission in submissions:
            filed = self._made_here(submission)
            aside.append(filed) if filed else sent.append(submission)
        return aside, sent

    def _made_here(self, submission: Submission) -> Filed | None:
        bare, report = replace(submission, findings=()), submission.report
        if submission.list_kind:
            return Filed(bare, "list", remarks=(remark(f"list_{submission.list_kind}"),))
        if submission.aside:
            return Filed(bare, "no_report", remarks=(remark(submission.aside),))
        if report is None and submission.imported and not self._like_file(submission):
            reasons = tuple(finding.message.rstrip("。") for finding in submission.findings)
            return Filed(bare, "no_report", remarks=reasons)
        if report is None or plain_name(report.unit) != plain_name(self.city):
            return None
        if submission.imported and plain_name(self.city) not in self.roster.by_name:
            return Filed(bare, "own_result", remarks=(remark("own_published", unit=report.unit),))
        if parts_of(report) is None:
            return None
        key = "own_result" if report.year == self.year else "other_year"
        why = remark(key, unit=report.unit, year=report.year)
        return Filed(bare, "own_result", remarks=(why,))

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
            why = remark("conflict", by_name=by_name.name, code=report.code, by_code=by_code.name)
            return Filed(submission, "conflict", remarks=(why,))
        owner = by_name or by_code
        if owner:
            return owner
        if report.unit.strip():
            like = tuple(similar(report.unit, self._names(), beginning=self.city))
            remarks = self._holds_ours(report) or _similar_remark(like)
        else:
            like = self._like_file(submission)
            remarks = (remark("nameless"), *_similar_remark(like))
        return Filed(submission, "unexpected", remarks=remarks, suggestions=like)

    def _holds_ours(self, report: Report) -> tuple[str, ...]:
        """Said of the result of a higher level, or of this one under another name."""
        parts = {plain_name(part.unit) for part in parts_of(report) or ()}
        ours = [unit.name for unit in self.roster.units if plain_name(unit.name) in parts]
        units = "、".join(ours[:_NAMED])
        return (remark("holds_ours", unit=report.unit, count=len(ours), units=units),) if ours else ()

    def _names(self) -> list[str]:
        return [unit.name for unit in self.roster.units]

    def _like_file(self, submission: Submission) -> tuple[str, ...]:
        """Units whose whole name stands in the file's name, the longest first."""
        stem = plain_name(PurePath(submission.file).stem)
        inside = [name for name in self._names() if plain_name(name) in stem]
        return tuple(sorted(inside, key=len, reverse=True)[:1])

    def missing(self, unit: RosterUnit, strangers: Sequence[Filed], set_aside: Sequence[Filed]) -> UnitRow:
        results = [f.submission for f in set_aside if plain_name(f.submission.unit) == plain_name(unit.name)]
        like = [s for s in strangers if unit.name in s.suggestions]
        files = "、".join(s.submission.file for s in like)
        remarks = (remark("named_like", files=files),) if like else ()
        if results:
            files = "、".join(s.file for s in results)
            remarks = (remark("only_result", files=files), *remarks)
        unread = any(s.status == "unreadable" for s in like)
        return UnitRow(unit, "unread" if unread else "missing", remarks=remarks)

    # ------------------------------------------------------------ which one counts

    def decide(self, unit: RosterUnit, submissions: list[Submission]) -> UnitRow:
        aside = [filed for s in submissions if (filed := self._set_aside(unit, s))]
        rest = [s for s in submissions if all(s is not filed.submission for filed in aside)]
        if sent := [s for s in rest if not s.imported]:
            aside += [compared(s, sent[0], unit) for s in rest if s.imported]
            rest = sent
        versions: dict[str, list[Submission]] = {}
        for submission in rest:
            versions.setdefault(_content(submission, unit), []).append(submission)
        if len(versions) > 1:
            files = "、".join(s.file for s in rest)
            why = remark("duplicate", count=len(rest), files=files)
            decided = [Filed(s, "duplicate", unit, (why,)) for s in rest]
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
            remarks.append(remark("year", year=report.year, expected=self.year))
        for key, table in report.form.tables.items():
            expected = self.form.tables[key].edition
            if table.edition != expected:
                title = table.section.title
                remarks.append(remark("edition", tables=title, found=table.edition, expected=expected))
        if not remarks:
            return None
        status: Status = "wrong_year" if report.year != self.year else "wrong_edition"
        return Filed(submission, status, unit, tuple(remarks))

    def _single(self, unit: RosterUnit, same: list[Submission]) -> Iterator[Filed]:
        """The files of one unit that all have the same content: the first counts."""
        # Of a result and its copy the one that says its units.
        first, *others = sorted(same, key=lambda s: (s.errors, not (s.report and parts_of(s.report)), s.file))
        remarks = [*_import_remarks(first), *_identity_remarks(unit, first)]
        if others:
            files = "、".join(s.file for s in same)
            remarks.append(remark("same_content", count=len(same), files=files))
        # In a form whose rows have moved, numbers stand under other names: nobody can ask for such a sum.
        moved = any(finding.rule == "label-changed" for finding in first.findings)
        taken = not first.errors or (self.include_invalid and not moved)
        if first.errors:
            remarks.append(_errors_remark(first, taken=taken))
        yield Filed(first, "taken" if taken else "errors", unit, tuple(remarks))
        for other in others:
            yield Filed(other, "repeated", unit)


def _errors_remark(submission: Submission, *, taken: bool) -> str:
    """How many errors; of a single one that is said in one sentence, which."""
    (message, *others) = [f.message for f in submission.findings if f.level == "error"]
    key = "errors_included" if taken else "errors" if others or message.count("。") != 1 else "error"
    return remark(key, count=len(others) + 1, message=message.removesuffix("。"))


def _similar_remark(names: Sequence[str]) -> tuple[str, ...]:
    return (remark("similar", units="、".join(names)),) if names else ()


def _content(submission: Submission, unit: RosterUnit) -> str:
    """The report's canonical form, the spelling of the unit's name and code aside."""
    assert submission.report is not None
    return canonical(replace(submission.report, unit=unit.name, code=unit.code))


def compared(published: Submission, sent: Submission, unit: RosterUnit) -> Filed:
    """A published report beside what its unit sent: told and not counted."""
    assert published.report and sent.report
    count = len(differing(published.report, sent.report))
    key = "compared_differs" if count else "compared_same"
    return Filed(published, "compared", unit, (remark(key, file=sent.file, count=count),))


def code_differs(unit: RosterUnit, report: Report) -> bool:
    return bool(report.code and unit.code) and plain_code(report.code) != plain_code(unit.code)


def name_differs(unit: RosterUnit, report: Report) -> bool:
    return plain_name(report.unit) != plain_name(unit.name)


def _import_remarks(submission: Submission) -> Iterator[str]:
    if submission.imported and submission.report and submission.report.imported:
        yield remark("imported", kind=wording_of("gouji.city", "imported")[submission.report.imported.kind])


def _identity_remarks(unit: RosterUnit, submission: Submission) -> Iterator[str]:
    report = submission.report
    assert report is not None
    if name_differs(unit, report):
        yield remark("matched_by_code", unit=report.unit, code=unit.code)
    elif code_differs(unit, report):
        yield remark("code_differs", code=report.code, expected=unit.code)
