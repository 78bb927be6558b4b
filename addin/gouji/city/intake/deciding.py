"""Which of the files of one unit counts.

Files of another year or edition and empty forms are set aside first. A published report then counts only
where nothing else is left of its unit; else it is compared with that. If the rest have one content, it
counts once; if they differ, the one counts that the office chose (以…为准), without its word a 退回单 that
was laid over all the others (:mod:`.sent_back`), and else none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from ...form import Form
from ...records import dataclass
from ...report import Report, canonical
from ...rules import Catalogue, Finding
from ...wording import wording_of
from ...workbook.kind import parts_of
from ..desk import Desk, OfficeWord, Preferred
from .filed import Filed, Status, Submission, UnitRow
from .names import plain_code, plain_name
from .partial import Partial, other_form, partly
from .published import differing
from .reasons import error_remarks
from .remarks import remark
from .roster import RosterUnit
from .sent_back import copies, later
from .unused import unused, without_same
from .versions import chosen, versions_of

#: What a unit is said to be where none of its files is taken: the first of these that occurs.
_GRAVEST: tuple[Status, ...] = ("duplicate", "errors", "wrong_year", "wrong_edition")


@dataclass(frozen=True)
class Decider:
    """``city``, ``year``, ``form``: the city's. ``words``: the office's on tables of another edition.
    ``said``: what is wrong with the lines of 以…为准 that were read."""

    city: str
    year: int
    form: Form
    include_invalid: bool
    rules: Catalogue
    words: Sequence[OfficeWord]
    preferred: dict[str, list[Preferred]]
    said: list[Finding]

    @classmethod
    def of(
        cls,
        city: str,
        year: int,
        form: Form,
        rules: Catalogue,
        desk: Desk,
        *,
        words: Sequence[OfficeWord],
        include_invalid: bool,
    ) -> Decider:
        """``city``, ``year``, ``form``: the city's. ``words``: on tables of another edition;
        ``include_invalid``: a report with errors counts too."""
        preferred: dict[str, list[Preferred]] = {}
        for line in desk.preferred:
            preferred.setdefault(plain_name(line.unit), []).append(line)
        return cls(city, year, form, include_invalid, rules, words, preferred, [])

    def decide(self, unit: RosterUnit, submissions: Sequence[Submission]) -> UnitRow:
        """What a unit sent, ``submissions``, and what became of each: at most one content counts. Of several
        one does only where the office, or a 退回单 that came back, says which."""
        rest, aside = self._sift(unit, submissions)
        line, choice = self._choice(unit, rest, submissions)
        if sent := [s for s in rest if not s.imported]:
            aside += [compared(s, sent[0], unit) for s in rest if s.imported]
            rest = sent
        contents: dict[str, list[Submission]] = {}
        for submission in rest:
            content = _content(submission, unit) if rest[1:] else ""  # one alone is like no other
            contents.setdefault(content, []).append(submission)
        versions = versions_of(list(contents.values())) if len(contents) > 1 else None
        slip = later(contents.values()) if versions and not choice else None
        if versions and slip:
            versions = replace(versions, later=slip.file)
        if first := choice or slip:
            counted = next(same for same in contents.values() if first in same)
            of_others, of_it = _chosen(line if choice else None, first)
            aside = [_settled(one, of_others) if choice else one for one in aside]
            aside += [Filed(s, "superseded", unit, (of_others,)) for s in rest if s not in counted]
            reason = (of_it, *_corrected_since(first, rest, counted)) if len(contents) > 1 else ()
            decided = [_with(f, reason) for f in self._single(unit, counted, first=first)]
        elif versions:
            said = remark("duplicate", count=len(rest), files="、".join(s.file for s in rest))
            decided = [Filed(s, "duplicate", unit, (said, *versions.remarks())) for s in rest]
        else:
            decided = [filed for same in contents.values() for filed in self._single(unit, same)]
        row = _row(unit, unused([*decided, *aside]))
        return replace(row, versions=versions)

    # ------------------------------------------------------------ what does not come into question

    def _sift(
        self, unit: RosterUnit, submissions: Sequence[Submission]
    ) -> tuple[list[Submission], list[Filed]]:
        rest: list[Submission] = []
        aside: list[Filed] = []
        for submission in submissions:
            unfit = self._unfit(unit, submission)
            aside.append(unfit) if unfit else rest.append(submission)
        for copy in copies(rest):
            rest.remove(copy)
            aside.append(Filed(copy, "own_output", unit, (remark("slip_untouched", file=copy.file),)))
        filled = [s for s in rest if not s.is_unfilled]
        if filled:
            empty = [s for s in rest if s.is_unfilled]
            aside += [Filed(s, "unfilled", unit, (remark("unfilled", file=filled[0].file),)) for s in empty]
        return filled or rest, aside

    def _unfit(self, unit: RosterUnit, submission: Submission) -> Filed | None:
        report = submission.report
        assert report is not None
        remarks = []
        if report.year != self.year:
            key = "year" if report.year else "no_year"
            remarks.append(remark(key, year=report.year, expected=self.year))
        remarks += [] if self._fits(unit, report) else self._other_edition(report)
        if not remarks:
            return None
        status: Status = "wrong_year" if report.year != self.year else "wrong_edition"
        return Filed(submission, status, unit, tuple(remarks))

    def _other_edition(self, report: Report) -> list[str]:
        """One remark a table; a form that is of another edition as a whole is said once, with the tables
        whose lines differ."""
        of = {key: t for key, t in report.form.tables.items() if t.edition != self.form.tables[key].edition}
        names = {"found": report.form.edition, "expected": self.form.edition}
        if len(of) == len(self.form.tables) and report.form.edition != self.form.edition:
            differ = [t.section.title for key, t in of.items() if other_form(t, self.form.tables[key])]
            between = wording_of("gouji.city.intake", "versions")["and"]
            return [remark("whole_edition", tables=between.join(differ), **names)]
        return [
            remark("edition", tables=t.section.title, found=t.edition, expected=self.form.tables[key].edition)
            for key, t in of.items()
        ]

    def _fits(self, unit: RosterUnit, report: Report) -> bool:
        same = all(t.edition == self.form.tables[k].edition for k, t in report.form.tables.items())
        return same or self._partly(unit, report) is not None

    def _said_once(self, submission: Submission, partial: Partial | None) -> Submission:
        """What ``unit-partial`` says of a table's edition, and what settles it, is not asked for again."""
        if partial is None or self.rules["unit-partial"].off:
            return submission
        found = (f.but(level="hint") if f.rule == "table-edition" else f for f in submission.findings)
        return replace(submission, findings=tuple(found))

    def _partly(self, unit: RosterUnit, report: Report) -> Partial | None:
        return partly(report, self.form, unit.name, self.words, self.city)

    # ------------------------------------------------------------ 以…为准

    def _choice(
        self, unit: RosterUnit, rest: Sequence[Submission], all_: Sequence[Submission]
    ) -> tuple[Preferred | None, Submission | None]:
        """The line of 以…为准 on this unit and the file that it chose; of a line that chooses nothing it is
        said why."""
        lines = self.preferred.pop(plain_name(unit.name), [])
        if len({plain_name(line.file) for line in lines}) > 1:
            self._say(lines[-1], unit.name, "twice", files="、".join(line.file for line in lines))
            return None, None
        for line in lines[:1]:
            found = chosen(line, rest)
            if any(s.imported for s in found) and any(not s.imported for s in rest):
                self._say(line, unit.name, "published")
            elif len(found) == 1:
                return line, found[0]
            elif found:
                self._say(line, unit.name, "several", files="、".join(s.file for s in found))
            else:
                self._say(line, unit.name, "unfit" if chosen(line, all_) else "no_file")
        return None, None

    def unknown_units(self) -> None:
        """Of lines whose unit is not on the roster; after all units were decided."""
        for line in (line for lines in self.preferred.values() for line in lines):
            self._say(line, line.unit, "no_unit")

    def _say(self, line: Preferred, unit: str, key: str, **names: Any) -> None:
        rule = self.rules["unit-preferred"]
        if rule.off:
            return
        where = rule.parameters["phrases"]["line"].format(line=line.line) if line.line else ""
        names = {"where": where, "unit": unit, "file": line.file, **names}
        self.said.append(rule.finding(f"{unit}/{line.file}", message=key, **names))

    # ------------------------------------------------------------ one content

    def _single(
        self, unit: RosterUnit, same: Sequence[Submission], first: Submission | None = None
    ) -> Iterator[Filed]:
        """The files of one unit that all have the same content: the first counts."""
        # Of a result and its copy the one that says its units.
        first, *others = sorted(
            same,
            key=lambda s: (s is not first, s.slip, s.errors, not (s.report and parts_of(s.report)), s.file),
        )
        own = [s for s in others if first.slip or not s.slip]
        assert first.report
        partial = self._partly(unit, first.report)
        remarks = [
            *_import_remarks(first),
            *_identity_remarks(unit, first),
            *_partial_remarks(partial, first),
        ]
        if own:
            files = "、".join(s.file for s in same if s is first or s in own)
            remarks.append(remark("same_content", count=1 + len(own), files=files))
        taken = not first.errors or (self.include_invalid and summable(first))
        remarks += error_remarks(first, taken=taken) if first.errors else ()
        status: Status = "errors" if not taken else "partial" if partial and partial.missing else "taken"
        yield Filed(self._said_once(first, partial), status, unit, tuple(remarks), partial=partial)
        for other in others:
            if other in own:
                yield Filed(without_same(other, first), "repeated", unit)
            else:
                # A copy of ours with what was found in it: nobody sent anything with it.
                yield Filed(other, "own_output", unit, (remark("slip_untouched", file=other.file),))


