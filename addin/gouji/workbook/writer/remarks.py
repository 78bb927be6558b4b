"""What a 退回单 marks on the tables' sheets: the frame and remark of a cell, and beside it what it should be.

Frame and remark stay. The red of a cell whose right value is known and the words beside the table are
formulas on the cell, so they go when it is corrected; and a formula is never taken for a person's text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, SLASH, Cell, Value
from ...report import Unread
from ..layout import Area, TableSheet, address
from ..live import Live
from ..wording import wording
from .context import Writing, write_live

_WIDTH = 16


@dataclass(frozen=True, slots=True)
class Remark:
    """``remark``: shown at the cell; "" for a frame alone. ``known``: whether it is known that the cell
    should hold ``right``."""

    remark: str
    known: bool = False
    right: Value = None


def write_remarks(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Colour the marked cells of one table and say beside their rows what they should be.

    Before the table's own colours: of two conditional formats the earlier one is seen.
    """
    rows: dict[int, list[Cell]] = {}
    for cell in place.table.cells:
        mark = writing.marked.get(cell.id)
        if mark and mark.known:
            rows.setdefault(place.cells[cell.id][0], []).append(cell)
            _colour(writing, sheet, place, cell, mark)
    column = _column(place)
    for row, cells in rows.items():
        sheet.set_column(column - 1, column - 1, _WIDTH)
        write_live(sheet, row - 1, column - 1, _said(writing, place, cells), writing.style("due"))


def printed(writing: Writing, place: TableSheet) -> Area:
    """The printed part of the sheet, with the words beside it where there are any."""
    known = (m.known for c in place.table.cells if (m := writing.marked.get(c.id)))
    return replace(place.printed, right=_column(place)) if any(known) else place.printed


def unread_remark(unread: Unread) -> str:
    """What is shown at a cell that is blank because its content in a published report could not be read."""
    w = wording("unread")
    readings = w["readings"].format(readings=w["or"].join(unread.readings)) if unread.readings else ""
    return str(w["remark"].format(where=unread.where, text=unread.text, readings=readings))


def _column(place: TableSheet) -> int:
    """The first column beside the table, after the expected totals where there are any."""
    rows = [e for e in place.table.equations if e.kind == "row"]
    return place.side + 2 if rows and not place.table.grid.across else place.side


def _colour(writing: Writing, sheet: Worksheet, place: TableSheet, cell: Cell, mark: Remark) -> None:
    row, column = place.cells[cell.id]
    wrong = {
        "type": "formula",
        "criteria": f"=NOT({_is_right(address(row, column), cell, mark)})",
        "format": writing.styles.conditional["wrong"],
        "stop_if_true": True,
    }
    sheet.conditional_format(row - 1, column - 1, row - 1, column - 1, wrong)


def _is_right(where: str, cell: Cell, mark: Remark) -> str:
    """A condition on the cell: it holds what it should."""
    if isinstance(mark.right, int):
        number = f"{mark.right / FEN_PER_WAN:.6f}" if cell.kind.money else str(mark.right)
        return f"AND(ISNUMBER({where}),{where}={number})"
    return f'{where}="{SLASH if mark.right == SLASH else ""}"'


def _said(writing: Writing, place: TableSheet, cells: list[Cell]) -> Live:
    """The words for all marked cells of one row, each as long as its cell is wrong."""
    parts, shown = [], ""
    for cell in cells:
        mark, where = writing.marked[cell.id], address(*place.cells[cell.id])
        value = cell.kind.show(mark.right) if mark.right is not None else wording("reader")["as_blank"]
        text = wording("slip")["due"].format(cell=where, value=value)
        parts.append(f'IF({_is_right(where, cell, mark)},"","{text}")')
        shown += text if writing.report.value(cell.id) != mark.right else ""
    return Live("=" + "&".join(parts), shown)
