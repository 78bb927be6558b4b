"""明细 as it is read back next year.

It is read by its heads — table, row and column stand above every number — so a file that an earlier
version of the program wrote is read as well. Its edition is that of the cells which its heads name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ...form import TABLE_KEYS, Form, NotANumber, TableKey, edition_for_year, editions, load_form
from ...marks import marks_of
from ...records import dataclass
from ...report import Report, Unplaced
from ...wording import wording_of
from ...workbook.kind import whose
from ...workbook.reading.cells import Position, RawCell
from ...workbook.reading.guard import Refused
from ...workbook.reading.reader import template_data
from ...workbook.reading.sheets import Book
from ...workbook.reading.typed import content
from ..detail_columns import COLUMNS, Head, Line, plain_head, printed_head, words
from ..intake.names import plain_name

_Cells = dict[Position, RawCell]


@dataclass(frozen=True)
class Detail:
    """What 明细 holds: whose and of which year ("", 0 where it does not say), units and adjustments;
    ``reasons``: those of the adjustments, as the sheet 调整 beside it has them."""

    unit: str
    year: int
    form: Form
    reports: list[Report]
    adjusted: list[Report]
    sealed: frozenset[str]
    reasons: tuple[str, ...] = ()


class _Heads(NamedTuple):
    """Where the heads stand: ``row`` of the units' own heads, and the columns below them by key."""

    row: int
    columns: dict[str, int]
    cells: dict[int, Head]


def find_detail(book: Book, file: str) -> Detail | None:
    """The sheet by its name, read; None where there is none or it holds nothing of ours."""
    mark = marks_of("gouji.city", "sheets")["detail"]
    name = next((name for name in book.sheet_names if mark.names(name)), None)
    if name is None:
        return None
    book.of_list()
    cells = book.cells(name)
    heads = _heads(cells)
    if heads is None:
        return None
    unit, year = _whose(book, cells)
    form = _form(heads, year, file)
    columns = _columns(heads, form)
    reports, adjusted, sealed = [], [], set()
    for row in _rows(cells, heads):
        line = Line(_read_row(form, year, cells, row, columns))
        for column in COLUMNS:
            if column.read:
                column.read(line, _text(cells, row, heads.columns.get(column.key)))
        if words()["adjusted"].names(line.report.unit):
            adjusted.append(replace(line.report, unit=""))
            continue
        if line.sealed:
            sealed.add(plain_name(line.report.unit))
        reports.append(line.report)
    reasons = tuple(_reasons(book)) if adjusted else ()
    return Detail(unit, year, form, reports, adjusted, frozenset(sealed), reasons)


def _reasons(book: Book) -> Iterator[str]:
    """Each reason of the sheet 调整 once; none where it was taken out or its head is not found."""
    mark, head = (
        marks_of("gouji.city", "sheets")["adjustments"],
        marks_of("gouji.city", "adjustments.columns"),
    )
    name = next((name for name in book.sheet_names if mark.names(name)), None)
    cells = book.cells(name) if name else {}
    at = next((place for place, cell in cells.items() if head["reason"].names(cell.raw)), None)
    texts = (cell.raw.strip() for (r, c), cell in cells.items() if at and c == at[1] and r > at[0])
    yield from dict.fromkeys(filter(None, texts))


def _text(cells: Mapping[Position, RawCell], row: int, column: int | None) -> str:
    cell = cells.get((row, column)) if column else None
    return cell.raw.strip() if cell else ""


def _heads(cells: _Cells) -> _Heads | None:
    """The three labels 表, 行, 列 one below the other, and under them the heads of the units' own columns."""
    labels = [words()[key] for key in ("table", "row", "column")]
    for (row, column), cell in cells.items():
        if labels[0].names(cell.raw) and all(
            label.names(_text(cells, row + i, column)) for i, label in enumerate(labels)
        ):
            break
    else:
        return None
    top, left = row, column
    right = [c for r, c in cells if r == top + 2 and c > left]
    named = {c: (_text(cells, top, c), _text(cells, top + 1, c), _text(cells, top + 2, c)) for c in right}
    heads = {c: plain_head(texts) for c, texts in named.items() if all(texts)}
    own = {
        column.key: c
        for (r, c), cell in cells.items()
        if r == top + 3 and c not in heads
        for column in COLUMNS
        if column.head.names(cell.raw)
    }
    return _Heads(top + 3, own, heads) if "unit" in own else None


def _whose(book: Book, cells: _Cells) -> tuple[str, int]:
    """Unit and year as the very hidden sheet says them, else from the title; ("", 0) if that was changed."""
    try:
        unit, year = whose(template_data(book))
    except Refused:
        unit, year = "", 0
    if unit and year:
        return unit, year
    for title in marks_of("gouji.city", "titles")["detail"].spellings:
        pattern = (
            re.escape(title).replace(r"\{unit\}", "(?P<unit>.+)").replace(r"\{year\}", "(?P<year>[0-9]{4})")
        )
        if found := re.match(pattern, _text(cells, 1, 1)):
            return found["unit"], int(found["year"])
    return "", 0


def _form(heads: _Heads, year: int, file: str) -> Form:
    """For each table the edition whose every cell has its column. Raises Refused where none has."""
    present = set(heads.cells.values())
    order = sorted(editions(), key=lambda edition: edition != (edition_for_year(year) if year else ""))
    chosen: dict[TableKey, str] = {}
    for key in TABLE_KEYS:
        fitting = [e for e in order if set(_named(load_form(e), key)) <= present]
        if not fitting:
            said = wording_of("gouji.city", "detail")["unknown_columns"]
            title = load_form(order[0]).tables[key].section.title
            raise Refused("detail", said.format(file=file, table=title))
        chosen[key] = fitting[0]
    edition = chosen["table2"]
    return load_form(edition, {k: e for k, e in chosen.items() if e != edition})


def _named(form: Form, key: str) -> Iterator[Head]:
    for cell in form.cells:
        if cell.table == key:
            yield head_of(form, cell.id)


def head_of(form: Form, cell_id: str) -> Head:
    """Table, row and column of a cell as 明细 prints them, in the writing by which they are compared."""
    return plain_head(printed_head(form, cell_id))


def _columns(heads: _Heads, form: Form) -> dict[str, int]:
    places = {head: column for column, head in heads.cells.items()}
    return {cell.id: places[head_of(form, cell.id)] for cell in form.cells}


def _rows(cells: _Cells, heads: _Heads) -> Iterator[int]:
    """The rows below the heads down to the sums: units, then the adjustments where there are any.

    Raises Refused for a row that holds something but names nobody: nobody's last year is guessed.
    """
    column = heads.columns["unit"]
    for row in sorted({at for at, _ in cells if at > heads.row}):
        name = _text(cells, row, column)
        if words()["sum"].names(name):
            return
        if not name:
            raise Refused("detail", wording_of("gouji.city", "detail")["nameless"].format(row=row))
        yield row


def _read_row(form: Form, year: int, cells: _Cells, row: int, columns: Mapping[str, int]) -> Report:
    report = Report(form, year=year)
    for cell in form.cells:
        raw = cells.get((row, columns[cell.id]))
        if raw is None:
            continue
        try:
            value, _ = content(cell, raw)
        except NotANumber:
            report.unplaced.append(Unplaced(cell.place, raw.raw))
            continue
        if value is not None:
            report.values[cell.id] = value
    return report
