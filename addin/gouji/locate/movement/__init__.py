"""Movements: what people do to whole rows, columns, blocks and tables, sought before any set of wrong cells.

A movement explains everything when, undone, every equation of its table holds. Then it is told and nothing
else is said of the cells that it speaks of: what follows from them goes under it. Beside one cell that
explains everything too it is told as the other cause, and neither is certain. Nothing here changes a number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from ...form import Form, TableKey
from ...form.model import TABLE_IDS
from ...records import dataclass
from ...rules import Finding
from ...rules.cells import blank_finding
from ...rules.equations import rule_of
from ...rules.unchanged import RULE as UNCHANGED
from ..rank import Ranker
from ..system import Residual, system
from .across import moved_cells
from .choose import Chosen, chosen, one_cell
from .columns import moved_columns
from .copies import TWICE, copied_lines
from .edition import other_editions
from .pieces import moved_pieces
from .rows import moved_rows
from .sheet import Movement, Order, Sheet
from .speak import clause, spoken
from .witnessed import exchanged_blocks, exchanged_columns, exchanged_rows

__all__ = ["Moved", "moved"]

#: The tables that have equations.
_TABLES: tuple[TableKey, ...] = ("table3", "table4")
#: Not folded under a movement, as UNCHANGED is not: it is about more than its cells.
_BLANK = "cell-blank"


@dataclass
class Moved:
    """What is told of movements. ``rest``: the findings that none of them explains. ``tables``: those that a
    movement explains. ``beside``: table -> the movement, in words, that is the other cause there."""

    findings: list[Finding] = field(default_factory=list)
    rest: list[Finding] = field(default_factory=list)
    tables: set[TableKey] = field(default_factory=set)
    beside: dict[TableKey, str] = field(default_factory=dict)

    def doubted(self, finding: Finding, table: TableKey) -> Finding:
        """A cause of this table; with the movement that may be it instead, nothing of it is certain."""
        if table not in self.beside:
            return finding
        suspects = tuple(replace(s, certain=False) for s in finding.suspects)
        return finding.but(message=finding.message + self.beside[table], suspects=suspects)

    def withheld(self, findings: Sequence[Finding]) -> list[Finding]:
        """Without advice what to fill into a table whose numbers stand elsewhere."""
        keys = {TABLE_IDS[table] for table in self.tables}
        left = {f.id: f for f in self.rest if f.rule == _BLANK and f.place in keys}
        return [left.get(f.id, f) for f in findings]


def moved(ranker: Ranker, findings: Sequence[Finding]) -> Moved:
    """The movements of a report, each with the findings that it explains folded under it."""
    told = Moved(rest=list(findings))
    residuals = ranker.form.residuals(ranker.values)
    for table in _TABLES:
        if not _legible(ranker, table):
            continue
        equations = ranker.form.equations
        residual = {
            place: left
            for place, (equation, left) in enumerate(zip(equations, residuals, strict=True))
            if left and equation.table == table
        }
        _table(ranker, table, residual, told)
    _unchanged(told)
    return told


def _unchanged(told: Moved) -> None:
    """What is said of tables that are last year's throughout goes under that; errors stay what they are."""
    for finding in [f for f in told.rest if f.rule == UNCHANGED]:
        tables = finding.place.split(".")

        def under(other: Finding, tables: list[str] = tables) -> bool:
            places = {cell.partition(".")[0] for cell in other.cells}
            milder = other.level != "error" and other.rule != UNCHANGED
            return milder and bool(places) and places <= {*tables}

        folded = tuple(f for f in told.rest if under(f))
        told.findings.append(finding.but(folded=(*finding.folded, *folded)))
        told.rest = [f for f in told.rest if not under(f) and f is not finding]


def _legible(ranker: Ranker, table: TableKey) -> bool:
    """Whether every cell holds what can be added, and every equation of the table is asked for."""
    report, form, rules = ranker.report, ranker.form, ranker.context.catalogue
    asked = all(not rules[rule_of(e)].off for e in form.equations if e.table == table)
    sound = not (report.unplaced or report.as_text or report.unread) or all(
        report.is_sound(c.id) for c in form.tables[table].cells
    )
    return asked and sound


def _table(ranker: Ranker, table: TableKey, residual: Residual, told: Moved) -> None:
    if table == "table4":
        found = moved_cells(ranker) if residual else exchanged_blocks(ranker)
        _tell(ranker, residual, [m for m in found if _possible(ranker, m)], told)
    elif residual or ranker.carried or ranker.prose:
        sheet = Sheet(ranker, residual)
        _tell(ranker, residual, [m for m in _of(sheet) if _possible(ranker, m)], told, sheet)


