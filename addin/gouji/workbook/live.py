"""Live checks: formulas that decide in the sheet what the rules decide in Python.

Every formula is made together with the value that it must show for a given report, so that a file
is right before any program has recalculated it and a recalculation must find it equal. Only
functions that Excel, WPS and LibreOffice share; no macro, no array that spills.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..form import FEN_PER_WAN, SLASH, Form, Table
from ..report import Report
from ..rules import Catalogue, Level
from ..rules.cells import covered
from ..rules.equations import exceeds, rule_of, sides
from ..rules.relations import HOLDS, Operator, Relation, Term, relations
from .layout import Area, Layout, address
from .wording import wording

Shown = str | int | float


@dataclass(frozen=True, slots=True)
class Live:
    """A formula and the value that it shows; ``array``: entered as an array formula (CSE)."""

    formula: str
    value: Shown
    array: bool = False


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


class LiveChecks:
    """Builds the formulas of one workbook for one report (``prior``: what 上年数 holds)."""

    def __init__(self, layout: Layout, report: Report, prior: Report | None, catalogue: Catalogue) -> None:
        self.layout = layout
        self.form: Form = layout.form
        self.report = report
        self.prior = prior
        self.catalogue = catalogue
        self.words = wording("check")
        row, column = layout.cover.fields["blank_is_zero"]
        yes = wording("cover")["yes"]
        self.declared = f"'{layout.cover.name}'!{address(row, column, absolute=True)}=\"{yes}\""

    # ------------------------------------------------------------ references

    def areas(self, terms: Iterable[Term]) -> list[Area]:
        """The cells of this year's and last year's terms as ranges, in order."""
        this_year: list[str] = []
        last_year: list[str] = []
        for term in terms:
            (last_year if term.prior else this_year).append(term.cell)
        areas = [
            Area(self.layout.cover.name, *self.layout.cover.prior[c], *self.layout.cover.prior[c])
            for c in last_year
        ]
        if this_year:
            sheet = self.layout.sheet_of(self.form.by_id[this_year[0]])
            areas = sheet.area(this_year) + areas
        return areas

    def unknown(self, areas: Sequence[Area], *, declared: bool = True) -> str:
        """A formula for the number of cells that are neither a number, nor "/", nor declared to be 0."""
        known = "".join(f'-COUNT({a})-COUNTIF({a},"{SLASH}")' for a in (x.full() for x in areas))
        size = sum((a.bottom - a.top + 1) * (a.right - a.left + 1) for a in areas)
        blank = "+".join(f"COUNTBLANK({a.full()})" for a in areas)
        return f"{size}{known}" + (f"-IF({self.declared},{blank},0)" if declared else "")

    def total(self, terms: Sequence[Term], money: bool = False) -> str:
        """A formula for the signed sum of the terms; "/" and text count 0, as SUM has it."""
        plus = self.areas(t for t in terms if t.sign > 0)
        minus = self.areas(t for t in terms if t.sign < 0)
        text = f"SUM({','.join(a.full() for a in plus)})" if plus else "0"
        if minus:
            text += f"-SUM({','.join(a.full() for a in minus)})"
        return f"ROUND({text},6)" if money else text

    # ------------------------------------------------------------ rows of 校验

    def rows(self, first_row: int) -> list[LiveRow]:
        """All live rows in order; ``first_row`` is where the first one stands on 校验."""
        rows: list[LiveRow] = []
        for table in self.form.tables.values():
            for kind in ("blank", "illegal"):
                rows.append(self._cell_row(table, kind, first_row + len(rows)))
        for relation in (*self._equations(), *relations(self.form, self.catalogue)):
            if relation.live and not self.catalogue[relation.rule].off:
                rows.append(self._relation_row(relation, first_row + len(rows)))
        return rows

    def _numbers_at(self, row: int) -> tuple[str, str, str]:
        """Addresses of left, right and difference in one row of 校验."""
        columns = self.layout.check.columns
        left, right, difference = (address(row, columns[k]) for k in ("left", "right", "difference"))
        return left, right, difference

    def expected(self, parts: Sequence[str]) -> Live:
        """The sum that a total should show; empty while a part is not known."""
        terms = [Term(c, 1, False, c) for c in parts]
        value = sum(map(self.report.number, parts)) if all(map(self.report.is_known, parts)) else ""
        return Live(f'=IF({self.unknown(self.areas(terms))}>0,"",{self.total(terms)})', value)

    def gap(self, left: Sequence[str], right: Sequence[str]) -> Live:
        """left − right; empty while a cell of either side is not known."""
        terms = [Term(c, 1, False, c) for c in left] + [Term(c, -1, False, c) for c in right]
        known = all(self.report.is_known(t.cell) for t in terms)
        value = sum(t.sign * self.report.number(t.cell) for t in terms) if known else ""
        unknown = "+".join(self.unknown(self.areas(t for t in terms if t.sign == sign)) for sign in (1, -1))
        return Live(f'=IF({unknown}>0,"",{self.total(terms)})', value)

    def _equations(self) -> Iterator[Relation]:
        for e in self.form.equations:
            left, right = (tuple(Term(c, 1, False, c) for c in side) for side in (e.left, e.right))
            yield Relation(rule_of(e), e.id, e.label, left, "=", right, self.catalogue[rule_of(e)].live)

    def _relation_row(self, c: Relation, row: int) -> LiveRow:
        rule = self.catalogue[c.rule]
        left, right = self._sides(c)
        cell_left, cell_right, cell_difference = self._numbers_at(row)
        now, last = [t for t in c.terms if not t.prior], [t for t in c.terms if t.prior]
        difference, gap = f"ROUND({cell_left}-{cell_right},6)", None
        if left is not None and right is not None:
            gap = left - right
        if c.operator == "zero-together":
            difference = f"IF(({cell_left}=0)<>({cell_right}=0),1,0)"
            gap = gap if gap is None else int((left == 0) != (right == 0))
        money_left, money_right = self._money(c.left), self._money(c.right)
        return LiveRow(
            id=f"{c.rule}:{c.place}",
            place=f"{self.form.tables[self.form.by_id[now[0].cell].table].section.number}　{c.line}",
            what=rule.title,
            level=rule.level,
            target=self.areas(now)[0],
            left=Live(
                f'=IF({self._open(c, now, last)},"",{self.total(c.left, money_left)})',
                self._shown(left, money_left),
            ),
            right=Live(
                f'=IF({cell_left}="","",{self.total(c.right, money_right)})', self._shown(right, money_right)
            ),
            difference=Live(
                f'=IF({cell_left}="","",{difference})',
                self._shown(gap, money_left and c.operator != "zero-together"),
            ),
            state=self._state(c, row, cell_difference, left, right, last),
        )

    def _open(self, c: Relation, now: list[Term], last: list[Term]) -> str:
        """A condition that is true while the relation is undecidable."""
        open_ = f"{self.unknown(self.areas(now))}>0"
        if early := self._early(c):
            open_ = f"AND({open_},NOT({early}))"
        if last:
            open_ = f"OR({open_},{self.unknown(self.areas(last), declared=False)}>0)"
        return open_

    def _early(self, c: Relation) -> str:
        """Filled parts above a filled total fail even while other parts are blank (``process-total``)."""
        equation = self.form.equation.get(c.place)
        if equation is None or equation.kind == "balance":
            return ""
        total_known = f"{self.unknown(self.areas(c.right))}=0"
        return f"AND({total_known},{self.total(c.left)}>{self.total(c.right)})"

    def _sides(self, c: Relation) -> tuple[int | None, int | None]:
        equation = self.form.equation.get(c.place)
        if equation is not None and exceeds(self.report, equation):
            return sides(self.report, equation)
        if not all(self._is_known(t) for t in c.terms):
            return None, None
        return self._sum(c.left), self._sum(c.right)

    def _is_known(self, term: Term) -> bool:
        if term.prior:
            return self.prior is not None and self.prior.value(term.cell) is not None
        return self.report.is_known(term.cell)

    def _sum(self, terms: Sequence[Term]) -> int:
        sources = ((t, self.prior if t.prior else self.report) for t in terms)
        return sum(t.sign * source.number(t.cell) for t, source in sources if source)

    def _money(self, terms: Sequence[Term]) -> bool:
        return any(self.form.by_id[t.cell].kind.money for t in terms)

    def _state(
        self, c: Relation, row: int, difference: str, left: int | None, right: int | None, last: list[Term]
    ) -> Live:
        w = self.words
        tests: dict[Operator, str] = {"=": "<>0", "<=": ">0", ">=": "<0", "zero-together": "<>0"}
        failed = difference + tests[c.operator]
        level = self.catalogue[c.rule].level
        bad = f'"{w["failed"]}"'
        check = self.layout.check
        explanations = check.explanations.column(0).ref(absolute=True)
        explained = f"COUNTIF({explanations},{address(row, check.columns['id'])})"
        if level != "error":
            bad = f'IF({explained}>0,"{w["explained"]}","{w["warned"]}")'
        undecided = f'"{w["undecided"]}"'
        if last:
            no_prior = f"{self.unknown(self.areas(last), declared=False)}>0"
            undecided = f'IF({no_prior},"{w["no_prior"]}",{undecided})'
        formula = f'=IF({difference}="",{undecided},IF({failed},{bad},"{w["passed"]}"))'
        return Live(formula, self._state_value(c, left, right, last))

    def _state_value(self, c: Relation, left: int | None, right: int | None, last: list[Term]) -> str:
        w = self.words
        if left is None or right is None:
            missing = not all(self._is_known(t) for t in last)
            return str(w["no_prior"] if missing else w["undecided"])
        if HOLDS[c.operator](left, right):
            return str(w["passed"])
        if self.catalogue[c.rule].level == "error":
            return str(w["failed"])
        return str(w["explained"] if f"{c.rule}:{c.place}" in self.report.explanations else w["warned"])

    def _shown(self, number: int | None, money: bool) -> Shown:
        if number is None:
            return ""
        return number / FEN_PER_WAN if money else number

    # ------------------------------------------------------------ cell states

    def _cell_row(self, table: Table, kind: str, row: int) -> LiveRow:
        rule = "cell-blank" if kind == "blank" else "cell-number"
        count = self._blank_live(table) if kind == "blank" else self._illegal_live(table)
        w = self.words
        bad = w["undecided"] if kind == "blank" else w["failed"]
        sheet = self.layout.tables[table.key]
        here, _, difference = self._numbers_at(row)
        return LiveRow(
            id=f"{rule}:{table.id}",
            place=table.section.title,
            what=w["rows"][kind],
            level="error",
            target=sheet.area([table.cells[0].id])[0],
            left=count,
            right=Live("=0", 0),
            difference=Live(f"={here}", count.value),
            state=Live(
                f'=IF({difference}=0,"{w["passed"]}","{bad}")', w["passed"] if count.value == 0 else bad
            ),
        )

    def _blank_live(self, table: Table) -> Live:
        """Blank cells; with the declaration only totals whose parts are not all 0 or blank."""
        sheet = self.layout.tables[table.key]
        blank = "+".join(f"COUNTBLANK({a.full()})" for a in sheet.area([c.id for c in table.cells]))
        uncovered = [
            f'({sheet.area([c.id])[0].full()}="")*('
            + "+".join(f"(SUM({sheet.area(e.left)[0].full()})<>0)" for e in totals)
            + ">0)"
            for c in table.cells
            if (
                totals := [e for e in self.form.equations_of[c.id] if c.id in e.right and e.kind != "balance"]
            )
        ]
        unread = self.report.unread()
        value = sum(
            self.report.is_blank(c.id) and c.id not in unread and not covered(self.report, c.id)
            for c in table.cells
        )
        return Live(f"=IF({self.declared},{'+'.join(uncovered) or 0},{blank})", value)

    def _illegal_live(self, table: Table) -> Live:
        """Cells that hold neither blank, nor "/", nor a number which their kind admits."""
        sheet = self.layout.tables[table.key]
        parts = []
        for kind in dict.fromkeys(c.kind for c in table.cells):
            whole = "ROUND({0},6)" if kind.money else "INT({0})"
            wrong = f"IF({{0}}<>{whole},1,0)" if kind.signed else f"IF({{0}}<0,1,IF({{0}}<>{whole},1,0))"
            test = f'SUM(IF(ISNUMBER({{0}}),{wrong},IF({{0}}="",0,IF({{0}}="{SLASH}",0,1))))'
            areas = sheet.area([c.id for c in table.cells if c.kind is kind])
            parts += [test.format(a.full()) for a in areas]
        unread = self.report.unread()
        value = sum(not c.kind.legal(self.report.value(c.id)) or c.id in unread for c in table.cells)
        return Live(f"={'+'.join(parts)}", value, array=True)
