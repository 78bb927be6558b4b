"""The ground that naming stands on: the figures of one table and the hidden cells beside them."""

from __future__ import annotations

from collections.abc import Sequence

from ...form import Table
from ..expression import Condition, Operand, Pad, Range, Term, cell, count_word
from ..layout import FIGURES, TableSheet
from ..wording import wording

#: Columns of hidden cells, from ``TableSheet.naming``: single cells one below the other; one a row of the
#: table; one a column of it.
_SINGLE, _ROWS, _COLUMNS = 0, 1, 11


class Ground:
    """One table's sheet as formulas see it.

    ``pad``: the cells filled so far, shown ones included. ``named``: the single cells by name;
    ``given_cells``: those of them that the writer fills. ``shown``: what a role is shown in (``"banner"``,
    ``"said"``, ``"expected"``, ``"difference"``, ``"hint"``), in order.
    """

    def __init__(self, place: TableSheet) -> None:
        self.place = place
        self.table: Table = place.table
        self.pad = Pad()
        self.named: dict[str, Term] = {}
        self.given_cells: list[tuple[int, int]] = []
        self.shown: dict[str, list[tuple[int, int]]] = {}
        self.words = wording("naming")
        self.check = wording("naming.check")
        figures = wording("figures")
        self.no_number = (str(figures["no_number"]), str(figures["date"]))
        self.declared = cell(1, place.hidden[0])

    # ------------------------------------------------------------ what is read

    def figures(self, cells: Sequence[str]) -> list[Range]:
        """The figures of cells given in reading order or down a column."""
        return [Range(a.top, a.left, a.bottom, a.right) for a in self.place.area(cells, FIGURES)]

    def figure(self, cell_id: str) -> Term:
        row, column = self.place.cells[cell_id]
        return cell(row, column + self.place.block(FIGURES))

    # ------------------------------------------------------------ what is filled

    def note(self, name: str, content: Operand) -> Term:
        """A hidden cell with a name of its own."""
        assert name not in self.named, name
        row = len(self.named) + 1
        self.named[name] = self.pad.put(row, self.place.naming + _SINGLE, content)
        return self.named[name]

    def given(self, name: str) -> Term:
        """A hidden cell that the writer fills, not this table: what 校验 says of it."""
        row = len(self.named) + 1
        self.given_cells.append((row, self.place.naming + _SINGLE))
        self.named[name] = cell(*self.given_cells[-1])
        return self.named[name]

    def beside_row(self, row: int, content: Operand, column: int = 0) -> Term:
        """A hidden cell of a row of the sheet."""
        return self.pad.put(row, self.place.naming + _ROWS + column, content)

    def above_column(self, number: int, content: Operand, line: int) -> Term:
        """A hidden cell of a column of the table (from 1), in a line of its own (from 1)."""
        return self.pad.put(line, self.place.naming + _COLUMNS + number - 1, content)

    def rows(self, top: int, bottom: int, column: int = 0) -> Range:
        at = self.place.naming + _ROWS + column
        return Range(top, at, bottom, at)

    def columns(self, width: int, line: int) -> Range:
        at = self.place.naming + _COLUMNS
        return Range(line, at, line, at + width - 1)

    def show(self, role: str, row: int, column: int, content: Operand) -> Term:
        self.shown.setdefault(role, []).append((row, column))
        return self.pad.put(row, column, content)

    # ------------------------------------------------------------ states of cells

    def words_in(self, one: Range) -> Term:
        """How many cells hold no number, or a date."""
        first, second = self.no_number
        return count_word(one, first) + count_word(one, second)


def known(one: Term) -> Condition:
    """Not blank and no word, of a cell that holds nothing else but numbers."""
    return one.ne("")
