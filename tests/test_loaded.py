"""A workbook that the tests change is what openpyxl makes of its file, however often it was asked for."""

from __future__ import annotations

import io
from typing import Any

import openpyxl

from support import DATA
from support.loaded import loaded

#: Of a cell, a sheet, a workbook: what they hold beside one another.
CELL = ("number_format", "font", "fill", "border", "alignment", "protection", "comment", "hyperlink")
SHEET = ("sheet_state", "merged_cells", "freeze_panes", "protection", "data_validations", "page_setup")
ROW, COLUMN = ("height", "hidden", "outlineLevel"), ("width", "hidden", "min", "max")


def held(book: Any) -> list[object]:
    """All of it, as texts."""
    found: list[object] = [repr(book.security), book.epoch, sorted(book.defined_names)]
    for sheet in book:
        found += [repr(getattr(sheet, name)) for name in SHEET]
        for names, lines in ((ROW, sheet.row_dimensions), (COLUMN, sheet.column_dimensions)):
            found += [(key, *(getattr(line, name) for name in names)) for key, line in sorted(lines.items())]
        found += [repr(rule) for area in sheet.conditional_formatting for rule in area.rules]
        for cell in (cell for row in sheet.iter_rows() for cell in row):
            text = getattr(cell.value, "text", cell.value)
            found.append((cell.coordinate, text, *(repr(getattr(cell, name)) for name in CELL)))
    return found


def saved(book: Any) -> Any:
    out = io.BytesIO()
    book.save(out)
    return openpyxl.load_workbook(io.BytesIO(out.getvalue()))


def test_a_workbook_asked_for_again_is_the_same() -> None:
    data = (DATA / "archive" / "0.8.1" / "有错误并有上年数.xlsx").read_bytes()
    right = openpyxl.load_workbook(io.BytesIO(data))
    for _ in range(3):
        again = loaded(data)
        assert held(again) == held(right)
        assert again["三"].row_dimensions[400].height is None, "a row that is not there yet is made"
        again["三"]["D9"] = "改"
    resaved = saved(loaded(data))
    assert held(resaved) == held(saved(openpyxl.load_workbook(io.BytesIO(data))))
