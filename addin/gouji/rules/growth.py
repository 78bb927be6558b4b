"""Growth as texts claim it (增长 50%, 减少 3 件, 持平) against the numbers of the two years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ..records import dataclass
from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decides
from .finding import Finding
from .numbers import Numbers
from .numerals import count_of
from .plain import all_texts, excerpt, quote, sentences
from .statements import Reader, Statement, entry_of, reader, statements, ways


@dataclass(frozen=True, slots=True)
class Claim:
    """``words``: as they are said. ``percent`` or ``more`` cases than last year, negative for a fall; 持平
    is 0 cases more."""

    count: str
    words: str
    excerpt: str
    percent: Fraction | None = None
    more: int | None = None


@decides("growth-claim")
def _growth_claim(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One finding a count: the first claim that follows from none of the ways to count it."""
    prior = context.last_year(report)
    if prior is None:
        return
    counts = context.catalogue["prose-number"].parameters
    this, last = Numbers(report, sums=True), Numbers(prior, sums=True)
    told: set[str] = set()
    for claim in claims(rule, report, context):
        means = ways(report.form, counts, claim.count)
        pairs = [(this.sum(cells), last.sum(cells)) for cells in means]
        known = [(a, b) for a, b in pairs if a is not None and b is not None]
        decided = known and len(known) == len(pairs) and (claim.percent is None or known[0][1])
        if not decided or claim.count in told or any(_near(rule, claim, a, b) for a, b in known):
            continue
        told.add(claim.count)
        at = quote(report, claim.excerpt)
        finding = rule.finding(
            claim.count,
            left=known[0][0],
            right=known[0][1],
            name=entry_of(counts, claim.count)["name"],
            excerpt=claim.words,
            actual=_actual(rule, claim, *known[0]),
        )
        yield finding.but(section=at.section, paragraph=at.paragraph)


def claims(rule: Rule, report: Report, context: Context) -> Iterator[Claim]:
    """What the texts claim of this year: behind a stated number or in the bracket there; then behind a count
    without a number."""
    compiled = _patterns(rule, reader(context.catalogue, report.year))
    for count, stated in statements(report, context.catalogue).items():
        for statement in stated:
            if statement.year == report.year:
                yield from _behind(rule, compiled, count, statement)
    for text in all_texts(report).values():
        for sentence in sentences(text):
            if found := compiled["subject"].search(sentence):
                count, near = rule.parameters["count"], excerpt(sentence, *found.span())
                yield from _read(rule, count, near, found, compiled["again"].match(sentence, found.end()))


def _behind(rule: Rule, compiled: dict[str, re.Pattern[str]], count: str, said: Statement) -> Iterator[Claim]:
    for text in (said.aside, said.after):
        if text and (found := compiled["claim"].match(text)):
            yield from _read(rule, count, said.excerpt, found, compiled["again"].match(text, found.end()))


def _read(
    rule: Rule, count: str, near: str, found: re.Match[str], again: re.Match[str] | None
) -> Iterator[Claim]:
    """The claim and, behind an absolute one, its percentage."""
    given = rule.parameters
    words = found["claim"]
    if found["same"]:
        yield Claim(count, words, near, more=0)
        return
    sign = 1 if found["way"] in given["up"] else -1
    if found["percent"]:
        yield Claim(count, words, near, percent=sign * Fraction(found["percent"]))
    elif found["n"] and (number := count_of(found["n"])) is not None:
        yield Claim(count, words, near, more=sign * number)
    if again:
        yield Claim(count, words + again[0], near, percent=sign * Fraction(again["percent"]))


def _near(rule: Rule, claim: Claim, number: int, before: int) -> bool:
    if claim.percent is None:
        return number - before == claim.more
    if not before:
        return False
    true = Fraction(100 * (number - before), before)
    return bool(abs(claim.percent - true) * 10 <= rule.parameters["tolerance_permille"])


def _actual(rule: Rule, claim: Claim, number: int, before: int) -> str:
    words, change = rule.parameters["words"], number - before
    if claim.percent is None:
        key = "more" if change > 0 else "fewer" if change else "same"
        return str(words[key].format(number=abs(change)))
    percent = Fraction(100 * change, before)
    return f"{words['up' if change >= 0 else 'down']} {float(abs(percent)):.2f}%"


def _patterns(rule: Rule, of: Reader) -> dict[str, re.Pattern[str]]:
    given = rule.parameters
    names = tuple(of.names.items())
    claim = given["pattern_claim"]
    return {
        "claim": _compiled(given["pattern_lead"] + claim, names),
        "subject": _compiled(given["pattern_subject"] + claim, names),
        "again": _compiled(given["pattern_again"], names),
    }


@lru_cache(maxsize=64)
def _compiled(pattern: str, names: tuple[tuple[str, str], ...]) -> Any:
    for key, value in names:
        pattern = pattern.replace(f"{{{key}}}", value)
    return re.compile(pattern)
