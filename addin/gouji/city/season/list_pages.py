"""The lists of 汇总台: heads, prepared rows, and what each column offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...rules.explanations import states
from ...rules.period import day
from ...text import whole_number
from ...workbook.layout import address
from ...workbook.limits import fitted
from ...workbook.writer import Styles
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..desk import Desk
from .look import LINE, TOP, caption, prompt, stop
from .sheets import Column, ListSheet, choices, list_sheet, marks

#: Rows prepared below what is there, and below them what is only offered lists.
_PREPARED, _OFFERED = 40, 2000
_ROW = 20
#: A name for the units: Excel stores a list out of another sheet in a way that openpyxl drops.
UNITS = "GJ_UNITS"
#: What a state looks like.
_FILLS = dict(zip(states()[1:], ("warned", "passed", "row"), strict=True))


def write_list(styles: Styles, sheet: Worksheet, spec: ListSheet, desk: Desk) -> None:
    """One list with what ``desk`` has of it, own columns behind ours."""
    rows, own = _contents(spec, desk)
    caption(styles, sheet, spec.key)
    for at, column in enumerate(spec.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(TOP, at, column.head, styles.get("head", text_wrap=True))
        _offers(styles, sheet, at, column)
    for at, head in enumerate(own, len(spec.columns)):
        sheet.set_column(at, at, 16)
        sheet.write_string(TOP, at, head, styles.get("head", text_wrap=True))
    sheet.set_row(TOP, 26)
    for row, texts in enumerate(rows, TOP + 1):
        _row(styles, sheet, row, spec, texts, own)
    for row in range(TOP + 1 + len(rows), TOP + 1 + len(rows) + _PREPARED):
        _row(styles, sheet, row, spec, {}, own)
    if spec.key == "roster":
        area = (TOP + 1, 0, _OFFERED, 0)
        sheet.conditional_format(*area, {"type": "duplicate", "format": styles.conditional["row"]})
    sheet.freeze_panes(TOP + 1, 1)
    sheet.autofilter(TOP, 0, TOP + len(rows) + _PREPARED, len(spec.columns) + len(own) - 1)
    sheet.set_selection(TOP + 1, 0, TOP + 1, 0)
    list_page(sheet, TOP)
    sheet.print_area(0, 0, TOP + max(1, len(rows)) + 10, len(spec.columns) + len(own) - 1)


def _row(
    styles: Styles, sheet: Worksheet, row: int, spec: ListSheet, texts: dict[str, str], own: list[str]
) -> None:
    for at, column in enumerate(spec.columns):
        _cell(styles, sheet, row, at, column, texts.get(column.key, ""))
    for at, head in enumerate(own, len(spec.columns)):
        sheet.write_string(row, at, fitted(texts.get(head, "")), styles.get("input_text", **LINE, indent=1))
    contents = [(texts.get(column.key, ""), column.width) for column in spec.columns]
    sheet.set_row(row, max(_ROW, row_height(contents)))


def _cell(styles: Styles, sheet: Worksheet, row: int, at: int, column: Column, text: str) -> None:
    changes: dict[str, Any] = dict(LINE)
    if column.kind in ("date", "yes_no", "way", "state"):
        changes["align"] = "center"
    elif column.kind != "number":
        changes["indent"] = 1
    if column.kind == "date":
        style = styles.get("input", **changes, num_format="yyyy-mm-dd")
        if that := day(text):
            sheet.write_datetime(row, at, that, style)
            return
    elif column.kind == "number":
        style = styles.get("input", **changes)
        number = whole_number(text.removeprefix("-"))
        if number is not None and text in (f"{number}", f"{-number}"):
            sheet.write_number(row, at, int(text), style)
            return
    else:
        style = styles.get("input_text", **changes)
    sheet.write_string(row, at, text, style) if text else sheet.write_blank(row, at, None, style)


def _offers(styles: Styles, sheet: Worksheet, at: int, column: Column) -> None:
    """The list of a column, and what is said beside a selected cell."""
    area = (TOP + 1, at, _OFFERED, at)
    rule: dict[str, Any] = {"validate": "any", **prompt(column.kind)}
    if offered := choices(column.kind):
        rule |= {"validate": "list", "source": list(offered), **stop("choice")}
    elif column.kind == "unit":
        rule |= {"validate": "list", "source": f"={UNITS}", "error_type": "warning", **stop("unit")}
    if len(rule) > 1:
        sheet.data_validation(*area, rule)
    if column.kind == "state":
        for state, fill in _FILLS.items():
            looks = {"criteria": "==", "value": f'"{state}"', "format": styles.conditional[fill]}
            sheet.conditional_format(*area, {"type": "cell", **looks})


def units_formula() -> str:
    """What :data:`UNITS` stands for: the names of 名单, as far as it is filled."""
    name = list_sheet("roster").name
    first, last = (address(row, 1, absolute=True) for row in (TOP + 2, _OFFERED + 1))
    return f"=OFFSET('{name}'!{first},0,0,MAX(1,COUNTA('{name}'!{first}:{last})),1)"


# ---------------------------------------------------------------- what a desk has


def _contents(spec: ListSheet, desk: Desk) -> tuple[list[dict[str, str]], list[str]]:
    """(key, or own head -> text of each row, own heads)."""
    if spec.key == "roster":
        own = list(dict.fromkeys(head for unit in desk.roster.units for head, _ in unit.own))
        return [_unit(unit) | dict(unit.own) for unit in desk.roster.units], own
    rows = {
        "adjustments": desk.adjustments,
        "mergers": desk.mergers,
        "words": [replace(word, finding=word.finding or marks("words")["whole"]) for word in desk.words],
        "preferred": desk.preferred,
    }[spec.key]
    return [_fields(spec, row) for row in rows], []


def _fields(spec: ListSheet, row: object) -> dict[str, str]:
    return {column.key: str(getattr(row, column.key, "")) for column in spec.columns}


def _unit(unit: Any) -> dict[str, str]:
    said = {True: marks("yes_no")["yes"], False: marks("yes_no")["no"], None: ""}[unit.rule_making]
    return _fields(list_sheet("roster"), unit) | {"rule_making": str(said)}
