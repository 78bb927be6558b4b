"""封面: who reports, for which year, and the declaration."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..wording import marks, wording
from .context import Writing
from .heights import row_height
from .styles import COLOURS, page, protect

#: Of the three columns, in characters.
_WIDTHS = (22, 52, 16)


def write_cover(writing: Writing, sheet: Worksheet) -> None:
    w = wording("cover")
    cover = writing.layout.cover
    form = writing.layout.form
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    sheet.set_row(1, 48)
    sheet.merge_range(1, 0, 1, 2, w["title"], writing.style("title"))
    sheet.merge_range(2, 0, 2, 2, w["hint"], writing.style("quiet", align="center", text_wrap=True))
    sheet.set_row(2, 26)
    row, column = cover.edition
    sheet.write_string(row - 1, 0, w["edition"], writing.style("head"))
    edition = w["edition_value"].format(edition=form.edition, notice=form.notice)
    other = "".join(
        w["edition_other"].format(table=form.tables[key].section.number, edition=of_table)
        for key, of_table in form.layout.items()
    )
    sheet.write_string(row - 1, column - 1, edition + other, writing.style("boxed"))
    sheet.set_row(row - 1, row_height([(edition + other, _WIDTHS[1])]))
    for name, (row, column) in cover.fields.items():
        _field(writing, sheet, name, row, column, w)
    bottom = max(row for row, _ in cover.fields.values())
    sheet.print_area(0, 0, bottom - 1, 2)
    page(sheet, landscape=False, one_page=True)
    first = cover.fields["unit"]
    sheet.set_selection(first[0] - 1, first[1] - 1, first[0] - 1, first[1] - 1)
    protect(sheet)


def _field(
    writing: Writing, sheet: Worksheet, name: str, row: int, column: int, w: dict[str, object]
) -> None:
    report = writing.report
    label, prompt = wording("cover.fields")[name]
    period = report.period or ("", "")
    values: dict[str, object] = {
        "unit": report.unit,
        "code": report.code or "",
        "year": report.year or None,
        "period_from": period[0],
        "period_to": period[1],
        "blank_is_zero": marks("cover")["yes" if report.blank_is_zero else "no"],
    }
    sheet.set_row(row - 1, 24)
    sheet.write_string(row - 1, 0, label, writing.style("head"))
    value = values[name]
    base = "input" if name == "year" else "input_text"
    style = writing.style(base, bg_color=COLOURS["blank"], align="left", locked=writing.locked)
    if isinstance(value, int):
        sheet.write_number(row - 1, column - 1, value, style)
    elif value:
        sheet.write_string(row - 1, column - 1, str(value), style)
    else:
        sheet.write_blank(row - 1, column - 1, None, style)
    sheet.data_validation(row - 1, column - 1, row - 1, column - 1, _rule(name, label, prompt, w))


def _rule(name: str, label: str, prompt: str, w: dict[str, object]) -> dict[str, object]:
    prompts = {"input_title": label, "input_message": prompt}
    if name == "blank_is_zero":
        title, message = wording("prompt")["yes_no"]
        errors = {"error_title": title, "error_message": message}
        return {"validate": "list", "source": [*marks("cover").values()], **prompts, **errors}
    if name == "year":
        title, message = wording("prompt")["year"]
        errors = {"error_title": title, "error_message": message}
        return {
            "validate": "integer",
            "criteria": "between",
            "minimum": 2000,
            "maximum": 2100,
            **prompts,
            **errors,
        }
    return {"validate": "any", **prompts}
