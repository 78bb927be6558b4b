"""What stands around the rows of a worksheet part: read by expat, and known again by its bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from ...errors import Refused
from ...opc.xmlstream import MAX_DEPTH, SHEETS, Attributes, Stream, spellings
from ...remembered import Memo
from .cells import Budget, Outline
from .guard import WORDS
from .quick_cells import DECLARED, _Odd
from .sheetxml import SheetReader

_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
#: UTF-8, and the main namespace without a prefix.
_ROOT = re.compile(DECLARED + rb"(<worksheet(?: [A-Za-z0-9:]+=\"[ !#-%'-;=?-~]*\")*>)")
_NAME = re.compile(rb' ([A-Za-z0-9:]+)="[^"]*"')
#: Of one half; both and the rows stay below the limits of the careful path on names and on one tag.
_MAX_NAMES, _MAX_HALF = 1000, 128 * 1024


class Frame(NamedTuple):
    """The bytes before and behind the rows. ``prefixed``: the prefix that an attribute of a row may have,
    x14ac, is declared."""

    head: bytes
    tail: bytes
    prefixed: bool


_FINE: Memo[tuple[bytes, bytes], bool] = Memo(4 << 20, lambda key, _: len(key[0]) + len(key[1]))


def framed(data: bytes, known: Iterable[Frame] = ()) -> tuple[Frame, bytes]:
    """The frame of a part, which is well-formed around any rows, and the rows. ``known``: frames that it may
    have. Raises _Odd."""
    for frame in known:
        head, tail, _ = frame
        if data.startswith(head) and data.endswith(tail) and len(data) >= len(head) + len(tail):
            return frame, data[len(head) : len(data) - len(tail)]
    start = data.find(_OPEN) + len(_OPEN)
    end = data.rfind(_CLOSE)
    root = _ROOT.match(data)
    if start < len(_OPEN) or end < start or root is None:
        raise _Odd
    head, tail = data[:start], data[end:]
    _check(head, root.start(1), _CLOSE + b"</worksheet>")
    _check(root[1] + _OPEN, 0, tail)
    return Frame(head, tail, b"xmlns:x14ac" in _NAME.findall(root[1])), data[start:end]


def _check(before: bytes, root: int, behind: bytes) -> None:
    """Whether one empty sheetData stands where it belongs in well-formed XML without comments and the like;
    the root begins at ``root``. Raises _Odd."""
    key = before, behind
    if _FINE.get(key):
        return
    both = before + behind
    if len(both) > _MAX_HALF or b"<!" in both or both.find(b"<?", root) >= 0:
        raise _Odd
    try:
        _FrameReader().read(both)
    except Refused:
        raise _Odd from None
    _FINE.put(key, True)


_OUTLINES: Memo[Frame, Outline] = Memo(
    4 << 20,
    lambda frame, found: (
        len(frame.head) + len(frame.tail) + 250 * (len(found.merged) + len(found.hidden_columns))
    ),
)


def outline_of(frame: Frame, where: str) -> Outline:
    """What a frame says of merged ranges and hidden columns. Raises Refused."""
    found = _OUTLINES.get(frame)
    if found is None:
        found = SheetReader(where, [], {}, Budget()).read(iter((frame.head, frame.tail))).outline
        _OUTLINES.put(frame, found)
    return found


_ROOTS, _DATA = (frozenset(spellings(SHEETS, name)) for name in ("worksheet", "sheetData"))


class _FrameReader:
    def read(self, data: bytes) -> None:
        self._depth = self._found = 0
        stream = Stream("", WORDS)
        stream.parser.StartElementHandler = self._start
        stream.parser.EndElementHandler = self._end
        stream.run(iter((data,)))
        if self._found != 1 or len(stream.parser.intern) > _MAX_NAMES:
            raise _Odd

    def _start(self, name: str, _: Attributes) -> None:
        self._depth = depth = self._depth + 1
        if depth > MAX_DEPTH or (depth == 1 and name not in _ROOTS):
            raise _Odd
        if depth == 2 and name in _DATA:
            self._found += 1

    def _end(self, _: str) -> None:
        self._depth -= 1
