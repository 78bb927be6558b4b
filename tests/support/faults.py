"""What goes wrong with whole lines, tables and texts of real reports, drawn at random, and how it is told."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from gouji.audit import audit
from gouji.report import Report
from gouji.rules import Context, Finding

from .movements import Moved, movements, right_tables, rows3, with_rows3
from .pieces import pieces

#: A line is told from others by its numbers where its 总计 is so much; below, lines are alike by chance.
TELLING = 10


@dataclass(frozen=True)
class Fault:
    """``rules``: those that name the cause, each of ``causes`` by a finding of its own. ``cells``: the cells
    that a finding of the cause must hold; ``values``: what it must suggest, where it suggests anything."""

    typed: Report
    right: Report
    rules: frozenset[str]
    cells: frozenset[str]
    context: Context = field(default_factory=Context)
    causes: int = 1


@dataclass
class Told:
    """Counts of one kind of fault. ``cascades``: errors and warnings beyond one a cause."""

    drawn: int = 0
    named: int = 0
    cells: int = 0
    falsely_certain: int = 0
    silent: int = 0
    cascades: int = 0
    times: list[float] = field(default_factory=list)


Draw = Callable[[random.Random], Fault | None]


def tell(fault: Fault, told: Told) -> None:
    """Audit one report with a fault. What the right report is told of already is not counted."""
    before = {f.id for f in audit(fault.right, fault.context)}
    start = time.process_time()
    findings = audit(fault.typed, fault.context)
    told.times.append(time.process_time() - start)
    new = [f for f in findings if f.id not in before and f.level != "hint"]
    told.drawn += 1
    told.silent += not new
    told.cascades += max(0, len(new) - fault.causes)
    told.falsely_certain += any(_false(fault, f) for f in findings if f.id not in before)
    first = new[: fault.causes]
    named = len(first) == fault.causes and all(f.rule in fault.rules for f in first)
    told.named += named and fault.cells <= {c for f in first for c in f.cells}
    told.cells += named and all(any(_right_ways(fault.right, f)) for f in first if f.suspects)


def _right_ways(right: Report, finding: Finding) -> Iterator[bool]:
    """For each way to mend a finding whether it gives the right numbers."""
    for group in {s.group for s in finding.suspects}:
        yield all(_holds(right, s.cell, s.suggested) for s in finding.suspects if s.group == group)


def _holds(right: Report, cell: str, number: object) -> bool:
    return number == right.number(cell)


def _false(fault: Fault, finding: Finding) -> bool:
    """Another number than the right one called certain, or another cause called decided."""
    wrong = any(s.certain and not _holds(fault.right, s.cell, s.suggested) for s in finding.suspects)
    moved = finding.area and finding.decided and finding.rule not in fault.rules
    return wrong or moved


# ---------------------------------------------------------------- draws


@cache
def _moved(name: str) -> tuple[Moved, ...]:
    """The movements of one table that the table itself can show."""
    every = movements(right_tables()[name])
    return tuple(m for m in every if m.wrong and m.broken and (m.confirmed or m.kind.startswith("table")))


def movement(*kinds: str) -> Draw:
    rules = frozenset(("moved-block", "exchanged-lines"))

    def draw(dice: random.Random) -> Fault | None:
        found = [m for m in _moved(dice.choice(sorted(right_tables()))) if m.kind in kinds]
        if not found:
            return None
        one = dice.choice(found)
        return Fault(one.typed, one.right, rules, frozenset(one.wrong))

    return draw


def piece(dice: random.Random) -> Fault | None:
    """Three numbers or more of one row or column one cell on or back; 0 or nothing is left behind."""
    right = dice.choice(_tables())
    typed = dice.choice(tuple(pieces(right))).of(right, dice.choice((0, None)))
    fault = _fault(typed, right, "moved-block")
    return fault if len(fault.cells) > 2 else None


def copied(dice: random.Random) -> Fault | None:
    right = dice.choice(_tables())
    rows = rows3(right)
    large = [n for n, row in enumerate(rows[:-1]) if row[-1] >= TELLING and rows[n + 1] != row]  # type: ignore[operator]
    if not large:
        return None
    n = dice.choice(large)
    typed = with_rows3(right, [*rows[: n + 1], rows[n], *rows[n + 2 :]])
    return _fault(typed, right, "repeated-line")


def last_years_row(dice: random.Random) -> Fault | None:
    right, prior = dice.choice(_pairs())
    rows, before = rows3(right), rows3(prior)
    large = [n for n, row in enumerate(before) if row[-1] >= TELLING and rows[n] != row]  # type: ignore[operator]
    if not large:
        return None
    n = dice.choice(large)
    typed = with_rows3(right, [*rows[:n], before[n], *rows[n + 1 :]])
    return _fault(typed, right, "last-years-line", context=Context(prior=prior))


def last_years_table(dice: random.Random) -> Fault | None:
    right, prior = dice.choice(_pairs())
    typed = with_rows3(right, rows3(prior))
    if prior.number("t3.new.total") < TELLING:
        return None
    fault = _fault(typed, right, "unchanged-tables", context=Context(prior=prior))
    return replace(fault, cells=frozenset())


def blank_rows(dice: random.Random) -> Fault | None:
    """Two rows of results that nobody had are left blank; the others reach the total."""
    right = dice.choice(_tables())
    empty = [r for r in _results(right) if not any(right.number(c) for c in _row(right, r))]
    if len(empty) < 2:
        return None
    blank = [c for r in dice.sample(empty, 2) for c in _row(right, r)]
    typed = right.with_values(dict.fromkeys(blank))
    return Fault(typed, right, frozenset(("cell-blank",)), frozenset(blank))


def two_slips(dice: random.Random) -> Fault | None:
    """In two rows and two columns, by different numbers."""
    right = dice.choice(_tables())
    cells = list(right.form.tables["table3"].cells)
    one, other = dice.sample(cells, 2)
    if one.row is other.row or one.column is other.column:
        return None
    typed = right.with_values({one.id: right.number(one.id) + 7, other.id: right.number(other.id) + 20})
    return replace(_fault(typed, right, "wrong-cell"), causes=2)


def exchanged(witness: str) -> Draw:
    """一 and 二 exchanged: every equation holds, the texts or last year's report say it."""

    def draw(dice: random.Random) -> Fault | None:
        right = dice.choice(_tables())
        rows = rows3(right)
        if rows[0] == rows[1]:
            return None
        typed = with_rows3(right, [rows[1], rows[0], *rows[2:]])
        if witness == "texts":
            said = right.number("t3.new.total"), right.number("t3.carried_in.total")
            typed, right = with_texts(typed, *said), with_texts(right, *said)
            return _fault(typed, right, "exchanged-lines")
        out = {c.replace("carried_in", "carried_out"): right.number(c) for c in _row(right, "carried_in")}
        prior = replace(right.with_values(dict(out)), year=right.year - 1)
        prior = prior.with_values({c.id: right.number(c.id) + 3 for c in right.form.tables["table2"].cells})
        return _fault(typed, right, "exchanged-lines", context=Context(prior=prior))

    return draw


