"""The city's own findings: its sum by the rules, each linear error in parts, and no theory of typing.

Rules that look at last year's numbers are evaluated over the units that both years have, so that none speaks
only because a unit has not reported; who is not compared is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...records import dataclass
from ...report import Report
from ...rules import Context, Finding, Share, check, in_order
from ...rules.hush import hushed
from ...rules.ledger import carries_over
from ...rules.relations import folded
from ...wording import wording_of
from .half_made import with_half_made
from .saying import beside, named, remedy, rest_reasons, unit_list
from .shares import SAME_CELL, Ground, is_of_two_years, totals

#: A cell that every unit left blank: what is to do is the units', not the sum's.
_CELLS = frozenset(("cell-blank",))


@dataclass(frozen=True, slots=True)
class Parting:
    """One finding in parts. ``parts`` add up to its difference; ``beside``: what the units that are not
    compared would add."""

    finding: Finding
    parts: tuple[Share, ...]
    beside: tuple[Share, ...] = ()


def judge(ground: Ground, context: Context) -> tuple[list[Finding], tuple[Parting, ...]]:
    """The findings of the sum, errors first, and those of them that have parts."""
    judge_ = _Judge(ground, replace(context, summed=True))
    findings = [judge_.told(finding) for finding in judge_.found()]
    findings = with_half_made(ground, findings, context.catalogue)
    return in_order(_together(findings, ground.city)), tuple(judge_.partings)


def _together(findings: Sequence[Finding], city: Report) -> list[Finding]:
    """Equations that the same units leave open are one matter: one finding, the others under it."""
    said: dict[tuple[str, ...], list[Finding]] = {}
    told: list[Finding] = []
    for finding in findings:
        if finding.place in city.form.equation and finding.parts:
            same = said.setdefault(tuple(sorted({share.unit for share in finding.parts})), [])
            same.append(finding)
            if len(same) > 1:
                continue
        told.append(finding)
    return [_with_others(f, next((s for s in said.values() if s[0] is f), [f])) for f in told]


def _with_others(first: Finding, same: Sequence[Finding]) -> Finding:
    if len(same) == 1:
        return first
    words = wording_of("gouji.city.parting", "shares")["others"]
    units = unit_list(list(dict.fromkeys(share.unit for share in first.parts)))
    said = words.format(count=len(same) - 1, units=units)
    return first.but(message=first.message + said, folded=(*first.folded, *same[1:]))


class _Judge:
    def __init__(self, ground: Ground, context: Context) -> None:
        self.ground, self.context, self.rules = ground, context, context.catalogue
        self.two = ground.two_years()
        self.partings: list[Parting] = []
        self.same = self.two is not None and self.two[0] is ground.city

    def found(self) -> list[Finding]:
        """This year's rules on the sum, the others on the two years over the same units."""
        city = self.ground.city
        whole = check(city, self.context)
        if not self.same and self.ground.last:
            kept = [f for f in self._flat(whole) if not is_of_two_years(f, self.rules, city)]
            whole = self._folded([*kept, *self._of_two_years()])
        return hushed(whole, city.form, self.rules)

    def _of_two_years(self) -> Iterator[Finding]:
        if self.two is None:
            return
        this, prior = self.two
        for finding in self._flat(check(this, replace(self.context, prior=prior))):
            if is_of_two_years(finding, self.rules, this):
                yield finding

    def _flat(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Relations that stand under another, each by itself."""
        for finding in findings:
            apart = bool(self.rules[finding.rule].relation) and bool(finding.folded)
            yield finding.but(folded=()) if apart else finding
            yield from finding.folded if apart else ()

    def _folded(self, findings: Sequence[Finding]) -> list[Finding]:
        of_relations = {f.id: f for f in findings if self.rules[f.rule].relation}
        others = [f for f in findings if f.id not in of_relations]
        return [*others, *folded(of_relations, self.context)]

    def told(self, finding: Finding) -> Finding:
        """The finding with its parts, named in its message, and who has to mend it."""
        finding = finding.but(folded=tuple(map(self.told, finding.folded)))
        if finding.rule in _CELLS:
            return self._blank(finding)
        if carries_over(self.rules[finding.rule]):
            return finding
        year = is_of_two_years(finding, self.rules, self.ground.city)
        two = self.two if year else (self.ground.city, self.ground.city)
        of = self.ground.functional(finding, self.rules, two) if two else None
        if of is None or (year and self.ground.pairs is None):
            return self._beside(finding, self._not_compared()) if year and not self.same else finding
        parts, apart = self.ground.shares(of, "changed" if finding.rule in SAME_CELL else "own")
        if totals(parts) != finding.difference:  # never said where it were not the whole
            return finding
        told = self._with(finding, parts)
        if year and not self.same:
            told = self._beside(told, self._not_compared())
        self.partings.append(Parting(told, parts, apart))
        return told

    def _with(self, finding: Finding, parts: tuple[Share, ...]) -> Finding:
        said = wording_of("gouji.city.parting", "shares")["from"].format(named=named(parts, finding.money))
        told = finding.message + said if parts else finding.message
        todo = remedy(finding, self._against(finding, parts))
        told_of = finding.but(message=told, remedy=todo, parts=parts)
        if not parts or any(share.why != "rest_known" for share in parts) or finding.level == "error":
            return told_of
        # Last year's own 调整, made with its reason, is all of it: nobody has anything to explain.
        said = rest_reasons(self.ground.last.reasons if self.ground.last else ())
        return told_of.but(level="hint", message=told + said)

    def _against(self, finding: Finding, parts: Sequence[Share]) -> list[Share]:
        """Those that make it worse: of what must be equal all, of a bound and of a jump one side."""
        relation = self.rules[finding.rule].relation
        equal = relation["is"] == "=" if relation else finding.place in self.ground.city.form.equation
        return [share for share in parts if equal or share.amount * (finding.difference or 0) > 0]

    def _not_compared(self) -> list[Share]:
        """Every unit that only one year has; their amounts are each finding's own."""
        return [Share(pair.unit, 0, pair.kind) for pair in self.ground.beside]

    def _beside(self, finding: Finding, units: Sequence[Share]) -> Finding:
        same = wording_of("gouji.city.parting", "shares")["same"].format(count=len(self.ground.compared))
        return finding.but(message=same + finding.message + beside(units))

    def _blank(self, finding: Finding) -> Finding:
        said = wording_of("gouji.city.parting", "shares")["blank"].format(count=len(self.ground.parts))
        units = [Share(name, 0, "own") for name, _ in self.ground.parts]
        return finding.but(message=finding.message + said, remedy=remedy(finding, units))
