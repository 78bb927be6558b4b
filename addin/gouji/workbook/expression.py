"""Expressions of a sheet, written once: each gives its formula and, over known cells, the value it shows.

Helper cells that decide something take hundreds of formulas; a second evaluation by hand would differ from
them one day. An expression is built from cells, numbers and texts by the functions below and holds the text
that a spreadsheet reads together with what that text means.

The meaning is Excel's, and narrower on purpose, so that every program agrees:

- a cell holds a number or a text ("" for none), never a logical value or an error;
- conditions (:class:`Condition`) and numbers (:class:`Term`) are two types: nothing compares a logical value
  with a number, which programs order differently;
- arithmetic and ``<``, ``>`` take numbers alone; a text there raises ``TypeError`` in Python, since a sheet
  would show #VALUE! or order by type. Guard with :func:`if_`, which works out only the branch that it takes;
- functions are those of Excel 2007 that LibreOffice, WPS and Gnumeric share; nothing spills.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import field
from functools import lru_cache

from ..records import dataclass
from .figures import Figure, Live, Shown
from .layout import address
from .spliced import pieces, quoted

#: (row, column), from 1, of one sheet -> what the cell shows.
Cells = MutableMapping[tuple[int, int], Shown]
Numeric = int | float


def _number(value: Shown) -> Numeric:
    if isinstance(value, str):
        raise TypeError(f"a text where a number is meant: {value!r}")
    return value


@dataclass(slots=True, eq=False)  # not frozen: thousands are made for each process
class Condition:
    """What is true or false. ``holds``: over the cells of the sheet."""

    text: str
    holds: Callable[[Cells], bool]


@dataclass(slots=True, eq=False)
class Term:
    """A number or a text. ``loose``: to be put in brackets beside an operator."""

    text: str
    value: Callable[[Cells], Shown]
    loose: bool = False

    @property
    def bound(self) -> str:
        """The text as a part of a longer one."""
        return f"({self.text})" if self.loose else self.text

    def __add__(self, other: Operand) -> Term:
        a, b = self.value, (right := term(other)).value
        return Term(f"{self.text}+{right.bound}", lambda v: _number(a(v)) + _number(b(v)), True)

    def __sub__(self, other: Operand) -> Term:
        a, b = self.value, (right := term(other)).value
        return Term(f"{self.text}-{right.bound}", lambda v: _number(a(v)) - _number(b(v)), True)

    def __mul__(self, other: Operand) -> Term:
        a, b = self.value, (right := term(other)).value
        return Term(f"{self.bound}*{right.bound}", lambda v: _number(a(v)) * _number(b(v)))

    def __gt__(self, other: Operand) -> Condition:
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}>{right.bound}", lambda v: _number(a(v)) > _number(b(v)))

    def __ge__(self, other: Operand) -> Condition:
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}>={right.bound}", lambda v: _number(a(v)) >= _number(b(v)))

    def __lt__(self, other: Operand) -> Condition:
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}<{right.bound}", lambda v: _number(a(v)) < _number(b(v)))

    def __le__(self, other: Operand) -> Condition:
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}<={right.bound}", lambda v: _number(a(v)) <= _number(b(v)))

    def eq(self, other: Operand) -> Condition:
        """Equal; a text and a number never are."""
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}={right.bound}", lambda v: a(v) == b(v))

    def ne(self, other: Operand) -> Condition:
        a, b = self.value, (right := term(other)).value
        return Condition(f"{self.bound}<>{right.bound}", lambda v: a(v) != b(v))


Operand = Term | int | str


def term(operand: Operand) -> Term:
    """A number or a text as a term."""
    return operand if isinstance(operand, Term) else _constant(operand)


@lru_cache(maxsize=4096)
def _constant(value: int | str) -> Term:
    """Of all terms of a form half are some hundred constants."""
    if isinstance(value, str):
        return Term(quoted(value), lambda _: value)
    return Term(str(value), lambda _: value, value < 0)


def own_row(row: int, above: int) -> Term:
    """How far below the row ``above`` a formula of the row ``row`` stands: the same text in each row."""
    return Term(f"ROW()-{above}", lambda _: row - above, True)


@lru_cache(maxsize=4096)
def cell(row: int, column: int) -> Term:
    at = row, column
    return Term(address(row, column, absolute=True), lambda v: v[at])


@lru_cache(maxsize=4096)
def _corners(top: int, left: int, bottom: int, right: int) -> str:
    first, last = address(top, left, absolute=True), address(bottom, right, absolute=True)
    return first if first == last else f"{first}:{last}"


@lru_cache(maxsize=4096)
def _places(top: int, left: int, bottom: int, right: int) -> tuple[tuple[int, int], ...]:
    return tuple((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


@dataclass(frozen=True, slots=True)
class Range:
    """A rectangle of cells, corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """(row, column) of each cell, row by row."""
        return _places(self.top, self.left, self.bottom, self.right)

    @property
    def text(self) -> str:
        return _corners(self.top, self.left, self.bottom, self.right)

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def shows(self, cells: Cells) -> Iterator[Shown]:
        return (cells[p] for p in self.places)

    def numbers(self, cells: Cells) -> list[Numeric]:
        return [value for place in self.places if not isinstance(value := cells[place], str)]

    def cell(self, row: int, column: int) -> Term:
        """One cell, counted from 1 as INDEX does."""
        return cell(self.top + row - 1, self.left + column - 1)

    def row(self, number: int) -> Range:
        """One row, from 1."""
        return Range(self.top + number - 1, self.left, self.top + number - 1, self.right)

    def column(self, number: int) -> Range:
        return Range(self.top, self.left + number - 1, self.bottom, self.left + number - 1)


