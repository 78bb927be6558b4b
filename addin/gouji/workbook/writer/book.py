"""XlsxWriter's workbook as we write it: shared formulas, and parts that are compressed once."""

from __future__ import annotations

import re
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.worksheet import Worksheet

from ..layout import address
from ..packing import Parts
from .sharing import families


class _Shared(str):
    """A shared formula: its text, "" but in its first cell; ``mark``: the attributes of its element."""

    mark: str

    def __new__(cls, text: str, mark: str) -> _Shared:
        self = super().__new__(cls, text)
        self.mark = mark
        return self


class Sheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Its formulas as they are stored: without the name of their own sheet, and shared.

    XlsxWriter searches each formula for fifty functions newer than Excel 2007, to prefix them: a third of a
    template's time. The form uses none of them, and a test holds it to that.
    """

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
        found = [(column, family) for column, cells in columns.items() for family in families(cells)]
        for number, (column, family) in enumerate(found):
            ends = (address(row, column + 1) for row in (family.rows[0], family.rows[-1]))
            text, mark = family.text, f' t="shared" ref="{":".join(ends)}" si="{number}"'
            for row in family.rows:
                cells = self.table[row - 1]
                cells[column] = cells[column]._replace(formula=_Shared(text, mark))
                text, mark = "", f' t="shared" si="{number}"'

    def _xml_formula_element(self, formula: str, result: Any, attributes: Any = ()) -> None:
        cell = "".join([f' {name}="{value}"' for name, value in attributes])
        mark = formula.mark if isinstance(formula, _Shared) else ""
        inner = f"<f{mark}>{self._escape_data(formula)}</f>" if formula else f"<f{mark}/>"
        value = self._escape_data(result) if result != "" else ""
        self.fh.write(f"<c{cell}>{inner}<v>{value}</v></c>")


class _Parts(Packager):  # type: ignore[misc]
    """Keeps the parts; the archive that XlsxWriter makes stays empty."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: Parts = {}

    def _create_package(self) -> list[Any]:
        for content, name, binary in super()._create_package():
            self.parts[name] = content.getvalue() if binary else content.getvalue().encode()
        return []


class Book(xlsxwriter.Workbook):  # type: ignore[misc]
    """A workbook in memory; ``parts()`` closes it."""

    worksheet_class = Sheet

    def _get_packager(self) -> _Parts:
        self._kept = _Parts()
        return self._kept

    def parts(self) -> Parts:
        """Part name -> bytes."""
        self.close()
        return self._kept.parts
