"""What Excel hands over as cell contents, as the reader of files knows them.

A block is what ``Range.Value2`` gives: rows of float, str, bool, None, or an int code where the cell holds
an error value (``Range.Value`` also gives Decimal for currency and datetime for date formats). Blank, 0 and
"/" are three states and stay three; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, Protocol

from ..form import Cell, NotANumber, reckons
from ..report import Report, Unplaced
from ..workbook.layout import Area, TableSheet
from ..workbook.reading.beside import Remark
from ..workbook.reading.cells import Outline, Position, RawCell, Value
from ..workbook.reading.copies import MAX_LOOKED
from ..workbook.reading.running import Running
from ..workbook.reading.typed import content

Block = Sequence[Sequence[Any]]

#: VT_ERROR codes as pywin32 hands them over: 0x800A0000 + CVErr number ([MS-OAUT] 2.2.49.6, Excel XlCVError).
ERRORS = {
    -2146826288: "#NULL!",
    -2146826281: "#DIV/0!",
    -2146826273: "#VALUE!",
    -2146826265: "#REF!",
    -2146826259: "#NAME?",
    -2146826252: "#NUM!",
    -2146826246: "#N/A",
}
_ERROR_TEXTS = frozenset(ERRORS.values())
_STATES = {-1: "visible", 0: "hidden", 2: "veryHidden"}
_EXCEL_LINKS = 1  # xlExcelLinks


def as_block(content: Any) -> Block:
    """A range's contents as rows, also where Excel hands over a single value or a single row."""
    if not isinstance(content, (list, tuple)):
        return ((content,),)
    if content and not isinstance(content[0], (list, tuple)):
        return (content,)
    return content


def raw_cell(found: Any, formula: bool = False, code: str = "") -> RawCell | None:
    """One content as the reader's cell, ``code`` its number format; None where the cell is empty."""
    if found is None:
        return RawCell(None, "", "blank", True) if formula else None
    if isinstance(found, str):
        return RawCell(found, found, "error" if found in _ERROR_TEXTS else "text", formula, code)
    if isinstance(found, bool):
        return RawCell(found, "TRUE" if found else "FALSE", "bool", formula)
    if isinstance(found, int) and found in ERRORS:
        return RawCell(ERRORS[found], ERRORS[found], "error", formula)
    if isinstance(found, (int, float, Decimal)):
        number: Value = float(found)
        if number == int(found):
            number = int(found)
        return RawCell(number, repr(number), "number", formula, code)
    # A date, which no typed cell may hold.
    text = str(found).removesuffix("+00:00").removesuffix(" 00:00:00")
    return RawCell(text, text, "error", formula)


def read_table(report: Report, sheet: TableSheet, block: Block) -> None:
    """Fill one table of ``report`` from the contents of ``sheet.values``.

    What is no number goes to ``unplaced`` with the cell's place.
    """
    area = sheet.values
    for cell in sheet.table.cells:
        row, column = sheet.cells[cell.id]
        raw = raw_cell(block[row - area.top][column - area.left])
        if raw is not None:
            _read_cell(report, cell, raw)


def _read_cell(report: Report, cell: Cell, raw: RawCell) -> None:
    try:
        value, mark = content(cell, raw)
    except NotANumber:
        report.unplaced.append(Unplaced(cell.place, raw.raw))
        return
    report.set(cell.id, value)
    if raw.kind == "text" and not reckons(raw.raw):
        report.as_text[cell.id] = raw.raw
    if mark:
        report.marks[cell.id] = mark


class _Sheet(Protocol):
    """What is used of an xlwings Sheet."""

    name: str
    api: Any


class LiveContents:
    """A workbook open in Excel, as ``reader.read_contents`` wants it: one read a sheet.

    Formulas are read of every sheet (one more read), for what a formula shows is not what a person typed;
    number formats (a few) only of the sheets named in ``typed``, where a date in a typed cell is a finding.
    """

    formats_read = True
    #: Nobody asks here: the person at this Excel has opened the file and let its macros run, or not.
    running: tuple[Running, ...] = ()

    def __init__(self, book: Any, typed: Container[str] = ()) -> None:
        """``book``: an xlwings Book."""
        self._sheets: dict[str, _Sheet] = {sheet.name: sheet for sheet in book.sheets}
        self._typed = typed
        self._cells: dict[str, dict[Position, RawCell]] = {}
        self.sheet_names = tuple(self._sheets)
        self.states: dict[str, str] = {
            name: _STATES.get(int(sheet.api.Visible), "visible") for name, sheet in self._sheets.items()
        }
        self.external_links = bool(book.api.LinkSources(_EXCEL_LINKS))
        self.from_1904 = bool(book.api.Date1904)

    def cells(self, sheet_name: str, wanted: Container[Position] | None = None) -> dict[Position, RawCell]:
        """The cells of a sheet that hold something, by (row, column)."""
        if sheet_name not in self._cells:
            self._cells[sheet_name] = dict(self._read(sheet_name))
        found = self._cells[sheet_name]
        return found if wanted is None else {at: cell for at, cell in found.items() if at in wanted}

    def size(self, sheet_name: str) -> int:
        """More than is looked at: sheets beside the form are the person's own, and may be large."""
        return MAX_LOOKED + 1

    def outline(self, sheet_name: str) -> Outline:
        """Nothing: the person at this Excel hides and merges what they see."""
        return Outline()

    def remarks(self, sheet_name: str) -> tuple[Remark, ...]:
        """Nothing, likewise."""
        return ()

    def _read(self, name: str) -> Iterator[tuple[Position, RawCell]]:
        used = self._sheets[name].api.UsedRange
        bottom = int(used.Row) + int(used.Rows.Count) - 1
        right = int(used.Column) + int(used.Columns.Count) - 1
        whole = Area(name, 1, 1, bottom, right)
        block = self._sheets[name].api.Range(whole.ref())
        values = as_block(block.Value2)
        formulas = as_block(block.Formula)
        codes = dict(self._codes(name, whole)) if name in self._typed else {}
        for row, contents in enumerate(values, 1):
            for column, found in enumerate(contents, 1):
                formula = str(formulas[row - 1][column - 1] or "").startswith("=")
                raw = raw_cell(found, formula, codes.get((row, column), ""))
                if raw is not None:
                    yield (row, column), raw

    def _codes(self, name: str, area: Area) -> Iterator[tuple[Position, str]]:
        """Number formats by cell. Excel gives one for a range of cells that have the same, else None."""
        code = self._sheets[name].api.Range(area.ref()).NumberFormat
        if isinstance(code, str):
            rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
            yield from (((row, column), code) for row in rows for column in columns)
            return
        high, wide = area.bottom - area.top, area.right - area.left
        if wide and wide >= high:
            middle = area.left + wide // 2
            halves = replace(area, right=middle), replace(area, left=middle + 1)
        elif high:
            middle = area.top + high // 2
            halves = replace(area, bottom=middle), replace(area, top=middle + 1)
        else:
            return
        for half in halves:
            yield from self._codes(name, half)
