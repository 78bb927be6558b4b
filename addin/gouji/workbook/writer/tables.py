"""The sheets 二, 三, 四: the official table, its strip of expected totals, notes, colours, prompts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, SLASHES, Box, Cell, Equation, Value
from ..layout import FIGURES, UNCOVERED, Area, TableSheet, address
from ..live import Live
from ..wording import wording
from .context import Writing, write_live
from .heights import row_height
from .remarks import printed, unread_remark, write_remarks
from .styles import COLOURS, page, protect

#: Widths in characters: label columns, then value columns, by table.
_WIDTHS = {"table2": ([30], 18), "table3": ([6, 11, 34], 8.3), "table4": ([], 7.2)}
_LINE_HEIGHT = 17
#: How large a remark at a cell is shown.
_REMARK = {"x_scale": 2, "y_scale": 1.5}


def write_table(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """Everything on one table's sheet."""
    _columns(sheet, place)
    write = wording("table")
    sheet.merge_range(
        *writing.zero(Area(place.name, place.title_row, 1, place.title_row, place.columns)),
        place.table.section.title,
        writing.style("section"),
    )
    for box in place.boxes:
        _box(writing, sheet, place, box)
    _heights(sheet, place)
    _strip(writing, sheet, place)
    writing.write_figures(sheet, writing.live.figures.of_table(place), *place.hidden)
    bottom = _notes(writing, sheet, place, write)
    write_remarks(writing, sheet, place)
    _colours(writing, sheet, place)
    _validation(sheet, place)
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


def _columns(sheet: Worksheet, place: TableSheet) -> None:
    labels, value = _WIDTHS[place.table.key]
    for i in range(place.columns):
        sheet.set_column(i, i, labels[i] if i < len(labels) else value)
    sheet.set_column(place.columns, place.columns, 2)
    sheet.set_column(place.side - 1, place.side, 10)


def _box(writing: Writing, sheet: Worksheet, place: TableSheet, box: Box) -> None:
    area = Area(place.name, box.row, box.column, box.row + box.height - 1, box.column + box.width - 1)
    if box.cell:
        _value(writing, sheet, area, writing.layout.form.by_id[box.cell])
        return
    style = "row_label" if box.role == "label" and place.label_columns > 1 and box.height == 1 else "label"
    form = writing.style(style)
    if box.height == box.width == 1:
        sheet.write_string(box.row - 1, box.column - 1, box.text, form)
    else:
        sheet.merge_range(*writing.zero(area), box.text, form)


def _value(writing: Writing, sheet: Worksheet, area: Area, cell: Cell) -> None:
    report = writing.report
    mark = report.marks.get(cell.id)
    look: dict[str, Any] = {"num_format": 'General" {}"'.format(mark.replace('"', "”"))} if mark else {}
    if marked := writing.marked.get(cell.id):
        look |= {"border": 5, "border_color": COLOURS["illegal"]}
        if marked.remark:
            sheet.write_comment(area.top - 1, area.left - 1, marked.remark, _REMARK)
    elif (unread := report.unread.get(cell.id)) and not writing.locked:
        sheet.write_comment(area.top - 1, area.left - 1, unread_remark(unread), _REMARK)
    form = writing.style("sum" if writing.locked else "value", **look)
    if area.ref() != address(area.top, area.left):
        sheet.merge_range(*writing.zero(area), "", form)
    row, column = area.top - 1, area.left - 1
    typed = writing.typed_texts.get(cell.place)
    content: Value | str = typed if typed is not None else report.value(cell.id)
    if isinstance(content, int):
        sheet.write_number(row, column, content / FEN_PER_WAN if cell.kind.money else content, form)
    elif content is None:
        sheet.write_blank(row, column, None, form)
    else:
        sheet.write_string(row, column, content, form)


def _span(place: TableSheet, left: int, right: int) -> float:
    """Width in characters of the columns from ``left`` to ``right``, both included."""
    labels, value = _WIDTHS[place.table.key]
    return sum(labels[i] if i < len(labels) else value for i in range(left - 1, right))


