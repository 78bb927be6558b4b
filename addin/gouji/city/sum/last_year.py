"""The city's own file of last year: its report, and in 明细 the report of every unit.

明细 is read by ``detail_reading.py``; a separate 明细 file is found beside the workbook that it belongs to. A
unit's workbook, a report as JSON or a published one serve too; these three have no units. A folder is read
by ``prior_folder.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from functools import cached_property
from pathlib import Path

from ...examine import read_report
from ...published import is_document
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Context
from ...workbook.kind import (
    LeftOut,
    as_consolidated,
    earlier_in,
    earlier_of,
    left_out_of,
    list_kind,
    parts_of,
)
from ...workbook.reading.guard import Refused
from ...workbook.reading.reader import Reading, read_contents, template_data
from ...workbook.reading.sheets import Book, open_book
from ..intake.names import plain_code, plain_name
from ..intake.remarks import remark
from .detail_reading import Detail, find_detail
from .summing import sum_values


@dataclass(frozen=True)
class LastYear:
    """``city``: the file's own report. ``units``: its 明细, () where it has none. ``sealed``: which of all
    these reports (by :func:`plain_name` of the unit) carried an unbroken seal when they were read or summed.

    ``left_out``: who was not summed; None where the file does not say. ``heirs``: this year's unit, by
    :func:`plain_name`, -> what became it by a declared 撤并, None where that is not to be told apart.
    ``passed_over``: (file, why) of a folder's files that could not be used; ``complete``: false where it is
    a folder without a result, in which any unit may be wanting. ``altered``: the cells in which its tables
    are not the sum of its own 明细 any more. ``adjusted``: the adjustments in 明细, of nobody; ``reasons``:
    why, none is made without one.
    """

    file: str
    city: Report
    units: tuple[Report, ...] = ()
    sealed: frozenset[str] = frozenset()
    left_out: tuple[LeftOut, ...] | None = None
    heirs: dict[str, Report | None] = field(default_factory=dict)
    passed_over: tuple[tuple[str, str], ...] = ()
    complete: bool = True
    altered: tuple[str, ...] = ()
    adjusted: tuple[Report, ...] = ()
    reasons: tuple[str, ...] = ()

    @cached_property
    def moved(self) -> dict[str, int]:
        """Cell -> by how much its own 调整 moved the sum of its units."""
        if not self.adjusted:
            return {}
        total = Report(self.city.form, values=sum_values(self.city.form, self.adjusted))
        return {cell.id: number for cell in total.form.cells if (number := total.number(cell.id))}

    @property
    def year(self) -> int:
        return self.city.year

    @property
    def years(self) -> tuple[Report, ...]:
        """The city's reports that may be carried on: the file's own, then those of the years before that it
        carries itself. What a folder without a result adds up to is no report of the city's."""
        whole = self.complete or parts_of(self.city) is not None
        return (*((self.city,) if whole and self.city.values else ()), *earlier_of(self.city))

    @property
    def tells_left_out(self) -> bool:
        """Whether a unit that is not in the file is known not to have been on last year's roster."""
        return self.left_out is not None and self.complete

    @property
    def everybody(self) -> tuple[Report, ...]:
        """Every unit that the file knows, summed or not."""
        return (*self.units, *(out.report for out in self.left_out or ()))

    def named(self, city: str) -> LastYear:
        """The file as the city's, where it says no name: a folder of units' files."""
        return self if self.city.unit else replace(self, city=replace(self.city, unit=city))

    def counted(self, name: str, code: str | None = None) -> Report | None:
        """Last year's report of one unit that was summed, by its name, else by its code."""
        return self._by_name.get(plain_name(name)) or self._by_code.get(plain_code(code))

    def left(self, name: str, code: str | None = None) -> LeftOut | None:
        """The same of one that was left out."""
        found = {plain_name(out.report.unit): out for out in self.left_out or ()}
        codes = {plain_code(out.report.code): out for out in self.left_out or () if out.report.code}
        return found.get(plain_name(name)) or codes.get(plain_code(code))

    def reported(self, name: str, code: str | None = None) -> Report | None:
        """What a unit itself reported last year, whether it was summed or not."""
        counted = self.counted(name, code)
        out = None if counted else self.left(name, code)
        return counted or (out.report if out and out.report.values else None)

    def unit(self, name: str, code: str | None = None) -> Report | None:
        """What one unit of this year is compared with: its own report, or that of those who became it."""
        wanted = plain_name(name)
        return self.heirs[wanted] if wanted in self.heirs else self.reported(name, code)

    def of(self, name: str, code: str | None = None) -> Report | None:
        """The report to compare with: the file's own where the unit is the file's, or where the file has
        no units (another unit's report is then reported as such); else the unit's row."""
        own = bool(self.city.unit) and plain_name(self.city.unit) == plain_name(name)
        return self.city if own or not self.units else self.unit(name, code)

    def context(self, context: Context, name: str, code: str | None = None) -> Context:
        """What is known of one unit: its last year, or that it was looked for in vain."""
        prior = self.of(name, code)
        if prior is None:
            declared = plain_name(name) in self.heirs
            out = self.left(name, code)
            why = out.reason or remark("left_out") if out else ""
            return context if declared else replace(context, searched=self.file, left_out=why)
        return replace(context, prior=prior, prior_sealed=self.is_sealed(prior))

    def is_sealed(self, report: Report) -> bool:
        return plain_name(report.unit) in self.sealed

    @cached_property
    def _by_name(self) -> dict[str, Report]:
        return {plain_name(report.unit): report for report in self.units}

    @cached_property
    def _by_code(self) -> dict[str, Report]:
        return {plain_code(report.code): report for report in self.units if report.code}


