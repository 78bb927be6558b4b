"""Consistent forms at random, and what is said of them when cells are changed."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from gouji.form import editions, load_form
from gouji.locate import diagnose
from gouji.report import Report
from gouji.rules import Context, Finding
from gouji.rules.equations import check_equations

EDITIONS = editions()


def consistent(edition: str, seed: int, filled: float = 0.3, top: int = 400) -> Report:
    """Every cell typed, every equation true; about ``filled`` of the entries are not 0."""
    dice = random.Random(seed)
    report = Report(load_form(edition), "某局", load_form(edition).first_year + 1)

    def number() -> int:
        return dice.randint(1, top) if dice.random() < filled else 0

    for table in report.form.tables.values():
        for cell in table.cells:
            report.values[cell.id] = number()
    grid = report.form.tables["table3"].grid
    for column in (c.id for c in grid.columns if not c.is_total):
        cell = {r.id: f"t3.{r.id}.{column}" for r in grid.rows}
        closed = sum(report.number(cell[r]) for r in next(r for r in grid.rows if r.is_total).total_of)
        both = closed + report.number(cell["carried_out"])
        came = dice.randint(0, both) if both and dice.random() < filled else 0
        report.values |= {cell["processed"]: closed, cell["carried_in"]: came, cell["new"]: both - came}
    for equation in report.form.equations:
        if equation.kind == "row":
            report.values[equation.right[0]] = sum(map(report.number, equation.left))
    assert not list(check_equations(report, Context()))
    return report


#: Sparse and full forms of every edition.
forms = st.builds(
    consistent,
    st.sampled_from(EDITIONS),
    st.integers(0, 2**32),
    st.sampled_from([0.05, 0.3, 0.9]),
    st.sampled_from([3, 40, 5000]),
)


def cells3(report: Report) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells]


def located(report: Report, context: Context | None = None, **known: object) -> list[Finding]:
    """``diagnose`` on nothing but the equations."""
    context = context or Context()
    return diagnose(report, list(check_equations(report, context)), context, **known)  # type: ignore[arg-type]


def best(findings: list[Finding]) -> dict[str, object]:
    """The first hypothesis of every finding: cell -> suggested value."""
    return {s.cell: s.suggested for f in findings for s in f.suspects if s.group == 1}


def listed(finding: Finding) -> list[dict[str, object]]:
    """All hypotheses of a finding, best first."""
    groups: dict[int, dict[str, object]] = {}
    for s in finding.suspects:
        groups.setdefault(s.group, {})[s.cell] = s.suggested
    return [groups[n] for n in sorted(groups)]


def certain(findings: list[Finding]) -> dict[str, object]:
    return {s.cell: s.suggested for f in findings for s in f.suspects if s.certain}
