"""As much of Excel's object model as 校验 touches, holding a workbook that gouji built.

Plain objects with Excel's member names: used directly on any system, behind real COM interfaces under Wine.
Cell contents are what Excel hands over: float, str, bool, None; ``formulas`` are kept beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

from gouji.workbook.packing import read_parts
from gouji.workbook.reading.sheets import open_book

_VISIBLE = {"visible": -1, "hidden": 0, "veryHidden": 2}
_A1 = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?\Z")
_ARRAY = re.compile(r'<f t="array" ref="([^"]+)"[^>]*>([^<]*)</f>')
_PERMISSIONS = [
    "FormattingCells",
    "FormattingColumns",
    "FormattingRows",
    "InsertingColumns",
    "InsertingRows",
    "InsertingHyperlinks",
    "DeletingColumns",
    "DeletingRows",
    "Sorting",
    "Filtering",
    "UsingPivotTables",
]


class ExcelError(Exception):
    """What Excel answers with error 1004."""


class Thing:
    """Base of all objects; ``interface`` is the name of Excel's own interface."""

    interface = "_Application"


class Count(Thing):
    interface = "Sheets"

    def __init__(self, count: int) -> None:
        self.Count = count


class Protection(Thing):
    interface = "Sheets"

    def __init__(self) -> None:
        for name in _PERMISSIONS:
            setattr(self, f"Allow{name}", name == "FormattingColumns")


