"""A stream without its white space, with a way back from every character to where it stood.

Labels are found in the squeezed text however they are broken over lines, spans, paragraphs or cells; values
are read from the cells and lines that the source marked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import field
from functools import cached_property

from ...records import dataclass
from ..stream import Place, Stream
from .normalise import folded

#: How firmly two neighbouring characters of the squeezed text are parted in the source.
GLUED, SPACE, LINE, CELL, ROW, TABLE = range(6)
_LONGEST_MARK = 20
#: So many lines farther than the line before, a line stands apart (two blank lines between them).
_WIDE = 3
#: So many numbers that stand apart may be those of pages though they do not count on.
_FEW_APART = 2
_PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_SUP = re.compile(r"(?i)<su[pb]>([^<]{0,20})</su[pb]>")
#: A page's number between dashes, alone in its line or row, or parted by white space from what is beside it.
_PAGE_LINE = re.compile(r"[-—–―·]{1,2}[0-9]{1,4}[-—–―·]{1,2}")
_PAGE_INSIDE = re.compile(
    r"(?:(?<=\s)|(?<=[0-9/])|^)[-—–―]\s+[0-9]{1,4}\s+[-—–―](?=\s|$)|[-—–―]\s+[0-9]{1,4}\s+[-—–―]\s*$"
)


@dataclass(slots=True)
class Cell:
    """One origin cell: characters ``start`` to ``end`` of the squeezed text, atoms ``atoms``. ``row``: number
    of its row in :attr:`Squeezed.rows`."""

    start: int
    end: int
    row: int
    atoms: tuple[int, int]


@dataclass(slots=True)
class Row:
    """Cells ``first`` to ``last`` (not included). ``ended``: the source ends the row there; else one cell
    stands on each line and where a row ends is not known."""

    first: int
    last: int
    ended: bool
    table: int


@dataclass
class Squeezed:
    """``starts``, ``gaps``, ``owners``, ``lines``, ``homes``: of each piece (characters without white space
    between them) its first character, the :data:`GLUED` … gap before it, its atom, its source line (a row is
    one line), its cell or −1. ``raised``: superscripts, by the character before which they stand."""

    stream: Stream
    text: str = ""
    starts: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    raised: dict[int, str] = field(default_factory=dict)
    #: Pieces that begin a page, where no number between dashes stands beside the break.
    page_starts: list[int] = field(default_factory=list)

    def piece(self, at: int) -> int:
        """The piece in which character ``at`` stands."""
        return bisect_right(self.starts, at) - 1

    def gap(self, at: int) -> int:
        """The gap before character ``at``."""
        if at >= len(self.text):
            return TABLE
        piece = self.piece(at)
        return self.gaps[piece] if self.starts[piece] == at else GLUED

    def line(self, at: int) -> int:
        return self.lines[self.piece(at)]

    def cell(self, at: int) -> int:
        """The number of the cell in which character ``at`` stands, or −1."""
        return self.homes[self.piece(at)]

    def place(self, at: int) -> Place:
        if not self.starts:
            return Place()
        return self.stream.atoms[self.owners[self.piece(min(at, len(self.text) - 1))]].place

    def said(self, start: int, end: int) -> str:
        """What stands there in the source, white space as one space each."""
        if start >= end:
            return ""
        first, last = self.piece(start), self.piece(end - 1)
        parts = [self.text[start : min(end, self._end(first))]]
        for piece in range(first + 1, last + 1):
            parts.append(" " if self.gaps[piece] else "")
            parts.append(self.text[self.starts[piece] : min(end, self._end(piece))])
        return "".join(parts)

    def _end(self, piece: int) -> int:
        return self.starts[piece + 1] if piece + 1 < len(self.starts) else len(self.text)

    def row_start(self, row: Row) -> int:
        """The first character of a row."""
        return self.cells[row.first].start

    def cell_text(self, cell: Cell) -> str:
        """A cell as it stands in the source."""
        atoms = self.stream.atoms[cell.atoms[0] : cell.atoms[1]]
        return " ".join("".join(a.text or " " for a in atoms).split())

    @cached_property
    def letter_map(self) -> tuple[str, list[int]]:
        """The letters alone, and of each its place in :attr:`text`."""
        at = [i for i, c in enumerate(self.text) if c.isalpha()]
        return "".join([self.text[i] for i in at]), at

    @cached_property
    def page_numbers(self) -> frozenset[int]:
        """The first characters of numbers that may be those of pages without a mark: alone on a line, beside
        a wide gap or the end of a page; or beside any gap where they count on."""
        last = len(self.lines) - 1
        edges = {i for p in self.page_starts for i in (p, p - 1)}
        found: set[int] = set()
        apart: set[int] = set()
        near: list[tuple[int, int]] = []
        for piece, line in enumerate(self.lines):
            before = line - self.lines[piece - 1] if piece else _WIDE
            after = self.lines[piece + 1] - line if piece < last else _WIDE
            start = self.starts[piece]
            word = self.text[start : self._end(piece)]
            if not (before and after) or self.homes[piece] >= 0 or not may_be_page(word):
                continue
            if piece in edges:
                found.add(start)
            if before != after:
                near.append((int(word), start))
                apart |= {start} if max(before, after) >= _WIDE else set()
        # Where many numbers that do not count on stand apart, empty cells are empty lines.
        found |= {at for pair in _counting_on(near) for at in pair}
        return frozenset(found | apart if len(apart - found) <= _FEW_APART else found)


def may_be_page(word: str) -> bool:
    """Whether a word may be the number of a page."""
    return _PAGE_NUMBER.fullmatch(word) is not None


def _counting_on(numbers: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places of numbers of which a later one is one more."""
    at: dict[int, int] = {}
    for number, place in numbers:
        if number - 1 in at:
            yield at[number - 1], place
        at[number] = place


