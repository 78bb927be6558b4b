"""Below a table, beside what is printed: 其余未填的均为 0, for a person to say 是 or 否."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..layout import Area, TableSheet, address
from ..wording import marks, wording
from .context import Writing, write_live


def write_declaration(writing: Writing, sheet: Worksheet, place: TableSheet) -> None:
    """The question, its answer, and below it how many cells the answer makes 0."""
    w, table = wording("table.declaration"), place.table
    row, column = place.declaration
    label = Area(place.name, row, place.side, row, column - 1)
    writing.merge(sheet, label, w["label"], "helper", align="right")
    answers = marks("cover")
    # 是 on 封面 stands for all tables.
    own = writing.report.blank_is_zero is not True and writing.report.declares(table.key)
    answer = answers["yes" if own else "no"]
    # Beside its question: the column is as wide as what is said beside the rows.
    style = writing.style("input_text", align="left", indent=1, locked=writing.locked)
    sheet.write_string(row - 1, column - 1, answer, style)
    if not writing.locked:
        _validated(sheet, place, [*answers.values()])
    flag, blanks = (address(*at, absolute=True) for at in (place.flag, place.blanks))
    look = writing.styles.conditional["blank"]
    rule = {"type": "formula", "criteria": f"=AND({blanks}>0,{flag}=0)", "format": look}
    sheet.conditional_format(row - 1, column - 1, row - 1, column - 1, rule)
    said = writing.live.figures.said_of_declaration(place)
    write_live(sheet, row, place.side - 1, said, writing.style("helper", align="left"))


def _validated(sheet: Worksheet, place: TableSheet, answers: list[str]) -> None:
    """A list of the answers, and a prompt that says what they mean."""
    (row, column), w = place.declaration, wording("table.declaration")
    title, message = wording("prompt")["yes_no"]
    totals = any(c.is_total for c in place.table.cells)
    options = {
        "validate": "list",
        "source": answers,
        "input_title": w["label"],
        "input_message": w["prompt"] + (w["prompt_totals"] if totals else ""),
        "error_title": title,
        "error_message": message,
    }
    sheet.data_validation(row - 1, column - 1, row - 1, column - 1, options)
