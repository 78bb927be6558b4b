"""One valid, one invalid and one undecidable example of a rule, beside the rule's own words, and where the
rule has thresholds the cases just inside and just outside of each.

A form full of zeros is the ground of every example; it names only the cells that differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from gouji.form import TableKey, Value, load_form
from gouji.report import Report
from gouji.rules import Catalogue, Context, Finding, Level, catalogue, check

YEAR = 2024
Cells = Mapping[str, Value]

#: One request received and answered: the smallest balanced table 三 that is not all 0.
ONE_REQUEST: Cells = {
    f"t3.{row}.{column}": 1 for row in ("new", "granted", "processed") for column in ("natural", "total")
}


def zeros(
    edition: str = "2021",
    cells: Cells | None = None,
    *,
    year: int = YEAR,
    unit: str = "甲局",
    texts: Mapping[str, str] | None = None,
    layout: Mapping[TableKey, str] | None = None,
    **more: Any,
) -> Report:
    """A report whose cells are all 0 but for ``cells`` (None makes one blank)."""
    form = load_form(edition, layout)
    report = Report(form=form, unit=unit, year=year, texts=dict(texts) if texts is not None else None, **more)
    report.values = dict.fromkeys((c.id for c in form.cells), 0)
    return report.with_values(cells or {})


@dataclass(frozen=True)
class Case:
    """A report and what is known beside it. ``prior``: last year's cells, or a whole report."""

    report: Report
    context: Context

    def findings(self) -> list[Finding]:
        return check(self.report, self.context)


def case(
    cells: Cells | None = None,
    prior: Cells | Report | None = None,
    *,
    edition: str = "2021",
    report: Mapping[str, Any] | None = None,
    **context: Any,
) -> Case:
    """``report``: further arguments of :func:`zeros`; ``context``: fields of the Context."""
    given = dict(report or {})
    if isinstance(prior, Mapping):
        prior = zeros(edition, prior, year=YEAR - 1)
    return Case(zeros(edition, cells, **given), Context(prior=prior, **context))


class Triple:
    """Subclasses name the rule and give the three cases; pytest runs three tests for each.

    ``level`` of the invalid case's finding; ``says``: what its message must contain; ``numbers``:
    its left and right side, where it has them. ``edge``: (case, whether the rule speaks), for every
    threshold the last case that it lets pass and the first that it finds.
    """

    rule: ClassVar[str]
    level: ClassVar[Level]
    says: ClassVar[Sequence[str]]
    numbers: ClassVar[tuple[int | None, int | None]] = (None, None)
    valid: ClassVar[Any]
    invalid: ClassVar[Any]
    undecidable: ClassVar[Any]
    edge: ClassVar[Sequence[tuple[Any, bool]]] = ()

    def found(self, given: Any) -> list[Finding]:
        return [f for f in _flat(given.findings()) if f.rule == self.rule]

    def test_valid(self) -> None:
        assert self.found(self.valid) == []

    def test_undecidable(self) -> None:
        assert self.found(self.undecidable) == []

    def test_edge(self) -> None:
        for place, (given, speaks) in enumerate(self.edge):
            assert bool(self.found(given)) is speaks, place

    def test_invalid(self) -> None:
        found = self.found(self.invalid)
        assert len(found) == 1, found
        assert found[0].level == self.level
        assert (found[0].left, found[0].right) == self.numbers
        for words in self.says:
            assert words in found[0].message
        assert "{" not in found[0].message + found[0].remedy
        assert found[0].remedy


def _flat(findings: Sequence[Finding]) -> Iterator[Finding]:
    for finding in findings:
        yield finding
        yield from finding.folded


#: A rule that no catalogue has: at most ten times last year's decisions.
_TEN_TIMES = {
    "table": "table2",
    "each": "row",
    "left": ["decisions"],
    "is": "<=",
    "right": ["10*prior.decisions"],
}


def with_ten_times() -> Catalogue:
    """The catalogue with one rule more, whose relation has a factor; it is live like any other."""
    rules = catalogue()
    rule = replace(
        rules["stock-floor"], id="ten-times", relation=_TEN_TIMES, under="", message="{left} {right}"
    )
    return Catalogue({**rules.rules, "ten-times": rule})
