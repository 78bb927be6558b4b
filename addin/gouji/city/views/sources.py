"""来源: for each cell of the city's form that is not 0, which units it comes from.

The largest first. Above a limit the others stand in one line, so that neither the sheet nor the page grows
with units times cells; the lines of a block always add up to the city's cell exactly.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...form import Cell
from ...records import dataclass
from ..sum.adjust import Applied
from .long import Long

#: Units of a cell that stand in lines of their own.
LARGEST = 40


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit put into a cell, in whole numbers (分 for money). ``before``: what stood in the unit's
    cell last year, None where that is not known."""

    unit: str
    value: int
    before: int | None
    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Block:
    """One cell of the city. ``units``: how many put something into it; ``parts``: the largest of them;
    ``others``, ``rest``: how many more, and what they put in together. ``adjusted``: the adjustments of the
    cell. ``shares``: whether a share of the total means anything, all parts having one sign."""

    cell: Cell
    total: int
    units: int
    parts: tuple[Part, ...]
    others: int
    rest: int
    adjusted: tuple[Applied, ...]
    shares: bool

    @property
    def lines(self) -> int:
        """How many lines the block has between its head and its sum."""
        return len(self.parts) + bool(self.others) + len(self.adjusted)


def blocks(long: Long, largest: int = LARGEST) -> tuple[Block, ...]:
    """In the order of the form; cells to which nobody put anything but 0 are left out."""
    return long.city.once(f"sources {largest}", lambda: tuple(_blocks(long, largest)))


def _blocks(long: Long, largest: int) -> Iterator[Block]:
    adjusted: dict[str, list[Applied]] = {}
    for applied in long.city.adjustments:
        adjusted.setdefault(applied.cell, []).append(applied)
    for cell in long.city.form.cells:
        found = sorted(long.parts(cell.id), key=lambda part: -abs(part[1]))
        changes = tuple(adjusted.get(cell.id, ()))
        if not found and not changes:
            continue
        shown, others = found[:largest], found[largest:]
        numbers = [*(value for _, value in found), *(one.change for one in changes)]
        parts = tuple(
            Part(unit.unit, value, _before(long, unit.unit, cell.id), unit.file, unit.sha256)
            for unit, value in shown
        )
        rest = sum(value for _, value in others)
        total, shares = sum(numbers), all(n > 0 for n in numbers)
        yield Block(cell, total, len(found), parts, len(others), rest, changes, shares)


def _before(long: Long, unit: str, cell: str) -> int | None:
    report = long.before.get(unit)
    if report is None or cell not in report.form.by_id or report.is_blank(cell):
        return None
    return report.number(cell)
