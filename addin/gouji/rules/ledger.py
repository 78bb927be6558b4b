"""The ledger: every check of a form that arithmetic can decide, one row each, decided once.

A row is a count of cells that are not as they should be (:class:`CellCount`), an equation of the form, or
an instance of a rule that compares sums (both :class:`Relation`). It has a rule, a place, both sides, what
they differ by and a state. 校验, its formulas and ``GJ_CHECK`` show these rows. The findings are made by the
same three deciders (``cells.cells_that_are``, ``equations.residual``, ``relations.decide``), which nobody
else repeats, and a test holds failing rows and findings equal (``tests/workbook/test_live.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from ..form import Equation, Form, TableKey
from ..report import Report
from .carry_over import level_of
from .catalogue import Catalogue, catalogue
from .cells import cells_that_are
from .equations import residual, rule_of, sides
from .explanations import settles
from .finding import Level, number_text
from .numbers import Numbers
from .relations import HOLDS, Relation, Term, decide, relations
from .speaking import why_silent

#: ``no_prior``: nothing is known of last year; ``undecided``: cells of this year are not filled yet;
#: ``explained``: it fails, is no error, and 审核说明 accounts for it; ``hinted``: it fails and asks for
#: nothing.
State = Literal["passed", "failed", "warned", "hinted", "explained", "undecided", "no_prior"]

_FAILED: dict[Level, State] = {"error": "failed", "warning": "warned", "hint": "hinted"}

#: What is counted in each table, and which rule speaks for it.
CELL_STATES: tuple[tuple[Literal["blank", "illegal"], str], ...] = (
    ("blank", "cell-blank"),
    ("illegal", "cell-number"),
)


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells of one table are not as they should be; none is right.

    ``what``: "blank" (not filled, not declared 0) or "illegal" (no number that the cell's kind admits).
    """

    rule: str
    place: str
    table: TableKey
    what: Literal["blank", "illegal"]


Check = CellCount | Relation


@dataclass(frozen=True, slots=True)
class Row:
    """One check, decided.

    ``left``, ``right``: the sides, whole numbers, 分 where ``money_left`` or ``money_right``; None while
    undecided. ``difference``: left − right; 1 or 0 for ``zero-together``, whose sides measure different
    things.
    """

    check: Check
    level: Level
    left: int | None
    right: int | None
    state: State
    money_left: bool = False
    money_right: bool = False

    @property
    def bare(self) -> State:
        """The state that it has without any explanation."""
        return _FAILED[self.level] if self.state == "explained" else self.state

    @property
    def id(self) -> str:
        """As the id of the finding that speaks of it."""
        return f"{self.check.rule}:{self.check.place}"

    @property
    def difference(self) -> int | None:
        if self.left is None or self.right is None:
            return None
        if self.together:
            return int((self.left == 0) != (self.right == 0))
        return self.left - self.right

    @property
    def money(self) -> bool:
        """Whether :attr:`difference` is in 分."""
        return self.money_left and not self.together

    @property
    def together(self) -> bool:
        """Whether the sides are both to be 0 or neither; the one that is not is then its only number."""
        return isinstance(self.check, Relation) and self.check.operator == "zero-together"

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers that an explanation is given for, as those of the finding (``Finding.numbers``)."""
        sides = ((self.left, self.money_left), (self.right, self.money_right))
        texts = [number_text(side, money) for side, money in sides if side is not None]
        return tuple(texts[1:] if not self.left else texts[:1]) if self.together and texts else tuple(texts)


def as_relation(equation: Equation, rules: Catalogue) -> Relation:
    """An equation of the form as the relation left = right."""
    left, right = (tuple(Term(c, 1, False, c) for c in side) for side in (equation.left, equation.right))
    rule = rules[rule_of(equation)]
    return Relation(rule.id, equation.id, equation.label, left, "=", right, rule.live)


def checks(form: Form, rules: Catalogue) -> tuple[Check, ...]:
    """Every active check of a form: the cells of each table, the equations, the relations."""
    return (*_cell_counts(form, rules), *_equations(form, rules), *relations(form, rules))


def live_checks(form: Form, rules: Catalogue) -> tuple[Check, ...]:
    """Those that plain formulas decide as well: the rows of 校验, in order."""
    return tuple(c for c in checks(form, rules) if isinstance(c, CellCount) or c.live)


def _cell_counts(form: Form, rules: Catalogue) -> Iterator[CellCount]:
    for table in form.tables.values():
        for what, rule in CELL_STATES:
            if not rules[rule].off:
                yield CellCount(rule, table.id, table.key, what)


def _equations(form: Form, rules: Catalogue) -> Iterator[Relation]:
    return (as_relation(e, rules) for e in form.equations if not rules[rule_of(e)].off)


def only_python(form: Form, rules: Catalogue) -> int:
    """How many active rules on one unit's report no formula decides."""
    subjects = ("city", "causes", "movements")
    return sum(not (r.live or r.subject in subjects or why_silent(r, form)) for r in rules.rules.values())