def _heights(sheet: Worksheet, place: TableSheet) -> None:
    """Rows as high as their longest label needs at its width (two columns a Chinese character)."""
    for row in range(place.top, place.bottom + 1):
        lines = 1.0
        for box in place.boxes:
            if box.row == row and box.height == 1 and box.text:
                width = _span(place, box.column, box.column + box.width - 1)
                lines = max(lines, -(-len(box.text) * 2.1 // width))
        sheet.set_row(row - 1, max(20, lines * _LINE_HEIGHT))
    sheet.set_row(place.title_row - 1, 26)


# ---------------------------------------------------------------- strip and side


def _strip(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """State of the table and a way to 校验; expected totals above columns and beside rows."""
    w = wording("table")
    helper, gap = writing.style("helper"), writing.style("gap")
    sheet.merge_range(
        *writing.zero(Area(place.name, 1, 1, 1, max(place.columns - 2, 2))), "", writing.style("plain")
    )
    write_live(sheet, 0, 0, writing.table_state(place.table), writing.style("plain"))
    check = writing.layout.check.name
    sheet.write_url(0, place.columns - 1, f"internal:'{check}'!A1", writing.style("link"), w["to_check"])
    equations = place.table.equations
    for kind, rows in (
        ("column", ((2, "expected_processed", "expected"), (3, "processed_difference", "gap"))),
        ("balance", ((4, "balance", "gap"),)),
    ):
        for row, label, what in rows:
            chosen = [e for e in equations if e.kind == kind]
            if chosen:
                sheet.write_string(
                    row - 1, place.label_columns - 1, w[label], writing.style("helper", align="right")
                )
            for e in chosen:
                column = place.cells[e.right[0]][1]
                style = gap if what == "gap" else helper
                write_live(sheet, row - 1, column - 1, _live(writing, e, what), style)
    _row_totals(writing, sheet, place, [e for e in equations if e.kind == "row"])


def _live(writing: Writing, equation: Equation, what: str) -> Live:
    if what == "expected":
        return writing.live.expected(equation.left)
    return writing.live.gap(
        equation.right if equation.kind == "column" else equation.left,
        equation.left if equation.kind == "column" else equation.right,
    )


def _row_totals(writing: Writing, sheet: Worksheet, place: TableSheet, equations: list[Equation]) -> None:
    """Expected 总计: beside the row (表三), or above the total where rows stand side by side (表四)."""
    w = wording("table")
    helper, gap = writing.style("helper"), writing.style("gap")
    if not equations:
        return
    across = place.table.grid.across
    if across:
        sheet.write_string(1, 0, w["expected_part_total"], writing.style("helper", align="left"))
    else:
        for i, label in enumerate(("expected_total", "difference")):
            sheet.write_string(place.top + place.head_rows - 2, place.side - 1 + i, w[label], helper)
    for e in equations:
        row, column = place.cells[e.right[0]]
        expected, difference = writing.live.expected(e.left), writing.live.gap(e.right, e.left)
        if across:
            write_live(sheet, 1, column - 1, expected, helper)
            write_live(sheet, 1, column - 2, difference, gap)
        else:
            write_live(sheet, row - 1, place.side - 1, expected, helper)
            write_live(sheet, row - 1, place.side, difference, gap)


# ---------------------------------------------------------------- notes


def _notes(writing: Writing, sheet: Worksheet, place: TableSheet, w: dict[str, str]) -> int:
    """The unlocked block 注: number, cell, text; printed with the table. Returns its last row.

    A city gathers the notes of all its units, so the block grows where it must: nothing is below it.
    """
    area = place.notes
    sheet.merge_range(
        *writing.zero(Area(place.name, area.top - 2, 1, area.top - 2, place.columns)),
        w["notes_title"],
        writing.style("quiet"),
    )
    spans = place.note_columns
    for (left, right), head in zip(spans, w["notes_heads"], strict=True):
        writing.merge(sheet, Area(place.name, area.top - 1, left, area.top - 1, right), head, "quiet")
    entries = note_entries(writing, place)
    rows = max(area.bottom - area.top + 1, len(entries))
    for i in range(rows):
        texts = entries[i] if i < len(entries) else ("", "", "")
        sheet.set_row(
            area.top + i - 1, row_height(zip(texts, (_span(place, *s) for s in spans), strict=True))
        )
        for (left, right), text in zip(spans, texts, strict=True):
            box = Area(place.name, area.top + i, left, area.top + i, right)
            writing.merge(sheet, box, text, "input_text", border=0, align="left")
    return area.top + rows - 1


def note_entries(writing: Writing, place: TableSheet) -> list[tuple[str, str, str]]:
    """(mark, cells, text) a note: in reading order of the form, each text once."""
    report = writing.report
    cells: dict[str, list[str]] = {}
    for cell in place.table.cells:
        if mark := report.marks.get(cell.id):
            cells.setdefault(mark, []).append(address(*place.cells[cell.id]))
    entries = []
    for mark, where in cells.items():
        text = report.notes.get(mark, "") if writing.first_note(mark) else ""
        entries.append((mark, "、".join(where), text))
    if place.table is next(iter(writing.layout.form.tables.values())):
        loose = [m for m in report.notes if m not in set(report.marks.values())]
        entries += [(mark, "", report.notes[mark]) for mark in loose]
    return entries


# ---------------------------------------------------------------- colours and prompts


def _colours(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """A cell that is no number, a broken row, column or balance, then cells still to be filled."""
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


def _fixed(a1: str) -> str:
    letters = a1.rstrip("0123456789")
    return f"${letters}${a1[len(letters) :]}"


def _admits(kind: str, cell: str) -> str:
    """A condition that holds for what a cell of this kind may contain (never for blank)."""
    tests = {
        "count": f"AND({cell}>=0,{cell}=INT({cell}))",
        "signed": f"{cell}=INT({cell})",
        "money": f"AND({cell}>=0,ROUND({cell},6)={cell})",
    }
    slashes = ",".join(f'{cell}="{one}"' for one in SLASHES)
    return f"IF(ISNUMBER({cell}),{tests[kind]},OR({slashes}))"


def _validation(sheet: Worksheet, place: TableSheet) -> None:
    """Prompts, and refusal of what a cell may not hold, as long as nobody pastes over it."""
    for kind, help_ in dict.fromkeys((c.kind, c.help) for c in place.table.cells):
        title, message = wording("prompt")[kind.name]
        own = [c.id for c in place.table.cells if (c.kind, c.help) == (kind, help_)]
        for area in place.area(own):
            sheet.data_validation(
                area.top - 1,
                area.left - 1,
                area.bottom - 1,
                area.right - 1,
                {
                    "validate": "custom",
                    "value": "=" + _admits(kind.name, address(area.top, area.left)),
                    "ignore_blank": True,
                    "input_title": title,
                    "input_message": help_ + message,
                    "error_title": title,
                    "error_message": message,
                },
            )
