"""A workbook as the reader gets it, open to a person's changes."""

from __future__ import annotations

from collections.abc import Container

from gouji.workbook.reading.beside import Remark
from gouji.workbook.reading.cells import Kind, Outline, Position, RawCell
from gouji.workbook.reading.sheets import open_book


class Opened:
    """Its sheets by name, to be written into."""

    def __init__(self, data: bytes) -> None:
        book = open_book(data)
        self.sheet_names, self.states = book.sheet_names, dict(book.states)
        self.external_links, self.running = book.external_links, book.running
        self.formats_read, self.from_1904 = book.formats_read, book.from_1904
        self.sheets = {name: dict(book.cells(name)) for name in book.sheet_names}
        self.outlines = {name: book.outline(name) for name in book.sheet_names}
        self.over = {name: book.remarks(name) for name in book.sheet_names}

    def cells(self, sheet_name: str, wanted: Container[Position] | None = None) -> dict[Position, RawCell]:
        return {at: raw for at, raw in self.sheets[sheet_name].items() if wanted is None or at in wanted}

    def size(self, sheet_name: str) -> int:
        return len(self.sheets[sheet_name])

    def outline(self, sheet_name: str) -> Outline:
        return self.outlines.get(sheet_name, Outline())

    def remarks(self, sheet_name: str) -> tuple[Remark, ...]:
        return self.over.get(sheet_name, ())

    def put(self, sheet: str, row: int, column: int, content: str | int) -> None:
        kind: Kind = "text" if isinstance(content, str) else "number"
        self.sheets[sheet][row, column] = RawCell(content, str(content), kind, False)

    def shift(self, sheet: str, row: int = 0, column: int = 0) -> None:
        """Insert a row or a column before this one."""
        self.sheets[sheet] = {
            (r + (0 < row <= r), c + (0 < column <= c)): raw for (r, c), raw in self.sheets[sheet].items()
        }

    def add(self, name: str, state: str) -> None:
        self.sheet_names += (name,)
        self.states[name] = state
        self.sheets[name] = {}
