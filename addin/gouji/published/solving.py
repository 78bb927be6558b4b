"""Glued digits of table 三: cut where row, columns and balance leave one reading."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..form import Table
from .rows import Line
from .split import Numbers, joint_way, row_ways
from .runs import Run


def digits_of(run: Run) -> tuple[str, frozenset[int]] | None:
    """The digits of a run and the borders that white space makes, or None where it holds anything else."""
    borders: list[int] = []
    digits = ""
    for token in run.tokens:
        if not (token.text.isascii() and token.text.isdigit()):
            return None
        borders.append(len(digits))
        digits += token.text
    return digits, frozenset(borders)


def glued_rows(
    table: Table, lines: Mapping[str, Line], numbers: Callable[[Line], Sequence[int] | None]
) -> dict[str, Numbers]:
    """Row id -> its numbers, of the rows whose digits are glued and can be cut in one way only."""
    size = len(table.grid.columns)
    options: dict[str, list[Numbers]] = {}
    glued = set()
    for row, line in lines.items():
        if line.raws is not None:
            read = numbers(line)
            options[row] = [tuple(read)] if read is not None else []
        elif line.run and (found := digits_of(line.run)):
            options[row] = row_ways(*found, size) or []
            glued.add(row)
    plain = {row for row in glued if len(options[row]) == 1 and _one_digit_each(lines[row], size)}
    found = {row: options[row][0] for row in plain}
    ids = [row.id for row in table.grid.rows]
    if glued - plain and all(options.get(row) for row in ids):
        if joint := _joint(table, options, ids):
            found |= {row: joint[row] for row in glued}
    return found


def _one_digit_each(line: Line, size: int) -> bool:
    """As many digits as numbers in one piece, or nothing but zeros: no other cut exists."""
    tokens = line.run.tokens if line.run else ()
    digits = "".join(token.text for token in tokens)
    return len(digits) == size and (len(tokens) == 1 or not digits.strip("0"))


def _joint(
    table: Table, options: Mapping[str, Sequence[Numbers]], ids: Sequence[str]
) -> dict[str, Numbers] | None:
    total = next(row for row in table.grid.rows if row.is_total)
    balance = table.balance

    def holds(choice: Mapping[str, Numbers]) -> bool:
        if balance is None:
            return True
        sides = [[sum(choice[r][c] for r in side) for c in range(len(table.grid.columns))] for side in (balance.left, balance.right)]
        return sides[0] == sides[1]

    chosen = {row: options[row] for row in ids}
    return joint_way(chosen, total.total_of, total.id, holds)
