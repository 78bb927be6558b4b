"""What the sheet itself can name: the wrong cell, the line that was not added up, the row that moved.

Plain formulas over the figures of a table (``figures.py``) decide it; a cell is named only where
``locate`` calls it certain from the numbers on the form alone. The formulas of a form are made once
(``program.py``); what they show is worked out for each report by the same expressions (``expression.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from ...form import Equation, Table
from ...records import dataclass
from ..expression import Cells, Term, figures_of
from ..figures import Figure, Figures, Live
from ..layout import TableSheet
from .program import Program, program_of
from .says import COUNTED

__all__ = ["COUNTED", "Cause", "Naming", "Shown"]

#: How many rows of 校验 on a table are in each state of ``COUNTED``.
Counts = Callable[[Table], tuple[Live, ...]]


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that a sheet can name, for a row of 校验.

    ``open``: 1 while it is named, else 0. ``now``, ``due``: what stands there and what should, "" where
    no single number says it. ``go``: the address to go to as text (``三!D15``). ``todo``: a sentence.
    """

    id: str
    place: str
    what: str
    open: Live
    now: Live
    due: Live
    go: Live
    todo: Live


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell that people see beside a table. ``role``: "banner", "said", "expected", "difference", "hint"."""

    role: str
    row: int
    column: int
    live: Live


class Naming:
    """Builds the naming formulas of one workbook.

    ``counts``: what 校验 says of a table besides; without it the sentence above a table (``shown``) counts
    nothing there.
    """

    def __init__(self, figures: Figures, counts: Counts | None = None) -> None:
        self.figures = figures
        self._counts = counts
        self._worked: dict[str, tuple[Program, Mapping[tuple[int, int], Live], Cells]] = {}

    def of_table(self, place: TableSheet) -> Iterator[Figure]:
        """The hidden cells that decide, for one table's sheet."""
        program, lives, _ = self._work(place)
        yield from (Figure(*at, live) for at, live in self._given(program).items())
        yield from figures_of(dict(lives), place.naming)

    def shown(self, place: TableSheet) -> Iterator[Shown]:
        """What people see above and beside the table."""
        program, lives, _ = self._work(place)
        for role, cells in program.ground.shown.items():
            for at in cells:
                yield Shown(role, *at, lives[at])

    def cell(self, place: TableSheet, name: str) -> str:
        """The absolute address of a hidden cell by its name, for conditional formats of the same sheet."""
        return program_of(place).ground.named[name].text

    def value(self, place: TableSheet, name: str) -> object:
        """What a hidden cell shows."""
        program, _, cells = self._work(place)
        return program.ground.named[name].value(cells)

    def causes(self) -> tuple[Cause, ...]:
        """Everything that can be named, in the order of the form."""
        return self._causes

    @cached_property
    def _causes(self) -> tuple[Cause, ...]:
        found = []
        for place in self.figures.layout.tables.values():
            program, _, cells = self._work(place)
            for named in program.causes:
                parts = (named.open, named.now, named.due, named.go, named.todo)
                lives = (self._full(place, part, cells) for part in parts)
                found.append(Cause(named.id, named.place, named.what, *lives))
        return tuple(found)

    def explains(self, equation: Equation) -> Live:
        """1 while a named cause of its table explains why the equation fails: it is no item of its own."""
        place = self.figures.layout.tables[equation.table]
        program, _, cells = self._work(place)
        return self._full(place, program.explains[equation.id], cells)

    @staticmethod
    def _full(place: TableSheet, one: Term, cells: Cells) -> Live:
        """A hidden cell as another sheet refers to it."""
        return Live(f"='{place.name}'!{one.text}", one.value(cells))

    # ------------------------------------------------------------ working out

    def _given(self, program: Program) -> dict[tuple[int, int], Live]:
        given = program.ground.given_cells
        if self._counts is None:
            return {at: Live("=0", 0) for at in given}
        return dict(zip(given, self._counts(program.ground.table), strict=True))

    def _work(self, place: TableSheet) -> tuple[Program, Mapping[tuple[int, int], Live], Cells]:
        if place.name not in self._worked:
            program = program_of(place)
            cells: Cells = {}
            for figure in self.figures.of_values(place):
                cells[figure[:2]] = figure[2]
            cells.update((at, live.value) for at, live in self._given(program).items())
            lives = program.ground.pad.work_out(cells)
            self._worked[place.name] = program, lives, cells
        return self._worked[place.name]
