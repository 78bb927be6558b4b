"""Rules that are arithmetic between cells of this year and of last year, declared in the catalogue.

``relation = { table, each, left, is, right }``. ``each = "row"``: once for each row whose block has
all the columns named in the terms; ``"column"``: once for each column, the terms name rows; ``"form"``:
once, the terms are whole cell ids. A term is ``name`` or ``prior.name``, with a sign or a
whole factor before it where it has one: ``-name``, ``10*prior.name``, ``-2*name``.
``carry_over = true`` takes both sides from the form's own carry-over. ``is`` is ``=``, ``<=``, ``>=`` or
``zero-together`` (both sides are 0 or neither is). ``only`` restricts the rows or columns. ``sums``:
totals in error are read as sums.

From the same data come the Python check, the live formulas of the template and the linter's matrix.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Literal

from ..form import Form, Line, Table
from ..records import dataclass
from ..report import Report
from ..wording import wording_of
from .catalogue import Catalogue, Rule
from .context import Context
from .finding import Finding
from .numbers import Numbers
from .terms import bare_name, parse_term

Operator = Literal["=", "<=", ">=", "zero-together"]

HOLDS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda left, right: left == right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "zero-together": lambda left, right: (left == 0) == (right == 0),
}


@dataclass(frozen=True, slots=True)
class Term:
    """``factor`` (whole, not 0) times a cell of this year's form, or (``prior``) of last year's.

    ``name``: the cell's name in the templates."""

    cell: str
    factor: int
    prior: bool
    name: str


@dataclass(frozen=True, slots=True)
class Relation:
    """One instance of a rule. ``place`` as in :class:`Finding`; ``line``: the printed row or column."""

    rule: str
    place: str
    line: str
    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]
    live: bool
    sums: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        return self.left + self.right

    @property
    def cells(self) -> tuple[str, ...]:
        """Cells of this year, in the order of the terms."""
        return tuple(t.cell for t in self.terms if not t.prior)

    @property
    def prior_cells(self) -> tuple[str, ...]:
        return tuple(t.cell for t in self.terms if t.prior)


def relations(form: Form, catalogue: Catalogue) -> tuple[Relation, ...]:
    """Every instance of every active rule of this kind on this form, the catalogue's order."""
    made: dict[Form, tuple[Relation, ...]] = catalogue.made
    if form not in made:
        rules = (rule for rule in catalogue.rules.values() if rule.relation)
        made[form] = tuple(r for rule in rules for r in instances(form, rule))
    return made[form]


def prior_cells(form: Form, catalogue: Catalogue) -> tuple[str, ...]:
    """Cells of last year that the live relations need: what the block 上年数 of a template holds."""
    needed = {c for r in relations(form, catalogue) if r.live for c in r.prior_cells}
    return tuple(c.id for c in form.cells if c.id in needed)


def instances(form: Form, rule: Rule) -> Iterator[Relation]:
    """Where one rule applies on the form; none where it is off or not for it (``Rule.silence``)."""
    data: Any = rule.relation
    table: Table = form.tables[data["table"]]
    if rule.silence(form):
        return
    if data.get("carry_over"):
        if table.carry_over is None:
            return
        over = table.carry_over
        data = {**data, "left": [over.this_year], "right": [f"prior.{over.last_year}"]}
    only = data.get("only")
    if data["each"] == "form":
        relation = _relation(rule, data, table.id, table.section.title, lambda name: name)
        if form.by_id.keys() >= set(relation.cells):
            yield relation
        return
    by_row = data["each"] == "row"
    for block in table.blocks:
        lines: tuple[Line, ...] = block.rows if by_row else block.columns
        others = {line.id for line in (block.columns if by_row else block.rows)}
        if not others >= {bare_name(term) for term in [*data["left"], *data["right"]]}:
            continue
        for line in lines:
            if only and line.id not in only:
                continue

            def cell(name: str, line: Line = line) -> str:
                return f"{table.id}.{line.id}.{name}" if by_row else f"{table.id}.{name}.{line.id}"

            yield _relation(rule, data, f"{table.id}.{line.id}", line.key if by_row else line.label, cell)


def _relation(rule: Rule, data: Any, place: str, line: str, cell: Callable[[str], str]) -> Relation:
    def terms(texts: Iterable[str]) -> tuple[Term, ...]:
        found = []
        for text in texts:
            factor, name = parse_term(text)
            bare = name.removeprefix("prior.")
            found.append(Term(cell(bare), factor, bare != name, name.replace(".", "_")))
        return tuple(found)

    left, right = terms(data["left"]), terms(data["right"])
    return Relation(rule.id, place, line, left, data["is"], right, bool(rule.live), data.get("sums", False))


