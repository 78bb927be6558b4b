"""What every reader writes with: pieces of text and the ends of things -> one Stream."""

from __future__ import annotations

import re
from dataclasses import field
from typing import Literal

from ...records import dataclass
from ..refusal import refuse
from ..stream import Atom, MarkKind, Place, Stream

#: A report has 10 000 to 50 000 characters; a site's chrome around it a few thousand.
MAX_TEXT = 1_000_000
#: The three tables have 460 cells; so many texts and ends of things are more than any page with them holds.
MAX_EVENTS = 250_000

_NUMBER = re.compile(r"\s*[+-]?\d[\d.,]*\s*")
#: Letters of one number differ by less.
_CLEARLY_SMALLER = 0.86
#: The size of the letters, in any unit, and what else sets a piece of text off from others.
Setting = tuple[float, tuple[str, ...]]
_PLAIN: Setting = (16.0, ())
#: A mark belongs to what stands before it: digits behind it are no part of a number.
_RAISED: Setting = (0.0, ())

#: What may stand in a number or before it.
_WITHIN_NUMBERS = ".,，．·'’+-−－"

_Event = Literal["text", "raised", "line", "page", "open", "cell", "row", "table"]
#: What was written, its text, and its line in the file or, for "open", the number of the table.
_Written = tuple[_Event, str, int]


def doubtful(text: str) -> str:
    """A text that is not simply there (struck out, hidden, in a field), so that no number is read of it."""
    return f"~~{text}~~" if text else ""


def _joins(char: str) -> bool:
    return char.isdigit() or (char != "" and char in _WITHIN_NUMBERS)


def _differ(one: Setting, other: Setting) -> bool:
    small, large = sorted((one[0], other[0]))
    return one[1] != other[1] or small < large * _CLEARLY_SMALLER


@dataclass(slots=True)
class _Table:
    """A table while it is written. ``numbers``: its own cells that hold a number; ``inner``: those of tables
    of data that stand in its cells, None where there are none. ``before``: texts that are shown above it.

    Of the cell that is open: ``has_plain``: text that is not raised; ``raised_at``: the events that are;
    ``last``: its last character, and the ``setting`` of that.
    """

    rows: int = 0
    cells: int = 0
    widest: int = 0
    in_row: int = 0
    numbers: int = 0
    inner: int | None = None
    cell_text: str | None = None
    has_plain: bool = False
    raised_at: list[int] = field(default_factory=list)
    last: str = ""
    setting: Setting = _PLAIN
    before: list[str] = field(default_factory=list)

    @property
    def is_data(self) -> bool:
        return self.rows >= 2 and self.widest >= 2 and self.cells >= 4

    def begin_cell(self) -> None:
        self.cell_text = ""
        self.has_plain, self.last = False, ""
        self.raised_at.clear()

    def joined(self, text: str, setting: Setting, raised_at: int) -> str:
        """A text as it follows in the cell; digits that are set otherwise than those before are doubtful."""
        if not (bare := text.strip()):
            return text
        if raised_at >= 0:
            self.raised_at.append(raised_at)
            self.last, self.setting = "0", _RAISED
            return text
        if _joins(bare[0]) and _joins(self.last) and _differ(setting, self.setting):
            text = doubtful(text)
        self.has_plain, self.last, self.setting = True, bare[-1], setting
        return text

    def only_raised(self) -> list[int]:
        """The events of a cell that has nothing but raised digits: they are no mark of anything."""
        return [] if self.has_plain else self.raised_at

    @property
    def is_layout(self) -> bool:
        """It only places other things: the tables in it hold the numbers."""
        return self.inner is not None and self.inner >= self.numbers


