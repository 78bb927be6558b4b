"""Findings on the terminal: plain words, labels and addresses, both numbers, what to do."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from ..rules import Finding, Suspect
from ..rules.explanations import apply
from . import words

if TYPE_CHECKING:
    from ..report import Report
    from ..workbook.examine import Examined

_COLOURS = {"error": "red", "warning": "yellow", "hint": "cyan"}
_STATE_COLOURS = {"clean": "green", "hint": "green", "warning": "yellow", "error": "red", "unreadable": "red"}


def print_examined(examined: Examined) -> None:
    """One file: a head line, its findings, a count."""
    w = words("validate")
    state = click.style(w["states"][examined.state], fg=_STATE_COLOURS[examined.state], bold=True)
    report = examined.report
    if report is None:
        click.echo(w["header_unreadable"].format(file=examined.file, state=state))
    else:
        head = w["header"].format(
            file=examined.file, unit=report.unit, year=report.year, edition=report.form.edition, state=state
        )
        click.echo(head)
    for finding in examined.findings:
        print_finding(report, finding)
    if report:
        counts = Counter[str](f.level for f in examined.findings)
        click.echo("  " + w["count"].format(**{level: counts[level] for level in _COLOURS}))


def print_finding(report: Report | None, finding: Finding) -> None:
    from ..workbook.findings import place_of

    w = words("validate")
    level = click.style(w["levels"][finding.level], fg=_COLOURS[finding.level])
    place = place_of(report, finding) if report else ""
    click.echo("  " + w["line"].format(level=level, place=place, message=finding.message))
    if len(finding.suspects) > 1 and report:
        click.echo("      " + w["suspects"])
        for suspect in finding.suspects:
            click.echo("        " + _suspect(report, suspect))
    if finding.folded:
        messages = "；".join(f.message.rstrip("。") for f in finding.folded)
        click.echo("      " + w["folded"].format(messages=messages))
    click.echo("      " + w["remedy"].format(remedy=finding.remedy))
    if report and finding.id in report.explanations:
        (explained,) = apply(report, [finding])
        line = w["explained"].format(state=explained.state, text=explained.text, why=explained.why)
        click.echo("      " + line)


def _suspect(report: Report, suspect: Suspect) -> str:
    from ..workbook.layout import layout_of

    w = words("validate")
    cell = report.form.by_id[suspect.cell]
    label = f"{cell.row.key}／{cell.column.label}"
    line = w["suspect"].format(
        place="!".join(layout_of(report.form).locate(suspect.cell)),
        label=label,
        value=cell.kind.show(suspect.value) or w["blank"],
        suggested=cell.kind.show(suspect.suggested) or w["blank"],
        reason=suspect.reason,
    )
    return f"{suspect.group}) {line}"
