"""The colours of a table's cells, by conditional formats on their figures."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import SLASH
from ..figures import is_slash
from ..layout import FIGURES, UNCOVERED, Area, TableSheet, address
from ..wording import wording
from .context import Writing


def write_colours(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """A cell that is no number, a broken row, column or balance, then cells still to be filled; and what is
    read as "/" looks like it."""
    formats = writing.styles.conditional
    areas = place.area([c.id for c in place.table.cells])

    def colour(area: Area, condition: str, name: str) -> None:
        sheet.conditional_format(
            *writing.zero(area), {"type": "formula", "criteria": condition, "format": formats[name]}
        )

    words = wording("figures")
    for signed in (False, True):
        cells = [c.id for c in place.table.cells if c.kind.signed is signed]
        for area in place.area(cells) if cells else ():
            figure = address(area.top, area.left + place.block(FIGURES))
            tests = [f'{figure}="{words["no_number"]}"', f'{figure}="{words["date"]}"']
            colour(area, f"=OR({','.join(tests if signed else [*tests, f'{figure}<0'])})", "illegal")
    for e in place.table.equations:
        if e.kind == "row":
            row, column = place.cells[e.right[0]]
            gap = address(2, column - 1) if place.table.grid.across else address(row, place.side + 1)
            target = place.area([*e.left, *e.right])[0]
            absolute = _fixed(gap)
            colour(target, f"=AND(ISNUMBER({absolute}),{absolute}<>0)", "row")
        else:
            strip = {"column": 3, "balance": 4}[e.kind]
            column = place.cells[e.right[0]][1]
            absolute = address(strip, column, absolute=True)
            for area in place.area([*e.left, *e.right]):
                colour(area, f"=AND(ISNUMBER({absolute}),{absolute}<>0)", e.kind)
    for area in areas:
        figure, flag = (address(area.top, area.left + place.block(b)) for b in (FIGURES, UNCOVERED))
        colour(area, f'=OR({figure}="",{flag}=1)', "blank")
        here = address(area.top, area.left)
        colour(area, f'=IF(ISERROR({here}),FALSE,IF({here}="{SLASH}",FALSE,{is_slash(here)}))', "slash")


def _fixed(a1: str) -> str:
    letters = a1.rstrip("0123456789")
    return f"${letters}${a1[len(letters) :]}"
