"""Fields of 封面, error values anywhere, and whether anything is typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...form import edition_for_year
from ...report import FIRST_YEAR, LAST_YEAR, PREFACE, Report
from ...rules import Catalogue
from ...rules.error_values import error_values
from ...rules.ledger import Filled, FormFilled, NoErrors, PeriodInside, SectionFilled, YearFits
from ...rules.period import END, START, faults
from ..cover_figures import NUMBER, WRONG, CoverFigures
from ..figures import is_blank, trimmed
from ..layout import Area, Layout
from ..spliced import quoted
from ..wording import marks
from .scanning import array, at, errors, first, held, place, typed

Beside = FormFilled | Filled | YearFits | PeriodInside | NoErrors | SectionFilled


class BesideTables:
    """Builds the formulas of the checks that look at no cell of a table, for one report."""

    def __init__(self, layout: Layout, report: Report, rules: Catalogue) -> None:
        self.layout = layout
        self.report = report
        self.rules = rules
        self.figures = CoverFigures(layout.cover, report)

    def left(self, check: Beside) -> str:
        """How many faults; "" while that is not known."""
        if isinstance(check, FormFilled):
            return array(f"IF({held(self._everything())}+{'+'.join(self._no_answers())}=0,1,0)")
        if isinstance(check, Filled):
            return f"={self._missing(check)}"
        if isinstance(check, YearFits):
            return f"={self._year_unfit()}"
        if isinstance(check, PeriodInside):
            return f"={self.figures.full(START, WRONG)}+{self.figures.full(END, WRONG)}"
        if isinstance(check, NoErrors):
            return array(errors(self._inputs()))
        return array(self._empty(check.place))

    def go(self, check: Beside) -> tuple[str, str]:
        """(formula, value) of the address to go to: the very cell."""
        here = self.area(check)
        fixed = place(here.sheet, (here.top, here.left))
        if isinstance(check, PeriodInside):
            formula = f"=IF({self.figures.full(START, WRONG)}=1,{quoted(self.layout.field(START))},"
            wrong = next(iter(faults(self.report)), END)
            return f"{formula}{quoted(self.layout.field(END))})", self.layout.field(wrong)
        if isinstance(check, NoErrors):
            return array(self._first_error(fixed)), self._first_error_value(fixed)
        return f"={quoted(fixed)}", fixed

    def area(self, check: Beside) -> Area:
        """Where to type, whatever stands there."""
        if isinstance(check, SectionFilled):
            area = self.layout.texts[check.place]
            return replace(area, bottom=area.top)
        if isinstance(check, FormFilled):
            first_cell = self.layout.form.cells[0]
            return self.layout.sheet_of(first_cell).area([first_cell.id])[0]
        cover = self.layout.cover
        row, column = cover.fields[check.place if isinstance(check, Filled) else "year"]
        return Area(cover.name, row, column, row, column)

    # ------------------------------------------------------------ 封面

    def _missing(self, check: Filled) -> str:
        if check.place == "year":
            return f'IF({self.figures.full("year", NUMBER)}="",1,0)'
        row, column = self.layout.cover.fields[check.place]
        cell = Area(self.layout.cover.name, row, column, row, column).full()
        return f"IF(ISERROR({cell}),1,IF({is_blank(cell)},1,0))"

    def _year_unfit(self) -> str:
        year = self.figures.full("year", NUMBER)
        edition = self.layout.form.edition
        fitting = [y for y in range(FIRST_YEAR, LAST_YEAR + 1) if edition_for_year(y) == edition]
        return f'IF({year}="","",IF(AND({year}>={fitting[0]},{year}<={fitting[-1]}),0,1))'

    # ------------------------------------------------------------ texts

    def _empty(self, number: str) -> str:
        own = self.layout.texts[number]
        if self.report.is_sum:
            return f'IF({typed([own])}=0,"",0)'
        empty = f"IF({typed([own])}=0,1,0)"
        if self.report.texts is not None:
            return empty
        # A report that came without texts has none until somebody types one.
        return f'IF({typed(self.layout.texts.values())}=0,"",{empty})'

    # ------------------------------------------------------------ error values

    def _inputs(self) -> Iterator[Area]:
        """What a person types beside the tables' cells, in the order of the sheets."""
        layout, cover = self.layout, self.layout.cover
        rows, columns = zip(*cover.fields.values(), strict=True)
        yield Area(cover.name, min(rows), min(columns), max(rows), max(columns))
        texts = {PREFACE: layout.texts[PREFACE], **layout.texts}
        yield from texts.values()
        for table in layout.tables.values():
            yield table.notes
            row, column = table.declaration
            yield Area(table.name, row, column, row, column)

    def _everything(self) -> Iterator[Area]:
        """The cells of the tables, texts and notes: without them a form is empty, whatever the cover says."""
        for table in self.layout.tables.values():
            yield from table.area([cell.id for cell in table.table.cells])
            yield table.notes
        yield from self.layout.texts.values()

    def _no_answers(self) -> Iterator[str]:
        """For each table 1 where something stands in place of an answer to its declaration."""
        answers = ",".join(f"{{0}}={quoted(str(answer))}" for answer in marks("cover").values())
        for table in self.layout.tables.values():
            cell = trimmed(Area(table.name, *table.declaration, *table.declaration).full())
            said = f"OR({cell}={quoted('')},{answers.format(cell)})"
            yield f"IF(ISERROR({cell}),1,IF({said},0,1))"

    def _first_error(self, otherwise: str) -> str:
        """The address of the first error value, sheet by sheet; ``otherwise`` where there is none."""
        formula = quoted(otherwise)
        for area in reversed(list(self._inputs())):
            rank = first([area], "ISERROR({0})")
            formula = f"IF({rank}>0,{at(area.sheet, rank)},{formula})"
        return formula

    def _first_error_value(self, otherwise: str) -> str:
        """What it must show."""
        found = {u.place for u in error_values(self.report, self.rules)}
        for area in self._inputs():
            for row in range(area.top, area.bottom + 1):
                for column in range(area.left, area.right + 1):
                    if found and (here := place(area.sheet, (row, column))) in found:
                        return here
        return otherwise
