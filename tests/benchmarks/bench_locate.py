"""How well and how fast a wrong cell is named: errors of each kind drawn on the real tables of tests/data.

    python tests/benchmarks/bench_locate.py [DRAWS]

A draw counts as *first* when the first-ranked cells of all findings, with their values, are exactly the
drawn ones; *of three* when every drawn cell with its value is among the first three hypotheses of its
finding, *listed* when it is among all of them. *false certainty*: a cell called certain that is right, or
with another value. Times are medians of the CPU time of ``diagnose``; *ratio* is against the check of all
equations of the same broken form (``check_equations``), measured in the same run.

A second table is about whole lines, tables and texts (``support/faults.py``), told by the whole ``audit``:
how often the cause is *named* first, its *cells* (those of one way, where it is a tie) are right, something
is *falsely* certain, nothing is said (*silent*), and how many errors and warnings there are beyond one a
cause (*cascades*, a draw).
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from gouji.locate import diagnose
from gouji.report import Report, load
from gouji.rules import Context, Finding, check
from gouji.rules.equations import check_equations

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.faults import CAUSES, told

DATA = Path(__file__).parents[1] / "data"
Errors = dict[str, int]


@dataclass
class Tally:
    """Counts of one kind of error. ``decided``: draws that the equations decide (one hypothesis)."""

    drawn: int = 0
    rows_first: int = 0
    cells_first: int = 0
    first: int = 0
    of_three: int = 0
    listed: int = 0
    falsely_certain: int = 0
    decided: int = 0
    decided_first: int = 0
    times: list[float] = field(default_factory=list)
    base: list[float] = field(default_factory=list)

    def shares(self) -> tuple[int, ...]:
        return self.rows_first, self.cells_first, self.first, self.of_three, self.listed, self.decided


def clean_reports() -> list[Report]:
    """Real reports whose tables 三 and 四 hold every equation and are not all 0."""
    found = []
    for path in sorted(DATA.glob("seeds/*.json")) + sorted(DATA.glob("published/*.json")):
        if path.name == "answers.json":
            continue
        report = load(path)
        report.texts = None
        if any(report.vector()) and not list(check_equations(report, Context())):
            found.append(report)
    return found


def cells3(report: Report) -> list[str]:
    return [c.id for c in report.form.tables["table3"].cells]


# ---------------------------------------------------------------- kinds of error: what is typed instead


def _one(report: Report, dice: random.Random, table: str = "table3") -> Errors:
    cell = dice.choice([c.id for c in report.form.tables[table].cells])
    return {cell: mistyped(report.number(cell), dice)}


def mistyped(right: int, dice: random.Random) -> int:
    """A slip of typing: digits swapped, one dropped, added, doubled or wrong, a stray, an omission."""
    digits, slips = str(right), []
    if right >= 10:
        i = dice.randrange(len(digits) - 1)
        slips += [digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :], digits[:i] + digits[i + 1 :]]
    i = dice.randrange(len(digits))
    if right:
        slips += [digits[: i + 1] + digits[i:], "0", str(right + 1), str(right - 1)]
        slips += [digits[:i] + dice.choice("0123456789") + digits[i + 1 :]]
    slips += [digits + dice.choice("0123456789")]
    wrong = int(dice.choice(slips))
    return wrong if wrong != right else right + 1 + dice.randrange(9)


def single(report: Report, dice: random.Random) -> Errors:
    return _one(report, dice)


def arbitrary(report: Report, dice: random.Random) -> Errors:
    cell = dice.choice(cells3(report))
    right = report.number(cell)
    return {cell: dice.choice([n for n in range(right + 30) if n != right])}


def table4(report: Report, dice: random.Random) -> Errors:
    return _one(report, dice, "table4")


def several(count: int) -> Callable[[Report, random.Random], Errors]:
    def draw(report: Report, dice: random.Random) -> Errors:
        errors: Errors = {}
        sizes: set[int] = set()
        while len(errors) < count:
            ((cell, wrong),) = _one(report, dice).items()
            size = abs(wrong - report.number(cell))
            if cell not in errors and size not in sizes:
                errors[cell] = wrong
                sizes.add(size)
        return errors

    return draw


def equal_pair(report: Report, dice: random.Random) -> Errors:
    (one, wrong), *_ = _one(report, dice).items()
    size = wrong - report.number(one)
    others = [c for c in cells3(report) if c != one]
    while True:
        other, sign = dice.choice(others), dice.choice((1, -1))
        if report.number(other) + sign * size >= 0:
            return {one: wrong, other: report.number(other) + sign * size}


def equal_filled(inline: bool) -> Callable[[Report, random.Random], Errors]:
    """Both cells filled, on a table with many numbers; ``inline``: in one row or column, opposite signs."""

    def draw(report: Report, dice: random.Random) -> Errors:
        filled = [c for c in report.form.tables["table3"].cells if report.number(c.id)]
        if len(filled) < 20:
            return {}
        one = dice.choice(filled)
        wrong = mistyped(report.number(one.id), dice)
        size = (wrong - report.number(one.id)) * (-1 if inline else dice.choice((1, -1)))
        near = [c for c in filled if c is not one and report.number(c.id) + size >= 0]
        if inline:
            near = [c for c in near if c.row is one.row or c.column is one.column]
        if not near:
            return {}
        other = dice.choice(near).id
        return {one.id: wrong, other: report.number(other) + size}

    return draw


def _moved(report: Report, dice: random.Random, axis: str) -> Errors:
    grid = report.form.tables["table3"].grid
    rows, columns = [r.id for r in grid.rows], [c.id for c in grid.columns]
    pairs = []
    for r, row in enumerate(rows):
        for c, column in enumerate(columns):
            near = (r + 1, c) if axis == "row" else (r, c + 1)
            if near[0] < len(rows) and near[1] < len(columns):
                pairs.append((f"t3.{row}.{column}", f"t3.{rows[near[0]]}.{columns[near[1]]}"))
    pairs = [(a, b) for a, b in pairs if (report.number(a) == 0) != (report.number(b) == 0)]
    if not pairs:
        return {}
    one, other = dice.choice(pairs)
    return {one: report.number(other), other: report.number(one)}


def moved_row(report: Report, dice: random.Random) -> Errors:
    return _moved(report, dice, "row")


def moved_column(report: Report, dice: random.Random) -> Errors:
    return _moved(report, dice, "column")


def total_column(report: Report, dice: random.Random) -> Errors:
    return {c: 0 for c in cells3(report) if c.endswith(".total") and report.number(c)}


def total_row(report: Report, dice: random.Random) -> Errors:
    return {c: 0 for c in cells3(report) if c.startswith("t3.processed.") and report.number(c)}


def stale_row(report: Report, dice: random.Random) -> Errors:
    """A row as in the report that ``prior_of`` takes for last year's."""
    prior = prior_of(report)
    rows = [r.id for r in report.form.tables["table3"].grid.rows]
    return _line(report, prior, [dice.choice(rows)])


