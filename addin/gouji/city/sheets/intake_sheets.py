"""Sheets of the city's workbook that say what was handed in: 报送情况 and 问题."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...records import dataclass
from ...rules import LEVELS, Finding
from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.shown.findings import place_of
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ..approving.telling import Shown, open_counts, status_shown, told
from ..asking.acting import unclaimed
from ..consolidate import Consolidation
from ..intake.reasons import label_of
from ..intake.sorting import Filed, Status, UnitRow, status_label
from .lists import begin

_INTAKE_WIDTHS = (5, 20, 10, 10, 21, 22, 6, 7, 6, 38)
#: So many lines and the chart stand on one page.
_ROWS_BESIDE_CHART = 14
_PROBLEM_WIDTHS = (13, 12, 6, 10, 37, 22, 19, 13, 12)
#: Its column of the state.
_STATE = 7

#: Colours of a status; what is not here is a thing to be done.
_FILLS: dict[Status, str] = {
    "taken": "passed",
    "repeated": "passed",
    "partial": "warned",
    "superseded": "head",
    "unfilled": "head",
    "compared": "head",
    "unexpected": "warned",
    "own_result": "head",
    "list": "head",
    "own_output": "head",
    "template": "head",
    "given": "head",
    "lock": "warned",
    "leftover": "head",
    "foreign": "warned",
    "no_report": "head",
}


def _words(section: str) -> dict[str, str]:
    return wording_of("gouji.city", section)


# ---------------------------------------------------------------- 报送情况


def write_intake(city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Who sent what: a line for every file, those of a unit below one another, and one for a unit that sent
    none; what belongs to no unit at the end. The chart counts units."""
    w = _words("intake")
    sheet.set_vba_name("shtIntake")
    heads = wording_of("gouji.city", "intake")["heads"]
    title = w["title"].format(unit=city.report.unit, year=city.report.year)
    top = row = begin(sheet, styles, title, heads, _INTAKE_WIDTHS, frozen=2)
    for line in intake_lines(city):
        row += 1
        _intake_row(city, styles, sheet, row, line)
    sheet.autofilter(top, 0, max(row, top + 1), len(heads) - 1)
    _chart(city, styles, book, sheet, row + 3)


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """One line of 报送情况. ``own``: number, name, code and kind of the unit, the number only on the unit's
    first line; ``look``, ``remarks``: what became of it, in words; ``filed``: the file, None for a unit
    without one; ``row``: the unit, on its first line alone."""

    own: tuple[str, str, str, str]
    status: Status
    look: Shown
    remarks: tuple[str, ...]
    filed: Filed | None = None
    row: UnitRow | None = None


def intake_lines(city: Consolidation) -> Iterator[IntakeLine]:
    """Every file exactly once, and every unit at least once."""
    for number, row in enumerate(city.units, 1):
        yield from _unit_lines(city, str(number), row)
    for filed in (*city.strangers, *city.intake.set_aside):
        own = ("", filed.submission.unit, "", "")
        yield IntakeLine(own, filed.status, look_of(filed), _said(filed, filed.remarks), filed)


def _unit_lines(city: Consolidation, number: str, row: UnitRow) -> Iterator[IntakeLine]:
    unit = row.unit
    first = row.taken or row.sent or next(iter(row.files), None)
    others = [filed for filed in row.files if filed is not first]
    later = {remark for filed in others for remark in filed.remarks} - set(first.remarks if first else ())
    remarks = tuple(remark for remark in row.remarks if remark not in later)
    own = (number, unit.name, unit.code, unit.kind)
    look = look_of_unit(city, row)
    yield IntakeLine(own, row.status, look, _said(first, filter(None, (*remarks, look.reason))), first, row)
    told = set(remarks)
    for filed in others:
        left = tuple(remark for remark in filed.remarks if remark not in told)
        told |= set(left)
        yield IntakeLine(("", *own[1:]), filed.status, look_of(filed), _said(filed, left), filed)


def _said(filed: Filed | None, remarks: Iterable[str]) -> tuple[str, ...]:
    """The remarks, and why a file could not be read, each once."""
    found = filed.submission.findings if filed else ()
    return tuple(dict.fromkeys([*remarks, *(f.message for f in found if f.rule == "unreadable")]))


def _intake_row(city: Consolidation, styles: Styles, sheet: Worksheet, row: int, line: IntakeLine) -> None:
    body = styles.get("boxed")
    quiet = styles.get("boxed", font_color=COLOURS["quiet"])
    for i, text in enumerate(line.own):
        sheet.write_string(row, i, fitted(text), body if line.own[0] else quiet)
    fill = COLOURS[line.look.colour or "row"]
    sheet.write_string(row, 4, line.look.label, styles.get("boxed", bg_color=fill))
    file = line.filed.submission.file if line.filed else ""
    sheet.write_string(row, 5, fitted(file), body)
    read = line.filed and line.filed.submission.report
    levels = open_counts(city, line.filed, line.row) if line.filed and read else None
    for i, level in enumerate(reversed(LEVELS)):
        if levels:
            sheet.write_number(row, 6 + i, levels[level], styles.get("number"))
        else:
            sheet.write_blank(row, 6 + i, None, styles.get("number"))
    said = _words("intake")["between"].join(line.remarks)
    sheet.write_string(row, 9, fitted(said), body)
    texts = [*line.own, line.look.label, file, "", "", "", said]
    sheet.set_row(row, row_height(zip(texts, _INTAKE_WIDTHS, strict=True)))


