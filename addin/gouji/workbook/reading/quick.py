"""The quick path of reading a worksheet part: bytes that were read before are not read again.

A part is known again by its bytes as they are stored; else it is cut at its rows, and rows not seen before
at their cells, each known by its bytes. What is not of the spellings of ``quick_cells.py`` makes the whole
part one for the careful path (``sheetxml.py``), and so does what that would refuse: the quick path refuses
nothing. Both give the identical cells, whatever was read before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence, Set
from operator import itemgetter
from threading import Lock
from typing import Any, NamedTuple

from ...opc.archive import Archive
from ...remembered import Memo
from .cells import FLAT_ROW, Budget, Outline, Position, RawCell, is_hidden, parse_row
from .named_strings import MARK, Named, put_names
from .quick_cells import MAX_VALUE, Head, Odd, Taken, cell_of, head_of, number, shared, text_of, valued
from .quick_frames import Frame, framed, outline_of

Cells = dict[Position, RawCell]

#: So many bytes of sheets not met before are read of a workbook; the careful path, for what is beyond, counts
#: what they cost.
MAX_QUICK = 8 << 20
#: What is remembered for one kind of workbook, in bytes (measured: a cell takes some 300 beside its key), and
#: for how many kinds.
_ROOM, _OF_CELL, _OF_ROW = 16 << 20, 300, 600
_MOST_KINDS = 2
#: Below what the careful path takes for one tag.
_MAX_PIECE = 128 * 1024
#: Digits of numbers that are met again and again, and of those that are surely exact.
_SHORT, _LONG = 3, 15
_AT, _CELL = itemgetter(0), itemgetter(1)

_ROW = re.compile(
    rb'r="([1-9][0-9]{0,6})"'
    rb"((?: (?:spans|s|customFormat|ht|customHeight|hidden|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb'|x14ac:dyDescent)="[ !#-%\'-;=?-~]*")*)(/?)>'
)
_NAME = re.compile(rb' ([A-Za-z0-9:]+)="')
_SAID = re.compile(r' ([^ =]+)="([^"]*)"')


class Piece(NamedTuple):
    """The cells of a row, or of a sheet. ``texts``: how many texts stand in them, of so many ``characters``;
    ``hidden``: rows that do not show."""

    cells: Cells
    texts: int = 0
    characters: int = 0
    hidden: tuple[int, ...] = ()


class Sheet(NamedTuple):
    """Those of a sheet as it is stored, for workbooks in which the numbers that ``pick`` takes are those of
    the shared strings ``picked``."""

    piece: Piece
    frame: Frame
    pick: Callable[[Mapping[bytes, bytes]], tuple[bytes, ...]]
    picked: tuple[bytes, ...]


def _size_of_cell(key: bytes, _: object) -> int:
    return len(key) + _OF_CELL


def _size_of_row(key: bytes, piece: Piece) -> int:
    return len(key) + _OF_ROW + _OF_CELL * len(piece.cells)


def _size_of_sheet(key: bytes, sheet: Sheet) -> int:
    return len(key) + _OF_CELL * len(sheet.piece.cells)


class _Kind:
    """What is remembered for workbooks of one kind: the styles of its cells have the same number formats."""

    def __init__(self) -> None:
        #: Format codes by the attribute ``s`` of the cells that are remembered.
        self.codes: dict[str, str] = {}
        self.cells: Memo[bytes, Taken] = Memo(_ROOM, _size_of_cell)
        self.heads: Memo[bytes, Head] = Memo(_ROOM // 4, _size_of_cell)
        #: By Frame.prefixed.
        self.rows: dict[bool, Memo[bytes, Piece]] = {
            prefixed: Memo(_ROOM, _size_of_row) for prefixed in (False, True)
        }
        #: Whole sheets by how they are stored.
        self.sheets: Memo[bytes, Sheet] = Memo(_ROOM // 2, _size_of_sheet)
        #: Rows and sheets that were met once, by the hash of their bytes.
        self.met: Memo[int, bool] = Memo(1 << 17)

    def fits(self, formats: Mapping[str, str]) -> bool:
        """Whether it is that of a workbook with these number formats."""
        return all(formats.get(style, "") == code for style, code in tuple(self.codes.items()))

    def code(self, style: str, formats: Mapping[str, str]) -> str:
        """The format of a cell that will be remembered. Raises Odd where another workbook had another."""
        code = formats.get(style, "")
        if self.codes.setdefault(style, code) != code:
            raise Odd
        return code


_KINDS: list[_Kind] = []
_LOCK = Lock()


def _kind_of(formats: Mapping[str, str]) -> _Kind:
    """The kind of a workbook with these number formats; the one used longest ago goes for a new one."""
    with _LOCK:
        kind = next((one for one in _KINDS if one.fits(formats)), None)
        if kind is None:
            kind = _Kind()
        else:
            _KINDS.remove(kind)
        _KINDS.insert(0, kind)
        del _KINDS[_MOST_KINDS:]
    return kind


class _Reader:
    """Reads the rows of one sheet. Raises Odd in each method."""

    def __init__(self, kind: _Kind, formats: Mapping[str, str], strings: Named, *, prefixed: bool) -> None:
        """``prefixed``: see Frame."""
        self._strings, self._prefixed = strings, prefixed
        self._rows, self._met = kind.rows[prefixed], kind.met
        self._cells, self._heads = kind.cells, kind.heads
        self._code = lambda style: kind.code(style, formats)

    def read(self, rows: bytes) -> list[Piece]:
        """The rows of a sheet, in order."""
        before, *each = rows.split(b"<row ")
        if before:
            raise Odd
        return self._rows.each(each, self._row)

    def _row(self, raw: bytes) -> Piece:
        """A row that was not seen before, from behind ``<row ``."""
        head, *found = raw.split(b"<c ")
        match = _ROW.match(head)
        if match is None or (not self._prefixed and b"x14ac" in match[2]) or len(head) > _MAX_PIECE:
            raise Odd
        names = _NAME.findall(match[2])
        row, rest = parse_row(match[1].decode()), head[match.end() :]
        if not row or len(names) != len(set(names)):
            raise Odd
        if found:
            if rest or match[3] or not found[-1].endswith(b"</row>"):
                raise Odd
            found[-1] = found[-1][: -len(b"</row>")]
        elif rest != (b"" if match[3] else b"</row>"):
            raise Odd
        said = dict(_SAID.findall(match[2].decode()))
        hidden = is_hidden(said.get("hidden"), said.get("ht"), FLAT_ROW)
        piece = self._piece(row, found)
        if hidden:
            piece = piece._replace(hidden=(row,))
        # Most rows with numbers are never met again: only what is met twice is worth its room.
        if self._met.get(hash(raw)):
            self._rows.put(raw, piece)
        else:
            self._met.put(hash(raw), True)
        return piece

    def _piece(self, row: int, found: list[bytes]) -> Piece:
        taken = self._cells.each(found, self._cell)
        cells: Cells = dict(zip(map(_AT, taken), map(_CELL, taken), strict=True))
        if len(cells) != len(found) or (found and set(map(_AT, cells)) != {row}):
            raise Odd
        texts = characters = 0
        for at, cell, length in [one for one in taken if len(one) == 3]:
            if cell is None:
                del cells[at]
            else:
                texts += 1
                characters += length
        return Piece(cells, texts, characters)

    def _cell(self, raw: bytes) -> Taken:
        """A cell not seen before, from behind ``<c ``."""
        head, opened, rest = raw.partition(b"<v>")
        if not opened:
            if len(raw) > _MAX_PIECE:
                raise Odd
            whole = cell_of(raw, self._code)
            self._cells.put(raw, whole)
            return whole
        taken: Taken
        known = self._heads.get(head)
        if known is None:
            known, end = head_of(head, self._code)
            if end != len(head) or known.closed or len(head) > _MAX_PIECE:
                raise Odd
            self._heads.put(head, known)
        value = rest[: -len(b"</v></c>")]
        if not rest.endswith(b"</v></c>") or b"<" in value or b">" in value or len(value) > MAX_VALUE:
            raise Odd
        if known.stored_as == "n" and value.isdigit() and len(value) <= _LONG:
            taken = number(known, value)
            if len(value) > _SHORT:
                return taken
        elif value.startswith(MARK):
            taken = shared(known, self._strings.texts[value])
        else:
            taken = valued(known, text_of(value))
        self._cells.put(raw, taken)
        return taken


class QuickSheets:
    """The sheets of one workbook by the quick path."""

    def __init__(
        self, archive: Archive, strings: Sequence[str], formats: Mapping[str, str], budget: Budget
    ) -> None:
        self._archive, self._formats, self._budget = archive, formats, budget
        self._left = MAX_QUICK
        self._kind = _kind_of(formats)
        self._strings = Named(strings)
        #: What stood around the rows of the parts that were read, and which rows do not show.
        self._seen: dict[str, tuple[Frame, tuple[int, ...]]] = {}

    def cells(self, part: str) -> Cells | None:
        """The cells of a worksheet part; None where it is one for the careful path."""
        codes = len(self._kind.codes)
        try:
            piece = self._piece(part)
        except Odd:
            return None
        # Another thread may have added cells of a style that has another format here.
        if len(self._kind.codes) > codes and not self._kind.fits(self._formats):
            return None
        fine = self._budget.take(len(piece.cells), piece.texts, piece.characters)
        return piece.cells if fine else None

    def _piece(self, part: str) -> Piece:
        """Cells that belong to the caller. Raises Odd."""
        kind, packed = self._kind, self._archive.packed(part)
        known = kind.sheets.get(packed)
        if known is not None and self._picked(known.pick) == known.picked:
            self._seen[part] = known.frame, known.piece.hidden
            return known.piece._replace(cells=known.piece.cells.copy())
        data = self._archive.whole(part, self._left)
        if data is None:
            raise Odd
        self._left -= len(data)
        frame, stored = framed(data)
        rows, numbers = put_names(stored, self._strings.names)
        piece = _joined(_Reader(kind, self._formats, self._strings, prefixed=frame.prefixed).read(rows))
        if kind.met.get(hash(packed)):
            pick: Any = itemgetter(b"", b"", *numbers)
            copy = piece._replace(cells=piece.cells.copy())
            kind.sheets.put(packed, Sheet(copy, frame, pick, self._picked(pick)))
        else:
            kind.met.put(hash(packed), True)
        self._seen[part] = frame, piece.hidden
        return piece

    def outline(self, part: str, where: str, rows: Set[int]) -> Outline | None:
        """The outline of a part whose cells were read here; None for others. ``rows``: see ``read_outline``.

        Raises Refused.
        """
        seen = self._seen.get(part)
        if seen is None:
            return None
        frame, hidden = seen
        found = outline_of(frame, where)
        return found._replace(hidden_rows=frozenset(rows & set(hidden))) if hidden else found

    def _picked(self, pick: Any) -> tuple[bytes, ...]:
        try:
            return pick(self._strings.names)  # type: ignore[no-any-return]
        except KeyError:
            raise Odd from None


def _joined(pieces: list[Piece]) -> Piece:
    """One piece of those of all rows. Raises Odd."""
    cells: Cells = {}
    hidden: list[int] = []
    count = texts = characters = 0
    for piece in pieces:
        if piece[3]:
            hidden += piece[3]
        if piece[0]:
            cells.update(piece[0])
            count += len(piece[0])
            if piece[1]:
                texts += piece[1]
                characters += piece[2]
    if len(cells) != count:
        raise Odd  # a position twice
    return Piece(cells, texts, characters, tuple(hidden))