def prose(dice: random.Random) -> Fault | None:
    """The table is right and the text states another number."""
    right = dice.choice(_tables())
    new, carried = right.number("t3.new.total"), right.number("t3.carried_in.total")
    wrong = new + dice.choice((7, 70, 700))
    fault = _fault(with_texts(right, wrong, carried), with_texts(right, new, carried), "prose-number")
    return replace(fault, cells=frozenset(("t3.new.total",)))


def with_texts(report: Report, new: int, carried_in: int) -> Report:
    told = f"{report.year}年，新收政府信息公开申请{new}件，上年结转{carried_in}件。"
    return replace(report, texts={"一": told, "五": "问题与改进。", "六": "未收取信息处理费。"})


CAUSES: dict[str, Draw] = {
    "rows up or down": movement("tail down", "tail up", "head down", "head up", "row down", "row up"),
    "a row one column aside": movement("row right", "row left"),
    "part of a row or column aside": piece,
    "the whole table": movement("table down", "table up", "table right", "table left"),
    "two rows or columns exchanged": movement("rows exchanged", "columns exchanged"),
    "一, 二 exchanged, by the text": exchanged("texts"),
    "一, 二 exchanged, by last year": exchanged("last year"),
    "a row copied twice": copied,
    "last year's row": last_years_row,
    "last year's table 三": last_years_table,
    "two rows left blank": blank_rows,
    "two slips": two_slips,
    "the text against the table": prose,
}


def told(kind: str, draws: int, seed: int = 20211) -> Told:
    """So many draws of one kind, always the same."""
    dice, counts = random.Random(f"{seed}{kind}"), Told()
    while counts.drawn < draws:
        if fault := CAUSES[kind](dice):
            tell(fault, counts)
    return counts


# ---------------------------------------------------------------- tables


@cache
def _tables() -> tuple[Report, ...]:
    return tuple(right_tables().values())


@cache
def _pairs() -> tuple[tuple[Report, Report], ...]:
    """Right reports with the same body's of the year before, in one edition."""
    return tuple(_years())


def _years() -> Iterator[tuple[Report, Report]]:
    tables = right_tables()
    for name, report in tables.items():
        unit, _, year = name.rpartition("-")
        prior = tables.get(f"{unit}-{int(year) - 1}") if year.isdigit() and len(year) == 4 else None
        if prior and prior.form.tables["table3"].edition == report.form.tables["table3"].edition:
            yield report, prior


def _results(report: Report) -> tuple[str, ...]:
    return next(r for r in report.form.tables["table3"].rows() if r.is_total).total_of


def _row(report: Report, row: str) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells if c.row.id == row]


def _fault(typed: Report, right: Report, rule: str, context: Context | None = None) -> Fault:
    wrong = frozenset(c for c in right.form.by_id if typed.number(c) != right.number(c))
    return Fault(typed, right, frozenset((rule,)), wrong, context or Context())
