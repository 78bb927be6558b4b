"""上年 and 粘贴区: a zone to paste into, and beside it what was found there for each line of the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import Table
from ..figures import Figure, Live, Shown
from ..layout import FIGURES, Area, address
from ..pasting.decide import BY_ORDER, USED
from ..pasting.formulas import PasteFormulas
from ..pasting.sheet import LAST_HIDDEN, POSITIONS, ROW, TEXTS, Part, PasteSheet
from ..wording import wording
from .context import Writing, write_live
from .styles import COLOURS, page, protect, unprinted

#: Widths in characters: of the zone's first columns (labels) and its others, of labels, states and cells.
_LABEL_COLUMNS, _WIDE, _NARROW = 3, 13, 5.5
_LABEL, _STATE, _VALUE = 42, 13, 6.5
_HOW_HEIGHT = 29
#: So many rows below a zone are looked at for what was pasted beyond it.
_BELOW = 400
#: The lines between the cells of a zone.
_LINES = "#D9D9D9"


def write_pasting(writing: Writing, sheet: Worksheet, place: PasteSheet) -> None:
    """Everything on one of the two sheets."""
    formulas = writing.pasted[place.role]
    _zone(writing, sheet, place, formulas)
    _frame(writing, sheet, place)
    for number, part in enumerate(place.parts):
        _heads(writing, sheet, place, part, number in formulas.found.ordered)
    _found(writing, sheet, place, formulas)
    hidden = [*formulas.hidden()]
    if place.role == "last_year":
        hidden += writing.live.figures.of_last_year({cell: formulas.content(cell) for cell in place.cells})
    else:
        hidden += _differences(writing, sheet, place, formulas)
    _summaries(writing, sheet, place, formulas, {(f.row, f.column): f.live.value for f in hidden})
    writing.write_figures(sheet, hidden, TEXTS - 1, LAST_HIDDEN)
    page(sheet, landscape=True, one_page=False)
    unprinted(sheet)
    sheet.freeze_panes(place.zone.top - 1, 0)
    sheet.set_selection(place.zone.top - 1, 0, place.zone.top - 1, 0)
    protect(sheet)


def _frame(writing: Writing, sheet: Worksheet, place: PasteSheet) -> None:
    """Widths, title, how the sheet is used, and what the zone is."""
    w = wording("pasting")
    own: dict[str, Any] = w[place.role]
    sheet.set_column(place.zone.right, place.zone.right, 2)
    sheet.set_column(place.labels - 1, place.labels - 1, _LABEL)
    sheet.set_column(place.states - 1, place.states - 1, _STATE)
    sheet.set_column(place.values - 1, place.shown - 1, _VALUE)
    sheet.write_string(0, 0, own["title"], writing.style("caption", font_size=14))
    for i, line in enumerate(own["how"], 1):
        area = Area(place.name, 1 + i, 1, 1 + i, place.zone.right)
        writing.merge(sheet, area, line, "wrapped", font_size=10)
        sheet.set_row(i, _HOW_HEIGHT)
    bottom = place.zone.bottom
    below = Area("", bottom + 1, 1, bottom + _BELOW, place.zone.right).ref()
    beyond = w["beyond"].format(last=bottom)
    live = Live(f'=IF(COUNTA({below})>0,"{beyond}","{w["zone"]}")', w["zone"])
    write_live(sheet, place.zone.top - 2, 0, live, writing.style("caption"))
    to = f"internal:'{place.name}'!{address(place.zone.top, place.labels)}"
    sheet.write_url(0, place.zone.right - 4, to, writing.style("link"), w["to_found"])


def _zone(writing: Writing, sheet: Worksheet, place: PasteSheet, formulas: PasteFormulas) -> None:
    """The zone by the format of its columns: a format of each cell would be a third of the file."""
    look = {"bg_color": COLOURS["blank"], "locked": writing.locked, "border": 4, "border_color": _LINES}
    zone = place.zone
    for first, last, width in ((0, _LABEL_COLUMNS - 1, _WIDE), (_LABEL_COLUMNS, zone.right - 1, _NARROW)):
        sheet.set_column(first, last, width, writing.style("plain", **look))
    for (row, column), raw in sorted(formulas.contents.items()):
        kept = {"num_format": raw.format} if raw.format else {}
        style = writing.style("plain", **look, **kept)
        at = row - 1, column - 1
        if raw.kind == "error":
            sheet.write_formula(*at, f"={raw.raw}", style, raw.raw)
        elif isinstance(raw.value, bool):
            sheet.write_boolean(*at, raw.value, style)
        elif isinstance(raw.value, int | float):
            sheet.write_number(*at, raw.value, style)
        elif raw.value:
            sheet.write_string(*at, raw.value, style)
    plain = writing.style("plain")
    for row in range(zone.top - 1):
        for column in range(zone.right):
            sheet.write_blank(row, column, None, plain)


def _heads(writing: Writing, sheet: Worksheet, place: PasteSheet, part: Part, ordered: bool) -> None:
    """The title of a table, and the heads and labels of a block."""
    w = wording("pasting")
    head = writing.style("head", font_size=9, text_wrap=True)
    label = writing.style("boxed", font_size=9, text_wrap=False, shrink=True)
    for i, text in enumerate(() if part.across else w["heads"]):
        sheet.write_string(part.head - 1, place.labels - 1 + i, text, head)
    width = len(part.block.columns)
    for i, row in enumerate(part.block.rows):
        if part.across:
            left = place.values + i * width
            writing.merge(
                sheet,
                Area("", part.head - 1, left, part.head - 1, left + width - 1),
                row.label,
                "head",
                font_size=9,
            )
            for j, column in enumerate(part.block.columns):
                sheet.write_string(part.head - 1, left - 1 + j, column.label, head)
        else:
            sheet.write_string(part.line(i) - 1, place.labels - 1, "".join(row.label.split()), label)
    if not part.across:
        for j, column in enumerate(part.block.columns):
            sheet.write_string(part.head - 1, place.values - 1 + j, column.label, head)
        sheet.set_row(part.head - 1, 30)
    _note(writing, sheet, place, part, ordered)


def _note(writing: Writing, sheet: Worksheet, place: PasteSheet, part: Part, ordered: bool) -> None:
    """Above a block: that its columns only follow their order; on 粘贴区 where its cells are to be copied."""
    w = wording("pasting")
    if place.role == "pasting":
        area = part.area(place.name)
        table = writing.layout.tables[part.table.key]
        to = f"{table.name}!{address(*table.cells[next(iter(part.cells))])}"
        text = w["pasting"]["target"].format(area=area.ref(), to=to)
        sheet.write_string(part.top - 1, place.values - 1, text, writing.style("quiet"))
    if part.table.key in BY_ORDER:
        row, columns = address(part.top, ROW), part.block.columns
        heads = Area("", part.top, POSITIONS, part.top, POSITIONS + len(columns) - 1).ref()
        formula = f'=IF({row}="","",IF(COUNT({heads})<{len(columns)},"{w["by_order"]}",""))'
        live = Live(formula, w["by_order"] if ordered else "")
        write_live(sheet, part.top - 1, place.labels - 1, live, writing.style("gap", align="left"))


def _found(writing: Writing, sheet: Worksheet, place: PasteSheet, formulas: PasteFormulas) -> None:
    """States and cells, with the colours of states."""
    state, number = writing.style("boxed", font_size=9, align="center"), writing.style("number")
    for figure, _, _ in formulas.states():
        part_row = figure.column >= place.values
        if part_row:
            width = len(place.parts[-1].block.columns)
            area = Area("", figure.row, figure.column, figure.row, figure.column + width - 1)
            writing.merge(sheet, area, "", "boxed", font_size=9, align="center")
        write_live(sheet, figure.row - 1, figure.column - 1, figure.live, state)
    for _, figure in formulas.cells():
        write_live(sheet, figure.row - 1, figure.column - 1, figure.live, number)
    words, formats = wording("pasting.states"), writing.styles.conditional
    area = Area(place.name, place.zone.top, place.states, place.parts[-1].bottom, place.shown)
    for key, colour in (
        ("found", "passed"),
        ("shifted", "warned"),
        ("double", "row"),
        ("headless", "row"),
        ("aside", "row"),
    ):
        rule = {"type": "cell", "criteria": "==", "value": f'"{words[key]}"', "format": formats[colour]}
        sheet.conditional_format(*writing.zero(area), rule)


def _differences(
    writing: Writing, sheet: Worksheet, place: PasteSheet, formulas: PasteFormulas
) -> list[Figure]:
    """1 for each cell of which another number is typed into the form than was found, in hidden columns."""
    found: list[Figure] = []
    figures = writing.live.figures
    for part in place.parts:
        table = writing.layout.tables[part.table.key]
        for n, (cell_id, at) in enumerate(part.cells.items()):
            row, column = table.cells[cell_id]
            here, there = (
                address(*at),
                f"'{table.name}'!{address(row, column + table.block(FIGURES), absolute=True)}",
            )
            i, j = divmod(n, len(part.block.columns))
            hidden = (part.bottom, POSITIONS + n) if part.across else (part.line(i), POSITIONS + j)
            mine, typed = formulas.content(cell_id), figures.value(writing.layout.form.by_id[cell_id])
            is_number = isinstance(mine, int | float) and not isinstance(mine, bool)
            value = int(is_number and typed != "" and mine != typed)
            formula = f'=IF(ISNUMBER({here}),IF({there}="",0,IF({there}={here},0,1)),0)'
            found.append(Figure(*hidden, Live(formula, value)))
        first = next(iter(part.cells.values()))
        flag = address(*_flag(part, first))
        rule = {"type": "formula", "criteria": f"={flag}=1", "format": writing.styles.conditional["differs"]}
        sheet.conditional_format(*writing.zero(part.area(place.name)), rule)
    return found


def _flag(part: Part, first: tuple[int, int]) -> tuple[int, int]:
    """Where the flag of the first cell of a block stands."""
    return (part.bottom if part.across else first[0]), POSITIONS


def _summaries(
    writing: Writing,
    sheet: Worksheet,
    place: PasteSheet,
    formulas: PasteFormulas,
    hidden: Mapping[tuple[int, int], Shown],
) -> None:
    """Above the zone, for each table: how many of its lines were found, and what differs from the form."""
    for at, (_, table) in enumerate(place.titles(), place.zone.top - 5):
        live = _summary(place, table, formulas, hidden)
        write_live(sheet, at, 0, live, writing.style("plain"))
    for row, table in place.titles():
        sheet.write_string(row - 1, place.labels - 1, table.section.title, writing.style("caption"))


def _summary(
    place: PasteSheet, table: Table, formulas: PasteFormulas, hidden: Mapping[tuple[int, int], Shown]
) -> Live:
    w, states = wording("pasting"), wording("pasting.states")
    parts = [(n, part) for n, part in enumerate(place.parts) if part.table.key == table.key]
    areas, flags = [], []
    for _, part in parts:
        corners = part.state(0), part.state(len(part.block.rows) - 1)
        areas.append(Area("", *corners[0], *corners[1]).ref())
        height, width = (
            (1, len(part.cells)) if part.across else (len(part.block.rows), len(part.block.columns))
        )
        top, left = _flag(part, next(iter(part.cells.values())))
        flags.append(Area("", top, left, top + height - 1, left + width - 1))
    count = "+".join(f'COUNTIF({area},"{states["found"]}*")' for area in areas)
    lines = [line for n, _ in parts for line in formulas.found.lines[n]]
    found = sum(line.state in USED for line in lines)
    number = table.section.number
    said = w["found"].format(table=number, found=f'"&{count}&"', rows=len(lines))
    shown = w["found"].format(table=number, found=found, rows=len(lines))
    if place.role == "pasting":
        add = "+".join(f"SUM({flag.ref()})" for flag in flags)
        differing = sum(
            int(hidden[row, column])
            for flag in flags
            for row in range(flag.top, flag.bottom + 1)
            for column in range(flag.left, flag.right + 1)
        )
        text = w["differs"].format(table=number, count=f'"&{add}&"')
        said += f'"&IF({add}=0,"","{text}")&"'
        shown += w["differs"].format(table=number, count=differing) if differing else ""
    none = w["none"].format(table=number)
    return Live(f'=IF({count}=0,"{none}","{said}")', shown if found else none)
