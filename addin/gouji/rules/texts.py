"""The texts by themselves: years, sections, empty or unfinished texts, claims of growth.

A report that carries no texts leaves all of these undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from ..report import PREFACE, Report
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .numbers import Numbers
from .plain import Quote, excerpt, plain, quote, sections, sentences
from .prose import Statement, statements, ways

#: Where the JSON reader puts a section that the form does not have.
_TEXTS = "texts/"
_MOST_EXCERPTS = 5


def _at(finding: Finding, place: Quote) -> Finding:
    return finding.but(section=place.section, paragraph=place.paragraph)


@decides("other-year")
def _other_year(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """A year said outright is taken at its word; deeds of the year before are often told for
    comparison, so there the more frequent year speaks. Undecidable while the cover has no year."""
    if not report.year:
        return
    given = rule.parameters
    texts = sections(report)
    said: list[tuple[int, str]] = []
    for text in texts.values():
        for pattern in given["patterns_outright"]:
            said += [(int(m[1]), excerpt(text, *m.span())) for m in re.finditer(pattern, text)]
    deeds = [
        (int(m[1]), excerpt(sentence, *m.span()))
        for sentence in sentences(texts.get(given["section"], ""))
        if (m := re.search(given["pattern_deed"], sentence))
        and not re.search(given["pattern_plan"], sentence)
    ]
    years = Counter(year for year, _ in deeds)
    said += [(y, e) for y, e in deeds if years[y] > years[report.year]]
    other = [(year, where) for year, where in said if year != report.year]
    if other:
        quotes = [quote(report, where) for _, where in other]
        finding = rule.finding(
            "texts",
            left=report.year,
            right=other[0][0],
            excerpts=[f"“{each.text}”" for each in quotes[:_MOST_EXCERPTS]],
        )
        yield _at(finding, quotes[0])


@decides("section-titles")
def _section_titles(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Missing, disordered, swallowed by another section's text, or not of the form at all."""
    if report.texts is None:
        return
    words = rule.parameters["phrases"]
    titled = {s.number: s.title for s in report.form.sections}
    wanted = [s.number for s in report.form.sections if not s.table]
    present = [n for n in report.texts if n in wanted]
    problems = [words["missing"].format(title=titled[n]) for n in wanted if n not in present]
    ranks = [wanted.index(n) for n in present]
    problems += [
        words["order"].format(title=titled[n])
        for n, rank, before in zip(present[1:], ranks[1:], ranks, strict=False)
        if rank < before
    ]
    for number, text in report.texts.items():
        lines = {plain(line) for line in text.splitlines()}
        problems += [
            words["inside"].format(title=title, section=number)
            for other, title in titled.items()
            if other != number and number != PREFACE and plain(title) in lines
        ]
    extra = [u.place.removeprefix(_TEXTS) for u in report.unplaced if u.place.startswith(_TEXTS)]
    problems += [words["extra"].format(title=title) for title in extra]
    if problems:
        yield rule.finding("texts", problems="；".join(problems))


@decides("placeholder")
def _placeholder(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    for number, text in sections(report).items():
        found = [(excerpt(text, *m.span()), m[0]) for m in re.finditer(rule.parameters["pattern"], text)]
        if found:
            quotes = [quote(report, each, number, word) for each, word in found]
            shown = list(dict.fromkeys(f"“{each.text}”" for each in quotes))[:_MOST_EXCERPTS]
            yield _at(rule.finding(number, left=len(found), section=number, excerpts=shown), quotes[0])


@decides("growth-claim")
def _growth_claim(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """增长 X% after a count, against the two years' numbers counted in the same way."""
    prior = context.last_year(report)
    if prior is None:
        return
    counts = context.catalogue["prose-number"].parameters
    this, last = Numbers(report, sums=True), Numbers(prior, sums=True)
    for count, stated in statements(report, counts).items():
        name = next(e["name"] for e in counts["counts"] if e["id"] == count)
        pairs = [(this.sum(cells), last.sum(cells)) for cells in ways(report.form, counts, count)]
        known = [(a, b) for a, b in pairs if a is not None and b]
        for statement in stated:
            claim = _claim(rule, statement)
            if claim is None or not known or any(_near(rule, claim[0], a, b) for a, b in known):
                continue
            (a, b), way = known[0], rule.parameters["words"]
            change = Fraction(100 * (a - b), b)
            actual = f"{way['up' if change >= 0 else 'down']} {float(abs(change)):.2f}%"
            said = rule.finding(count, left=a, right=b, name=name, excerpt=claim[1], actual=actual)
            yield _at(said, quote(report, statement.excerpt))
            break


def _claim(rule: Rule, statement: Statement) -> tuple[Fraction, str] | None:
    """(change in percent, the words) claimed right after a stated number."""
    found = re.search(rule.parameters["pattern"], statement.after)
    if not found:
        return None
    sign = 1 if found["way"] in rule.parameters["up"] else -1
    return sign * Fraction(found["percent"]), found[0].lstrip(",(")


def _near(rule: Rule, claimed: Fraction, number: int, before: int) -> bool:
    true = Fraction(100 * (number - before), before)
    return bool(abs(claimed - true) * 10 <= rule.parameters["tolerance_permille"])
