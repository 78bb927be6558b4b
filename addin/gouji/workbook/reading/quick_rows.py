"""The rows of a worksheet part by the quick path of reading: of a sheet, only what is new in it is read.

A sheet is cut at its cells and compared, piece by piece, with one that a part of its name was in a workbook
before. In the pieces of that one stand, for the comparison, the numbers that its shared strings have in this
workbook: one paragraph more moves all numbers after it. Where cells came in or went, and in the first
workbook of a kind, cells are known by their bytes alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import compress, count
from operator import itemgetter, ne

from .cells import FLAT_ROW, RawCell, is_hidden, parse_row
from .quick_cells import (
    MAX_VALUE,
    SHARED,
    Opening,
    Said,
    Taken,
    _Odd,
    cell_of,
    head_of,
    number,
    shared,
    text_of,
    valued,
)
from .quick_frames import Frame
from .quick_kinds import Bound, Cells, Kind, Like, Piece, Shared, like_of
from .shapes import Shape

#: Below what the careful path takes for one tag.
_MAX_PIECE = 128 * 1024
#: Digits of numbers that are met again and again, and of those that are surely exact.
_SHORT, _LONG = 3, 15
_AT, _KIND = itemgetter(0), itemgetter(2)
_CELL, _ROW_END, _VALUE, _VALUE_END = b"<c ", b"</row>", b"<v>", b"</v></c>"
#: What stands in no piece, as a sheet was cut there.
_NOWHERE = _CELL

_ROW = re.compile(
    rb'r="([1-9][0-9]{0,6})"'
    rb"((?: (?:spans|s|customFormat|ht|customHeight|hidden|outlineLevel|collapsed|thickTop|thickBot|ph"
    rb'|x14ac:dyDescent)="[ !#-%\'-;=?-~]*")*)(/?)>'
)
_NAME = re.compile(rb' ([A-Za-z0-9:]+)="')
_SAID = re.compile(r' ([^ =]+)="([^"]*)"')


class Strings:
    """The shared strings of one workbook, by the digits of their numbers and the other way round."""

    def __init__(self, strings: Sequence[str]) -> None:
        digits = _digits(len(strings))
        #: For no digits, nothing.
        self.texts: dict[bytes, str] = dict(zip(digits, strings, strict=True))
        self.texts[b""] = ""
        self.numbers: dict[str, bytes] = dict(zip(strings, digits, strict=True))


#: Most workbooks have fewer strings.
_USUAL = tuple(b"%d" % one for one in range(2048))


def _digits(number: int) -> Sequence[bytes]:
    """The numbers below ``number``, as they are written."""
    return _USUAL[:number] if number <= len(_USUAL) else [b"%d" % one for one in range(number)]


class RowReader:
    """Reads the rows of one sheet. Raises _Odd in each method."""

    def __init__(self, kind: Kind, formats: Mapping[str, str], strings: Strings, frame: Frame) -> None:
        self._strings, self._frame = strings, frame
        self._bounds = kind.bounds[frame.prefixed]
        self._kind = kind
        self._code = lambda style: kind.code(style, formats)

    def read(self, rows: bytes, likes: Sequence[Like]) -> Like:
        """The rows of a sheet, in order, each position once; the cells of ``piece`` are remembered.

        ``likes``: what was read of parts of this name. Compared is the one whose size is nearest: who fills
        in every 0 writes longer rows.
        """
        size, prefixed = len(rows), self._frame.prefixed
        nearest = min(likes, key=lambda one: abs(one.size - size), default=None)
        if nearest and nearest.is_steady and nearest.frame.prefixed == prefixed:
            expected, numbers = self._renumbered(nearest)
            if None not in numbers and rows == _CELL.join((nearest.first, *expected)):
                own = nearest.shared._replace(numbers=numbers)
                return nearest._replace(found=expected, shared=own, size=size, frame=self._frame)
        first, *found = rows.split(_CELL)
        like = min(
            (one for one in likes if len(one.found) == len(found) and one.frame.prefixed == prefixed),
            key=lambda one: abs(one.size - size),
            default=None,
        )
        return (like and self._as(like, first, found, size)) or self._whole(first, found, size)

    def _whole(self, first: bytes, found: list[bytes], size: int) -> Like:
        """A sheet of which no cell need have been seen before."""
        cut = [piece.partition(_ROW_END) for piece in found]
        ends = {index: end + rest for index, (_, end, rest) in enumerate(cut) if end}
        # Before the cells, which take longer: a row may be odd, and all of it in vain.
        bounds = [self._bound(first), *map(self._bound, ends.values())]
        taken = self._kind.cells.each([cell for cell, _, _ in cut], self._learnt)
        _check_rows(bounds, [*map(_AT, map(_AT, taken))], ends)
        hidden = frozenset(row for bound in bounds for row in bound.hidden)
        if len({*map(_AT, taken)}) != len(taken):
            raise _Odd  # a position twice
        said = [kind for kind in map(_KIND, taken) if kind > 0]
        cells = _filled(taken)
        piece = Piece(cells, len(said), sum(said) - len(said), _holding(cells, hidden), Shape())
        return like_of(
            piece, hidden, first, found, taken, ends, _shared(found, taken), size, self._frame, False
        )

    def _bound(self, raw: bytes) -> Bound:
        """What stands between two cells of different rows, before the first or behind the last."""
        found = self._bounds.get(raw)
        if found is None:
            before, *rows = raw.removeprefix(_ROW_END).split(b"<row ")
            if before:
                raise _Odd
            read = [self._row(row, is_last=index == len(rows)) for index, row in enumerate(rows, 1)]
            opened = read[-1].opened if read else 0
            found = Bound(opened, tuple(number for one in read for number in one.hidden))
            self._bounds.put(raw, found)
        return found

    def _row(self, raw: bytes, *, is_last: bool) -> Bound:
        """A row from behind ``<row `` to its first cell, or one without cells to its end."""
        match = _ROW.match(raw)
        if match is None or (not self._frame.prefixed and b"x14ac" in match[2]) or len(raw) > _MAX_PIECE:
            raise _Odd
        names = _NAME.findall(match[2])
        number, rest = parse_row(match[1].decode()), raw[match.end() :]
        if not number or len(names) != len(set(names)):
            raise _Odd
        is_open = not match[3] and not rest and is_last
        if not is_open and rest != (b"" if match[3] else _ROW_END):
            raise _Odd
        said = dict(_SAID.findall(match[2].decode()))
        hidden = (number,) if is_hidden(said.get("hidden"), said.get("ht"), FLAT_ROW) else ()
        return Bound(number if is_open else 0, hidden)

    def _as(self, like: Like, first: bytes, found: list[bytes], size: int) -> Like | None:
        """A sheet with as many cells as another; None where they stand elsewhere."""
        expected, numbers = self._renumbered(like)
        changed = [*compress(count(), map(ne, found, expected))]
        ends = self._ends(like, first, found, changed)
        if ends is None:
            return None
        # The old pieces where they are equal: what was just cut is soon given back.
        kept, taken, cells = expected.copy(), like.taken.copy(), like.piece.cells.copy()
        texts: list[int] = []
        as_filled = as_shaped = True
        for index in changed:
            kept[index] = raw = found[index]
            if index in ends:
                raw = raw[: -len(ends[index])]
            at, before, counted, opening = taken[index]
            if opening is not None and raw.startswith(opening.raw):
                rest = raw[len(opening.raw) :]
                cell, kind = opening.values.get(rest) or self._value(opening, rest)
            else:
                here, cell, kind, opening = self._cell(raw)
                if here != at:
                    return None
                as_shaped = as_shaped and _by_formula(cell) is _by_formula(before)
            taken[index] = at, cell, kind, opening
            if cell is None or before is None:
                as_filled = as_filled and cell is before
            else:
                cells[at] = cell
            if kind or counted:
                texts.append(index)
        piece = _counted(like, cells if as_filled else _filled(taken), taken, texts)
        if not (as_filled and as_shaped):
            piece = piece._replace(hidden=_holding(piece.cells, like.hidden), shape=Shape())
        own = _shared_anew(like, kept, taken, numbers, texts)
        return like_of(piece, like.hidden, first, kept, taken, ends, own, size, self._frame, not changed)

    def _renumbered(self, like: Like) -> tuple[list[bytes], list[bytes | None]]:
        """The pieces of a sheet with the numbers that its shared strings have in this workbook, and these;
        what stands nowhere, and None, where it has no such string."""
        at, before, behind, own, texts = like.shared
        numbers = [*map(self._strings.numbers.get, texts)]
        if numbers == own:
            return like.found, numbers
        expected = like.found.copy()
        for index, head, end, new, old in zip(at, before, behind, numbers, own, strict=True):
            if new != old:
                expected[index] = _NOWHERE if new is None else head + new + end
        return expected, numbers

    def _ends(
        self, like: Like, first: bytes, found: list[bytes], changed: list[int]
    ) -> Mapping[int, bytes] | None:
        """What stands behind the last cell of each row; None where rows begin or show elsewhere than in the
        other sheet. ``changed``: the pieces that are others there."""
        if first != like.first and self._bound(first) != self._bound(like.first):
            return None
        anew: dict[int, bytes] = {}
        for index in [index for index in changed if index in like.ends]:
            _, row_end, rest = found[index].partition(_ROW_END)
            end, before = row_end + rest, like.ends[index]
            if end != before:
                if not end or self._bound(end) != self._bound(before):
                    return None
                anew[index] = end
        return {**like.ends, **anew} if anew else like.ends

    def _learnt(self, raw: bytes) -> Taken:
        """A cell that is remembered, but where it will hardly be met again."""
        taken = _, cell, kind, _ = self._cell(raw)
        is_long = cell is not None and cell.kind == "number" and len(cell.raw) > _SHORT
        if kind != SHARED and not is_long:
            self._kind.cells.put(raw, taken)
        return taken

    def _cell(self, raw: bytes) -> Taken:
        """A cell, from behind ``<c `` to its end."""
        head, opened, rest = raw.partition(_VALUE)
        if not opened:
            if len(raw) > _MAX_PIECE:
                raise _Odd
            return cell_of(raw, self._code)
        opening = self._kind.openings.get(head)
        if opening is None:
            known, end = head_of(head, self._code)
            if end != len(head) or known.closed or len(head) > _MAX_PIECE:
                raise _Odd
            opening = Opening(head + opened, known, self._kind.values(known))
            self._kind.openings.put(head, opening)
        cell, kind = opening.values.get(rest) or self._value(opening, rest)
        return opening.head.position, cell, kind, opening

    def _value(self, opening: Opening, rest: bytes) -> Said:
        """A value not met before, from behind ``<v>`` to the end of the cell."""
        head, value = opening.head, rest[: -len(_VALUE_END)]
        if not rest.endswith(_VALUE_END) or b"<" in value or b">" in value or len(value) > MAX_VALUE:
            raise _Odd
        if head.stored_as == "n" and value.isdigit() and len(value) <= _LONG:
            said = number(head, value)
            if len(value) > _SHORT:
                return said
        elif head.stored_as == "s" and value:
            return shared(head, self._strings.texts.get(value))
        else:
            said = valued(head, text_of(value))
        opening.values.put(rest, said)
        return said


def _check_rows(bounds: Sequence[Bound], rows: list[int], ends: Mapping[int, bytes]) -> None:
    """Raises _Odd where one of the cells, which name these rows, stands in none or in another row."""
    start = 0
    for bound, index in zip(bounds, ends, strict=False):
        run = rows[start : index + 1]
        if not bound.opened or run.count(bound.opened) != len(run):
            raise _Odd
        start = index + 1
    if bounds[-1].opened or start != len(rows):
        raise _Odd


def _filled(taken: list[Taken]) -> Cells:
    """The cells that hold something, in the order of the sheet."""
    return {at: cell for at, cell, _, _ in taken if cell is not None}


def _by_formula(cell: RawCell | None) -> bool:
    return cell is not None and cell.formula


def _holding(cells: Cells, rows: frozenset[int]) -> frozenset[int]:
    """Those of the rows that hold a cell."""
    return rows.intersection(map(_AT, cells)) if rows else rows


def _counted(like: Like, cells: Cells, taken: list[Taken], changed: list[int]) -> Piece:
    """The cells of a sheet with the texts that stand in them; ``changed``: where one stands or stood."""
    texts, characters = like.piece.texts, like.piece.characters
    for index in changed:
        for one, by in ((taken[index][2], 1), (like.taken[index][2], -1)):
            if one > 0:
                texts, characters = texts + by, characters + by * (one - 1)
    return like.piece._replace(cells=cells, texts=texts, characters=characters)


def _shared(found: list[bytes], taken: list[Taken]) -> Shared:
    """Where shared strings stand."""
    at = [index for index, one in enumerate(taken) if one[2] == SHARED]
    cut = [found[index].partition(_VALUE) for index in at]
    values = [rest.partition(b"<") for _, _, rest in cut]
    return Shared(
        at,
        [head + opened for head, opened, _ in cut],
        [opened + rest for _, opened, rest in values],
        [number for number, _, _ in values],
        [taken[index][1].raw for index in at],  # type: ignore[union-attr]
    )


def _shared_anew(
    like: Like, found: list[bytes], taken: list[Taken], numbers: list[bytes | None], changed: list[int]
) -> Shared:
    """Where they stand in a sheet that is as ``like``, with these ``numbers``, but where it has changed."""
    own = like.shared._replace(numbers=numbers)
    kinds = [(index, taken[index][2], like.taken[index][2]) for index in changed]
    moved = [(index, now == before) for index, now, before in kinds if SHARED in (now, before)]
    if not all(stays for _, stays in moved):
        return _shared(found, taken)
    if moved:
        own = Shared(own.at, own.before.copy(), own.behind.copy(), numbers, own.texts.copy())
    for index, _ in moved:
        place, one = bisect_left(own.at, index), _shared([found[index]], [taken[index]])
        for all_, new in zip(own[1:], one[1:], strict=True):
            all_[place] = new[0]  # type: ignore[index]
    return own
