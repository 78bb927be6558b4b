"""Live checks: formulas that decide in the sheet what the ledger decides in Python.

Every formula is made together with the value that it must show for a given report, so that a file is
right before any program has recalculated it and a recalculation must find it equal. The values are the
ledger's rows (``rules/ledger.py``); here only their formulas are made, over the figures of ``figures.py``.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..form import Form, Table
from ..records import dataclass
from ..report import Report
from ..rules import Catalogue, Level
from ..rules.heads import heads_of
from ..rules.ledger import (
    AtMost,
    CellCount,
    Check,
    Filled,
    Ledger,
    NoErrors,
    PeriodInside,
    Row,
    SectionFilled,
    YearFits,
    is_absence,
    live_checks,
)
from ..rules.relations import Operator, Relation, Term
from .deciding.cells import Cells
from .deciding.cover import BesideTables
from .deciding.saying import Saying, printed_number
from .figures import Figures, Live, Shown, count, over, shown
from .layout import FIGURES, READ, READ_AS_SUM, Area, Layout, address
from .naming import Cause, Naming
from .spliced import quoted
from .standing import finished
from .weighing import BETWEEN
from .wording import wording

__all__ = ["Live", "LiveChecks", "LiveRow", "Shown"]

#: A cell that shows nothing.
_NOTHING = Live('=""', "")
_BARE: dict[Level, str] = {"error": "failed", "warning": "warned", "hint": "hinted"}
_FAILS: dict[Operator, str] = {"=": "<>0", "<=": ">0", ">=": "<0", "zero-together": "<>0"}


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One line of 校验: state, place, what is checked, both sides, difference, the cell to go to, id.

    ``target``: what it looks at. ``go``: the address to go to as text (``三!D15``), of the very cell where
    there is one. ``todo``: what is to be done, a sentence; "" unless the check fails, explained or not.
    ``now``: both sides as an explanation keeps them. ``bare``: the state without explanations and other rows;
    ``same``: 1 while a named cause explains it; ``named``: it is such a cause itself; ``money``: a side is in
    万元; ``counts``: it counts what is not as it should be, and has no other side.

    The others are made by ``standing.py``: ``number`` from 1, ``state``, ``order`` in 待办清单, ``asks`` (the
    address while it needs an explanation), ``weighed`` and ``explained`` (its own explanation; None where it
    can have none).
    """

    id: str
    place: str
    what: str
    level: Level
    target: Area
    state: Live
    left: Live
    right: Live
    difference: Live
    go: Live = _NOTHING
    todo: Live = _NOTHING
    now: Live = _NOTHING
    bare: Live = _NOTHING
    same: Live | None = None
    named: bool = False
    money: bool = False
    counts: bool = False
    number: int = 0
    order: Live = _NOTHING
    asks: Live | None = None
    weighed: Live | None = None
    explained: Live | None = None


def where(check: Check, form: Form, rules: Catalogue) -> tuple[str, str]:
    """(place, what is checked) in the words of the form and of the rule."""
    w = wording("check")["rows"]
    if isinstance(check, CellCount):
        return form.tables[check.table].section.title, w[check.what]
    if isinstance(check, Relation):
        number = form.tables[form.by_id[check.cells[0]].table].section.number
        return f"{number}\u3000{check.line}", rules[check.rule].title
    if isinstance(check, AtMost):
        cell = form.by_id[check.place]
        number = form.tables[check.table].section.number
        return f"{number}\u3000{cell.row.key}", w["at_most"].format(column=cell.column.label)
    if isinstance(check, SectionFilled):
        return next(s.title for s in form.sections if s.number == check.place), w["section"]
    if isinstance(check, Filled):
        return w["cover"], w["cover_fields"][check.place]
    if isinstance(check, YearFits):
        return w["cover"], w["cover_edition"].format(edition=form.edition)
    if isinstance(check, PeriodInside):
        return w["cover"], w["period"]
    return w["form"], w["errors"] if isinstance(check, NoErrors) else rules[check.rule].title