class Ledger:
    """Decides checks for one report. ``prior``: last year's figures, or None."""

    def __init__(
        self,
        report: Report,
        prior: Report | None = None,
        rules: Catalogue | None = None,
        *,
        prior_sealed: bool = False,
    ) -> None:
        self.report = report
        self.rules = rules or catalogue()
        self._sealed = prior_sealed
        self._readers = {
            sums: (Numbers(report, sums=sums), Numbers(prior, sums=sums) if prior else None)
            for sums in (False, True)
        }

    def rows(self) -> Iterator[Row]:
        """Every active check, decided, in order."""
        return (self.row(check) for check in checks(self.report.form, self.rules))

    def row(self, check: Check) -> Row:
        """One check, decided; 已说明 where it fails, is no error and has an explanation that counts."""
        row = self._decided(check)
        if row.state not in ("warned", "hinted"):
            return row
        counts = settles(self.report.explanations.get(row.id), row.numbers)
        return replace(row, state="explained") if counts else row

    def _decided(self, check: Check) -> Row:
        if isinstance(check, CellCount):
            count = len(cells_that_are(self.report, check.table, check.what))
            return Row(check, "error", count, 0, self._count_state(check, count))
        equation = self.report.form.equation.get(check.place)
        both = self._equation(equation) if equation else self._relation(check)
        money_left, money_right = self._money(check.left), self._money(check.right)
        level = self._level(check)
        if both is None:
            return Row(check, level, None, None, self._open(check), money_left, money_right)
        state = "passed" if HOLDS[check.operator](*both) else _FAILED[level]
        return Row(check, level, *both, state, money_left, money_right)

    # ------------------------------------------------------------ sides

    def _money(self, terms: tuple[Term, ...]) -> bool:
        return any(self.report.form.by_id[t.cell].kind.money for t in terms)

    def _equation(self, equation: Equation) -> tuple[int, int] | None:
        return None if residual(self.report, equation) is None else sides(self.report, equation)

    def _relation(self, relation: Relation) -> tuple[int, int] | None:
        verdict = decide(relation, *self._readers[relation.sums])
        return verdict[:2] if verdict else None

    # ------------------------------------------------------------ states

    def _count_state(self, check: CellCount, count: int) -> State:
        if not count:
            return "passed"
        return "undecided" if check.what == "blank" else "failed"

    def _open(self, relation: Relation) -> State:
        last = self._readers[relation.sums][1]
        terms = [t for t in relation.terms if t.prior]
        known = not terms or (last is not None and all(last(t.cell) is not None for t in terms))
        return "undecided" if known else "no_prior"

    def _level(self, check: Relation) -> Level:
        rule = self.rules[check.rule]
        if not (rule.relation and rule.relation.get("carry_over")):
            return rule.level
        return level_of(rule, sealed=self._sealed, total=self._carried_total_differs)

    @cached_property
    def _carried_total_differs(self) -> bool:
        """Whether 总计 differs from last year's, not only the columns."""
        by_id = self.report.form.by_id
        totals = (
            relation
            for relation in relations(self.report.form, self.rules)
            if (self.rules[relation.rule].relation or {}).get("carry_over")
            and by_id[relation.cells[0]].column.is_total
        )
        found = (self._relation(relation) for relation in totals)
        return any(both and both[0] != both[1] for both in found)