def read_last_year(path: Path, rules: Catalogue | None = None, year: int | None = None) -> LastYear:
    """Read a city's workbook, its 明细 file, any single report, or a folder: a season, of which the newest
    run counts, or last year's files.

    ``year``: of which a folder's files are taken; without it the one that most of them are of. Raises Refused
    with a Chinese line.
    """
    if path.is_dir():
        from ..season.record import last_workbook
        from .prior_folder import read_prior_folder

        result = last_workbook(path)
        return read_last_year(result, rules) if result else read_prior_folder(path, rules, year)
    if path.suffix.lower() == ".json" or is_document(path):
        return _single(path, read_report(path))
    try:
        book = open_book(path)
    except OSError:
        return _single(path, read_report(path))  # says why in the words used everywhere
    detail = find_detail(book, path.name)
    left_out, earlier = _beside(book)
    try:
        reading = read_contents(book, rules)
    except Refused:
        if detail is None:
            raise
        return _of_rows(path, detail, left_out, earlier)
    detail = detail or _detail_beside(path, reading.report)
    return _of_both(path, reading, detail, left_out) if detail else _single(path, reading)


def _of_rows(
    path: Path, detail: Detail, left_out: tuple[LeftOut, ...] | None, earlier: tuple[Report, ...]
) -> LastYear:
    """Without the official tables of today's template the city is what its rows add up to."""
    total = sum_values(detail.form, [*detail.reports, *detail.adjusted])
    city = Report(detail.form, detail.unit, detail.year, values=total)
    city.meta = as_consolidated((), left_out, earlier)
    return LastYear(
        path.name, city, tuple(detail.reports), detail.sealed, left_out, adjusted=tuple(detail.adjusted)
    )


def _of_both(path: Path, reading: Reading, detail: Detail, left_out: tuple[LeftOut, ...] | None) -> LastYear:
    """The city as its tables have it, and its rows."""
    units = [replace(unit, year=reading.report.year) for unit in detail.reports]
    return LastYear(
        path.name,
        reading.report,
        tuple(units),
        detail.sealed | _sealed(reading),
        left_out,
        altered=tuple(_altered(reading.report, detail)),
        adjusted=tuple(detail.adjusted),
        reasons=detail.reasons,
    )


def _beside(book: Book) -> tuple[tuple[LeftOut, ...] | None, tuple[Report, ...]]:
    """Who was left out, and the years before."""
    try:
        data = template_data(book)
    except Refused:
        return None, ()
    return left_out_of(data), earlier_in(data)


def _altered(city: Report, detail: Detail) -> Iterator[str]:
    """The cells that are not what 明细 adds up to, in the order of the form: somebody typed over one of
    both."""
    if detail.form is not city.form:
        return
    total = sum_values(city.form, [*detail.reports, *detail.adjusted])
    summed = Report(city.form, values=total)
    for cell in city.form.cells:
        if summed.number(cell.id) != city.number(cell.id):
            yield cell.id


def _detail_beside(path: Path, city: Report) -> Detail | None:
    """The 明细 of thousands of units is a file of its own: the one in the same folder that says that it
    belongs to this city and year, and adds up to it."""
    if parts_of(city) is None:
        return None
    for other in sorted(path.parent.glob(f"*{path.suffix}")):
        try:
            book = None if other == path else open_book(other)
            if book is None or list_kind(template_data(book)) != "detail":
                continue
            detail = find_detail(book, other.name)
        except (Refused, OSError):
            continue
        if detail and (plain_name(detail.unit), detail.year) == (plain_name(city.unit), city.year):
            return detail
    return None


def _single(path: Path, reading: Reading) -> LastYear:
    return LastYear(path.name, reading.report, sealed=_sealed(reading))


def _sealed(reading: Reading) -> frozenset[str]:
    return frozenset({plain_name(reading.report.unit)} if reading.seal_state == "intact" else ())
