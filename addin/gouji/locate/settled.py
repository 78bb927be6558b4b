"""Cells of which a person looked up what they have to hold (``Report.confirmed``).

What differs from what is typed is wrong for certain; everything else is judged as if it were mended already.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..form import Value
from ..report import Report
from ..rules import Context, Finding, Suspect

RULE = "confirmed-differs"


def settled(report: Report) -> Report:
    """The report with the figures that were looked up."""
    return report.with_values(_differing(report))


def _differing(report: Report) -> dict[str, Value]:
    return {c: right for c, right in report.confirmed.items() if report.value(c) != right}


def settled_findings(
    report: Report, context: Context, before: Sequence[Finding], after: Sequence[Finding]
) -> list[Finding]:
    """One a cell that holds another figure than was looked up.

    ``before``: what the rules say of the report as typed, ``after``: of the mended one; what is gone is
    folded under the first cell that it is about.
    """
    rule, form = context.catalogue[RULE], report.form
    differing = _differing(report)
    if rule.off or not differing:
        return []
    left = {finding.id for finding in after}
    gone = [finding for finding in before if finding.id not in left]
    said = []
    for cell_id, right in differing.items():
        cell = form.by_id[cell_id]
        mended = [f for f in gone if cell_id in (*f.cells, *_cells_of(report, f))]
        gone = [f for f in gone if f not in mended]
        typed = report.value(cell_id)
        finding = rule.finding(
            cell_id,
            (cell_id,),
            row=cell.row.key,
            column=cell.column.label,
            value=cell.kind.show(typed) or rule.parameters["phrases"]["blank"],
            suggested=cell.kind.show(right),
        )
        suspect = Suspect(cell_id, typed, right, rule.parameters["phrases"]["reason"], certain=True)
        said.append(finding.but(suspects=(suspect,), folded=tuple(mended)))
    return said


def _cells_of(report: Report, finding: Finding) -> tuple[str, ...]:
    equation = report.form.equation.get(finding.place)
    return equation.cells if equation else ()
