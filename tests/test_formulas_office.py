"""A text that begins like a formula, in LibreOffice: entered again in a workbook of ours, and read from CSV
with formulas evaluated, it is still a text."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

import gouji
from gouji.city.rows import Row
from gouji.workbook.packing import normalise
from gouji.workbook.reading.cells import address
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.writer.quoting import TextBook
from support.csv_files import long_csv
from support.hostile_strings import FORMULAS
from support.office import Office
from support.sinks import report

#: One after another, all separated by commas, quoted by '"', UTF-8, from line 1; special numbers detected and
#: formulas evaluated (LibreOffice, CSV filter parameters).
_EVALUATED = "CSV:44,34,76,1,,0,false,true,false,false,false,0,true"


def book_of_texts() -> bytes:
    """Each text plain, and in a cell with a look of its own."""
    out = io.BytesIO()
    book = TextBook(out, {"in_memory": True})
    sheet, look = book.add_worksheet("文"), book.add_format({"bold": True, "border": 1})
    for row, text in enumerate(FORMULAS.values()):
        sheet.write_string(row, 0, text)
        sheet.write_string(row, 1, text, look)
    book.close()
    return normalise(out.getvalue())


def entered_again(office: Office, path: Path, sheet: str, cells: list[str]) -> None:
    """What each cell shows is typed into it again, as F2 and Enter do."""
    with office.open(path) as book:
        before = {cell: book.text(sheet, cell) for cell in cells}
        book.type(sheet, before)
        assert {cell: book.text(sheet, cell) for cell in cells} == before
        assert all(isinstance(book.value(sheet, cell), str) for cell in cells)


def test_a_text_entered_again_stays_one(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "文.xlsx"
    path.write_bytes(book_of_texts())
    # A line end is entered as one; and the dispatch that types here makes a link of "=DDE(" in any cell.
    rows = [row for row, text in enumerate(FORMULAS.values(), 1) if not text.startswith(("\r", "=DDE"))]
    entered_again(office, path, "文", [f"{column}{row}" for row in rows for column in "AB"])


def test_a_note_of_a_filled_form_stays_one(office: Office, tmp_path: Path) -> None:
    path, text = tmp_path / "表.xlsx", FORMULAS["command"]
    path.write_bytes(gouji.write(report("某局", text)))
    found: dict[str, list[str]] = {}
    book = open_book(path)
    for sheet in book.sheet_names:
        cells = [address(at) for at, cell in book.cells(sheet).items() if cell.raw == text]
        found |= {sheet: cells} if cells and book.states[sheet] == "visible" else {}
    assert len(found) > 1
    for sheet, cells in found.items():
        entered_again(office, path, sheet, cells)


def test_csv_read_with_formulas_is_texts(tmp_path: Path) -> None:
    soffice = shutil.which("soffice")
    if not soffice:
        pytest.skip("soffice is not on PATH")
    row = Row(*[""] * len(Row._fields))._replace(run=1, year=2024, state="number", value=-7)
    texts = list(FORMULAS.values())
    path = tmp_path / "长表.csv"
    path.write_bytes(long_csv(row._replace(unit=text, file=text) for text in texts))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", f"--infilter={_EVALUATED}", "--convert-to", "xlsx"]
    subprocess.run([*command, "--outdir", tmp_path, path], check=True, capture_output=True, timeout=120)
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    at = heads.index("单位") + 1
    cells = [sheet.cell(number, at) for number in range(2, len(texts) + 2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(texts)
    assert [cell.value.removeprefix("'").strip() for cell in cells] == [text.strip() for text in texts]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
