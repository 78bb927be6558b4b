"""The macros at work on one open workbook, in LibreOffice or in pyOpenVBA: the same words for both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyopenvba.apps.excel import ExcelApplication

from support.macro_build import Instrumented, Line
from support.office import Book, Cell

YES, NO, CANCEL = "6", "7", "2"


class Desk:
    """Runs commands and remembers which lines ran. ``server``: "" none, "fits", "other"."""

    def __init__(self, macros: Instrumented, ran: set[Line]) -> None:
        self.macros = macros
        self.ran = ran
        assert self.call("TestProbe.Ping") == "pong", "a module does not compile"

    def call(self, macro: str, *arguments: str) -> Any:
        raise NotImplementedError

    def command(self, name: str, *, server: str = "", replies: str = "", callback: bool = False) -> list[str]:
        """Run a macro and return the message boxes that it showed."""
        self.prepare(server=server, replies=replies)
        assert self.call("TestProbe.RunCallback" if callback else "TestProbe.RunSub", name) == "ok"
        return self.boxes()

    def prepare(self, *, server: str = "", replies: str = "") -> None:
        self.call("TestHost.Prepare", server, replies)

    def boxes(self) -> list[str]:
        return [text.partition("|")[2] for text in self.call("TestHost.Boxes").split("||") if text]

    def calls(self) -> list[str]:
        return [call for call in self.call("TestHost.Calls").split(";") if call]

    def collect(self) -> None:
        self.ran |= self.macros.ran(self.call("TestHost.Hits"))


class OfficeDesk(Desk):
    """``book`` holds the macros; ``form`` is the workbook that they work on, by default the same."""

    def __init__(self, book: Book, macros: Instrumented, ran: set[Line], form: Book | None = None) -> None:
        self.book = form or book
        self._host = book
        super().__init__(macros, ran)

    def call(self, macro: str, *arguments: str) -> Any:
        return self._host.run(macro, *arguments)

    def value(self, sheet: str, cell: str) -> Cell:
        return self.book.value(sheet, cell)

    def put(self, sheet: str, entries: Mapping[str, Cell]) -> None:
        self.book.put(sheet, entries)


class SecondDesk(Desk):
    """pyOpenVBA: no events at opening, no functions in cells."""

    def __init__(self, path: Path, macros: Instrumented, ran: set[Line]) -> None:
        self.app = ExcelApplication.open(path)
        super().__init__(macros, ran)

    def call(self, macro: str, *arguments: str) -> Any:
        return self.app.run(macro, *arguments)

    def value(self, sheet: str, cell: str) -> Any:
        return self.app.sheet(sheet).value(cell)

    def put(self, sheet: str, entries: Mapping[str, Cell]) -> None:
        for cell, value in entries.items():
            if isinstance(value, str) or value is None:
                assert self.call("TestHost.PutCell", sheet, cell, value or "") == "ok"
            else:
                self.app.sheet(sheet).set_value(cell, value)
