"""One worksheet part from a stream of XML: values and formulas, and what does not show."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping
from typing import NamedTuple, NoReturn

from ...opc.xmlstream import MAX_DEPTH, Attributes, spellings
from ...opc.xmlstream import SHEETS as MAIN
from .cells import (
    COLUMNS,
    LONG,
    MAX_CELLS,
    MAX_COLUMN,
    MAX_COVERED,
    Budget,
    Outline,
    Position,
    RawCell,
    address,
    number_cell,
    parse_column,
    parse_number,
    parse_range,
    parse_row,
    unescape,
)
from .guard import refuse
from .outlines import Lines
from .stringxml import TAGS, TextReader
from .thinning import Thinned

_CELL = frozenset(spellings(MAIN, "c"))
_VALUE = frozenset(spellings(MAIN, "v"))


class Read(NamedTuple):
    """What a worksheet part says. ``outline``: without what is not ``wanted``."""

    cells: dict[Position, RawCell]
    outline: Outline


class _CannotThin(Exception):
    """Something else may look like empty cells or rows here."""


def _cannot_thin(*_: str) -> NoReturn:
    raise _CannotThin


def _utf_8(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The same chunks; in UTF-16 a text may have the bytes of an empty row."""
    return (_cannot_thin() if b"\0" in chunk else chunk for chunk in chunks)


