"""Beside a table, never printed: its state in one sentence, a way to 校验, expected totals and what is wrong.

Everything shown here comes from ``naming``; this room only says where it stands and how it looks.
"""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..layout import FIGURES, Area, TableSheet, address
from ..naming.says import OPEN, PASSED, WARNED, WRONG
from ..naming.three import DUE, OVER, UNBALANCED
from ..wording import wording
from .context import Writing, write_live

#: Widths of what stands beside the table: expected total, difference, what is wrong.
_BESIDE = (11, 11, 46)
_BANNER_HEIGHT = 17.25
#: Role of a shown cell -> style.
_STYLES = {"expected": "helper", "difference": "gap", "said": "said", "hint": "quiet", "banner": "banner"}
_STATES = {PASSED: "is_passed", OPEN: "is_open", WRONG: "is_failed", WARNED: "is_warned"}


def write_strip(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """The sentence above the table, expected totals above columns and beside rows, what is wrong in a row."""
    across = place.table.blocks[0].across
    sheet.set_column(place.columns, place.columns, 2)
    for i, width in enumerate(() if across else _BESIDE):
        sheet.set_column(place.side - 1 + i, place.side - 1 + i, width)
    # Nobody typed a sum: what may be wrong in it is told by units, never by its own cells.
    shown = [s for s in writing.naming.shown(place) if not (writing.locked and s.role in ("said", "hint"))]
    _merge(writing, sheet, place, across)
    for one in shown:
        changes = {"text_wrap": True} if one.role == "hint" else {}
        write_live(sheet, one.row - 1, one.column - 1, one.live, writing.style(_STYLES[one.role], **changes))
    _heads(writing, sheet, place)
    _colours(writing, sheet, place)


def _banner(place: TableSheet) -> Area:
    right = place.columns - 2 if place.table.blocks[0].across else place.columns
    return Area(place.name, 1, 1, 1, right)


def _merge(writing: Writing, sheet: Worksheet, place: TableSheet, across: bool) -> None:
    """Areas of several cells, before their first cells are written; and the link to 校验."""
    link = Area(place.name, 1, place.columns - 1, 1, place.columns) if across else None
    check = f"internal:'{writing.layout.check.name}'!A1"
    style, text = writing.style("link"), wording("table")["to_check"]
    banner = _banner(place)
    sheet.merge_range(*writing.zero(banner), "", writing.style("banner"))
    if link:
        sheet.merge_range(*writing.zero(link), "", style)
        for area in _said(place):
            sheet.merge_range(*writing.zero(area), "", writing.style("said"))
    elif place.table.balance:
        # The rows between are hidden: the screen is for the numbers.
        hint = Area(place.name, DUE, place.side, place.title_row, place.said)
        sheet.merge_range(*writing.zero(hint), "", writing.style("quiet", text_wrap=True))
    sheet.write_url(0, link.left - 1 if link else place.side - 1, check, style, text)


def _said(place: TableSheet) -> list[Area]:
    """Above each block of 表四 the cells that say what is wrong, up to what its total should be."""
    grid = place.table.grid
    left = [place.cells[grid.cell(row.id, grid.columns[0].id).id][1] for row in grid.rows]
    return [Area(place.name, 2, at, 2, at + len(grid.columns) - 2) for at in left]


def _heads(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    w = wording("table")
    sheet.set_row(0, _BANNER_HEIGHT)
    if place.table.balance is None:
        return
    for row, name in ((DUE, "expected_processed"), (OVER, "processed_difference"), (UNBALANCED, "balance")):
        writing.merge(
            sheet, Area(place.name, row, 1, row, place.label_columns), w[name], "helper", align="right"
        )
    top, bottom = place.top, place.top + place.head_rows - 1
    for column, name in enumerate(("expected_total", "difference", "said"), place.side):
        area = Area(place.name, top, column, bottom, column)
        writing.merge(sheet, area, w[name], "helper", text_wrap=True, bold=True)


def _colours(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """By its state the sentence above the table; what is wrong, and what is missing, in red."""
    formats, naming = writing.styles.conditional, writing.naming

    def colour(area: Area, condition: str, name: str) -> None:
        rule = {"type": "formula", "criteria": f"={condition}", "format": formats[name], "stop_if_true": True}
        sheet.conditional_format(*writing.zero(area), rule)

    state = naming.cell(place, "state")
    for which, look in _STATES.items():
        colour(_banner(place), f"{state}={which}", look)
    if place.table.blocks[0].across:
        for area in _said(place):
            colour(area, f'{address(area.top, area.left, absolute=True)}<>""', "is_failed")
        return
    rows = [row for row, _ in place.cells.values()]
    said = Area(place.name, min(rows), place.said, max(rows), place.said)
    first = f"${address(said.top, said.left)}"
    if place.table.balance:
        one, two = (naming.cell(place, f"row{k}") for k in (0, 1))
        number = f"ROW({first})-{said.top - 1}"
        colour(said, f"AND({naming.cell(place, 'accused')}>0,OR({one}={number},{two}={number}))", "wrong")
        colour(said, f'{first}<>""', "is_failed")
        for area, condition in _numbers(place, said):
            colour(area, condition, "off")
    else:
        colour(said, f'LEFT({first},1)="{wording("naming")["arrow"].strip()}"', "is_failed")


def _numbers(place: TableSheet, said: Area) -> list[tuple[Area, str]]:
    """Differences that are not 0, and expected totals that are not what is typed."""
    left, right = place.values.left, place.values.right
    found = []
    for row in (OVER, UNBALANCED):
        here = address(row, left)
        found.append((Area(place.name, row, left, row, right), f"IF(ISNUMBER({here}),{here}<>0,FALSE)"))
    expected, gap = (f"${address(said.top, place.side + n)}" for n in (0, 1))
    total = f"${address(said.top, right + place.block(FIGURES))}"
    for column, condition in (
        (place.side, f"IF(ISNUMBER({expected}),{expected}<>{total},FALSE)"),
        (place.side + 1, f"IF(ISNUMBER({gap}),{gap}<>0,FALSE)"),
    ):
        found.append((Area(place.name, said.top, column, said.bottom, column), condition))
    return found
