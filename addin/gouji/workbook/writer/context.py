"""What every sheet writer needs: the report, where things stand, formats, live formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ...form import Table
from ...precompiled import compiled
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue
from ..figures import Figure
from ..layout import Area, Layout
from ..live import Live, LiveChecks, LiveRow
from ..naming import COUNTED, Naming
from ..pasting.formulas import PasteFormulas
from ..pasting.sheet import Role
from ..seal import Seal
from ..verdict import verdict_of
from ..wording import wording
from .styles import Styles


@dataclass
class Writing:
    """One workbook being written.

    ``locked``: typed cells are locked too (a city's sums). ``macros``: it becomes an .xlsm, with buttons
    and the UDF in 诊断. ``whole_notes``: mark -> the text of a note that is cut in its cell. ``pasted``: what
    the zones of 上年 and 粘贴区 hold, and what their formulas make of it; ``prior`` is what 上年 so says.
    ``leads``: cell id -> (where in the book its number leads, what is said there of the link).
    """

    report: Report
    prior: Report | None
    layout: Layout
    styles: Styles
    catalogue: Catalogue
    locked: bool = False
    seal: Seal | None = None
    macros: bool = False
    whole_notes: Mapping[str, str] = field(default_factory=dict)
    pasted: Mapping[Role, PasteFormulas] = field(default_factory=dict)
    leads: Mapping[str, tuple[str, str]] = field(default_factory=dict)
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

    @cached_property
    def verdict(self) -> Live:
        """The verdict as 校验 opens with it; elsewhere it is shown by reference (``CheckSheet.verdict``)."""
        return verdict_of(self.layout.check, self.live_rows)

    def first_note(self, mark: str) -> bool:
        """True the first time a mark is asked for: its text is written once."""
        known = mark in self._noted
        self._noted.add(mark)
        return not known

    def column(self, name: str) -> str:
        """One column of the live rows as an absolute reference from another sheet."""
        return self.layout.check.live(name, len(self.live_rows)).full()

    @cached_property
    def naming(self) -> Naming:
        """Naming that knows 校验 as well, whose rows are made with ``live.naming``."""
        return Naming(self.live.figures, self.table_counts)

    def table_counts(self, table: Table) -> tuple[Live, ...]:
        """How many rows of 校验 on one table are in each of the states that ``naming`` asks for."""
        c, mark = wording("check"), f":{table.id}"
        rows = [r for r in self.live_rows if mark in r.id]
        found = []
        for state in COUNTED:
            # Gnumeric's SUMPRODUCT does not take the empty texts of undecided rows for 0; this does.
            formula = f'=COUNTIFS({self.column("state")},"{c[state]}",{self.column("id")},"*{mark}*")'
            found.append(Live(formula, sum(r.state.value == c[state] for r in rows)))
        return tuple(found)


def write_live(sheet: Worksheet, row: int, column: int, live: Live, form: Format) -> None:
    """Write a formula together with the value that it shows (row and column from 0)."""
    value = live.value
    if value and isinstance(value, str):
        value = _ESCAPED.sub(_escape, value)
    sheet.write_formula(row, column, live.formula, form, value)


#: What XML can not hold, and what looks like its replacement (ECMA-376, ST_Xstring). XlsxWriter replaces it
#: in texts, and not in what a formula shows.
_ESCAPED = compiled("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