# ---------------------------------------------------------------- conditions


def all_(*conditions: Condition) -> Condition:
    """Every one is worked out, as AND does: none may depend on another."""
    if len(conditions) == 1:
        return conditions[0]
    tests = [c.holds for c in conditions]
    return Condition(f"AND({_listed(conditions)})", lambda v: sum([t(v) for t in tests]) == len(tests))


def any_(*conditions: Condition) -> Condition:
    """Whether one of them holds."""
    if len(conditions) == 1:
        return conditions[0]
    tests = [c.holds for c in conditions]
    return Condition(f"OR({_listed(conditions)})", lambda v: sum([t(v) for t in tests]) > 0)


def _listed(parts: tuple[Condition, ...] | tuple[Range, ...] | list[Term]) -> str:
    return ",".join([p.text for p in parts])


# ---------------------------------------------------------------- functions


def if_(condition: Condition, then: Operand, otherwise: Operand) -> Term:
    test, yes, no = condition.holds, term(then), term(otherwise)
    a, b = yes.value, no.value
    return Term(f"IF({condition.text},{yes.text},{no.text})", lambda v: a(v) if test(v) else b(v))


def flag(*conditions: Condition) -> Term:
    """1 where all hold, else 0; each is worked out only where those before it hold."""
    found = term(1)
    for condition in reversed(conditions):
        found = if_(condition, found, 0)
    return found


def first_of(*cases: tuple[Condition, Operand], otherwise: Operand) -> Term:
    """What belongs to the first condition that holds."""
    found = term(otherwise)
    for condition, then in reversed(cases):
        found = if_(condition, then, found)
    return found


def sum_(*ranges: Range) -> Term:
    return Term(f"SUM({_listed(ranges)})", lambda v: sum([n for r in ranges for n in r.numbers(v)]))


def sum_where(flags: Range, one: Range) -> Term:
    """The sum of the numbers beside which a flag of equal shape is 1."""

    def value(cells: Cells) -> Shown:
        pairs = zip(flags.shows(cells), one.shows(cells), strict=True)
        return sum(number for on, number in pairs if on == 1 and not isinstance(number, str))

    return Term(f"SUMIF({flags.text},1,{one.text})", value)


