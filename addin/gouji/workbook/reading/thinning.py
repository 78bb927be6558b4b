"""Empty cells and rows of a worksheet part, left out before it is parsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from ...precompiled import compiled
from .cells import MAX_ROW
from .guard import refuse

# Hand-edited books carry tens of thousands of styled empty cells, or a million formatted rows. Leaving them
# out before the parse is four times faster. What follows must be another cell or the end of the row (another
# row or the end of the data): so nothing is taken out of the inside of a value, where it would be malformed;
# and one whose position is written: where it is counted, what it is counted from stays.
_CELL = rb'<c r="[A-Z]{1,2}[1-9][0-9]{0,5}"(?: s="[0-9]{1,6}")?(?: t="n")?(?: ?/>|></c>)(?=<c r="|</row>)'
_EMPTY_ROW, _NEXT_ROW = rb'<row r="[1-9][0-9]{0,5}"[^<>]*/>', rb'(?=<row r="|</sheetData>)'


def _run(row: bytes) -> bytes:
    """Rows of this pattern, all that follow one another at once: that takes half as long as one by one."""
    return row + b"(?:" + row + b")*" + _NEXT_ROW


_EMPTY = compiled(_CELL + b"|" + _run(_EMPTY_ROW))
_EMPTY_CELL = compiled(_CELL)


_EMPTIED = compiled(rb'<row r="[1-9][0-9]{0,5}"[^<>]*(?<!/)></row>' + _NEXT_ROW)


def thinned(chunk: bytes) -> bytes:
    """A piece of a worksheet part without the empty cells and rows that lie whole in it."""
    thin, left_out = _EMPTY.subn(b"", chunk)
    return _EMPTIED.sub(b"", thin) if left_out and b"></row>" in thin else thin


#: A row begins with it; one that is cut by the end of a chunk is not counted.
_ROW_BEGINS = b"<row "


def within_rows(where: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces of a worksheet part: what is left out is counted nowhere else, and a sheet has no
    more rows than MAX_ROW. Raises Refused."""
    rows = 0
    for chunk in chunks:
        rows += chunk.count(_ROW_BEGINS)
        if rows > MAX_ROW:
            refuse("too_much_markup", place=where)
        yield chunk


_SHOWING = (
    rb'<row r="[1-9][0-9]{0,6}"'
    rb"(?: (?:s|spans|customFormat|customHeight|thickTop|thickBot|x14ac:dyDescent)"
    rb'="[^<>"]*"| ht="(?:[2-9]|[1-9][0-9]+)(?:\.[0-9]+)?")*'
)
#: An empty row that shows, one that shows with all that it holds, and any that is empty.
_SHOWN = compiled(_run(_SHOWING + rb"(?:/>|(?<!/)></row>)"))
_FILLED = compiled(_SHOWING + rb"(?<!/)>(?:[^<]++|<(?!/?row\b))*+</row>" + _NEXT_ROW)
_ROW = compiled(rb'<row r="([1-9][0-9]{0,6})"[^<>]*(?:/>|(?<!/)></row>)' + _NEXT_ROW)
#: What may hold something that looks like a row and is none: a comment, CDATA, an instruction; and UTF-16.
_ASIDE = b"<!", b"<?", b"\0"


def without_shown(chunks: Iterable[bytes], rows: Set[int]) -> Iterator[bytes]:
    """The pieces of a worksheet part, known to be well-formed, without its empty cells, and without the rows
    that show or are none of ``rows``: what is left says the same of how these rows show. Rows that hold
    something go as long as nothing stands aside."""
    is_plain, last = True, b""
    for chunk in chunks:
        seen = last + chunk.removeprefix(b"<?xml ")
        is_plain, last = is_plain and not any(mark in seen for mark in _ASIDE), chunk[-1:]
        thin = _SHOWN.sub(b"", _EMPTY_CELL.sub(b"", _FILLED.sub(b"", chunk) if is_plain else chunk))
        yield _ROW.sub(lambda match: match[0] if int(match[1]) in rows else b"", thin)
