"""Where a typed cell stands on the sheet of its table: part of what the cell is, the same in every release.

A table's sheet is named by its section. Above the printed grid stand a strip of rows that do not print and
the title. Rows and columns are counted from 1, as in the spreadsheet.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

from .grid import printed_grid
from .model import Form, Table, TableKey

#: Rows above a table: one for its state, then one a kind of expected value shown there.
STRIP: Mapping[TableKey, int] = {"table2": 1, "table3": 4, "table4": 2}


@cache
def column_letter(column: int) -> str:
    """1 -> A, 27 -> AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """A -> 1, AA -> 27; of capital letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def address(row: int, column: int, *, absolute: bool = False) -> str:
    """(4, 2) -> ``B4``, or ``$B$4``."""
    letter = column_letter(column)
    return f"${letter}${row}" if absolute else f"{letter}{row}"


def top_of(table: Table) -> int:
    """The row of the grid's first line, below the title."""
    return STRIP[table.key] + 2


@cache
def positions(table: Table) -> Mapping[str, tuple[int, int]]:
    """Cell id -> (row, column) on the sheet of the table."""
    top = top_of(table)
    return {b.cell: (b.row + top, b.column + 1) for b in printed_grid(table).boxes if b.cell}


def address_of(form: Form, cell_id: str) -> str:
    """``D10``, without the sheet's name."""
    return address(*positions(form.tables[form.by_id[cell_id].table])[cell_id])


def ranges(form: Form, cell_ids: Collection[str]) -> list[str]:
    """Rectangles that together cover exactly these cells of one table, from the top:
    ``["D30:J31", "D33"]``."""
    at = positions(form.tables[form.by_id[next(iter(cell_ids))].table]) if cell_ids else {}
    runs: list[list[int]] = []
    for row, column in sorted(at[c] for c in cell_ids):
        last = runs[-1] if runs else None
        if last and last[0] == row and last[3] + 1 == column:
            last[3] = column
        else:
            runs.append([row, column, row, column])
    joined: list[list[int]] = []
    for run in runs:
        above = next((j for j in joined if (j[1], j[3], j[2] + 1) == (run[1], run[3], run[0])), None)
        if above:
            above[2] = run[2]
        else:
            joined.append(run)
    corners = [(address(a, b), address(c, d)) for a, b, c, d in joined]
    return [first if first == last else f"{first}:{last}" for first, last in corners]
