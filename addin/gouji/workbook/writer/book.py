"""XlsxWriter's workbook as we write it: shared formulas, and parts that are compressed once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple

from ..layout import address, column_letter
from ..packing import Parts
from .quoting import TextBook, TextSheet
from .sharing import families

#: What a formula shows that could not be worked out (ECMA-376, ST_CellType e).
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!")
#: The kinds of cells that we write ourselves.
_KINDS = (CellBlankTuple, CellNumberTuple, CellStringTuple, CellFormulaTuple)


#: Row and column (from 0) of a cell that shares its formula -> the element of the formula.
_Elements = dict[int, dict[int, str]]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


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

    write_string = TextSheet._write_string
    write_number = TextSheet._write_number
    write_blank = TextSheet._write_blank

    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0
    ) -> int:
        if formula.startswith("{") or self._check_dimensions(row, col):
            return int(super()._write_formula(row, col, formula, cell_format, value))
        self.table[row][col] = CellFormulaTuple(self._prepare_formula(formula), cell_format, value)
        return 0

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
            look, kind = cell.format, cell.__class__
            if look is None or kind not in _KINDS:
                self._write_cell(row, column, cell)
                continue
            index = look.xf_index
            if index is None:
                index = look._get_xf_index()
            if kind is CellBlankTuple:
                inside = "/>"
            elif kind is CellFormulaTuple:
                inside = _of_formula(cell, shared.get(column))
            elif kind is CellStringTuple:
                inside = f' t="s"><v>{cell.string}</v></c>'
            else:
                inside = f"><v>{cell.number:.16G}</v></c>"
            write(f'<c r="{column_letter(column + 1)}{number}" s="{index}"{inside}')


class _Parts(Packager):  # type: ignore[misc]
    """Keeps the parts; the archive that XlsxWriter makes stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Parts = {}

    def _create_package(self) -> list[Any]:
        for content, name, binary in super()._create_package():
            self.parts[name] = content.getvalue() if binary else content.getvalue().encode()
        return []


class Book(TextBook):
    """A workbook in memory; ``parts()`` closes it."""

    worksheet_class = Sheet

    def _get_packager(self) -> _Parts:
        self._kept = _Parts()
        return self._kept

    def parts(self) -> Parts:
        """Part name -> bytes."""
        self.close()
        return self._kept.parts
