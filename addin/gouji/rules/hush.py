"""What is not said beside an error: a rule with ``quiet_beside_error`` is silent on a cell that an error
names already. Totals in error are read as sums before (``numbers``); this is for the cells that only the
search for the wrong cell can name."""

from __future__ import annotations

from collections.abc import Iterable

from ..form import Form
from .catalogue import Catalogue
from .finding import Finding

#: Rules of a file that say why a cell holds no number, and those that only see that it holds none.
_WHY, _NO_NUMBER = ("cell-format", "typed-formula"), ("cell-number", "cell-money")
#: The rule on labels that stand elsewhere: under them stand other numbers than they say.
_LABELS = "label-changed"


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
        if f.level == "error" or not catalogue[f.rule].quiet_beside_error or not said_already(f)
    ]


def said_once(of_file: Iterable[Finding], findings: Iterable[Finding], rules: Catalogue) -> list[Finding]:
    """Findings on the file, then those on the report, each thing once.

    A cell that is no number for its format or its formula: the rule on the cell only sees that there is no
    number; what it knows of the right one goes to the finding that says why, and it is folded under it. Where
    labels are off, nothing is said of that table's numbers.
    """
    found = [f for f in of_file if not rules[f.rule].off]
    off = {f.place for f in found if f.rule == _LABELS}
    found = [f for f in found if f.rule == _LABELS or not _of_tables(f, off)]
    cause = {f.place: n for n, f in enumerate(found) if f.rule in _WHY and f.level == "error"}
    rest = []
    for finding in findings:
        at = cause.get(finding.place)
        if _of_tables(finding, off):
            continue
        if at is None or finding.rule not in _NO_NUMBER:
            rest.append(finding)
            continue
        phrases = rules["cell-blank"].parameters["phrases"]
        notes = (
            phrases["value" if s.certain else "likely"].format(cell="", reasons=s.reason, value=s.suggested)
            for s in finding.suspects
        )
        message = found[at].message + "".join(notes)
        folded = (*found[at].folded, finding)
        changed = {"message": message, "suspects": finding.suspects, "decided": finding.decided}
        found[at] = found[at].but(folded=folded, **changed)
    return [*found, *rest]


def _of_tables(finding: Finding, table_ids: set[str]) -> bool:
    """Whether it speaks of a number of these tables (``t3``)."""
    places = (finding.place, *finding.cells) if table_ids else ()
    return any(place.partition(".")[0] in table_ids for place in places)
