"""Shared strings by names that all workbooks share.

A cell has the number of its text in the list of its own workbook, and one paragraph more moves all numbers
after it. With a name in the place of each number, rows of different workbooks that say the same are equal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from itertools import chain, count
from threading import Lock

from ...remembered import Memo, of_texts
from .quick_cells import _Odd

#: Stands before a name; no XML holds it (XML 1.0, 2.2).
MARK = b"\x01"
_STRING = b't="s"><v>'

#: Most workbooks have fewer.
_USUAL = 2048

_NAMES: Memo[str, bytes] = Memo(16 << 20, lambda text, _: 200 + of_texts(text))
_NUMBER = count(1)
_LOCK = Lock()


class Named:
    """The shared strings of one workbook."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        found = _NAMES.each(strings, _name)
        #: What stands for each in a cell, by the digits of its number; for no digits, nothing.
        self.names: dict[bytes, bytes] = dict(zip(_digits(len(strings)), found, strict=True))
        self.names[b""] = _STRING + b"<"

    @cached_property
    def texts(self) -> Mapping[bytes, str]:
        """The text of each name."""
        names = (name[len(_STRING) : -1] for name in self.names.values())
        return dict(zip(names, self._strings, strict=False))


def _name(text: str) -> bytes:
    """A new name; a text whose name was forgotten gets another, and no name ever another text."""
    with _LOCK:
        name = _NAMES.get(text)
        if name is None:
            name = b"%s%s%d<" % (_STRING, MARK, next(_NUMBER))
            _NAMES.put(text, name)
    return name


def _digits(number: int) -> Sequence[bytes]:
    """The numbers below ``number``, as they are written."""
    return _usual()[:number] if number <= _USUAL else [b"%d" % one for one in range(number)]


@cache
def _usual() -> tuple[bytes, ...]:
    return tuple(b"%d" % one for one in range(_USUAL))


def put_names(rows: bytes, names: Mapping[bytes, bytes]) -> tuple[bytes, list[bytes]]:
    """Rows with names in the place of the numbers of shared strings, and these numbers. Raises _Odd."""
    if MARK in rows:
        raise _Odd
    first, *parts = rows.split(_STRING)
    cut = [part.partition(b"<") for part in parts]
    numbers = [number for number, _, _ in cut]
    try:
        found = map(names.__getitem__, numbers)
        put = chain.from_iterable(zip(found, [rest for _, _, rest in cut], strict=True))
        return b"".join((first, *put)), numbers
    except KeyError:
        raise _Odd from None