def _chosen(line: Preferred | None, first: Submission) -> tuple[str, str]:
    """Why one of several files counts: said of the others, and of itself. ``line``: of 以…为准, None where
    the file is the 退回单 that the others were returned by."""
    if line is None:
        return remark("returned_by", file=first.file), remark("returned")
    why, names = "_why" if line.reason else "", {"file": first.file, "reason": line.reason}
    return remark(f"superseded{why}", **names), remark(f"preferred{why}", **names)


def _corrected_since(
    first: Submission, rest: Iterable[Submission], counted: Sequence[Submission]
) -> Iterator[str]:
    """Said of a file that the office chose: a 退回单 that was laid over it came back, and does not count."""
    for one in rest:
        if first.sha256 and first.sha256 in one.over and one not in counted:
            yield remark("corrected_since", file=one.file)


def _settled(filed: Filed, said: str) -> Filed:
    """A form of another edition is set aside like any other version once the office chose one."""
    if filed.status != "wrong_edition":
        return filed
    return replace(filed, status="superseded", remarks=(said, *filed.remarks))


def _with(filed: Filed, remarks: tuple[str, ...]) -> Filed:
    """What counts with what is said of it beside; a copy of the same content with nothing."""
    return filed if filed.status == "repeated" else replace(filed, remarks=(*filed.remarks, *remarks))


