"""The first lines of 校验: the verdict in its colour, how many rows were checked, 待办清单."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ....rules.ledger import only_python
from ...layout import TODO_ROWS, Area, address
from ...verdict import counted, todo_list, todo_more
from ...wording import wording
from ..context import Writing, write_live
from .measures import HEAD, LINE, LINK, TITLE, VERDICT


def write_head(writing: Writing, sheet: Worksheet) -> None:
    check, w = writing.layout.check, wording("check")
    _wide(writing, sheet, 1, "verdict")
    write_live(sheet, 0, 0, writing.verdict, writing.style("verdict"))
    sheet.set_row(0, VERDICT)
    others = only_python(writing.layout.form, writing.catalogue)
    _wide(writing, sheet, 2, "said")
    write_live(sheet, 1, 0, counted(check, writing.live_rows, others), writing.style("said"))
    sheet.set_row(1, HEAD)
    sheet.set_row(2, TITLE)
    for column, block in (("goto", "diagnosis"), ("explanation", "explanations")):
        area = getattr(check, block)
        target = (
            f"internal:'{area.sheet}'!{Area(area.sheet, area.top - 2, area.left, area.top, area.left).ref()}"
        )
        sheet.write_url(2, check.columns[column] - 1, target, writing.style("link"), w[f"to_{block}"])
    ready = f'=$A$1="{w["verdict"]["ready"]}"'
    for condition, look in ((ready, "ready"), ("=LEN($A$1)>0", "not_ready")):
        options = {"type": "formula", "criteria": condition, "format": writing.styles.conditional[look]}
        sheet.conditional_format(0, 0, 0, check.last_shown - 1, options)
    _todo(writing, sheet)


def _wide(writing: Writing, sheet: Worksheet, row: int, base: str) -> None:
    area = Area(writing.layout.check.name, row, 1, row, writing.layout.check.last_shown)
    sheet.merge_range(*writing.zero(area), "", writing.style(base))


def _todo(writing: Writing, sheet: Worksheet) -> None:
    check, w, columns = writing.layout.check, wording("check"), writing.layout.check.columns
    top = check.todo_top
    sheet.write_string(top - 3, 0, w["todo_title"], writing.style("caption", font_size=12))
    sheet.set_row(top - 3, TITLE)
    text = columns["state"], columns["goto"] - 1
    for head, (first, last) in zip(w["todo_heads"], _spans(columns), strict=True):
        writing.merge(sheet, Area(check.name, top - 1, first, top - 1, last), head, "head")
    line, left = writing.style("line"), writing.style("line", align="left")
    formats = writing.styles.conditional
    hidden = writing.style("plain")
    for at, todo in enumerate(todo_list(check, writing.live_rows), top - 1):
        sheet.set_row(at, LINE)
        write_live(sheet, at, columns["order"] - 1, todo.nth, hidden)
        write_live(sheet, at, 0, todo.number, line)
        sheet.merge_range(at, text[0] - 1, at, text[1] - 1, "", left)
        write_live(sheet, at, text[0] - 1, todo.todo, left)
        write_live(sheet, at, columns["goto"] - 1, todo.link, writing.style("line", **LINK))
        write_live(sheet, at, columns["explanation"] - 1, todo.state, left)
    nth = address(top, columns["order"])
    state = address(top, columns["explanation"])
    fixed = f"${state.rstrip('0123456789')}{top}", f"${nth.rstrip('0123456789')}{top}"
    area = (top - 1, 0, top + TODO_ROWS - 2, check.last_shown - 1)
    length = len(w["warned"])
    for condition, look in (
        (f'=AND(ISNUMBER({fixed[1]}),LEFT({fixed[0]},{length})="{w["warned"]}")', "todo_explain"),
        (f"=ISNUMBER({fixed[1]})", "todo"),
    ):
        sheet.conditional_format(*area, {"type": "formula", "criteria": condition, "format": formats[look]})
    write_live(sheet, top + TODO_ROWS - 1, 0, todo_more(check, writing.live_rows), writing.style("quiet"))


def _spans(columns: dict[str, int] | object) -> list[tuple[int, int]]:
    """First and last column of each column of 待办清单."""
    c: dict[str, int] = columns  # type: ignore[assignment]
    first, goto, last = c["number"], c["goto"], c["explanation"]
    return [(first, first), (c["state"], goto - 1), (goto, goto), (last, last)]
