"""What every reader of a published file makes of it: one stream of atoms with places and marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import cached_property
from typing import Literal

from ..records import dataclass

#: What separates texts. "cell", "row", "table": the source itself ends a cell, a row, a table there. "line":
#: a line or paragraph ends. "page": a page does. "open": a table begins.
MarkKind = Literal["open", "cell", "row", "table", "line", "page"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the source, counted from 1; 0 where the source has no such thing. ``line``: of a text."""

    table: int = 0
    row: int = 0
    cell: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of text, or (``mark``) the end of something. ``raised``: printed as a superscript.

    Only origin cells have atoms: a cell that spans several squares stands once, in the row where it begins.
    """

    text: str = ""
    mark: MarkKind | None = None
    place: Place = Place()
    raised: bool = False


@dataclass(frozen=True)
class Stream:
    """``atoms`` in reading order."""

    atoms: tuple[Atom, ...]

    def __iter__(self) -> Iterator[Atom]:
        return iter(self.atoms)

    @cached_property
    def text(self) -> str:
        """The whole as people see it: marks as white space (tab between cells, line end elsewhere)."""
        between = {"cell": "\t", "open": "\n", "page": "\n"}
        return "".join(a.text or between.get(a.mark or "", "\n") for a in self.atoms)


@dataclass(frozen=True)
class Source:
    """One opened file. ``kind``: "text", "markdown", "html" or "docx". ``title``: what the file itself calls
    its title outside the text (the page's title, the document's property), or "". ``said``: what it says of
    itself elsewhere (name -> content: meta elements of a page, core properties of a Word file)."""

    name: str
    kind: str
    stream: Stream
    title: str = ""
    said: dict[str, str] = field(default_factory=dict)
