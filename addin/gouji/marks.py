"""Marks: short texts that are written into files and read back, from ``marks.toml`` beside the code.

What people read may be worded anew at any time (``wording.toml``); a mark may not, for older files hold it.
Its first spelling is the one that is written, those after it are what earlier releases wrote or what
people write instead; all are read.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from .wording import data_beside


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


@cache
def marks_of(package: str, section: str) -> dict[str, Mark]:
    """One section of a package's file by key: ``marks_of("gouji.city", "detail")["sum"]``; dots reach deeper.

    Raises KeyError for a section that is not there.
    """
    found: Any = data_beside(package, "marks.toml")
    for part in section.split("."):
        found = found[part]
    return {key: Mark(spellings) for key, spellings in found.items() if isinstance(spellings, list)}
