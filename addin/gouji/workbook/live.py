"""Live checks: formulas that decide in the sheet what the ledger decides in Python.

Every formula is made together with the value that it must show for a given report, so that a file is
right before any program has recalculated it and a recalculation must find it equal. The values are the
ledger's rows (``rules/ledger.py``); here only their formulas are made, over the figures of ``figures.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..form import Form
from ..report import Report
from ..rules import Catalogue, Level
from ..rules.ledger import CellCount, Check, Ledger, Row, live_checks
from ..rules.relations import Operator, Relation, Term
from .figures import Figures, Live, Shown, count, over, shown, size
from .layout import FIGURES, READ, READ_AS_SUM, UNCOVERED, Area, Layout, address
from .wording import wording

__all__ = ["Live", "LiveChecks", "LiveRow", "Shown"]

_FAILS: dict[Operator, str] = {"=": "<>0", "<=": ">0", ">=": "<0", "zero-together": "<>0"}


@dataclass(frozen=True, slots=True)
class LiveRow:
    """One line of 校验: state, place, what is checked, both sides, difference, the cell to go to, id."""

    id: str
    place: str
    what: str
    level: Level
    target: Area
    state: Live
    left: Live
    right: Live
    difference: Live


def where(check: Check, form: Form, rules: Catalogue) -> tuple[str, str]:
    """(place, what is checked) in the words of the form and of the rule."""
    if isinstance(check, CellCount):
        return form.tables[check.table].section.title, wording("check")["rows"][check.what]
    number = form.tables[form.by_id[check.cells[0]].table].section.number
    return f"{number}\u3000{check.line}", rules[check.rule].title


class LiveChecks:
    """Builds the formulas of one workbook for one report (``prior``: what 上年数 holds)."""

    def __init__(self, layout: Layout, report: Report, prior: Report | None, rules: Catalogue) -> None:
        self.layout = layout
        self.form = layout.form
        self.rules = rules
        self.report = report
        self.figures = Figures(layout, report, prior)
        self.ledger = Ledger(report, prior, rules)
        self.words = wording("check")

    # ------------------------------------------------------------ rows of 校验

    def rows(self, first_row: int) -> list[LiveRow]:
        """All live rows in order; ``first_row`` is where the first one stands on 校验."""
        checks = live_checks(self.form, self.rules)
        return [self._row(check, at) for at, check in enumerate(checks, first_row)]

    def _row(self, check: Check, at: int) -> LiveRow:
        row = self.ledger.row(check)
        place, what = where(check, self.form, self.rules)
        left, right, difference, state = self._formulas(check, row, at)
        return LiveRow(
            id=row.id,
            place=place,
            what=what,
            level=row.level,
            target=self._target(check),
            left=Live(left, shown(row.left, row.money_left)),
            right=Live(right, shown(row.right, row.money_right)),
            difference=Live(difference, shown(row.difference, row.money)),
            state=Live(state, self.words[row.state]),
        )

    def _target(self, check: Check) -> Area:
        if isinstance(check, CellCount):
            place = self.layout.tables[check.table]
            return place.area([place.table.cells[0].id])[0]
        return self.layout.sheet_of(self.form.by_id[check.cells[0]]).area(check.cells)[0]

    def _formulas(self, check: Check, row: Row, at: int) -> tuple[str, str, str, str]:
        """left, right, difference and state of one row, which stands in row ``at`` of 校验."""
        columns = self.layout.check.columns
        left, right, difference = (address(at, columns[k]) for k in ("left", "right", "difference"))
        if isinstance(check, CellCount):
            failed = self.words["undecided" if check.what == "blank" else "failed"]
            state = f'=IF({difference}=0,"{self.words["passed"]}","{failed}")'
            return f"={self._count(check)}", "=0", f"={left}", state
        gap = f"ROUND({left}-{right},6)"
        if check.operator == "zero-together":
            gap = f"IF({left}=0,IF({right}=0,0,1),IF({right}=0,1,0))"
        return (
            f'=IF({self._open(check)},"",{self._total(check, check.left, row.money_left)})',
            f'=IF({left}="","",{self._total(check, check.right, row.money_right)})',
            f'=IF({left}="","",{gap})',
            self._state(check, row, difference, address(at, columns["id"])),
        )

    def _count(self, check: CellCount) -> str:
        place, words = self.layout.tables[check.table], self.figures.words
        cells = [c.id for c in place.table.cells]
        areas = place.area(cells, FIGURES)
        wrong = f"{count(areas, words['no_number'])}+{count(areas, words['date'])}"
        if check.what == "illegal":
            return f"{wrong}+{count(place.area(self.figures.unsigned(cells), FIGURES), '<0')}"
        totals = place.area([c.id for c in place.table.cells if c.is_total], UNCOVERED)
        uncovered = f"+{over('SUM', totals)}" if totals else ""
        return f"{size(areas)}-{over('COUNT', areas)}-({wrong}){uncovered}"

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

    def _state(self, check: Relation, row: Row, difference: str, id_at: str) -> str:
        w = self.words
        bad = f'"{w["failed"]}"'
        if row.level != "error":
            keys = self.layout.check.explanations.column(0).ref(absolute=True)
            open_ = w["warned" if row.level == "warning" else "hinted"]
            bad = f'IF(COUNTIF({keys},{id_at})>0,"{w["explained"]}","{open_}")'
        undecided = f'"{w["undecided"]}"'
        if last := [t for t in check.terms if t.prior]:
            undecided = f'IF({self._unknown(check, last)},"{w["no_prior"]}",{undecided})'
        passed = f'"{w["passed"]}"'
        return f'=IF({difference}="",{undecided},IF({difference}{_FAILS[check.operator]},{bad},{passed}))'
