"""XlsxWriter's workbook as we write it: shared formulas, and parts that are compressed once."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple

from ...text import encodable, like_formula
from ..layout import address, column_letter
from ..packing import Parts
from .quoting import TextBook, TextSheet
from .sharing import families

#: What a formula shows that could not be worked out (ECMA-376, ST_CellType e).
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
#: Whole numbers below this have the digits that a spreadsheet keeps.
_EXACT = 10**15


#: Row and column (from 0) of a cell that shares its formula -> the element of the formula.
_Elements = dict[int, dict[int, str]]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _digits(number: float) -> str:
    """As XlsxWriter writes it."""
    return str(number) if number.__class__ is int and -_EXACT < number < _EXACT else f"{number:.16G}"


def _of_formula(cell: CellFormulaTuple, said: str | None) -> str:
    """``said``: the element of the formula where it is shared."""
    value = cell.value
    if said is None:
        said = f"<f>{_escaped(cell.formula)}</f>" if cell.formula else "<f/>"
    if isinstance(value, str):
        # An empty text too, as Excel itself writes it: other readers would take it for no value.
        stored = "e" if value in _ERRORS else "str"
        return f' t="{stored}">{said}<v>{_escaped(value)}</v></c>'
    assert not isinstance(value, bool)
    return f">{said}<v>{value}</v></c>"


class Sheet(TextSheet):
    """Its formulas as they are stored: without the name of their own sheet, and shared. Cells are told by row
    and column, never as ``A1``, for which XlsxWriter tries every one.

    XlsxWriter searches each formula for fifty functions newer than Excel 2007, to prefix them, and for those
    that spill: half of a template's time. The form uses none of them, and a test holds it to that.
    """

    #: A rectangle (from 0) of which XlsxWriter knows that the sheet has it: it need not be told of each cell.
    _top = _left = 1 << 30
    _bottom = _right = -1

    def _outside(self, row: int, col: int) -> bool:
        """Whether a spreadsheet has no such cell; else the sheet grows to it."""
        if self._check_dimensions(row, col):
            return True
        self._top, self._bottom = min(self._top, row), max(self._bottom, row)
        self._left, self._right = min(self._left, col), max(self._right, col)
        return False

    def _write_string(self, row: int, col: int, string: str, cell_format: Format | None = None) -> int:
        if len(string) > self.xls_strmax // 2:
            return super()._write_string(row, col, string, cell_format)
        known = self._top <= row <= self._bottom and self._left <= col <= self._right
        if not known and self._outside(row, col):
            return -1
        look = self.quoted(cell_format) if like_formula(string) else cell_format
        index = self.str_table._get_shared_string_index(encodable(string))
        self.table[row][col] = CellStringTuple(index, look)
        return 0

    def _write_number(self, row: int, col: int, number: float, cell_format: Format | None = None) -> int:
        if number.__class__ is not int and (number.__class__ is not float or not isfinite(number)):
            return int(super()._write_number(row, col, number, cell_format))
        known = self._top <= row <= self._bottom and self._left <= col <= self._right
        if not known and self._outside(row, col):
            return -1
        self.table[row][col] = CellNumberTuple(number, cell_format)
        return 0

    def _write_blank(self, row: int, col: int, blank: object, cell_format: Format | None = None) -> int:
        if cell_format is None:
            return 0
        known = self._top <= row <= self._bottom and self._left <= col <= self._right
        if not known and self._outside(row, col):
            return -1
        self.table[row][col] = CellBlankTuple(cell_format)
        return 0

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0
    ) -> int:
        known = self._top <= row <= self._bottom and self._left <= col <= self._right
        if formula.startswith("{") or (not known and self._outside(row, col)):
            return int(super()._write_formula(row, col, formula, cell_format, value))
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

    write_string, write_number, write_blank = _write_string, _write_number, _write_blank
    write_formula = _write_formula

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        text = formula.removeprefix("{").removeprefix("=").removesuffix("}")
        if "!" not in text or (own := f"'{self.name}'!") not in text:
            return text
        return re.sub(f'("[^"]*")|{re.escape(own)}', lambda found: found[1] or "", text)

    def _shared(self) -> _Elements:
        """What columns share."""
        columns: dict[int, list[tuple[int, str]]] = {}
        for row in sorted(self.table):
            for column, cell in self.table[row].items():
                if cell.__class__ is CellFormulaTuple:
                    columns.setdefault(column, []).append((row + 1, cell.formula))
        found = [(column, family) for column, cells in columns.items() for family in families(tuple(cells))]
        elements: _Elements = {}
        for number, (column, family) in enumerate(found):
            first, *others = family.rows
            ends = (address(row, column + 1) for row in (first, family.rows[-1]))
            mark = f't="shared" ref="{":".join(ends)}" si="{number}"'
            elements.setdefault(first - 1, {})[column] = f"<f {mark}>{_escaped(family.text)}</f>"
            said = f'<f t="shared" si="{number}"/>'
            for row in others:
                elements.setdefault(row - 1, {})[column] = said
        return elements

    def _write_rows(self) -> None:
        """Without which columns a row fills, which is optional; XlsxWriter asks of every cell of the sheet's
        rectangle whether it is there."""
        write, shared = self.fh.write, self._shared()
        plain = self.default_row_height == self.original_row_height and self.excel_version != 2010
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, look = self.table.get(row), self.row_info.get(row)
            if cells:
                if look is None and plain:
                    write(f'<row r="{row + 1}">')
                else:
                    self._write_row(row, None, look)
                self._write_cells(row, cells, shared.get(row, {}))
                write("</row>")
            elif look is not None or row in self.comments:
                self._write_empty_row(row, None, look)

    def _write_cells(self, row: int, cells: Mapping[int, Any], shared: Mapping[int, str]) -> None:
        """XlsxWriter looks for what to escape even in addresses and numbers of formats."""
        write, number = self.fh.write, row + 1
        for column in sorted(cells):
            cell = cells[column]
            kind, look = cell.__class__, cell.format
            if kind is CellNumberTuple:
                inside = f"><v>{_digits(cell.number)}</v></c>"
            elif kind is CellStringTuple:
                inside = f' t="s"><v>{cell.string}</v></c>'
            elif kind is CellBlankTuple:
                inside = "/>"
            elif kind is CellFormulaTuple:
                inside = _of_formula(cell, shared.get(column))
            else:
                look = None
            if look is None:
                self._write_cell(row, column, cell)
                continue
            index = look.xf_index
            if index is None:
                index = look._get_xf_index()
            write(f'<c r="{column_letter(column + 1)}{number}" s="{index}"{inside}')


class _Parts(Packager):  # type: ignore[misc]
    """Keeps the parts; the archive that XlsxWriter makes stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Parts = {}

    def _create_package(self) -> list[Any]:
        for content, name, binary in super()._create_package():
            if isinstance(content, str):
                file = Path(content)
                self.parts[name] = file.read_bytes()
                file.unlink()
            else:
                self.parts[name] = content.getvalue() if binary else content.getvalue().encode()
        return []


class PartsBook(TextBook):
    """A workbook that is packed by :func:`..packing.write_parts` alone; ``parts()`` closes it.
    ``constant_memory``: rows go into files as they come, and none can be written later."""

    def __init__(self, *, constant_memory: bool = False) -> None:
        super().__init__(io.BytesIO(), {"constant_memory" if constant_memory else "in_memory": True})

    def _get_packager(self) -> _Parts:
        self._kept = _Parts()
        return self._kept

    def parts(self) -> Parts:
        """Part name -> bytes."""
        self.close()
        return self._kept.parts


class Book(PartsBook):
    """A workbook that holds a form."""

    worksheet_class = Sheet
