"""Findings on the terminal: plain words, labels and addresses, both numbers, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ..rules import Finding
from ..rules.explanations import apply
from ..wording import wording_of
from . import words
from .telling import painted, tell

if TYPE_CHECKING:
    from ..examine import Examined
    from ..report import Report

#: Level -> width of its column, below heads of two and three Chinese characters.
_OVERVIEW = {"error": 4, "warning": 6}
_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}
_STATE_COLOURS = {"clean": "green", "hint": "green", "warning": "yellow", "error": "red", "unreadable": "red"}


def print_examined(examined: Examined) -> None:
    """One file: a head line, its findings, a count."""
    w, names = words("validate"), wording_of("gouji", "said")["states"]
    state = painted(names[examined.state], _STATE_COLOURS[examined.state], bold=True)
    report = examined.report
    if report is None:
        tell(w["header_unreadable"], file=examined.file, state=state)
    else:
        year = w["year"].format(year=report.year) if report.year else w["no_year"]
        unit = report.unit or w["no_unit"]
        edition = report.form.edition
        tell(w["header"], file=examined.file, unit=unit, year=year, edition=edition, state=state)
    for finding in examined.findings:
        print_finding(report, finding)
    if report:
        tell("  " + _count(report, examined.findings))
        if said := _returned(examined):
            tell("  " + said)


def _returned(examined: Examined) -> str:
    """What became of the 退回单 that comes back in the file; "" where there is none."""
    from ..workbook.shown.returned import returned_line

    reading = examined.reading
    return returned_line(reading.returned, reading.report, examined.findings) if reading else ""


def print_overview(examined: Sequence[Examined]) -> None:
    """A line a file at the end: errors, what needs an explanation, state, file."""
    w, names = words("validate"), wording_of("gouji", "said")["states"]
    tell()
    tell(w["overview_heads"])
    for one in examined:
        counts = Counter[str](f.level for f in one.findings)
        state = painted(names[one.state], _STATE_COLOURS[one.state])
        numbers: dict[str, Any] = {level: f"{counts[level]:>{width}}" for level, width in _OVERVIEW.items()}
        tell(w["overview"], **numbers, state=state, file=one.file)
    states = Counter[str](names[one.state] for one in examined)
    said = "，".join(w["overview_state"].format(state=state, count=n) for state, n in states.items())
    tell(w["overview_sum"], count=len(examined), states=said)


def _count(report: Report, findings: Sequence[Finding]) -> str:
    w = words("validate")
    counts = Counter[str](f.level for f in findings)
    settled = [e.settled for e in apply(report, findings) if e.finding.level == "warning"]
    done = sum(settled)
    explained = w["count_explained"].format(done=done, open=len(settled) - done) if done else ""
    numbers = {level: counts[level] for level in _COLOURS}
    return str(w["count"].format(explained=explained, **numbers))


def print_finding(report: Report | None, finding: Finding) -> None:
    """One finding in its lines; without a report, of a file that could not be read, its remedy alone."""
    from ..workbook.shown.findings import place_of

    w = words("validate")
    level = painted(wording_of("gouji", "said")["levels"][finding.level], _COLOURS[finding.level])
    place = place_of(report, finding) if report else ""
    place = w["place"].format(place=place) if place else ""
    tell("  " + w["line"], level=level, place=place, message=finding.message)
    if report:
        for line in _details(report, finding):
            tell("      " + line)
    else:
        tell("      " + w["remedy"], remedy=finding.remedy)


def _key(report: Report, finding: Finding, w: Mapping[str, Any]) -> str:
    """Under which key, and where, the finding is explained."""
    from ..workbook.keyed import number_of, shown_key
    from ..workbook.shown.findings import place_of

    place = place_of(report, finding)
    line = w["key"] if number_of(report.form, finding.id) is None else w["key_row"]
    shown = w["key_place"].format(place=place) if place else ""
    return str(line.format(id=shown_key(report.form, finding.id), place=shown))


def _details(report: Report, finding: Finding) -> Iterator[str]:
    """The arithmetic, what would mend it, what to do, and the key for 审核说明."""
    from ..workbook.shown.explain import alternatives, alternatives_title, basis, lists_alternatives

    w = words("validate")
    for line in basis(report, finding):
        yield w["basis"].format(line=line)
    if lists_alternatives(finding):
        yield alternatives_title(finding)
        for way in alternatives(report, finding):
            yield "  " + w["alternative"].format(number=way.number, text=way.text)
    yield w["remedy"].format(remedy=finding.remedy)
    if finding.level == "warning":
        yield _key(report, finding, w)
    if finding.id in report.explanations:
        (explained,) = apply(report, [finding])
        yield w["explained"].format(state=explained.state, text=explained.text, why=explained.why)
