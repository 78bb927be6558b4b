"""Small lists that the city office keeps in .xlsx or .csv: the roster, the adjustments.

Columns are found by their heads, in any order, below a title or a remark. A number typed into a
spreadsheet cell is read as its digits; ``007`` typed as text keeps its zeros. What a list is called,
its columns and its own refusals are in ``wording.toml`` under the list's name.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from ...errors import GoujiError
from ...marks import Mark, marks_of
from ...wording import wording_of
from ...workbook.limits import CELL_LIMIT, too_long
from .names import plain_name

_LIMIT_MB = 8
#: A title and a remark may stand above the heads; further down they are not looked for.
_HEADS_WITHIN = 10
#: Beyond 15 digits a spreadsheet has already rounded a number; such a code was lost before we read it.
_EXACT_DIGITS = 10**15
_ENCODINGS = ("utf-8-sig", "gb18030")

#: A line of the file: its number as a person counts, and its non-empty texts by column position.
_Line = tuple[int, dict[int, str]]


class ListingError(GoujiError, ValueError):
    """The list can not be used; the message is one Chinese line: what, where, what to do."""


@dataclass(frozen=True)
class Listing:
    """Speaks for one file. ``name``: the list's section in the wording. ``error``: what it raises.

    ``decimals``: whether a number with decimals is a content (an amount) or a slip (a code).
    """

    path: Path
    name: str
    error: type[ListingError] = ListingError
    decimals: bool = False

    def refuse(self, key: str, **fields: object) -> NoReturn:
        words = wording_of("gouji.city", "listing.messages") | wording_of(
            "gouji.city", f"{self.name}.messages"
        )
        what = wording_of("gouji.city", self.name)["what"]
        raise self.error(words[key].format(what=what, file=self.path.name, **fields))

    @property
    def columns(self) -> dict[str, Mark]:
        """Key -> the head of the column, with all the spellings by which it is known."""
        return marks_of("gouji.city", f"{self.name}.columns")

    def column_names(self) -> str:
        return "、".join(self.columns.values())

    def lines(self) -> list[tuple[int, dict[str, str]]]:
        """(line in the file from 1, column key -> text) for each line below the heads that is not empty.

        CSV: UTF-8 with or without BOM, else GB18030; separated by commas, tabs or semicolons.
        Workbook: the first visible sheet that has the list's first column.
        """
        if self.path.suffix.lower() in (".xlsx", ".xlsm"):
            tables: Iterator[list[_Line]] = _workbook_tables(self)
        elif self.path.suffix.lower() == ".csv":
            tables = _csv_tables(self)
        else:
            self.refuse("format")
        first = next(iter(self.columns))
        for lines in tables:
            for at, (_, heads) in enumerate(lines[:_HEADS_WITHIN]):
                if any(self._column_of(text) == first for text in heads.values()):
                    return list(self._keyed(heads, lines[at + 1 :]))
        return self.refuse("no_header", column=self.columns[first], columns=self.column_names())

    def _column_of(self, head: str) -> str | None:
        wanted = plain_name(head)
        return next((key for key, names in self.columns.items() if names.names(wanted)), None)

    def _keyed(self, heads: dict[int, str], lines: list[_Line]) -> Iterator[tuple[int, dict[str, str]]]:
        places: dict[int, str] = {}
        for column, head in heads.items():
            key = self._column_of(head)
            if key is None:
                self.refuse("unknown_column", column=head, columns=self.column_names())
            if key in places.values():
                self.refuse("repeated_column", column=self.columns[key])
            places[column] = key
        for line, texts in lines:
            outside = next((text for column, text in texts.items() if column not in places), None)
            if outside is not None:
                self.refuse("outside", line=line, value=outside)
            if any(map(too_long, texts.values())):
                self.refuse("too_long", line=line, limit=CELL_LIMIT)
            yield line, {key: texts.get(column, "") for column, key in places.items()}


def _csv_tables(source: Listing) -> Iterator[list[_Line]]:
    text = _decode(_bytes(source), source)
    for delimiter in (",", "\t", ";"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = []
        try:
            for row in reader:
                texts = {i: plain for i, field in enumerate(row) if (plain := field.strip())}
                lines.append((reader.line_num, texts))
        except csv.Error as error:
            source.refuse("csv", line=reader.line_num, reason=error)
        yield [line for line in lines if line[1]]


def _bytes(source: Listing) -> bytes:
    try:
        size = source.path.stat().st_size
        if size > _LIMIT_MB << 20:
            source.refuse("too_large", size=f"{size / (1 << 20):.0f}", limit=_LIMIT_MB)
        return source.path.read_bytes()
    except FileNotFoundError:
        source.refuse("missing")
    except OSError:
        source.refuse("unreadable")


def _decode(data: bytes, source: Listing) -> str:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return source.refuse("encoding")


def _workbook_tables(source: Listing) -> Iterator[list[_Line]]:
    # Imported here: a list may as well be a CSV file, and start-up is paid by every command.
    from ...workbook.reading.guard import Refused
    from ...workbook.reading.sheets import open_book

    try:
        book = open_book(source.path)
        for sheet in book.sheet_names:
            if book.states[sheet] != "visible":
                continue
            rows: dict[int, dict[int, Any]] = {}
            for (row, column), cell in sorted(book.cells(sheet).items()):
                rows.setdefault(row, {})[column] = cell
            yield _lines_of_sheet(rows, source, book.from_1904)
    except Refused as refused:
        source.refuse("refused", reason=refused.message)


def _lines_of_sheet(rows: dict[int, dict[int, Any]], source: Listing, from_1904: bool) -> list[_Line]:
    from ...workbook.reading.cells import address
    from ...workbook.reading.typed import seen_as

    lines = []
    for row, cells in rows.items():
        texts = {}
        for column, cell in cells.items():
            text = _cell_text(cell.value, source.decimals)
            if text is None:
                source.refuse("not_text", address=address((row, column)), value=cell.raw)
            seen = seen_as(cell, from_1904=from_1904)
            if seen and seen.kind != "text":
                where = address((row, column))
                source.refuse("shown_otherwise", address=where, shown=seen.text, value=cell.raw)
            if text:
                texts[column] = text
        if texts:
            lines.append((row, texts))
    return lines


def _cell_text(value: str | float | int | bool | None, decimals: bool) -> str | None:
    """The text of a cell; None where it holds neither text nor an exact number."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bool) or abs(value) >= _EXACT_DIGITS:
        return None
    if value == int(value):
        return str(int(value))
    # The shortest decimal of the double is the number that was typed; "1e-07" is refused as a number later.
    return repr(value) if decimals else None
