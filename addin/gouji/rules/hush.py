"""What is not said beside an error (RULES, Messages): rules 16–22 and 32 are silent on a cell already
named in an error. Totals in error are read as sums before (``numbers``); this is for the cells that
only the search for the wrong cell can name."""

from __future__ import annotations

from collections.abc import Iterable

from .catalogue import Catalogue
from .finding import Finding

#: Numbers in the list of rules. 19 is an equation, itself an error.
HUSHED = frozenset((16, 17, 18, 20, 21, 22, 32))


def hushed(findings: Iterable[Finding], catalogue: Catalogue) -> list[Finding]:
    """The findings without those that speak of a cell which an error names as wrong.

    An error names a cell when it is one of its suspects, or the only cell it speaks of.
    """
    findings = list(findings)
    named: set[str] = set()
    for finding in findings:
        if finding.level == "error":
            named |= {suspect.cell for suspect in finding.suspects}
            named |= set(finding.cells) if len(finding.cells) == 1 else set()
    return [
        f
        for f in findings
        if f.level == "error" or catalogue[f.rule].number not in HUSHED or not named & set(f.cells)
    ]
