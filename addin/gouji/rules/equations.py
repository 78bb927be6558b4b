"""The equations of the form, each a typed total against its parts (form/README.md, “Equations”).

Three outcomes: it holds, it fails, or it is undecidable, because a cell is blank and no declaration makes it
0 (:meth:`Report.covers`), or because a cell holds what can not be added. With blanks alone one half
is decidable even then: filled parts that already exceed a filled total.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..form import Equation
from ..report import Report
from .context import Context
from .finding import Finding

#: Which catalogue entry speaks for an equation.
_RULE = {
    ("table3", "row"): "row-total",
    ("table3", "column"): "process-total",
    ("table3", "balance"): "balance",
    ("table4", "row"): "table4-total",
}


def rule_of(equation: Equation) -> str:
    """The id of the catalogue's rule that this equation is an instance of."""
    return _RULE[equation.table, equation.kind]


def residual(report: Report, equation: Equation) -> int | None:
    """left − right, or None while the equation is undecidable (未填完)."""
    left, right = sides(report, equation)
    # What is filled in, and not as a text, is known.
    is_filled = not report.as_text and None not in map(report.values.get, equation.cells)
    if is_filled or all(map(report.is_known, equation.cells)) or exceeds(report, equation):
        return left - right
    return None


def sides(report: Report, equation: Equation) -> tuple[int, int]:
    """Both sides with blank and "/" counted 0."""
    return sum(map(report.number, equation.left)), sum(map(report.number, equation.right))


def exceeds(report: Report, equation: Equation) -> bool:
    """True where the filled parts are already more than the filled total: blanks can not mend that."""
    if equation.kind == "balance" or not all(map(report.is_known, equation.right)):
        return False
    if not all(map(report.is_sound, equation.left)):
        return False
    left, right = sides(report, equation)
    # A blank part of a signed kind could still be negative; no total of the form sums signed cells.
    return left > right


def check_equations(report: Report, context: Context) -> Iterator[Finding]:
    """One finding a broken equation, in the order of the form."""
    if report.is_complete and all(map(report.is_sound, report.form.by_id)):
        broken = [
            e for e, r in zip(report.form.equations, report.form.residuals(report.vector()), strict=True) if r
        ]
    else:
        broken = [e for e in report.form.equations if residual(report, e)]
    for equation in broken:
        rule = context.catalogue[rule_of(equation)]
        if rule.off:
            continue
        left, right = sides(report, equation)
        yield rule.finding(equation.id, equation.cells, left=left, right=right, line=equation.short)
