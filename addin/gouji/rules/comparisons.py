"""Comparisons of two sums of cells, of this year and of last year.

Every rule that plain formulas can decide is one of these: the equations of the form, and the
catalogue's entries with a parameter ``compare``::

    compare = { table = "table2", over = "rows", left = "in_force", relation = "=",
                right = "last.in_force + made - repealed" }

``over = "rows"`` applies it to every row of the table that has all the named columns (names are
column ids); ``over = "columns"`` to every column, names being row ids. ``last.`` is last year's
cell. ``relation`` is "=", "<=", ">=" or "both-zero" (one side is 0 exactly when the other is). The
Python check and the live row of the workbook are both made from this one declaration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ..form import Block, Form, Line, Table
from ..report import Report
from .catalogue import Catalogue, Rule
from .equations import rule_of

Relation = Literal["=", "<=", ">=", "both-zero"]

HOLDS: Mapping[Relation, Callable[[int, int], bool]] = {
    "=": lambda left, right: left == right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "both-zero": lambda left, right: (left == 0) == (right == 0),
}


@dataclass(frozen=True, slots=True)
class Term:
    """±1 times a cell of this year, or of last year."""

    cell: str
    sign: int = 1
    last_year: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """``left`` relation ``right`` at one place; ``label``: the row or column it is applied to."""

    rule: str
    place: str
    left: tuple[Term, ...]
    relation: Relation
    right: tuple[Term, ...]
    label: str
    money: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def needs_prior(self) -> bool:
        return any(t.last_year for t in self.terms)

    def sides(self, report: Report, prior: Report | None) -> tuple[int, int] | None:
        """Both sides, or None while a cell is blank (undeclared) or last year is not known."""

        def total(terms: tuple[Term, ...]) -> int | None:
            numbers = []
            for term in terms:
                source = prior if term.last_year else report
                if source is None or term.cell not in source.form.by_id or not source.is_known(term.cell):
                    return None
                numbers.append(term.sign * source.number(term.cell))
            return sum(numbers)

        left, right = total(self.left), total(self.right)
        return None if left is None or right is None else (left, right)


def equation_comparisons(form: Form) -> Iterator[Comparison]:
    """The equations of the form, each as the comparison of its two sides."""
    for e in form.equations:
        left, right = (tuple(Term(c) for c in side) for side in (e.left, e.right))
        yield Comparison(rule_of(e), e.id, left, "=", right, e.label)


def declared_comparisons(form: Form, catalogue: Catalogue) -> Iterator[Comparison]:
    """All comparisons of the catalogue's entries, in the order of the catalogue and the form."""
    for rule in catalogue.rules.values():
        if "compare" in rule.parameters:
            yield from of_rule(form, rule)


def of_rule(form: Form, rule: Rule) -> Iterator[Comparison]:
    """The comparisons of one entry; none where the table's edition is not the rule's."""
    declared = rule.parameters["compare"]
    table = form.tables[declared["table"]]
    if table.edition not in rule.editions:
        return
    for block in table.blocks:
        over_rows = declared["over"] == "rows"
        names = {line.id for line in (block.columns if over_rows else block.rows)}
        sides = [_names(declared[side]) for side in ("left", "right")]
        if not all(name in names for side in sides for _, name, _ in side):
            continue
        for line in block.rows if over_rows else block.columns:
            left, right = (_terms(table, block, line, side, over_rows) for side in sides)
            first = next(c for c in table.cells if c.id == left[0].cell)
            place = f"{table.id}.{line.id}"
            yield Comparison(rule.id, place, left, declared["relation"], right, line.key, first.kind.money)


def _names(expression: str) -> list[tuple[int, str, bool]]:
    """ "last.a + b - c" -> (sign, id, last year?) of each term."""
    sign, found = 1, []
    for word in expression.split():
        if word in "+-":
            sign = 1 if word == "+" else -1
        elif word != "0":
            found.append((sign, word.removeprefix("last."), word.startswith("last.")))
            sign = 1
    return found


def _terms(
    table: Table, block: Block, line: Line, side: list[tuple[int, str, bool]], over_rows: bool
) -> tuple[Term, ...]:
    return tuple(
        Term(block.cell(*((line.id, name) if over_rows else (name, line.id))).id, sign, last)
        for sign, name, last in side
    )
