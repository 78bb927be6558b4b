"""结转核对: what the units carried in this year against what the city reported as carried out.

The difference is said unit by unit: who differs from its own last year, who is new, who is gone or
left out, what was adjusted. The lines add up to the difference exactly, whatever the files hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from ...form import Table, TableKey
from ...form.model import CarryOver
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding, Level, Share
from ...rules.gap import gap
from ...rules.numbers import Numbers
from ...wording import wording_of
from ..intake.names import plain_name, similar
from ..parting.pairing import Pair, has_table
from ..parting.saying import unit_list
from .adjust import Applied, total_change
from .last_year import LastYear

#: ``same``, ``differs``: in both years; those that only one year has as in ``parting.pairing``.
#: ``adjusted``: this year's adjustments of the sum itself. ``rest``: what last year's city reported beyond
#: its units (adjustments of last year).
Kind = Literal[
    "same",
    "differs",
    "new",
    "absent",
    "before_left_out",
    "left_out",
    "gone",
    "ended",
    "adjusted",
    "rest",
]

#: A finding names so many lines; the sheet has them all.
_NAMED = 6
#: What a declared 撤并 says of a unit that only one year has.
_LAWFUL = ("new", "ended")


@dataclass(frozen=True, slots=True)
class Line:
    """One unit, or the units of one 撤并. ``before``: its 四 of last year, ``now``: its 二 of this year with
    its adjustments, by the table's columns. ``accounted``: its gaps are what 撤并 makes them, or its own
    report of a year in which it was left out. ``together``: the units of a 撤并, this year's by the roster's
    names, where none of them can be compared by itself."""

    unit: str
    kind: Kind
    before: tuple[int, ...]
    now: tuple[int, ...]
    remark: str = ""
    accounted: bool = False
    together: tuple[str, ...] = ()

    @property
    def gaps(self) -> tuple[int, ...]:
        return tuple(n - b for n, b in zip(self.now, self.before, strict=True))

    def is_wrong(self, column: int) -> bool:
        """Whether the unit itself has to look at the column: it is in both years, and they differ."""
        return self.kind == "differs" and bool(self.gaps[column])


@dataclass(frozen=True)
class Handover:
    """``now``, ``before``: the city's own rows; None where last year's cell is not known. ``units_known``:
    whether last year's file has 明细; without it there is no line."""

    table: Table
    year: int
    lines: tuple[Line, ...]
    now: tuple[int, ...]
    before: tuple[int | None, ...]
    units_known: bool

    @property
    def over(self) -> CarryOver:
        assert self.table.carry_over
        return self.table.carry_over

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """The cells of this year that are compared, in the order of the columns."""
        return _row(self.table, self.over.this_year)

    @property
    def total(self) -> int:
        """Which of the columns is the total."""
        return next(i for i, column in enumerate(self.table.grid.columns) if column.is_total)

    def is_accounted(self, column: int) -> bool:
        """Whether every part of the column's difference is lawful by what was declared."""
        return bool(self.lines) and all(x.accounted for x in self.lines if x.gaps[column])

    @property
    def wrong_units(self) -> Iterator[tuple[str, int]]:
        """Units that have to look at their own number, each with the column. One that differs by just what a
        unit carried out that is gone may have taken it over: that is for the office to declare first."""
        gone = [line.before for line in self.lines if line.kind == "gone"]
        for line in self.lines:
            if line.gaps not in gone:
                yield from ((line.unit, i) for i in range(len(self.now)) if line.is_wrong(i))

    def only_left_out(self, columns: Iterable[int]) -> bool:
        """Whether the columns differ only because units of the roster are not summed yet."""
        return bool(self.lines) and all(
            x.kind == "left_out" for i in columns for x in self.lines if x.gaps[i]
        )

    def only_adjusted(self, columns: Iterable[int]) -> bool:
        """Whether last year's own 调整 is all that the columns differ by."""
        return all(x.kind == "rest" and x.accounted for i in columns for x in self.lines if x.gaps[i])

    def shares(self, column: int) -> tuple[Share, ...]:
        """The difference of one column by units, the largest first; () where no unit is known."""
        found = [Share(x.unit, x.gaps[column], _why(x)) for x in self.lines if x.gaps[column]]
        return tuple(sorted(found, key=lambda share: -abs(share.amount)))


