"""What a person does to a report, each as a new state: cells, cover, texts, notes, explanations, answers.

Nothing that is typed is lost: what can not be read is kept as it was typed, and the rules say so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from ..errors import GoujiError
from ..form import TABLE_KEYS, Cell, NotANumber, TableKey, Value
from ..report import PREFACE, Explanation, Report, Unplaced, declaration, plain_mark, text_lines
from ..rules import Finding
from ..rules.cells import as_declared
from ..rules.explanations import ExplanationError, explain, lack, moved, states
from ..text import encodable
from ..wording import wording_of
from ..workbook.layout import layout_of
from ..workbook.reading.cells import RawCell
from ..workbook.reading.cover_fields import year_of
from ..workbook.reading.kept import check_kept
from ..workbook.reading.typed import typed as read_typed
from ..workbook.wording import wording
from .held import Held, Standing

#: What makes a state of another.
Change = Callable[[Standing], Standing]


class NotTaken(GoujiError, ValueError):
    """What was typed has no place in the form; the message is one Chinese line."""

    def __init__(self, key: str, **fields: object) -> None:
        super().__init__(wording_of("gouji.page", "typing")[key].format(**fields))


def fields() -> tuple[str, ...]:
    """The fields of the cover that are texts, in order."""
    return tuple(name for name in wording("cover.fields") if name != "blank_is_zero")


def cells(standing: Standing, given: Mapping[str, str]) -> Standing:
    """Cells by id -> what was typed, read as a workbook's reader reads a cell of text."""
    report = standing.report
    values, marks = dict(report.values), dict(report.marks)
    unplaced = _without(report.unplaced, {report.form.by_id[one].place for one in given})
    confirmed = dict(report.confirmed)
    for cell_id, text in given.items():
        cell, text = report.form.by_id[cell_id], encodable(text)
        found = read_typed(cell, RawCell(text, text, "text" if text.strip() else "blank", False))
        if found.unread is not None:
            unplaced.append(Unplaced(cell.place, found.unread))
        if found.mark:
            marks[cell_id] = plain_mark(found.mark)
        _put(values, cell_id, found.value)
        if cell_id in confirmed and confirmed[cell_id] != found.value:
            del confirmed[cell_id]  # what was typed later counts
    return _touched(
        standing,
        given,
        values=values,
        marks=marks,
        unplaced=unplaced,
        confirmed=confirmed,
        as_text={cell: text for cell, text in report.as_text.items() if cell not in given},
    )


def cover(standing: Standing, field: str, text: str) -> Standing:
    """A field of the cover: unit, code, year, period_from, period_to. Raises KeyError for any other."""
    report, text = standing.report, encodable(text).strip()
    if field not in fields():
        raise KeyError(field)
    place = layout_of(report.form).field(field)
    unplaced = _without(report.unplaced, {place})
    changes: dict[str, Any] = {"unplaced": unplaced}
    if field == "year":
        changes["year"] = year_of(text)
        if text and not changes["year"]:
            unplaced.append(Unplaced(place, text))
    elif field in ("period_from", "period_to"):
        start, end = report.period or ("", "")
        period = (text, end) if field == "period_from" else (start, text)
        changes["period"] = period if any(period) else None
    else:
        changes[field] = text or (None if field == "code" else "")
    return _touched(standing, (field,), **changes)


def declared(standing: Standing, table: str, yes: bool) -> Standing:
    """空白均为 0, of one table or, with "", of all. Raises KeyError for a table that there is not."""
    report = standing.report
    chosen = _table_keys(table)
    said = {key for key in TABLE_KEYS if report.declares(key)}
    return _but(standing, blank_is_zero=declaration(said | chosen if yes else said - chosen))


def zeroed(standing: Standing, table: str) -> Standing:
    """0 typed into the blanks that the declaration makes 0, of one table or, with "", of all. Raises KeyError
    for a table that there is not."""
    report, chosen = standing.report, _table_keys(table)
    blank = [c for c in report.form.cells if c.table in chosen and report.is_blank(c.id)]
    found = {c.id: value for c in blank if (value := as_declared(report, c.id)) is not None}
    return cells(standing, {c.id: c.kind.show(found[c.id]) for c in blank if c.id in found})


