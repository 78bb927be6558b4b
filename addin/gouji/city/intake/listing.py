"""Small lists that the city office keeps in .xlsx or .csv: the roster, the adjustments.

Columns are found by their heads, in any order, below a title or a remark. A number typed into a
spreadsheet cell is read as its digits; ``007`` typed as text keeps its zeros. What a list is called,
its columns and its own refusals are in ``wording.toml`` under the list's name.
"""

from __future__ import annotations

import csv
import io
from bisect import bisect_right
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from ...errors import GoujiError
from ...marks import Mark, marks_of
from ...records import dataclass
from ...wording import wording_of
from ...workbook.limits import CELL_LIMIT, too_long
from .names import plain_name

if TYPE_CHECKING:
    from ...workbook.reading.cells import Position, RawCell

_LIMIT_MB = 8
#: Fields of a CSV file, blank ones too: of 10 000 lines with 20 columns 200 000.
_MOST_FIELDS = 400_000
#: A title and a remark may stand above the heads; further down they are not looked for.
_HEADS_WITHIN = 10
#: Beyond 15 digits a spreadsheet has already rounded a number; such a code was lost before we read it.
_EXACT_DIGITS = 10**15
_ENCODINGS = ("utf-8-sig", "gb18030")


class _Odd(str):
    """The text of a cell as it shows, which is not safely what was meant: ``key`` and ``fields`` say why.
    Refused where the text matters."""

    key: str
    fields: dict[str, object]

    def __new__(cls, text: str, key: str, **fields: object) -> _Odd:
        odd = super().__new__(cls, text)
        odd.key, odd.fields = key, fields
        return odd


class Line(NamedTuple):
    """A line of the file: its number as a person counts, its texts by column, and the texts of cells that are
    merged into it from above."""

    number: int
    texts: dict[int, str]
    above: dict[int, str] = {}  # noqa: RUF012


class Sheet(NamedTuple):
    """``heads``: the texts of the line of heads by column; ``lines``: all below it. ``closed``: whether a
    text without a head is a fault of the file, as in CSV, where a comma too many moves all behind it."""

    heads: dict[int, str]
    lines: list[Line]
    closed: bool


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
        """Raise the list's own error. ``key``: of its messages or of those of all lists, which ``fields``
        fill."""
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

    def sheet(self) -> Sheet:
        """The heads and what stands below them.

        CSV: UTF-8 with or without BOM, else GB18030; separated by commas, tabs or semicolons.
        Workbook: the first visible sheet that has the list's first column.
        """
        closed = self.path.suffix.lower() == ".csv"
        if self.path.suffix.lower() in (".xlsx", ".xlsm"):
            tables: Iterator[list[Line]] = _workbook_tables(self)
        elif closed:
            tables = _csv_tables(self)
        else:
            self.refuse("format")
        first = next(iter(self.columns))
        for lines in tables:
            for at, line in enumerate(lines[:_HEADS_WITHIN]):
                if any(self.column_of(text) == first for text in line.texts.values()):
                    return Sheet(line.texts, lines[at + 1 :], closed)
        return self.refuse("no_header", column=self.columns[first], columns=self.column_names())

    def lines(self) -> list[tuple[int, dict[str, str]]]:
        """(line in the file from 1, column key -> text) for each line below the heads that is not empty.
        Every column must be known, and every text safely what it shows."""
        sheet = self.sheet()
        return list(self._keyed(sheet.heads, sheet.lines))

    def column_of(self, head: str) -> str | None:
        wanted = plain_name(head)
        return next((key for key, names in self.columns.items() if names.names(wanted)), None)

    def exact(self, line: int, text: str) -> str:
        """The text, where it is what was meant and a cell holds it."""
        if isinstance(text, _Odd):
            self.refuse(text.key, **text.fields)
        if too_long(text):
            self.refuse("too_long", line=line, limit=CELL_LIMIT)
        return text

    def _keyed(self, heads: dict[int, str], lines: list[Line]) -> Iterator[tuple[int, dict[str, str]]]:
        places: dict[int, str] = {}
        for column, head in heads.items():
            key = self.column_of(head)
            if key is None:
                self.refuse("unknown_column", column=head, columns=self.column_names())
            if key in places.values():
                self.refuse("repeated_column", column=self.columns[key])
            places[column] = key
        for line in lines:
            self.refuse_outside(line, places)
            exact = {column: self.exact(line.number, text) for column, text in line.texts.items()}
            yield line.number, {key: exact.get(column, "") for column, key in places.items()}

    def refuse_outside(self, line: Line, known: Container[int]) -> None:
        outside = next((text for column, text in line.texts.items() if column not in known), None)
        if outside is not None:
            self.refuse("outside", line=line.number, value=outside)


