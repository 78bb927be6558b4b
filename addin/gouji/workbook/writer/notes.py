"""The unlocked block 注 below a table, printed with it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..layout import Area, TableSheet, address
from ..wording import wording
from .context import Writing
from .grid import span
from .heights import row_height


def write_notes(writing: Writing, sheet: Worksheet, place: TableSheet) -> int:
    """The unlocked block 注: number, cell, text; printed with the table. Returns its last row.

    A city gathers the notes of all its units, so the block grows where it must: nothing is below it.
    """
    area, w = place.notes, wording("table")
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
        sheet.set_row(area.top + i - 1, row_height(zip(texts, (span(place, *s) for s in spans), strict=True)))
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
