"""Last year's figures beside a table, for the eye alone: grey, in the shape of its typed cells."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..figures import Live
from ..layout import Area, TableSheet
from ..pasting.sheet import paste_sheet
from ..wording import wording
from .context import Writing, write_live

_WIDTH = 7


def write_last_year(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """What 上年 shows for each cell of the table, from ``place.last_year`` on; "" where it has none."""
    source = paste_sheet(writing.layout.form, "last_year")
    formulas = writing.pasted["last_year"]
    shift = place.last_year - place.values.left
    helper = writing.style("helper", font_size=9)
    for cell in place.table.cells:
        row, column = place.cells[cell.id]
        at = source.cells[cell.id]
        live = Live(f"={Area(source.name, *at, *at).full()}", formulas.content(cell.id))
        write_live(sheet, row - 1, column + shift - 1, live, helper)
    right = place.last_year + place.values.right - place.values.left
    sheet.set_column(place.last_year - 1, right - 1, _WIDTH)
    _heads(writing, sheet, place, shift)


def _heads(writing: Writing, sheet: Worksheet, place: TableSheet, shift: int) -> None:
    """The heads right above the figures, and on top what they are."""
    quiet = writing.style("helper", font_size=8, text_wrap=True)
    if place.head_rows:
        row = place.top + place.head_rows - 1
        for cell in place.table.cells:
            at = place.cells[cell.id]
            if at[0] == place.top + place.head_rows:
                # As a formula: what is typed beside a table is a person's.
                live = Live(f'="{cell.column.short}"', cell.column.short)
                write_live(sheet, row - 1, at[1] + shift - 1, live, quiet)
    title = wording("pasting")["beside"]
    sheet.write_string(place.title_row - 1, place.last_year - 1, title, writing.style("quiet"))