def _possible(ranker: Ranker, movement: Movement) -> bool:
    """Whether its rule is switched on and it changes no cell that a person looked up."""
    looked_up, cells = ranker.report.confirmed, ranker.form.cells
    kept = all(
        cells[place].id not in looked_up for place in (*movement.lost, *(p for p, _ in movement.right))
    )
    return kept and not ranker.context.catalogue[movement.rule].off


def _of(sheet: Sheet) -> Iterator[Movement]:
    """Every movement of table 三 that explains it. Beside a row that was typed twice only those that left
    blanks behind: it takes one line alone, and what is twice there looks like rows that moved."""
    given = sheet.ranker.context.catalogue["last-years-line"].parameters
    if not sheet.residual:
        yield from exchanged_rows(sheet)
        yield from exchanged_columns(sheet, numbers_from=given["numbers_from"])
        return
    copies = list(copied_lines(sheet, numbers_from=given["numbers_from"], filled_from=given["filled_from"]))
    twice = any(m.rule == TWICE for m in copies)
    others = (*moved_rows(sheet), *moved_columns(sheet), *moved_pieces(sheet), *other_editions(sheet))
    yield from copies
    yield from (m for m in others if m.order == Order.BLANK or not twice)


def _tell(
    ranker: Ranker, residual: Residual, found: Sequence[Movement], told: Moved, sheet: Sheet | None = None
) -> None:
    """By itself, or beside one cell that explains everything too: nothing but this cell is then blank."""
    choice = chosen(ranker, found, cells=_least(ranker, residual))
    if choice is None:
        return
    best, form = choice.ways[0], ranker.form
    alone = {c for c, _ in one_cell(system(form), ranker.values, residual)} if residual else set()
    blank = {p for m in choice.ways for p in m.area if ranker.report.is_blank(form.cells[p].id)}
    if alone and blank <= alone:
        phrases = ranker.context.catalogue[best.rule].parameters["phrases"]
        told.beside[best.table] = phrases["beside"].format(what=clause(ranker, best))
        return
    folded, told.rest = _folded(ranker, choice, told.rest)
    told.findings.append(spoken(ranker, choice, folded, _otherwise(ranker, choice, sheet)))
    told.tables.add(best.table)


def _least(ranker: Ranker, residual: Residual) -> int:
    """So many cells are wrong at least: one in each broken row, one in each broken column."""
    matrix = system(ranker.form)
    units = {matrix.unit[e]: matrix.family[e] for e in residual}
    return max(list(units.values()).count(family) for family in (0, 1))


def _otherwise(ranker: Ranker, choice: Chosen, sheet: Sheet | None) -> str:
    """What else it may be: a total column that nobody filled looks like a table one column aside; where only
    one column speaks, one row that is wrong like rows that moved."""
    best = choice.ways[0]
    phrases = ranker.context.catalogue[best.rule].parameters["phrases"]
    if best.how in ("whole_right", "whole_left"):
        line = next(line for line in ranker.lines.totals if line.axis == "column")
        return str(phrases["totals_left"].format(line=line.line.key)) if line.empty(ranker.values) else ""
    if sheet is None or not sheet.residual:
        return ""
    weak = best.order > Order.BLANK and best.confirmed < 2 and "one_line" in phrases
    return str(phrases["one_line"]) if weak and sheet.one_row_wrong() else ""


def _folded(
    ranker: Ranker, choice: Chosen, findings: Sequence[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """The findings that the movement explains or that speak of its cells, and the others. Of blank cells
    those outside stay; what is milder goes with the whole rows of its cells."""
    form, table = ranker.form, choice.ways[0].table
    area = {form.cells[p].id for m in choice.ways for p in m.area}
    lines = {(table, form.by_id[c].row.id) for c in area}
    folded, rest = [], []
    for finding in findings:
        equation = form.equation.get(finding.place)
        if equation and equation.table == table and finding.rule == rule_of(equation):
            folded.append(finding)
        elif finding.rule == UNCHANGED or not finding.cells:
            rest.append(finding)
        elif finding.level != "error" and lines.issuperset(_rows(form, finding)):
            folded.append(finding)  # a share or a change of numbers that moved
        elif not area.intersection(finding.cells):
            rest.append(finding)
        elif finding.rule == _BLANK and (left := [c for c in finding.cells if c not in area]):
            rest.append(blank_finding(ranker.report, ranker.context, left))
        else:
            folded.append(finding)
    return folded, rest


def _rows(form: Form, finding: Finding) -> set[tuple[TableKey, str]]:
    return {(form.by_id[c].table, form.by_id[c].row.id) for c in finding.cells}
