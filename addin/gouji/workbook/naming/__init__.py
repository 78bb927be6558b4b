"""What the sheet itself can name: the wrong cell, the line that was not added up, the row that moved.

Plain formulas over the figures of a table (``figures.py``) decide it; a cell is named only where
``locate`` calls it certain from the numbers on the form alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...form import Equation
from ..figures import Figure, Figures, Live
from ..layout import TableSheet

__all__ = ["Cause", "Naming"]


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


class Naming:
    """Builds the naming formulas of one workbook."""

    def __init__(self, figures: Figures) -> None:
        self.figures = figures

    def of_table(self, place: TableSheet) -> Iterator[Figure]:
        """The hidden cells that decide, for one table's sheet."""
        del place
        return iter(())

    def causes(self) -> tuple[Cause, ...]:
        """Everything that can be named, in the order of the form."""
        return ()

    def explains(self, equation: Equation) -> Live:
        """1 while a named cause of its table explains why the equation fails, so that it is no item of its own."""
        del equation
        return Live("=0", 0)
