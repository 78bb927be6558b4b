"""Glued digits of table 三: cut where row, columns and balance leave one reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from ...form import KINDS, NotANumber, Table
from ...form import Line as Column
from ...records import dataclass
from .assigning import numbers_of
from .numbers import Raw, value_of
from .rows import Line
from .runs import Token
from .split import MOST_DIGITS, Budget, Numbers, all_ways, count_ways, joint_way, row_ways
from .squeezed import GLUED

#: So many readings of a cell are shown.
MOST_READINGS = 8


def cut_numbers(tokens: Sequence[Token]) -> tuple[str, frozenset[int]] | None:
    """The digits of a run and the borders that white space makes, or None where it holds anything else."""
    borders: list[int] = []
    digits = ""
    for token in tokens:
        if not (token.text.isascii() and token.text.isdigit()):
            return None
        borders.append(len(digits))
        digits += token.text
    return digits, frozenset(borders)


@dataclass(frozen=True, slots=True)
class Ways:
    """``ways``: all ways to cut a run into the numbers of its columns, as texts; ``certain``: there is one,
    and no reading with an empty cell."""

    ways: tuple[tuple[str, ...], ...]
    certain: bool

    def readings(self, column: int) -> tuple[str, ...]:
        """What the column's cell may be, or () where that is open."""
        found = dict.fromkeys(way[column] for way in self.ways)
        return tuple(found) if len(found) <= MOST_READINGS else ()


_GLUED_NUMBER = re.compile(r"(?P<sign>[+-]?)(?P<digits>[0-9]+)(?P<rest>.*)")


def ways_of(tokens: Sequence[Token], columns: Sequence[Column]) -> Ways:
    """The ways to read one row without equations, if nothing parts it or a number begins with a 0 too many,
    so that it is glued for sure. Certain is only what can not be fewer numbers either: 002 is three, but 444
    may be one or two beside empty cells, which do not show."""
    parts = [found for token in tokens if (found := _GLUED_NUMBER.fullmatch(token.text))]
    long = sum(len(part["digits"]) for part in parts) > MOST_DIGITS
    padded = any(len(part["digits"]) > 1 and part["digits"][0] == "0" for part in parts)
    unparted = all(token.gap == GLUED for token in tokens)
    if len(parts) != len(tokens) or long or not (padded or unparted):
        return Ways((), False)
    ways = tuple(_cuts(parts, columns))
    fewest = sum(_fewest(part["digits"]) for part in parts)
    return Ways(ways, len(ways) == 1 and fewest == len(columns))


def _fewest(digits: str) -> int:
    """As how few numbers digits can be read: each 0 that begins one is a number of its own."""
    return len(digits) - len(digits.lstrip("0")) + bool(digits.lstrip("0"))


def _cuts(parts: Sequence[re.Match[str]], columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    if not parts:
        if not columns:
            yield ()
        return
    part, rest = parts[0], parts[1:]
    for count in range(1, len(columns) - len(rest) + 1):
        for cut in all_ways(part["digits"], frozenset(), count):
            numbers = (part["sign"] + cut[0], *cut[1:-1], cut[-1] + part["rest"])
            if count == 1:
                numbers = (part["sign"] + cut[0] + part["rest"],)
            if all(_may_be(text, column) for text, column in zip(numbers, columns, strict=False)):
                for others in _cuts(rest, columns[count:]):
                    yield (*numbers, *others)


def _may_be(text: str, column: Column) -> bool:
    kind = column.kind or KINDS["count"]
    try:
        value, _ = value_of(Raw(text, 0), kind)
    except NotANumber:
        return False
    return kind.legal(value) and (kind.signed or text[0] not in "+-")


@dataclass(frozen=True, slots=True)
class Cuts:
    """``one``: the numbers of a row whose digits can be cut in one way only; ``ways``: those that its own sum
    admits, or, where it admits none, all of a few."""

    one: Numbers | None
    ways: tuple[tuple[str, ...], ...]

    def readings(self, column: int) -> tuple[str, ...]:
        found = dict.fromkeys(way[column] for way in self.ways)
        return tuple(found) if len(found) <= MOST_READINGS else ()


def glued_rows(table: Table, lines: Mapping[str, Line]) -> dict[str, Cuts]:
    """Row id -> how its digits can be cut, of the rows whose digits are glued."""
    size = len(table.grid.columns)
    options: dict[str, list[Numbers]] = {}
    glued: dict[str, tuple[str, frozenset[int]]] = {}
    budget = Budget()
    for row, line in lines.items():
        if line.raws is not None:
            numbers = numbers_of(line)
            options[row] = [numbers] if numbers is not None else []
        elif line.run and (digits := cut_numbers(line.run.tokens)) and may_be_cut(line.run.tokens, size):
            glued[row] = digits
            options[row] = row_ways(*digits, size, budget) or []
    one = {row: options[row][0] for row in glued if options[row] and _one_digit_each(lines[row], size)}
    ids = [row.id for row in table.grid.rows]
    if glued.keys() - one.keys() and all(options.get(row) for row in ids):
        joint = _joint(table, options, ids) or {}
        one |= {row: joint[row] for row in glued if row in joint}
    return {row: Cuts(one.get(row), _shown(options[row], *glued[row], size)) for row in glued}


def may_be_cut(tokens: Sequence[Token], size: int) -> bool:
    """Whether digits are glued for sure (one piece, or a number with a 0 too many before it) or as many as
    the row has, one of them doubtful. Numbers that white space parts and that are too few lack an empty
    cell."""
    padded = any(len(token.text) > 1 and token.text[0] == "0" for token in tokens)
    return padded or len(tokens) == size or all(token.gap == GLUED for token in tokens[1:])


def _shown(
    ways: Sequence[Numbers], digits: str, borders: frozenset[int], size: int
) -> tuple[tuple[str, ...], ...]:
    if ways:
        return tuple(tuple(map(str, way)) for way in ways)
    if count_ways(digits, borders, size) > MOST_READINGS:
        return ()
    return tuple(all_ways(digits, borders, size))


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
        sides = [
            [sum(choice[r][c] for r in side) for c in range(len(table.grid.columns))]
            for side in (balance.left, balance.right)
        ]
        return sides[0] == sides[1]

    chosen = {row: options[row] for row in ids}
    return joint_way(chosen, total.total_of, total.id, holds)
