"""撤并: which units of last year became which of this year, as the office declares it (``merger-…``).

A declaration is one line, 原单位 → 现单位. Lines that share a unit make one group: several units into one,
one under another name, one into several. What a group of several units of this year took over from last year
can not be told apart; their sum can.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding
from ...wording import wording_of
from ..intake.names import plain_name, similar
from ..intake.roster import Roster, RosterUnit
from ..sum.last_year import LastYear
from ..sum.summing import sum_values
from .ended import ends

if TYPE_CHECKING:
    from ..desk import Merger

#: A refusal names this many units that may have been meant.
_ALIKE = 3


@dataclass(frozen=True, slots=True)
class Group:
    """``now``: units of this year, by the roster's names; ``before``: those of last year that became them.
    ``mergers``: the lines that say so. One of the two may be empty: newly set up, or ended."""

    now: tuple[str, ...]
    before: tuple[str, ...]
    mergers: tuple[Merger, ...]

    @property
    def is_split(self) -> bool:
        """Whether nobody can say which of the units took over what."""
        return len(self.now) > 1

    @property
    def said(self) -> str:
        """由甲局、乙局并入（撤并第 2、3 行）: where it comes from, in words."""
        words = wording_of("gouji.city.parting", "merging")
        ways = "、".join(dict.fromkeys(m.way or words["became"] for m in self.mergers))
        lines = "、".join(str(m.line) for m in self.mergers if m.line)
        key = "said" if self.now and self.before else "ended" if self.before else "set_up"
        own = {plain_name(name) for name in self.now}
        before = [old for old in self.before if plain_name(old) not in own] or self.before
        text = words[key].format(before="、".join(before), now="、".join(self.now), way=ways)
        return str(words["lines"].format(said=text, lines=lines) if lines else text)


@dataclass(frozen=True)
class Succession:
    """``groups``: what was declared and fits. ``unfit``: lines that name nobody, each with the key of
    the message and its names."""

    groups: tuple[Group, ...] = ()
    unfit: tuple[tuple[Merger, str, Mapping[str, object]], ...] = ()

    @cached_property
    def of_now(self) -> dict[str, Group]:
        """:func:`plain_name` of a unit of this year -> its group."""
        return {plain_name(name): group for group in self.groups for name in group.now}

    @cached_property
    def of_before(self) -> dict[str, Group]:
        """The same of last year's units."""
        return {plain_name(name): group for group in self.groups for name in group.before}

    def findings(self, rules: Catalogue) -> Iterator[Finding]:
        """One error a line that names nobody."""
        rule = rules["merger-unfit"]
        for merger, key, names in () if rule.off else self.unfit:
            place = f"{merger.old}/{merger.new}/{merger.line}"
            fields = {"line": merger.line, "old": merger.old, "new": merger.new, **names}
            remedy = key if key in rule.parameters["remedies"] else None
            yield rule.finding(place, message=key, remedy=remedy, **fields)  # type: ignore[arg-type]


def succession(
    mergers: Sequence[Merger], roster: Roster, last: LastYear | None, within: Container[str] = ()
) -> Succession:
    """The declared lines against this year's roster and last year's file. Without its units no 原单位 can be
    wrong; nor can one that is a unit of a lower level's result (``within``, by :func:`plain_name`), which has
    no last year here."""
    if not mergers:
        return Succession()
    old_names = {plain_name(r.unit): r.unit for r in last.everybody} if last and last.units else {}
    unfit, groups = [], _Groups(roster, last)
    for merger in mergers:
        old = plain_name(merger.old)
        if old_names and old in within and old not in old_names and plain_name(merger.new) in roster.by_name:
            continue
        why = _why_unfit(merger, roster, old_names)
        if why:
            unfit.append((merger, *why))
        else:
            groups.add(merger)
    return Succession(groups.made(), tuple(unfit))


def _why_unfit(
    merger: Merger, roster: Roster, old_names: Mapping[str, str]
) -> tuple[str, dict[str, object]] | None:
    old, new = plain_name(merger.old), plain_name(merger.new)
    if not old and not new:
        return "nobody", {}
    if old == new:
        return "itself", {}
    if new and new not in roster.by_name:
        return "new", _alike(merger.new, [u.name for u in roster.units])
    if old and old_names and old not in old_names:
        return "old", _alike(merger.old, old_names.values())
    if old and old in roster.by_name and ends(merger):
        return "still", {"way": merger.way}
    return None


def _alike(name: str, names: Iterable[str]) -> dict[str, object]:
    like = similar(name, names, most=_ALIKE)
    said = wording_of("gouji.city.parting", "merging")["alike"].format(units="、".join(like)) if like else ""
    return {"alike": said}


@dataclass
class _Groups:
    """Lines that share a unit, put together."""

    roster: Roster
    last: LastYear | None
    found: list[tuple[set[str], set[str], list[Merger]]] = field(default_factory=list)

    def add(self, merger: Merger) -> None:
        """``now``, ``before``: plain names; a unit of this year that was there last year brings itself."""
        now = {plain_name(merger.new)} - {""}
        before = {plain_name(merger.old)} - {""}
        if merger.old:
            now |= {name for name in before if name in self.roster.by_name}
            before |= {plain_name(r.unit) for name in now if (r := self._own(self.roster.by_name[name]))}
        lines = [merger]
        for other in [each for each in self.found if each[0] & now or each[1] & before]:
            self.found.remove(other)
            now, before, lines = now | other[0], before | other[1], [*other[2], *lines]
        self.found.append((now, before, lines))

    def _own(self, unit: RosterUnit) -> Report | None:
        return self.last.counted(unit.name, unit.code) if self.last else None

    def made(self) -> tuple[Group, ...]:
        return tuple(
            Group(
                tuple(unit.name for unit in self.roster.units if plain_name(unit.name) in now),
                self._names(before, lines),
                tuple(sorted(lines, key=lambda m: m.line)),
            )
            for now, before, lines in self.found
        )

    def _names(self, before: set[str], lines: Sequence[Merger]) -> tuple[str, ...]:
        written = {plain_name(m.old): m.old.strip() for m in lines if m.old.strip()}
        known = {plain_name(r.unit): r.unit for r in self.last.everybody} if self.last else {}
        names = known | written
        return tuple(names[name] for name in names if name in before)


def following(last: LastYear, declared: Succession) -> LastYear:
    """Last year's file that answers for a unit of this year with those that became it, added up; with nothing
    where that can not be told."""
    heirs: dict[str, Report | None] = {}
    for group in declared.groups:
        for name in group.now:
            heirs[plain_name(name)] = _heir(last, group, name)
    return replace(last, heirs={**last.heirs, **heirs})


def _heir(last: LastYear, group: Group, name: str) -> Report | None:
    priors = [prior for old in group.before if (prior := last.reported(old))]
    forms = {prior.form for prior in priors}
    if group.is_split or len(priors) != len(group.before) or len(forms) != 1:
        return None
    values = sum_values(priors[0].form, priors)
    blank_is_zero = all(prior.is_complete for prior in priors)
    return Report(priors[0].form, name, last.year, values=values, blank_is_zero=blank_is_zero)
