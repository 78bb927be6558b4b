"""Empty cells and rows of a worksheet part, left out before it is parsed."""

from __future__ import annotations

import re

from ...precompiled import compiled
from .cells import FLAT_ROW, MAX_ROW, is_hidden
from .guard import Work, refuse

# Hand-edited books carry tens of thousands of styled empty cells, or a million formatted rows. Leaving them
# out before the parse is four times faster. What follows must be another cell or the end of the row (another
# row or the end of the data): so nothing is taken out of the inside of a value, where it would be malformed;
# and one whose position is written: where it is counted, what it is counted from stays.
_CELL = rb'<c r="[A-Z]{1,2}[1-9][0-9]{0,5}"(?: s="[0-9]{1,6}")?(?: t="n")?(?: ?/>|></c>)(?=<c r="|</row>)'
#: Up to row 1 039 999.
_NUMBER, _EMPTY_ROW = rb'<row r="([1-9][0-9]{0,5}|10[0-3][0-9]{4})"', rb"(?: ?/>|(?<!/)></row>)"
_ATTRIBUTE = (
    rb" (?:s|spans|customFormat|customHeight|outlineLevel|collapsed|thickTop|thickBot|ph|x14ac:dyDescent)"
    rb'="[^<>"]*"'
)
_NEXT_ROW = rb'(?=<row r="|</sheetData>)'
#: An empty row that shows.
_SHOWN_ROW = (
    _NUMBER.replace(b"(", b"(?:", 1)
    + b"(?:"
    + _ATTRIBUTE
    + rb'| hidden="(?:0|false)"| ht="(?:[2-9]|[1-9][0-9]+)(?:\.[0-9]+)?")*'
    + _EMPTY_ROW
)
#: All that follow one another at once: that takes half as long as one by one.
_SHOWN_ROWS = _SHOWN_ROW + b"(?:" + _SHOWN_ROW + b")*" + _NEXT_ROW

_EMPTY = compiled(_CELL + b"|" + _SHOWN_ROWS)
_SHOWN = compiled(_SHOWN_ROWS)
_ANY = b"(?:" + _ATTRIBUTE + rb'| ht="[0-9.]+")*'
_HIDDEN = compiled(_NUMBER + _ANY + rb' hidden="(?:1|true)"' + _ANY + _EMPTY_ROW + _NEXT_ROW)
#: Any empty row whose attributes stand for themselves.
_ROW = compiled(_NUMBER + rb'((?: [A-Za-z0-9:]+="[^<>"&]*")*)' + _EMPTY_ROW + _NEXT_ROW)
_SAID = compiled(r' ([^ =]+)="([^"]*)"')
#: A row begins with it; one that is cut by the end of a chunk is not counted.
_ROW_BEGINS = b"<row "
#: What an empty row costs (``guard.Work``) that is looked at by itself; two that are hidden cost one.
_LOOKED_AT = 4


class Thinned:
    """The pieces of one worksheet part, each without the empty cells and rows that lie whole in it.

    What is left out is accounted for, and a sheet has no more rows than MAX_ROW.
    """

    def __init__(self, where: str, work: Work) -> None:
        self._where, self._work = where, work
        self._rows = 0
        self._hidden = bytearray()

    def __call__(self, chunk: bytes) -> bytes:
        """What of a piece is to be parsed. Raises Refused."""
        self._rows += chunk.count(_ROW_BEGINS)
        if self._rows > MAX_ROW:
            refuse("too_much_markup", place=self._where)
        thin, left_out = _EMPTY.subn(b"", self._without_hidden(chunk))
        if left_out and b"></row>" in thin:
            thin = _SHOWN.sub(b"", self._without_hidden(thin))
        if b"/><row " in thin or b"/></sheetData>" in thin or b"></row>" in thin:
            thin = _ROW.sub(self._leave_out, thin)
        self._work.spend(self._where, chunk, thin)
        return thin

    def hides(self, row: int) -> bool:
        """Whether an empty row of this number was left out that does not show."""
        return bool(self._hidden) and bool(self._hidden[row])

    def _without_hidden(self, chunk: bytes) -> bytes:
        if b' hidden="1"' not in chunk and b' hidden="true"' not in chunk:
            return chunk
        shown = _HIDDEN.split(chunk)  # at the number of each that is left out
        self._hide(shown[1::2])
        return b"".join(shown[::2])

    def _hide(self, numbers: list[bytes]) -> None:
        if numbers and not self._hidden:
            self._hidden = bytearray(MAX_ROW + 1)
        for number in numbers:
            self._hidden[int(number)] = 1
        self._work.left -= len(numbers) // 2

    def _leave_out(self, match: re.Match[bytes]) -> bytes:
        self._work.left -= _LOOKED_AT
        said = dict(_SAID.findall(match[2].decode("latin-1")))
        if is_hidden(said.get("hidden"), said.get("ht"), FLAT_ROW):
            self._hide([match[1]])
        return b""
