"""What the sheets name by themselves, in Python: the values of the formulas that the writer stores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from random import Random

from gouji.audit import audit
from gouji.form import Form, Value, editions, load_form
from gouji.report import Report
from gouji.rules import Finding
from gouji.workbook.figures import Figures
from gouji.workbook.layout import layout_of
from gouji.workbook.naming import Naming

from .located import consistent
from .movements import right_tables


@dataclass(frozen=True)
class Said:
    """What one sheet says. ``cells``: the accused ones with their right values; ``moved``, ``totals``,
    ``closed``: whether a movement, an unfilled 总计, an unfilled （七） is told."""

    cells: dict[str, int]
    moved: str
    totals: bool
    closed: bool
    banner: str
    beside: dict[int, str]


def naming_of(report: Report) -> Naming:
    return Naming(Figures(layout_of(report.form), report, None))


def said3(report: Report) -> Said:
    """What the sheet of 表三 says."""
    naming = naming_of(report)
    place = naming.figures.layout.tables["table3"]

    def value(name: str) -> object:
        return naming.value(place, name)

    grid = report.form.tables["table3"].grid
    cells = {}
    for k in range(int(str(value("accused")))):
        row, column = (int(str(value(f"{line}{k}"))) - 1 for line in ("row", "column"))
        cells[grid.cell(grid.rows[row].id, grid.columns[column].id).id] = int(str(value(f"due{k}")))
    shown = list(naming.shown(place))
    return Said(
        cells,
        str(value("moved_text")),
        value("totals_left") == 1,
        value("closed_left") == 1,
        next(str(s.live.value) for s in shown if s.role == "banner"),
        {s.row: str(s.live.value) for s in shown if s.role == "said" and s.live.value != ""},
    )


def certain3(report: Report) -> tuple[dict[str, Value], list[Finding]]:
    """The cells of 表三 that Python is certain of, from the numbers on the form alone; and all findings.
    What a
    blank cell must hold is no error of a cell."""
    findings = audit(report)
    cells = {
        s.cell: s.suggested
        for f in findings
        for s in f.suspects
        if s.certain and s.cell.startswith("t3.") and (report.blank_is_zero or not report.is_blank(s.cell))
    }
    return cells, findings


def cells3(form: Form) -> list[str]:
    return [c.id for c in form.tables["table3"].cells]


# ---------------------------------------------------------------- tables


@cache
def bases() -> tuple[Report, ...]:
    """Published tables that add up, and drawn ones of both editions: sparse, full, small, large, tiny."""
    drawn = [
        consistent(edition, seed, (0.05, 0.3, 0.9)[seed % 3], (3, 40, 5000)[seed // 3 % 3])
        for edition in editions()
        for seed in range(36)
    ]
    return (*right_tables().values(), *drawn, *(tiny(Random(f"tiny{n}")) for n in range(40)))


def tiny(dice: Random) -> Report:
    """A table of a few applications, as a small office has."""
    form = load_form(dice.choice(editions()))
    report = Report(form, "某局", form.first_year + 1, values=dict.fromkeys((c.id for c in form.cells), 0))
    grid = form.tables["table3"].grid
    closed = next(r for r in grid.rows if r.is_total)
    values: dict[str, int] = dict.fromkeys(report.values, 0)
    for _ in range(dice.choice((0, 1, 1, 2, 3, 4))):
        column, number = dice.choice(grid.columns[:-1]).id, dice.choice((1, 1, 2, 5, 12))
        values[f"t3.{dice.choice(('new', 'carried_in'))}.{column}"] += number
        done = (dice.choice(closed.total_of), closed.id) if dice.random() < 0.7 else ("carried_out",)
        for row in done:
            values[f"t3.{row}.{column}"] += number
    for equation in form.equations:
        if equation.kind == "row":
            values[equation.right[0]] = sum(values[c] for c in equation.left)
    report.values |= values
    return report


# ---------------------------------------------------------------- slips


def mistyped(dice: Random, old: int) -> int:
    """Another number, as people mistype: one off, a digit more or less, swapped, left 0, moved."""
    new = old
    while new == old or new < 0:
        ways = (
            old + dice.choice((-1, 1)),
            old * 10 + dice.randrange(10),
            old // 10,
            int(str(old)[::-1]),
            0,
            old + dice.choice((9, -9, 90)),
            dice.randrange(100),
        )
        new = dice.choice(ways)
    return new


def with_slips(dice: Random, right: Report, count: int) -> Report:
    """So many cells of 表三 mistyped; near one another, or by the same number, every other time."""
    ids = cells3(right.form)
    chosen = dice.sample(ids, count)
    kind = dice.choice(("any", "near", "equal"))
    if kind == "near" and count > 1:
        at = layout_of(right.form).tables["table3"].cells
        row, column = at[chosen[0]]
        near = [c for c in ids if c != chosen[0] and (at[c][0] == row or at[c][1] == column)]
        chosen = [chosen[0], *dice.sample(near, count - 1)]
    if kind == "equal":
        error = dice.choice((1, 2, 10))
        return right.with_values({c: right.number(c) + error for c in chosen})
    return right.with_values({c: mistyped(dice, right.number(c)) for c in chosen})


def with_blanks(dice: Random, report: Report, count: int) -> Report:
    return report.with_values(dict.fromkeys(dice.sample(cells3(report.form), count)))


def declared(report: Report) -> Report:
    """Zeros left blank, and the declaration given."""
    left = report.with_values({c: None for c in cells3(report.form) if not report.number(c)})
    left.blank_is_zero = True
    return left


def drawn(dice: Random) -> Iterator[tuple[str, Report]]:
    """(kind, report) without end: everything that a form may look like."""
    while True:
        right = dice.choice(bases())
        kind = dice.choice(("right", "1", "1", "2", "2", "3", "blanks", "declared"))
        count = int(kind) if kind.isdigit() else dice.randrange(3)
        report = with_slips(dice, right, count) if count and kind != "right" else right
        if kind == "blanks":
            report = with_blanks(dice, report, dice.choice((1, 1, 2, 5, 20)))
        elif kind == "declared":
            report = declared(report)
        yield kind, report
