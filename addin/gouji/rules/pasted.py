"""Last year's texts left standing: their numbers are last year's too, and are said with the cause.

A finding on a number, a growth or a year in a section that repeats last year's goes under the repetition
where all that is wrong in it was last year's: a number of last year's report, or what its texts said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from ..records import dataclass
from ..report import PREFACE, Report
from .context import Context
from .finding import LEVELS, Finding
from .growth import claims
from .numbers import Numbers
from .plain import quote
from .statements import RULE, Statement, entry_of, statements, ways

_REPEATED, _GROWTH, _YEAR, _LAST_YEAR = "text-repeated", "growth-claim", "other-year", ".last_year"
#: How many of the numbers are shown.
_SHOWN = 3


def with_pasted(findings: Sequence[Finding], report: Report, context: Context) -> list[Finding]:
    """The findings, with one for all repeated sections first where last year's numbers stand in them."""
    repeated = [f for f in findings if f.rule == _REPEATED]
    prior = context.last_year(report)
    if not repeated or prior is None:
        return list(findings)
    past = _Past(report, prior, context, frozenset(f.section for f in repeated))
    stale = [(f, said) for f in findings if (said := past.said(f))]
    if not stale:
        return list(findings)
    under = [*repeated[1:], *(f for f, _ in stale)]
    first = _told(repeated, [each for _, said in stale for each in said], context).but(
        folded=tuple(under), level=max((f.level for f in (*repeated, *under)), key=LEVELS.index)
    )
    return [first, *(f for f in findings if f is not repeated[0] and f not in under)]


def _told(repeated: Sequence[Finding], said: Sequence[str], context: Context) -> Finding:
    rule = context.catalogue[_REPEATED]
    phrases, each = rule.parameters["phrases"], list(dict.fromkeys(said))
    shown = phrases["between"].join(each[:_SHOWN])
    return rule.finding(
        repeated[0].place,
        left=repeated[0].left,
        right=len(each),
        message="stale",
        remedy="stale",
        sections=[f.section for f in repeated],
        percents=[f"{percent}%" for percent in dict.fromkeys(f.left for f in repeated)],
        numbers=phrases["more"].format(numbers=shown) if each[_SHOWN:] else shown,
    ).but(section=repeated[0].section)


@dataclass
class _Past:
    """What last year's report held and said. ``sections``: those that repeat its texts."""

    report: Report
    prior: Report
    context: Context
    sections: frozenset[str]
    _said: frozenset[tuple[str, int, int]] = field(init=False)

    def __post_init__(self) -> None:
        before = statements(self.prior, self.context.catalogue)
        self._said = frozenset(
            (count, s.number, s.year - self.prior.year) for count, every in before.items() for s in every
        )

    def said(self, finding: Finding) -> list[str]:
        """「新收的申请 130」: all that is wrong in the finding, where all of it was last year's; else []."""
        phrases = self.context.catalogue[_REPEATED].parameters["phrases"]
        if finding.rule == _YEAR and not finding.field:
            # A preface is compared with none, but is pasted with the rest.
            last = finding.right == self.prior.year and finding.section in {PREFACE, *self.sections}
            return [phrases["year"].format(year=finding.right)] if last else []
        if finding.rule == _GROWTH:
            return self._claims(finding) if finding.section in self.sections else []
        return self._numbers(finding) if finding.rule == RULE else []

    def _claims(self, finding: Finding) -> list[str]:
        rule = self.context.catalogue[_GROWTH]
        now, before = (
            {c.words for c in claims(rule, report, self.context) if c.count == finding.place}
            for report in (self.report, self.prior)
        )
        return sorted(now) if now <= before else []

    def _numbers(self, finding: Finding) -> list[str]:
        phrase = self.context.catalogue[_REPEATED].parameters["phrases"]["number"]
        found: list[str] = []
        for name, said in self._wrong(finding):
            was = (said.count, said.number, said.year - self.report.year) in self._said
            last = said.year == self.report.year and self._near(self.prior, said)
            if not (was or last) or quote(self.report, said.excerpt).section not in self.sections:
                return []
            shown = finding.but(money=self._money(said.count)).number(said.number)
            found.append(phrase.format(name=name, number=shown))
        return found

    def _wrong(self, finding: Finding) -> Iterator[tuple[str, Statement]]:
        """(name of the count, statement) of the counts that the finding may tell together."""
        given = self.context.catalogue[RULE].parameters
        count = finding.place.removesuffix(_LAST_YEAR)
        of_last = count != finding.place
        family = entry_of(given, count).get("family", count)
        year, held = (self.report.year - 1, self.prior) if of_last else (self.report.year, self.report)
        for each, every in statements(self.report, self.context.catalogue).items():
            entry = entry_of(given, each)
            together = each == count if of_last else entry.get("family", each) == family
            for said in every if together else ():
                if said.year == year and not self._near(held, said):
                    yield entry["name"], said

    def _money(self, count: str) -> bool:
        means = ways(self.report.form, self.context.catalogue[RULE].parameters, count)
        return bool(means) and self.report.form.by_id[means[0][0]].kind.money

    def _near(self, report: Report, said: Statement) -> bool:
        """Whether the number is one of the ways to count it in a report, or cannot be told from it."""
        numbers = Numbers(report, sums=True)
        means = ways(report.form, self.context.catalogue[RULE].parameters, said.count)
        sums = [numbers.sum(cells) for cells in means]
        if report is self.report and (not sums or None in sums):
            return True
        return any(n is not None and abs(said.number - n) <= said.slack for n in sums)
