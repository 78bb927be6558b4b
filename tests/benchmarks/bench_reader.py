"""How fast the guarded reader is: python tests/benchmarks/bench_reader.py

First whole forms: those of a season (``many_books.py``), and some that have numbers, blanks and texts of
their own, as our writer makes them and saved again by openpyxl and by LibreOffice. Printed is CPU a book,
beside zipfile inflating every part of it: of a process that has read others of the kind, none of them twice,
and of one that reads it alone. Goals: 3 times zipfile on our books, 6 times on those saved again.

Then sheets with the cells alone: all readers read the same books in interleaved rounds of one run. Printed:
median milliseconds of CPU a book, the ratio to the guarded reader and to the floor, which is inflating the
needed parts by zlib, nothing else.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

import openpyxl
from openpyxl.styles import Border, Font, Side
from python_calamine import CalamineWorkbook

from benchmarks.many_books import write_books
from gouji.form import load_form
from gouji.report import Report
from gouji.rules import catalogue
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.writer import write_workbook
from support.random_reports import balanced
from support.two_paths import is_quick, saved_by_openpyxl

ROUNDS = 15
#: Forms of each kind; the last third is measured.
DRAWN = 24
LETTERS = [chr(0x4E00 + i) for i in range(2000)]
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


def form(seed: int) -> bytes:
    """A filled form; one in three has a 0 in every cell, one blanks at random, one blanks for each 0."""
    made, random = load_form("2021"), Random(seed)
    values = {c.id: 0 for c in made.cells} | balanced(made, random)
    kept = {cell: n for cell, n in values.items() if n or random.random() < (1, 0.5, 0)[seed % 3]}
    lines = {"一": 300, "五": 100, "六": 40}
    texts = {
        section: "\n".join("".join(random.choices(LETTERS, k=size)) for _ in range(random.randrange(2, 7)))
        for section, size in lines.items()
    }
    return write_workbook(Report(made, f"某市{seed}局", 2024, values=dict(kept), texts=texts))


def saved_by_libreoffice(books: list[bytes]) -> list[bytes]:
    """All in one start of it; none where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        paths = [folder / f"{number:03}.xlsx" for number in range(len(books))]
        for path, book in zip(paths, books, strict=True):
            path.write_bytes(book)
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        to = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(folder / "out")]
        subprocess.run(
            [program, "--headless", profile, *to, *map(str, paths)], check=True, capture_output=True
        )
        return [(folder / "out" / path.name).read_bytes() for path in paths]


def inflated(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(archive.read(name)) for name in archive.namelist())


def spent(work: Callable[[bytes], object], data: bytes) -> float:
    """Milliseconds of CPU."""
    started = time.process_time()
    work(data)
    return (time.process_time() - started) * 1000


def cold(books: list[bytes]) -> float:
    """Milliseconds of the one book that a process reads, its rules and layouts loaded."""
    with tempfile.TemporaryDirectory() as temporary:
        found = []
        for book in books[:3]:
            path = Path(temporary, "book.xlsx")
            path.write_bytes(book)
            run = subprocess.run(
                [sys.executable, __file__, str(path)], check=True, capture_output=True, text=True
            )
            found.append(float(run.stdout))
    return statistics.median(found)


def first_read(path: Path) -> None:
    """What ``cold`` starts: an empty template is no book of its kind, but loads everything."""
    read_workbook(write_workbook(Report(load_form("2019"), "", 2024)), catalogue())
    print(spent(lambda data: read_workbook(data, once=True), path.read_bytes()))


def ratios(title: str, books: list[bytes]) -> None:
    seen, new = books[: len(books) * 2 // 3], books[len(books) * 2 // 3 :]
    for book in seen:
        read_workbook(book)
    readers: dict[str, Callable[[bytes], object]] = {
        "zipfile": inflated,
        "gouji": read_workbook,
        "calamine": calamine,
    }
    times = {name: [spent(read, book) for book in new] for name, read in readers.items()}
    medians = {name: statistics.median(found) for name, found in times.items()}
    slow = [spent(lambda data: by_openpyxl(data, True), book) for book in new[:5]]
    medians |= {"gouji, a book alone": cold(books), "openpyxl": statistics.median(slow)}
    quick = [one for book in new for one in is_quick(book).values()]
    print(
        f"{title}: {len(new)} books after {len(seen)} others; {sum(quick) / len(quick):.0%} of sheets quick"
    )
    for name, milliseconds in medians.items():
        print(f"  {name:20}{milliseconds:9.2f} ms{milliseconds / medians['zipfile']:9.2f} x zipfile")


def whole_forms() -> None:
    """The ratios of a season's books, of our writer's, and of those saved again."""
    with tempfile.TemporaryDirectory() as temporary:
        write_books(Path(temporary), 60)
        ratios("a season's", [path.read_bytes() for path in sorted(Path(temporary).iterdir())])
    books = [form(seed) for seed in range(DRAWN)]
    ratios("as our writer makes them", books)
    ratios("saved again by openpyxl", [saved_by_openpyxl(book) for book in books])
    if again := saved_by_libreoffice(books):
        ratios("saved again by LibreOffice", again)


def main() -> None:
    if len(sys.argv) > 1:
        first_read(Path(sys.argv[1]))
        return
    whole_forms()
    measure("9 sheets, 225 numbers", build(bloated=False), 20)
    measure("the same, bloated", build(bloated=True), 1)


if __name__ == "__main__":
    main()