def _line(report: Report, prior: Report, rows: list[str]) -> Errors:
    found = {}
    for cell in report.form.tables["table3"].cells:
        known = cell.row.id in rows and cell.id in prior.form.by_id
        if known and prior.number(cell.id) != report.number(cell.id):
            found[cell.id] = prior.number(cell.id)
    return found


def lost_case(report: Report, dice: random.Random) -> Errors:
    """One application of one applicant too many in a row of the table, its total included."""
    row = dice.choice([r.id for r in report.form.tables["table3"].grid.rows])
    column = dice.choice([c.id for c in report.form.tables["table3"].grid.columns if not c.is_total])
    return {c: report.number(c) + 1 for c in (f"t3.{row}.{column}", f"t3.{row}.total")}


KINDS: dict[str, Callable[[Report, random.Random], Errors]] = {
    "one cell, mistyped": single,
    "one cell, any number": arbitrary,
    "two cells, sizes differ": several(2),
    "two cells, equal size": equal_pair,
    "  both of them filled cells": equal_filled(inline=False),
    "  opposite in one line": equal_filled(inline=True),
    "three cells, sizes differ": several(3),
    "six cells (a bad form)": several(6),
    "moved one row aside": moved_row,
    "moved one column aside": moved_column,
    "总计 column left 0": total_column,
    "（七） row left 0": total_row,
    "a row left from last year": stale_row,
    "one case too many in a row": lost_case,
    "table 四, one cell": table4,
}

