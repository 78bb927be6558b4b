"""How printed labels become the keys by which rows and columns are named in files.

White space in a label is layout: no key has any, and none makes a difference where a key is read. A
label that changes keeps its earlier spellings (``formerly``, oldest first), and a file with any of them
is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Protocol


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
