"""What people paste: a table as it was printed, then shifted, collapsed, cut, doubled and spoilt."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import openpyxl
import xlsxwriter

from gouji.form import Form, Table, editions, load_form, printed_grid
from gouji.report import Report
from gouji.workbook.figures import Figure, Shown
from gouji.workbook.pasting.formulas import PasteFormulas
from gouji.workbook.pasting.sheet import PasteSheet, paste_sheet
from gouji.workbook.reading.cells import Position, RawCell
from support.random_reports import random_values

Content = str | int | float | None
Rows = list[list[Content]]

#: Other ways to write what a label holds.
RESPELT = (("（", "("), ("）", ")"), ("、", "､"), (".", "．"), ("1", "１"), ("“", '"'), ("，", ","))
SPACES = (" ", "\u3000", "\u00a0", "\n")
PROSE = (
    "一、总体情况",
    "全年共收到申请12件，其中自然人10件。",
    "说明：以上数据截至12月31日。",
    "12",
    "总计",
    "其他",
)
ODD: tuple[Content, ...] = (
    "/",
    "无",
    "12件",
    "１２",
    "约3",
    " ",
    "1,200",
    "=",
    "3/4",
    1.5,
    -2,
    10**15,
    "TRUE",
)


def printed(report: Report, table: Table, *, labels: bool = True, heads: bool = True) -> Rows:
    """A table as a sheet has it, merged cells with their content in the first. ``labels``: as many columns of
    labels as printed, else one."""
    grid = printed_grid(table)
    rows: Rows = [[None] * grid.columns for _ in range(grid.rows)]
    for box in grid.boxes:
        content: Content = box.text or None
        if box.cell:
            value = report.value(box.cell)
            money = report.form.by_id[box.cell].kind.money
            content = value / 1_000_000 if money and isinstance(value, int) else value
        rows[box.row][box.column] = content
    if not heads:
        rows = rows[grid.head_rows :]
    if labels or grid.label_columns < 2:
        return rows
    width = grid.label_columns
    return [[next((c for c in reversed(row[:width]) if c), None), *row[width:]] for row in rows]


def contents(
    sheet: PasteSheet, rows: Sequence[Sequence[Content]], down: int = 0, right: int = 0
) -> dict[Position, RawCell]:
    """Rows as pasted into a zone, so much further down and to the right; what has no room is cut off."""
    zone, found = sheet.zone, {}
    for i, row in enumerate(rows):
        for j, content in enumerate(row):
            at = zone.top + down + i, zone.left + right + j
            if content is not None and at[0] <= zone.bottom and at[1] <= zone.right:
                found[at] = raw(content)
    return found


def raw(content: str | int | float) -> RawCell:
    if isinstance(content, str):
        return RawCell(content, content, "text", False)
    return RawCell(content, repr(content), "number", False)


def drawn(sheet: PasteSheet, chance: Random) -> dict[Position, RawCell]:
    """What somebody pasted: some tables of some edition, more or less spoilt."""
    form = load_form(chance.choice(editions()))
    report = Report(form, values=random_values(form, chance))  # type: ignore[arg-type]
    rows: Rows = []
    for table in form.tables.values():
        if chance.random() < 0.8:
            one = printed(report, table, labels=chance.random() < 0.6, heads=chance.random() < 0.8)
            rows += _spoilt(one, chance) if chance.random() < 0.7 else one
            rows += [[]] * chance.randrange(3)
        if chance.random() < 0.2:
            rows.append([chance.choice(PROSE)])
    found = contents(sheet, rows, chance.choice([0, 0, 1, 5]), chance.choice([0, 0, 1, 2, 3]))
    return {at: _odd(cell, chance) if chance.random() < 0.02 else cell for at, cell in found.items()}


def _odd(cell: RawCell, chance: Random) -> RawCell:
    kind = chance.randrange(4)
    if kind == 0:
        return RawCell("#N/A", "#N/A", "error", False)
    if kind == 1 and isinstance(cell.value, int):
        return RawCell(45355, "45355", "number", False, "m/d/yy")
    content = chance.choice(ODD)
    assert content is not None
    return raw(content)


def _spoilt(rows: Rows, chance: Random) -> Rows:
    rows = [list(row) for row in rows]
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(rows))
        change = chance.randrange(8)
        if change == 0:
            del rows[at]
        elif change == 1:
            rows.insert(at, list(rows[at]))
        elif change == 2:
            rows[at].insert(chance.randrange(len(rows[at]) + 1), None)
        elif change == 3:
            rows[at] = [c for c in rows[at] if c is not None]
        elif change == 4:
            rows = [[_respelt(c, chance) for c in row] for row in rows]
        elif change == 5:
            one, two = chance.sample(range(len(rows[at])), 2) if len(rows[at]) > 1 else (0, 0)
            rows = [_swapped(row, one, two) for row in rows]
        elif change == 6:
            rows = [[c for c in row if c is not None] for row in rows]
        else:
            rows[at].append(chance.choice(ODD))
        if not rows:
            return [[None]]
    return rows


def _respelt(content: Content, chance: Random) -> Content:
    if not isinstance(content, str):
        return content
    for old, new in RESPELT:
        if chance.random() < 0.3:
            content = content.replace(old, new)
    at = chance.randrange(len(content) + 1)
    return content[:at] + (chance.choice(SPACES) if chance.random() < 0.3 else "") + content[at:]


def _swapped(row: list[Content], one: int, two: int) -> list[Content]:
    row = row + [None] * (max(one, two) + 1 - len(row))
    row[one], row[two] = row[two], row[one]
    return row


# ---------------------------------------------------------------- in spreadsheet programs


def formulas(sheet: PasteFormulas) -> Iterator[Figure]:
    """Everything that is computed on a sheet."""
    yield from sheet.hidden()
    yield from (figure for figure, _, _ in sheet.states())
    yield from (figure for _, figure in sheet.cells())


def book_of(
    form: Form, pastes: Sequence[Mapping[Position, RawCell]]
) -> tuple[bytes, list[dict[Position, Shown]]]:
    """One workbook with a sheet (``0``, ``1`` …) for each paste, and what each formula must show."""
    out, expected = io.BytesIO(), []
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False, "strings_to_urls": False})
    place = replace(paste_sheet(form, "last_year"))
    for number, paste in enumerate(pastes):
        sheet = book.add_worksheet(str(number))
        for (row, column), cell in paste.items():
            at = row - 1, column - 1
            if cell.kind == "error":
                sheet.write_formula(*at, "=NA()", None, "#N/A")
            elif isinstance(cell.value, str):
                sheet.write_string(*at, cell.value)
            else:
                style = book.add_format({"num_format": cell.format}) if cell.format else None
                sheet.write_number(*at, cell.value, style)
        shown = {}
        for figure in formulas(PasteFormulas(place, form, paste)):
            sheet.write_formula(
                figure.row - 1, figure.column - 1, figure.live.formula, None, figure.live.value
            )
            shown[figure.row, figure.column] = figure.live.value
        expected.append(shown)
    book.close()
    return out.getvalue(), expected


def by_gnumeric(path: Path) -> list[dict[Position, object]]:
    """The values of every sheet as Gnumeric computes them anew."""
    target = path.with_suffix(".gnumeric.xlsx")
    command = ["ssconvert", "--recalc", "-T", "Gnumeric_Excel:xlsx2", str(path), str(target)]
    subprocess.run(command, check=True, capture_output=True)
    book = openpyxl.load_workbook(target, data_only=True)
    return [
        {(c.row, c.column): c.value for row in sheet.iter_rows() for c in row if c.value is not None}
        for sheet in book
    ]
