"""What broke a report's equations, sought cell by cell, line by line and component by component.

Nothing here changes a number; what this answers to is said in ``__init__.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..form import TableKey
from ..report import Report
from ..rules import Context, Finding
from ..rules.equations import exceeds, rule_of
from .blank import blank_totals
from .causes import Cause, causes
from .fill_notes import with_numbers
from .movement import Moved, moved
from .one_row import one_row
from .rank import Prose, Ranker
from .search import Search
from .system import Change, Residual, system
from .witness import contradicted
from .wording import Speaker


def diagnosed(
    report: Report, findings: list[Finding], context: Context, prose: Prose, broken: dict[str, Finding]
) -> list[Finding]:
    """The findings with causes in the place of what they broke. ``broken``: equation -> its finding."""
    ranker = Ranker(report, context, prose)
    told = moved(ranker, findings)
    ranker.contradicted = contradicted(ranker, findings, context.catalogue)
    broken = {p: f for p, f in broken.items() if report.form.equation[p].table not in told.tables}
    unfilled = blank_totals(ranker, told.rest)
    speaker = Speaker(ranker)
    said = list(_located(ranker, speaker, told, broken))
    said += [
        _spoken(ranker, speaker, told, cause, folded)
        for cause, folded in unfilled
        if _table_of(ranker, cause) not in told.tables
    ]
    said = [cause for cause in said if not context.catalogue[cause.rule].off]
    merged = [*told.findings, *_merged(told.rest, said)]
    return told.withheld(with_numbers(ranker, merged))


def _table_of(ranker: Ranker, cause: Cause) -> TableKey:
    return ranker.form.cells[cause.best.cells[0]].table


def _spoken(ranker: Ranker, speaker: Speaker, told: Moved, cause: Cause, folded: list[Finding]) -> Finding:
    """A cause as a finding; where a movement may be it instead, it is not certain and that is said."""
    table = _table_of(ranker, cause)
    sure = replace(cause, certain=cause.certain and table not in told.beside)
    return told.doubted(speaker.finding(sure, folded), table)


def _located(ranker: Ranker, speaker: Speaker, told: Moved, broken: dict[str, Finding]) -> Iterator[Finding]:
    """One finding a cause, component by component of the equations."""
    report, form, context = ranker.report, ranker.form, ranker.context
    complete = report.is_complete
    idle = frozenset(
        i
        for i, e in enumerate(form.equations)
        if context.catalogue[rule_of(e)].off or not (complete or all(map(report.is_known, e.cells)))
    )
    matrix = system(form, idle)
    residuals: dict[int, Residual] = {}
    for place, equation in enumerate(form.equations):
        found = broken.get(equation.id)
        if found and place not in idle and found.difference:
            residuals.setdefault(matrix.component[place], {})[place] = found.difference
    pinned = (ranker.carried if context.prior_sealed else {}) | {
        form.index[cell]: report.number(cell) for cell in report.confirmed
    }
    for residual in residuals.values():
        search = Search(matrix, ranker.values, pinned, ranker.lines.signed)
        rows = [] if idle else one_row(ranker, residual, search)
        hypotheses, surely = (rows, True) if rows else search.hypotheses(residual)
        hypotheses = [e for e in hypotheses if not _exceeding(ranker, idle, e)]
        if not hypotheses:
            folded = [broken[form.equations[e].id] for e in residual]
            yield speaker.many(folded, search.guesses(residual))
            continue
        for cause in causes(ranker, matrix, hypotheses, surely):
            yield _spoken(ranker, speaker, told, cause, _explained(ranker, cause, told.rest, broken))


def _corrected(ranker: Ranker, changes: Iterable[Change]) -> Report:
    cells = ranker.form.cells
    return ranker.report.with_values({cells[c].id: ranker.values[c] - error for c, error in changes})


def _exceeding(ranker: Ranker, idle: frozenset[int], changes: frozenset[Change]) -> bool:
    """True where the corrections would push an undecidable equation over its total."""
    if not idle:
        return False
    corrected, equations = _corrected(ranker, changes), [ranker.form.equations[e] for e in idle]
    return any(exceeds(corrected, e) and not exceeds(ranker.report, e) for e in equations)


def _explained(
    ranker: Ranker, cause: Cause, findings: list[Finding], broken: dict[str, Finding]
) -> list[Finding]:
    """Broken equations that the cause's cells stand in (undecidable ones: that the best hypothesis
    mends), and what other rules say of just these cells: state, carry-over, the number in the prose."""
    form, report = ranker.form, ranker.report
    changed = {form.cells[c].id: ranker.values[c] - error for c, error in cause.best.changes}
    carried = {form.cells[c].id: number for c, number in ranker.carried.items()}
    restored = {c for c, number in changed.items() if carried.get(c) == number}
    anywhere = {form.cells[c].id for e in cause.hypotheses for c in e.cells}

    def same(finding: Finding) -> bool:
        cells = set(finding.cells)
        if broken.get(finding.place) is finding:
            equation = form.equation[finding.place]
            decided = all(map(report.is_known, equation.cells))
            return bool(cells & anywhere) and (
                decided or not exceeds(_corrected(ranker, cause.best.changes), equation)
            )
        if not cells:
            return False
        rule = ranker.context.catalogue[finding.rule]
        if rule.relation and rule.relation.get("carry_over"):
            return cells <= restored
        if rule.about == "prose":
            return [changed.get(c) for c in cells] == [finding.right]
        return rule.about == "cell-state" and cells <= changed.keys()

    return [finding for finding in findings if same(finding)]


def _merged(findings: list[Finding], said: list[Finding]) -> list[Finding]:
    """Each cause at the place of the first finding that it explains, that finding under it."""
    merged: list[Finding] = []
    waiting = list(said)
    gone = {f.id for cause in said for f in cause.folded}
    for finding in findings:
        due = [cause for cause in waiting if any(f.id == finding.id for f in cause.folded)]
        waiting = [cause for cause in waiting if cause not in due]
        merged += due
        if finding.id not in gone:
            merged.append(finding)
    return merged + waiting
