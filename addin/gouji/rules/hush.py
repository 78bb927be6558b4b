"""What is not said beside an error: what is concluded from a number of 三 or 四 is silent on a cell already
named in one (README.md, “One cause, one finding”). Totals in error are read as sums before (``numbers``);
this is for the cells that only the search for the wrong cell can name."""

from __future__ import annotations

from collections.abc import Iterable

from ..form import Form
from .catalogue import Catalogue
from .finding import Finding

#: Numbers in the list of rules. 19 is an equation, itself an error.
HUSHED = frozenset((16, 17, 18, 20, 21, 22, 32))


def hushed(findings: Iterable[Finding], form: Form, catalogue: Catalogue) -> list[Finding]:
    """The findings without those that speak of a cell which an error names as wrong.

    An error names a cell when it is one of its suspects, or the only cell it speaks of. Who speaks
    of a total speaks of its parts, for the total may have been read as their sum.
    """
    findings = list(findings)
    named: set[str] = set()
    for finding in findings:
        if finding.level == "error":
            named |= {suspect.cell for suspect in finding.suspects}
            named |= set(finding.cells) if len(finding.cells) == 1 else set()

    def said_already(finding: Finding) -> bool:
        totals = [e for c in finding.cells for e in form.equations_of[c] if e.kind != "balance"]
        parts = {part for e in totals if set(e.right) & set(finding.cells) for part in e.left}
        return bool(named & {*finding.cells, *parts})

    return [
        f
        for f in findings
        if f.level == "error" or catalogue[f.rule].number not in HUSHED or not said_already(f)
    ]
