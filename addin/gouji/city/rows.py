"""The one long table: a row for every cell of every unit that was summed, and of the city.

What is shown of a run — 来源, 变化, 分析, 通报 — is a view of these rows, or of what they are made of. They
are plain, without pandas; the exact sum is made elsewhere and held against them by a test.
``memory/long_table.py`` hands them out as a frame, CSV or Parquet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ..form import SLASH, Form, Value
from ..report import Report

if TYPE_CHECKING:
    from .consolidate import Consolidation


class Row(NamedTuple):
    """``unit``, ``code``: as the roster has them, the city's own for its rows, whose ``file`` and ``sha256``
    are "". ``table``, ``row``, ``column``: as the form prints them; ``cell``: the id. ``value``: a whole
    number, 分 for money, None where there is none; ``state``: ``number``, ``slash`` or ``blank``, in
    what is handed out also ``adjusted`` (see ``memory/balanced.py``)."""

    run: int
    unit: str
    code: str
    year: int
    table: str
    row: str
    column: str
    cell: str
    value: int | None
    state: str
    file: str
    sha256: str


class Source(NamedTuple):
    """A report whose cells are rows: of a unit that was summed, or of the city, whose file and sha256 are
    ""."""

    unit: str
    code: str
    report: Report
    file: str = ""
    sha256: str = ""


def sources(city: Consolidation) -> Iterator[Source]:
    """Every unit that was summed, in the order of the roster, then the city."""
    for filed, (name, report) in zip(city.taken, city.parts, strict=True):
        code = (filed.unit.code if filed.unit else report.code) or ""
        yield Source(name, code, report, filed.submission.file, filed.submission.sha256)
    yield Source(city.report.unit, city.report.code or "", city.report)


def rows(city: Consolidation) -> Iterator[Row]:
    """The rows of all :func:`sources`; 12 columns, one row a cell."""
    for source in sources(city):
        yield from report_rows(city.form, city.run.number, source)


def report_rows(form: Form, run: int, source: Source) -> Iterator[Row]:
    """The rows of one report, in the order of the form."""
    report = source.report
    for cell in form.cells:
        number, state = _split(report.value(cell.id))
        table = form.tables[cell.table].section.number
        place = (table, cell.row.key, cell.column.key, cell.id)
        yield Row(
            run, source.unit, source.code, report.year, *place, number, state, source.file, source.sha256
        )


def _split(value: Value) -> tuple[int | None, str]:
    if value is None:
        return None, "blank"
    return (None, "slash") if value == SLASH else (int(value), "number")
