"""文字 of 汇总台: the parts of the report that the office writes, a paragraph a row."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import look
from ...report import PREFACE
from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import page
from ..desk import Desk
from .look import LINE, TOP, caption
from .reading import CLOSING, section_labels
from .sheets import marks

#: Widths in characters: the part, its text, what is written there.
_WIDTHS = (30, 92, 34)
#: Rows of a part; more where more is written.
_FEW, _MANY = 4, 14
#: Letters of the report, and how much higher a row of them is than one of a list.
_SIZE, _HIGHER, _ROW = 12, 1.25, 22


def write_texts(styles: Styles, sheet: Worksheet, desk: Desk) -> None:
    for i, width in enumerate(_WIDTHS):
        sheet.set_column(i, i, width)
    caption(styles, sheet, "texts")
    for column, key in enumerate(("section", "text")):
        sheet.write_string(TOP, column, marks("texts")[key], styles.get("head"))
    sheet.set_row(TOP, 24)
    hints = wording_of("gouji.city.season", "texts")
    notes = {PREFACE: hints["preface"], CLOSING: hints["closing"]}
    row = TOP + 1
    for key, label in section_labels(desk.settings.edition, desk.settings.year).items():
        few = key in (PREFACE, CLOSING)
        row = _section(
            styles, sheet, row, label, desk.texts.get(key, ""), notes.get(key, ""), _FEW if few else _MANY
        )
    sheet.freeze_panes(TOP + 1, 0)
    sheet.set_selection(TOP + 1, 1, TOP + 1, 1)
    page(sheet, landscape=False, one_page=False)
    sheet.repeat_rows(TOP)
    sheet.print_area(0, 0, row - 1, 1)


def _section(styles: Styles, sheet: Worksheet, top: int, label: str, text: str, note: str, rows: int) -> int:
    """One part; returns the row after it. Its label stands beside its first row, the fill beside all."""
    lines = text.split("\n") if text else []
    rows = max(rows, len(lines) + 2)
    side = {"bg_color": COLOURS["head"], "left": 1, "right": 1, "border_color": LINE["border_color"]}
    body = {"font_name": look.fonts()["body"][0], "font_size": _SIZE, "bg_color": COLOURS["blank"]}
    for i in range(rows):
        line = fitted(lines[i]) if i < len(lines) else ""
        edges = {"top": int(i == 0), "bottom": int(i == rows - 1)}
        style = styles.get("input_text", **body, **LINE, valign="top")
        label_style = styles.get("wrapped", **side, **edges, bold=True, font_size=11, valign="top", indent=1)
        sheet.write_string(top + i, 0, label if i == 0 else "", label_style)
        sheet.write_string(top + i, 1, line, style) if line else sheet.write_blank(top + i, 1, None, style)
        if line:
            sheet.set_row(top + i, max(_ROW, row_height([(line, _WIDTHS[1] / _HIGHER)]) * _HIGHER))
        elif i == 0:
            sheet.set_row(top, max(_ROW, row_height([(note, _WIDTHS[2])])) if note else _ROW)
    if note:
        sheet.write_string(top, 2, note, styles.get("quiet", font_size=10, text_wrap=True, valign="top"))
    return top + rows
