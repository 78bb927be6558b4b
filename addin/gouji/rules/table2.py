"""Table 二: money, rule-making power, decisions; its relations stand in the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..form import FEN_PER_WAN, Cell
from ..report import Report
from .catalogue import Rule
from .context import Context
from .deciders import decided_in, decides
from .finding import Finding, Level
from .numbers import Numbers
from .plain import plain
from .relations import check_relations

_YUAN_PER_WAN = 10_000
_BRACKETED = re.compile(r"\([^()]*\)$")


def check_table2(report: Report, context: Context) -> Iterator[Finding]:
    """Cell by cell in the order of the form, then the relations."""
    ranks = {cell.id: rank for rank, cell in enumerate(report.form.cells)}
    yield from sorted(decided_in(__name__, report, context), key=lambda finding: ranks[finding.place])
    yield from check_relations(report, context, "table2")


def _numbers(report: Report, context: Context) -> Iterator[tuple[Cell, int, int | None]]:
    """Each cell of the table that holds a number, with last year's, None where it is not known."""
    prior = context.last_year(report)
    this, last = Numbers(report), Numbers(prior) if prior else None
    for cell in report.form.tables["table2"].cells:
        number = this(cell.id)
        if number is not None:
            yield cell, number, last(cell.id) if last else None


def _finding(rule: Rule, cell: Cell, number: int, other: int | None = None, **graded: Any) -> Finding:
    return rule.finding(
        cell.id,
        (cell.id,),
        left=number,
        right=other,
        money=cell.kind.money,
        row=cell.row.key,
        column=cell.column.label,
        **graded,
    )


@decides("money-ratio")
def _money_ratio(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """元 typed as 万元 shows as a factor of 10 000, an item count glued to the amount as more."""
    for cell, number, before in _numbers(report, context):
        if before is not None and _out_of_ratio(rule, cell, number, before):
            message = "grown" if number > before else None
            yield _finding(rule, cell, number, before, message=message, in_wan=_in_wan(cell, number))


@decides("money-size")
def _money_size(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """One cause, one finding: the size is not said beside the ratio."""
    ratio = context.catalogue["money-ratio"]
    limit, level = _limit(rule, report.unit, context)
    for cell, number, before in _numbers(report, context):
        said = not ratio.off and before is not None and _out_of_ratio(ratio, cell, number, before)
        if cell.kind.money and number > limit and not said:
            yield _finding(rule, cell, number, limit, level=level, in_wan=_in_wan(cell, number))


def _out_of_ratio(rule: Rule, cell: Cell, number: int, before: int) -> bool:
    """Whether one amount is ``factor`` times the other or more. The ratio is not formed with a 0."""
    factor = rule.parameters["factor"]
    apart = number >= factor * before or before >= factor * number
    return bool(cell.kind.money and before and number and apart)


def _in_wan(cell: Cell, number: int) -> str:
    """What the amount is in 万元 if it was typed in 元."""
    return cell.kind.show((number + _YUAN_PER_WAN // 2) // _YUAN_PER_WAN)


def _limit(size: Rule, unit: str, context: Context) -> tuple[int, Level]:
    """分 above which an amount is said, and how gravely. Only a name that says what it is makes a
    unit a department; of others one can not know what is much."""
    given = size.parameters
    name = _BRACKETED.sub("", plain(unit))
    if context.government or re.search(given["pattern_government"], name):
        return given["government_limit"] * FEN_PER_WAN, size.level
    known = re.search(given["pattern_department"], name)
    return given["department_limit"] * FEN_PER_WAN, size.level if known else size.no_graver_than(
        "unknown_level"
    )


@decides("rule-making")
def _rule_making(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Undecided while the roster does not say whether the unit may issue 规章."""
    if context.rule_making is not False:
        return
    for cell, number, _ in _numbers(report, context):
        if number > 0 and cell.row.id in rule.parameters["rows"]:
            yield _finding(rule, cell, number)


@decides("decisions-jump")
def _decisions_jump(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """Down to 0 or up from it, or by a factor and a number together."""
    given = rule.parameters
    for cell, number, before in _numbers(report, context):
        if before is None or cell.row.id not in given["rows"] or cell.column.id not in given["columns"]:
            continue
        low, high = sorted((number, before))
        vanished = low == 0 and high >= given["zero_from"]
        jumped = low > 0 and high >= given["factor"] * low and high - low >= given["difference_from"]
        if vanished or jumped:
            yield _finding(rule, cell, number, before)