class Range(Thing):
    interface = "Range"

    def __init__(self, sheet: Worksheet, top: int, left: int, bottom: int, right: int) -> None:
        self.Worksheet, self.Row, self.Column = sheet, top, left
        self._box = top, left, bottom, right

    @property
    def Rows(self) -> Count:
        return Count(self._box[2] - self._box[0] + 1)

    @property
    def Columns(self) -> Count:
        return Count(self._box[3] - self._box[1] + 1)

    @property
    def Count(self) -> int:
        return self.Rows.Count * self.Columns.Count

    def places(self) -> frozenset[tuple[int, int]]:
        top, left, bottom, right = self._box
        return frozenset((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))

    def _refuse_part_of_an_array(self) -> None:
        inside = self.places()
        if any(array & inside and array - inside for array in self.Worksheet.arrays):
            raise ExcelError("1004 part of an array")

    def _grid(self, cells: dict[tuple[int, int], Any], empty: Any = None) -> Any:
        top, left, bottom, right = self._box
        rows = tuple(
            tuple(cells.get((r, c), empty) for c in range(left, right + 1)) for r in range(top, bottom + 1)
        )
        return rows[0][0] if self.Count == 1 else rows

    @property
    def Value2(self) -> Any:
        self.Worksheet.reads += 1
        return self._grid(self.Worksheet.values)

    @Value2.setter
    def Value2(self, content: Any) -> None:
        sheet = self.Worksheet
        if sheet.ProtectContents:
            raise ExcelError("1004")
        self._refuse_part_of_an_array()
        sheet.writes.append(self._box)
        top, left, bottom, right = self._box
        for r in range(top, bottom + 1):
            for c in range(left, right + 1):
                value = content[r - top][c - left] if isinstance(content, tuple) else content
                sheet.values[r, c] = float(value) if type(value) is int else value
                sheet.formulas.pop((r, c), None)
        sheet.arrays = [array for array in sheet.arrays if not array & self.places()]

    Value = Value2

    def ClearContents(self) -> None:
        sheet = self.Worksheet
        if sheet.ProtectContents:
            raise ExcelError("1004")
        self._refuse_part_of_an_array()
        inside = self.places()
        sheet.arrays = [array for array in sheet.arrays if not array & inside]
        for at in inside:
            sheet.values.pop(at, None)
            sheet.formulas.pop(at, None)

    @property
    def Formula(self) -> Any:
        sheet = self.Worksheet
        shown = {at: "" if v is None else str(v) for at, v in sheet.values.items()} | sheet.formulas
        return self._grid(shown, "")

    @property
    def NumberFormat(self) -> str | None:
        """One code where all cells have the same, else None."""
        top, left, bottom, right = self._box
        places = ((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        codes = {self.Worksheet.codes.get(at) or "General" for at in places}
        return codes.pop() if len(codes) == 1 else None

    @property
    def HasFormula(self) -> bool | None:
        top, left, bottom, right = self._box
        inside = [r for r, c in self.Worksheet.formulas if top <= r <= bottom and left <= c <= right]
        return False if not inside else True if len(inside) == self.Count else None

    def Select(self) -> None:
        self.Worksheet.Parent.selected = self.Worksheet.Name, *self._box[:2]


class Worksheet(Thing):
    interface = "_Worksheet"

    def __init__(self, book: Workbook, name: str, visible: int) -> None:
        self.Parent, self.Name, self.Visible = book, name, visible
        self.values: dict[tuple[int, int], Any] = {}
        self.formulas: dict[tuple[int, int], str] = {}
        self.codes: dict[tuple[int, int], str] = {}
        self.arrays: list[frozenset[tuple[int, int]]] = []
        self.ProtectContents = self.ProtectDrawingObjects = self.ProtectScenarios = True
        self.Protection = Protection()
        self.password = ""
        self.user_interface_only = False
        self.reads, self.writes = 0, list[tuple[int, int, int, int]]()

    @property
    def Application(self) -> Application:
        return self.Parent.Application

    @property
    def UsedRange(self) -> Range:
        places = [*self.values, *self.formulas] or [(1, 1)]
        rows, columns = zip(*places, strict=True)
        return Range(self, min(rows), min(columns), max(rows), max(columns))

    def Range(self, first: Any, last: Any = None) -> Range:
        if not isinstance(first, str):
            return Range(self, first.Row, first.Column, last.Row, last.Column)
        found = _A1.match(first)
        assert found, first
        top, left = int(found[2]), _column(found[1])
        return Range(self, top, left, int(found[4] or top), _column(found[3]) if found[3] else left)

    def Cells(self, row: int, column: int) -> Range:
        return Range(self, row, column, row, column)

    def Activate(self) -> None:
        self.Parent.active = self.Name

    def Unprotect(self, password: str = "") -> None:
        if password != self.password:
            raise ExcelError("1004")
        self.ProtectContents = self.ProtectDrawingObjects = self.ProtectScenarios = False

    def Protect(
        self, password: str, drawing: bool, contents: bool, scenarios: bool, ui: bool, *allow: bool
    ) -> None:
        self.ProtectContents, self.ProtectDrawingObjects = contents, drawing
        self.ProtectScenarios, self.user_interface_only = scenarios, ui
        for name, allowed in zip(_PERMISSIONS, allow, strict=True):
            setattr(self.Protection, f"Allow{name}", allowed)


class Sheets(Thing):
    interface = "Sheets"

    def __init__(self, sheets: list[Worksheet]) -> None:
        self._sheets = sheets

    @property
    def Count(self) -> int:
        return len(self._sheets)

    def Item(self, key: Any) -> Worksheet:
        for i, sheet in enumerate(self._sheets, 1):
            if key in (i, sheet.Name):
                return sheet
        raise ExcelError(f"9 {key}")

    def __iter__(self) -> Iterator[Worksheet]:
        return iter(self._sheets)


class Application(Thing):
    interface = "_Application"

    def __init__(self) -> None:
        self.Name, self.Version, self.Hwnd = "Microsoft Excel", "16.0", 1
        self.Path = r"C:\Program Files\Microsoft Office\root\Office16"


class Workbook(Thing):
    interface = "_Workbook"

    def __init__(self, content: bytes | Path, name: str = "年报.xlsx") -> None:
        self.Application = Application()
        self.Name, self.Path = name, ""
        self.active, self.selected, self.Date1904 = "", ("", 0, 0), False
        book = open_book(content)
        self._sheets = [Worksheet(self, n, _VISIBLE[book.states[n]]) for n in book.sheet_names]
        for sheet in self._sheets:
            for at, cell in book.cells(sheet.Name).items():
                value = float(cell.value) if cell.kind == "number" else cell.value  # type: ignore[arg-type]
                sheet.values[at], sheet.codes[at] = value, cell.format
                if cell.formula:
                    sheet.formulas[at] = "=1"
        parts = read_parts(content if isinstance(content, bytes) else content.read_bytes())
        self.HasVBProject = "xl/vbaProject.bin" in parts
        for sheet in self._sheets:
            for area, formula in _arrays(parts, book._sheets[sheet.Name].part):
                places = sheet.Range(area).places()
                sheet.arrays.append(places)
                sheet.formulas.update(dict.fromkeys(places, formula))

    @property
    def Sheets(self) -> Sheets:
        return Sheets(self._sheets)

    Worksheets = Sheets

    def LinkSources(self, kind: int) -> None:
        return None

    def sheet(self, name: str) -> Worksheet:
        return self.Sheets.Item(name)


def _arrays(parts: Mapping[str, bytes], part: str) -> Iterator[tuple[str, str]]:
    """Array formulas of a sheet: area and text."""
    for area, text in _ARRAY.findall(parts[part].decode()):
        yield area, "=" + unescape(text, {"&quot;": '"'})


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


# ---------------------------------------------------------------- as xlwings shows it


class _XlSheet:
    def __init__(self, api: Worksheet) -> None:
        self.api, self.name = api, api.Name


class _XlSheets:
    def __init__(self, book: Workbook) -> None:
        self._book = book

    def __iter__(self) -> Iterator[_XlSheet]:
        return map(_XlSheet, self._book.Sheets)

    def __getitem__(self, name: str) -> _XlSheet:
        return _XlSheet(self._book.sheet(name))


class XlBook:
    """What ``xlwings.Book`` offers of the workbook, without a COM server between."""

    def __init__(self, api: Workbook) -> None:
        self.api, self.name, self.sheets = api, api.Name, _XlSheets(api)
        self.app = type("App", (), {"api": api.Application})()
