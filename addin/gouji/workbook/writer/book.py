"""XlsxWriter's workbook as we write it: shared formulas, and parts that are compressed once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import CellFormulaTuple

from ..layout import address
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


def _formula(formula: str, escaped: Callable[[str], str]) -> str:
    mark = formula.mark if isinstance(formula, _Shared) else ""
    return f"<f{mark}>{escaped(formula)}</f>" if formula else f"<f{mark}/>"


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

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        del expand_future_functions
        text = formula.removeprefix("{").removeprefix("=").removesuffix("}")
        own = f"'{self.name}'!"
        if own not in text:
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
                for column in sorted(cells):
                    self._write_cell(row, column, cells[column])
                self._xml_end_tag("row")
            elif look is not None or row in self.comments:
                self._write_empty_row(row, None, look)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """XlsxWriter looks for what to escape even in addresses and numbers of formats."""
        kind = cell.__class__.__name__
        if cell.format is None or kind not in ("Blank", "String", "Number", "Formula"):
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{address(row + 1, col + 1)}" s="{cell.format._get_xf_index()}"'
        if kind == "Blank":
            self.fh.write(f"{start}/>")
        elif kind == "Number":
            self.fh.write(f"{start}><v>{cell.number:.16G}</v></c>")
        elif kind == "String":
            self.fh.write(f'{start} t="s"><v>{cell.string}</v></c>')
        else:
            value = cell.value
            text = isinstance(value, str)
            assert not isinstance(value, bool)
            # An empty text too, as Excel itself writes it: other readers would take it for no value.
            stored = ' t="e"' if value in _ERRORS else ' t="str"' if text else ""
            inside = self._escape_data(value) if text else value
            self.fh.write(f"{start}{stored}>{_formula(cell.formula, self._escape_data)}<v>{inside}</v></c>")


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
