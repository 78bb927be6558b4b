"""Counts stated in prose against the cells that hold them.

What is said, as a careful reader would say it: every statement of one count is shown, with its place, not
the first. A statement is right when it equals one of the ways to count the same thing (收到 with or
without what was carried in); a wrong one is not excused by a right one. What is said of last year is held
against last year's report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..report import Report
from .catalogue import Catalogue, Rule, catalogue
from .cells import cell_label
from .context import Context
from .deciders import decides
from .equations import residual
from .finding import Finding
from .numbers import Numbers
from .plain import Quote, quote
from .statements import RULE, Statement, entry_of, statements, ways

_MOST_EXCERPTS = 5


def stated_numbers(report: Report, rules: Catalogue | None = None) -> dict[str, tuple[tuple[int, str], ...]]:
    """Cell id -> what the prose says it is: (number, excerpt), in reading order.

    Only counts of this year that are one cell; empty where the report carries no texts.
    """
    rules = rules or catalogue()
    parameters = rules[RULE].parameters
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for count, said in statements(report, rules).items():
        cells = ways(report.form, parameters, count)[:1]
        now = tuple((s.number, s.excerpt) for s in said if s.year == report.year and not s.slack)
        if now and cells and len(cells[0]) == 1:
            found[cells[0][0]] = found.get(cells[0][0], ()) + now
    return found


@dataclass(frozen=True, slots=True)
class _Differing:
    """Statements of one count for one year, and what the report of that year holds."""

    count: str
    cells: tuple[str, ...]
    number: int
    said: Sequence[Statement]
    wrong: Sequence[Statement]


@decides(RULE)
def _prose_number(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a count, with every statement of it; then what is said of last year."""
    stated = statements(report, context.catalogue)
    for one in _differing(rule, report, stated, report.year):
        yield _finding(rule, report, one)
    prior = context.last_year(report)
    if prior is not None:
        for one in _differing(rule, prior, stated, report.year - 1):
            yield _of_last_year(rule, report, one)


def _differing(
    rule: Rule, report: Report, stated: dict[str, list[Statement]], year: int
) -> Iterator[_Differing]:
    """Counts of which a statement equals none of its ways; a way that is not known leaves it undecided."""
    numbers = Numbers(report, sums=True)
    for count, every in stated.items():
        said = [s for s in every if s.year == year]
        means = ways(report.form, rule.parameters, count) if said else []
        sums = [numbers.sum(cells) for cells in means]
        known = [n for n in sums if n is not None]
        if not known or len(known) < len(sums):
            continue
        wrong = [s for s in said if all(abs(s.number - n) > s.slack for n in known)]
        if wrong:
            yield _Differing(count, means[0], known[0], said, wrong)


def _finding(rule: Rule, report: Report, one: _Differing) -> Finding:
    """Of a number that no simple change of the table would make right, the text is doubted first."""
    sound = text_is_doubted(report, one.cells, one.wrong[0].number)
    at = _quotes(report, one.wrong)[0]
    cells = [report.form.by_id[c] for c in one.cells]
    finding = rule.finding(
        one.count,
        one.cells,
        left=one.number,
        right=one.wrong[0].number,
        money=cells[0].kind.money,
        message="sound" if sound else None,
        name=entry_of(rule.parameters, one.count)["name"],
        places="、".join(map(cell_label, cells)),
        excerpts=[q.placed(report) for q in _quotes(report, one.said)],
    )
    return finding.but(section=at.section, paragraph=at.paragraph) if sound else finding


def _of_last_year(rule: Rule, report: Report, one: _Differing) -> Finding:
    quotes = _quotes(report, one.wrong)
    money = any(report.form.by_id[c].kind.money for c in one.cells if c in report.form.by_id)
    finding = rule.finding(
        f"{one.count}.last_year",
        left=one.number,
        right=one.wrong[0].number,
        money=money,
        message="last_year",
        name=entry_of(rule.parameters, one.count)["name"],
        excerpts=[q.placed(report) for q in quotes],
    )
    return finding.but(section=quotes[0].section, paragraph=quotes[0].paragraph)


def _quotes(report: Report, said: Sequence[Statement]) -> list[Quote]:
    return [quote(report, s.excerpt) for s in said[:_MOST_EXCERPTS]]


def text_is_doubted(report: Report, cells: Iterable[str], number: int) -> bool:
    """Whether the equations pin the cells and no simple change of the table would make the text right.

    Equations hold as well where two rows or columns are exchanged, or a case is counted in too many rows:
    so not where a neighbour in the row or the column holds the text's number, or what the two differ by.
    """
    cells = tuple(cells)
    if not confirmed(report, cells):
        return False
    by_id, differs = report.form.by_id, abs(number - sum(map(report.number, cells)))
    lines = {(by_id[c].table, line.id) for c in cells for line in (by_id[c].row, by_id[c].column)}
    beside = [
        report.number(c.id)
        for c in report.form.cells
        if c.id not in cells and {(c.table, c.row.id), (c.table, c.column.id)} & lines
    ]
    return not {number, differs} & set(beside)


def confirmed(report: Report, cells: Iterable[str]) -> bool:
    """Whether two equations or more hold at each of the cells and none fails there: the number stands."""
    residuals = ([residual(report, e) for e in report.form.equations_of[c]] for c in cells)
    return all(len(found) > 1 and not any(r != 0 for r in found) for found in residuals)
