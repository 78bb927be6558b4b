"""Marks: short texts that are written into files and read back, from ``marks.toml`` beside the code.

What people read may be worded anew at any time (``wording.toml``); a mark may not, for older files hold it.
Its first spelling is the one that is written, those after it are what earlier releases wrote or what
people write instead; all are read.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .precompiled import compiled
from .wording import data_beside

_FIELD = compiled(r"\{\w+\}")


class Mark(str):
    """The spelling that is written, and ``spellings``: all that are read, this one first."""

    __slots__ = ("spellings",)
    spellings: tuple[str, ...]

    def __new__(cls, spellings: list[str]) -> Mark:
        mark = super().__new__(cls, spellings[0])
        mark.spellings = tuple(spellings)
        return mark

    def __reduce__(self) -> tuple[type[Mark], tuple[list[str]]]:
        return Mark, (list(self.spellings),)

    def names(self, text: str) -> bool:
        """Whether the text is the mark, in any spelling; white space around it is no matter."""
        return text.strip() in self.spellings

    def filled(self, text: str) -> bool:
        """Whether the text is the mark with something in its fields, in any spelling: fields are in braces
        and end where what stands behind them first does. White space around it is no matter."""
        return any(_is_filled(_FIELD.split(spelling), text.strip()) for spelling in self.spellings)


def _is_filled(pieces: list[str], text: str) -> bool:
    """``pieces``: what stands around the fields."""
    if not text.startswith(pieces[0]):
        return False
    end = len(pieces[0])
    for piece in pieces[1:]:
        if (start := text.find(piece, end)) < 0:
            return False
        end = start + len(piece)
    return end == len(text)


@cache
def marks_of(package: str, section: str) -> dict[str, Mark]:
    """One section of a package's file by key: ``marks_of("gouji.city", "detail")["sum"]``; dots reach deeper.

    Raises KeyError for a section that is not there.
    """
    found: Any = data_beside(package, "marks.toml")
    for part in section.split("."):
        found = found[part]
    return {key: Mark(spellings) for key, spellings in found.items() if isinstance(spellings, list)}
