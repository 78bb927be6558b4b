"""The values of a label in the cells that the source marks: by position, never by guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from ...form import Grid
from ...records import dataclass
from .labels import Hit, Hits
from .numbers import Raw
from .runs import joined, tokens_between
from .squeezed import Cell, Row, Squeezed

#: So many full rows show where a table's values stand.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Beside:
    """The cells of a label's row that follow it; ``own``: how many of the row stand before them."""

    cells: tuple[Cell, ...]
    row: Row
    own: int

    @property
    def length(self) -> int:
        return self.row.last - self.row.first

    @property
    def span(self) -> tuple[int, int]:
        return (self.cells[0].start, self.cells[-1].end) if self.cells else (0, 0)

    @property
    def empty(self) -> bool:
        return all(cell.start == cell.end for cell in self.cells)


def cells_beside(text: Squeezed, hits: Hits, hit: Hit) -> Beside | None:
    """The value cells in a label's own row, or None where it stands in no cell or another label beside it."""
    own = text.cell(hit.end - 1)
    if own < 0:
        return None
    if sum(_is_row(other) for other in hits.between(text.cells[own].start, text.cells[own].end)) > 1:
        return None  # one cell for two rows
    row = text.rows[text.cells[own].row]
    cells = text.cells[own + 1 : row.last]
    labelled = [bool(cell.start < cell.end and hits.between(cell.start, cell.end)) for cell in cells]
    if any(labelled):
        if row.ended:
            return None
        cells = cells[: labelled.index(True)]
    return Beside(tuple(cells), row, own + 1 - row.first)


def _is_row(hit: Hit) -> bool:
    return any(use.role == "row" for use in hit.uses)


def raw_of(text: Squeezed, cell: Cell) -> Raw:
    """A cell's content, its superscripts taken off."""
    marks = ""
    if cell.start < cell.end and text.raised:
        marks = "".join(text.raised.get(at, "") for at in range(cell.start + 1, cell.end + 1))
    return Raw(text.said(cell.start, cell.end), cell.start, marks, text.cell_text(cell))


def _core(cells: Sequence[Cell]) -> tuple[int, int]:
    """From the first to behind the last cell that is not empty."""
    filled = [i for i, cell in enumerate(cells) if cell.start < cell.end]
    return (filled[0], filled[-1] + 1) if filled else (0, 0)


@dataclass
class Shapes:
    """Where the values stand in the rows of one table, told by the rows that are full: ``starts``, the
    numbers of the first value's cell in its row, and ``lengths``, of cells in a row. ``full``: the depth of
    each full row and how many cells stand before its values. ``covered``: there are more cells than values,
    so that an empty cell may be a square that a label covers. ``squares``: every row has all squares of the
    printed grid that follow its label's first; the number of columns of labels, else 0."""

    size: int
    starts: set[int] = field(default_factory=set)
    lengths: set[int] = field(default_factory=set)
    full: list[tuple[int, int]] = field(default_factory=list)
    covered: bool = False
    squares: int = 0

    @classmethod
    def of(cls, rows: Sequence[tuple[Beside, int]], size: int, grid: Grid, lost: int = 0) -> Shapes:
        """``rows``: each with its depth, the number of heads over it; ``grid``: of the table, of which
        ``lost`` columns are not in the source."""
        shapes = cls(size)
        if all(len(beside.cells) == grid.columns - lost - depth - 1 for beside, depth in rows):
            shapes.squares = grid.label_columns
        for beside, depth in rows:
            first, last = _core(beside.cells)
            shapes.covered |= len(beside.cells) > size
            if last - first == size:
                shapes.starts.add(beside.own + first)
                shapes.lengths.add(beside.length)
                shapes.full.append((depth, beside.own))
        return shapes

    def values(self, beside: Beside, depth: int) -> Sequence[Cell] | None:
        """The cells of the row's values, or None where their position is not certain."""
        cells, size = beside.cells, self.size
        first, last = _core(cells)
        if last - first == size:
            return cells[first:last]
        if last - first > size or len(cells) < size:
            return None
        if first == last or not self.covered:
            return cells[:size] if first == last or len(cells) == size else None
        low, high = max(0, last - size), min(first, len(cells) - size)
        start = low if low == high else self._start(beside, depth) - beside.own
        return cells[start : start + size] if 0 <= start <= first and last <= start + size else None

    def _start(self, beside: Beside, depth: int) -> int:
        """The cell in which the values of a row with empty cells begin, or −1."""
        if self.squares:
            return beside.own + self.squares - depth - 1
        regular = len(self.full) >= _ENOUGH and len(self.starts) == len(self.lengths) == 1
        if not regular or (depth, beside.own) not in self.full or beside.length not in self.lengths:
            return -1
        return next(iter(self.starts))


def raws_beside(text: Squeezed, beside: Beside, shapes: Shapes, depth: int) -> tuple[list[Raw], bool] | None:
    """The contents of a row's value cells, or, where fewer cells hold several numbers, exactly as many
    numbers; and whether each is a cell's."""
    if (cells := shapes.values(beside, depth)) is not None:
        raws = [raw_of(text, cell) for cell in cells]
        if len(raws) == 1 or not any(" " in raw.text for raw in raws):
            return raws, True
    filled = sum(cell.start < cell.end for cell in beside.cells)
    tokens = joined(list(tokens_between(text, *beside.span))) if filled < shapes.size else []
    if len(tokens) == shapes.size and all(token.kind != "word" for token in tokens):
        return [token.raw() for token in tokens], False
    return ([raw_of(text, cell) for cell in cells], True) if cells is not None else None
