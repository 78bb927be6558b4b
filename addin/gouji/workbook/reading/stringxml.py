"""The texts of strings, rich or plain, and the part of the shared ones, from a stream of XML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

from ...opc.xmlstream import MAX_DEPTH, Attributes, Stream, spellings
from ...opc.xmlstream import SHEETS as MAIN
from ..limits import CELL_LIMIT
from .cells import MAX_SPELT, Budget, unescape
from .guard import WORDS, refuse

#: Local names by how they are spelt with a namespace.
TAGS = {
    name: local
    for local in ("worksheet", "sst", "sheetData", "row", "f", "is", "si", "t", "rPh")
    for name in spellings(MAIN, local)
}


class TextReader:
    """Handlers shared by the two parts: depth, and the text of <t> in rich or plain strings.

    Character data is collected throughout and thrown away at the start of what it could belong to: cheaper
    than switching expat's handler for every value. What arrived is counted after each chunk of the part; what
    belongs to nothing then is not held longer.
    """

    def __init__(self, where: str, budget: Budget) -> None:
        self.where = where
        self._budget = budget
        self._depth = 0
        self._in_text = False
        self._texts: list[str] = []
        self._runs: list[str] = []
        self._held = 0
        self._phonetic = 0
        self._stream = Stream(where, WORDS)
        self._stream.after_chunk = self._count
        self._stream.parser.CharacterDataHandler = self._texts.append

    def _malformed(self, key: str) -> NoReturn:
        refuse("xml", place=self.where, reason=WORDS.reason(key))

    def _count(self) -> None:
        if not self._in_text:
            self._texts.clear()
        elif sum(map(len, self._texts)) + self._held > MAX_SPELT:
            self._too_long()

    def _too_long(self) -> NoReturn:
        refuse("cell_too_long", place=self.where, limit=CELL_LIMIT)

    def _start_run(self, tag: str | None, base: int) -> None:
        """An element inside a string whose <si> or <is> is at depth ``base``: t, r/t, or phonetic text."""
        if tag == "rPh" and not self._phonetic:
            self._phonetic = self._depth
        elif tag == "t" and not self._phonetic and self._depth <= base + 2:
            self._texts.clear()
            self._in_text = True

    def _end_run(self, depth: int) -> None:
        if self._in_text:
            self._in_text = False
            if text := "".join(self._texts):
                self._runs.append(text)
                self._held += len(text)
                if self._held > MAX_SPELT:
                    self._too_long()
        if depth == self._phonetic:
            self._phonetic = 0


class _StringsReader(TextReader):
    """Shared strings: sst (depth 1), si (2), t or r or rPh (3), t (4)."""

    def read(self, chunks: Iterator[bytes]) -> list[str]:
        self._strings: list[str] = []
        self._open = False
        self._stream.parser.StartElementHandler = self._start
        self._stream.parser.EndElementHandler = self._end
        self._stream.run(self._budget.work.counted(self.where, chunks))
        return self._strings

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth = depth = self._depth + 1
        tag = TAGS.get(name)
        if self._in_text:
            self._malformed("nested")
        if depth == 2:
            self._open = tag == "si"
            self._texts.clear()
        elif self._open:
            if depth > MAX_DEPTH:
                refuse("too_complex", place=self.where)
            self._start_run(tag, 2)
        elif depth == 1 and tag != "sst":
            self._malformed("root")

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth > 2:
            self._end_run(depth)
        elif depth == 2 and self._open:
            text = unescape("".join(self._runs))
            self._budget.text(self.where, text)
            self._strings.append(text)
            self._runs.clear()
            self._held = 0
            self._open = False


def read_strings(chunks: Iterator[bytes], where: str, budget: Budget) -> list[str]:
    """The shared strings in order: rich text joined, phonetic text left out, escapes decoded."""
    return _StringsReader(where, budget).read(chunks)
