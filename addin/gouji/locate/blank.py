"""Total lines that nobody filled, seen before the blanks are declared to be 0 (``totals-left``)."""

from __future__ import annotations

from collections.abc import Iterator

from ..report import Report
from ..rules import Finding
from .causes import Cause
from .lines import GridLine, lines
from .rank import Hypothesis, Ranker
from .totals import complete, confirmed, filled
from .witness import doubt


def blank_totals(ranker: Ranker, findings: list[Finding]) -> list[tuple[Cause, list[Finding]]]:
    """Total lines with no number but 0 in them and blanks where the parts are known and not all 0.

    Their equations are undecidable, so no residual shows them. Each comes with the finding of blank
    cells where that names nothing else.
    """
    report = ranker.report
    if report.is_complete:
        return []
    found = []
    for line in lines(report.form).totals:
        # Where blanks are declared to be 0 all parts are known as soon as one is typed: one total that is
        # still blank then is no line that was forgotten.
        least = 2 if report.declared(report.form.cells[line.cells[0]].table) else 1
        if len(changes := tuple(_sums(report, line))) >= least:
            pattern = Hypothesis(changes, ("empty_total",) * len(changes), 0, "total_line", line)
            named = {report.form.cells[c].id for c in line.cells}
            folded = [f for f in findings if f.rule == "cell-blank" and named.issuperset(f.cells)]
            pattern = complete(ranker, pattern)
            against = doubt(ranker, pattern.changes)
            certain = against is None and confirmed(filled(ranker, pattern), pattern)
            found.append((Cause((pattern,), certain, complete=True, doubt=against), folded))
    return found


def _sums(report: Report, line: GridLine) -> Iterator[tuple[int, int]]:
    """The blank cells of an unfilled line whose known parts are not 0, with what they lack."""
    form = report.form
    if any(report.number(form.cells[c].id) for c in line.cells):
        return
    for place in line.cells:
        cell = form.cells[place].id
        totals = (e for e in form.equations_of[cell] if e.right == (cell,) and report.is_blank(cell))
        known = (sum(map(report.number, e.left)) for e in totals if all(map(report.is_known, e.left)))
        if parts := next(filter(None, known), 0):
            yield place, -parts
