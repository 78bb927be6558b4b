"""What is remembered of worksheet parts by the quick path of reading, for workbooks of one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from ...remembered import MAX_TEXT, NEVER, Memo
from .cells import Position, RawCell
from .quick_cells import Head, Taken, _Odd
from .quick_frames import Frame

Cells = dict[Position, RawCell]

#: What is remembered for one kind of workbook, in bytes (measured: a cell takes some 300 beside its key), and
#: for how many kinds; so many sheets of one name.
_ROOM, _OF_CELL, _OF_ROW = 16 << 20, 300, 600
#: Of sheets that are mostly the same each cell and each row takes less.
_OF_LIKED = 150
_MOST_KINDS, _MOST_LIKES = 2, 4
#: The last style that is remembered, as all of them are asked for with each workbook, and characters of a
#: format code, as many as Excel takes.
MAX_STYLE, MAX_CODE = 4096, 255


class Row(NamedTuple):
    """A row as it was read. ``texts``: how many texts stand in its cells, of so many ``characters``;
    ``hidden``: its number, where it does not show. ``head``: its bytes before the first cell; ``found``:
    those of its cells, each from behind ``<c ``; ``taken``: what each of them is."""

    cells: Cells
    texts: int
    characters: int
    hidden: tuple[int, ...]
    head: bytes
    found: list[bytes]
    taken: list[Taken]


class Piece(NamedTuple):
    """The cells of a sheet; see Row."""

    cells: Cells
    texts: int
    characters: int
    hidden: tuple[int, ...]


class Sheet(NamedTuple):
    """Those of a sheet as it is stored, for workbooks in which the numbers that ``pick`` takes are those of
    the shared strings ``picked``."""

    piece: Piece
    frame: Frame
    pick: Callable[[Mapping[bytes, bytes]], tuple[bytes, ...]]
    picked: tuple[bytes, ...]


class Like(NamedTuple):
    """The sheet that a part of this name was in the workbook before: the next one is mostly the same.
    ``raw``: its rows by their bytes; ``rows``: what each is; ``size``: bytes of them; ``room``: bytes that
    it takes while it is remembered."""

    piece: Piece
    raw: list[bytes]
    rows: list[Row]
    size: int
    room: int


_RAW = attrgetter("raw")


def _lengths(cells: Cells) -> list[int]:
    """Characters of the texts of cells."""
    return [*map(len, map(_RAW, cells.values()))]


def _size_of_cell(key: bytes, taken: Taken) -> int:
    said = 0 if taken[1] is None else len(taken[1].raw)
    return len(key) + _OF_CELL + 4 * said if said <= MAX_TEXT else NEVER


def _size_of_head(key: bytes, head: Head) -> int:
    return len(key) + _OF_CELL


def _size_of_row(key: bytes, row: Row) -> int:
    said = _lengths(row.cells)
    if max(said, default=0) > MAX_TEXT:
        return NEVER
    return 2 * len(key) + _OF_ROW + _OF_CELL * len(row.found) + 4 * sum(said)


def _size_of_sheet(key: bytes, sheet: Sheet) -> int:
    return len(key) + _OF_CELL * len(sheet.piece.cells) + 4 * sum(_lengths(sheet.piece.cells))


def like_of(piece: Piece, raw: list[bytes], rows: list[Row], size: int) -> Like:
    """See Like."""
    room = size + _OF_LIKED * (len(raw) + len(piece.cells)) + 4 * sum(_lengths(piece.cells))
    return Like(piece, raw, rows, size, room)


def _size_of_likes(_: object, likes: tuple[Like, ...]) -> int:
    return sum(like.room for like in likes)


class Kind:
    """What is remembered for workbooks of one kind: the styles of its cells have the same number formats."""

    def __init__(self) -> None:
        #: Format codes by the attribute ``s`` of the cells that are remembered.
        self.codes: dict[str, str] = {}
        self.cells: Memo[bytes, Taken] = Memo(_ROOM, _size_of_cell)
        self.heads: Memo[bytes, Head] = Memo(_ROOM // 4, _size_of_head)
        #: By Frame.prefixed.
        self.rows: dict[bool, Memo[bytes, Row]] = {
            prefixed: Memo(_ROOM // 2, _size_of_row) for prefixed in (False, True)
        }
        #: Whole sheets by how they are stored.
        self.sheets: Memo[bytes, Sheet] = Memo(_ROOM // 2, _size_of_sheet)
        #: The sheets read last, by the name of their part and by Frame.prefixed.
        self._likes: Memo[tuple[str, bool], tuple[Like, ...]] = Memo(2 * _ROOM, _size_of_likes)
        #: Rows and sheets that were met once, by the hash of their bytes.
        self.met: Memo[int, bool] = Memo(1 << 17)

    def like(self, key: tuple[str, bool], size: int) -> Like | None:
        """Of the sheets read last that whose size is nearest: who fills in every 0 writes longer rows."""
        return min(self._likes.get(key) or (), key=lambda one: abs(one.size - size), default=None)

    def liked(self, key: tuple[str, bool], like: Like) -> None:
        """Remember what was read."""
        self._likes.put(key, (like, *(self._likes.get(key) or ())[: _MOST_LIKES - 1]))

    def fits(self, formats: Mapping[str, str]) -> bool:
        """Whether it is that of a workbook with these number formats."""
        return all(formats.get(style, "") == code for style, code in tuple(self.codes.items()))

    def code(self, style: str, formats: Mapping[str, str]) -> str:
        """The format of a cell that will be remembered. Raises _Odd where another workbook had another, and
        beyond MAX_STYLE and MAX_CODE."""
        code = formats.get(style, "")
        if style not in self.codes and (int(style) > MAX_STYLE or style != str(int(style))):
            raise _Odd
        if len(code) > MAX_CODE or self.codes.setdefault(style, code) != code:
            raise _Odd
        return code


_KINDS: list[Kind] = []
_LOCK = Lock()


def kind_of(formats: Mapping[str, str]) -> Kind:
    """The kind of a workbook with these number formats; the one used longest ago goes for a new one."""
    with _LOCK:
        kind = next((one for one in _KINDS if one.fits(formats)), None)
        if kind is None:
            kind = Kind()
        else:
            _KINDS.remove(kind)
        _KINDS.insert(0, kind)
        del _KINDS[_MOST_KINDS:]
    return kind