def summable(submission: Submission) -> bool:
    """Of a report with errors. In a form whose rows have moved numbers stand under other names, and in an
    empty one there are none: nobody can ask for such a sum."""
    moved = any(f.rule == "label-changed" and f.level == "error" for f in submission.findings)
    return not submission.is_unfilled and not moved


def _row(unit: RosterUnit, filed: Sequence[Filed]) -> UnitRow:
    files = tuple(sorted(filed, key=lambda f: f.submission.file))
    taken = next((f for f in files if f.status in ("taken", "partial")), None)
    statuses = {f.status for f in files}
    status: Status = taken.status if taken else next((s for s in _GRAVEST if s in statuses), "missing")
    remarks = tuple(dict.fromkeys(r for f in files for r in f.remarks))
    return UnitRow(unit, status, files, taken, remarks)


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


# ---------------------------------------------------------------- remarks


def code_differs(unit: RosterUnit, report: Report) -> bool:
    return bool(report.code and unit.code) and plain_code(report.code) != plain_code(unit.code)


def name_differs(unit: RosterUnit, report: Report) -> bool:
    return plain_name(report.unit) != plain_name(unit.name)


def _import_remarks(submission: Submission) -> Iterator[str]:
    if submission.imported and submission.report and submission.report.imported:
        kinds = wording_of("gouji.city.intake", "imported")
        yield remark("imported", kind=kinds[submission.report.imported.kind])


def _identity_remarks(unit: RosterUnit, submission: Submission) -> Iterator[str]:
    report = submission.report
    assert report is not None
    if name_differs(unit, report):
        yield remark("matched_by_code", unit=report.unit, code=unit.code)
    elif code_differs(unit, report):
        yield remark("code_differs", code=report.code, expected=unit.code)


def _partial_remarks(partial: Partial | None, submission: Submission) -> Iterator[str]:
    if partial is None or submission.report is None:
        return
    between, old = wording_of("gouji.city.intake", "versions")["and"], submission.report.form
    for key, tables in (("not_counted", partial.missing), ("mapped", partial.mapped)):
        titles = between.join(partial.report.form.tables[one].section.title for one in tables)
        if tables:
            yield remark(key, tables=titles, found=old.tables[tables[0]].edition)
    if divided := partial.divided:
        names = {"row": divided.row.short, "count": divided.count}
        if divided.chosen:
            yield remark("placed_row", chosen=divided.chosen.short, **names)
        else:
            yield remark("divided", **names)