class Pen:
    """Collects what a reader finds. Tables may nest; which of them is the table is decided at the end."""

    def __init__(self) -> None:
        self._events: list[_Written] = []
        self._tables: list[_Table] = []
        self._open: list[_Table] = []
        self._length = self._count_events = 0
        self._set_aside: list[list[_Written]] = []
        self._asides: list[_Written] = []

    def text(self, text: str, *, raised: bool = False, line: int = 0, setting: Setting = _PLAIN) -> None:
        """A piece of text; ``line``: of the file, where it is a text; ``setting``: how it is set."""
        if not text:
            return
        self._count(text)
        if self._open:
            text = self._open[-1].joined(
                text, setting, len(self._events) if raised and not self._set_aside else -1
            )
        if self._open and (table := self._open[-1]).cell_text is not None and len(table.cell_text) < 24:
            table.cell_text += text
        self._add("raised" if raised else "text", text, line)

    def _count(self, text: str) -> None:
        self._length += len(text)
        if self._length > MAX_TEXT:
            refuse("too_much_text", limit=MAX_TEXT // 10_000)

    def line(self, line: int = 0) -> None:
        if self._open:
            self._open[-1].last = ""
        self._add("line", "", line)

    def page(self) -> None:
        self._add("page")

    def open(self) -> None:
        """A table begins, also one inside a cell of another."""
        table = _Table()
        self._add("open", "", len(self._tables))
        self._tables.append(table)
        self._open.append(table)

    def above(self, text: str) -> None:
        """A text that stands in the table but in none of its cells, or is its caption: shown above it."""
        self._count(text)
        self._open[-1].before.append(text)

    def begin_cell(self) -> None:
        self._open[-1].begin_cell()

    def cell(self, line: int = 0) -> None:
        """A cell ends."""
        if self._open:
            table = self._open[-1]
            table.cells += 1
            table.in_row += 1
            table.widest = max(table.widest, table.in_row)
            table.numbers += bool(_NUMBER.fullmatch(table.cell_text or ""))
            for at in table.only_raised():
                self._events[at] = ("text", doubtful(self._events[at][1]), self._events[at][2])
            table.cell_text = None
        self._add("cell", "", line)

    def row(self) -> None:
        """A row ends."""
        self._open[-1].rows += 1
        self._open[-1].in_row = 0
        self._add("row")

    def close(self) -> None:
        """A table ends."""
        table = self._open.pop()
        if self._open and (table.is_data or table.inner is not None):
            outer = self._open[-1]
            outer.inner = (outer.inner or 0) + table.numbers + (table.inner or 0)
        self._add("table")

    def begin_aside(self) -> None:
        """What follows stands in a box of its own: it comes after the paragraph that holds the box."""
        self._set_aside.append(self._events)
        self._events = []

    def end_aside(self) -> None:
        self._asides += [*self._events, ("line", "", 0)]
        self._events = self._set_aside.pop()

    def paragraph(self) -> None:
        """A paragraph ends; the boxes that it holds follow."""
        self.line()
        if self._asides:
            self._events += self._asides
            self._asides = []

    def _add(self, event: _Event, text: str = "", line: int = 0) -> None:
        self._count_events += 1
        if self._count_events > MAX_EVENTS:
            refuse("too_complex")
        self._events.append((event, text, line))

    def stream(self) -> Stream:
        """All of it. Tables that only lay out a page come as lines, tables inside a cell of a table as lines
        of that cell."""
        return _Writer(self._tables).stream(self._events)


class _Writer:
    def __init__(self, tables: list[_Table]) -> None:
        self._tables = tables
        self._atoms: list[Atom] = []
        self._modes: list[str] = []
        self._in_table = False
        self._table = self._row = self._cell = 0
        self._tables_written = 0
        self._wants_line = False
        self._pieces: list[str] = []
        self._raised, self._line_number = False, 0

    def stream(self, events: list[_Written]) -> Stream:
        for event, text, line in events:
            if event == "text" or event == "raised":
                self._text(text, event == "raised", line)
            elif event == "open":
                self._begin(self._tables[line])
            elif event == "page" and self._in_table:
                self._line(0)
            elif event == "page":
                self._end_line()
                self._mark("page")
            elif event == "line":
                self._line(line)
            elif self._modes:
                self._table_mark(event, line)
            else:
                self._mark(event, line)
        self._end_line()
        return Stream(tuple(self._atoms))

    def _text(self, text: str, raised: bool, line: int) -> None:
        if self._wants_line:
            self._wants_line = False
            self._mark("line")
        if self._pieces and (self._raised, self._line_number) != (raised, line):
            self._flush()
        self._raised, self._line_number = raised, line
        self._pieces.append(text)

    def _flush(self) -> None:
        """Pieces of one text become one atom."""
        if self._pieces:
            self._atoms.append(
                Atom("".join(self._pieces), None, self._place(self._line_number), self._raised)
            )
            self._pieces.clear()

    def _line(self, line: int) -> None:
        """A line of a text ends always; elsewhere only what has text does, and in a cell only between two."""
        if line:
            self._mark("line", line)
        elif self._has_text:
            if self._in_table:
                self._wants_line = True
            else:
                self._mark("line")

    def _end_line(self) -> None:
        self._wants_line = False
        if self._has_text:
            self._mark("line")

    @property
    def _has_text(self) -> bool:
        return bool(self._pieces) or bool(self._atoms and self._atoms[-1].mark is None)

    def _begin(self, table: _Table) -> None:
        for text in table.before:
            self._line(0)
            self._text(text, False, 0)
        mode = "flat" if self._in_table else "layout" if table.is_layout else "table"
        if mode == "table":
            self._end_line()
            self._tables_written += 1
            self._table = self._tables_written
            self._mark("open")
            self._row = self._cell = 1
            self._in_table = True
        else:
            self._line(0)
        self._modes.append(mode)

    def _table_mark(self, event: Literal["cell", "row", "table"], line: int) -> None:
        if self._modes[-1] == "table":
            self._wants_line = False
            if event == "cell":
                self._mark(event, line)
                self._cell += 1
            elif event == "row":
                self._flush()
                self._cell = 0
                self._mark(event, line)
                self._row, self._cell = self._row + 1, 1
            else:
                self._flush()
                self._row = self._cell = 0
                self._mark(event, line)
                self._table = 0
                self._in_table = False
        else:
            self._line(0)
        if event == "table":
            self._modes.pop()

    def _mark(self, mark: MarkKind, line: int = 0) -> None:
        self._flush()
        self._atoms.append(Atom("", mark, self._place(line)))

    def _place(self, line: int) -> Place:
        return Place(self._table, self._row, self._cell, line)