class SheetReader(TextReader):
    """One worksheet: worksheet (depth 1), sheetData (2), row (3), c (4), v or f or is (5).

    What lies elsewhere is no cell; of it ``Lines`` takes what tells which cells do not show.
    """

    def __init__(
        self,
        where: str,
        strings: list[str],
        formats: Mapping[str, str],
        budget: Budget,
        wanted: Container[Position] | None = None,
    ) -> None:
        """``where`` names the sheet in messages; ``formats``: number formats by a cell's attribute ``s``;
        ``wanted`` limits what is kept."""
        super().__init__(where, budget)
        self._strings = strings
        self._formats = formats
        self._wanted = wanted
        self._cells: dict[Position, RawCell] = {}
        self._covers: list[tuple[int, int, int, int]] = []
        self._in_data = self._in_row = self._in_inline = False
        self._row = self._column = 0
        self._row_text = ""
        self._cell: Attributes | None = None
        self._value: str | None = None
        self._inline: str | None = None
        self._formula = False
        self._lines = Lines(where, budget)

    def read_thinned(self, chunks: Iterator[bytes]) -> Read:
        """Parse the part without its empty cells and rows. Raises Refused, and _CannotThin: read it whole."""
        parser = self._stream.parser
        parser.StartCdataSectionHandler = parser.CommentHandler = _cannot_thin
        parser.ProcessingInstructionHandler = _cannot_thin
        thinned = Thinned(self.where, self._budget.work)
        return self._read(map(thinned, _utf_8(chunks)), thinned.hides)

    def read(self, chunks: Iterator[bytes]) -> Read:
        """Parse the part. Raises Refused."""
        return self._read(self._budget.work.counted(self.where, chunks), lambda row: False)

    def _read(self, chunks: Iterator[bytes], hides: Callable[[int], bool]) -> Read:
        self._stream.parser.StartElementHandler = self._start
        self._stream.parser.EndElementHandler = self._end
        self._stream.run(chunks)
        self._mark_covered()
        return Read(self._cells, self._lines.outline({row for row, _ in self._cells}, hides))

    def _start(self, name: str, attributes: Attributes) -> None:
        self._depth = depth = self._depth + 1
        if depth == 4:
            if self._in_row and name in _CELL:
                self._start_cell(attributes)
        elif depth == 5:
            if self._cell is not None:
                self._start_content(name, attributes)
        else:
            self._start_other(depth, name, attributes)

    def _start_other(self, depth: int, name: str, attributes: Attributes) -> None:
        tag = TAGS.get(name)
        if depth == 3:
            if not self._in_data:
                self._lines.in_list(name, attributes)
            elif tag == "row":
                self._start_row(attributes)
        elif self._in_text:
            self._malformed("nested")
        elif depth > MAX_DEPTH:
            refuse("too_complex", place=self.where)
        elif depth > 5:
            if self._in_inline:
                self._start_run(tag, 5)
        elif depth == 2:
            self._in_data = tag == "sheetData"
            self._lines.in_root(name)
        elif tag != "worksheet":
            self._malformed("root")

    def _end(self, name: str) -> None:
        depth = self._depth
        self._depth = depth - 1
        if depth == 4:
            if self._cell is not None:
                if self._value is not None or self._formula or self._inline is not None:
                    self._keep(self._cell)
                self._cell = None
        elif depth == 5:
            if self._in_text:
                self._value = "".join(self._texts)
                self._in_text = False
                self._held = 0
            elif self._in_inline:
                self._inline = unescape("".join(self._runs))
                self._in_inline = False
        elif depth > 5:
            self._end_run(depth)
        elif depth == 3:
            self._in_row = False
            self._texts.clear()
        else:
            self._in_data = False

    def _start_row(self, attributes: Attributes) -> None:
        self._in_row = True
        self._column = 0
        text = attributes.get("r")
        if text is None:
            text = str(self._row + 1)
        self._row_text = text
        self._row = parse_row(text)
        if not self._row:
            refuse("position", place=self.where, reference=text)
        self._lines.row(self._row, attributes)

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
            if self._column > MAX_COLUMN:
                refuse("position", place=self.where, reference=f"{self._row_text}:{self._column}")
        else:
            # A reference into another row leaves digits behind, which are no column.
            letters = reference.removesuffix(self._row_text)
            self._column = COLUMNS.get(letters) or parse_column(letters)
            if not self._column or letters == reference:
                refuse("position", place=self.where, reference=reference)
        self._cell = attributes
        self._value = self._inline = None
        self._formula = False
        self._texts.clear()

    def _start_content(self, name: str, attributes: Attributes) -> None:
        if name in _VALUE:
            if self._value is not None:
                self._malformed("repeated_value")
            self._texts.clear()
            self._in_text = True
            return
        tag = TAGS.get(name)
        if tag == "f":
            self._formula = True
            if attributes.get("t") in ("array", "dataTable") and "ref" in attributes:
                self._cover(attributes["ref"])
        elif tag == "is":
            if self._inline is not None:
                self._malformed("repeated_value")
            self._runs.clear()
            self._held = 0
            self._in_inline = True

    def _cover(self, reference: str) -> None:
        """Remember the range of an array formula or data table, where it is more than its own cell."""
        corners = parse_range(reference)
        if corners is None:
            refuse("position", place=self.where, reference=reference)
        if corners[:2] != corners[2:]:
            self._covers.append(corners)
            if len(self._covers) > MAX_CELLS:
                refuse("too_complex", place=self.where)

    def _mark_covered(self) -> None:
        """Mark the cells inside remembered ranges as formulas, with bounded work."""
        left = MAX_COVERED
        for top, first, bottom, last in self._covers:
            area = (bottom - top + 1) * (last - first + 1)
            left -= min(area, len(self._cells)) + 1
            if left < 0:
                refuse("too_complex", place=self.where)
            if area <= len(self._cells):
                inside = [(row, col) for row in range(top, bottom + 1) for col in range(first, last + 1)]
            else:
                inside = [at for at in self._cells if top <= at[0] <= bottom and first <= at[1] <= last]
            for position in inside:
                cell = self._cells.get(position)
                if cell and not cell.formula:
                    self._cells[position] = cell._replace(formula=True)

    def _keep(self, attributes: Attributes) -> None:
        """The end of a cell that holds something: decode its value and store it."""
        position = self._row, self._column
        if self._wanted is not None and position not in self._wanted:
            return
        cell = self._decode(attributes.get("t", "n"), self._formats.get(attributes.get("s", ""), ""))
        if cell is None:
            return
        if position in self._cells:
            refuse("repeated_cell", place=self.where, reference=address(position))
        self._cells[position] = cell
        self._budget.cell(self.where)

    def _decode(self, stored_as: str, code: str) -> RawCell | None:
        """The cell, or None where it holds neither value nor formula."""
        formula = self._formula
        raw = self._value
        if stored_as == "n" and raw:
            number = parse_number(raw)
            if number is not None:
                if len(raw) > LONG:
                    self._budget.text(self.where, raw)
                return number_cell(number, raw, formula, code)
        elif stored_as == "inlineStr" and self._inline is not None:
            return self._text_cell(self._inline, code)
        elif raw is None or (not raw and stored_as != "str"):
            return RawCell(None, "", "blank", True) if formula else None
        elif stored_as == "s":
            index = parse_number(raw)
            if isinstance(index, int) and 0 <= index < len(self._strings):
                return RawCell(self._strings[index], self._strings[index], "text", formula, code)
        elif stored_as in ("str", "inlineStr", "d"):
            return self._text_cell(unescape(raw), code)
        elif stored_as == "b" and raw in ("0", "1", "true", "false"):
            return RawCell(raw in ("1", "true"), raw, "bool", formula)
        elif stored_as == "e":
            if len(raw) > LONG:
                self._budget.text(self.where, raw)
            return RawCell(raw, raw, "error", formula)
        return refuse("value", place=self.where, reference=address((self._row, self._column)), value=raw)

    def _text_cell(self, text: str, code: str) -> RawCell:
        self._budget.text(self.where, text)
        return RawCell(text, text, "text", self._formula, code)


def read_sheet(
    chunks: Callable[[], Iterator[bytes]],
    where: str,
    strings: list[str],
    formats: Mapping[str, str],
    budget: Budget,
    wanted: Container[Position] | None = None,
) -> Read:
    """The cells of a worksheet part that hold a value or a formula, and what of it does not show; ``chunks``
    opens it. Raises Refused."""
    before = vars(budget).copy()
    try:
        return SheetReader(where, strings, formats, budget, wanted).read_thinned(chunks())
    except _CannotThin:
        vars(budget).update(before)  # its work is done, and stays spent
        return SheetReader(where, strings, formats, budget, wanted).read(chunks())
