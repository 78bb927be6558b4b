"""What every sheet writer needs: the report, where things stand, formats, live formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import Table
from ...report import Report
from ...rules import Catalogue
from ..figures import Figure
from ..layout import Area, Layout
from ..live import Live, LiveChecks, LiveRow
from ..naming import Naming
from ..seal import Seal
from ..wording import wording
from .styles import Styles

if TYPE_CHECKING:
    from .remarks import Remark


@dataclass
class Writing:
    """One workbook being written.

    ``locked``: typed cells are locked too (a city's sums). ``marked``: cell id -> what a 退回单 shows
    at the cell. ``macros``: it becomes an .xlsm, with buttons and the UDF in 诊断.
    ``whole_notes``: mark -> the text of a note that is cut in its cell.
    """

    report: Report
    prior: Report | None
    layout: Layout
    styles: Styles
    catalogue: Catalogue
    locked: bool = False
    seal: Seal | None = None
    marked: Mapping[str, Remark] = field(default_factory=dict)
    macros: bool = False
    whole_notes: Mapping[str, str] = field(default_factory=dict)
    _noted: set[str] = field(default_factory=set)

    def style(self, base: str, **changes: Any) -> Format:
        return self.styles.get(base, **changes)

    @staticmethod
    def zero(area: Area) -> tuple[int, int, int, int]:
        """An area as XlsxWriter counts: from 0."""
        return area.top - 1, area.left - 1, area.bottom - 1, area.right - 1

    def merge(self, sheet: Worksheet, area: Area, text: str, base: str, **changes: Any) -> None:
        """Write a text into an area, merged where it is more than one cell."""
        form = self.style(base, **changes)
        if area.top == area.bottom and area.left == area.right:
            sheet.write_string(area.top - 1, area.left - 1, text, form) if text else sheet.write_blank(
                area.top - 1, area.left - 1, None, form
            )
        else:
            # merge_range guesses the type of what it writes: "{=1}" would become a formula.
            sheet.merge_range(*self.zero(area), "", form)
            if text:
                sheet.write_string(area.top - 1, area.left - 1, text, form)

    @cached_property
    def typed_texts(self) -> dict[str, str]:
        """Texts that stood in typed cells, by the cells' places; a cell shows the first of them."""
        unusable = self.report.unusable()
        places = {c.place for c in self.layout.form.cells if c.id in unusable}
        return {u.place: u.text for u in reversed(self.report.unplaced) if u.place in places}

    @cached_property
    def live(self) -> LiveChecks:
        return LiveChecks(self.layout, self.report, self.prior, self.catalogue)

    def write_figures(self, sheet: Worksheet, figures: Iterable[Figure], first: int, last: int) -> None:
        """Figures into hidden columns (from 1, both included)."""
        plain = self.style("plain")
        for figure in figures:
            write_live(sheet, figure.row - 1, figure.column - 1, figure.live, plain)
        sheet.set_column(first - 1, last - 1, None, None, {"hidden": True})

    @cached_property
    def live_rows(self) -> list[LiveRow]:
        return self.live.rows(self.layout.check.live_top)

    def first_note(self, mark: str) -> bool:
        """True the first time a mark is asked for: its text is written once."""
        known = mark in self._noted
        self._noted.add(mark)
        return not known

    def column(self, name: str) -> str:
        """One column of the live rows as an absolute reference from another sheet."""
        check = self.layout.check
        column = check.columns[name]
        bottom = check.live_top + len(self.live_rows) - 1
        return Area(check.name, check.live_top, column, bottom, column).full()

    @cached_property
    def naming(self) -> Naming:
        return Naming(self.live.figures, self.table_counts)

    def table_counts(self, table: Table) -> tuple[Live, Live, Live]:
        """How many rows of 校验 on one table fail, are to be explained, are undecided."""
        c, mark = wording("check"), f":{table.id}"
        rows = [r for r in self.live_rows if mark in r.id]
        found = []
        for state in ("failed", "warned", "undecided"):
            # Gnumeric's SUMPRODUCT does not take the empty texts of undecided rows for 0; this does.
            formula = f'=COUNTIFS({self.column("state")},"{c[state]}",{self.column("id")},"*{mark}*")'
            found.append(Live(formula, sum(r.state.value == c[state] for r in rows)))
        failed, warned, undecided = found
        return failed, warned, undecided


def write_live(sheet: Worksheet, row: int, column: int, live: Live, form: Format) -> None:
    """Write a formula together with the value that it shows (row and column from 0)."""
    sheet.write_formula(row, column, live.formula, form, live.value)
