"""The quick path of reading a worksheet part: bytes that were read before are not read again.

A part is known again by its bytes as they are stored; else it is cut at its cells (``quick_rows.py``), and
those not seen before are read. What is not of the spellings of ``quick_cells.py`` makes the whole part
one for the careful path (``sheetxml.py``), and so does what that would refuse: the quick path itself refuses
nothing. Both give the identical cells, whatever was read before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any

from ...opc.archive import Archive
from .cells import Budget, Outline
from .quick_cells import _Odd
from .quick_frames import Frame, framed, outline_of
from .quick_kinds import Cells, Piece, Sheet, kind_of
from .quick_rows import RowReader, Strings
from .shapes import SheetCells

#: So many bytes of sheets not met before are read of a workbook; the careful path, for what is beyond, counts
#: what they cost.
MAX_QUICK = 3 << 20


class QuickSheets:
    """The sheets of one workbook by the quick path."""

    def __init__(
        self, archive: Archive, strings: Sequence[str], formats: Mapping[str, str], budget: Budget
    ) -> None:
        self._archive, self._formats, self._budget = archive, formats, budget
        self._left = MAX_QUICK
        self._kind = kind_of(formats)
        #: How many of the kind's codes are known to be those of this workbook.
        self._fitting = 0
        self._strings = Strings(strings)
        #: What stood around the rows of the parts that were read, and which rows with cells do not show.
        self._seen: dict[str, tuple[Frame, frozenset[int]]] = {}

    def cells(self, part: str) -> Cells | None:
        """The cells of a worksheet part; None where it is one for the careful path."""
        try:
            piece = self._piece(part)
        except _Odd:
            return None
        # Another workbook may have added cells of a style that has another format here.
        codes = len(self._kind.codes)
        if codes > self._fitting:
            if not self._kind.fits(self._formats):
                self._seen.pop(part, None)
                self._kind, self._fitting = kind_of(self._formats), 0
                return None
            self._fitting = codes
        fine = self._budget.take(len(piece.cells), piece.texts, piece.characters)
        return piece.cells if fine else None

    def _piece(self, part: str) -> Piece:
        """Cells that belong to the caller. Raises _Odd."""
        kind, packed = self._kind, self._archive.packed(part)
        known = kind.sheets.get(packed)
        if known is not None and self._picked(known.pick) == known.picked:
            self._seen[part] = known.frame, known.piece.hidden
            return _given(known.piece)
        data = self._archive.whole(part, self._left)
        if data is None:
            raise _Odd
        self._left -= len(data)
        likes = kind.likes(part)
        frame, rows = framed(data, dict.fromkeys(like.frame for like in likes))
        reader = RowReader(kind, self._formats, self._strings, frame)
        like = reader.read(rows, likes)
        kind.liked(part, like)
        if kind.met.get(hash(packed)):
            pick: Any = itemgetter(b"", b"", *like.shared.numbers)
            kind.sheets.put(packed, Sheet(like.piece, frame, pick, self._picked(pick)))
        else:
            kind.met.put(hash(packed), True)
        self._seen[part] = frame, like.piece.hidden
        return _given(like.piece)

    def outline(self, part: str, where: str) -> Outline | None:
        """The outline of a part that was read here; None for others. Raises Refused."""
        seen = self._seen.get(part)
        if seen is None:
            return None
        frame, hidden = seen
        found = outline_of(frame, where)
        if not hidden:
            return found
        return found._replace(hidden_rows=hidden)

    def _picked(self, pick: Any) -> tuple[str, ...]:
        try:
            return pick(self._strings.texts)  # type: ignore[no-any-return]
        except KeyError:
            raise _Odd from None


def _given(piece: Piece) -> Piece:
    """With cells that belong to who takes them."""
    return piece._replace(cells=SheetCells(piece.cells, piece.shape))
