"""校验: the verdict, 待办清单, the live rows with 审核说明 beside them; to their right 诊断 (a reserved
block) and the list of explanations that have no live row."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ...wording import wording
from ..context import Writing
from ..macros import write_check_buttons
from ..styles import page, protect, unprinted
from .blocks import write_diagnosis
from .head import write_head
from .listed import write_listed
from .measures import DIAGNOSIS_WIDTHS, SCALE, WIDTHS
from .rows import write_rows

__all__ = ["write_check"]


def write_check(writing: Writing, sheet: Worksheet) -> None:
    """Everything on 校验."""
    check = writing.layout.check
    for name, column in check.columns.items():
        hidden = {} if name in WIDTHS else {"hidden": True}
        sheet.set_column(column - 1, column - 1, WIDTHS.get(name), None, hidden)
    for i, width in enumerate(DIAGNOSIS_WIDTHS):
        sheet.set_column(check.diagnosis.left - 1 + i, check.diagnosis.left - 1 + i, width)
    write_head(writing, sheet)
    write_rows(writing, sheet)
    write_diagnosis(writing, sheet)
    write_listed(writing, sheet)
    if writing.macros:
        write_check_buttons(sheet)
    else:
        sheet.write_string(2, 0, wording("check")["legend"], writing.style("quiet"))
    _print(writing, sheet)
    sheet.freeze_panes(2, 0)
    sheet.set_selection(
        check.todo_top - 1, check.columns["goto"] - 1, check.todo_top - 1, check.columns["goto"] - 1
    )
    protect(sheet)


def _print(writing: Writing, sheet: Worksheet) -> None:
    """Printing the workbook prints the report and nothing of this sheet. Who wants it on paper prints the
    columns up to 审核说明 as a selection."""
    check = writing.layout.check
    page(sheet, landscape=True, one_page=False)
    sheet.set_margins(left=0.3, right=0.3, top=0.5, bottom=0.5)
    sheet.set_print_scale(SCALE)
    sheet.repeat_rows(check.live_top - 2)
    unprinted(sheet)
