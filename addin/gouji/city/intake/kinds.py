"""What a file in the folder is, where the reader of forms can not say: lists of a city, results of 0.1.0."""

from __future__ import annotations

from pathlib import Path

from ...document.origin import PART, PROPERTY, is_ours
from ...marks import marks_of
from ...report import Report, json_bytes
from ...workbook.kind import LISTS, ListKind, as_consolidated, list_kind, part_of, parts_of, whose
from ...workbook.reading.guard import MAX_FILE, Archive, Refused
from ...workbook.reading.reader import template_data
from ...workbook.reading.sheets import Book, open_book
from ..sum.last_year import read_last_year
from .patterns import patterns
from .remarks import remark

#: Bytes of the properties of a Word file.
_PROPERTIES_LIMIT = 64 * 1024
#: Web pages, and within how many bytes of one its head says who made it.
_PAGES, _HEAD = (".html", ".htm"), 2048


def list_of(source: Path | bytes) -> tuple[ListKind | None, str, int]:
    """Which list of a city the file is, the city and the year ("" and 0 where it does not say); None for
    any other file, also one that can not be opened."""
    try:
        book = open_book(source)
    except (Refused, OSError):
        return None, "", 0
    try:
        data = template_data(book)
    except Refused:
        return _by_sheet(book), "", 0
    return list_kind(data), *whose(data)


def _by_sheet(book: Book) -> ListKind | None:
    """Lists of 0.1.0 have no hidden sheet: they are one sheet, known by its name and a head of ours."""
    if len(book.sheet_names) != 1:
        return None
    (name,) = book.sheet_names
    kind = next((kind for kind in LISTS if marks_of("gouji.city", "sheets")[kind].names(name)), None)
    if kind is None:
        return None
    book.of_list()
    try:
        texts = [cell.raw for cell in book.cells(name).values()]
    except Refused:
        return None
    section = "detail" if kind == "detail" else "roster.columns"
    head = marks_of("gouji.city", section)["sum" if kind == "detail" else "name"]
    return kind if any(map(head.names, texts)) else None


def own_file(source: Path | bytes) -> str:
    """Of any other workbook that the program made of a city (its hidden sheet says a kind, and no form): a
    sentence on what it is; "" for what is none."""
    try:
        book = open_book(source)
        data = template_data(book)
    except (Refused, OSError):
        return ""
    if not data.get("kind") or list_kind(data):
        return ""
    if [*data["kind"][0][:1]] == ["desk"]:
        return remark("our_file", kind=marks_of("gouji.city.season", "files")["desk"])
    visible = (name for name in book.sheet_names if book.states[name] == "visible")
    return remark("our_file", kind=next(visible, ""))


def is_our_list(source: Path | bytes) -> bool:
    """Whether a file is the list of a run's outputs (清单.json)."""
    from ..memory.manifest import read_manifest

    try:
        if isinstance(source, Path) and source.suffix.lower() != ".json":
            return False
        read_manifest(json_bytes(source))
    except (OSError, ValueError):
        return False
    return True


def is_our_page(source: Path | bytes) -> bool:
    """Whether a file is a web page that the program made of a city, by what its head says."""
    if isinstance(source, Path):
        if source.suffix.lower() not in _PAGES:
            return False
        try:
            with source.open("rb") as file:
                source = file.read(_HEAD)
        except OSError:
            return False
    return patterns("files")["page"].encode() in source[:_HEAD]


def word_of(source: Path | bytes) -> str:
    """What a Word file of ours says that it was made of; "" for any other file, also an unreadable one."""
    from xml.etree import ElementTree

    try:
        if isinstance(source, Path):
            if source.stat().st_size > MAX_FILE:
                return ""
            source = source.read_bytes()
        archive = Archive(source)
        data = b"".join(archive.chunks(PART, PART, _PROPERTIES_LIMIT))
        said = "" if b"<!" in data else ElementTree.fromstring(data).findtext(PROPERTY) or ""
        return said if is_ours(said) else ""
    except (Refused, OSError, ElementTree.ParseError):
        return ""


def complete_parts(path: Path, report: Report) -> None:
    """Give a result of 0.1.0, which does not say its units in the hidden sheet, those of its 明细."""
    if parts_of(report) != () or path.suffix.lower() == ".json":
        return
    try:
        units = read_last_year(path).units
    except Refused:
        return
    report.meta |= as_consolidated(part_of(unit.unit, unit.code or "", unit) for unit in units)
