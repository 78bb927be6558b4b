"""How fast the guarded reader is: python tests/benchmarks/bench_reader.py

All readers read the same books in interleaved rounds of one run. Printed: median milliseconds of CPU a book,
the ratio to the guarded reader and to the floor, which is inflating the needed parts by zlib, nothing else.
"""

from __future__ import annotations

import io
import statistics
import time
import zipfile
import zlib
from collections.abc import Callable

import openpyxl
from openpyxl.styles import Border, Font, Side
from python_calamine import CalamineWorkbook

from gouji.workbook.reading.sheets import open_book

ROUNDS = 15
SHEETS = ("封面", "一", "二", "三", "四", "五", "六", "校验", "填报说明")
BLOAT_ROWS, BLOAT_COLUMNS = 2000, 30
# Rows and columns of numbers: the 200 typed cells of the 2021 edition, and 25 beside them.
GRIDS = {"二": (5, 2), "三": (25, 7), "四": (3, 5), "校验": (25, 1)}


def build(bloated: bool) -> bytes:
    """A book of 9 sheets, 225 numbers and a label a row; bloated: 3 x 60 000 styled empty cells."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    style, border = Font(name="仿宋_GB2312", size=10), Border(left=Side("thin"), top=Side("thin"))
    for name in SHEETS:
        sheet = book.create_sheet(name)
        rows, columns = GRIDS.get(name, (5, 0))
        if bloated and name in ("二", "三", "四"):
            for row in range(1, BLOAT_ROWS + 1):
                for column in range(1, BLOAT_COLUMNS + 1):
                    sheet.cell(row, column).font = style
        for row in range(1, rows + 1):
            sheet.cell(row, 1, f"{name}第{row}行的名称").font = style
            for column in range(2, columns + 2):
                cell = sheet.cell(row, column, row * 97 + column)
                cell.font, cell.border = style, border
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def guarded(data: bytes) -> int:
    book = open_book(data)
    return sum(len(book.cells(name)) for name in book.sheet_names)


def calamine(data: bytes) -> int:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    grids = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    return sum(value != "" for grid in grids for row in grid for value in row)


def by_openpyxl(data: bytes, read_only: bool) -> int:
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=read_only, data_only=True)
    return sum(v is not None for sheet in book for row in sheet.iter_rows(values_only=True) for v in row)


def floor(data: bytes) -> Callable[[], int]:
    """Inflate the sheets, the strings and the workbook part, already found: no reader with zlib is faster."""
    packed = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for info in archive.infolist():
            if info.filename.startswith(("xl/worksheets/sheet", "xl/sharedStrings", "xl/workbook")):
                start = info.header_offset + 30 + len(info.filename)
                packed.append(data[start : start + info.compress_size])
    return lambda: sum(len(zlib.decompress(part, -15)) for part in packed)


def measure(title: str, data: bytes, repeat: int) -> None:
    """Interleaved rounds; the count of cells read is compared first."""
    inflate = floor(data)
    readers: dict[str, Callable[[], int]] = {
        "zlib floor": inflate,
        "python-calamine": lambda: calamine(data),
        "gouji, guarded": lambda: guarded(data),
        "openpyxl read_only": lambda: by_openpyxl(data, True),
        "openpyxl": lambda: by_openpyxl(data, False),
    }
    counts = {name: read() for name, read in readers.items() if read is not inflate}
    assert len(set(counts.values())) == 1, counts
    spent: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            times = 1 if name.startswith("openpyxl") else repeat
            started = time.process_time()
            for _ in range(times):
                read()
            spent[name].append((time.process_time() - started) * 1000 / times)
    medians = {name: statistics.median(values) for name, values in spent.items()}
    print(f"{title}: {len(data) / 1024:.0f} KB, {counts['gouji, guarded']} cells")
    for name, milliseconds in medians.items():
        of_ours, of_floor = milliseconds / medians["gouji, guarded"], milliseconds / medians["zlib floor"]
        print(f"  {name:20}{milliseconds:9.2f} ms{of_ours:9.2f} x ours{of_floor:9.1f} x floor")


def main() -> None:
    measure("9 sheets, 225 numbers", build(bloated=False), 20)
    measure("the same, bloated", build(bloated=True), 1)


if __name__ == "__main__":
    main()
