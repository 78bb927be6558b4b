"""What a cell is as stored, how its number, text and position are spelt, and how many may be kept."""

from __future__ import annotations

from math import isfinite
from typing import Literal, NamedTuple

from ...form.addresses import column_number
from ...precompiled import compiled
from ..limits import CELL_LIMIT
from .guard import MAX_WORK, Work, refuse

MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
# Measured: 120 000 cells take 34 MB and 0.4 s to read, 500 000 short strings 35 MB, 16 million characters
# 64 MB at most: together less than 150 MB. A form has 8 000 cells, a result of 12 000 units 80 000.
MAX_CELLS = 120_000
MAX_STRINGS = 500_000
MAX_CHARACTERS = 16_000_000
#: The city's own sheet of 2 000 units has 460 000 cells; only who reads lists of a city takes so many.
MAX_LIST_CELLS = 500_000
#: And as much work: twelve a cell, as one costs that holds its own text.
LIST_WORK = 12 * MAX_LIST_CELLS
#: A text as it is spelt, while it arrives: each character may be written _xHHHH_. What is longer decoded than
#: a cell holds is said with its place (rule ``text-too-long``).
MAX_SPELT = 7 * CELL_LIMIT
#: Numbers and error values are as short; a longer one is accounted for as a text.
LONG = 40
# Array formulas that cover each other may cost their product; legal ones cover each cell once.
MAX_COVERED = 2 * MAX_CELLS
#: Merged ranges of one workbook: 50 000 take 10 MB.
MAX_MERGED = 50_000

Position = tuple[int, int]
Kind = Literal["number", "text", "bool", "error", "blank"]
Value = str | float | int | bool | None


class RawCell(NamedTuple):
    """A cell as stored. ``raw`` is the text of its value: of <v>, or the decoded text itself; a whole number
    is written plainly there, however it was spelt (2020.0, as some programs write it).

    A number is an int where it is whole, else a float; a date is a number (in strict files that
    store it in ISO 8601, a text); an error is its text ("#N/A"). ``formula``: the cell holds a formula, or an
    array formula or data table covers it; "blank" is a formula without a stored value. ``format``: the code
    of its number format, "" for General.
    """

    value: Value
    raw: str
    kind: Kind
    formula: bool
    format: str = ""


class Outline(NamedTuple):
    """How a sheet stores what a person sees of it. ``merged``: top, left, bottom, right of each merged range;
    ``hidden_rows``: of the rows that hold a cell those that do not show; ``hidden_columns``: first and last.

    Hidden is hidden: by hand, by a filter, by a group that is folded, by a height of next to 0.
    """

    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()


#: Rows lower than this (points) and columns narrower (characters) show nothing that could be read.
FLAT_ROW, FLAT_COLUMN = 2.0, 0.3


def is_hidden(hidden: str | None, size: str | None, flat: float) -> bool:
    """Whether a row or column does not show, by its attributes ``hidden`` and ``ht`` or ``width`` (18.3.1.13,
    18.3.1.73). ``flat``: FLAT_ROW or FLAT_COLUMN."""
    if hidden is not None and hidden.strip(_XML_SPACE) in ("1", "true"):
        return True
    number = None if size is None else parse_number(size)
    return number is not None and number < flat


class Budget:
    """What may still be read and kept of one workbook: cells, strings, characters; and of its ``work``."""

    def __init__(self, work: Work | None = None) -> None:
        self.cells = MAX_CELLS
        self.strings = MAX_STRINGS
        self.characters = MAX_CHARACTERS
        self.merged = MAX_MERGED
        self.work = work or Work()

    def of_list(self) -> None:
        """From now on as much as the largest list of a city needs."""
        self.cells += MAX_LIST_CELLS - MAX_CELLS
        self.work.left += LIST_WORK - MAX_WORK

    def cell(self, where: str) -> None:
        """Account for one cell. Raises Refused."""
        self.cells -= 1
        if self.cells < 0:
            refuse("too_many_cells", place=where, limit=MAX_CELLS)

    def text(self, where: str, text: str) -> None:
        """Account for one string. Raises Refused."""
        self.strings -= 1
        self.characters -= len(text)
        if self.strings < 0 or self.characters < 0:
            refuse("too_much_text", place=where, limit=MAX_CHARACTERS // 10_000)

    def range(self, where: str) -> None:
        """Account for one merged range. Raises Refused."""
        self.merged -= 1
        if self.merged < 0:
            refuse("too_complex", place=where)

    def take(self, cells: int, strings: int, characters: int) -> bool:
        """Account for many at once; False, and nothing is taken, where that is too much."""
        left = self.cells - cells, self.strings - strings, self.characters - characters
        if min(left) < 0:
            return False
        self.cells, self.strings, self.characters = left
        return True


_ESCAPE = compiled(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """Decode _xHHHH_ (22.9.2.19). Halves of a surrogate pair are joined; a half alone becomes U+FFFD."""
    if "_x" not in text:
        return text
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


_NUMBER = compiled(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INTEGRAL = compiled(r"[+-]?[0-9]+")
#: Below it a double holds every whole number, and its 15 digits are what was typed.
_EXACT = 10**15
_MAX_NUMBER_LENGTH = 400  # the longest finite double written out has 309 digits
_LETTERS = compiled(r"[A-Za-z]{1,3}")
_ROW_NUMBER = compiled(r"[1-9][0-9]{0,6}")
_RANGE = compiled(r"([A-Za-z]{1,3})([1-9][0-9]{0,6})(?::([A-Za-z]{1,3})([1-9][0-9]{0,6}))?")
_XML_SPACE = " \t\r\n"
#: Columns seen so far by their letters, at most 16 384: looked up for every cell.
COLUMNS: dict[str, int] = {}


def parse_number(raw: str) -> int | float | None:
    """The number that a text spells (xsd:double), exact where integral; None where none, or infinite."""
    if len(raw) <= 15 and raw.isascii() and raw.isdigit():
        return int(raw)
    text = raw.strip(_XML_SPACE)
    if len(text) > _MAX_NUMBER_LENGTH or not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    if not isfinite(number):
        return None
    return int(text) if _INTEGRAL.fullmatch(text) else number


def number_cell(number: float, raw: str, formula: bool, code: str) -> RawCell:
    """The cell of a number that ``raw`` spells."""
    if abs(number) < _EXACT and number == (whole := int(number)):
        return RawCell(whole, str(whole), "number", formula, code)
    return RawCell(number, raw, "number", formula, code)


def parse_row(text: str) -> int:
    """The number of a row, 0 where there is no such row."""
    row = int(text) if _ROW_NUMBER.fullmatch(text) else 0
    return row if row <= MAX_ROW else 0


def parse_column(letters: str) -> int:
    """The number of a column, 0 where there is no such column."""
    if not _LETTERS.fullmatch(letters):
        return 0
    capitals = letters.upper()
    number = column_number(capitals)
    if number > MAX_COLUMN:
        return 0
    COLUMNS[capitals] = number
    return number


def parse_range(reference: str) -> tuple[int, int, int, int] | None:
    """(top, left, bottom, right) of "A1:B2" or "A1", None where it is no range of a sheet."""
    match = _RANGE.fullmatch(reference)
    if not match:
        return None
    left, top, right, bottom = match.groups()
    rows = sorted((parse_row(top), parse_row(bottom or top)))
    columns = sorted((parse_column(left), parse_column(right or left)))
    return (rows[0], columns[0], rows[1], columns[1]) if rows[0] and columns[0] else None


def address(position: Position) -> str:
    """(3, 28) -> "AB3"."""
    row, column = position
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(65 + digit) + letters
    return f"{letters}{row}"
