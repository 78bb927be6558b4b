"""Sheets of the city's workbook that say what was handed in: 报送情况 and 问题."""

from __future__ import annotations

from collections import Counter

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...rules import LEVELS, Finding
from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.shown.findings import place_of
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..approving.telling import Shown, open_counts, status_shown, told
from ..consolidate import Consolidation
from ..intake.sorting import Filed, Status, UnitRow, status_label

_INTAKE_WIDTHS = (5, 22, 12, 12, 15, 22, 6, 7, 6, 36)
_PROBLEM_WIDTHS = (13, 12, 6, 10, 37, 22, 19, 13, 12)
#: Its column of the state.
_STATE = 7

_FILLS: dict[Status, str] = {
    "taken": "passed",
    "repeated": "passed",
    "missing": "row",
    "unexpected": "warned",
    "own_result": "head",
    "list": "head",
    "no_report": "head",
}


def _words(section: str) -> dict[str, str]:
    return wording_of("gouji.city", section)


# ---------------------------------------------------------------- 报送情况


def write_intake(city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet) -> None:
    """Who sent what. A unit's files below one another; what belongs to no unit at the end."""
    w = _words("intake")
    sheet.set_vba_name("shtIntake")
    heads = wording_of("gouji.city", "intake")["heads"]
    for i, width in enumerate(_INTAKE_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.write_string(
        0, 0, w["title"].format(unit=city.report.unit, year=city.report.year), styles.get("caption")
    )
    top = 2
    for i, head in enumerate(heads):
        sheet.write_string(top, i, head, styles.get("head"))
    row = top
    for number, unit in enumerate(city.units, 1):
        row += 1
        said = [*unit.remarks, *(r for f in unit.files for r in f.remarks), _look(city, unit).reason]
        remarks = "；".join(filter(None, dict.fromkeys(said)))
        own = [str(number), unit.unit.name, unit.unit.code, unit.unit.kind]
        _intake_row(city, styles, sheet, row, own, _look(city, unit), unit.status, list(unit.files), remarks)
    for filed in (*city.strangers, *city.intake.set_aside):
        row += 1
        own = ["", filed.submission.unit, "", ""]
        _intake_row(
            city, styles, sheet, row, own, _look(city, filed), filed.status, [filed], "；".join(filed.remarks)
        )
    sheet.freeze_panes(top + 1, 2)
    sheet.autofilter(top, 0, row, len(heads) - 1)
    list_page(sheet, 2)
    _chart(city, styles, book, sheet, row + 3)


def _intake_row(
    city: Consolidation,
    styles: Styles,
    sheet: Worksheet,
    row: int,
    own: list[str],
    look: Shown,
    status: Status,
    files: list[Filed],
    remarks: str,
) -> None:
    body = styles.get("boxed")
    for i, text in enumerate(own):
        sheet.write_string(row, i, fitted(text), body)
    fill = COLOURS[look.colour or _FILLS.get(status, "row")]
    sheet.write_string(row, 4, look.label, styles.get("boxed", bg_color=fill))
    names = "\n".join(f.submission.file for f in files)
    sheet.write_string(row, 5, fitted(names), body)
    levels = open_counts(city, files)
    for i, level in enumerate(reversed(LEVELS)):
        sheet.write_number(row, 6 + i, levels[level], styles.get("number"))
    reasons = [f.message for filed in files for f in filed.submission.findings if f.rule == "unreadable"]
    said = "；".join([remarks, *reasons] if remarks else reasons)
    sheet.write_string(row, 9, fitted(said), body)
    texts = [*own, look.label, names, "", "", "", said]
    sheet.set_row(row, row_height(zip(texts, _INTAKE_WIDTHS, strict=True)))


def _look(city: Consolidation, one: UnitRow | Filed) -> Shown:
    label = status_label(one.status)
    return status_shown(one, city, label) if isinstance(one, UnitRow) else Shown(label)


def _chart(
    city: Consolidation, styles: Styles, book: xlsxwriter.Workbook, sheet: Worksheet, top: int
) -> None:
    """How many units stand where, and how many files could not be read, as numbers and as bars."""
    w = _words("intake")
    unread = [filed for filed in city.strangers if filed.status == "unreadable"]
    those: list[UnitRow | Filed] = [*city.units, *unread]
    looks = [(_look(city, one), one.status) for one in those]
    counts = Counter(look.label for look, _ in looks)
    fills = {look.label: look.colour or _FILLS.get(status, "row") for look, status in looks}
    sheet.write_string(top, 1, w["chart"], styles.get("caption"))
    for i, (label, count) in enumerate(counts.most_common(), 1):
        sheet.write_string(top + i, 1, label, styles.get("boxed"))
        sheet.write_number(top + i, 2, count, styles.get("number"))
    chart = book.add_chart({"type": "bar"})
    name = marks_of("gouji.city", "sheets")["intake"]
    chart.add_series(
        {
            "categories": [name, top + 1, 1, top + len(counts), 1],
            "values": [name, top + 1, 2, top + len(counts), 2],
            "points": [{"fill": {"color": COLOURS[fills[label]]}} for label, _ in counts.most_common()],
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


# ---------------------------------------------------------------- 问题


def write_problems(city: Consolidation, styles: Styles, sheet: Worksheet) -> None:
    """Every finding, the city's own first; the city's lead to their cell."""
    w = wording_of("gouji.city", "problems")
    sheet.set_vba_name("shtProblems")
    for i, width in enumerate(_PROBLEM_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.write_string(0, 0, w["title"], styles.get("caption"))
    for i, head in enumerate(w["heads"]):
        sheet.write_string(2, i, head, styles.get("head"))
    body = styles.get("boxed", valign="top")
    row = 2
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
    sheet.freeze_panes(3, 0)
    sheet.autofilter(2, 0, max(row, 3), len(w["heads"]) - 1)
    list_page(sheet, 2)


def _place(styles: Styles, sheet: Worksheet, row: int, place: str, *, own: bool) -> None:
    if own and place:
        name, _, cell = place.partition("!")
        sheet.write_url(row, 3, f"internal:'{name}'!{cell}", styles.get("link", border=1), place)
    else:
        sheet.write_string(row, 3, fitted(place), styles.get("boxed", valign="top"))


def _with_folded(finding: Finding) -> str:
    return "\n".join([finding.message, *(f"· {f.message}" for f in finding.folded)])
