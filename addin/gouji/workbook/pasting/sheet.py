"""Where everything stands on 上年 and 粘贴区. Pure geometry, derived from the form.

From left to right: the zone; for each block of a table its labels, states and cells in the form's shape and
order; then hidden columns with what the formulas need (``formulas.py``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, cached_property
from typing import Literal

from ...form import Block, Form, Table
from ...records import dataclass
from ...rules import catalogue
from ...rules.relations import prior_cells
from ..layout import Area
from ..wording import marks

Role = Literal["last_year", "pasting"]
ROLES: tuple[Role, ...] = ("last_year", "pasting")

#: The zone: room for the three tables one below the other, or for a whole page, shifted by a little.
ZONE_TOP, ZONE_ROWS, ZONE_COLUMNS = 8, 80, 18
ZONE = Area("", ZONE_TOP, 1, ZONE_TOP + ZONE_ROWS - 1, ZONE_COLUMNS)
#: Columns of what was found: labels, states, then as many as the widest table has cells in a row.
_LABELS = ZONE_COLUMNS + 2
_STATES, _VALUES, _WIDEST = _LABELS + 1, _LABELS + 2, 15
#: Hidden columns: rows of the zone as texts; of each line how often, in which row, that row, where in it and
#: in which column it was found, and how far aside; positions of columns; then last year's figures.
TEXTS = _VALUES + _WIDEST + 1
COUNT, ROW, TEXT, PLACE, COLUMN, SHIFT = range(TEXTS + 1, TEXTS + 7)
POSITIONS = SHIFT + 1
_PRIOR = POSITIONS + _WIDEST + 1
LAST_HIDDEN = _PRIOR + 3


@dataclass(frozen=True)
class Part:
    """One block of a table among what was found. ``top``: the row of its title; its heads follow, then its
    lines, which stand in one row where they stand side by side on the form (表四)."""

    table: Table
    block: Block
    top: int

    @property
    def across(self) -> bool:
        return self.block.across

    @property
    def head(self) -> int:
        """The row of the column heads, right above the cells."""
        return self.top + (2 if self.across else 1)

    @property
    def bottom(self) -> int:
        """The last row; where lines stand side by side, that of their states."""
        return self.head + (2 if self.across else len(self.block.rows))

    @cached_property
    def cells(self) -> Mapping[str, tuple[int, int]]:
        """Cell id -> (row, column), in the order of the form."""
        width = len(self.block.columns)
        return {
            self.block.cell(row.id, column.id).id: self._at(i, j, width)
            for i, row in enumerate(self.block.rows)
            for j, column in enumerate(self.block.columns)
        }

    def _at(self, line: int, column: int, width: int) -> tuple[int, int]:
        if self.across:
            return self.head + 1, _VALUES + line * width + column
        return self.head + 1 + line, _VALUES + column

    def area(self, sheet: str) -> Area:
        """All its cells, to be copied at once."""
        rows, columns = zip(*self.cells.values(), strict=True)
        return Area(sheet, min(rows), min(columns), max(rows), max(columns))

    def line(self, index: int) -> int:
        """The row that holds the hidden cells of a line; of a line that stands in a row, that row."""
        return (self.top if self.across else self.head + 1) + index

    def state(self, index: int) -> tuple[int, int]:
        """Where the state of a line is shown."""
        if self.across:
            return self.bottom, _VALUES + index * len(self.block.columns)
        return self.line(index), _STATES


@dataclass(frozen=True)
class PasteSheet:
    """One of the two sheets. ``prior``: cell id -> where last year's content stands for the rules, in one
    hidden column in the order of the form; empty on 粘贴区."""

    role: Role
    name: str
    zone: Area
    parts: tuple[Part, ...]
    prior: Mapping[str, tuple[int, int]]
    labels: int = _LABELS
    states: int = _STATES
    values: int = _VALUES

    @cached_property
    def cells(self) -> Mapping[str, tuple[int, int]]:
        """Cell id -> where its content is shown."""
        return {cell: at for part in self.parts for cell, at in part.cells.items()}

    @property
    def shown(self) -> int:
        """The last column that is seen."""
        return TEXTS - 2

    def prior_figures(self, block: int) -> Mapping[str, tuple[int, int]]:
        """Cell id -> where last year's number stands for formulas: right of its content."""
        return {cell: (row, column + 1 + block) for cell, (row, column) in self.prior.items()}

    def titles(self) -> Iterator[tuple[int, Table]]:
        """(row, table) of the titles of tables."""
        known: set[str] = set()
        for part in self.parts:
            if part.table.key not in known:
                known.add(part.table.key)
                yield part.top - 1, part.table


@cache
def paste_sheet(form: Form, role: Role) -> PasteSheet:
    """One of the two sheets of a form."""
    name = str(marks("sheets")[role])
    zone = replace(ZONE, sheet=name)
    # The shipped catalogue decides: a city that switches a rule off does not move any cell.
    needed = prior_cells(form, catalogue()) if role == "last_year" else ()
    prior = {cell: (ZONE_TOP + i, _PRIOR) for i, cell in enumerate(needed)}
    return PasteSheet(role, name, zone, tuple(_parts(form)), prior)


def _parts(form: Form) -> Iterator[Part]:
    top = ZONE_TOP
    for table in form.tables.values():
        top += 1  # the table's title
        for block in table.blocks:
            part = Part(table, block, top)
            yield part
            top = part.bottom + 1
        top += 1
