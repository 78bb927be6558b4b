"""The rows of a worksheet part by the quick path of reading: of each, only what is new in it is read.

A sheet is compared with the one that a part of its name was in the workbook before, row by row, and a row
that differs with the row in its place, cell by cell. Where rows came in or went, and in the first workbook of
a kind, rows are known by their bytes alone; cells always are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress, count
from operator import itemgetter, ne

from .cells import FLAT_ROW, is_hidden, parse_row
from .named_strings import MARK, Named
from .quick_cells import MAX_VALUE, Taken, _Odd, cell_of, head_of, number, shared, text_of, valued
from .quick_kinds import Cells, Kind, Like, Piece, Row, like_of

#: Below what the careful path takes for one tag.
_MAX_PIECE = 128 * 1024
#: Digits of numbers that are met again and again, and of those that are surely exact.
_SHORT, _LONG = 3, 15
_AT, _CELL = itemgetter(0), itemgetter(1)
_ROW_END, _VALUE_END = b"</row>", b"</v></c>"

_ROW = re.compile(
    rb'r="([1-9][0-9]{0,6})"'
    rb"((?: (?:spans|s|customFormat|ht|customHeight|hidden|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb'|x14ac:dyDescent)="[ !#-%\'-;=?-~]*")*)(/?)>'
)
_NAME = re.compile(rb' ([A-Za-z0-9:]+)="')
_SAID = re.compile(r' ([^ =]+)="([^"]*)"')


def _differing(new: Sequence[bytes], old: Sequence[bytes]) -> Iterator[int]:
    """Where two lists of one length differ."""
    return compress(count(), map(ne, new, old))


class RowReader:
    """Reads the rows of one sheet. Raises _Odd in each method."""

    def __init__(self, kind: Kind, formats: Mapping[str, str], strings: Named, *, prefixed: bool) -> None:
        """``prefixed``: see Frame."""
        self._strings, self._prefixed = strings, prefixed
        self._rows, self._met = kind.rows[prefixed], kind.met
        self._cells, self._heads = kind.cells, kind.heads
        self._code = lambda style: kind.code(style, formats)

    def read(self, rows: bytes, like: Like | None) -> Like:
        """The rows of a sheet, in order, each position once; the cells of ``piece`` are remembered.

        ``like``: what was read of a part with an equal ``prefixed``.
        """
        before, *raw = rows.split(b"<row ")
        if before:
            raise _Odd
        if like is None or len(like.raw) != len(raw):
            found = self._rows.each(raw, self._row)
            return like_of(_joined(found), raw, found, len(rows))
        found, changed = like.rows.copy(), [*_differing(raw, like.raw)]
        for index in changed:
            one = raw[index]
            found[index] = self._rows.get(one) or self._row(one, like.rows[index])
        piece = _changed(like, found, changed) or _joined(found)
        return like_of(piece, raw, found, len(rows))

    def _row(self, raw: bytes, like: Row | None = None) -> Row:
        """A row that was not seen before, from behind ``<row ``. ``like``: one that may be much the same."""
        head, *found = raw.split(b"<c ")
        if like and found and like.head == head and len(like.found) == len(found):
            row = self._as(like, found) or self._new(head, found)
        else:
            row = self._new(head, found)
        # Most rows with numbers are never met again: only what is met twice is worth its room.
        if self._met.get(hash(raw)):
            self._rows.put(raw, row)
        else:
            self._met.put(hash(raw), True)
        return row

    def _new(self, head: bytes, found: list[bytes]) -> Row:
        match = _ROW.match(head)
        if match is None or (not self._prefixed and b"x14ac" in match[2]) or len(head) > _MAX_PIECE:
            raise _Odd
        names = _NAME.findall(match[2])
        number, rest = parse_row(match[1].decode()), head[match.end() :]
        if not number or len(names) != len(set(names)):
            raise _Odd
        if found:
            if rest or match[3]:
                raise _Odd
        elif rest != (b"" if match[3] else _ROW_END):
            raise _Odd
        said = dict(_SAID.findall(match[2].decode()))
        hidden = (number,) if is_hidden(said.get("hidden"), said.get("ht"), FLAT_ROW) else ()
        bare = [*found[:-1], _bare(found[-1])] if found else []
        return _gathered(number, Row({}, 0, 0, hidden, head, found, self._cells.each(bare, self._cell)))

    def _as(self, like: Row, found: list[bytes]) -> Row | None:
        """A row with the head of another, and as many cells; None where they stand elsewhere."""
        cells, taken, changed = like.cells.copy(), like.taken.copy(), [*_differing(found, like.found)]
        texts, characters, as_filled = like.texts, like.characters, True
        raw = [found[index] for index in changed]
        if changed and changed[-1] == len(found) - 1:
            raw[-1] = _bare(raw[-1])
        for index, new in zip(changed, self._cells.each(raw, self._cell), strict=True):
            old, taken[index] = taken[index], new
            if new[0] != old[0]:
                return None
            if len(new) == 2 == len(old):
                cells[new[0]] = new[1]
                continue
            if new[1] is not None and old[1] is not None:
                cells[new[0]] = new[1]
            elif new[1] is not old[1]:
                as_filled = False
            if len(old) == 3 and old[1] is not None:
                texts, characters = texts - 1, characters - old[2]
            if len(new) == 3 and new[1] is not None:
                texts, characters = texts + 1, characters + new[2]
        filled = cells if as_filled else _filled(taken)
        return Row(filled, texts, characters, like.hidden, like.head, found, taken)

    def _cell(self, raw: bytes) -> Taken:
        """A cell not seen before, from behind ``<c ``."""
        head, opened, rest = raw.partition(b"<v>")
        if not opened:
            if len(raw) > _MAX_PIECE:
                raise _Odd
            whole = cell_of(raw, self._code)
            self._cells.put(raw, whole)
            return whole
        taken: Taken
        known = self._heads.get(head)
        if known is None:
            known, end = head_of(head, self._code)
            if end != len(head) or known.closed or len(head) > _MAX_PIECE:
                raise _Odd
            self._heads.put(head, known)
        value = rest[: -len(_VALUE_END)]
        if not rest.endswith(_VALUE_END) or b"<" in value or b">" in value or len(value) > MAX_VALUE:
            raise _Odd
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


def _bare(raw: bytes) -> bytes:
    """The last cell of a row without the end of the row. Raises _Odd."""
    if not raw.endswith(_ROW_END):
        raise _Odd
    return raw[: -len(_ROW_END)]


def _filled(taken: list[Taken]) -> Cells:
    """The cells of a row that hold something."""
    return {one[0]: one[1] for one in taken if one[1] is not None}


def _gathered(number: int, row: Row) -> Row:
    """With the cells that were taken, all in the row of this number, each position once. Raises _Odd."""
    positions = [*map(_AT, row.taken)]
    if len(set(positions)) != len(positions) or (positions and {*map(_AT, positions)} != {number}):
        raise _Odd
    said = [one[2] for one in row.taken if len(one) == 3 and one[1] is not None]
    return row._replace(cells=_filled(row.taken), texts=len(said), characters=sum(said))


def _changed(like: Like, rows: list[Row], changed: list[int]) -> Piece | None:
    """The cells of a sheet in which these rows are others than before, each at the same positions; None where
    they are not: the order of all cells is that of the sheet."""
    cells, (_, texts, characters, hidden) = like.piece.cells.copy(), like.piece
    for index in changed:
        old, new = like.rows[index], rows[index]
        if old.hidden != new.hidden or [*old.cells] != [*new.cells]:
            return None
        cells.update(new.cells)
        texts += new.texts - old.texts
        characters += new.characters - old.characters
    return Piece(cells, texts, characters, hidden)


def _joined(rows: list[Row]) -> Piece:
    """One piece of all rows. Raises _Odd."""
    cells: Cells = {}
    hidden: list[int] = []
    count = texts = characters = 0
    for row in rows:
        if row[3]:
            hidden += row[3]
        if row[0]:
            cells.update(row[0])
            count += len(row[0])
            if row[1]:
                texts += row[1]
                characters += row[2]
    if len(cells) != count:
        raise _Odd  # a position twice
    return Piece(cells, texts, characters, tuple(hidden))
