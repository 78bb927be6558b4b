"""XlsxWriter's workbook as we write it: shared formulas, and parts that are compressed once."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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


class _Shared(str):
    """A shared formula: its text, "" but in its first cell; ``mark``: the attributes of its element."""

    mark: str

    def __new__(cls, text: str, mark: str) -> _Shared:
        self = super().__new__(cls, text)
        self.mark = mark
        return self


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _of_formula(cell: CellFormulaTuple) -> str:
    formula, value = cell.formula, cell.value
    mark = formula.mark if isinstance(formula, _Shared) else ""
    said = f"<f{mark}>{_escaped(formula)}</f>" if formula else f"<f{mark}/>"
    if isinstance(value, str):
        # An empty text too, as Excel itself writes it: other readers would take it for no value.
        stored = ' t="e"' if value in _ERRORS else ' t="str"'
        return f"{stored}>{said}<v>{_escaped(value)}</v></c>"
    assert not isinstance(value, bool)
    return f">{said}<v>{value}</v></c>"


#: What stands in the element of a cell behind its format, by the kind of cell.
_INSIDE: dict[type, Callable[[Any], str]] = {
    CellBlankTuple: lambda cell: "/>",
    CellNumberTuple: lambda cell: f"><v>{cell.number:.16G}</v></c>",
    CellStringTuple: lambda cell: f' t="s"><v>{cell.string}</v></c>',
    CellFormulaTuple: _of_formula,
}


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

    def _write_sheet_data(self) -> None:
        self._share()
        super()._write_sheet_data()

    def _share(self) -> None:
        """Put what columns share in the place of their formulas."""
        columns: dict[int, list[tuple[int, str]]] = {}
        for row in sorted(self.table):
            for column, cell in self.table[row].items():
                if cell.__class__.__name__ == "Formula":
                    columns.setdefault(column, []).append((row + 1, cell.formula))
        found = [(column, family) for column, cells in columns.items() for family in families(tuple(cells))]
        for number, (column, family) in enumerate(found):
            ends = (address(row, column + 1) for row in (family.rows[0], family.rows[-1]))
            text, mark = family.text, f' t="shared" ref="{":".join(ends)}" si="{number}"'
            for row in family.rows:
                cells = self.table[row - 1]
                cells[column] = cells[column]._replace(formula=_Shared(text, mark))
                text, mark = "", f' t="shared" si="{number}"'

    def _write_rows(self) -> None:
        """Without which columns a row fills, which is optional; XlsxWriter asks of every cell of the sheet's
        rectangle whether it is there."""
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            cells, look = self.table.get(row), self.row_info.get(row)
            if cells:
                self._write_row(row, None, look)
                self._write_cells(row, cells)
                self._xml_end_tag("row")
            elif look is not None or row in self.comments:
                self._write_empty_row(row, None, look)

    def _write_cells(self, row: int, cells: Mapping[int, Any]) -> None:
        """XlsxWriter looks for what to escape even in addresses and numbers of formats."""
        write = self.fh.write
        for column in sorted(cells):
            cell = cells[column]
            look, kind = cell.format, cell.__class__
            inside = _INSIDE.get(kind)
            if look is None or inside is None:
                self._write_cell(row, column, cell)
                continue
            index = look.xf_index
            if index is None:
                index = look._get_xf_index()
            write(f'<c r="{column_letter(column + 1)}{row + 1}" s="{index}"{inside(cell)}')


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
