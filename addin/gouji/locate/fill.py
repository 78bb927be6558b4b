"""Numbers for cells that hold none: what the equations say of a blank or unreadable cell.

An equation in which one cell is missing gives that cell; cells found so may give others. A cell is
certain where two equations or more give it from typed numbers alone and agree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..form import Equation
from ..report import Report
from ..rules import Context, Finding, Suspect
from ..rules.cells import blank_finding, cell_label, covered

#: Blank cells of a table that are each spoken of; of more, only how many can be known.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What the equations say of one cell. ``value``: None where they disagree or say what is no count."""

    value: int | None
    reasons: tuple[str, ...]
    certain: bool


def with_numbers(report: Report, context: Context, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, those on blank and unreadable cells with the numbers that these must hold.

    A blank cell that an unfilled total line speaks of is not said again.
    """
    if len(report.values) == len(report.form.cells):
        return list(findings)
    phrases = context.catalogue["cell-blank"].parameters["phrases"]
    known = missing_numbers(report, phrases)
    said = {s.cell for f in findings if f.rule == "totals-left" for s in f.suspects}
    found = []
    for finding in findings:
        if finding.rule == "cell-blank":
            cells = [c for c in finding.cells if c not in said]
            if cells:
                made = blank_finding(report, context, cells, _note(report, cells, known, phrases))
                found.append(made.but(suspects=_suspects(cells, known)))
        elif finding.rule == "cell-number" and not report.is_known(finding.cells[0]):
            note = _sentence(finding.cells[0], known, phrases)
            suspects = _suspects(finding.cells, known)
            found.append(finding.but(message=finding.message + note, suspects=suspects))
        else:
            found.append(finding)
    return found


def missing_numbers(report: Report, phrases: Mapping[str, Any]) -> dict[str, Known]:
    """Cell id -> what the equations say of it, for the cells without a number of which they say anything."""
    form = report.form
    missing = {c for e in form.equations for c in e.cells if not report.is_known(c)}
    missing |= {c for e in form.equations for c in e.right if report.is_blank(c) and not covered(report, c)}
    numbers = {c: report.number(c) for e in form.equations for c in e.cells if c not in missing}
    known: dict[str, Known] = {}
    first = True
    while True:
        given: dict[str, list[tuple[int, str]]] = {}
        for equation in form.equations:
            absent = [c for c in equation.cells if c not in numbers]
            if len(absent) == 1 and absent[0] not in known:
                given.setdefault(absent[0], []).append(_solved(equation, absent[0], numbers, phrases))
        if not given:
            return known
        for cell, answers in given.items():
            values = {value for value, _ in answers}
            value = min(values) if len(values) == 1 and min(values) >= 0 else None
            known[cell] = Known(
                value, tuple(text for _, text in answers), first and value is not None and len(answers) > 1
            )
            if value is not None:
                numbers[cell] = value
        first = False


def _solved(
    equation: Equation, cell: str, numbers: Mapping[str, int], phrases: Mapping[str, Any]
) -> tuple[int, str]:
    """The missing number of an equation, and how it follows."""
    left, right = (sum(numbers.get(c, 0) for c in side) for side in (equation.left, equation.right))
    total = cell in equation.right
    value = left - right if total else right - left
    part = "" if equation.kind == "balance" else "_total" if total else "_part"
    kind = equation.kind if equation.table == "table3" else equation.table
    return value, phrases[f"{kind}{part}"].format(total=right, rest=left, value=value)


def _sentence(cell: str, known: Mapping[str, Known], phrases: Mapping[str, Any], label: str = "") -> str:
    found = known.get(cell)
    if found is None:
        return str(phrases["none"].format(cell=label))
    reasons = "，".join(found.reasons)
    phrase = "differ" if found.value is None else "value" if found.certain else "likely"
    return str(phrases[phrase].format(cell=label, reasons=reasons, value=found.value))


def _note(
    report: Report, cells: Sequence[str], known: Mapping[str, Known], phrases: Mapping[str, Any]
) -> str:
    if len(cells) <= _NAMED:
        labels = ("" if len(cells) == 1 else cell_label(report.form.by_id[c]) for c in cells)
        return "".join(_sentence(c, known, phrases, label) for c, label in zip(cells, labels, strict=True))
    count = sum(c in known and known[c].value is not None for c in cells)
    return str(phrases["some" if count else "no_cell"].format(count=count))


def _suspects(cells: Sequence[str], known: Mapping[str, Known]) -> tuple[Suspect, ...]:
    """Group 1 throughout: the cells are filled together, none excludes another."""
    return tuple(
        Suspect(c, None, found.value, "，".join(found.reasons), found.certain)
        for c in cells
        if (found := known.get(c)) and found.value is not None
    )