_REPORTS: list[Report] = []


def prior_of(report: Report) -> Report:
    """Another real report in place of last year's, with the 四 that this year's 二 continues."""
    other = _REPORTS[(_REPORTS.index(report) + 1) % len(_REPORTS)]
    out = [c for c in cells3(other) if ".carried_out." in c]
    carried = {c: report.number(c.replace("carried_out", "carried_in")) for c in out}
    return replace(other.with_values(dict(carried)), unit=report.unit, year=report.year - 1)


# ---------------------------------------------------------------- measuring


def judge(report: Report, tally: Tally, findings: list[Finding], right: dict[str, int]) -> None:
    """Count one draw. ``right``: the drawn cells with their right values."""
    located = [f for f in findings if f.suspects]
    first = {s.cell: s.suggested for f in located for s in f.suspects if s.group == 1}
    within = {(s.cell, s.suggested): s.group for f in located for s in reversed(f.suspects)}
    tally.drawn += 1
    of = report.form.by_id
    tally.rows_first += {of[c].row.id for c in first} == {of[c].row.id for c in right}
    tally.cells_first += first.keys() == right.keys()
    tally.first += first == right
    tally.of_three += all(within.get(pair, 99) <= 3 for pair in right.items())
    tally.listed += all(pair in within for pair in right.items())
    tally.falsely_certain += any(
        s.certain and right.get(s.cell) != s.suggested for f in located for s in f.suspects
    )
    decided = all(s.certain for f in located for s in f.suspects)
    tally.decided += decided
    tally.decided_first += decided and first == right


def measure(kind: str, draws: int, seed: int = 20211) -> Tally:
    dice, tally = random.Random(f"{seed}{kind}"), Tally()
    while tally.drawn < draws:
        report = dice.choice(_REPORTS)
        errors = KINDS[kind](report, dice)
        broken = report.with_values(dict(errors))
        context = Context(prior=prior_of(report) if KINDS[kind] is stale_row else None)
        start = time.process_time()
        equations = list(check_equations(broken, context))
        middle = time.process_time()
        if not equations:  # an error that no equation shows
            continue
        findings = check(broken, context)
        again = time.process_time()
        found = diagnose(broken, findings, context)
        tally.times.append(time.process_time() - again)
        tally.base.append(middle - start)
        judge(report, tally, found, {c: report.number(c) for c in errors})
    return tally


def rows(draws: int) -> Iterator[tuple[str, Tally]]:
    if not _REPORTS:
        _REPORTS.extend(clean_reports())
    for kind in KINDS:
        yield kind, measure(kind, draws)


def main() -> None:
    draws = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    print(f"{'kind':28}   rows  cells  first  of 3   listed decided  false   ms     worst  ratio")
    for kind, t in rows(draws):
        part = [f"{100 * n / t.drawn:5.1f}" for n in t.shares()]
        speed = statistics.median(t.times)
        ratio = speed / statistics.median(t.base)
        print(
            f"{kind:28} {'  '.join(part)}  {t.falsely_certain:6}  "
            f"{1000 * speed:6.2f} {1000 * max(t.times):6.1f}  {ratio:5.1f}"
        )
    print(f"{len(_REPORTS)} tables, {draws} draws a kind; shares in %\n")
    print(f"{'cause':32} named  cells  falsely  silent  cascades   ms     worst")
    for kind in CAUSES:
        t = told(kind, draws)
        part = f"{100 * t.named / t.drawn:5.1f}  {100 * t.cells / t.drawn:5.1f}"
        print(
            f"{kind:32} {part}  {t.falsely_certain:7}  {t.silent:6}  {t.cascades / t.drawn:8.2f}  "
            f"{1000 * statistics.median(t.times):6.2f} {1000 * max(t.times):6.1f}"
        )


if __name__ == "__main__":
    main()
