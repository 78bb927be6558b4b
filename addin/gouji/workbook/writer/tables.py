"""The sheets 二, 三, 四: the official table and what helps to fill it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from xlsxwriter.worksheet import Worksheet

from ..layout import Area, TableSheet
from .colours import write_colours
from .context import Writing
from .grid import write_grid
from .notes import write_notes
from .prompts import write_prompts
from .remarks import printed, write_remarks
from .strip import write_strip
from .styles import page, protect


def write_table(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Everything on one table's sheet."""
    sheet.merge_range(
        *writing.zero(Area(place.name, place.title_row, 1, place.title_row, place.columns)),
        place.table.section.title,
        writing.style("section"),
    )
    write_grid(writing, sheet, place)
    write_strip(writing, sheet, place)
    hidden = chain(writing.live.figures.of_table(place), writing.naming.of_table(place))
    writing.write_figures(sheet, hidden, *place.hidden)
    bottom = write_notes(writing, sheet, place)
    write_remarks(writing, sheet, place)
    write_colours(writing, sheet, place)
    write_prompts(sheet, place)
    page(sheet, landscape=place.table.key == "table4", one_page=True)
    sheet.print_area(*writing.zero(replace(printed(writing, place), bottom=bottom)))
    if place.head_rows:
        sheet.freeze_panes(place.top + place.head_rows - 1, place.label_columns)
    else:
        sheet.freeze_panes(place.title_row, 0)
    first = place.table.cells[0].id
    row, column = place.cells[first]
    sheet.set_selection(row - 1, column - 1, row - 1, column - 1)
    protect(sheet)
