"""What each file is, and whose: then which files of each unit count (``unit-…``).

What a file is comes first: a result of this city, a list, an empty template, a lock is nobody's submission.
A unit is then found by its name (:func:`names.plain_name`: width, brackets and spaces do not matter) or by
its code. Names that merely look alike are suggested to the person, never matched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from ...form import Form
from ...marks import marks_of
from ...report import Report
from ...rules import Catalogue
from ...workbook.kind import parts_of
from ..desk import Desk, Merger, OfficeWord
from .deciding import Decider
from .filed import ASIDE, Aside, Filed, Intake, Status, Submission, UnitRow, status_label
from .findings import intake_findings
from .names import plain_code, plain_name, similar
from .once import said_once, set_apart
from .overlap import without_overlap
from .remarks import remark
from .roster import Roster, RosterUnit

__all__ = [
    "Aside",
    "Filed",
    "Intake",
    "Status",
    "Submission",
    "UnitRow",
    "sort_submissions",
    "status_label",
]

#: A remark gives this many of several names.
_NAMED = 3
#: What other programs leave beside a file that is open is none that anybody sent.
_PASSING = ("lock", "leftover")


def sort_submissions(
    submissions: Sequence[Submission],
    roster: Roster,
    city: str,
    year: int,
    form: Form,
    rules: Catalogue,
    desk: Desk,
    *,
    words: Sequence[OfficeWord],
    include_invalid: bool,
) -> Intake:
    """Give every submission to its unit and decide which one of each unit counts (see :mod:`.deciding`).

    ``city``, ``year``, ``form``: the city's name, year and edition. ``desk``: the office's word on which of
    several files counts; ``words``: on tables of another edition.
    """
    sorter = _Sorter(roster, year, city, desk.mergers)
    set_aside, sent = sorter.set_aside(sorted(submissions, key=lambda s: s.file))
    sent, apart = set_apart(sent)
    strangers, of_unit = sorter.assign(sent)
    decider = Decider.of(city, year, form, rules, desk, words=words, include_invalid=include_invalid)
    rows = [decider.decide(unit, of_unit.get(unit, [])) for unit in roster.units]
    decider.unknown_units()
    others = [*strangers, *set_aside]
    rows = [row if row.files else sorter.missing(row.unit, others, of_unit) for row in rows]
    rows, overlaps = without_overlap(rows, city, rules, desk.mergers)
    once = said_once(apart, rows, strangers, rules)
    found = [*intake_findings(rows, strangers, roster, rules), *decider.said, *overlaps, *once]
    return Intake(tuple(rows), tuple(strangers), tuple(found), tuple(set_aside))


class _Sorter:
    def __init__(self, roster: Roster, year: int, city: str, mergers: Sequence[Merger] = ()) -> None:
        self.roster = roster
        self.year = year
        self.city = city
        self.names = [unit.name for unit in roster.units]
        self.mergers = mergers
        # Every name is looked for in the name of every file.
        self.plain = [(plain_name(name), name) for name in self.names]

    # ------------------------------------------------------------ what is it

    def set_aside(self, submissions: Sequence[Submission]) -> tuple[list[Filed], list[Submission]]:
        """What nobody submitted, and the rest. A result of this city is never one of its own parts,
        also where the city's name is on the roster."""
        aside: list[Filed] = []
        sent: list[Submission] = []
        for submission in submissions:
            filed = self._no_submission(submission)
            aside.append(filed) if filed else sent.append(submission)
        return aside, sent

    def _no_submission(self, submission: Submission) -> Filed | None:
        bare, report, like = replace(submission, findings=()), submission.report, self._like_file(submission)
        if submission.list_kind:
            return Filed(bare, "list", remarks=(remark(f"list_{submission.list_kind}"),))
        if submission.aside:
            about = submission.about or remark(submission.aside)
            return Filed(bare, ASIDE[submission.aside], remarks=(about,), suggestions=like)
        if report is None and submission.imported and not like:
            reasons = tuple(finding.message.rstrip("。") for finding in submission.findings)
            return Filed(bare, "no_report", remarks=reasons)
        if report is None:
            return None
        if submission.is_unfilled and not (report.unit.strip() or report.code) and not like:
            return Filed(bare, "template", remarks=(remark("template"),))
        return self._own(bare, report)

    def _own(self, bare: Submission, report: Report) -> Filed | None:
        """A result of this city, or its published report: a published text is of the whole city."""
        if plain_name(report.unit) != plain_name(self.city):
            return None
        if bare.imported:
            return Filed(bare, "own_result", remarks=(remark("own_published", unit=report.unit),))
        if parts_of(report) is None:
            return None
        key = "own_result" if report.year == self.year else "other_year"
        why = remark(key, unit=report.unit, year=report.year)
        return Filed(bare, "own_result", remarks=(why,))

    # ------------------------------------------------------------ whose

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
            like = self._like_file(submission)
            said = (remark("unread_like", units="、".join(like)),) if like else ()
            return Filed(submission, "unreadable", None, said, like)
        by_name = self.roster.by_name.get(plain_name(report.unit))
        by_code = self.roster.by_code.get(plain_code(report.code))
        if by_name and by_code and by_name is not by_code:
            why = remark("conflict", by_name=by_name.name, code=report.code, by_code=by_code.name)
            return Filed(submission, "conflict", None, (why,), (by_name.name, by_code.name))
        owner = by_name or by_code
        if owner:
            return owner
        if report.unit.strip():
            like = tuple(similar(report.unit, self.names, beginning=self.city, file=_stem(submission)))
            if remarks := self._other_year(report):
                remarks += _similar_remark(like)
            elif new := self._renamed(report):
                like, remarks = (new,), self._merged(report, "renamed")
            else:
                remarks = self._merged(report) or self._result(report) or _similar_remark(like)
        else:
            like = self._like_file(submission)
            remarks = (remark("nameless"), *_similar_remark(like))
        return Filed(submission, "unexpected", remarks=remarks, suggestions=like)

    def _other_year(self, report: Report) -> tuple[str, ...]:
        """Said of what is of another year: nobody has to report it, whatever became of its unit since."""
        other = report.year and report.year != self.year and parts_of(report) is None
        return (remark("year_of_nobody", year=report.year, expected=self.year),) if other else ()

    def _renamed(self, report: Report) -> str:
        """The unit of the roster that bore this name, as the office declares; "" for none."""
        named = [m for m in self.mergers if plain_name(m.old) == plain_name(report.unit)]
        unit = self.roster.find(named[0].new, "") if len(named) == 1 else None
        renamed = marks_of("gouji.city.season", "mergers.ways")["renamed"]
        return unit.name if unit and renamed.names(named[0].way) else ""

    def _merged(self, report: Report, key: str = "merged") -> tuple[str, ...]:
        """Said of a unit that the office declares to have become another."""
        named = [m for m in self.mergers if plain_name(m.old) == plain_name(report.unit)]
        new = dict.fromkeys(m.new for m in named if m.new.strip())
        key = key if new else "ended"
        lines = "、".join(str(m.line) for m in named if m.line)
        where = remark("merger_lines", lines=lines) if lines else ""
        return (remark(key, new="、".join(new), where=where),) if named else ()

    def _result(self, report: Report) -> tuple[str, ...]:
        """Said of the result of a higher level, of this one under another name, or of one that no roster
        knows."""
        parts = parts_of(report)
        if parts is None:
            return ()
        inside = {plain_name(part.unit) for part in parts}
        ours = [unit.name for unit in self.roster.units if plain_name(unit.name) in inside]
        names: dict[str, object] = {
            "unit": report.unit,
            "count": len(ours),
            "units": "、".join(ours[:_NAMED]),
        }
        return (
            remark("holds_ours", **names) if ours else remark("result", unit=report.unit, count=len(parts)),
        )

    def _like_file(self, submission: Submission) -> tuple[str, ...]:
        """Units whose whole name stands in the file's name, the longest first."""
        stem = _stem(submission)
        inside = [name for plain, name in self.plain if plain in stem]
        return tuple(sorted(inside, key=len, reverse=True)[:1])

    # ------------------------------------------------------------ who sent nothing

    def missing(
        self, unit: RosterUnit, others: Sequence[Filed], of_unit: Mapping[RosterUnit, Sequence[Submission]]
    ) -> UnitRow:
        """A unit without a file of its own, with the files that may be its all the same."""
        remarks = []
        results = [f.submission.file for f in others if f.status == "own_result" and self._is(unit, f)]
        if results:
            remarks.append(remark("only_result", files="、".join(results)))
        like = [f for f in others if unit.name in f.suggestions and f.status != "given"]
        remarks += [_may_be_its(filed) for filed in like]
        covered = self._under_other_names(unit, of_unit)
        remarks += [remark("covered", file=s.file, unit=s.unit or owner.name) for owner, s in covered]
        unread = any(f.status in ("unreadable", "foreign") for f in like)
        came = (*(f.submission for f in like if f.status not in _PASSING), *(s for _, s in covered))
        status: Status = "unread" if unread else "missing"
        return UnitRow(unit, status, remarks=tuple(dict.fromkeys(remarks)), like=tuple(came))

    def _is(self, unit: RosterUnit, filed: Filed) -> bool:
        return plain_name(filed.submission.unit) == plain_name(unit.name)

    def _under_other_names(
        self, unit: RosterUnit, of_unit: Mapping[RosterUnit, Sequence[Submission]]
    ) -> list[tuple[RosterUnit, Submission]]:
        """Files that bear this unit's name and say another's on their cover."""
        return [
            (owner, submission)
            for owner, sent in of_unit.items()
            for submission in sent
            if plain_name(unit.name) in _stem(submission) and plain_name(owner.name) not in _stem(submission)
        ]


def _stem(submission: Submission) -> str:
    return plain_name(PurePath(submission.file).stem)


def _may_be_its(filed: Filed) -> str:
    """A file that bears a unit's name or code and is not counted as its own, and why not."""
    unread = filed.status == "unreadable" or not filed.remarks
    messages = tuple(f.message.split("。")[0] for f in filed.submission.findings[:1]) if unread else ()
    why = messages or filed.remarks
    names = {"file": filed.submission.file, "why": why[0] if why else status_label(filed.status)}
    return remark("lock_like" if filed.status == "lock" else "named_like", **names)


def _similar_remark(names: Sequence[str]) -> tuple[str, ...]:
    return (remark("similar", units="、".join(names)),) if names else ()
