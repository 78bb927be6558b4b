"""历年: the figures of 首页 over all the years that are known, this one and those that last year's result
carries on."""

from __future__ import annotations

from ...records import dataclass
from ...report import Report
from ...wording import wording_of
from ...workbook.kind import earlier_of
from ..consolidate import Consolidation
from .home import Group, declared_figures
from .long import known, two_years, unlike

#: Years that are shown, this one among them.
MOST = 8


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, oldest year first; None where a year is not known or does not hold it. ``group``: with
    which others it is drawn; ``same``: whether this year and the one before are of the same units."""

    label: str
    group: Group
    values: tuple[int | None, ...]
    same: bool = True


@dataclass(frozen=True)
class Years:
    """``years``: from the oldest that is known to this one, none left out between; ``said``: one sentence on
    where they come from."""

    title: str
    said: str
    years: tuple[int, ...]
    lines: tuple[Line, ...]

    @property
    def several(self) -> bool:
        """Whether there is anything to compare this year with."""
        return len(self.years) > 1

    @property
    def heads(self) -> tuple[str, ...]:
        """The years as they stand above their numbers."""
        pattern = wording_of("gouji.city.views", "years")["head"]
        return tuple(pattern.format(year=year) for year in self.years)

    def of(self, group: Group) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.group == group)

    def change(self, line: Line) -> int | None:
        """Against the year before; None where one of both is not known, or they are not of the same units."""
        last, this = (None, *line.values)[-2:]
        return None if last is None or this is None or not line.same else this - last


def years(city: Consolidation) -> Years:
    """Up to :data:`MOST` of them, in the order of ``figures.toml``."""
    w, reports = wording_of("gouji.city.views", "years"), _reports(city)
    this = city.report.year
    shown = tuple(range(max(min(reports), this - MOST + 1), this + 1))
    lines = tuple(
        Line(
            one.label,
            one.group,
            tuple(known(reports.get(year), one.cells) for year in shown),
            two_years(city, one.cells).whole,
        )
        for one in declared_figures()
    )
    tables = dict.fromkeys(city.form.by_id[one.cells[0]].table for one in declared_figures())
    why = next(filter(None, (unlike(city, table, "years") for table in tables)), "")
    said = w["said" if len(shown) > 1 else "alone"]
    return Years(w["title"], said + why, shown, lines)


def _reports(city: Consolidation) -> dict[int, Report]:
    """The city's report of each year. Last year's file itself goes before what was carried on of it."""
    found = [*reversed(earlier_of(city.report)), *([city.prior] if city.prior else []), city.report]
    return {one.year: one for one in found if 0 < one.year <= city.report.year}
