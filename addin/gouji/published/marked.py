"""The values of a label in the cells that the source marks: by position, never by guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .labels import Hit, Hits
from .numbers import Raw
from .runs import joined, tokens_between
from .squeezed import Cell, Row, Squeezed


@dataclass(frozen=True, slots=True)
class Beside:
    """The cells of a label's row that follow it; ``own``: how many of the row stand before them."""

    cells: tuple[Cell, ...]
    row: Row
    own: int

    @property
    def shape(self) -> tuple[int, int]:
        return self.row.last - self.row.first, self.own

    @property
    def span(self) -> tuple[int, int]:
        return (self.cells[0].start, self.cells[-1].end) if self.cells else (0, 0)

    @property
    def empty(self) -> bool:
        return all(cell.start == cell.end for cell in self.cells)


def cells_beside(text: Squeezed, hits: Hits, hit: Hit) -> Beside | None:
    """The value cells in a label's own row, or None where it stands in no cell or another label follows."""
    own = text.cell(hit.end - 1)
    if own < 0:
        return None
    own = max(own, text.cell(hit.until - 1))
    row = text.rows[text.cells[own].row]
    cells = text.cells[own + 1 : row.last]
    labelled = [bool(cell.start < cell.end and hits.between(cell.start, cell.end)) for cell in cells]
    if any(labelled):
        if row.ended:
            return None
        cells = cells[: labelled.index(True)]
    return Beside(tuple(cells), row, own + 1 - row.first)


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
    """Where the values stand in the rows of one table that show it: by (cells of the row, cells before the
    values) the numbers of empty cells between label and values; ``covered``: some row has such cells at all,
    so that an empty cell may be a square that a label covers."""

    size: int
    shifts: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    covered: bool = False

    @classmethod
    def of(cls, rows: Iterable[Beside], size: int) -> Shapes:
        shapes = cls(size)
        for beside in rows:
            first, last = _core(beside.cells)
            if last - first == size:
                shapes.shifts.setdefault(beside.shape, set()).add(first)
                shapes.covered |= len(beside.cells) > size
        return shapes

    def values(self, beside: Beside) -> Sequence[Cell] | None:
        """The cells of the row's values, or None where their position is not certain."""
        cells, size = beside.cells, self.size
        first, last = _core(cells)
        if last - first == size:
            return cells[first:last]
        if last - first > size or len(cells) < size or (first == last and not cells):
            return None
        if first == last:
            return cells[:size]
        shifts = self.shifts.get(beside.shape, set())
        if len(shifts) == 1:
            shift = next(iter(shifts))
            return cells[shift : shift + size] if shift <= first and last <= shift + size else None
        if len(cells) == size and not shifts and not self.covered:
            return cells
        return None


def raws_beside(text: Squeezed, beside: Beside, shapes: Shapes) -> list[Raw] | None:
    """The contents of a row's value cells, or, where cells hold several numbers, exactly as many numbers."""
    if (cells := shapes.values(beside)) is not None:
        raws = [raw_of(text, cell) for cell in cells]
        if len(raws) == 1 or not any(" " in raw.text for raw in raws):
            return raws
    tokens = joined(list(tokens_between(text, *beside.span)))
    if len(tokens) == shapes.size and all(token.kind != "word" for token in tokens):
        return [token.raw() for token in tokens]
    return [raw_of(text, cell) for cell in cells] if cells is not None else None
