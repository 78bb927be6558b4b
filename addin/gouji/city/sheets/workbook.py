"""The city's workbook: the official tables as values, and where every figure comes from.

It opens on 首页. Behind the form's own sheets: 来源 (which units each cell comes from), 明细 (a row a unit,
a column a cell, summed by formulas and compared live with the tables), 各单位对照 (the same the other way
round), 分析, 结转核对 and 调整 where there are any, 附注全文 where there are notes, 报送情况 (who sent
what, in what state), 问题 (every finding). Its structure is not locked: an office adds sheets of its own.
And the roster as a list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import xlsxwriter

from ...marks import marks_of
from ...workbook.kind import earlier_rows, left_out_rows, list_rows
from ...workbook.limits import fitted
from ...workbook.wording import marks
from ...workbook.writer import Result, Styles, Writing, write_workbook
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..consolidate import Consolidation
from ..drafting.draft import printed
from ..intake.roster import Roster
from ..parting.live_prior import reasons
from ..views.analysis import charts
from ..views.home import home_of
from ..views.links import links_of
from ..views.long import Long
from ..views.outliers import outliers
from ..views.sources import blocks
from ..views.years import years
from .analysis import write_analysis
from .beside import write_beside
from .detail import Detail
from .home import write_home
from .intake_sheets import write_intake, write_problems
from .lists import finished, new_book
from .notes import pointer, write_notes
from .office import write_office
from .sources import Sources

#: Above this many units 明细 goes to a file of its own, written row by row.
DETAIL_LIMIT = 2000


def city_workbook(
    city: Consolidation, *, detail: bool = True, slips: Mapping[str, str] | None = None
) -> bytes:
    """The .xlsx of ``<name>_<year>_汇总.xlsx``. ``detail``: with the sheet 明细. ``slips``: unit -> the
    path of its 退回单 from where the workbook lies, with "/"."""
    links = links_of(city, slips)
    long = Long(city)
    sources = Sources(city, blocks(long))
    names = marks_of("gouji.city", "sheets")

    def extra(writing: Writing, book: xlsxwriter.Workbook) -> None:
        sources.write(writing, book.add_worksheet(names["sources"]), links)
        if detail:
            Detail(city, writing.styles, writing, links).write(book.add_worksheet(names["detail"]))
        write_beside(city, writing, book.add_worksheet(names["beside"]))
        analysis = book.add_worksheet(names["analysis"])
        places = write_analysis(city, charts(long), years(city), outliers(long), writing, book, analysis)
        _write_what_there_is(city, writing, book)
        write_intake(city, writing.styles, book, book.add_worksheet(names["intake"]))
        write_problems(city, writing.styles, book.add_worksheet(names["problems"]))
        present = [sheet.name for sheet in book.worksheets()]
        write_office(writing, book.get_worksheet_by_name(marks("sheets")["help"]), present)
        first = book.get_worksheet_by_name(names["home"])
        write_home(city, home_of(city), places, links, writing, book, first)

    said = reasons(city.form, city.prior, city.live_prior, city.rules) | dict(city.report.explanations)
    return write_workbook(
        replace(printed(city), explanations=said),
        prior=city.live_prior,
        rules=city.rules,
        locked=True,
        extra=extra,
        pointer=pointer(),
        result=Result(names["home"], sources.leads),
    )


def _write_what_there_is(city: Consolidation, writing: Writing, book: xlsxwriter.Workbook) -> None:
    """The sheets of what not every run has: 结转核对 … 版本对照."""
    names = marks_of("gouji.city", "sheets")
    if city.handover:
        from .change_sheets import write_handover

        write_handover(city, city.handover, writing, book.add_worksheet(names["handover"]))
    if city.adjustments:
        from .change_sheets import write_adjustments

        write_adjustments(city, writing, book.add_worksheet(names["adjustments"]))
    if city.changes is not None and city.changes.before:
        from ..memory import change_sheet

        changes = book.add_worksheet(change_sheet.sheet_name())
        report = city.report
        change_sheet.write_changes(city.changes, report.unit, report.year, writing.styles, changes)
    if city.parting:
        from ..parting.sheet import write_parts

        parts = book.add_worksheet(marks_of("gouji.city.parting", "sheets")["parts"])
        write_parts(city, writing.styles, parts)
    if city.note_origins:
        write_notes(city, writing, book.add_worksheet(names["notes"]))
    if any(row.versions for row in city.units):
        from .version_sheet import write_versions

        versions = book.add_worksheet(marks_of("gouji.city.intake", "sheets")["versions"])
        write_versions(city, writing.styles, versions)


def detail_workbook(city: Consolidation) -> bytes:
    """明细 alone, in constant memory, for thousands of units."""
    book = new_book(constant_memory=True)
    name = marks_of("gouji.city", "sheets")["detail"]
    Detail(city, Styles(book), None).write(book.add_worksheet(name))
    kind = list_rows("detail", city.report.unit, city.report.year)
    return finished(book, [*kind, *left_out_rows(city.report), *earlier_rows(city.report)])


# ---------------------------------------------------------------- lists


def roster_workbook(roster: Roster) -> bytes:
    """A roster as .xlsx, with the heads that :func:`gouji.city.intake.roster.read_roster` knows."""
    from ..intake.roster_table import table

    return _list(list_rows("roster"), *table(roster))


def _list(
    kind: Sequence[tuple[str, str]], heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]]
) -> bytes:
    """A plain list of texts as .xlsx. ``kind``: what it says of itself; ``heads``: text and width."""
    book = new_book()
    styles = Styles(book)
    sheet = book.add_worksheet(marks_of("gouji.city", "sheets")[dict(kind)["kind"]])
    for i, (head, width) in enumerate(heads):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, head, styles.get("head"))
    for at, row in enumerate(rows, 1):
        for i, text in enumerate(row):
            sheet.write_string(at, i, fitted(text), styles.get("boxed"))
        sheet.set_row(at, row_height(zip(row, (width for _, width in heads), strict=True)))
    sheet.freeze_panes(1, 1)
    list_page(sheet, 0)
    return finished(book, kind)
