"""A workbook's sheets by the names of today, whichever spelling its release gave them."""

from __future__ import annotations

from collections.abc import Container
from typing import Protocol

from ..wording import marks
from .beside import Remark
from .cells import Outline, Position, RawCell
from .running import Running


class Contents(Protocol):
    """What the reader needs of a workbook: a file (``sheets.Book``) or one open in Excel."""

    sheet_names: tuple[str, ...]
    states: dict[str, str]
    external_links: bool
    running: tuple[Running, ...]
    formats_read: bool
    from_1904: bool

    def cells(
        self, sheet_name: str, wanted: Container[Position] | None = None
    ) -> dict[Position, RawCell]: ...

    def size(self, sheet_name: str) -> int: ...

    def outline(self, sheet_name: str) -> Outline: ...

    def remarks(self, sheet_name: str) -> tuple[Remark, ...]: ...


class ByMark:
    """The same contents; a sheet of ours with an older name goes by the name that it has today."""

    def __init__(self, book: Contents) -> None:
        self._book = book
        self._stored = {_today(name, book.sheet_names): name for name in book.sheet_names}
        self.sheet_names: tuple[str, ...] = tuple(self._stored)
        self.states = {
            name: book.states[stored] for name, stored in self._stored.items() if stored in book.states
        }
        self.external_links = book.external_links
        self.running = book.running
        self.formats_read = book.formats_read
        self.from_1904 = book.from_1904

    @classmethod
    def of(cls, book: Contents) -> ByMark:
        return book if isinstance(book, ByMark) else cls(book)

    def cells(self, sheet_name: str, wanted: Container[Position] | None = None) -> dict[Position, RawCell]:
        return self._book.cells(self._stored.get(sheet_name, sheet_name), wanted)

    def size(self, sheet_name: str) -> int:
        return self._book.size(self._stored.get(sheet_name, sheet_name))

    def outline(self, sheet_name: str) -> Outline:
        return self._book.outline(self._stored.get(sheet_name, sheet_name))

    def remarks(self, sheet_name: str) -> tuple[Remark, ...]:
        return self._book.remarks(self._stored.get(sheet_name, sheet_name))


def _today(name: str, present: tuple[str, ...]) -> str:
    """Where both names are there, each is itself: nothing hides another sheet."""
    mark = next((m for m in marks("sheets").values() if m.names(name)), None)
    return name if mark is None or mark in present else str(mark)
