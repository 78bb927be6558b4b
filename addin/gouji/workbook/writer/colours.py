"""The colours of a table's cells, by conditional formats on their figures and on what naming found.

The strongest first: of two that hold only the first is seen. Formats of one table share one range, because
LibreOffice applies one of several overlapping ranges; and each refers to its own sheet alone.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import SLASH
from ..figures import is_slash
from ..layout import FIGURES, Area, TableSheet, address
from ..naming.three import DUE, OVER, UNBALANCED
from ..wording import wording
from .context import Writing


def write_colours(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """The accused cell, a line that was not added up, what is no number, what is blank, broken lines;
    and what is read as "/" looks like it."""
    formats = writing.styles.conditional

    def colour(area: Area, condition: str, name: str) -> None:
        rule = {"type": "formula", "criteria": f"={condition}", "format": formats[name], "stop_if_true": True}
        sheet.conditional_format(*writing.zero(area), rule)

    areas = _areas(place)
    for area in areas:
        for condition, name in _conditions(writing, place, area):
            colour(area, condition, name)
        here = address(area.top, area.left)
        colour(area, f'IF(ISERROR({here}),FALSE,IF({here}="{SLASH}",FALSE,{is_slash(here)}))', "slash")


def _areas(place: TableSheet) -> list[Area]:
    """Rectangles of typed cells that are coloured alike."""
    table = place.table
    if table.balance:
        return place.area([c.id for c in table.cells])
    if table.equations:
        return [place.area([*e.left, *e.right])[0] for e in table.equations]
    kinds = ([c.id for c in table.cells if c.kind.signed is signed] for signed in (False, True))
    return [area for cells in kinds for area in (place.area(cells) if cells else ())]


def _conditions(writing: Writing, place: TableSheet, area: Area) -> list[tuple[str, str]]:
    table = place.table
    figure = address(area.top, area.left + place.block(FIGURES))
    signed = any(c.kind.signed for c in table.cells if place.cells[c.id] == (area.top, area.left))
    words = wording("figures")
    tests = [f'{figure}="{words[name]}"' for name in ("no_number", "date")]
    illegal = f"OR({','.join(tests if signed else [*tests, f'{figure}<0'])})"
    blank = f'{figure}=""'
    before, after = [], []
    if table.balance:
        before = [] if writing.locked else _accused(writing, place, area)
        after = _lines(writing, place, area, figure)
    elif table.equations:
        after = _block(writing, place, area)
    left = [one for one in after if one[1] == "line"]
    tints = [one for one in after if one[1] != "line"]
    return [*before, (illegal, "illegal"), *left, (blank, "blank"), *tints]


def _accused(writing: Writing, place: TableSheet, area: Area) -> list[tuple[str, str]]:
    """Exactly the cells that naming accuses."""
    cell, here = writing.naming.cell, address(area.top, area.left)
    row, column = f"ROW({here})-{area.top - 1}", f"COLUMN({here})-{area.left - 1}"
    both = (f"AND({cell(place, f'row{k}')}={row},{cell(place, f'column{k}')}={column})" for k in (0, 1))
    return [(f"IF({cell(place, 'accused')}=0,FALSE,OR({','.join(both)}))", "wrong")]


def _lines(writing: Writing, place: TableSheet, area: Area, figure: str) -> list[tuple[str, str]]:
    """Total lines that nobody filled; then rows, columns and balances that do not add up."""
    cell, top, left = writing.naming.cell, area.top, area.left
    balance, grid = place.table.balance, place.table.grid
    assert balance is not None
    row, column = f"ROW({address(top, left)})", f"COLUMN({address(top, left)})"
    at = {r.id: top + n for n, r in enumerate(grid.rows)}
    closed = next(r for r in grid.rows if r.is_total)
    expected, due = f"${address(top, place.side)}", f"{_above(DUE, left)}"
    totals = f'IF(OR({figure}="",ISNUMBER({expected})),IF({figure}="",TRUE,{expected}>0),FALSE)'
    unfilled = f'IF({figure}="",TRUE,{figure}<>{due})'
    found = [
        (f"AND({cell(place, 'totals_left')}=1,{column}={area.right},{totals})", "line"),
        (f"AND({cell(place, 'closed_left')}=1,{row}={at[closed.id]},ISNUMBER({due}),{unfilled})", "line"),
    ]
    calm = f"{cell(place, 'lines_left')}=0"
    gap = f"${address(top, place.side + 1)}"
    results = (
        f"OR(AND({row}>={at[closed.total_of[0]]},{row}<={at[closed.total_of[-1]]}),{row}={at[closed.id]})"
    )
    sides = f"OR({','.join(f'{row}={at[r]}' for r in (*balance.left, *balance.right))})"
    found.append((f"IF({calm},IF(ISNUMBER({gap}),{gap}<>0,FALSE),FALSE)", "row"))
    for line, rows, name in ((OVER, results, "column"), (UNBALANCED, sides, "balance")):
        number = _above(line, left)
        found.append((f"IF(AND({calm},{rows}),IF(ISNUMBER({number}),{number}<>0,FALSE),FALSE)", name))
    return found


def _block(writing: Writing, place: TableSheet, area: Area) -> list[tuple[str, str]]:
    """A block of 表四: its total that nobody added up, or all of it where it does not add up."""
    by_row = {place.cells[e.right[0]]: e.line for e in place.table.equations}
    line, cell = by_row[area.bottom, area.right], writing.naming.cell
    unfilled, broken = (cell(place, f"{name}_{line}") for name in ("unfilled", "broken"))
    column = f"COLUMN({address(area.top, area.left)})"
    return [(f"AND({unfilled}=1,{column}={area.right})", "line"), (f"AND({broken}=1,{unfilled}=0)", "row")]


def _above(row: int, left: int) -> str:
    """A cell of the strip above the cell's own column."""
    return address(row, left).replace(str(row), f"${row}")
