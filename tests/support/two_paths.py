"""What a workbook holds by the quick path of the reader and by the careful one, to be compared."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

import openpyxl

from gouji.errors import Refused
from gouji.workbook.reading.quick import QuickSheets
from gouji.workbook.reading.sheets import Book, open_book


def told(data: bytes, *, careful: bool = False) -> list[object]:
    """All that can be asked of a workbook, in order and by type, or the refusal in its words."""
    try:
        book = open_book(data, careful=careful)
    except Refused as refused:
        return [refused.key, str(refused)]
    of_book = [book.sheet_names, book.states, book.external_links, book.from_1904, book.formats_read]
    return [*of_book, book.running, *(_sheet(book, name) for name in book.sheet_names)]


def _sheet(book: Book, name: str) -> object:
    try:
        cells = [(at, cell, type(cell.value)) for at, cell in book.cells(name).items()]
        return cells, book.outline(name)
    except Refused as refused:
        return refused.key, str(refused)


def agree(data: bytes) -> None:
    """Both paths tell the same, and the quick one tells it again when it has met the parts before."""
    careful = told(data, careful=True)
    for _ in range(3):
        assert told(data) == careful


def is_quick(data: bytes) -> dict[str, bool]:
    """Whether the quick path reads a sheet, by the sheet's name."""
    book = open_book(data)
    strings, formats = book._shared_strings(), book._formats or {}
    quick = QuickSheets(book._archive, strings, formats, book._budget)
    return {name: quick.cells(sheet.part) is not None for name, sheet in book._sheets.items()}


def with_sheets(data: bytes, wanted: Iterable[str]) -> bytes:
    """The workbook with these sheets alone, so that a thousand mutants of it are soon read."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names, workbook = set(wanted), parts["xl/workbook.xml"].decode()
    sheets = re.findall(r'<sheet name="([^"]*)"[^>]*r:id="([^"]*)"/>', workbook)
    relations = parts["xl/_rels/workbook.xml.rels"].decode()
    for name, identifier in sheets:
        if name not in names:
            workbook = re.sub(rf'<sheet name="{name}"[^>]*/>', "", workbook)
            relation = re.search(
                rf'<Relationship Id="{identifier}"[^>]*Target="/?(?:xl/)?([^"]*)"[^>]*/>', relations
            )
            if relation:
                relations = relations.replace(relation[0], "")
                parts.pop(f"xl/{relation[1]}")
    workbook = re.sub("<definedNames>.*</definedNames>", "", workbook)
    parts |= {"xl/workbook.xml": workbook.encode(), "xl/_rels/workbook.xml.rels": relations.encode()}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return out.getvalue()


def saved_by_openpyxl(data: bytes) -> bytes:
    """The same workbook, saved again."""
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(data)).save(out)
    return out.getvalue()