def squeeze(stream: Stream) -> Squeezed:
    """Linear in atoms and characters."""
    return _Squeezing(stream).run()


class _Squeezing:
    def __init__(self, stream: Stream) -> None:
        self.into = Squeezed(stream)
        self.chunks: list[str] = []
        self.length = 0
        self.gap = TABLE
        self.depth = 0
        self.table = 0
        self.line = 0
        #: A page ended before the next piece; its number stood between dashes on the last line.
        self.paged, self.numbered = False, False
        #: Where the open cell begins: first piece, first atom.
        self.cell_piece, self.cell_atom = 0, 0
        #: Where the open line begins: first piece, first cell; and the open row: first cell.
        self.line_piece, self.line_cell, self.row_cell = 0, 0, 0

    def run(self) -> Squeezed:
        for index, atom in enumerate(self.into.stream.atoms):
            if atom.mark is None:
                self._text(index, atom.text, atom.raised)
            elif atom.mark == "cell":
                self._end_cell(index)
            else:
                self._mark(index, atom.mark)
        self._close_row(len(self.into.cells), ended=False)
        self.into.text = "".join(self.chunks)
        return self.into

    def _text(self, index: int, source: str, raised: bool) -> None:
        text = folded(source)
        if "<" in text and not raised:
            for number, part in enumerate(_SUP.split(text)):
                self._plain(index, part, raised=number % 2 == 1)
        else:
            self._plain(index, text, raised)

    def _plain(self, index: int, text: str, raised: bool) -> None:
        marks = 0
        if raised:
            before = self.into.raised.get(self.length, "")
            if len(before) < _LONGEST_MARK:
                self.into.raised[self.length] = before + "".join(text.split())[:_LONGEST_MARK]
            return
        if "|" in text:
            text = text.replace("|", " ")
        if "-" in text or "—" in text or "–" in text:
            text, marks = _PAGE_INSIDE.subn(" ", text)
            self.paged &= not marks
        if not text:
            return
        gap = SPACE if text[0].isspace() else GLUED
        for word in text.split():
            self._piece(index, word, max(self.gap, gap))
            gap, self.gap = SPACE, GLUED
        if text[-1].isspace():
            self.gap = max(self.gap, SPACE)
        self.numbered |= marks > 0

    def _piece(self, index: int, word: str, gap: int) -> None:
        into = self.into
        if self.paged:
            into.page_starts.append(len(into.starts))
            self.paged = False
        into.starts.append(self.length)
        into.gaps.append(gap)
        into.owners.append(index)
        into.lines.append(self.line)
        into.homes.append(-1)
        self.numbered = False
        self.chunks.append(word)
        self.length += len(word)

    def _mark(self, index: int, mark: str) -> None:
        if mark == "row":
            self._close_row(self.line_cell, ended=False)
            self._end_line(index, ROW)
            self._close_row(len(self.into.cells), ended=True)
        elif mark in ("open", "table"):
            self._close_row(len(self.into.cells), ended=False)
            self.depth += 1 if mark == "open" else -min(1, self.depth)
            self.table += mark == "open"
            self._end_line(index, TABLE)
        elif self.depth:
            self.gap = max(self.gap, LINE)
        else:
            if mark == "page":
                self.paged = not self.numbered
            if self.line_cell == len(self.into.cells):
                # A line without a cell ends a row of cells that stand one on a line.
                self._close_row(len(self.into.cells), ended=False)
            self._end_line(index, LINE)

    def _end_cell(self, index: int) -> None:
        into = self.into
        start = into.starts[self.cell_piece] if self.cell_piece < len(into.starts) else self.length
        for piece in range(self.cell_piece, len(into.starts)):
            into.homes[piece] = len(into.cells)
        into.cells.append(Cell(start, self.length, len(into.rows), (self.cell_atom, index)))
        self._reset(index, CELL)

    def _reset(self, index: int, gap: int) -> None:
        self.cell_piece, self.cell_atom = len(self.into.starts), index + 1
        self.gap = max(self.gap, gap)

    def _end_line(self, index: int, gap: int) -> None:
        self._drop_page_mark()
        self.line += 1
        self._reset(index, gap)
        self.line_piece, self.line_cell = len(self.into.starts), len(self.into.cells)

    def _drop_page_mark(self) -> None:
        """Take a line or row that is only a page's mark off again."""
        count = len(self.chunks) - self.line_piece
        if not 0 < count < 4 or not _PAGE_LINE.fullmatch("".join(self.chunks[self.line_piece :])):
            return
        into, at = self.into, self.line_piece
        if into.page_starts and into.page_starts[-1] >= at:
            into.page_starts.pop()
        self.numbered = True
        self.length = into.starts[at]
        for pieces in (self.chunks, into.starts, into.gaps, into.owners, into.lines, into.homes):
            del pieces[at:]
        for cell in into.cells[self.line_cell :]:
            cell.start = cell.end = self.length

    def _close_row(self, last: int, ended: bool) -> None:
        """End the open row before cell ``last``, by a mark of the source (``ended``) or without."""
        if self.row_cell < last:
            for cell in self.into.cells[self.row_cell : last]:
                cell.row = len(self.into.rows)
            self.into.rows.append(Row(self.row_cell, last, ended, self.table))
            self.row_cell = last