def decide(relation: Relation, this: Numbers, last: Numbers | None) -> tuple[int, int, bool] | None:
    """Both sides and whether the relation holds; None where a term is unknown."""
    values = term_values(relation, this, last)
    if values is None:
        return None
    left = sum(t.factor * values[t.name] for t in relation.left)
    right = sum(t.factor * values[t.name] for t in relation.right)
    return left, right, HOLDS[relation.operator](left, right)


def term_values(relation: Relation, this: Numbers, last: Numbers | None) -> dict[str, int] | None:
    """Each term's number (without its factor) by the term's name; None where one is unknown."""
    values = {}
    for term in relation.terms:
        reader = last if term.prior else this
        number = reader(term.cell) if reader else None
        if number is None:
            return None
        values[term.name] = number
    return values


def broken(
    report: Report, context: Context, table: str
) -> Iterator[tuple[Relation, int, int, dict[str, int]]]:
    """The relations of one table that do not hold, with both sides and the terms' numbers."""
    prior = context.last_year(report)
    readers = {
        sums: (Numbers(report, sums=sums), Numbers(prior, sums=sums) if prior else None)
        for sums in (False, True)
    }
    for relation in relations(report.form, context.catalogue):
        data: Any = context.catalogue[relation.rule].relation
        if data["table"] != table:
            continue
        verdict = decide(relation, *readers[relation.sums])
        if verdict and not verdict[2]:
            values = term_values(relation, *readers[relation.sums])
            assert values is not None
            yield relation, verdict[0], verdict[1], values


def check_relations(report: Report, context: Context, table: str) -> Iterator[Finding]:
    """One finding a broken relation; what its rule declares ``under`` another is folded there.

    Where both sides are 0 together or not at all, the side that is not 0 is the finding's number.
    """
    found: dict[str, Finding] = {}
    for relation, left, right, values in broken(report, context, table):
        rule = context.catalogue[relation.rule]
        names = _names(relation, report, values) | {"times": "" if context.summed else _times(left, right)}
        money = False
        sides: tuple[int, int | None] = (left, right)
        if relation.operator == "zero-together":
            filled = relation.left if left else relation.right
            money = report.form.by_id[filled[0].cell].kind.money
            sides = (left or right, None)
        finding = rule.finding(
            relation.place,
            relation.cells,
            left=sides[0],
            right=sides[1],
            money=money,
            message=None if context.summed else _variant(rule, relation, report),
            **names,
        )
        found[finding.id] = finding
    yield from folded(found, context)


def _names(relation: Relation, report: Report, values: dict[str, int]) -> dict[str, Any]:
    """What the message may say: the line, each term's number as printed, the footnote mark of a cell."""
    cells = report.form.by_id
    shown = {
        t.name: cells[t.cell].kind.show(values[t.name]) if t.cell in cells else values[t.name]
        for t in relation.terms
    }
    marked = next((c for c in relation.cells if c in report.marks), "")
    note = wording_of("gouji.rules", "relations")["note"] if marked else ""
    note = note and note.format(column=cells[marked].column.label, mark=report.marks[marked])
    return {"line": relation.line, "note": note, **shown}


def _times(left: int, right: int) -> str:
    """Whether the left number is the right one with zeros at its end, in words; else ""."""
    if right <= 0 or left % right or left == right or str(left // right).strip("0") != "1":
        return ""
    words = wording_of("gouji.rules", "relations")
    return str(words["times"].format(left=left, right=right, times=left // right))


def _variant(rule: Rule, relation: Relation, report: Report) -> str | None:
    """The wording for a stock column that was filled as if it were a flow (``stock``)."""
    if "stock" not in rule.parameters.get("messages", {}):
        return None
    stock, flow = relation.left[0], next(t for t in relation.right if not t.prior and t.factor > 0)
    number = report.number(stock.cell)
    return "stock" if number in (0, report.number(flow.cell)) else None


def folded(found: dict[str, Finding], context: Context) -> Iterator[Finding]:
    """The findings, those ``under`` another rule's at the same place put into its ``folded``."""
    for finding in list(found.values()):
        over = f"{context.catalogue[finding.rule].under}:{finding.place}"
        if over in found:
            found[over] = found[over].but(folded=(*found[over].folded, finding))
            del found[finding.id]
    yield from found.values()
