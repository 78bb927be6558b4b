"""Reports to be published: real ones and drawn ones, as they are or with a few cells changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from random import Random

from gouji.form import LIMIT, Cell, Value, editions, load_form
from gouji.report import Report, load
from support import DATA
from support.random_reports import balanced, random_values


@cache
def published_reports() -> tuple[Report, ...]:
    """The reports of tests/data, without texts."""
    paths = sorted(DATA.glob("seeds/*.json")) + sorted(DATA.glob("published/*.json"))
    return tuple(replace(load(path), texts=None) for path in paths)


def report_to_publish(dice: Random) -> Report:
    """A real report or a drawn one: consistent, of any numbers, with blanks and "/"; up to three cells
    changed; now and then with footnote marks."""
    report = _real(dice) if dice.random() < 0.5 else _random(dice)
    changes = dice.choice([0, 0, 1, 1, 2, 3])
    report = report.with_values(dict(_change(report, dice) for _ in range(changes)))
    if dice.random() < 0.1:
        cells = dice.sample(report.form.cells, 2)
        report.marks = {c.id: f"注{n}" for n, c in enumerate(cells, 1) if report.value(c.id) is not None}
    return report


def _real(dice: Random) -> Report:
    return dice.choice(published_reports())


def _random(dice: Random) -> Report:
    keys = dice.choice([(), (), ("table2",), ("table3",)])
    one, other = dice.choice(editions()), dice.choice(editions())
    form = load_form(one, dict.fromkeys(keys, other))
    values: Mapping[str, Value] = dice.choice(
        [balanced, balanced, lambda f, d: random_values(f, d, complete=True), random_values]
    )(form, dice)
    year = dice.randrange(form.first_year, form.first_year + 5)
    return Report(form, year=year, values={c: v for c, v in values.items() if v is not None})


def _change(report: Report, dice: Random) -> tuple[str, Value]:
    """A cell with another content: a slip of typing, a number moved by one, any number, blank or "/"."""
    cell = dice.choice(report.form.cells)
    was = report.number(cell.id)
    slips: list[Value] = [was + 1, was * 10 + dice.randrange(10), was // 10, dice.randrange(30), 0]
    if dice.random() < 0.15:
        slips = [None, "/"]
    return cell.id, legal(cell, dice.choice(slips))


def legal(cell: Cell, value: Value) -> Value:
    return value if cell.kind.legal(value) and (not isinstance(value, int) or abs(value) <= LIMIT) else 0
