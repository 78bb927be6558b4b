"""封面: who reports, for which year, and the declaration; around them see ``front.py``."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...report import FIRST_FILLED, LAST_YEAR
from ..figures import is_blank
from ..layout import address
from ..wording import marks, wording
from .context import Writing
from .front import write_beside, write_parts, write_title
from .heights import row_height
from .styles import page, protect

#: Of the columns, in characters: together as wide as the page.
_WIDTHS = (20, 40, 14, 22)
#: What must be filled and what need not be; 空白单元格均为 0 is never empty.
_REQUIRED, _OPTIONAL = ("unit", "year"), ("code", "period_from", "period_to")
#: Margins of the printed title page, in inches.
_MARGINS = {"left": 0.5, "right": 0.5, "top": 2.75, "bottom": 0.8}


def write_cover(writing: Writing, sheet: Worksheet) -> None:
    w = wording("cover")
    cover = writing.layout.cover
    form = writing.layout.form
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    write_title(writing, sheet)
    row, column = cover.edition
    sheet.write_string(row - 1, 0, w["edition"], writing.style("head"))
    edition = w["edition_value"].format(edition=form.edition, notice=form.notice)
    other = "".join(
        w["edition_other"].format(table=form.tables[key].section.number, edition=of_table)
        for key, of_table in form.layout.items()
    )
    sheet.write_string(row - 1, column - 1, edition + other, writing.style("boxed"))
    sheet.set_row(row - 1, max(24, row_height([(edition + other, _WIDTHS[1])])))
    for name, (row, column) in cover.fields.items():
        _field(writing, sheet, name, row, column, w)
    if not writing.locked:
        write_beside(writing, sheet)
    writing.write_figures(sheet, writing.live.beside.figures, *cover.hidden)
    write_parts(writing, sheet)
    page(sheet, landscape=False, one_page=True)
    sheet.set_margins(**_MARGINS)
    sheet.print_area(*writing.zero(cover.title))
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
        "blank_is_zero": marks("cover")["yes" if report.blank_is_zero is True else "no"],
    }
    sheet.set_row(row - 1, 26)
    sheet.write_string(row - 1, 0, label, writing.style("head"))
    value = values[name]
    base = "input" if name == "year" else "input_text"
    style = writing.style(base, align="left", indent=1, locked=writing.locked)
    if not writing.locked and name in (*_REQUIRED, *_OPTIONAL):
        _colour(writing, sheet, row, column, "blank" if name in _REQUIRED else "optional")
    if isinstance(value, int):
        sheet.write_number(row - 1, column - 1, value, style)
    elif value:
        sheet.write_string(row - 1, column - 1, str(value), style)
    else:
        sheet.write_blank(row - 1, column - 1, None, style)
    if not writing.locked:
        sheet.data_validation(row - 1, column - 1, row - 1, column - 1, _rule(name, label, prompt))


def _colour(writing: Writing, sheet: Worksheet, row: int, column: int, look: str) -> None:
    """A colour that goes when the cell is filled."""
    test = f"={is_blank(address(row, column, absolute=True))}"
    rule = {"type": "formula", "criteria": test, "format": writing.styles.conditional[look]}
    sheet.conditional_format(row - 1, column - 1, row - 1, column - 1, rule)


def _rule(name: str, label: str, prompt: str) -> dict[str, object]:
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
            "minimum": FIRST_FILLED,
            "maximum": LAST_YEAR,
            **prompts,
            **errors,
        }
    return {"validate": "any", **prompts}
