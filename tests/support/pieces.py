"""Part of one row or column of table 三 one cell aside: every run of cells of a table that is right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from gouji.form import Value
from gouji.report import Report

from .movements import Rows, rows3, with_rows3

Numbers = list[Value]


def pushed(line: Numbers, first: int, last: int, empty: Value, *, forward: bool = True) -> Numbers:
    """``line`` with its cells ``first`` to ``last`` one cell on; the one at the end is covered."""
    cells = line[first : last + 1]
    moved = [empty, *cells[:-1]] if forward else [*cells[1:], empty]
    return [*line[:first], *moved, *line[last + 1 :]]


def with_row(report: Report, number: int, row: Numbers) -> Report:
    rows = rows3(report)
    return with_rows3(report, [*rows[:number], row, *rows[number + 1 :]])


def with_column(report: Report, number: int, column: Numbers) -> Report:
    rows: Rows = [
        [*row[:number], n, *row[number + 1 :]] for row, n in zip(rows3(report), column, strict=True)
    ]
    return with_rows3(report, rows)


@dataclass(frozen=True)
class Piece:
    axis: str
    line: int
    first: int
    last: int
    forward: bool

    def of(self, right: Report, empty: Value) -> Report:
        rows, ends = rows3(right), (self.first, self.last, empty)
        if self.axis == "row":
            return with_row(right, self.line, pushed(rows[self.line], *ends, forward=self.forward))
        column = [row[self.line] for row in rows]
        return with_column(right, self.line, pushed(column, *ends, forward=self.forward))


def pieces(right: Report) -> Iterator[Piece]:
    """Every run of three cells or more of every row and column, one cell on and back."""
    height = len(rows3(right))
    for forward, (axis, lines, length) in product((True, False), (("row", height, 7), ("column", 7, height))):
        for line, first in product(range(lines), range(length - 2)):
            for last in range(first + 2, length):
                yield Piece(axis, line, first, last, forward)
