"""Shared strings of which most were read before: known again by the bytes of each.

A string is read by the careful path, in a list of its own; so it means the same. What it needs from around it
(a prefix, another namespace) makes the whole list one for the careful path.
"""

from __future__ import annotations

import re

from ...errors import Refused
from ...opc.xmlstream import SHEETS, STRICT
from ...remembered import Memo, of_texts
from .cells import Budget, unescape
from .quick_cells import DECLARED, MAX_VALUE, _Odd, text_of
from .stringxml import read_strings

_ROOT = re.compile(DECLARED + rb"<sst((?: (?:xmlns|count|uniqueCount)=\"[A-Za-z0-9:/.]*\")*)>")
_ATTRIBUTE = re.compile(rb' ([A-Za-z]+)="([^"]*)"')
_MAIN = frozenset(one.encode() for one in (SHEETS, STRICT[SHEETS]))
_PLAIN = re.compile(rb'<t(?: xml:space="preserve")?>([^<>]*)</t></si>')
_END = b"</si></sst>"
_TAG = re.compile(rb"<([^\s/<>]+)([^<>]*)")
_NAME = re.compile(rb"\s([^\s=]+)=")
#: Of texts in several fonts (18.4): so few names that no list has more of them than the careful path takes.
_NAMES = frozenset(
    b"t r rPr rPh phoneticPr sz color rFont family charset scheme b i u strike vertAlign outline shadow"
    b" condense extend val rgb theme indexed tint sb eb fontId type alignment xml:space".split()
)
_STRINGS: Memo[bytes, str] = Memo(8 << 20, lambda key, text: 100 + len(key) + of_texts(text))


def quick_strings(data: bytes, budget: Budget) -> list[str] | None:
    """The shared strings of a part whose size and checksum are right; None: read it carefully."""
    try:
        found = _strings(data)
    except _Odd:
        return None
    return found if budget.take(0, len(found), sum(map(len, found))) else None


def _strings(data: bytes) -> list[str]:
    root = _ROOT.match(data)
    if root is None or not data.endswith(_END):
        raise _Odd
    attributes = _ATTRIBUTE.findall(root[1])
    if len(dict(attributes)) != len(attributes) or dict(attributes).get(b"xmlns") not in _MAIN:
        raise _Odd
    pieces = data[root.end() : -len(b"</sst>")].split(b"<si>")
    if pieces[0]:
        raise _Odd
    del pieces[0]
    return _STRINGS.each(pieces, _learnt)


def _learnt(raw: bytes) -> str:
    """One string, from behind ``<si>`` to its end. Raises _Odd, also where a comment, CDATA or an instruction
    stands or begins there: it is neither plain nor of the names that a rich one has."""
    plain = _PLAIN.fullmatch(raw)
    if len(raw) > MAX_VALUE:
        raise _Odd
    text = unescape(text_of(plain[1])) if plain else _rich(raw)
    _STRINGS.put(raw, text)
    return text


def _rich(raw: bytes) -> str:
    document = b'<sst xmlns="%s"><si>%s</sst>' % (SHEETS.encode(), raw)
    try:
        found = read_strings(iter((document,)), "", Budget())
    except Refused:
        raise _Odd from None
    tags = _TAG.findall(raw)
    names = {name for name, _ in tags} | {name for _, said in tags for name in _NAME.findall(said)}
    if len(found) != 1 or not names <= _NAMES:
        raise _Odd
    return found[0]