def count(*ranges: Range) -> Term:
    """How many hold numbers."""
    return Term(f"COUNT({_listed(ranges)})", lambda v: sum([len(r.numbers(v)) for r in ranges]))


def count_above(one: Range) -> Term:
    """How many numbers are above 0."""
    return Term(f'COUNTIF({one.text},">0")', lambda v: sum(n > 0 for n in one.numbers(v)))


def count_below(one: Range) -> Term:
    return Term(f'COUNTIF({one.text},"<0")', lambda v: sum(n < 0 for n in one.numbers(v)))


def count_other(one: Range) -> Term:
    """How many numbers are not 0."""
    return count_above(one) + count_below(one)


def count_word(one: Range, word: str) -> Term:
    """How many cells hold this text; it holds no character that COUNTIF reads as a pattern."""
    return Term(f'COUNTIF({one.text},"{word}")', lambda v: sum(s == word for s in one.shows(v)))


def min_(one: Range) -> Term:
    """The least number, 0 where there is none."""
    return Term(f"MIN({one.text})", lambda v: min(one.numbers(v), default=0))


def max_(one: Range) -> Term:
    return Term(f"MAX({one.text})", lambda v: max(one.numbers(v), default=0))


def index(one: Range, row: Operand, column: Operand) -> Term:
    """The cell at a row and a column of the range, from 1; elsewhere an ``IndexError``."""
    at_row, at_column = term(row), term(column)
    a, b, wide, tall = at_row.value, at_column.value, one.right - one.left + 1, one.bottom - one.top + 1
    top, left = one.top - 1, one.left - 1

    def value(cells: Cells) -> Shown:
        r, c = int(_number(a(cells))), int(_number(b(cells)))
        if not (1 <= r <= tall and 1 <= c <= wide):
            raise IndexError(f"{one.text}: {r}, {c}")
        return cells[top + r, left + c]

    return Term(f"INDEX({one.text},{at_row.text},{at_column.text})", value)


def choose(number: Term, texts: tuple[str, ...]) -> Term:
    """One of the texts, from 1."""
    a, quoted = number.value, [term(t).text for t in texts]
    return Term(f"CHOOSE({number.text},{','.join(quoted)})", lambda v: texts[int(_number(a(v))) - 1])


def join(*parts: Operand) -> Term:
    """Texts and whole numbers one after the other."""
    terms = [term(p) for p in parts if p != ""]
    values = [t.value for t in terms]
    text = "&".join(t.bound for t in terms)
    return Term(text, lambda v: "".join(str(a(v)) for a in values), True)


def say(template: str, **parts: Operand) -> Term:
    """A sentence with ``{name}`` where its parts stand."""
    return join(*(each for text, name in pieces(template) for each in (text, parts[name] if name else "")))


# ---------------------------------------------------------------- a sheet's cells


@dataclass(slots=True)
class Pad:
    """Cells that formulas fill, each after those that it reads."""

    _steps: dict[tuple[int, int], Term] = field(default_factory=dict)

    def put(self, row: int, column: int, content: Operand) -> Term:
        """Fill a cell; what comes back refers to it."""
        assert (row, column) not in self._steps, (row, column)
        self._steps[row, column] = term(content)
        return cell(row, column)

    def work_out(self, cells: Cells) -> dict[tuple[int, int], Live]:
        """Every filled cell, its formula and value; ``cells`` holds what is known and gains the rest."""
        found = {}
        for at, content in self._steps.items():
            cells[at] = value = content.value(cells)
            found[at] = Live(f"={content.text}", value)
        return found


def figures_of(lives: dict[tuple[int, int], Live], first: int) -> Iterator[Figure]:
    """Those from the column ``first`` on, as figures."""
    return (Figure(*at, live) for at, live in lives.items() if at[1] >= first)
