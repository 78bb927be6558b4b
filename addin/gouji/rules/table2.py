"""Table 二: money, rule-making power, decisions; its relations stand in the catalogue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..form import FEN_PER_WAN, Cell
from ..report import Report
from .bodies import body_of
from .catalogue import Rule
from .context import Context
from .deciders import decide_rule, decided_in, decides
from .finding import Finding, Level
from .numbers import Numbers
from .relations import check_relations

_YUAN_PER_WAN = 10_000
SIZE = "money-size"


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
            message = "summed" if context.summed else "grown" if number > before else None
            yield _finding(rule, cell, number, before, message=message, in_wan=_in_wan(cell, number))


@decides(SIZE)
def _money_size(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """More than such a body charges or buys for. One cause, one finding: not beside the ratio."""
    ratio = context.catalogue["money-ratio"]
    limit, level = _limit(rule, report.unit, context)
    highest = highest_limit(rule)
    for cell, number, before in _numbers(report, context):
        said = not ratio.off and before is not None and _out_of_ratio(ratio, cell, number, before)
        if cell.kind.money and number > limit and not said:
            grade = rule.level if number > highest else level
            message = "summed" if context.summed else None
            more = {"message": message, "in_wan": _in_wan(cell, number)}
            yield _finding(rule, cell, number, limit, level=grade, **more)


def highest_limit(size: Rule) -> int:
    """分 that no body exceeds, whatever its kind: the one limit that a form by itself can know."""
    limits: list[int] = [limit for name, limit in size.parameters.items() if name.endswith("_limit")]
    return max(limits) * FEN_PER_WAN


@decides("purchase-size")
def _purchase_size(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """More a purchase than one costs, where neither size nor ratio of the amount is said already."""
    limit = rule.parameters["purchase_limit"]
    said = {f.place for other in ("money-ratio", rule.under) for f in decide_rule(other, report, context)}
    this = Numbers(report)
    for purchases, amount in _rows_with(report, rule.parameters["columns"]):
        number, cost = this(purchases.id), this(amount.id)
        if number and cost and cost > number * limit * FEN_PER_WAN and amount.id not in said:
            more = {"count": number, "limit": limit, "in_wan": _in_wan(amount, cost)}
            found = _finding(rule, amount, cost, message="summed" if context.summed else None, **more)
            yield found.but(cells=(purchases.id, amount.id))


def _rows_with(report: Report, columns: Sequence[str]) -> Iterator[tuple[Cell, ...]]:
    """The cells of these columns, row by row, of the blocks that have them all."""
    for block in report.form.tables["table2"].blocks:
        if set(columns) <= {column.id for column in block.columns}:
            for cells in block.by_row:
                of_column = {cell.column.id: cell for cell in cells}
                yield tuple(of_column[column] for column in columns)


def _out_of_ratio(rule: Rule, cell: Cell, number: int, before: int) -> bool:
    """Whether one amount is ``factor`` times the other or more. The ratio is not formed with a 0."""
    factor = rule.parameters["factor"]
    apart = number >= factor * before or before >= factor * number
    return bool(cell.kind.money and before and number and apart)


def _in_wan(cell: Cell, number: int) -> str:
    """What the amount is in 万元 if it was typed in 元."""
    return cell.kind.show((number + _YUAN_PER_WAN // 2) // _YUAN_PER_WAN)


def _limit(size: Rule, unit: str, context: Context) -> tuple[int, Level]:
    """分 above which an amount is said, and how gravely. Of a unit whose kind is not known one can not know
    what is much."""
    body = body_of(unit, context, size.parameters)
    if body == "unknown":
        return size.parameters["department_limit"] * FEN_PER_WAN, size.no_graver_than("unknown_level")
    return size.parameters[f"{body}_limit"] * FEN_PER_WAN, size.level


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
    """Down to 0 or up from it, by a factor and a number together, or as by a digit more or less."""
    given = rule.parameters
    for cell, number, before in _numbers(report, context):
        if before is None or cell.row.id not in given["rows"] or cell.column.id not in given["columns"]:
            continue
        low, high = sorted((number, before))
        vanished = low == 0 and high >= given["zero_from"]
        jumped = low > 0 and high >= given["factor"] * low and high - low >= given["difference_from"]
        digit = None if context.summed else _digit(rule, number, before)
        if vanished or jumped or digit:
            yield _finding(rule, cell, number, before, message=digit)


def _digit(rule: Rule, number: int, before: int) -> str | None:
    """Whether one number looks like the other with a digit more: about ten times as much, and by enough."""
    given, (low, high) = rule.parameters, sorted((number, before))
    least, most = given["digit_percent"]
    if not low or len(str(high)) != len(str(low)) + 1 or high - low < given["digit_from"]:
        return None
    if not least * low <= 100 * high <= most * low:
        return None
    return "added" if number > before else "dropped"


@decides("items-not-decisions")
def _items_not_decisions(rule: Rule, report: Report, context: Context) -> Iterator[Finding]:
    """上一年项目数量 and 本年增/减 add up to 处理决定数量, or miss it by one: someone counted decisions.

    Nothing is concluded where nothing changed or was decided, since small equal numbers meet by chance.
    """
    if context.summed:
        return
    this = Numbers(report)
    for cells in _rows_with(report, rule.parameters["columns"]):
        before, change, decisions = (this(cell.id) for cell in cells)
        if before is None or not change or not decisions or abs(before + change - decisions) > 1:
            continue
        apart = rule.parameters["phrases"]["off_by_one"] if before + change != decisions else ""
        more = {"before": before, "change": change, "off_by_one": apart}
        found = _finding(rule, cells[-1], before + change, decisions, **more)
        yield found.but(cells=tuple(cell.id for cell in cells))
