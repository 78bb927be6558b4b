"""Real tables, and what people do to whole lines of them: each movement of a table that is right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gouji.form import TABLE_KEYS, Equation, Value, load_form
from gouji.report import Report
from gouji.rules import Context
from gouji.rules.equations import check_equations

from . import DATA

Rows = list[list[Value]]


@cache
def real_tables() -> dict[str, Report]:
    """Name and year -> the numbers of a published report, with no texts."""
    found = {}
    for name, held in json.loads((DATA / "real_tables.json").read_text("utf-8")).items():
        form = load_form(held["edition"], held.get("layout"))
        report = Report(form, name.rpartition("-")[0], held["year"])
        for key in TABLE_KEYS:
            for cell, value in zip(form.tables[key].cells, held[key], strict=True):
                report.set(cell.id, value)
        found[name] = report
    return found


def right_tables() -> dict[str, Report]:
    """Those whose tables 三 and 四 hold every equation and are not all 0; what is blank in them is 0."""
    found = {}
    for name, report in real_tables().items():
        full = report.with_values({c.id: 0 for c in report.form.cells if report.is_blank(c.id)})
        some = any(full.number(c.id) for c in full.form.tables["table3"].cells)
        if some and not list(check_equations(full, Context())):
            found[name] = full
    return found


def rows3(report: Report) -> Rows:
    table = report.form.tables["table3"]
    return [
        [report.value(table.grid.cell(r.id, c.id).id) for c in table.grid.columns] for r in table.grid.rows
    ]


def with_rows3(report: Report, rows: Rows) -> Report:
    grid = report.form.tables["table3"].grid
    values = {
        grid.cell(r.id, c.id).id: rows[i][j]
        for i, r in enumerate(grid.rows)
        for j, c in enumerate(grid.columns)
    }
    return report.with_values(values)


@dataclass(frozen=True)
class Moved:
    """``kind``: what was done; ``typed``: the report as it was then typed; ``right``: as it should be;
    ``lost``: cells whose numbers are no longer on the form."""

    kind: str
    typed: Report
    right: Report
    lost: frozenset[str]

    @property
    def wrong(self) -> set[str]:
        return {c for c in self.right.form.by_id if self.typed.number(c) != self.right.number(c)}

    @property
    def broken(self) -> list[Equation]:
        """The equations that fail as typed, blank cells counted 0."""
        form = self.right.form
        residuals = zip(form.equations, form.residuals(self.typed.vector()), strict=True)
        return [equation for equation, left in residuals if left]

    @property
    def confirmed(self) -> bool:
        """Whether an equation fails that needs none of the lost numbers: undone, the table itself says so."""
        return any(not self.lost.intersection(equation.cells) for equation in self.broken)


def movements(right: Report, empty: Value = 0) -> Iterator[Moved]:
    """Every movement of table 三 by a row or a column, of any block; every exchange of two neighbours, and of
    a column with 总计; each row copied into the next. ``empty``: what is left where nothing was pasted."""
    yield from _by_rows(right, empty)
    yield from _by_columns(right, empty)
    rows = rows3(right)
    for n, row in enumerate(rows[:-1]):
        before, after = rows[:n], rows[n + 1 :]
        yield _made("rows exchanged", right, [*before, after[0], row, *after[1:]])
        yield _made("copied twice", right, [*before, row, row, *after[1:]], lost_rows=[n + 1])
    for one in range(len(rows[0]) - 1):
        swapped = [list(row) for row in rows]
        for row in swapped:
            row[one], row[-1] = row[-1], row[one]
        yield _made("columns exchanged", right, swapped)


def _by_rows(right: Report, empty: Value) -> Iterator[Moved]:
    rows = rows3(right)
    none: list[Value] = [empty] * len(rows[0])
    last = len(rows) - 1
    yield _made("table down", right, [none, *rows[:-1]], lost_rows=[last])
    yield _made("table up", right, [*rows[1:], none], lost_rows=[0])
    for n in range(1, last):
        yield _made("tail down", right, [*rows[:n], none, *rows[n:-1]], lost_rows=[last])
        yield _made("tail up", right, [*rows[: n - 1], *rows[n:], none], lost_rows=[n - 1])
        yield _made("head down", right, [none, *rows[:n], *rows[n + 1 :]], lost_rows=[n])
        yield _made("head up", right, [*rows[1 : n + 1], none, *rows[n + 1 :]], lost_rows=[0])
    for n, row in enumerate(rows[:-1]):
        before, after = rows[:n], rows[n + 1 :]
        yield _made("row down", right, [*before, none, row, *after[1:]], lost_rows=[n + 1])
        yield _made("row up", right, [*before, after[0], none, *after[1:]], lost_rows=[n])


def _by_columns(right: Report, empty: Value) -> Iterator[Moved]:
    rows = rows3(right)
    every, width = range(len(rows)), len(rows[0])
    yield _made("table right", right, [[empty, *row[:-1]] for row in rows], every, [width - 1])
    yield _made("table left", right, [[*row[1:], empty] for row in rows], every, [0])
    for n, row in enumerate(rows):
        before, after = rows[:n], rows[n + 1 :]
        yield _made("row right", right, [*before, [empty, *row[:-1]], *after], [n], [width - 1])
        yield _made("row left", right, [*before, [*row[1:], empty], *after], [n], [0])


def _made(
    kind: str,
    right: Report,
    typed: Rows,
    lost_rows: Iterable[int] = (),
    lost_columns: Sequence[int] | None = None,
) -> Moved:
    grid = right.form.tables["table3"].grid
    columns = range(len(grid.columns)) if lost_columns is None else lost_columns
    lost = frozenset(grid.cell(grid.rows[r].id, grid.columns[c].id).id for r in lost_rows for c in columns)
    return Moved(kind, with_rows3(right, typed), right, lost)


def movements4(right: Report, empty: Value = 0) -> Iterator[Moved]:
    """表四 and each run of its blocks, one cell to the right and to the left."""
    cells = [c.id for c in right.form.tables["table4"].cells]
    typed = [right.value(c) for c in cells]
    for start in range(0, 15, 5):
        for end in range(start + 5, 16, 5):
            own, places = typed[start:end], cells[start:end]
            ways = (("right", [empty, *own[:-1]], places[-1]), ("left", [*own[1:], empty], places[0]))
            size = {5: "block", 10: "blocks", 15: "table"}[end - start]
            for way, moved, lost in ways:
                report = right.with_values(dict(zip(places, moved, strict=True)))
                yield Moved(f"四 {size} {way}", report, right, frozenset((lost,)))
