"""Units of this year beside those of last year that they are: the one pairing by which 结转核对, every rule
against last year, and the number of units are told.

Only what was summed counts: this year's units in the sum, last year's in last year's sum. The pairs hold each
of them exactly once, so that whatever is added over the pairs adds up to the two sums.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal

from ...form import TableKey
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ..intake.names import plain_code, plain_name
from ..intake.roster import RosterUnit
from ..sum.last_year import LastYear
from .merging import Group, Succession

#: ``both``: summed in both years. ``new``: not there last year; ``absent``: not in last year's file, which
#: does not say whom it left out; ``before_left_out``: left out of last year's sum. ``left_out``: on the
#: roster and not summed this year. ``gone``: in last year's sum, not on the roster; ``ended``: so declared.
PairKind = Literal["both", "new", "absent", "before_left_out", "left_out", "gone", "ended"]


@dataclass(frozen=True, slots=True)
class Pair:
    """``units``: this year's by the roster's names, or last year's where none is on the roster. ``now``,
    ``before``: the reports that were summed. ``remark``: in words, "" where there is nothing to say."""

    units: tuple[str, ...]
    kind: PairKind
    now: tuple[Report, ...] = ()
    before: tuple[Report, ...] = ()
    remark: str = ""
    #: Reports of last year that were left out of its sum.
    apart: tuple[Report, ...] = ()
    declared: bool = False
    #: A 撤并 of which nobody can say what each unit took over: its units are compared together only.
    together: bool = False

    @property
    def unit(self) -> str:
        return "、".join(self.units)


def pairs(
    parts: Sequence[tuple[str, Report]],
    roster: Iterable[RosterUnit],
    last: LastYear,
    declared: Succession,
) -> tuple[Pair, ...]:
    """In the order of the roster, then last year's units that are not on it; ``parts``: what was summed."""
    return tuple(_Pairing(dict(parts), last, declared).made(list(roster)))


def has_table(report: Report, key: TableKey) -> bool:
    """Whether anything stands in a table, or it is declared to be 0."""
    return report.declared(key) or any(not report.is_blank(c.id) for c in report.form.tables[key].cells)


class _Pairing:
    def __init__(self, parts: Mapping[str, Report], last: LastYear, declared: Succession) -> None:
        self.parts, self.last, self.declared = parts, last, declared
        self.seen: set[int] = set()
        self.words = wording_of("gouji.city.parting", "pairing")

    def made(self, roster: Sequence[RosterUnit]) -> Iterator[Pair]:
        # Declared first: what a group takes over belongs to nobody else by its code.
        groups = {id(group): self._group(group) for group in self.declared.groups if group.now}
        told: set[int] = set()
        for unit in roster:
            group = self.declared.of_now.get(plain_name(unit.name))
            if group is None:
                yield from self._single(unit)
            elif id(group) not in told:
                told.add(id(group))
                yield from groups[id(group)]
        for prior in self.last.units:
            if id(prior) not in self.seen:
                group = self.declared.of_before.get(plain_name(prior.unit))
                said = group.said if group else ""
                yield Pair(
                    (prior.unit,), "ended" if group else "gone", (), (prior,), said, declared=bool(group)
                )

    def _taken(self, name: str, code: str = "") -> Report | None:
        """Last year's report of a unit that nobody else has taken."""
        prior = self.last.counted(name, code)
        if prior is None or id(prior) in self.seen:
            return None
        self.seen.add(id(prior))
        return prior

    def _group(self, group: Group) -> list[Pair]:
        now = tuple(self.parts[name] for name in group.now if name in self.parts)
        before = tuple(prior for old in group.before if (prior := self._taken(old)))
        apart = tuple(out.report for old in group.before if (out := self.last.left(old)))
        remark = group.said
        if group.is_split:
            remark = self.words["undecided"].format(said=remark, units="、".join(group.now))
        missing = [name for name in group.now if name not in self.parts]
        kind: PairKind = "both"
        if missing:
            kind = "left_out"
            remark = self.words["some_left_out"].format(said=remark, units="、".join(missing))
        elif len(before) < len(group.before):
            kind = "before_left_out"
        elif not before:
            kind = "new"
        together = self.last.heirs.get(plain_name(group.now[0])) is None
        found = Pair(group.now, kind, now, before, remark, apart, declared=True, together=together)
        return [found] if now or before else []

    def _single(self, unit: RosterUnit) -> Iterator[Pair]:
        report, prior = self.parts.get(unit.name), self._taken(unit.name, unit.code)
        now = (report,) if report else ()
        if prior:
            renamed = plain_name(prior.unit) != plain_name(unit.name)
            fields = {"unit": prior.unit, "code": plain_code(unit.code)}
            remark = self.words["renamed"].format(**fields) if renamed else ""
            yield Pair((unit.name,), "both" if report else "left_out", now, (prior,), remark)
        elif report:
            out = self.last.left(unit.name, unit.code)
            if out:
                said = self.words["left_out_for"].format(reason=out.reason) if out.reason else ""
                yield Pair((unit.name,), "before_left_out", now, (), said, (out.report,))
            else:
                yield Pair((unit.name,), "new" if self.last.tells_left_out else "absent", now)
