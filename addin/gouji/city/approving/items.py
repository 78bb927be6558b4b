"""Every finding of a consolidation with what an explanation of it needs: whose it is, what its unit says of
it, and which numbers it stands on."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ...records import dataclass
from ...report import Explanation, Report, canonical
from ...rules import Finding

if TYPE_CHECKING:
    from ..consolidate import Consolidation
    from ..intake.roster import Roster
    from ..intake.sorting import Submission, UnitRow

#: A finding of the sum -> the check of 校验 that compares the same numbers.
ON_CHECK = {"city-carry-over": "carry-over"}
#: Begins the id of every rule that says something of the roster or of who sent what.
OF_UNITS = "unit-"


@dataclass(frozen=True, slots=True)
class Item:
    """``unit``: the roster's name, what a stranger calls itself, or the city's name. ``file``: "" for the
    city's own. ``of``: the unit of the roster that it concerns, "" for none; ``beside``: further ones;
    ``city``: a finding of the city. ``report``: in which it was found. ``given``: what that unit's file says
    of it; ``own``: what the city's own report says. ``taken``: the file was summed."""

    unit: str
    file: str
    finding: Finding
    of: str = ""
    beside: tuple[str, ...] = ()
    city: bool = False
    report: Report | None = None
    given: Explanation | None = None
    own: Explanation | None = None
    taken: bool = False


def items_of(city: Consolidation, own: Mapping[str, Explanation]) -> list[Item]:
    """The city's findings first, then those of the files, as :meth:`Consolidation.problems` has them.
    ``own``: 审核说明 in the city's own report, by the ids of findings."""
    return [*_of_city(city, own), *_of_files(city)]


def _of_city(city: Consolidation, own: Mapping[str, Explanation]) -> Iterator[Item]:
    rows = {row.unit.name: row for row in city.units}
    strangers = {filed.submission.file for filed in city.strangers}
    for finding in city.findings:
        on_unit = finding.rule.startswith(OF_UNITS) and finding.place not in strangers
        about = _about(finding.place, rows) if on_unit else []
        row = rows[about[0]] if about else None
        yield Item(
            city.report.unit,
            "",
            finding,
            of=about[0] if about else "",
            beside=tuple(about[1:]),
            city=True,
            report=city.report,
            given=_beside(row, finding) if row else None,
            own=own.get(finding.id),
        )


def _about(place: str, names: Container[str]) -> list[str]:
    """The units that a place begins with, one or several; a name may have a stroke in it."""
    parts, found = place.split("/"), list[str]()
    while parts:
        counts = (n for n in range(len(parts), 0, -1) if "/".join(parts[:n]) in names)
        if not (count := next(counts, 0)):
            break
        found.append("/".join(parts[:count]))
        parts = parts[count:]
    return list(dict.fromkeys(found))


def _beside(row: UnitRow, finding: Finding) -> Explanation | None:
    """What a unit says in its workbook of what was found beside it, such as its name on the roster."""
    files = [row.taken] if row.taken else row.files
    reports = (filed.submission.report for filed in files)
    return next((e for r in reports if r and (e := r.explanations.get(finding.id))), None)


def _of_files(city: Consolidation) -> Iterator[Item]:
    taken = {id(filed) for filed in city.taken}
    for filed in city.intake.files:
        one, unit = filed.submission, filed.unit.name if filed.unit else ""
        said = one.report.explanations if one.report else {}
        for finding in one.findings:
            yield Item(
                unit or one.unit,
                one.file,
                finding,
                of=unit,
                report=one.report,
                given=said.get(finding.id),
                taken=id(filed) in taken,
            )


def items_in(submissions: Iterable[Submission], roster: Roster) -> Iterator[Item]:
    """The findings of files of which it is not yet decided what becomes of them."""
    for one in submissions:
        unit = roster.find(one.unit, one.report.code) if one.report else None
        if one.report and unit:
            said = one.report.explanations
            for f in one.findings:
                yield Item(unit.name, one.file, f, of=unit.name, report=one.report, given=said.get(f.id))


def numbers_of(item: Item) -> tuple[str, ...]:
    """The numbers that a finding stands on: both sides, else what its cells hold; () where it has neither."""
    finding, report = item.finding, item.report
    if numbers := finding.numbers():
        return numbers
    if report is None:
        return ()
    known = (report.form.by_id[cell] for cell in finding.cells if cell in report.form.by_id)
    return tuple(cell.kind.show(report.value(cell.id)) for cell in known)


def content_of(row: UnitRow) -> str:
    """A digest of what a unit sent: of the file that counts, else of all. Explanations count by their texts;
    a seal that was set since changes nothing. "" where nothing was sent."""
    files = [row.taken] if row.taken else row.files
    if not files:
        return ""
    digest = hashlib.sha256()
    for filed in files:
        one = filed.submission
        digest.update((_content(one.report) if one.report else one.sha256).encode())
    return digest.hexdigest()


def _content(report: Report) -> str:
    texts = {key: Explanation(given.text, "") for key, given in report.explanations.items()}
    return canonical(replace(report, explanations=texts))