class LiveChecks:
    """Builds the formulas of one workbook for one report (``prior``: what 上年数 holds)."""

    def __init__(self, layout: Layout, report: Report, prior: Report | None, rules: Catalogue) -> None:
        self.layout = layout
        self.form = layout.form
        self.rules = rules
        self.report = report
        self.figures = Figures(layout, report, prior)
        self.ledger = Ledger(report, prior, rules)
        self.naming = Naming(self.figures)
        self.words = wording("check")
        self.saying = Saying(layout.form, rules)
        self.cells = Cells(layout, report, self.figures)
        self.beside = BesideTables(layout, report, rules)

    # ------------------------------------------------------------ rows of 校验

    def rows(self, first_row: int) -> list[LiveRow]:
        """All live rows in order, causes that the sheet names before the other rows of their table;
        ``first_row`` is where the first one stands on 校验."""
        checks = live_checks(self.form, self.rules)
        order: list[Cause | Check] = []
        causes = {cause.id: cause for cause in self.naming.causes()}
        for check in checks:
            belonging = [c.id for c in causes.values() if self._belongs(c, check)]
            order += [*map(causes.pop, belonging), check]
        order += causes.values()
        self._rows = {item: at for at, item in enumerate(order, first_row) if not isinstance(item, Cause)}
        drafts = [self._named(i) if isinstance(i, Cause) else self._row(i, self._rows[i]) for i in order]
        heads = heads_of(self.form, checks, self.rules)
        return finished(drafts, first_row, self.layout.check, self.report, heads)

    def _belongs(self, cause: Cause, check: Check) -> bool:
        """Whether a row is the first of a cause's table that compares cells."""
        if not isinstance(check, Relation):
            return False
        return self._table_of(cause).key == self.form.by_id[check.cells[0]].table

    def _table_of(self, cause: Cause) -> Table:
        """By the id, which names the table as those of other rows do (``t3``)."""
        return next(t for t in self.form.tables.values() if f":{t.id}" in cause.id)

    def _named(self, cause: Cause) -> LiveRow:
        w, table = self.words, self._table_of(cause)
        states = quoted(w["failed"]), quoted(w["passed"])
        shown_as = w["failed" if cause.open.value == 1 else "passed"]
        return LiveRow(
            id=cause.id,
            place=cause.place,
            what=cause.what,
            level="error",
            target=self.layout.tables[table.key].area([table.cells[0].id])[0],
            bare=Live(f"=IF({cause.open.formula.removeprefix('=')}=1,{states[0]},{states[1]})", shown_as),
            state=_NOTHING,
            left=cause.now,
            right=cause.due,
            difference=_NOTHING,
            go=cause.go,
            todo=cause.todo,
            named=True,
        )

    def _row(self, check: Check, at: int) -> LiveRow:
        row = self.ledger.row(check)
        place, what = where(check, self.form, self.rules)
        left, right, difference, state = self._formulas(check, row, at)
        sides = [self._at(at, name) for name in ("left", "right", "difference")]
        equation = self.form.equation.get(check.place)
        return LiveRow(
            id=row.id,
            place=place,
            what=what,
            level=row.level,
            target=self._target(check),
            left=Live(left, shown(row.left, row.money_left)),
            right=Live(right, shown(row.right, row.money_right)),
            difference=Live(difference, shown(row.difference, row.money)),
            state=_NOTHING,
            bare=Live(state, self.words[row.bare]),
            now=Live(self._now(row, at), self._now_shown(row)),
            go=Live(*self._go(check)),
            todo=self.saying.todo(row, (sides[0], sides[1], sides[2]), _fails(check)),
            money=row.money_left or row.money_right,
            counts=not isinstance(check, Relation | AtMost),
            same=self.naming.explains(equation) if equation else None,
        )

    def _at(self, row: int, column: str) -> str:
        return address(row, self.layout.check.columns[column])

    @staticmethod
    def _now_shown(row: Row) -> str:
        # An amount is explained for the limit of its body, which formulas do not know.
        kept = f"{row.numbers[0]}{BETWEEN}" if row.numbers and isinstance(row.check, AtMost) else ""
        return kept or BETWEEN.join(row.numbers)

    def _now(self, row: Row, at: int) -> str:
        """Both sides as an explanation keeps them; the only number of sides that are 0 together or not at
        all; an amount without its bound."""
        if not isinstance(row.check, AtMost | Relation):
            return '=""'
        left, right = (self._at(at, side) for side in ("left", "right"))
        shown_left, shown_right = (
            printed_number(cell, money=money)
            for cell, money in ((left, row.money_left), (right, row.money_right))
        )
        if row.together:
            return f'=IF({left}="","",IF({left}=0,{shown_right},{shown_left}))'
        if isinstance(row.check, AtMost):
            return f'=IF({left}="","",{shown_left}&{quoted(BETWEEN)})'
        return f'=IF({left}="","",{shown_left}&IF({right}="","",{quoted(BETWEEN)}&{shown_right}))'

    def _target(self, check: Check) -> Area:
        """What a row looks at: its cells, the table, or where to type."""
        if isinstance(check, CellCount):
            place = self.layout.tables[check.table]
            return place.area([place.table.cells[0].id])[0]
        if isinstance(check, Relation):
            return self.layout.sheet_of(self.form.by_id[check.cells[0]]).area(check.cells)[0]
        if isinstance(check, AtMost):
            return self.layout.tables[check.table].area([check.place])[0]
        return self.beside.area(check)

    def _go(self, check: Check) -> tuple[str, str]:
        """(formula, value) of the address to go to."""
        if isinstance(check, CellCount):
            return self.cells.go(check)
        if isinstance(check, AtMost | Relation):
            target = self._target(check)
            fixed = f"{target.sheet}!{target.ref()}"
            return f"={quoted(fixed)}", fixed
        return self.beside.go(check)

    def _formulas(self, check: Check, row: Row, at: int) -> tuple[str, str, str, str]:
        """left, right, difference and state of one row, which stands in row ``at`` of 校验."""
        left, right, difference = (self._at(at, k) for k in ("left", "right", "difference"))
        state = self._state(check, row, difference)
        gap = f'=IF({left}="","",ROUND({left}-{right},6))'
        if isinstance(check, Relation):
            if check.operator == "zero-together":
                gap = f'=IF({left}="","",IF({left}=0,IF({right}=0,0,1),IF({right}=0,1,0)))'
            return (
                f'=IF({self._open(check)},"",{self._total(check, check.left, row.money_left)})',
                f'=IF({left}="","",{self._total(check, check.right, row.money_right)})',
                gap,
                state,
            )
        if isinstance(check, AtMost):
            return self.cells.amount(check), self.cells.bound(check, left), gap, state
        counted = self.cells.left(check) if isinstance(check, CellCount) else self.beside.left(check)
        return counted, f'=IF({left}="","",0)', f"={left}", state

    # ------------------------------------------------------------ relations

    def _areas(self, check: Relation, terms: Sequence[Term]) -> list[Area]:
        """The figures of terms: those of an equation as typed, those of a rule as rules read them."""
        block = FIGURES if check.place in self.form.equation else READ_AS_SUM if check.sums else READ
        now = [t.cell for t in terms if not t.prior]
        by_table: dict[str, list[str]] = {}
        for cell in now:
            by_table.setdefault(self.form.by_id[cell].table, []).append(cell)
        areas = [area for cells in by_table.values() for area in self.figures.areas(cells, block)]
        return areas + self.figures.prior_areas([t.cell for t in terms if t.prior])

    def _unknown(self, check: Relation, terms: Sequence[Term]) -> str:
        """A condition that is true while a term is no number, or for a rule no legal one."""
        areas = self._areas(check, terms)
        known = over("COUNT", areas)
        if check.place not in self.form.equation:
            unsigned = set(self.figures.unsigned(t.cell for t in terms))
            legal = self._areas(check, [t for t in terms if t.cell in unsigned])
            known += f"-({count(legal, '<0')})" if legal else ""
        return f"{known}<{len(terms)}"

    def _open(self, check: Relation) -> str:
        """A condition that is true while the row is undecided."""
        open_ = self._unknown(check, check.terms)
        equation = self.form.equation.get(check.place)
        if equation is None or equation.kind == "balance":
            return open_
        # Filled parts above a filled total fail even while other parts are blank.
        parts, total = self._areas(check, check.left), self._areas(check, check.right)
        words = self.figures.words
        sound = f"{count(parts, words['no_number'])}+{count(parts, words['date'])}=0"
        filled = f"{over('COUNT', total)}={len(check.right)}"
        return f"AND({open_},NOT(AND({filled},{sound},{over('SUM', parts)}>{over('SUM', total)})))"

    def _total(self, check: Relation, terms: Sequence[Term], money: bool) -> str:
        """A formula for the sum of the terms, each times its factor."""
        text = ""
        for factor in dict.fromkeys(t.factor for t in terms):
            same = over("SUM", self._areas(check, [t for t in terms if t.factor == factor]))
            sign = "-" if factor < 0 else "+" if text else ""
            text += sign + (same if abs(factor) == 1 else f"{abs(factor)}*{same}")
        return f"ROUND({text or 0},6)" if money else text or "0"

    def _state(self, check: Check, row: Row, difference: str) -> str:
        w = self.words
        undecided, passed = quoted(w["undecided"]), quoted(w["passed"])
        bad = self._failing(check)
        if isinstance(check, Relation):
            if last := [t for t in check.terms if t.prior]:
                undecided = f"IF({self._unknown(check, last)},{quoted(w['no_prior'])},{undecided})"
        elif is_absence(check) and row.level == "error":
            bad = undecided
        return f'=IF({difference}="",{undecided},IF({difference}{_fails(check)},{bad},{passed}))'

    def _failing(self, check: Check) -> str:
        """The word for a row that fails: by its level, which of a carry-over depends on 总计."""
        total, moved = (quoted(self.words[_BARE[level]]) for level in self.ledger.levels(check))
        if total == moved:
            return total
        carried = self.ledger.carried_total(check)
        of_total = self._rows.get(carried) if carried else None
        if of_total is None:
            return moved
        difference = self._at(of_total, "difference")
        return f"IF(IF(ISNUMBER({difference}),{difference}<>0,FALSE),{total},{moved})"


def _fails(check: Check) -> str:
    """What the difference of a row is when it fails."""
    if isinstance(check, Relation):
        return _FAILS[check.operator]
    return ">0"
