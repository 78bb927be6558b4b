"""差额来源: every linear error of the sum with all its parts, one row a part, and who is not compared."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN
from ...rules import Finding, Share
from ...wording import wording_of
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ..consolidate import Consolidation
from ..sheets.lists import begin
from .saying import why_label

_WIDTHS = (56, 10, 24, 10, 26, 14, 22)


def write_parts(city: Consolidation, styles: Styles, sheet: Worksheet) -> None:
    """Into an empty sheet; the finding stands beside its first part."""
    words = wording_of("gouji.city.parting", "sheet")
    title = words["title"].format(unit=city.report.unit, year=city.report.year)
    top = row = begin(sheet, styles, title, words["heads"], _WIDTHS)
    for parting in city.parting:
        rows = [*((s, True) for s in parting.parts), *((s, False) for s in parting.beside)]
        for number, (share, inside) in enumerate(rows):
            row += 1
            _row(
                styles, sheet, row, None if number else parting.finding, share, inside, parting.finding.money
            )
    sheet.autofilter(top, 0, max(row, top + 1), len(_WIDTHS) - 1)


def _row(
    styles: Styles,
    sheet: Worksheet,
    row: int,
    finding: Finding | None,
    share: Share,
    inside: bool,
    money: bool,
) -> None:
    words, body = wording_of("gouji.city.parting", "sheet"), styles.get("boxed", valign="top")
    signed = styles.get("number", num_format="+General;-General;0")
    texts = (
        finding.message if finding else "",
        "",
        share.unit,
        "",
        why_label(share),
        words["inside" if inside else "outside"],
        finding.id if finding else "",
    )
    for column, text in enumerate(texts):
        sheet.write_string(row, column, fitted(text), body)
    if finding and finding.difference is not None:
        sheet.write_number(row, 1, _shown(finding.difference, money), signed)
    fill = {} if inside else {"bg_color": COLOURS["head"]}
    amount = styles.get("number", num_format="+General;-General;0", **fill)
    sheet.write_number(row, 3, _shown(share.amount, money), amount)
    sheet.set_row(row, row_height(zip(texts, _WIDTHS, strict=True)))


def _shown(number: int, money: bool) -> float:
    return number / FEN_PER_WAN if money else number