def _csv_tables(source: Listing) -> Iterator[list[Line]]:
    text = _decode(_bytes(source), source)
    for delimiter in (",", "\t", ";"):
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        lines = []
        fields = 0
        # As many as there can be, before the first line is taken apart: it may be the whole file.
        if text.count(delimiter) + text.count("\n") + text.count("\r") > 4 * _MOST_FIELDS:
            source.refuse("too_many_fields", limit=_MOST_FIELDS)
        try:
            for row in reader:
                fields += len(row) or 1
                if fields > _MOST_FIELDS:
                    source.refuse("too_many_fields", limit=_MOST_FIELDS)
                texts = {i: plain for i, field in enumerate(row) if (plain := field.strip())}
                lines.append(Line(reader.line_num, texts))
        except csv.Error as error:
            source.refuse("csv", line=reader.line_num, reason=error)
        yield [line for line in lines if line.texts]


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


def _workbook_tables(source: Listing) -> Iterator[list[Line]]:
    # Imported here: a list may as well be a CSV file, and start-up is paid by every command.
    from ...workbook.reading.guard import Refused
    from ...workbook.reading.sheets import open_book

    try:
        book = open_book(source.path)
        for sheet in book.sheet_names:
            if book.states[sheet] != "visible":
                continue
            texts = dict(_texts(book.cells(sheet), source, book.from_1904))
            yield _lines(texts, book.merged(sheet))
    except Refused as refused:
        source.refuse("refused", reason=refused.message)


def _lines(texts: Mapping[Position, str], merged: Sequence[tuple[Position, Position]]) -> list[Line]:
    rows: dict[int, dict[int, str]] = {}
    for (row, column), text in sorted(texts.items()):
        rows.setdefault(row, {})[column] = text
    numbers = list(rows)
    above: dict[int, dict[int, str]] = {}
    for (top, left), (bottom, _) in merged:
        # A range may reach down to the last line of a sheet: only lines that hold something are asked.
        inside = numbers[bisect_right(numbers, top) : bisect_right(numbers, bottom)]
        if shown := texts.get((top, left)):
            for row in inside:
                above.setdefault(row, {})[left] = shown
    return [Line(row, cells, above.get(row, {})) for row, cells in rows.items()]


def _texts(
    cells: Mapping[Position, RawCell], source: Listing, from_1904: bool
) -> Iterator[tuple[Position, str]]:
    """The text of every cell that has one, or that should have one."""
    from ...workbook.reading.cells import address
    from ...workbook.reading.typed import seen_as

    for position, cell in cells.items():
        where = address(position)
        if cell.formula and cell.kind == "blank":
            yield position, _Odd("", "no_value", address=where)
            continue
        if cell.kind == "error":
            yield position, _Odd(cell.raw, "error_value", address=where, value=cell.raw)
            continue
        seen, text = seen_as(cell, from_1904=from_1904), _cell_text(cell.value, source.decimals)
        if text is None:
            shown = seen.text if seen else cell.raw
            yield position, _Odd(shown, "not_text", address=where, value=cell.raw)
        elif seen and seen.kind != "text":
            yield position, _Odd(seen.text, "shown_otherwise", address=where, shown=seen.text, value=cell.raw)
        elif text:
            yield position, text


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
