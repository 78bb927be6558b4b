"""Which rows of glued digits have one reading: found by trying all, apart from the importer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from math import prod

from gouji.form import TableKey
from gouji.report import Report

#: More combinations of rows than this are not tried: nothing is said of such a table.
TRIED = 3000
DIGITS = 18

Row = tuple[int, ...]


def decided_rows(report: Report, key: TableKey) -> list[list[str]]:
    """The rows (cell ids) of a table in which the digits, glued, can be cut in one way only: into seven (or
    five) numbers without leading zeros of which the last is the sum, so that all equations of the table hold.
    Empty where the table contradicts itself, holds blanks or "/", or has too many readings to try."""
    block = report.form.tables[key].grid
    rows = [[block.cell(row.id, column.id).id for column in block.columns] for row in block.rows]
    values = [tuple(report.value(cell) for cell in row) for row in rows]
    if not all(isinstance(v, int) for row in values for v in row) or not _holds(report, key, rows, values):
        return []
    if block.across:
        rows, values = [[c for row in rows for c in row]], [tuple(v for row in values for v in row)]
    if any(len(_glued(row)) > DIGITS for row in values):
        return []
    ways = [list(_cuts(_glued(row), len(row), len(block.columns))) for row in values]
    if prod(map(len, ways)) > TRIED:
        return []
    found = [way for way in product(*ways) if _holds(report, key, rows, way)]
    return [row for i, row in enumerate(rows) if len({way[i] for way in found}) == 1]


def _glued(row: Sequence[object]) -> str:
    return "".join(map(str, row))


def _cuts(digits: str, count: int, width: int, so_far: Row = ()) -> Iterator[Row]:
    """Every cut into ``count`` numbers of which each ``width``-th is the sum of those before it."""
    if so_far and len(so_far) % width == 0 and sum(so_far[-width:-1]) != so_far[-1]:
        return
    if len(so_far) == count:
        if not digits:
            yield so_far
        return
    left = count - len(so_far) - 1
    longest = 1 if digits[:1] == "0" else len(digits) - left
    for size in range(1, longest + 1):
        yield from _cuts(digits[size:], count, width, (*so_far, int(digits[:size])))


def _holds(report: Report, key: TableKey, rows: Sequence[Sequence[str]], values: Sequence[Row]) -> bool:
    of = {c: v for row, numbers in zip(rows, values, strict=True) for c, v in zip(row, numbers, strict=True)}
    return all(
        sum(of[c] for c in e.left) == sum(of[c] for c in e.right) for e in report.form.tables[key].equations
    )
