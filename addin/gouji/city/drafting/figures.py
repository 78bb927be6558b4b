"""The numbers that sentences speak of, by the names of ``[figures]``."""

from __future__ import annotations

from ...errors import GoujiError
from ...form import Cell
from ...form.labels import unnumbered
from ...report import Report
from ...rules.numbers import Numbers, grouped
from ...wording import wording_of

_PACKAGE = "gouji.city.drafting"


class Unknown(GoujiError):
    """A number that the tables do not give: a blank cell, one that can not be read, parts and a whole that
    differ."""


class Absent(GoujiError):
    """A figure of which the form has no cell, or of whose 0 a note says something of its own."""


class Figures:
    """The figures of one report. ``certain``: one whose total is not what its parts add up to is unknown.
    ``read``: the cells that were looked at so far."""

    def __init__(self, report: Report, *, certain: bool = False) -> None:
        self.report = report
        self._numbers = Numbers(report)
        self._sums = Numbers(report, sums=True) if certain else self._numbers
        self.read: set[str] = set()
        self._cells: dict[str, list[str]] = wording_of(_PACKAGE, "figures")

    def __call__(self, name: str) -> int:
        """The figure; 分 for money. Raises :class:`Absent` and :class:`Unknown`."""
        cells = [inner for cell in self._cells[name] for inner in self._inner(cell)]
        numbers = [self._numbers(cell) for cell in cells]
        if not numbers:
            raise Absent(name)
        self.read.update(cells)
        if None in numbers or numbers != list(map(self._sums, cells)):
            raise Unknown(name)
        found = sum(number for number in numbers if number is not None)
        # 0 with a note (当年未统计) is not "none".
        if not found and any(cell in self.report.marks for cell in cells):
            raise Absent(name)
        return found

    def shown(self, name: str) -> str:
        """The figure in digits; an amount in 万元, without its unit."""
        number = self(name)
        return self._cell(name).kind.show(number)

    def label(self, name: str) -> str:
        """The printed row of the figure's first cell, without its number."""
        return unnumbered(self._cell(name).row.label)

    def _inner(self, cell: str) -> tuple[str, ...]:
        form = self.report.form
        return (cell,) if cell in form.by_id else grouped(form, cell)

    def _cell(self, name: str) -> Cell:
        return self.report.form.by_id[self._inner(self._cells[name][0])[0]]
