"""分析 as data: who applied, how it ended, the largest units, what is left over.

Everything is a number of the form; a share is left to who shows it. The years are in ``years.py``.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...form import Form, Line, Table
from ...form.labels import unnumbered, without_remark
from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from .home import figures
from .long import Long, applications, known, unlike

#: Units that a chart has room for.
LARGEST = 15


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a table and one bar, or two, of its chart. ``other``: what it is compared with, None where
    that is not known."""

    label: str
    value: int
    other: int | None = None


@dataclass(frozen=True)
class Chart:
    """``key``: which one; ``title``, ``names`` of the two numbers, ``said``: one sentence on how to read it.
    ``rest``: what did not get a bar of its own, so that the table adds up to the city's number."""

    key: str
    title: str
    names: tuple[str, str]
    said: str
    bars: tuple[Bar, ...]
    rest: Bar | None = None

    @property
    def compared(self) -> bool:
        """Whether any bar has something beside it."""
        return any(bar.other is not None for bar in self.bars)

    @property
    def total(self) -> int:
        return sum(bar.value for bar in (*self.bars, *((self.rest,) if self.rest else ())))


def charts(long: Long) -> tuple[Chart, ...]:
    """In the order in which they are shown."""
    return (applicants(long), outcomes(long), largest(long), backlog(long))


def applicants(long: Long) -> Chart:
    """New applications by who applied, with last year's."""
    city, table = long.city, long.applications
    prior = _prior(long)
    bars = [
        Bar(column.label, known(city.report, (cell,)) or 0, known(prior, (cell,)))
        for column in table.grid.columns
        if not column.is_total and (cell := f"{table.id}.{_new(table)}.{column.id}")
    ]
    return _chart("applicants", bars, unlike=unlike(city, table.key))


def outcomes(long: Long) -> Chart:
    """How applications ended, by the form's kinds (予以公开 … 其他处理), with last year's."""
    now, prior = _outcomes(long.city.report), _prior(long)
    before = _outcomes(prior) if prior else {}
    bars = [Bar(label, value or 0, before.get(label)) for label, value in now.items()]
    return _chart("outcomes", bars, unlike=unlike(long.city, long.applications.key))


def largest(long: Long) -> Chart:
    """The units with the most new applications."""
    table = long.applications
    cell = f"{table.id}.{_new(table)}.{_total(table)}"
    values = long.of_units(cell)
    before = {unit: known(report, (cell,)) for unit, report in long.before.items()}
    return _ranked(long, "largest", cell, values, before)


def backlog(long: Long) -> Chart:
    """The units with the most applications carried out of the year, beside those carried into it."""
    table = long.applications
    assert table.carry_over
    into, out = (
        f"{table.id}.{row}.{_total(table)}"
        for row in (table.carry_over.this_year, table.carry_over.last_year)
    )
    values, carried_in = long.of_units(out), long.of_units(into)
    return _ranked(long, "backlog", out, values, {unit: carried_in.get(unit, 0) for unit in values})


def main_figures(long: Long) -> Chart:
    """The figures of 首页, with last year's."""
    found = figures(long.city)
    bars = [Bar(f.label, f.value or 0, f.beside) for f in found]
    tables = dict.fromkeys(long.city.form.by_id[f.cells[0]].table for f in found)
    said = (unlike(long.city, table) for table in tables)
    return _chart("figures", bars, unlike=next(filter(None, said), ""))


def _prior(long: Long) -> Report | None:
    """Last year, as far as its applications are of the same units as this year's."""
    return long.city.same_units.of(long.applications.key).beside


def _ranked(
    long: Long, key: str, cell: str, values: Mapping[str, int], others: Mapping[str, int | None]
) -> Chart:
    """The largest units, and the others with the adjustments of the cell in one line."""
    order = sorted(values, key=lambda unit: -values[unit])
    bars = [Bar(unit, values[unit], others.get(unit)) for unit in order[:LARGEST]]
    rest = long.total(cell) - sum(bar.value for bar in bars)
    left = len(order) - len(bars)
    w = wording_of("gouji.city.views", "charts")
    label = w["others"].format(count=left) if left else w["adjusted"]
    return _chart(key, bars, rest=Bar(label, rest) if rest or left else None)


def _chart(key: str, bars: list[Bar], rest: Bar | None = None, unlike: str = "") -> Chart:
    w = wording_of("gouji.city.views", f"charts.{key}")
    first, second = w["names"]
    return Chart(key, w["title"], (first, second), w["said"] + unlike, tuple(bars), rest)


def _new(table: Table) -> str:
    assert table.balance
    return table.balance.left[0]


def _total(table: Table) -> str:
    return next(column.id for column in table.grid.columns if column.is_total)


def _outcomes(report: Report) -> dict[str, int | None]:
    """The form's kind of result -> how many, in the order of the form. Named alike in every edition, so
    that a kind with one row in one and three in the other compares."""
    table = applications(report.form)
    cells: dict[str, list[str]] = {}
    for line in _results(report.form):
        keyed = [group.label for group in line.under if group.keyed]
        label = without_remark(unnumbered(keyed[0] if keyed else line.label))
        cells.setdefault(label, []).append(f"{table.id}.{line.id}.{_total(table)}")
    return {label: known(report, tuple(ids)) for label, ids in cells.items()}


def _results(form: Form) -> list[Line]:
    """The rows that （七）总计 adds up."""
    table = applications(form)
    closed = next(line for line in table.rows() if line.is_total)
    return [line for line in table.rows() if line.id in closed.total_of]
