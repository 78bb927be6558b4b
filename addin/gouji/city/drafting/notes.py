"""The notes below the tables: what all whom a note concerns say alike is said once, without their names."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ...report import Report
from ...text import plain
from ...wording import wording_of
from ..consolidate import Consolidation
from ..sum.summing import NoteOrigin, note_text


def merged_notes(city: Consolidation) -> dict[str, str]:
    """City mark -> its text, for each that is still as it was summed: what a person wrote instead stands.

    Numbers and order are those of the sum.
    """
    notes, reports = city.report.notes, dict(city.parts)
    return {
        mark: _merged(origins, _concerned(_cells(city, mark), reports))
        for mark, origins in city.note_origins.items()
        if notes.get(mark) == note_text(origins)
    }


def _cells(city: Consolidation, mark: str) -> list[str]:
    return [cell for cell, own in city.report.marks.items() if own == mark]


def _concerned(cells: Sequence[str], reports: Mapping[str, Report]) -> Collection[str]:
    """The units of which a note on these cells is read: those with anything but 0 in their rows, all where
    it is on no cell. Of a cell that is 0 for want of counting (当年未统计), the row tells who has what was
    not counted."""
    if not cells:
        return reports
    by_id = next(iter(reports.values())).form.by_id if reports else {}
    rows = {(by_id[cell].table, by_id[cell].row.id) for cell in cells}
    beside = [cell.id for cell in by_id.values() if (cell.table, cell.row.id) in rows]
    return [unit for unit, report in reports.items() if any(map(report.number, beside))]


def _merged(parts: Sequence[NoteOrigin], concerned: Collection[str]) -> str:
    words = wording_of("gouji.city.drafting", "notes")
    units: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for part in parts:
        text = part.text.strip().rstrip(words["ends"])
        units.setdefault(plain(text), []).append(part.unit)
        texts.setdefault(plain(text), text)
    if len(texts) == 1 and all(texts) and {part.unit for part in parts} >= set(concerned):
        return next(iter(texts.values()))
    said = (
        words["said" if text else "without_text"].format(
            units=words["units"].join(dict.fromkeys(units[key])), text=text
        )
        for key, text in texts.items()
    )
    return str(words["between"].join(said))
