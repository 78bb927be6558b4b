"""Findings on the terminal: plain words, labels and addresses, both numbers, what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from ..rules import Finding
from ..rules.explanations import apply
from . import words

if TYPE_CHECKING:
    from ..examine import Examined
    from ..report import Report

#: Level -> width of its column, below heads of two and three Chinese characters.
_OVERVIEW = {"error": 4, "warning": 6}
_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}
_STATE_COLOURS = {"clean": "green", "hint": "green", "warning": "yellow", "error": "red", "unreadable": "red"}


def _plain(text: str) -> str:
    """What a file says, without what would command the terminal."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def print_examined(examined: Examined) -> None:
    """One file: a head line, its findings, a count."""
    w = words("validate")
    state = click.style(w["states"][examined.state], fg=_STATE_COLOURS[examined.state], bold=True)
    report = examined.report
    if report is None:
        click.echo(w["header_unreadable"].format(file=examined.file, state=state))
    else:
        year = w["year"].format(year=report.year) if report.year else w["no_year"]
        unit = report.unit or w["no_unit"]
        edition = report.form.edition
        head = w["header"].format(
            file=examined.file, unit=_plain(unit), year=year, edition=edition, state=state
        )
        click.echo(head)
    for finding in examined.findings:
        print_finding(report, finding)
    if report:
        click.echo("  " + _count(report, examined.findings))
        if said := _returned(examined):
            click.echo("  " + said)


def _returned(examined: Examined) -> str:
    """What became of the 退回单 that comes back in the file; "" where there is none."""
    from ..workbook.shown.returned import returned_line

    reading = examined.reading
    return _plain(returned_line(reading.returned, reading.report, examined.findings)) if reading else ""


def print_overview(examined: Sequence[Examined]) -> None:
    """A line a file at the end: errors, what needs an explanation, state, file."""
    w = words("validate")
    click.echo()
    click.echo(w["overview_heads"])
    for one in examined:
        counts = Counter[str](f.level for f in one.findings)
        state = click.style(w["states"][one.state], fg=_STATE_COLOURS[one.state])
        numbers = (f"{counts[level]:>{width}}" for level, width in _OVERVIEW.items())
        click.echo(w["overview"].format(*numbers, state=state, file=one.file))
    states = Counter[str](w["states"][one.state] for one in examined)
    said = "，".join(w["overview_state"].format(state=state, count=n) for state, n in states.items())
    click.echo(w["overview_sum"].format(count=len(examined), states=said))


def _count(report: Report, findings: Sequence[Finding]) -> str:
    w = words("validate")
    counts = Counter[str](f.level for f in findings)
    settled = [e.settled for e in apply(report, findings) if e.finding.level == "warning"]
    done = sum(settled)
    explained = w["count_explained"].format(done=done, open=len(settled) - done) if done else ""
    numbers = {level: counts[level] for level in _COLOURS}
    return str(w["count"].format(explained=explained, **numbers))


def print_finding(report: Report | None, finding: Finding) -> None:
    from ..workbook.shown.findings import place_of

    w = words("validate")
    level = click.style(w["levels"][finding.level], fg=_COLOURS[finding.level])
    place = place_of(report, finding) if report else ""
    place = w["place"].format(place=place) if place else ""
    click.echo("  " + w["line"].format(level=level, place=place, message=_plain(finding.message)))
    if report:
        for line in _details(report, finding):
            click.echo("      " + line)
    else:
        click.echo("      " + w["remedy"].format(remedy=finding.remedy))


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
