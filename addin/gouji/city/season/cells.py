"""The cells of 汇总台 as texts, by sheet and address; whatever is wrong is said by them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from ...errors import Refused
from ...marks import Mark
from ...records import dataclass
from ...wording import wording_of
from ...workbook.limits import CELL_LIMIT, too_long
from ...workbook.reading.cells import Position, RawCell, address
from ...workbook.reading.dates import moment_of
from ...workbook.reading.sheets import Book, open_book
from ...workbook.reading.typed import seen_as
from ..intake.listing import ListingError
from .sheets import Column, ListSheet, sheet_names

#: A title and remarks may stand above the heads; further down they are not looked for.
_HEADS_WITHIN = 12
#: Beyond 15 digits a spreadsheet has already rounded a number; such a code was lost before we read it.
_EXACT_DIGITS = 10**15


class DeskError(ListingError):
    """汇总台 can not be used; the message is one Chinese line: sheet, cell, what is wrong, what to do."""


def refuse(key: str, **fields: object) -> NoReturn:
    raise DeskError(str(wording_of("gouji.city.season", "reading")[key]).format(**fields))


class Page:
    """One sheet. ``texts``: position from 1 -> what stands there, dates as ``2025-01-31``."""

    def __init__(self, book: Book, name: str) -> None:
        self.name = name
        texts = ((at, self._text(at, cell, book.from_1904)) for at, cell in book.cells(name).items())
        self.texts = {at: text for at, text in sorted(texts) if text}
        for at, text in self.texts.items():
            if too_long(text):
                self.refuse("too_long", at, limit=CELL_LIMIT)

    def refuse(self, key: str, at: Position, **fields: object) -> NoReturn:
        """Raise :class:`DeskError` for one cell."""
        refuse(key, sheet=self.name, cell=address(at), **fields)

    def rows(self) -> Iterator[tuple[int, dict[int, str]]]:
        """(row, column -> text) of every row that is not empty."""
        found: dict[int, dict[int, str]] = {}
        for (row, column), text in self.texts.items():
            found.setdefault(row, {})[column] = text
        yield from sorted(found.items())

    def find(self, mark: Mark) -> Position | None:
        """Where a head stands, within the first rows."""
        places = (at for at, text in self.texts.items() if at[0] <= _HEADS_WITHIN and mark.names(text))
        return next(places, None)

    def _text(self, at: Position, cell: RawCell, from_1904: bool) -> str:
        seen = seen_as(cell, from_1904=from_1904)
        value = cell.value
        if seen and seen.kind == "date" and isinstance(value, int | float):
            moment = moment_of(value, from_1904)
            if moment:
                return f"{moment.year:04d}-{moment.month:02d}-{moment.day:02d}"
        if seen and seen.kind != "text":
            self.refuse("shown_otherwise", at, shown=seen.text, value=cell.raw)
        if value is None:
            return ""
        if isinstance(value, str) and cell.kind != "error":
            return value.strip()
        if isinstance(value, bool | str) or abs(value) >= _EXACT_DIGITS:
            self.refuse("not_text", at, value=cell.raw)
        return str(int(value)) if value == int(value) else repr(value)


@dataclass(frozen=True)
class Line:
    """One row of a list. ``places``, ``texts``: column key -> its column, and what stands in it; ``own``:
    (head, text) of own columns."""

    page: Page
    sheet: ListSheet
    row: int
    places: dict[str, int]
    texts: dict[str, str]
    own: tuple[tuple[str, str], ...]

    def __getitem__(self, key: str) -> str:
        return self.texts.get(key, "")

    def at(self, key: str) -> Position:
        """Where the column is in this row; the row's first cell for a column that the sheet does not have."""
        return self.row, self.places.get(key, 1)

    def refuse(self, key: str, where: str, **fields: object) -> NoReturn:
        """Raise :class:`DeskError` for the cell of the column ``where`` in this row."""
        self.page.refuse(key, self.at(where), **fields)


class Sheets:
    """The sheets of a 汇总台 by their keys. Raises :class:`DeskError` where it can not be read."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            refuse("missing", file=path.name)
        self.file = path.name
        try:
            self.book = open_book(path)
            self.book.of_list()
            self._names = {key: self._name(mark) for key, mark in sheet_names().items()}
        except Refused as refused:
            refuse("refused", file=path.name, reason=refused.message)

    def _name(self, mark: Mark) -> str | None:
        return next((name for name in self.book.sheet_names if mark.names(name)), None)

    def page(self, key: str) -> Page:
        """The sheet of a key (``sheets.SHEETS``). Raises :class:`DeskError` where it is not there or can not
        be read."""
        name = self._names[key]
        if name is None:
            refuse("no_sheet", file=self.file, sheet=sheet_names()[key])
        try:
            return Page(self.book, name)
        except Refused as refused:
            refuse("refused", file=self.file, reason=refused.message)

    def lines(self, sheet: ListSheet) -> Iterator[Line]:
        """The rows of a list below its heads that hold anything in a column with a head."""
        page = self.page(sheet.key)
        top = _top(page, sheet)
        known, own = heads(page, sheet, top)
        for row, texts in page.rows():
            if row <= top:
                continue
            found = {key: texts[column] for key, column in known.items() if column in texts}
            beside = tuple((head, texts[column]) for column, head in own.items() if column in texts)
            if found or beside:
                yield Line(page, sheet, row, known, found, beside)


def _top(page: Page, sheet: ListSheet) -> int:
    """The row of heads: its first column's and another one; 部门 alone may be a 类别."""
    first = sheet.columns[0]
    for row, texts in page.rows():
        known = {column.key for text in texts.values() if (column := sheet.column_of(text))}
        if row <= _HEADS_WITHIN and first.key in known and len(known) > 1:
            return row
    names = "、".join(column.head for column in sheet.columns)
    return refuse("no_heads", sheet=page.name, column=first.head, columns=names)


def heads(page: Page, sheet: ListSheet, row: int) -> tuple[dict[str, int], dict[int, str]]:
    """(key -> column of the heads that are ours, column -> head of the others) of the row of heads."""
    known: dict[str, int] = {}
    own: dict[int, str] = {}
    for (at, column), text in page.texts.items():
        if at != row:
            continue
        found: Column | None = sheet.column_of(text)
        if (found and found.key in known) or text in own.values():
            page.refuse("repeated_head", (at, column), column=text)
        if found:
            known[found.key] = column
        else:
            own[column] = text
    return known, own
