"""结转核对: what the units carried in this year against what the city reported as carried out.

The difference is said unit by unit: who differs from its own last year, who is new, who is gone or
left out, what was adjusted. The lines add up to the difference exactly, whatever the files hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ...form import Table
from ...form.model import CarryOver
from ...report import Report
from ...rules import Catalogue, Finding
from ...rules.gap import gap
from ...rules.numbers import Numbers
from ...wording import wording_of
from ..intake.names import plain_code, plain_name, similar
from ..intake.roster import RosterUnit
from .adjust import Applied, total_change
from .last_year import LastYear

#: ``same``, ``differs``: in both years. ``new``: not in last year's file. ``gone``: in last year's file and
#: not on the roster. ``left_out``: on the roster and not summed. ``adjusted``: this year's adjustments.
#: ``rest``: what last year's city reported beyond its units (adjustments of last year).
Kind = Literal["same", "differs", "new", "gone", "left_out", "adjusted", "rest"]

#: A finding names so many lines; the sheet has them all.
_NAMED = 6


@dataclass(frozen=True, slots=True)
class Line:
    """One unit. ``before``: its 四 of last year, ``now``: its 二 of this year, by the table's columns."""

    unit: str
    kind: Kind
    before: tuple[int, ...]
    now: tuple[int, ...]
    remark: str = ""

    @property
    def gaps(self) -> tuple[int, ...]:
        return tuple(n - b for n, b in zip(self.now, self.before, strict=True))


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


def _row(table: Table, row: str) -> tuple[str, ...]:
    return tuple(f"{table.id}.{row}.{column.id}" for column in table.grid.columns)


def kind_label(kind: Kind) -> str:
    label: str = wording_of("gouji.city", "handover.kinds")[kind]
    return label


def hand_over(
    city: Report,
    parts: Sequence[tuple[str, Report]],
    roster: Iterable[RosterUnit],
    adjustments: Sequence[Applied],
    last: LastYear,
) -> Handover | None:
    """Compare; None where last year's file is of another year. ``city``: with its adjustments."""
    table = next(t for t in city.form.tables.values() if t.carry_over)
    if last.year != city.year - 1 or table.carry_over is None:
        return None
    here, there = (_row(table, row) for row in (table.carry_over.this_year, table.carry_over.last_year))
    of_city = Numbers(last.city)
    before = tuple(of_city(cell) for cell in there)
    lines: list[Line] = []
    if last.units:
        lines = list(_unit_lines(dict(parts), list(roster), last, here, there))
        lines = _with_suggestions(lines, city.unit)
        changes = total_change(adjustments)
        lines.append(_other("adjusted", (0,) * len(here), tuple(changes.get(cell, 0) for cell in here)))
        known = [sum(line.before[i] for line in lines) for i in range(len(here))]
        rest = tuple((b or 0) - k for b, k in zip(before, known, strict=True))
        lines.append(_other("rest", rest, (0,) * len(here)))
        lines = [line for line in lines if line.unit or any(line.gaps)]
    now = tuple(city.number(cell) for cell in here)
    return Handover(table, city.year, tuple(lines), now, before, bool(last.units))


def _other(kind: Kind, before: tuple[int, ...], now: tuple[int, ...]) -> Line:
    return Line("", kind, before, now)


def _unit_lines(
    parts: Mapping[str, Report],
    roster: Sequence[RosterUnit],
    last: LastYear,
    here: Sequence[str],
    there: Sequence[str],
) -> Iterator[Line]:
    """The roster in its order, then the units of last year that are not on it."""
    seen: set[int] = set()
    nothing = (0,) * len(here)
    words = wording_of("gouji.city", "handover")
    for unit in roster:
        prior, report = last.unit(unit.name, unit.code), parts.get(unit.name)
        prior = None if id(prior) in seen else prior
        before = _numbers(prior, there) if prior else nothing
        now = tuple(map(report.number, here)) if report else nothing
        kind: Kind = "same" if now == before else "differs"
        remark = ""
        if prior:
            seen.add(id(prior))
            renamed = plain_name(prior.unit) != plain_name(unit.name)
            remark = words["renamed"].format(unit=prior.unit, code=plain_code(unit.code)) if renamed else ""
        if report is None or prior is None:
            kind = "left_out" if report is None else "new"
        if report or prior:
            yield Line(unit.name, kind, before, now, remark)
    for prior in last.units:
        if id(prior) not in seen:
            yield Line(prior.unit, "gone", _numbers(prior, there), nothing)


def _numbers(report: Report, cells: Sequence[str]) -> tuple[int, ...]:
    """Last year's cells: a blank total reads as the sum of its parts; what is not known counts 0."""
    read = Numbers(report)
    return tuple(read(cell) or 0 for cell in cells)


def _with_suggestions(lines: Sequence[Line], city: str) -> list[Line]:
    """For a unit that is gone: which new unit it may be (更名) or which unit took it over (合并)."""
    words = wording_of("gouji.city", "handover")
    new = [line.unit for line in lines if line.kind == "new"]
    out = []
    for line in lines:
        if line.kind != "gone":
            out.append(line)
            continue
        like = similar(line.unit, new, beginning=city)
        merged = [
            other.unit
            for other in lines
            if other.kind in ("differs", "new") and other.unit not in like
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
    moved = differing[0] != handover.total
    findings = [
        rule.finding(
            f"{handover.table.id}.{columns[i].id}",
            (handover.cells[i],),
            left=handover.now[i],
            right=handover.before[i],
            level=rule.no_graver_than("moved_level") if moved else None,
            message="column" if i != differing[0] else None if handover.units_known else "no_units",
            line=columns[i].label,
            units=_named(handover, i),
        )
        for i in differing
    ]
    cells = tuple(c for f in findings for c in f.cells)
    yield findings[0].but(cells=cells, folded=tuple(findings[1:]))


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
