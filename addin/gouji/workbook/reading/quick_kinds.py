"""What is remembered of worksheet parts by the quick path of reading, for workbooks of one kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import attrgetter
from threading import Lock
from typing import NamedTuple

from ...remembered import MAX_TEXT, NEVER, Memo
from .cells import Position, RawCell
from .quick_cells import Head, Opening, Said, Taken, _Odd
from .quick_frames import Frame
from .shapes import Shape

Cells = dict[Position, RawCell]

#: What is remembered for one kind of workbook, in bytes (measured: a cell takes some 300 beside its key), and
#: for how many kinds; so many sheets of one name.
_ROOM, _OF_CELL = 16 << 20, 300
#: Of sheets that are mostly the same each cell takes less.
_OF_LIKED = 150
_MOST_KINDS, _MOST_LIKES = 2, 4
#: Kinds of cells of which values are remembered.
_MOST_VALUES = 32
#: The last style that is remembered, as all of them are asked for with each workbook, and characters of a
#: format code, as many as Excel takes.
MAX_STYLE, MAX_CODE = 4096, 255
_RAW = attrgetter("raw")


class Bound(NamedTuple):
    """What stands between the cells of two rows. ``opened``: the number of the row that begins, 0 for none;
    ``hidden``: numbers of the rows in it that do not show."""

    opened: int
    hidden: tuple[int, ...]


class Piece(NamedTuple):
    """The cells of a sheet. ``texts``: how many texts stand in them, of so many ``characters``; ``hidden``:
    the rows that hold a cell and do not show."""

    cells: Cells
    texts: int
    characters: int
    hidden: frozenset[int]
    shape: Shape


class Sheet(NamedTuple):
    """Those of a sheet as it is stored, for workbooks in which the numbers that ``pick`` takes are those of
    the shared strings ``picked``."""

    piece: Piece
    frame: Frame
    pick: Callable[[Mapping[bytes, str]], tuple[str, ...]]
    picked: tuple[str, ...]


class Shared(NamedTuple):
    """The shared strings of a sheet: ``at``: which cells hold them; ``before``, ``behind``: what stands in
    each around the ``numbers``, which are None where another was put; ``texts``: what they say."""

    at: list[int]
    before: list[bytes]
    behind: list[bytes]
    numbers: list[bytes | None]
    texts: list[str]


class Like(NamedTuple):
    """The sheet that a part of this name was in the workbook before: the next one is mostly the same.
    ``hidden``: the rows that do not show; ``first``: bytes before the first cell; ``found``: those of the
    cells, each from behind ``<c `` to the next; ``taken``: what each of them is; ``ends``: what stands behind
    the last cell of each row, by its index; ``size``: bytes of all; ``room``: bytes that it takes while it
    is remembered; ``is_steady``: it was as the one before it, but for numbers of shared strings."""

    piece: Piece
    hidden: frozenset[int]
    first: bytes
    found: list[bytes]
    taken: list[Taken]
    ends: Mapping[int, bytes]
    shared: Shared
    size: int
    room: int
    frame: Frame
    is_steady: bool


def _lengths(cells: Cells) -> int:
    """Characters of the texts of cells."""
    return sum(map(len, map(_RAW, cells.values())))


def _size_of_cell(key: bytes, taken: Taken) -> int:
    said = 0 if taken[1] is None else len(taken[1].raw)
    return len(key) + _OF_CELL + 4 * said if said <= MAX_TEXT else NEVER


def _size_of_opening(key: bytes, opening: Opening) -> int:
    return 2 * len(key) + _OF_CELL


def _size_of_value(key: bytes, said: Said) -> int:
    text = 0 if said[0] is None else len(said[0].raw)
    return len(key) + _OF_CELL + 4 * text if text <= MAX_TEXT else NEVER


def _size_of_bound(key: bytes, bound: Bound) -> int:
    return len(key) + _OF_CELL + 40 * len(bound.hidden)


def _size_of_sheet(key: bytes, sheet: Sheet) -> int:
    return len(key) + _OF_CELL * len(sheet.piece.cells) + 4 * _lengths(sheet.piece.cells)


def like_of(
    piece: Piece,
    hidden: frozenset[int],
    first: bytes,
    found: list[bytes],
    taken: list[Taken],
    ends: Mapping[int, bytes],
    shared: Shared,
    size: int,
    frame: Frame,
    is_steady: bool,
) -> Like:
    """See Like. What is said in cells themselves was counted with them."""
    said = piece.characters + sum(map(len, shared.texts))
    room = size + _OF_LIKED * len(found) + 4 * said
    return Like(piece, hidden, first, found, taken, ends, shared, size, room, frame, is_steady)


def _size_of_likes(_: object, likes: tuple[Like, ...]) -> int:
    return sum(like.room for like in likes)


class Kind:
    """What is remembered for workbooks of one kind: the styles of its cells have the same number formats."""

    def __init__(self) -> None:
        #: Format codes by the attribute ``s`` of the cells that are remembered.
        self.codes: dict[str, str] = {}
        self.cells: Memo[bytes, Taken] = Memo(_ROOM // 2, _size_of_cell)
        self.openings: Memo[bytes, Opening] = Memo(_ROOM, _size_of_opening)
        #: By how a value is stored, its format code and whether a formula stands with it.
        self._values: dict[tuple[str, str, bool], Memo[bytes, Said]] = {}
        #: By Frame.prefixed.
        self.bounds: dict[bool, Memo[bytes, Bound]] = {
            prefixed: Memo(_ROOM // 8, _size_of_bound) for prefixed in (False, True)
        }
        #: Whole sheets by how they are stored.
        self.sheets: Memo[bytes, Sheet] = Memo(_ROOM // 2, _size_of_sheet)
        #: The sheets read last, by the name of their part.
        self._likes: Memo[str, tuple[Like, ...]] = Memo(2 * _ROOM, _size_of_likes)
        #: Sheets that were met once, by the hash of their bytes.
        self.met: Memo[int, bool] = Memo(1 << 17)

    def likes(self, part: str) -> tuple[Like, ...]:
        """The sheets read last of a part of this name."""
        return self._likes.get(part) or ()

    def liked(self, part: str, like: Like) -> None:
        """Remember what was read."""
        self._likes.put(part, (like, *self.likes(part)[: _MOST_LIKES - 1]))

    def values(self, head: Head) -> Memo[bytes, Said]:
        """What values say in cells like this one; nothing is remembered of the last of very many kinds."""
        key = head.stored_as, head.code, head.formula
        found = self._values.get(key)
        if found is None:
            many = len(self._values) >= _MOST_VALUES
            found = Memo(0 if many else _ROOM // _MOST_VALUES, _size_of_value)
            if not many:
                self._values[key] = found
        return found

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
