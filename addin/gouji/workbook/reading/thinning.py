"""Empty cells and rows of a worksheet part, left out before it is parsed."""

from __future__ import annotations

import re

# Hand-edited books carry tens of thousands of styled empty cells, or a million formatted rows. Leaving them
# out before the parse is four times faster. What follows must be another cell or the end of the row (another
# row or the end of the data): so nothing is taken out of the inside of a value, where it would be malformed.
_EMPTY = re.compile(
    rb'<c r="[A-Z]{1,2}[1-9][0-9]{0,5}"(?: s="[0-9]{1,6}")?(?: t="n")?(?: ?/>|></c>)(?=<c |</row>)'
    rb'|<row r="[1-9][0-9]{0,5}"[^<>]*/>(?=<row |</sheetData>)'
)


_EMPTIED = re.compile(rb'<row r="[1-9][0-9]{0,5}"[^<>]*(?<!/)></row>(?=<row |</sheetData>)')


def thinned(chunk: bytes) -> bytes:
    """A piece of a worksheet part without the empty cells and rows that lie whole in it."""
    thin, left_out = _EMPTY.subn(b"", chunk)
    return _EMPTIED.sub(b"", thin) if left_out and b"></row>" in thin else thin
