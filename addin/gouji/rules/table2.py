"""Table 二: money, rule-making power, decisions, and the relations of both editions (RULES 3, 5–11, 37)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ..form import FEN_PER_WAN, Cell
from ..report import Report
from .catalogue import Rule
from .context import Context
from .finding import Finding, Level
from .numbers import Numbers
from .plain import plain
from .relations import check_relations

_YUAN_PER_WAN = 10_000
_BRACKETED = re.compile(r"\([^()]*\)$")


def check_table2(report: Report, context: Context) -> Iterator[Finding]:
    """In the order of the form: money, then single cells, then relations."""
    this = Numbers(report)
    prior = context.last_year(report)
    last = Numbers(prior) if prior else None
    table = report.form.tables["table2"]
    for cell in table.cells:
        number = this(cell.id)
        if number is None:
            continue
        before = last(cell.id) if last else None
        if cell.kind.money:
            yield from _money(cell, number, before, report.unit, context)
        rule = context.catalogue["rule-making"]
        if (
            context.rule_making is False
            and number > 0
            and cell.row.id in rule.parameters["rows"]
            and context.catalogue.active(rule.id, report.form)
        ):
            yield _finding(rule, cell, number)
        if before is not None and context.catalogue.active("decisions-jump", report.form):
            yield from _jump(cell, number, before, context.catalogue["decisions-jump"])
    yield from check_relations(report, context, "table2")


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


def _money(cell: Cell, number: int, before: int | None, unit: str, context: Context) -> Iterator[Finding]:
    """元 typed as 万元 shows as a factor of 10 000, an item count glued to the amount as more.

    The ratio is not formed with a 0. One cause, one finding: the size is not said beside the ratio.
    """
    in_wan = cell.kind.show((number + _YUAN_PER_WAN // 2) // _YUAN_PER_WAN)
    ratio, size = context.catalogue["money-ratio"], context.catalogue["money-size"]
    factor = ratio.parameters["factor"]
    if not ratio.off and before and number and (number >= factor * before or before >= factor * number):
        yield _finding(
            ratio, cell, number, before, message="grown" if number > before else None, in_wan=in_wan
        )
        return
    limit, level = _limit(size, unit, context)
    if not size.off and number > limit:
        yield _finding(size, cell, number, limit, level=level, in_wan=in_wan)


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


def _jump(cell: Cell, number: int, before: int, rule: Rule) -> Iterator[Finding]:
    given = rule.parameters
    if cell.row.id not in given["rows"] or cell.column.id not in given["columns"]:
        return
    low, high = sorted((number, before))
    vanished = low == 0 and high >= given["zero_from"]
    jumped = low > 0 and high >= given["factor"] * low and high - low >= given["difference_from"]
    if vanished or jumped:
        yield _finding(rule, cell, number, before)
