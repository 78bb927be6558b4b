"""Cells of the spellings that spreadsheet programs write, from their bytes: the quick path of reading.

Whatever is spelt otherwise is :class:`_Odd`, and the whole sheet is then read by the careful path
(``sheetxml.py``), which alone says what a cell means. What is taken here stands for itself: no entity, prefix
or attribute that something outside the cell could give another meaning.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ...remembered import Memo
from .cells import (
    COLUMNS,
    LONG,
    Position,
    RawCell,
    number_cell,
    parse_column,
    parse_number,
    parse_range,
    parse_row,
    unescape,
)


class _Odd(Exception):
    """Not a spelling of the quick path."""


#: How a part begins in UTF-8.
DECLARED = (
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?:UTF|utf)-8")?'
    rb'(?: standalone="(?:yes|no)")?\?>[\r\n]{0,2})?'
)
#: No value is longer here; a cell of any spreadsheet holds as many characters.
MAX_VALUE = 32_767

#: From behind ``<c `` to the value or the end.
_HEAD = re.compile(
    rb'r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,6})")?(?: t="([A-Za-z]{1,9})")?(?: cm="[0-9]{1,4}")?'
    rb"(/?)>(?:<f((?: (?:t|aca|ref|dt2D|dtr|del1|del2|r1|r2|ca|si|bx)=\"[ !#-%'-;=?-~]*\")*)"
    rb"(?:/>|>([^<>]*)</f>))?"
)
_ATTRIBUTE = re.compile(rb' ([A-Za-z0-9]+)="([^"]*)"')
_INLINE = re.compile(rb'<is><t(?: xml:space="preserve")?>([^<>]*)</t></is></c>')
_KINDS = frozenset(("n", "s", "str", "b", "e", "inlineStr", "d"))
#: XML 1.0, 2.2, and no carriage return, which XML turns into a line feed. Named are those that it has not:
#: the others take milliseconds to compile.
_CHARACTERS = re.compile("[^\x00-\x08\x0b-\x1f\ufffe\uffff]*")
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}


def text_of(raw: bytes) -> str:
    """Character data as XML reads it. Raises _Odd."""
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise _Odd from None
    if not _CHARACTERS.fullmatch(text):
        raise _Odd
    if "&" in text:
        if text.count("&") != len(_REFERENCE.findall(text)):
            raise _Odd
        text = _REFERENCE.sub(_referred, text)
    return text


def _referred(match: re.Match[str]) -> str:
    if match[1]:
        return _NAMED[match[1]]
    number = int(match[2]) if match[2] else int(match[3], 16)
    if number < 32 and number not in (9, 10, 13):
        raise _Odd
    if 0xD800 <= number < 0xE000 or number in (0xFFFE, 0xFFFF) or number > 0x10FFFF:
        raise _Odd
    return chr(number)


class Head(NamedTuple):
    """A cell without its value. ``code``: of its number format."""

    position: Position
    stored_as: str
    code: str
    formula: bool
    closed: bool


#: What a value says: a cell, None for nothing, and of how many characters a text stands in it, one more, so
#: that 0 is none; SHARED for a text that stands among the shared strings.
Said = tuple[RawCell | None, int]
SHARED = -1


class Opening(NamedTuple):
    """What stands before the value of a cell, from behind ``<c `` to the end of ``<v>``. ``values``: what
    values say in cells of this kind and format, by their bytes to the end of the cell."""

    raw: bytes
    head: Head
    values: Memo[bytes, Said]


#: A cell that was read: where it stands, what its value says, and what stands before that, if it has one.
Taken = tuple[Position, RawCell | None, int, Opening | None]
#: The format code of a style, by the attribute ``s``.
CodeOf = Callable[[str], str]


def head_of(raw: bytes, code_of: CodeOf) -> tuple[Head, int]:
    """The head that ``raw`` begins with, and where it ends. Raises _Odd."""
    match = _HEAD.match(raw)
    if match is None:
        raise _Odd
    letters, digits, style, kind, closed, attributes, formula = match.groups()
    stored_as = kind.decode() if kind else "n"
    name, row = letters.decode(), parse_row(digits.decode())
    column = COLUMNS.get(name) or parse_column(name)
    if not row or not column or stored_as not in _KINDS or (closed and attributes is not None):
        raise _Odd
    if formula:
        text_of(formula)
    if attributes:
        _check(_ATTRIBUTE.findall(attributes))
    code = code_of(style.decode()) if style else ""
    return Head((row, column), stored_as, code, attributes is not None, bool(closed)), match.end()


def _check(attributes: list[tuple[bytes, bytes]]) -> None:
    """Of a formula: each once, and no range beyond its own cell. Raises _Odd."""
    said = dict(attributes)
    if len(said) != len(attributes):
        raise _Odd
    if said.get(b"t") in (b"array", b"dataTable") and b"ref" in said:
        corners = parse_range(said[b"ref"].decode())
        if corners is None or corners[:2] != corners[2:]:
            raise _Odd


def cell_of(raw: bytes, code_of: CodeOf) -> Taken:
    """A whole cell, from behind ``<c `` to its last byte, without a value in ``<v>``. Raises _Odd."""
    head, end = head_of(raw, code_of)
    rest = raw[end:]
    if head.closed or rest == b"</c>":
        if head.closed and rest:
            raise _Odd
        return head.position, *valued(head, None), None
    inline = _INLINE.fullmatch(rest)
    if inline is None or head.stored_as != "inlineStr":
        raise _Odd
    if len(inline[1]) > MAX_VALUE:
        raise _Odd
    text = unescape(text_of(inline[1]))
    return head.position, RawCell(text, text, "text", head.formula, head.code), len(text) + 1, None


def number(head: Head, digits: bytes) -> Said:
    """The cell with a number of at most 15 digits."""
    value = int(digits)
    return tuple.__new__(RawCell, (value, str(value), "number", head.formula, head.code)), 0


def shared(head: Head, text: str | None) -> Said:
    """The cell with a shared string. Raises _Odd where there is none."""
    if text is None:
        raise _Odd
    return RawCell(text, text, "text", head.formula, head.code), SHARED


def valued(head: Head, raw: str | None) -> Said:
    """The cell with a value as XML reads it (``SheetReader._decode``), shared strings aside. Raises _Odd."""
    _, stored_as, code, formula, _ = head
    if not raw and (raw is None or stored_as != "str"):
        return (RawCell(None, "", "blank", True) if formula else None), 0
    if stored_as == "n":
        value = parse_number(raw) if len(raw) <= LONG else None
        if value is None:
            raise _Odd
        return number_cell(value, raw, formula, code), 0
    if stored_as in ("str", "inlineStr", "d"):
        text = unescape(raw)
        return RawCell(text, text, "text", formula, code), len(text) + 1
    if stored_as == "b" and raw in ("0", "1", "true", "false"):
        return RawCell(raw in ("1", "true"), raw, "bool", formula), 0
    if stored_as == "e" and len(raw) <= LONG:
        return RawCell(raw, raw, "error", formula), 0
    raise _Odd