def _why(line: Line) -> str:
    if line.kind == "rest" and line.accounted:
        return "rest_known"
    return "changed" if line.kind in ("same", "differs") else line.kind


def _row(table: Table, row: str) -> tuple[str, ...]:
    return tuple(f"{table.id}.{row}.{column.id}" for column in table.grid.columns)


def kind_label(kind: Kind) -> str:
    label: str = wording_of("gouji.city", "handover.kinds")[kind]
    return label


def hand_over(
    city: Report,
    pairs: Sequence[Pair],
    adjustments: Sequence[Applied],
    last: LastYear,
) -> Handover | None:
    """Compare; None where last year's file is of another year. ``city``: with its adjustments; ``pairs``: its
    units beside last year's."""
    key, table = next((key, t) for key, t in city.form.tables.items() if t.carry_over)
    if last.year != city.year - 1 or table.carry_over is None:
        return None
    here, there = (_row(table, row) for row in (table.carry_over.this_year, table.carry_over.last_year))
    of_city = Numbers(last.city)
    before = tuple(of_city(cell) for cell in there)
    lines: list[Line] = []
    if last.units:
        taken = {plain_name(name) for pair in pairs if pair.now for name in pair.units}
        lines = [_line(pair, key, here, there, adjustments) for pair in pairs]
        lines = _with_suggestions(lines, city.unit)
        changes = total_change(one for one in adjustments if plain_name(one.unit) not in taken)
        lines.append(_other("adjusted", (0,) * len(here), tuple(changes.get(cell, 0) for cell in here)))
        known = [sum(line.before[i] for line in lines) for i in range(len(here))]
        rest = tuple((b or 0) - k for b, k in zip(before, known, strict=True))
        lines.append(_rest(rest, there, last))
        lines = [line for line in lines if line.unit or any(line.gaps)]
    now = tuple(city.number(cell) for cell in here)
    return Handover(table, city.year, tuple(lines), now, before, bool(last.units))


def _other(kind: Kind, before: tuple[int, ...], now: tuple[int, ...]) -> Line:
    return Line("", kind, before, now)


def _rest(rest: tuple[int, ...], there: Sequence[str], last: LastYear) -> Line:
    """Accounted where all of it is last year's own 调整, which was made with its reason."""
    known = any(rest) and rest == tuple(last.moved.get(cell, 0) for cell in there)
    said = wording_of("gouji.city", "handover")
    remark = said["rest_reasons"].format(reasons=said["between"].join(last.reasons)) if last.reasons else ""
    return replace(_other("rest", rest, (0,) * len(rest)), accounted=known, remark=remark if known else "")


def _kind(pair: Pair, table: TableKey, same: bool) -> Kind:
    """A unit whose table one of the years does not have, as it counts in part alone, did not change it."""
    if pair.kind != "both" or same:
        return "same" if pair.kind == "both" else pair.kind
    if not all(has_table(report, table) for report in pair.now):
        return "left_out"
    return "differs" if all(has_table(report, table) for report in pair.before) else "before_left_out"


def _line(
    pair: Pair, table: TableKey, here: Sequence[str], there: Sequence[str], applied: Sequence[Applied]
) -> Line:
    """One unit, or the units of one 撤并 together, with their adjustments."""
    names = {plain_name(name) for name in pair.units} if pair.now else set()
    own = [one for one in applied if plain_name(one.unit) in names and one.cell in here]
    changes = total_change(own)
    now = tuple(sum(r.number(cell) for r in pair.now) + changes.get(cell, 0) for cell in here)
    before = _added([_numbers(report, there) for report in pair.before], len(there))
    kind = _kind(pair, table, now == before)
    # Only what is known of each report that was left out tells whether it is taken up as it was reported.
    apart = [_numbers(r, there) for r in pair.apart if r.values]
    told = bool(pair.apart) and len(apart) == len(pair.apart)
    own_before = _added([before, *apart], len(there)) if told else None
    said = wording_of("gouji.city", "handover")
    remarks = [pair.remark] if pair.remark else []
    if own_before is not None and pair.kind == "before_left_out":
        remarks.append(said["own_before"].format(before=own_before[-1]))
    for one in own if any(changes.values()) else ():
        if one.cell == here[-1]:
            remarks.append(said["with_adjustment"].format(line=one.written.line, gap=f"{one.change:+d}"))
    accounted = now in (before, own_before) or (pair.declared and pair.kind in _LAWFUL)
    together = pair.units if pair.together and len(pair.now) == len(pair.units) else ()
    return Line(pair.unit, kind, before, now, "；".join(remarks), accounted, together)


