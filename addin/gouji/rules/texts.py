"""The texts by themselves: years, sections, empty or unfinished texts.

A report that carries no texts leaves all of these undecided.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from ..report import PREFACE, Report
from .catalogue import Catalogue, Rule
from .context import Context
from .deciders import decide_rule, decides
from .finding import Finding
from .needed import sought
from .numbers import Numbers
from .plain import (
    AROUND,
    Quote,
    all_texts,
    beside_tables,
    excerpt,
    plain,
    quote,
    section_name,
    sections,
    sentences,
    without_titles,
)
from .required import exchanged
from .statements import RULE, statements, ways

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
    texts = all_texts(report)
    said: list[tuple[int, str]] = []
    for number, text in texts.items():
        patterns = given["patterns_preface"] if number == PREFACE else ()
        for pattern in (*given["patterns_outright"], *patterns):
            found = sought(pattern).finditer(without_titles(text))
            said += [(int(m[1]), excerpt(text, *m.span())) for m in found]
    for number in (given["section"], *beside_tables(report)):
        text = texts.get(number, "")
        deeds = list(_deeds(given, text, plain(report.unit)))
        years = Counter(year for year, _ in deeds)
        own = _naming(given, text, report.year)
        said += [(y, e) for y, e in deeds if years[y] > own]
    # What is said outright of the year speaks against the chance that two counts are equal.
    if not said:
        said += _ahead(given, report, context.catalogue)
    other = [(year, where) for year, where in said if year != report.year]
    if not other:
        return
    quotes = [quote(report, where) for _, where in other]
    cover = len({year for year, _ in said}) == 1 and _cover_is_doubted(other[0][0], report, context)
    dated = cover and context.prior is not None and context.prior.year
    words = "witnessed" if dated else "cover" if cover else None
    finding = rule.finding(
        "texts",
        left=report.year,
        right=other[0][0],
        message=words,
        remedy=words,
        prior=context.prior.year if context.prior else "",
        excerpts=list(dict.fromkeys(each.placed(report) for each in quotes))[:_MOST_EXCERPTS],
    )
    yield finding.but(field="year") if cover else _at(finding, quotes[0])


def _cover_is_doubted(said: int, report: Report, context: Context) -> bool:
    """Whether the cover's year is likelier wrong than the texts': last year's report is of the year before
    theirs or, where it has no year, the texts are ahead of the cover, which no old text is. A year that
    somebody expects is right."""
    if context.expected.get("year") == str(report.year):
        return False
    if context.prior is not None and context.prior.year:
        return context.prior.year == said - 1
    return said > report.year


def _deeds(given: Mapping[str, Any], text: str, unit: str) -> Iterator[tuple[int, str]]:
    """(year, excerpt) of each sentence that tells what the unit (我局, or by its name) did in a year."""
    deed, dated = sought(given["pattern_deed"]), sought(given["pattern_dated"])
    for sentence in sentences(text):
        found = deed.search(sentence)
        if not found and (found := dated.match(sentence)):
            found = found if unit and sentence.startswith(unit, found.end()) else None
        if found and not sought(given["pattern_plan"]).search(sentence):
            yield int(found[1]), excerpt(sentence, *found.span())


def _ahead(given: Mapping[str, Any], report: Report, rules: Catalogue) -> Iterator[tuple[int, str]]:
    """(year, excerpt) of each count that is told as one of a year to come and is this report's own: no report
    tells what has not been yet. Chance makes noughts alike, so these say nothing."""
    numbers, parameters = Numbers(report), rules[RULE].parameters
    for count, said in statements(report, rules).items():
        told = any(s.year == report.year for s in said)
        later = [] if told else [s for s in said if s.year > report.year and s.number]
        own = {numbers.sum(cells) for cells in ways(report.form, parameters, count)} if later else set()
        for one in later:
            if one.number in own and not sought(given["pattern_plan"]).search(one.excerpt):
                yield one.year, one.excerpt


def _naming(given: Mapping[str, Any], text: str, year: int) -> int:
    """How many sentences that are no plans speak of the year."""
    named, plan = sought(given["pattern_year"]), sought(given["pattern_plan"])
    told = sentences(without_titles(text))
    return sum(any(int(found[1]) == year for found in named.finditer(s)) and not plan.search(s) for s in told)


@decides("section-titles")
def _section_titles(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Disordered, exchanged, swallowed by another section's text, or not of the form at all. A section
    without content is another rule's to say."""
    if report.texts is None:
        return
    words = rule.parameters["phrases"]
    titled = {s.number: s.title for s in report.form.sections}
    wanted = [s.number for s in report.form.sections if not s.table]
    present = [n for n in report.texts if n in wanted]
    ranks = [wanted.index(n) for n in present]
    problems = [
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
    moved = exchanged(report, context)
    if moved:
        problems.append(words["exchanged"])
    if problems:
        finding = rule.finding("texts", problems="；".join(problems))
        yield finding.but(section=rule.parameters["sections"][0]) if moved else finding


@decides("placeholder")
def _placeholder(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a section; none where it is said already that the section holds nothing else."""
    said = {f.section for f in decide_rule("problems-empty", report, context)}
    for number, text in sections(report).items():
        found = list(sought(rule.parameters["pattern"]).finditer(text))
        if found and number not in said:
            quotes = [
                quote(report, excerpt(text, start, end), number, word) for start, end, word in _near_by(found)
            ]
            shown = list(dict.fromkeys(f"“{each.text}”" for each in quotes))[:_MOST_EXCERPTS]
            yield _at(
                rule.finding(number, left=len(found), section=section_name(report, number), excerpts=shown),
                quotes[0],
            )


def _near_by(found: list[re.Match[str]]) -> Iterator[tuple[int, int, str]]:
    """(start, end, the first words) of matches whose excerpts would overlap, told once."""
    group = [found[0]]
    for match in found[1:]:
        if match.start() - group[-1].end() > 3 * AROUND:
            yield group[0].start(), group[-1].end(), group[0][0]
            group = []
        group.append(match)
    yield group[0].start(), group[-1].end(), group[0][0]
