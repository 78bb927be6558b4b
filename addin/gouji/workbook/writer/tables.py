"""The sheets 二, 三, 四: the official table and what helps to fill it."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain

from xlsxwriter.worksheet import Worksheet

from ...form.look import every, fonts, look_of
from ..layout import Area, TableSheet
from .beside import write_last_year
from .colours import write_colours
from .context import Writing
from .declaration import write_declaration
from .grid import head_pixels, write_grid
from .heights import pixels
from .macros import write_table_buttons
from .notes import write_notes
from .prompts import write_prompts
from .strip import write_strip
from .styles import protect

#: Height of the paper, margins and where the page's number stands, in inches; dots of an inch.
_A4 = 297 / 25.4
_MARGINS = {"top": 16 / 25.4, "bottom": 14 / 25.4, "sides": 10 / 25.4}
_FOOTER = 7 / 25.4
_DOTS = 96


def write_table(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Everything on one table's sheet."""
    sheet.merge_range(
        *writing.zero(Area(place.name, place.title_row, 1, place.title_row, place.columns)),
        place.table.section.title,
        writing.style("section"),
    )
    write_grid(writing, sheet, place)
    write_strip(writing, sheet, place)
    write_last_year(writing, sheet, place)
    live = writing.live
    ranks = live.cells.ranks(place.table.key)
    hidden = chain(live.figures.of_table(place), ranks, writing.naming.of_table(place))
    writing.write_figures(sheet, hidden, *place.hidden)
    bottom, below = write_notes(writing, sheet, place)
    write_declaration(writing, sheet, place)
    write_colours(writing, sheet, place)
    if not writing.locked:
        write_prompts(sheet, place, buttons=writing.macros)
        if writing.macros:
            write_table_buttons(sheet, place)
    _page(sheet, place, below)
    sheet.print_area(*writing.zero(replace(place.printed, bottom=bottom)))
    if place.head_rows:
        sheet.freeze_panes(place.top + place.head_rows - 1, place.label_columns)
    else:
        sheet.freeze_panes(place.title_row, 0)
    first = place.table.cells[0].id
    row, column = place.cells[first]
    sheet.set_selection(row - 1, column - 1, row - 1, column - 1)
    protect(sheet)


def _page(sheet: Worksheet, place: TableSheet, below: int) -> None:
    """A4 upright, at full size: table and empty notes fill one page. What has more notes goes on to the next
    one instead of shrinking; ``below``: their height in pixels."""
    table = head_pixels(place)[place.title_row] + sum(map(pixels, look_of(place.table).heights))
    sheet.set_paper(9)
    top, bottom, sides = (_MARGINS[side] for side in ("top", "bottom", "sides"))
    sheet.set_margins(left=sides, right=sides, top=top, bottom=bottom)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 1 if table + below <= (_A4 - top - bottom) * _DOTS else 0)
    before, after = every().number
    sheet.set_footer(f'&C&"{fonts()["table"][0]}"&{every().size:g}{before}&P{after}', {"margin": _FOOTER})
