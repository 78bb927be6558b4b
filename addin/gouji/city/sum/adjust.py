"""调整表: corrections of the city's sum, each by an amount and with a reason (``adjustment-…``).

A line moves one cell of one unit, or of the city (``汇总``), from a number that must be what is there
to another. With 对方单位 the same amount moves the other way in that unit's cell, and the sum stays.
A correction of a unit's cell is not the end of it: the unit corrects its own report too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from ...form import SLASH, Cell, Form, NotANumber, Value
from ...marks import marks_of
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding, Rule
from ..intake.listing import Listing, ListingError
from ..intake.names import plain_name


class AdjustmentError(ListingError):
    """The list can not be read at all; the message is one Chinese line: what, where, what to do."""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """One line as it is written; ``line``: in the file, from 1; ``other``: 对方单位."""

    line: int
    unit: str
    table: str = ""
    row: str = ""
    column: str = ""
    before: str = ""
    change: str = ""
    after: str = ""
    reason: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """One side of a line that was taken. ``unit``: the roster's name, or the city's. ``cell``: its id.
    ``before`` and ``after``: whole numbers, 分 for money. ``mirror``: the side of 对方单位."""

    written: Adjustment
    unit: str
    cell: str
    before: int
    after: int
    mirror: bool = False

    @property
    def change(self) -> int:
        return self.after - self.before


def read_adjustments(path: Path) -> tuple[Adjustment, ...]:
    """Read the list from .xlsx or .csv. Raises :class:`AdjustmentError` and nothing else.

    Which lines can be applied is decided later (:func:`apply_adjustments`); a line with an empty cell
    is kept, so that it is reported and not lost.
    """
    listing = Listing(path, "adjustments", AdjustmentError, decimals=True)
    return tuple(Adjustment(line, **{"unit": "", **fields}) for line, fields in listing.lines())


def total_change(applied: Iterable[Applied]) -> dict[str, int]:
    """Cell id -> the sum of its adjustments."""
    changes: dict[str, int] = {}
    for one in applied:
        changes[one.cell] = changes.get(one.cell, 0) + one.change
    return changes


def adjusted(values: Mapping[str, Value], applied: Iterable[Applied]) -> dict[str, Value]:
    """The city's cells with the adjustments added; one that was blank or "/" becomes a number."""
    moved = dict(values)
    for cell, change in total_change(applied).items():
        old = moved.get(cell)
        if change:
            moved[cell] = (old if isinstance(old, int) else 0) + change
    return moved


def apply_adjustments(
    lines: Sequence[Adjustment],
    *,
    city: Report,
    parts: Sequence[tuple[str, Report]],
    roster: Iterable[str],
    rules: Catalogue,
) -> tuple[list[Applied], list[Finding]]:
    """The lines that can be applied, and a finding for every other one (``adjustment-…``: it is not applied).

    ``city``: the sum before any adjustment. ``parts``: what was summed, by the roster's names. Where
    several lines move the same cell of a unit, each starts from where the one before it ended; one that
    moves the city's cell starts from the sum with all earlier lines, the units' as well.
    """
    applying = _Applying(city, dict(parts), {plain_name(name): name for name in roster}, rules)
    for line in lines:
        applying.take(line)
    return applying.applied, applying.findings


class _Unfit(Exception):
    """Why a line can not be applied: key of a message of the rule, and what fills it."""

    def __init__(self, key: str, **names: object) -> None:
        super().__init__(key)
        self.key, self.names = key, names


