"""What is checked of a form: each check one row of the ledger (``ledger.py``), in the order of 校验."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..form import Equation, Form, TableKey
from ..records import dataclass
from .catalogue import Catalogue
from .cells import CellState
from .deciders import compared
from .equations import rule_of
from .relations import Relation, Term, relations
from .speaking import why_silent
from .table2 import SIZE, highest_limit

#: Subjects of the catalogue whose rules find nothing in a form: they speak of a city, of published texts, or
#: name the cause of what others found.
_NO_CHECKS = frozenset(("city", "causes", "movements", "imported"))

#: What is counted in each table, and which rule speaks for it.
CELL_STATES: tuple[tuple[CellState, str], ...] = (
    ("blank", "cell-blank"),
    ("illegal", "cell-number"),
    ("declared", "cell-declared"),
)


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many cells of one table are not simply filled; none is right.

    ``what``: "blank" (not filled, not declared 0), "declared" (blank and declared 0) or "illegal" (no number
    that the cell's kind admits).
    """

    rule: str
    place: str
    table: TableKey
    what: CellState


@dataclass(frozen=True, slots=True)
class FormFilled:
    """Whether anything is typed at all. Like the other checks beside the tables it counts faults: 1 or 0."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class Filled:
    """Whether a field of the cover (``place``: unit, year) is filled with what can be read."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class YearFits:
    """Whether the form's edition is the one in force for the year; undecided without a year."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class PeriodInside:
    """How many of the two days of 统计期限 are no days, outside the year, or before the other."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class NoErrors:
    """How many cells of the cover, of texts and notes hold an error value."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class SectionFilled:
    """Whether a text section (``place``: its number) says anything; undecided of a report without texts."""

    rule: str
    place: str


@dataclass(frozen=True, slots=True)
class AtMost:
    """Whether a cell (``place``: its id) holds no more than ``bound`` (分)."""

    rule: str
    place: str
    table: TableKey
    bound: int


#: Checks that count faults against 0.
Count = CellCount | FormFilled | Filled | YearFits | PeriodInside | NoErrors | SectionFilled
Check = Count | AtMost | Relation
#: What is not there yet, so that nothing is wrong so far.
_ABSENCES = (FormFilled, Filled, SectionFilled)


def is_absence(check: Check) -> bool:
    """Whether what it counts is not there yet, so that an error is 未填完 and not 不符."""
    return isinstance(check, _ABSENCES) or (isinstance(check, CellCount) and check.what == "blank")


def absences(form: Form, rules: Catalogue) -> tuple[Count, ...]:
    """The active checks that count what is not there yet."""
    counts = (*_beside_tables(form), *_cell_counts(form))
    return tuple(c for c in counts if is_absence(c) and not rules[c.rule].off)


def as_relation(equation: Equation, rules: Catalogue) -> Relation:
    """An equation of the form as the relation left = right."""
    left, right = (tuple(Term(c, 1, False, c) for c in side) for side in (equation.left, equation.right))
    rule = rules[rule_of(equation)]
    return Relation(rule.id, equation.id, equation.label, left, "=", right, bool(rule.live))


def checks(form: Form, rules: Catalogue) -> tuple[Check, ...]:
    """Every active check of a form: cover, sections, cells of each table, equations, relations."""
    every: tuple[Iterable[Check], ...] = (
        _beside_tables(form),
        _cell_counts(form),
        _bounds(form, rules),
        _equations(form, rules),
        relations(form, rules),
    )
    return tuple(c for checks in every for c in checks if not rules[c.rule].off)


def live_checks(form: Form, rules: Catalogue) -> tuple[Check, ...]:
    """Those that plain formulas decide as well: the rows of 校验, in order."""
    return tuple(c for c in checks(form, rules) if rules[c.rule].live)


def only_python(form: Form, rules: Catalogue) -> int:
    """How many rules that look at one unit's file, active for its form, no formula decides, or not wholly.

    Rules that compare several units, that speak of a city's sum or name causes are not among them.
    """
    return sum(
        rule.live is not True
        and rule.subject not in _NO_CHECKS
        and rule.id not in compared()
        and not why_silent(rule, form)
        for rule in rules.rules.values()
    )


def _beside_tables(form: Form) -> Iterator[Count]:
    yield FormFilled("form-empty", "form")
    yield Filled("cover-missing", "unit")
    yield Filled("cover-missing", "year")
    yield YearFits("cover", "edition")
    yield PeriodInside("cover-period", "period")
    yield NoErrors("error-value", "form")
    for section in form.sections:
        if not section.table:
            yield SectionFilled("section-empty", section.number)


def _cell_counts(form: Form) -> Iterator[CellCount]:
    for table in form.tables.values():
        for what, rule in CELL_STATES:
            yield CellCount(rule, table.id, table.key, what)


def _bounds(form: Form, rules: Catalogue) -> Iterator[AtMost]:
    """No amount is more than any body has, whatever its kind."""
    bound = highest_limit(rules[SIZE])
    for cell in form.tables["table2"].cells:
        if cell.kind.money:
            yield AtMost(SIZE, cell.id, "table2", bound)


def _equations(form: Form, rules: Catalogue) -> Iterator[Relation]:
    return (as_relation(e, rules) for e in form.equations)