def _added(rows: Sequence[tuple[int, ...]], width: int) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True)) if rows else (0,) * width


def _numbers(report: Report, cells: Sequence[str]) -> tuple[int, ...]:
    """Last year's cells: a blank total reads as the sum of its parts; what is not known counts 0."""
    read = Numbers(report)
    return tuple(read(cell) or 0 for cell in cells)


def _with_suggestions(lines: Sequence[Line], city: str) -> list[Line]:
    """For a unit that is gone: which new unit it may be (更名) or which unit took it over (合并)."""
    words = wording_of("gouji.city", "handover")
    new = [line.unit for line in lines if line.kind in ("new", "absent")]
    out = []
    for line in lines:
        if line.kind != "gone":
            out.append(line)
            continue
        like = similar(line.unit, new, beginning=city)
        merged = [
            other.unit
            for other in lines
            if other.kind in ("differs", "new", "absent") and other.unit not in like
            if any(line.before) and other.gaps == line.before
        ]
        said = [words["like"].format(units="、".join(like))] if like else []
        said += [words["taken_over"].format(units="、".join(merged))] if merged else []
        out.append(replace(line, remark="；".join(said)))
    return out


def check_handover(handover: Handover, rules: Catalogue) -> Iterator[Finding]:
    """One finding; the columns that differ are folded under the total, or under the first."""
    rule = rules["city-carry-over"]
    if rule.off:
        return
    columns = handover.table.grid.columns
    differing = [
        i
        for i, (now, before) in enumerate(zip(handover.now, handover.before, strict=True))
        if before is not None and now != before
    ]
    differing.sort(key=lambda i: i != handover.total)
    if not differing:
        return
    if handover.only_left_out(differing):
        return
    level: Level | None = None
    if differing[0] != handover.total:
        level = rule.no_graver_than("moved_level")
    elif handover.is_accounted(handover.total):
        level = "hint" if handover.only_adjusted(differing) else rule.no_graver_than("accounted_level")
    findings = [
        rule.finding(
            f"{handover.table.id}.{columns[i].id}",
            (handover.cells[i],),
            left=handover.now[i],
            right=handover.before[i],
            level=level,
            message="column" if i != differing[0] else None if handover.units_known else "no_units",
            line=columns[i].label,
            units=_named(handover, i),
        ).but(parts=handover.shares(i))
        for i in differing
    ]
    cells = tuple(c for f in findings for c in f.cells)
    first = findings[0]
    units = list(dict.fromkeys(unit for unit, column in handover.wrong_units if column in differing))
    said = wording_of("gouji.city.parting", "remedies")["units"].format(units=unit_list(units))
    todo = said + first.remedy if units else first.remedy
    yield first.but(cells=cells, folded=tuple(findings[1:]), remedy=todo)


def _named(handover: Handover, column: int) -> str:
    """The lines that make the difference of one column, the largest first."""
    words = wording_of("gouji.city", "handover")
    lines = sorted((x for x in handover.lines if x.gaps[column]), key=lambda x: -abs(x.gaps[column]))
    said = [
        words["line" if line.unit else "other"].format(
            unit=line.unit,
            kind=kind_label(line.kind),
            before=line.before[column],
            now=line.now[column],
            gap=gap(line.gaps[column]),
            remark=words["remark"].format(remark=line.remark) if line.remark else "",
        )
        for line in lines[:_NAMED]
    ]
    more = words["more"].format(count=len(lines) - _NAMED) if len(lines) > _NAMED else ""
    return "；".join(said) + more
