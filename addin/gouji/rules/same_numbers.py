"""Two units with the same numbers throughout: one file handed in twice under two names."""

from __future__ import annotations

from collections.abc import Sequence

from ..report import Report
from .catalogue import Catalogue
from .finding import Finding


def same_numbers(reports: Sequence[Report], rules: Catalogue) -> list[tuple[int, Finding]]:
    """(index of the report, finding) for each report whose every number another one has too.

    Blank and "/" count 0. Silent below ``from`` applications, where that says nothing.
    """
    rule = rules["unit-same-numbers"]
    if rule.off:
        return []
    cell, least = rule.parameters["cell"], rule.parameters["from"]
    alike: dict[tuple[int, ...], list[int]] = {}
    for index, report in enumerate(reports):
        if report.number(cell) >= least:
            alike.setdefault(tuple(report.vector()), []).append(index)
    return [
        (index, rule.finding("form", units=[reports[i].unit for i in same if i != index]))
        for same in alike.values()
        if len(same) > 1
        for index in same
    ]
