"""A total line that nobody filled: every number to fill, said once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..form.addresses import ranges
from ..report import Report
from ..rules.equations import residual
from .rank import Hypothesis, Ranker

#: So many numbers stand in the message; more are listed below it, one a line.
INLINE = 7


def complete(ranker: Ranker, best: Hypothesis) -> Hypothesis:
    """The hypothesis with the blank cells of its line that are right as 0 but must be filled."""
    line, report, form = best.line, ranker.report, ranker.form
    assert line is not None
    zeros = []
    for place in set(line.cells) - set(best.cells):
        cell = form.cells[place].id
        totals = [e for e in form.equations_of[cell] if e.right == (cell,)]
        nothing = any(
            all(map(report.is_known, e.left)) and not sum(map(report.number, e.left)) for e in totals
        )
        if report.is_blank(cell) and not report.covers(cell) and nothing:
            zeros.append((place, 0))
    changes = sorted((*zip(best.changes, best.reasons, strict=True), *((z, "empty_total") for z in zeros)))
    return replace(best, changes=tuple(c for c, _ in changes), reasons=tuple(r for _, r in changes))


def filled(ranker: Ranker, best: Hypothesis) -> Report:
    cells = ranker.form.cells
    return ranker.report.with_values({cells[c].id: ranker.values[c] - e for c, e in best.changes})


def confirmed(report: Report, best: Hypothesis) -> bool:
    """Whether every equation at the filled cells holds, and these are more than the cells."""
    form = report.form
    equations = {e.id: e for c in best.cells for e in form.equations_of[form.cells[c].id]}
    known = all(report.is_known(c) for e in equations.values() for c in e.cells)
    return (
        known
        and len(equations) > len(best.cells)
        and not any(residual(report, e) for e in equations.values())
    )


def totals_names(ranker: Ranker, best: Hypothesis, phrases: Mapping[str, str]) -> dict[str, Any]:
    """What the message says: how the line stands there, the number of each cell, what they follow from."""
    line, report, form = best.line, ranker.report, ranker.form
    assert line is not None
    cells = [form.cells[c] for c in best.cells]
    blank = sum(report.is_blank(c.id) for c in cells)
    state = "blank" if blank == len(cells) else "both" if blank else "zero"
    whole = phrases[f"whole_{line.axis}"]
    labels = [c.column.short if line.axis == "row" else c.row.short for c in cells]
    numbers = (c.kind.show(ranker.values[p] - e) for c, (p, e) in zip(cells, best.changes, strict=True))
    values = [
        phrases[f"fill_{line.axis}"].format(label=x, value=n) for x, n in zip(labels, numbers, strict=True)
    ]
    basis = phrases[f"sum_{line.axis}"]
    if confirmed(filled(ranker, best), best):
        basis += phrases["confirmed"]
    return {
        "state": phrases[f"state_{state}"].format(whole=whole, blank=blank, zero=len(cells) - blank),
        "where": "、".join(ranges(form, [c.id for c in cells])),
        "values": "、".join(values) if len(values) <= INLINE else phrases["listed"],
        "total": phrases["in_all"].format(count=len(cells)) if len(cells) > 1 else "",
        "basis": basis,
    }