def look_of_unit(city: Consolidation, row: UnitRow) -> Shown:
    """The unit's state in the season, and what became of its files where that says something else."""
    label = label_of(row)
    shown = status_shown(row, city, label)
    return shown if shown.colour else shown._replace(colour=_fill(row.status, label))


def look_of(filed: Filed) -> Shown:
    """What 报送情况 shows of a file beside the unit's first."""
    label = label_of(filed)
    return Shown(label, _fill(filed.status, label))


def _fill(status: Status, label: str) -> str:
    """The colour of a status; what counts with a reservation is not simply green."""
    fill = _FILLS.get(status, "row")
    return "warned" if fill == "passed" and label != status_label(status) else fill


def _chart(
    city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet, top: int
) -> None:
    """How many units stand where, as numbers and as bars; files of no unit beside it, as numbers."""
    w = _words("intake")
    looks = [look_of_unit(city, unit) for unit in city.units]
    fills = {look.label: look.colour or "row" for look in looks}
    counts = Counter(look.label for look in looks).most_common()
    sheet.write_string(top, 1, w["chart"], styles.get("caption"))
    _counts(styles, sheet, top + 1, counts)
    below = top + len(counts) + 2
    if strangers := unclaimed(city):
        sheet.write_string(below, 1, w["strangers"], styles.get("caption"))
        _counts(styles, sheet, below + 1, Counter(map(label_of, strangers)).most_common())
    if not counts:
        return
    if top > _ROWS_BESIDE_CHART:
        sheet.set_h_pagebreaks([top])
    chart = book.add_chart({"type": "bar"})
    name = marks_of("gouji.city", "sheets")["intake"]
    chart.add_series(
        {
            "categories": [name, top + 1, 1, top + len(counts), 1],
            "values": [name, top + 1, 2, top + len(counts), 2],
            "points": [{"fill": {"color": COLOURS[fills[label]]}} for label, _ in counts],
            "data_labels": {"value": True},
            "gap": 40,
        }
    )
    chart.set_legend({"none": True})
    chart.set_title({"name": w["chart"], "name_font": {"size": 11}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis(
        {"major_gridlines": {"visible": False}, "min": 0, "major_unit": max(1, len(city.units) // 10)}
    )
    chart.set_size({"width": 520, "height": 90 + 34 * len(counts)})
    sheet.insert_chart(top, 4, chart)


def _counts(styles: Styles, sheet: Worksheet, top: int, counts: Iterable[tuple[str, int]]) -> None:
    for i, (label, count) in enumerate(counts):
        sheet.write_string(top + i, 1, label, styles.get("boxed"))
        sheet.write_number(top + i, 2, count, styles.get("number"))


# ---------------------------------------------------------------- 问题


def write_problems(city: Consolidation, styles: Styles, sheet: Worksheet) -> None:
    """Every finding, the city's own first; the city's lead to their cell."""
    w = wording_of("gouji.city", "problems")
    sheet.set_vba_name("shtProblems")
    top = row = begin(sheet, styles, w["title"], w["heads"], _PROBLEM_WIDTHS)
    body = styles.get("boxed", valign="top")
    reports = {f.submission.file: f.submission.report for f in city.intake.files}
    for one in city.settled:
        row += 1
        finding = one.finding
        report = reports.get(one.file) if one.file else city.report
        place = place_of(report, finding) if report else ""
        said = (_with_folded(finding), finding.remedy, one.text, told(one), finding.id)
        whole = (one.unit, one.file, "", "", *said)
        for i, text in enumerate(whole):
            if text:
                sheet.write_string(row, i, fitted(text), body)
            else:
                sheet.write_blank(row, i, None, body)
        sheet.set_row(row, row_height(zip(whole, _PROBLEM_WIDTHS, strict=True)))
        fill = {"error": "row", "warning": "warned", "hint": "head"}[finding.level]
        sheet.write_string(row, 2, w["levels"][finding.level], styles.get("boxed", bg_color=COLOURS[fill]))
        if one.state:
            look = "passed" if one.settled else "warned" if one.open else "head"
            state = styles.get("boxed", valign="top", bg_color=COLOURS[look])
            sheet.write_string(row, _STATE, fitted(told(one)), state)
        _place(styles, sheet, row, place, own=not one.file)
    sheet.autofilter(top, 0, max(row, top + 1), len(w["heads"]) - 1)


def _place(styles: Styles, sheet: Worksheet, row: int, place: str, *, own: bool) -> None:
    if own and place:
        name, _, cell = place.partition("!")
        sheet.write_url(row, 3, f"internal:'{name}'!{cell}", styles.get("link", border=1), place)
    else:
        sheet.write_string(row, 3, fitted(place), styles.get("boxed", valign="top"))


def _with_folded(finding: Finding) -> str:
    return "\n".join([finding.message, *(f"· {f.message}" for f in finding.folded)])
