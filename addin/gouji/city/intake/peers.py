"""Units beside one another: outliers among peers (``outlier-peers``) and texts that two units share
(``text-shared``).

Said as findings of the units, which explain them like every other warning. Peers are the units of
one 类别 of the roster: a township is no measure for a department.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...report import Report
from ...rules import Catalogue, Finding, in_order, peer_outliers, shared_texts
from ...rules.hush import hushed
from ...rules.same_numbers import same_numbers
from .filed import Filed, Intake, UnitRow

_Compare = Callable[[Sequence[Report], Catalogue], list[tuple[int, Finding]]]


def beside_peers(intake: Intake, rules: Catalogue) -> Intake:
    """The intake with these findings added to what was taken. Silent on a cell that an error names."""
    # Numbers of a table in another edition stand in other cells.
    taken = [row for row in intake.units if row.taken and not row.taken.partial]
    found: dict[str, list[Finding]] = {}
    for kind in dict.fromkeys(row.unit.kind for row in taken):
        _collect(found, [row for row in taken if row.unit.kind == kind], peer_outliers, rules)
    _collect(found, taken, shared_texts, rules)
    _collect(found, taken, same_numbers, rules)
    return replace(
        intake, units=tuple(_with(row, found.get(row.unit.name, []), rules) for row in intake.units)
    )


def _collect(
    found: dict[str, list[Finding]], rows: Sequence[UnitRow], compare: _Compare, rules: Catalogue
) -> None:
    reports = [
        replace(row.taken.submission.report, unit=row.unit.name)
        for row in rows
        if row.taken and row.taken.submission.report
    ]
    for index, finding in compare(reports, rules):
        found.setdefault(rows[index].unit.name, []).append(finding)


def _with(row: UnitRow, more: Sequence[Finding], rules: Catalogue) -> UnitRow:
    if row.taken is None or not more:
        return row
    submission = row.taken.submission
    assert submission.report
    findings = hushed(in_order([*submission.findings, *more]), submission.report.form, rules)
    taken: Filed = replace(row.taken, submission=replace(submission, findings=tuple(findings)))
    files = tuple(taken if filed is row.taken else filed for filed in row.files)
    return replace(row, files=files, taken=taken)
