"""The long table as it is handed out: between the units and the city a row for each adjustment, so that the
rows of units and adjustments add up to the city in every cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...marks import marks_of
from ..rows import Row

if TYPE_CHECKING:
    from ...report import Report
    from ..consolidate import Consolidation


class Adjusted(NamedTuple):
    """What one side of a line of 调整表 adds to a cell. ``unit``: "" where it is the sum that is adjusted, or
    nobody knows whose cell it is."""

    unit: str
    cell: str
    change: int


def adjusted_of(city: Consolidation) -> tuple[Adjusted, ...]:
    """The adjustments of a run, one a side, in their order."""
    own = city.report.unit
    return tuple(Adjusted("" if a.unit == own else a.unit, a.cell, a.change) for a in city.adjustments)


def adjusted_in(reports: Iterable[Report]) -> tuple[Adjusted, ...]:
    """Those that 明细 tells, which does not say whose they are."""
    return tuple(
        Adjusted("", cell, value)
        for report in reports
        for cell, value in report.values.items()
        if isinstance(value, int) and value
    )


def balanced(rows: Iterable[Row], adjusted: Sequence[Adjusted] | None) -> Iterator[Row]:
    """The rows of a run, the city's last, and before these the adjustments.

    ``adjusted``: None where they were not recorded: then what the city has beyond its units, where it has
    units. A row of an adjustment has the state ``adjusted`` and names 调整表 as its file."""
    held: list[Row] = []
    sums: Counter[str] = Counter()
    codes: dict[str, str] = {}
    for row in rows:
        if held and row.cell == held[0].cell:
            codes[held[0].unit] = held[0].code
            sums.update({each.cell: each.value for each in held if each.value})
            yield from held
            held = []
        held.append(row)
    if adjusted is None:
        beyond = ((row.cell, (row.value or 0) - sums[row.cell]) for row in held if codes)
        adjusted = [Adjusted("", cell, change) for cell, change in beyond if change]
    of_city = {row.cell: row for row in held}
    yield from (_row(one, of_city[one.cell], codes) for one in adjusted if one.cell in of_city)
    yield from held


def _row(one: Adjusted, of_city: Row, codes: dict[str, str]) -> Row:
    marks = marks_of("gouji.city.memory", "long.adjusted")
    unit = one.unit or str(marks_of("gouji.city", "adjustments")["city"])
    return of_city._replace(
        unit=unit,
        code=codes.get(unit, ""),
        value=one.change,
        state="adjusted",
        file=str(marks["file"]),
        sha256="",
    )
