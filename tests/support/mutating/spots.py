"""Where a mutation may strike: tags, cells, rows and elements in the bytes of an XML part.

Bytes and patterns, no tree: what is mutated need not be well-formed any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

Span = tuple[int, int]

_TAG = re.compile(rb"<[A-Za-z][^<>]*>")
_CELL = re.compile(rb"<c [^<>]*?/>|<c [^<>]*>.*?</c>", re.DOTALL)
_ROW = re.compile(rb"<row [^<>]*/>|<row [^<>]*>.*?</row>", re.DOTALL)
_ITEM = re.compile(rb"<si>.*?</si>", re.DOTALL)
_VALUE = re.compile(rb"(?<=<v>)[^<]*(?=</v>)|(?<=<t>)[^<]*(?=</t>)")
ATTRIBUTE = re.compile(rb' ([A-Za-z_:][\w:.-]*)="([^"]*)"')

#: How often a cell without a formula is preferred.
_PLAIN = 0.9
_TRIES = 12


def _any(spans: Sequence[re.Match[bytes]], chance: Random) -> Span | None:
    return chance.choice(spans).span() if spans else None


def tag(xml: bytes, chance: Random) -> Span | None:
    """A start tag or empty element."""
    return _any(list(_TAG.finditer(xml)), chance)


def row(xml: bytes, chance: Random) -> Span | None:
    """A row of a sheet, whole."""
    return _any(list(_ROW.finditer(xml)), chance)


def rows(xml: bytes) -> list[Span]:
    """All rows of a sheet."""
    return [found.span() for found in _ROW.finditer(xml)]


def cells(xml: bytes) -> list[Span]:
    """All cells of a sheet."""
    return [found.span() for found in _CELL.finditer(xml)]


def cell(xml: bytes, chance: Random, *, filled: bool = True) -> Span | None:
    """A cell of a sheet, whole: mostly one without a formula, and with a value where ``filled``."""
    spans = cells(xml)
    for _ in range(_TRIES):
        if not spans:
            return None
        start, stop = chance.choice(spans)
        inside = xml[start:stop]
        if (b"<f" in inside) == (chance.random() > _PLAIN) and (b"<v>" in inside or not filled):
            return start, stop
    return chance.choice(spans)


def value(xml: bytes, chance: Random) -> Span | None:
    """What stands between <v> and </v> of a cell, or <t> and </t> of a string."""
    if (at := cell(xml, chance)) is not None:
        found = _VALUE.search(xml, *at)
        return found.span() if found else None
    return _any(list(_VALUE.finditer(xml)), chance)


def item(xml: bytes, chance: Random) -> Span | None:
    """A shared string, whole."""
    return _any(list(_ITEM.finditer(xml)), chance)


def element(xml: bytes, chance: Random) -> Span | None:
    """An element with all that is in it, found by counting tags of its name."""
    if (start := tag(xml, chance)) is None:
        return None
    head = xml[start[0] : start[1]]
    if head.endswith(b"/>"):
        return start
    name = re.split(rb"[\s>/]", head[1:], maxsplit=1)[0]
    depth = 0
    for found in re.finditer(rb"<(/?)" + re.escape(name) + rb"(?=[\s>/])[^<>]*>", xml[start[0] :]):
        depth += -1 if found[1] else 0 if found[0].endswith(b"/>") else 1
        if depth == 0:
            return start[0], start[0] + found.end()
    return start


def replaced(xml: bytes, at: Span | None, change: Callable[[bytes], bytes]) -> bytes:
    """The part with what stands at a place changed; as it was where there is no such place."""
    return xml if at is None else xml[: at[0]] + change(xml[at[0] : at[1]]) + xml[at[1] :]
