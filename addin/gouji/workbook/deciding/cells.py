"""Cells of a table: how many are blank or illegal, which is the first, whether an amount keeps its bound."""

from __future__ import annotations

from collections.abc import Iterator

from ...form import FEN_PER_WAN, TableKey
from ...report import Report
from ...rules.cells import CellState, cells_that_are
from ...rules.ledger import AtMost, CellCount
from ..figures import Figure, Figures, Live, count, over, size
from ..layout import FIGURES, Area, Layout, Ranked, TableSheet
from ..spliced import quoted
from .scanning import array, at, first, place, rank_of


class Cells:
    """Builds the formulas of the checks on single cells, over their figures."""

    def __init__(self, layout: Layout, report: Report, figures: Figures) -> None:
        self.layout = layout
        self.report = report
        self.figures = figures

    # ------------------------------------------------------------ counts

    def left(self, check: CellCount) -> str:
        """How many cells of the table are blank, illegal, or declared to be 0."""
        sheet, words = self.layout.tables[check.table], self.figures.words
        if check.what == "declared":
            return f"={self.figures.covered_cells(sheet)}"
        cells = [c.id for c in sheet.table.cells]
        areas = sheet.area(cells, FIGURES)
        wrong = f"{count(areas, words['no_number'])}+{count(areas, words['date'])}"
        if check.what == "illegal":
            return f"={wrong}+{count(sheet.area(self.figures.unsigned(cells), FIGURES), '<0')}"
        return f"={size(areas)}-{over('COUNT', areas)}-({wrong})"

    def ranks(self, table: TableKey) -> Iterator[Figure]:
        """The hidden cells that say which cell of a table is the first blank, and the first illegal one."""
        sheet = self.layout.tables[table]
        formulas: dict[Ranked, str] = {
            "blank": self._first_blank(sheet),
            "illegal": self._first_illegal(sheet),
        }
        for what, formula in formulas.items():
            bad = self._bad(sheet, what)
            yield Figure(*sheet.rank(what), Live(array(formula), rank_of(min(bad)) if bad else 0))

    def go(self, check: CellCount) -> tuple[str, str]:
        """(formula, value) of the address of the first such cell, or of the table's first; for what is
        declared, of the declaration."""
        sheet = self.layout.tables[check.table]
        if check.what == "declared":
            answer = place(sheet.name, sheet.declaration)
            return f"={quoted(answer)}", answer
        here = sheet.cells[sheet.table.cells[0].id]
        rank = Area(sheet.name, *sheet.rank(check.what), *sheet.rank(check.what)).full()
        formula = f"=IF({rank}>0,{at(sheet.name, rank)},{quoted(place(sheet.name, here))})"
        return formula, place(sheet.name, min(self._bad(sheet, check.what), default=here))

    def _bad(self, sheet: TableSheet, what: CellState) -> list[tuple[int, int]]:
        return [sheet.cells[c] for c in cells_that_are(self.report, sheet.table.key, what)]

    def _first_blank(self, sheet: TableSheet) -> str:
        every = sheet.area([c.id for c in sheet.table.cells], FIGURES)
        return first(every, '{0}=""', sheet.block(FIGURES))

    def _first_illegal(self, sheet: TableSheet) -> str:
        words, shift = self.figures.words, sheet.block(FIGURES)
        every = sheet.area([c.id for c in sheet.table.cells], FIGURES)
        unsigned = sheet.area(self.figures.unsigned(c.id for c in sheet.table.cells), FIGURES)
        words_at = [first(every, f'{{0}}="{words[word]}"', shift) for word in ("no_number", "date")]
        return f"MAX({','.join([*words_at, first(unsigned, 'IF(ISNUMBER({0}),{0}<0,FALSE)', shift)])})"

    # ------------------------------------------------------------ bounds

    def amount(self, check: AtMost) -> str:
        """The amount; "" where it is none."""
        figure = self.layout.tables[check.table].area([check.place], FIGURES)[0].full()
        return f'=IF(ISNUMBER({figure}),IF({figure}<0,"",{figure}),"")'

    @staticmethod
    def bound(check: AtMost, left: str) -> str:
        return f'=IF({left}="","",{check.bound / FEN_PER_WAN:.0f})'
