"""The ledger: every check of a form that arithmetic can decide, one row each, decided once.

A row is a count of what is not as it should be (cells of a table, a field of the cover, a section …), a
bound that an amount keeps (:class:`AtMost`), an equation of the form, or an instance of a rule that compares
sums (both :class:`Relation`). It has a rule, a place, both sides, what they differ by and a state. 校验, its
formulas and ``GJ_CHECK`` show these rows. The findings are made by the same deciders
(``cells.cells_that_are``, ``cover.is_missing``, ``equations.residual``, ``relations.decide`` …), which nobody
else repeats, and a test holds failing rows and findings equal (``tests/workbook/test_live.py``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Literal

from ..form import Equation
from ..records import dataclass
from ..report import Report
from .carry_over import level_of
from .catalogue import Catalogue, Rule, catalogue
from .cells import cells_that_are, says_something
from .checks import (
    CELL_STATES,
    AtMost,
    CellCount,
    Check,
    Count,
    Filled,
    FormFilled,
    NoErrors,
    PeriodInside,
    SectionFilled,
    YearFits,
    checks,
    is_absence,
    live_checks,
    only_python,
)
from .cover import fits_edition, is_missing
from .equations import residual, sides
from .error_values import error_values
from .explanations import settles
from .finding import Level, number_text
from .numbers import Numbers
from .period import faults
from .relations import HOLDS, Relation, Term, decide, relations
from .required import is_empty

__all__ = [
    "CELL_STATES",
    "AtMost",
    "CellCount",
    "Check",
    "Filled",
    "FormFilled",
    "Ledger",
    "NoErrors",
    "PeriodInside",
    "Row",
    "SectionFilled",
    "State",
    "YearFits",
    "checks",
    "is_absence",
    "live_checks",
    "only_python",
]

#: ``no_prior``: nothing is known of last year; ``undecided``: cells of this year are not filled yet;
#: ``explained``: it fails, is no error, and 审核说明 accounts for it; ``hinted``: it fails and asks for
#: nothing.
State = Literal["passed", "failed", "warned", "hinted", "explained", "undecided", "no_prior"]

_FAILED: dict[Level, State] = {"error": "failed", "warning": "warned", "hint": "hinted"}


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
        """Left less right, in the unit of the sides; of sides that must be 0 together 1 where one alone is,
        else 0. None where a side is not known."""
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
        if not isinstance(self.check, AtMost | Relation):
            return ()
        sides = ((self.left, self.money_left), (self.right, self.money_right))
        texts = [number_text(side, money) for side, money in sides if side is not None]
        return tuple(texts[1:] if not self.left else texts[:1]) if self.together and texts else tuple(texts)


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
        given, numbers = self.report.explanations.get(row.id), row.numbers
        if given and isinstance(
            check, AtMost
        ):  # it is given for the limit of the body, which is not this bound
            given, numbers = replace(given, numbers=given.numbers[:1]), numbers[:1]
        return replace(row, state="explained") if settles(given, numbers) else row

    def _decided(self, check: Check) -> Row:
        if isinstance(check, AtMost):
            return self._bounded(check)
        if not isinstance(check, Relation):
            level, count = self._level_of(check), self._count(check)
            return Row(
                check, level, count, None if count is None else 0, self._count_state(check, count, level)
            )
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

    def _count(self, check: Count) -> int | None:
        """How many faults; None while that is not known."""
        report = self.report
        if isinstance(check, CellCount):
            return len(cells_that_are(report, check.table, check.what))
        if isinstance(check, FormFilled):
            return int(not says_something(report))
        if isinstance(check, Filled):
            return int(is_missing(report, check.place))
        if isinstance(check, YearFits):
            fits = fits_edition(report)
            return None if fits is None else int(not fits)
        if isinstance(check, PeriodInside):
            return len(faults(report))
        if isinstance(check, NoErrors):
            return len(error_values(report, self.rules))
        empty = is_empty(report, check.place)
        return None if report.texts is None or (empty and report.is_sum) else int(empty)

    def _count_state(self, check: Count, count: int | None, level: Level) -> State:
        if count is None:
            return "undecided"
        if not count:
            return "passed"
        if level == "error" and is_absence(check):
            return "undecided"
        return _FAILED[level]

    def _bounded(self, check: AtMost) -> Row:
        number, level = Numbers(self.report)(check.place), self._level_of(check)
        if number is None:
            return Row(check, level, None, None, "undecided", True, True)
        state = "passed" if number <= check.bound else _FAILED[level]
        return Row(check, level, number, check.bound, state, True, True)

    def _level_of(self, check: Count | AtMost) -> Level:
        """What was published so is told, not refused."""
        rule = self.rules[check.rule]
        milder = self.report.imported is not None and "imported_level" in rule.parameters
        return rule.no_graver_than("imported_level") if milder else rule.level

    def _open(self, relation: Relation) -> State:
        last = self._readers[relation.sums][1]
        terms = [t for t in relation.terms if t.prior]
        known = not terms or (last is not None and all(last(t.cell) is not None for t in terms))
        return "undecided" if known else "no_prior"

    def _level(self, check: Relation) -> Level:
        total, moved = self.levels(check)
        return total if total == moved or self._carried_total_differs else moved

    def levels(self, check: Check) -> tuple[Level, Level]:
        """How grave a row is that fails: where 总计 of its carry-over differs too, and where it does not; for
        every other check the same."""
        if not isinstance(check, Relation):
            level = self._level_of(check)
            return level, level
        rule = self.rules[check.rule]
        if not carries_over(rule):
            return rule.level, rule.level
        return level_of(rule, sealed=self._sealed, total=True), level_of(
            rule, sealed=self._sealed, total=False
        )

    def carried_total(self, check: Check) -> Relation | None:
        """The row on 总计 of the carry-over of which a check is one column."""
        return next((total for total in self._carried_totals if total.rule == check.rule), None)

    @cached_property
    def _carried_totals(self) -> tuple[Relation, ...]:
        by_id = self.report.form.by_id
        return tuple(
            relation
            for relation in relations(self.report.form, self.rules)
            if carries_over(self.rules[relation.rule]) and by_id[relation.cells[0]].column.is_total
        )

    @cached_property
    def _carried_total_differs(self) -> bool:
        """Whether 总计 differs from last year's, not only the columns."""
        found = (self._relation(relation) for relation in self._carried_totals)
        return any(both and both[0] != both[1] for both in found)


def carries_over(rule: Rule) -> bool:
    return bool(rule.relation and rule.relation.get("carry_over"))