def _table_keys(table: str) -> set[TableKey]:
    found = {key for key in TABLE_KEYS if table in ("", key)}
    if not found:
        raise KeyError(table)
    return found


def text(standing: Standing, section: str, said: str, *, came_without: bool = False) -> Standing:
    """A section that is a text, or 引言. Raises KeyError for any other. ``came_without``: the file had no
    texts at all, as it has again where none is left."""
    report = standing.report
    order = [PREFACE, *(s.number for s in report.form.sections if not s.table)]
    if section not in order:
        raise KeyError(section)
    texts = {**(report.texts or {}), section: text_lines(encodable(said))}
    left = {key: texts[key] for key in order if texts.get(key)}
    return _but(standing, texts=left or (None if came_without else {}))


def note(standing: Standing, mark: str, said: str) -> Standing:
    """The text of a note by its mark; "" takes it away."""
    mark = plain_mark(encodable(mark))
    if not mark:
        raise NotTaken("no_mark")
    notes = {**standing.report.notes, mark: text_lines(encodable(said))}
    return _but(standing, notes={key: one for key, one in notes.items() if one})


def mark(standing: Standing, cell_id: str, name: str) -> Standing:
    """The mark of a note at a cell; "" takes it away."""
    standing.report.form.by_id[cell_id]
    marks = {**standing.report.marks, cell_id: plain_mark(encodable(name))}
    return _but(standing, marks={cell: one for cell, one in marks.items() if one})


def explaining(held: Held, finding_id: str, said: str, state: str) -> Change:
    """审核说明 of a finding, for its present numbers. One that says too little is kept and does not count; ""
    takes it away. ``state``: "" for the first that counts, else one of the states that may follow. Raises
    ExplanationError."""
    judged, said = held.told.report, text_lines(encodable(said)).strip()
    before = judged.explanations.get(finding_id)
    given = {key: one for key, one in judged.explanations.items() if key != finding_id}
    if said:
        if before is None or before.text != said:
            before = _given(judged, held.findings, finding_id, said)
        if state and state != before.state:
            before = moved(before, state)
        given[finding_id] = before
    return partial(_but, explanations=given)


def _given(judged: Report, findings: Sequence[Finding], finding_id: str, said: str) -> Explanation:
    try:
        return explain(judged, findings, finding_id, said).explanations[finding_id]
    except ExplanationError:
        if not any(f.id == finding_id and f.level != "error" for f in findings) or not lack(said):
            raise
        return Explanation(said, states()[0])


def answered(standing: Standing, cell_id: str, said: str) -> Standing:
    """A figure that was looked up: ``""`` where it is right as it stands; else it is typed, and believed.

    Raises NotTaken where the cell is blank or the text is nothing that it can hold.
    """
    report, cell = standing.report, standing.report.form.by_id[cell_id]
    if said.strip():
        standing = cells(standing, {cell_id: _number(report, cell, encodable(said))})
    value = standing.report.value(cell_id)
    if value is None:
        raise NotTaken("confirms_blank", place=_place(report, cell))
    return _but(standing, confirmed={**standing.report.confirmed, cell_id: value})


def _number(report: Report, cell: Cell, said: str) -> str:
    """The text, where it is a content of the cell."""
    try:
        cell.kind.parse(said)
    except NotANumber as error:
        raise NotTaken("no_number", place=_place(report, cell), text=said) from error
    return said


def _place(report: Report, cell: Cell) -> str:
    return "!".join(layout_of(report.form).locate(cell.id))


def _put(values: dict[str, Value], cell_id: str, value: Value) -> None:
    if value is None:
        values.pop(cell_id, None)
    else:
        values[cell_id] = value


def _without(unplaced: Sequence[Unplaced], places: set[str]) -> list[Unplaced]:
    return [one for one in unplaced if one.place not in places]


def _touched(standing: Standing, names: Sequence[str] | Mapping[str, str], **changes: Any) -> Standing:
    return replace(_but(standing, **changes), touched=standing.touched | set(names))


def _but(standing: Standing, **changes: Any) -> Standing:
    """The state with another report. Raises Refused where that holds more than is kept of a file."""
    report = replace(standing.report, **changes)
    check_kept(report)
    return replace(standing, report=report)
