"""明细: its columns beside the form's cells, declared once for who writes the sheet and who reads it back.

A further column is one more line in :data:`COLUMNS` and its head in ``marks.toml``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..form import Form
from ..marks import Mark, marks_of
from ..records import dataclass
from ..report import Report, declaration
from .intake.names import plain_name

if TYPE_CHECKING:
    from .intake.sorting import Filed

#: Table, row and column as printed, by which a number's column is known.
Head = tuple[str, str, str]


@dataclass
class Line:
    """One row of 明细 as it is read: the report, and whether the unit's workbook was sealed."""

    report: Report
    sealed: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``width`` in characters; ``write``: what stands there for one unit, whose report is under the roster's
    name; ``read``: takes it back into the line, None where nothing is read of it; ``leads``: to the file."""

    key: str
    width: int
    write: Callable[[Filed, Report], str]
    read: Callable[[Line, str], None] | None = None
    leads: bool = False

    @property
    def head(self) -> Mark:
        return words()[self.key]


def words() -> dict[str, Mark]:
    """The marks of the sheet: its heads and the names of its last rows."""
    return marks_of("gouji.city", "detail")


def _seals() -> dict[str, Mark]:
    return marks_of("gouji.city", "seals")


def _write_unit(filed: Filed, report: Report) -> str:
    return filed.unit.name if filed.unit else report.unit


def _read_unit(line: Line, text: str) -> None:
    line.report.unit = text


def _write_code(filed: Filed, report: Report) -> str:
    return (filed.unit.code if filed.unit else report.code) or ""


def _read_code(line: Line, text: str) -> None:
    line.report.code = text or None


def _write_file(filed: Filed, report: Report) -> str:
    return filed.submission.file


def _write_seal(filed: Filed, report: Report) -> str:
    return str(_seals()[filed.submission.seal]) if filed.submission.seal else ""


def _read_seal(line: Line, text: str) -> None:
    line.sealed = _seals()["intact"].names(text)


def _write_declared(filed: Filed, report: Report) -> str:
    """是, or the numbers of the tables for which it is said."""
    if report.blank_is_zero is True:
        return str(words()["yes"])
    tables = report.form.tables.items()
    return str(words()["and"]).join(t.section.number for key, t in tables if report.declares(key))


def _read_declared(line: Line, text: str) -> None:
    numbers, report = text.strip().split(words()["and"]), line.report
    tables = (key for key, t in report.form.tables.items() if t.section.number in numbers)
    report.blank_is_zero = words()["yes"].names(text) or declaration(tables)


#: Left of the cells, then right of them.
BEFORE = (
    Column("unit", 26, _write_unit, _read_unit),
    Column("code", 10, _write_code, _read_code),
    Column("file", 24, _write_file, leads=True),
)
BEYOND = (
    Column("seal", 12, _write_seal, _read_seal),
    Column("declared", 12, _write_declared, _read_declared),
)
COLUMNS = (*BEFORE, *BEYOND)
#: The least width of a cell's column: with its heads upright 200 columns come to few pages.
CELL_WIDTH = 5


def printed_head(form: Form, cell_id: str) -> Head:
    """Table, row and column of a cell as the sheet prints them above its numbers."""
    cell = form.by_id[cell_id]
    return form.tables[cell.table].section.number, cell.row.key, cell.column.label


def plain_head(head: Head) -> Head:
    """A head in the writing by which heads are compared."""
    table, row, column = (plain_name(text) for text in head)
    return table, row, column
