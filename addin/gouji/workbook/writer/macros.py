"""What macros need of the workbook, beside the texts: rows of the very hidden sheet, buttons, 诊断.

Macros know no address, no sheet's name and no equation: they read everything here by key.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Final

from xlsxwriter.worksheet import Worksheet

from ...form import Equation, Table
from ..layout import Area, TableSheet
from ..pasting.sheet import paste_sheet
from ..wording import marks, wording
from .context import Writing

Row = tuple[str, ...]

#: Which column of a live row fills which column of 诊断 when no program is at hand; "" leaves it empty.
_DIAGNOSIS_FROM: Final = ("state", "place", "what", "left", "right", "difference", "", "number")
_STATES: Final = ("failed", "warned", "undecided")
#: In pixels width and gap of a button, its height on 校验 and above a table; the row of 校验 with buttons.
_BUTTON, _GAP, _HEIGHT, _LOW, _BUTTON_ROW = 78, 6, 24, 21, 3


def macro_rows(writing: Writing) -> Iterator[Row]:
    """Rows (key, …) in the order in which macros document them (``macros/GjForm.bas``)."""
    layout = writing.layout
    check, cover = layout.check, layout.cover
    yield _range("live", _live_area(writing))
    yield _range("diagnosis", check.diagnosis)
    row, column = cover.fields["blank_is_zero"]
    yield _range("blank_is_zero", Area(cover.name, row, column, row, column))
    for key, place in layout.tables.items():
        yield _range(f"declared.{key}", Area(place.name, *place.flag, *place.flag))
    yield "word.yes", marks("cover")["yes"]
    yield "help", marks("sheets")["help"]
    for state in _STATES:
        yield f"state.{state}", wording("check")[state]
    yield "live.state", str(check.columns["state"])
    yield "live.go", str(check.columns["go"])
    yield "diagnosis.from", ",".join(str(check.columns.get(name, 0)) for name in _DIAGNOSIS_FROM)
    yield "diagnosis.text", str(_DIAGNOSIS_FROM.index("what") + 1)
    for live in writing.live_rows:
        yield "target", live.target.sheet, live.target.ref()
    for key, place in layout.tables.items():
        yield _range(key, place.values)
        if not writing.locked:
            yield from _typed_rows(place)


def _range(key: str, area: Area) -> Row:
    return f"range.{key}", area.sheet, area.ref()


def _live_area(writing: Writing) -> Area:
    check = writing.layout.check
    state = check.live("state", len(writing.live_rows))
    return replace(state, left=1, right=len(check.columns))


def _typed_rows(place: TableSheet) -> Iterator[Row]:
    """``inputs``: cells that are no total; ``total``: one a total, with its parts, parts before their sums.

    Cells are "row,column" within ``place.values``, counted from 1.
    """
    key = place.table.key
    totals = _totals(place.table)
    for equation in totals:
        yield "total", key, _cells(place, equation.right), _cells(place, equation.left)
    targets = {equation.right[0] for equation in totals}
    yield "inputs", key, _cells(place, [c.id for c in place.table.cells if c.id not in targets])


def _cells(place: TableSheet, cells: list[str] | tuple[str, ...]) -> str:
    area = place.values
    at = (place.cells[cell] for cell in cells)
    return ";".join(f"{row - area.top + 1},{column - area.left + 1}" for row, column in at)


def _totals(table: Table) -> list[Equation]:
    """One equation a total (a balance has none), each after those of its own parts."""
    of: dict[str, Equation] = {}
    for equation in table.equations:
        if equation.kind != "balance":
            of.setdefault(equation.right[0], equation)
    order = TopologicalSorter({cell: [c for c in e.left if c in of] for cell, e in of.items()})
    return [of[cell] for cell in order.static_order()]


def write_check_buttons(sheet: Worksheet) -> None:
    """On 校验, above 待办清单."""
    _buttons(sheet, wording("check")["buttons"], _BUTTON_ROW, 1, _HEIGHT)


def write_table_buttons(sheet: Worksheet, place: TableSheet) -> None:
    """On a table's sheet, in its first row right of all that stands there: what fills its cells is at hand
    where they are selected."""
    across = place.table.blocks[0].across
    _buttons(sheet, wording("table")["buttons"], 1, place.side + (0 if across else 1), _LOW)


def _buttons(sheet: Worksheet, macros: list[str], row: int, column: int, height: int) -> None:
    """Form buttons from a cell on: a locked sheet lets them be clicked, and they do not print."""
    captions = wording("commands")
    for i, macro in enumerate(macros):
        sheet.insert_button(
            row - 1,
            column - 1,
            {
                "macro": f"GjCommands.{macro}",
                "caption": captions[macro],
                "width": _BUTTON,
                "height": height,
                "x_offset": i * (_BUTTON + _GAP) + _GAP,
                "y_offset": 1,
                "description": captions[macro],
            },
        )


def diagnosis_formula(writing: Writing) -> str:
    """The array formula of 诊断: by the program, else by macros from the live rows, else one plain line."""
    layout = writing.layout
    area = layout.check.diagnosis
    form = layout.form
    editions = ",".join(table.edition for table in form.tables.values())
    last_year = paste_sheet(form, "last_year")
    prior = list(last_year.prior.values())
    (top, column), (bottom, _) = prior[0], prior[-1]
    flags = ((writing.live.figures.flag(place), place.name) for place in layout.tables.values())
    arguments = [
        *(place.values.full() for place in layout.tables.values()),
        f'"{editions}"',
        Area(last_year.name, top, column, bottom, column).full(),
        "&".join(f'IF({flag}=1,"{name}","")' for flag, name in flags),
    ]
    block = area.ref(absolute=True)
    at = f"(ROW({block})={area.top})*(COLUMN({block})={area.left + _DIAGNOSIS_FROM.index('what')})"
    text = wording("check")["diagnosis_absent"]
    plain = f'IF({at},"{text}","")'
    live = _live_area(writing).full()
    return f"=IFERROR(GJ_DIAGNOSE({','.join(arguments)}),IFERROR(GJ_LIVE({live}),{plain}))"
