"""How printed labels become the keys by which rows and columns are named in files.

White space in a label is layout: no key has any, and none makes a difference where a key is read. A
label that changes keeps its earlier spellings (``formerly``, oldest first), and a file with any of them
is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import product
from typing import Protocol

from ..precompiled import compiled

#: The number that a label begins with: （六）, 一、, 2.
_NUMBER = compiled("(（[一二三四五六七八九十]+）)|([一二三四五六七八九十]+)、|([0-9]+)[.．]")
#: An explanation in brackets at the end of a label.
_REMARK = compiled("(?<=.)（[^（）]*）$")
#: A label with its number stands in a message up to this many characters; of a longer one, the number alone.
_SHORT = 18


class Labelled(Protocol):
    """A label of an edition file, with its earlier spellings, oldest first."""

    @property
    def label(self) -> str: ...
    @property
    def formerly(self) -> tuple[str, ...]: ...


def key_of(label: str) -> str:
    """A label as a key: without white space."""
    return "".join(label.split())


def spellings_of(parts: Sequence[Labelled]) -> tuple[str, ...]:
    """Every key that a line was ever named by, the oldest first, today's last.

    ``parts``: the heads that are part of its key, outer first, and the line itself.
    """
    ways = [[*map(key_of, part.formerly), key_of(part.label)] for part in parts]
    return tuple(dict.fromkeys("/".join(way) for way in product(*ways)))


@cache
def number_of(heads: tuple[str, ...], label: str) -> str:
    """The printed number of a line below keyed heads (``（六）2``, ``一``), or ""."""
    numbers = [_number(text) for text in (*heads, label)]
    return "".join(numbers) if numbers[-1] else ""


def unnumbered(label: str) -> str:
    """The label without the number that it begins with."""
    return _NUMBER.sub("", key_of(label), count=1) if _NUMBER.match(key_of(label)) else key_of(label)


def without_remark(label: str) -> str:
    """The label without an explanation in brackets at its end."""
    return _REMARK.sub("", key_of(label))


@cache
def short_of(heads: tuple[str, ...], label: str) -> str:
    """The label as messages say it: without a remark in brackets, ``（三）1.属于国家秘密``; of a long
    one only its number, ``（六）2``."""
    bare = without_remark(label)
    whole = "".join(map(_number, heads)) + bare
    return whole if len(whole) <= _SHORT else number_of(heads, label) or bare


def _number(label: str) -> str:
    found = _NUMBER.match(label)
    return next(filter(None, found.groups())) if found else ""
