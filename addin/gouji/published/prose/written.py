"""The stream as it is written: one text in lines, and the same squeezed, where labels are whole again.

Three views with one way back. ``text``: what the source says, each line or table row ended by a line feed,
cells by a tab. ``folded``: the same, character for character, in one width and without radicals and
traditional characters; every pattern of ``prose.toml`` is written for it. ``squeezed``: ``folded`` without
white space, so that a heading broken over lines, spans or cells stands in one piece.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property

from ...records import dataclass
from ..stream import Atom, Place, Stream
from .words import WORDS

#: A line break inside a cell; white space, but no end of a line.
_INNER = "\v"
#: No longer stretch is walked to find where a squeezed character stands.
_STEP = 512
_SHORT = 4096
_RADICAL = re.compile("[\u2e80-\u2fdf]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one row of a marked table, as a slice of the text. ``apart``: a blank line before it."""

    start: int
    end: int
    place: Place
    row: bool
    apart: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a line stands in a slice. ``text`` as written, ``start`` its place in the text."""

    text: str
    start: int
    line: Line

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Written:
    """See the module. ``kind``: of the source (:class:`Source`)."""

    def __init__(self, stream: Stream, kind: str) -> None:
        self.kind = kind
        lines, texts, offset, apart = [], [], 0, False
        for run in _runs(stream.atoms):
            if run.text.strip():
                lines.append(Line(offset, offset + len(run.text), run.place, run.row, apart))
                texts.append(run.text)
                offset += len(run.text) + 1
            apart = run.blank
        self.lines = tuple(lines)
        self.text = "\n".join(texts)
        self.folded = fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        return [line.start for line in self.lines]

    @cached_property
    def _squeezing(self) -> tuple[str, list[int], list[int], list[int]]:
        """The squeezed text; where steps of it begin, in it and in the text; where lines begin in it."""
        parts, here, there, heads, length = [], [], [], [], 0
        for line in self.lines:
            heads.append(length)
            for start in range(line.start, max(line.end, line.start + 1), _STEP):
                part = "".join(self.folded[start : min(start + _STEP, line.end)].split())
                here.append(length)
                there.append(start)
                parts.append(part)
                length += len(part)
        return "".join(parts), here, there, heads

    @property
    def heads(self) -> list[int]:
        """Where each line begins in the squeezed text."""
        return self._squeezing[3]

    @property
    def squeezed(self) -> str:
        return self._squeezing[0]

    def at(self, position: int) -> int:
        """Where the squeezed character at ``position`` stands in the text; the text's end for the last."""
        squeezed, here, there, _ = self._squeezing
        if position >= len(squeezed):
            return len(self.text)
        step = bisect_right(here, position) - 1
        offset, left = there[step], position - here[step]
        while True:
            if not self.folded[offset].isspace():
                if not left:
                    return offset
                left -= 1
            offset += 1

    def after(self, position: int) -> int:
        """Where the text goes on behind the squeezed character before ``position``."""
        return self.at(position - 1) + 1 if position else 0

    def number_at(self, offset: int) -> int:
        """The number of the line in which a character of the text stands, from 0."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def line_at(self, offset: int) -> Line:
        return self.lines[self.number_at(offset)]

    def folded_of(self, piece: Piece) -> str:
        return self.folded[piece.start : piece.end]

    def pieces(self, start: int, end: int) -> list[Piece]:
        """The lines of a slice that hold more than white space, cut to it."""
        found = []
        for number in range(self.number_at(start), len(self.lines)):
            line = self.lines[number]
            if line.start >= end:
                break
            a, b = max(line.start, start), min(line.end, end)
            if a < b and not (part := self.text[a:b]).isspace():
                found.append(Piece(part, a, line))
        return found

    def blank(self, start: int, end: int) -> bool:
        """Whether nothing but white space and marks of layout stands there."""
        return not self.folded[start:end].strip(WORDS.layout_signs)


@dataclass(frozen=True, slots=True)
class _Run:
    """What stands between two ends of lines. ``row``: a row of a marked table; ``blank``: an empty line."""

    text: str
    place: Place
    row: bool
    blank: bool


def _runs(atoms: tuple[Atom, ...]) -> Iterator[_Run]:
    with_rows = _with_rows(atoms)
    parts: list[str] = []
    place, in_rows = Place(), False
    for number, atom in enumerate(atoms):
        if atom.text:
            place = place if parts else atom.place
            parts.append(_INNER.join(atom.text.splitlines()) if "\n" in atom.text else atom.text)
        elif atom.mark == "cell":
            place = place if parts else atom.place
            parts.append("\t")
        elif atom.mark == "line" and in_rows:
            parts.append(_INNER)
        else:
            text = "".join(parts)
            yield _Run(text, place, atom.mark == "row", atom.mark == "line" and not text.strip())
            parts = []
            if atom.mark in ("open", "table"):
                in_rows = atom.mark == "open" and number in with_rows
    yield _Run("".join(parts), place, False, False)


def _with_rows(atoms: tuple[Atom, ...]) -> set[int]:
    """The positions of the marks "open" whose table says where its rows end."""
    found: set[int] = set()
    opened: list[int] = []
    for number, atom in enumerate(atoms):
        if atom.mark == "open":
            opened.append(number)
        elif atom.mark == "row":
            found.update(opened)
            opened = []
        elif atom.mark == "table":
            opened = []
    return found


def fold(text: str) -> str:
    """The text to search in, as long as it is: one width, no radicals, simplified, nothing unseen."""
    if len(text) < _SHORT:
        text = text.translate(WORDS.one_width)
    else:
        # As many passes as there are characters to change take a fifth of the time of one translation.
        for code, to in WORDS.one_width.items():
            text = text.replace(chr(code), to)
    text = simplified(text)
    for wrong, right in WORDS.twins:
        text = text.replace(wrong, right)
    return text


def simplified(text: str) -> str:
    """A text without radicals and traditional characters, as long as it is."""
    if _RADICAL.search(text):
        text = text.translate(WORDS.radicals)
    if WORDS.traditional_signs.search(text):
        text = text.translate(WORDS.traditional)
    return text
