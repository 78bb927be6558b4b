"""How many units stand where, by 类别: the numbers of 催报名单 and of 通报, counted once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from ...records import dataclass
from ...wording import wording_of
from ..approving.telling import excused
from ..consolidate import Consolidation
from ..intake.sorting import UnitRow
from .acting import PACKAGE, Duty, State, duties
from .when import due_of, today_of, written_on

#: In these nothing that can be read has come for the year.
_NOTHING: tuple[State, ...] = ("missing", "unread", "blank")


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers of units. ``expected`` = ``sent`` + the missing; ``states``: those that must act, by what is
    awaited; ``in_time``, ``later``: of those that sent, the file is of the deadline's day or before, or after
    it; both leave out whose deadline or file time is not known."""

    kind: str
    expected: int
    sent: int
    done: int
    states: Counter[State]
    in_time: int
    later: int

    @property
    def acting(self) -> int:
        return sum(self.states.values())

    @property
    def timed(self) -> int:
        """Of how many that sent it is known whether it was in time."""
        return self.in_time + self.later


@dataclass(frozen=True)
class Standing:
    """``kinds``: one of each 类别, in the order of the roster; ``whole``: all together; ``duties``: who must
    act; ``later``: the units whose file is of a day after the deadline."""

    kinds: tuple[Figures, ...]
    whole: Figures
    duties: tuple[Duty, ...]
    later: tuple[str, ...]

    def ranked(self) -> list[tuple[int, Figures]]:
        """(rank from 1, the figures), the best first: by the share of units that are done, then of those that
        sent; equal shares have equal ranks and the order of the roster."""

        def key(one: Figures) -> tuple[Fraction, Fraction]:
            return Fraction(one.done, one.expected), Fraction(one.sent, one.expected)

        ordered = sorted(self.kinds, key=key, reverse=True)
        return [(1 + sum(key(other) > key(one) for other in ordered), one) for one in ordered]


def standing(city: Consolidation) -> Standing:
    """Every unit of the roster counted once, but for those that lawfully do not report."""
    found = duties(city)
    states = {duty.unit.name: duty.state for duty in found}
    lawful = {row.unit.name for row, _ in excused(city)}
    rows = [row for row in city.units if row.unit.name not in lawful]
    timely = {
        row.unit.name: known
        for row in rows
        if states.get(row.unit.name) not in _NOTHING and (known := _in_time(city, row)) is not None
    }
    by_kind = {kind: [row.unit.name for row in rows if row.unit.kind == kind] for kind in city.roster.kinds()}
    kinds = tuple(_figures(kind, names, states, timely) for kind, names in by_kind.items() if names)
    names = [row.unit.name for row in rows]
    later = tuple(name for name, known in timely.items() if not known)
    return Standing(kinds, _figures("", names, states, timely), found, later)


def _figures(
    kind: str, names: Sequence[str], states: Mapping[str, State], timely: Mapping[str, bool]
) -> Figures:
    counts = Counter(states[name] for name in names if name in states)
    known = Counter(timely[name] for name in names if name in timely)
    return Figures(
        kind=kind,
        expected=len(names),
        sent=len(names) - sum(counts[state] for state in _NOTHING),
        done=len(names) - sum(counts.values()),
        states=counts,
        in_time=known[True],
        later=known[False],
    )


def _in_time(city: Consolidation, row: UnitRow) -> bool | None:
    """By the oldest file of the unit: a later one may be a correction. None where that is not known, and
    where the file was written after the day that the letter speaks of: then it has been saved again."""
    due, today = due_of(city, row.unit).day, today_of(city)
    days = [written_on(f.submission) for f in row.files if f.status != "wrong_year"]
    known = [day for day in days if day]
    if not due or not known or len(known) < len(days) or (today and min(known) > today):
        return None
    return min(known) <= due


def share(part: int, whole: int) -> str:
    """``83.3%``, a half rounded up; "" of nothing. Never rounded to 100%, which says that nobody is
    missing."""
    if not whole:
        return ""
    tenths = (2000 * part + whole) // (2 * whole)
    tenths = tenths if part >= whole else min(tenths, 999)
    shown: str = wording_of(PACKAGE, "words")["share"]
    return shown.format(whole=tenths // 10, tenth=tenths % 10)
