"""校验: live rows, 诊断 (a reserved block) and 审核说明 (unlocked, keyed by a row's id)."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..layout import Area
from ..live import Live, LiveRow
from ..wording import wording
from .context import Writing, write_live
from .macros import diagnosis_formula, write_buttons
from .styles import page, protect, unprinted

_WIDTHS = {
    "state": 12,
    "place": 44,
    "what": 48,
    "left": 10,
    "right": 10,
    "difference": 9,
    "goto": 8,
    "id": 30,
}
_DIAGNOSIS_WIDTHS = (8, 20, 52, 10, 10, 9, 44, 26)


def write_check(writing: Writing, sheet: Worksheet) -> None:
    w = wording("check")
    check = writing.layout.check
    for name, column in check.columns.items():
        sheet.set_column(column - 1, column - 1, _WIDTHS[name])
    for i, width in enumerate(_DIAGNOSIS_WIDTHS):
        column = check.diagnosis.left + i
        sheet.set_column(column - 1, column - 1, width)
    sheet.write_string(0, 0, w["title"], writing.style("caption", font_size=16))
    sheet.write_string(1, 0, w["legend"], writing.style("quiet"))
    _summary(writing, sheet, w)
    _live_rows(writing, sheet, w)
    _diagnosis(writing, sheet, w)
    _explanations(writing, sheet, w)
    _colours(writing, sheet, w)
    if writing.macros:
        write_buttons(writing, sheet)
    page(sheet, landscape=True, one_page=False)
    unprinted(sheet)
    sheet.repeat_rows(check.live_top - 2)
    sheet.freeze_panes(check.live_top - 1, 0)
    protect(sheet)


def _summary(writing: Writing, sheet: Worksheet, w: dict[str, str]) -> None:
    """How many rows fail, are undecided, pass; the states are counted, not the equations."""
    states = writing.column("state").split("!")[1]
    for i, (label, state) in enumerate(
        (("failed", "failed"), ("warned", "warned"), ("undecided", "undecided"), ("passed", "passed"))
    ):
        value = sum(r.state.value == w[state] for r in writing.live_rows)
        formula = f'="{w[label]} "&COUNTIF({states},"{w[state]}")'
        write_live(sheet, 3, i, Live(formula, f"{w[label]} {value}"), writing.style("caption"))
    sheet.write_string(4, 0, w["live_title"], writing.style("caption"))
    for i, block in enumerate(("diagnosis", "explanations")):
        area = getattr(writing.layout.check, block)
        target = f"internal:'{area.sheet}'!{area.ref().split(':')[0]}"
        sheet.write_url(4, i + 1, target, writing.style("link"), w[f"to_{block}"])


def _live_rows(writing: Writing, sheet: Worksheet, w: dict[str, str]) -> None:
    check = writing.layout.check
    top = check.live_top
    heads = wording("check.live_heads")
    for name, column in check.columns.items():
        sheet.write_string(top - 2, column - 1, heads[name], writing.style("head"))
    for i, row in enumerate(writing.live_rows):
        _live_row(writing, sheet, top - 1 + i, row, w["goto"])


def _live_row(writing: Writing, sheet: Worksheet, at: int, row: LiveRow, goto: str) -> None:
    columns = writing.layout.check.columns
    number = writing.style("number")
    write_live(sheet, at, columns["state"] - 1, row.state, writing.style("boxed", align="center"))
    sheet.write_string(at, columns["place"] - 1, row.place, writing.style("boxed"))
    sheet.write_string(at, columns["what"] - 1, row.what, writing.style("boxed"))
    for name, live in (("left", row.left), ("right", row.right), ("difference", row.difference)):
        write_live(sheet, at, columns[name] - 1, live, number)
    lines = max(
        -(-len(text) * 2 // _WIDTHS[name]) for name, text in (("place", row.place), ("what", row.what))
    )
    sheet.set_row(at, 16 * lines + 2)
    target = f"internal:'{row.target.sheet}'!{row.target.ref()}"
    sheet.write_url(at, columns["goto"] - 1, target, writing.style("link", border=1), goto)
    sheet.write_string(at, columns["id"] - 1, row.id, writing.style("quiet", border=1))


def _block(writing: Writing, sheet: Worksheet, area: Area, title: str, heads: list[str]) -> None:
    sheet.write_string(area.top - 3, area.left - 1, title, writing.style("caption"))
    for i, head in enumerate(heads):
        sheet.write_string(area.top - 2, area.left - 1 + i, head, writing.style("head"))


def _diagnosis(writing: Writing, sheet: Worksheet, w: dict[str, str]) -> None:
    """Reserved and locked: filled by the add-in, as values in .xlsx or by an array UDF in .xlsm."""
    area = writing.layout.check.diagnosis
    _block(writing, sheet, area, w["diagnosis_title"], wording("check")["diagnosis_heads"])
    style = writing.style("boxed", valign="top")
    if writing.macros:
        formula = "{" + diagnosis_formula(writing) + "}"
        sheet.write_array_formula(*writing.zero(area), formula, style, "")
    for row in range(area.top - 1, area.bottom):
        for column in range(area.left - 1, area.right):
            if not writing.macros or (row, column) != (area.top - 1, area.left - 1):
                sheet.write_blank(row, column, None, style)
    sheet.write_string(area.top - 1, area.left + 1, w["diagnosis_absent"], style)


def _explanations(writing: Writing, sheet: Worksheet, w: dict[str, str]) -> None:
    area = writing.layout.check.explanations
    _block(writing, sheet, area, w["explanation_title"], wording("check")["explanation_heads"])
    entries = sorted(writing.report.explanations.items())
    style = writing.style("input_text", valign="top")
    for i in range(area.bottom - area.top + 1):
        texts = ["", "", "", ""]
        if i < len(entries):
            key, entry = entries[i]
            texts = [key, entry.text, entry.state, "；".join(entry.numbers)]
        for j, text in enumerate(texts):
            at = (area.top - 1 + i, area.left - 1 + j)
            sheet.write_string(*at, text, style) if text else sheet.write_blank(*at, None, style)


def _colours(writing: Writing, sheet: Worksheet, w: dict[str, str]) -> None:
    formats = writing.styles.conditional
    check = writing.layout.check
    column = check.columns["state"]
    area = Area(check.name, check.live_top, column, check.live_top + len(writing.live_rows) - 1, column)
    fills = {
        "failed": "row",
        "warned": "warned",
        "hinted": "warned",
        "undecided": "blank",
        "explained": "warned",
        "passed": "passed",
    }
    for state, name in fills.items():
        sheet.conditional_format(
            *writing.zero(area),
            {"type": "cell", "criteria": "==", "value": f'"{w[state]}"', "format": formats[name]},
        )