class _Applying:
    """``applied``: what each line taken so far changes; ``findings``: why others change nothing."""

    def __init__(
        self, city: Report, parts: Mapping[str, Report], roster: Mapping[str, str], rules: Catalogue
    ) -> None:
        self.city, self.parts, self.roster, self.rules = city, parts, roster, rules
        self.applied: list[Applied] = []
        self.findings: list[Finding] = []

    def take(self, line: Adjustment) -> None:
        incomplete, unfit = self.rules["adjustment-incomplete"], self.rules["adjustment-unfit"]
        if lacks := _lacks(line):
            self._say(incomplete, line, None, lacks=lacks)
            return
        try:
            sides = list(self._sides(line))
        except _Unfit as why:
            self._say(unfit, line, why.key, **why.names)
            return
        self.applied += sides
        applied, *others = sides
        cell = self.city.form.by_id[applied.cell]
        key = "moved" if others else "city" if applied.unit == self.city.unit else None
        self._say(
            self.rules["city-adjusted"],
            line,
            key,
            cells=(cell.id,),
            left=applied.after,
            right=applied.before,
            money=cell.kind.money,
            name=applied.unit,
            label=f"{cell.row.key}／{cell.column.label}",
            reason=line.reason,
            other="、".join(one.unit for one in others),
            other_before="、".join(cell.kind.show(one.before) for one in others),
            other_after="、".join(cell.kind.show(one.after) for one in others),
        )

    def _say(self, rule: Rule, line: Adjustment, message: str | None, **names: object) -> None:
        if not rule.off:
            place = f"{line.unit}/{line.table}/{line.row}/{line.column}/{line.line}"
            fields = {"line": line.line, "unit": line.unit, **names}
            self.findings.append(rule.finding(place, message=message, **fields))  # type: ignore[arg-type]

    def _sides(self, line: Adjustment) -> Iterator[Applied]:
        """The line itself, then what it does to 对方单位. Raises _Unfit."""
        applied = self._applied(line)
        yield applied
        if not line.other:
            return
        unit, report = self._whose(line.other, "other")
        if self.city.unit in (unit, applied.unit) or unit == applied.unit:
            raise _Unfit("no_other", other=line.other)
        cell = self.city.form.by_id[applied.cell]
        before = self._found(unit, report, cell)
        after = before - applied.change
        if not cell.kind.legal(after):
            raise _Unfit(
                "other_negative", other=unit, before=cell.kind.show(before), after=cell.kind.show(after)
            )
        yield Applied(line, unit, cell.id, before, after, mirror=True)

    def _found(self, unit: str, report: Report, cell: Cell) -> int:
        """What the cell holds now, with the lines that were taken before."""
        return report.number(cell.id) + sum(
            a.change for a in self.applied if a.cell == cell.id and (a.unit == unit or report is self.city)
        )

    def _applied(self, line: Adjustment) -> Applied:
        unit, report = self._whose(line.unit)
        cell = _cell(self.city.form, line)
        before = _number(cell, line.before, "before")
        found = self._found(unit, report, cell)
        if before != found:
            raise _Unfit("before", before=cell.kind.show(before), found=cell.kind.show(found))
        sides = {before + _number(cell, line.change, "change")} if line.change else set()
        sides |= {_number(cell, line.after, "after")} if line.after else set()
        if len(sides) > 1:
            raise _Unfit("sides", before=line.before, change=line.change, after=line.after)
        after = sides.pop()
        if not cell.kind.legal(after):
            raise _Unfit("negative", after=cell.kind.show(after))
        return Applied(line, unit, cell.id, before, after)

    def _whose(self, unit: str, side: str = "unit") -> tuple[str, Report]:
        wanted = plain_name(unit)
        if wanted in (plain_name(self.city.unit), *marks_of("gouji.city", "adjustments")["city"].spellings):
            return self.city.unit, self.city
        name = self.roster.get(wanted)
        if name is None:
            raise _Unfit(side, other=unit)
        if name not in self.parts:
            raise _Unfit("left_out", unit=name)
        return name, self.parts[name]


def _lacks(line: Adjustment) -> str:
    """What a line does not say, in words; the new number may be said as a change or as the result."""
    heads = marks_of("gouji.city", "adjustments.columns")
    given = {key: getattr(line, key) for key in ("unit", "table", "row", "column", "before", "reason")}
    given["change"] = line.change or line.after
    return "、".join(heads[key] for key, text in given.items() if not text)


def _number(cell: Cell, text: str, key: str) -> int:
    """A side of the line; "/" counts 0 as in every sum. A change may be negative in any cell."""
    try:
        reading = replace(cell.kind, signed=True).parse(text)
    except NotANumber:
        reading = None
    if reading is None or reading.mark or reading.value is None:
        raise _Unfit("number", head=marks_of("gouji.city", "adjustments.columns")[key], text=text)
    return 0 if reading.value == SLASH else int(reading.value)


def _cell(form: Form, line: Adjustment) -> Cell:
    cells = _places(form).get((plain_name(line.table), plain_name(line.row), plain_name(line.column)), ())
    if len(cells) != 1:
        place = "／".join((line.table, line.row, line.column))
        raise _Unfit("place" if not cells else "ambiguous", where=place)
    return cells[0]


@cache
def _places(form: Form) -> dict[tuple[str, str, str], tuple[Cell, ...]]:
    """Every way to write a cell's table, row and column -> the cells that it may mean."""
    found: dict[tuple[str, str, str], tuple[Cell, ...]] = {}
    for cell in form.cells:
        for place in set(_writings(form, cell)):
            found[place] = (*found.get(place, ()), cell)
    return found


def _writings(form: Form, cell: Cell) -> Iterator[tuple[str, str, str]]:
    section = form.tables[cell.table].section
    patterns = marks_of("gouji.city", "adjustments")["table"].spellings
    numbered = (pattern.format(number=section.number) for pattern in patterns)
    tables = (section.number, *numbered, section.title, cell.table)
    groups = "".join(group.label for group in cell.column.under)
    for table in tables:
        for row in (cell.row.key, cell.row.label):
            for column in (cell.column.key, cell.column.label, groups + cell.column.label):
                yield plain_name(table), plain_name(row), plain_name(column)
