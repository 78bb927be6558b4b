"""The notes below the tables: what all whom a note concerns say alike is said once, without their names; and
why last year's carry-over is another one, in the office's own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from ...report import Report
from ...text import plain
from ...wording import wording_of
from ..approving.settled import Settled
from ..approving.words import is_on_city
from ..consolidate import Consolidation
from ..sum.summing import NoteOrigin, free_mark, note_text

_PACKAGE = "gouji.city.drafting"
_CARRY_OVER = "city-carry-over"


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


def with_carry_over(report: Report, city: Consolidation) -> Report:
    """``report`` with a note on 上年结转 where it is not what last year's report said and the office has
    explained that itself: both numbers, and its text as it typed it, to its last mark."""
    words, marks, notes = wording_of(_PACKAGE, "notes"), dict(report.marks), dict(report.notes)
    for one in filter(lambda one: _explained(one, city), city.settled):
        cell = one.finding.cells[0]
        said = words["carry_over"].format(
            left=one.finding.left, right=one.finding.right, text=one.text.strip()
        )
        if (mark := marks.get(cell)) is None:
            marks[cell] = mark = free_mark(notes)
        there = notes.get(mark, "").strip().rstrip(words["ends"])
        notes[mark] = words["between"].join(filter(None, (there, said)))
    return replace(report, marks=marks, notes=notes)


def _explained(one: Settled, city: Consolidation) -> bool:
    """Whether it is the carry-over's total, settled by what the office says of the sum itself: what follows
    from the units' words is theirs."""
    if not (one.city and one.settled and one.text.strip() and one.finding.rule == _CARRY_OVER):
        return False
    form, name = city.form, city.report.unit
    texts = [word.text.strip() for word in city.desk.words if is_on_city(word, name)]
    if given := city.approval.own.get(one.finding.id):
        texts.append(given.text.strip())
    own = any(text and text in one.text for text in texts)
    return own and form.by_id[one.finding.cells[0]].column.is_total


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
    words = wording_of(_PACKAGE, "notes")
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
