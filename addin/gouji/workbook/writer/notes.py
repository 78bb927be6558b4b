"""The unlocked block 注 below a table: what is typed there prints with the table, and nothing else does."""

from __future__ import annotations

from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from ...text import shown_width
from ..layout import NOTE_ROWS, Area, TableSheet, address
from ..live import Live
from ..wording import wording
from .context import Writing, write_live
from .grid import span
from .heights import pixels
from .styles import COLOURS

#: Type of a note, a row of one line, each line of a row with more; in pt.
_SIZE, _ROW, _LINE = 9.0, 11.25, 13.5
#: So many lines stand in the highest row that a spreadsheet has.
_MOST = 30
#: The rows between table and notes, the second of them with the heading.
_BETWEEN = (12.0, _ROW, 3.0)
#: Which of a note's columns names the cell: no part of what is published.
_CELL = 1
#: What the edges of a cell take of its width, in pt.
_EDGES = 6.0


def write_notes(writing: Writing, sheet: Worksheet, place: TableSheet) -> tuple[int, int]:
    """The unlocked block 注: number, cell, text. Returns its last row, and the height in pixels of everything
    below the table.

    Its heading shows only where something stands below it. A city gathers the notes of all its units, so the
    block grows where it must: nothing is below it.
    """
    area, entries = place.notes, note_entries(writing, place)
    heights = {place.bottom + 1 + i: pixels(height) for i, height in enumerate(_BETWEEN)}
    row = area.top
    for i in range(max(NOTE_ROWS, len(entries))):
        texts = entries[i] if i < len(entries) else ("", "", "")
        lines = _lines(place, texts)
        _note(writing, sheet, place, row, texts)
        if i < NOTE_ROWS and not writing.locked:
            _beside(writing, sheet, place, row, lines, texts[-1])
        for height in _heights(lines):
            heights[row] = pixels(height)
            row += 1
    block = replace(area, bottom=row - 1)
    _heading(writing, sheet, block, any(map(any, entries)))
    if not writing.locked:
        _prompts(sheet, place)
    for number, height in heights.items():
        sheet.set_row_pixels(number - 1, height)
    return block.bottom, sum(heights.values())


def _note(
    writing: Writing, sheet: Worksheet, place: TableSheet, row: int, texts: tuple[str, str, str]
) -> None:
    """One note, over as many rows as it is high: a row has a greatest height."""
    rows = len(_heights(_lines(place, texts)))
    for number, ((left, right), text) in enumerate(zip(place.note_columns, texts, strict=True)):
        look = {"font_color": COLOURS["quiet"]} if number == _CELL else {}
        box = Area(place.name, row, left, row + rows - 1, right)
        writing.merge(sheet, box, text, "note", locked=writing.locked, **look)


def _heights(lines: int) -> list[float]:
    """Heights in pt of the rows that hold so many lines of text."""
    if lines == 1:
        return [_ROW]
    rows = -(-lines // _MOST)
    return [-(-lines // rows) * _LINE] * rows


def _heading(writing: Writing, sheet: Worksheet, block: Area, shown: bool) -> None:
    """注, by a formula: without notes nothing is printed."""
    title = wording("table")["notes_title"]
    live = Live(f'=IF(COUNTA({block.ref()})>0,"{title}","")', title if shown else "")
    write_live(sheet, block.top - 3, 0, live, writing.style("note", locked=True))


def _lines(place: TableSheet, texts: tuple[str, str, str]) -> int:
    """How many lines the longest of the three takes, with one character a line kept free for punctuation."""
    widths = [(span(place, *columns) - _EDGES - _SIZE) / (_SIZE / 2) for columns in place.note_columns]
    return max(
        sum(max(1, -int(-shown_width(part) // width)) for part in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )


def _beside(writing: Writing, sheet: Worksheet, place: TableSheet, row: int, lines: int, text: str) -> None:
    """Where nothing prints: how the block is filled, beside its first row; and that a text is longer than its
    row shows, for no program makes the row higher."""
    left, right = place.note_columns[-1]
    room = max(lines * int((span(place, left, right) - _EDGES) // _SIZE), len(text.encode("utf-16-le")) // 2)
    w = wording("table")
    quiet = w["notes_prompt"] if row == place.notes.top else ""
    long = f'IF(LEN({address(row, left)})>{room},"{w["notes_long"]}","{quiet}")'
    live = Live(f'=IFERROR({long},"{quiet}")', quiet)
    write_live(sheet, row - 1, place.side - 1, live, writing.style("quiet"))


def _prompts(sheet: Worksheet, place: TableSheet) -> None:
    """What each column holds, said at the cell that is selected."""
    example = address(*place.cells[place.table.cells[0].id])
    for (left, _), (title, text) in zip(place.note_columns, wording("prompt")["notes"], strict=True):
        shown = {"validate": "any", "input_title": title, "input_message": text.format(cell=example)}
        sheet.data_validation(place.notes.top - 1, left - 1, place.notes.bottom - 1, left - 1, shown)


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
