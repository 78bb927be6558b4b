"""Counts stated in prose against the cells that hold them.

What is said, as a careful reader would say it: every statement of one count is shown, with its place, not
the first. A statement is right when it equals one of the ways to count the same thing (收到 with or
without what was carried in); a wrong one is not excused by a right one. What is said of last year is held
against last year's report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..records import dataclass
from ..report import Report
from ..wording import wording_of
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

    Only counts of this year that are one cell, and no number that is a looser way to count the same: 收到 of
    what came in with what was carried in says nothing of 新收. Empty where the report carries no texts.
    """
    rules = rules or catalogue()
    numbers = Numbers(report, sums=True)
    found: dict[str, tuple[tuple[int, str], ...]] = {}
    for count, said in statements(report, rules).items():
        means = ways(report.form, rules[RULE].parameters, count)
        if not means or len(means[0]) > 1:
            continue
        (cell,), *looser = means
        others = {numbers.sum(cells) for cells in looser} - {numbers(cell)}
        now = [s for s in said if s.year == report.year and not s.slack and s.number not in others]
        if now:
            found[cell] = (*found.get(cell, ()), *((s.number, s.excerpt) for s in now))
    return found


@dataclass(frozen=True, slots=True)
class _Differing:
    """Statements of one count for one year, and what the report of that year holds."""

    count: str
    cells: tuple[str, ...]
    number: int
    said: Sequence[Statement]
    wrong: Sequence[Statement]


@decides("prose-number")
def _prose_number(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a count or, where several of one family differ, one for these; then of last year."""
    stated = statements(report, context.catalogue)
    families: dict[str, list[_Differing]] = {}
    for one in _differing(rule, report, stated, report.year):
        family = entry_of(rule.parameters, one.count).get("family", one.count)
        families.setdefault(family, []).append(one)
    for differing in families.values():
        yield _several(rule, report, differing) if differing[1:] else _finding(rule, report, differing[0])
    prior = context.last_year(report)
    if prior is not None:
        for one in _differing(rule, prior, stated, report.year - 1):
            yield _of_last_year(rule, report, one)


def _differing(
    rule: Rule, report: Report, stated: dict[str, list[Statement]], year: int
) -> Iterator[_Differing]:
    """Counts of which a statement equals none of its ways; a way that is not known leaves it undecided.

    A total in error may be right, and one of its parts wrong: what it says as typed is a way like its sum,
    and is what people see.
    """
    numbers, typed = Numbers(report, sums=True), Numbers(report)
    for count, every in stated.items():
        said = [s for s in every if s.year == year]
        means = ways(report.form, rule.parameters, count) if said else []
        sums = [numbers.sum(cells) for cells in means]
        known = [n for n in sums if n is not None]
        if not known or len(known) < len(sums):
            continue
        shown = [n for n in map(typed.sum, means) if n is not None]
        known += shown
        wrong = [s for s in said if all(abs(s.number - n) > s.slack for n in known)]
        if wrong:
            yield _Differing(count, means[0], next(iter(shown), known[0]), said, wrong)


def _finding(rule: Rule, report: Report, one: _Differing) -> Finding:
    """Of a number that no simple change of the table would make right, the text is doubted first; of one that
    a person looked up, nothing else is."""
    settled = all(cell in report.confirmed for cell in one.cells)
    sound = settled or text_is_doubted(report, one.cells, one.wrong[0].number)
    at = _quotes(report, one.wrong)[0]
    finding = rule.finding(
        one.count,
        one.cells,
        left=one.number,
        right=one.wrong[0].number,
        money=report.form.by_id[one.cells[0]].kind.money,
        message="settled" if settled else "sound" if sound else None,
        name=entry_of(rule.parameters, one.count)["name"],
        places=_printed(report, one.cells),
        excerpts=[q.placed(report) for q in _quotes(report, one.said)],
    )
    return finding.but(section=at.section, paragraph=at.paragraph) if sound else finding


def _several(rule: Rule, report: Report, differing: Sequence[_Differing]) -> Finding:
    """What is told together is told wrong together: 新收 143 件、无结转."""
    phrase = rule.parameters["phrases"]["pair"]
    pairs = [
        phrase.format(
            name=entry_of(rule.parameters, one.count)["name"],
            left=one.number,
            right=one.wrong[0].number,
        )
        for one in differing
    ]
    paragraphs: dict[tuple[str, int], str] = {}
    for quoted in (quoted for one in differing for quoted in _quotes(report, one.wrong)):
        paragraphs.setdefault((quoted.section, quoted.paragraph), quoted.placed(report))
    return rule.finding(
        differing[0].count,
        tuple(dict.fromkeys(cell for one in differing for cell in one.cells)),
        left=differing[0].number,
        right=differing[0].wrong[0].number,
        message="several",
        count=len(pairs),
        pairs="；".join(pairs),
        excerpts=list(paragraphs.values())[:_MOST_EXCERPTS],
    )


def _printed(report: Report, cells: Iterable[str]) -> str:
    """「（三）不予公开」「总计」: lines that one printed group holds are named by it."""
    found = [report.form.by_id[cell] for cell in cells]
    if len(found) == 1:
        return cell_label(found[0])
    rows = dict.fromkeys(next((g.label for g in cell.row.under if g.keyed), cell.row.key) for cell in found)
    columns = dict.fromkeys(next((g.label for g in cell.column.under), cell.column.label) for cell in found)
    words = wording_of("gouji.rules", "places")
    return str(words["cells"].format(rows="、".join(rows), columns="、".join(columns)))


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

    Equations hold as well where two rows or columns are exchanged, where cases stand under another result
    or applicant, or where one case is missing from the table: so only of rows of the balance, which has no
    other row to take from; for more than one case; and not where a neighbour in the row or the column holds
    the text's number, or what the two differ by.
    """
    cells = tuple(cells)
    form = report.form
    balanced = all(any(e.kind == "balance" for e in form.equations_of[c]) for c in cells)
    if not balanced or not confirmed(report, cells):
        return False
    differs = abs(number - sum(map(report.number, cells)))
    lines = {line.id for c in cells for line in (form.by_id[c].row, form.by_id[c].column)}
    table = form.by_id[cells[0]].table
    beside = {
        report.number(c.id)
        for c in form.cells
        if c.table == table and c.id not in cells and {c.row.id, c.column.id} & lines
    }
    return differs > 1 and not {number, differs} & beside


def confirmed(report: Report, cells: Iterable[str]) -> bool:
    """Whether two equations or more hold at each of the cells and none fails there: the number stands."""
    residuals = ([residual(report, e) for e in report.form.equations_of[c]] for c in cells)
    return all(len(found) > 1 and not any(r != 0 for r in found) for found in residuals)
