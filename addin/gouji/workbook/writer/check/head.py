"""The first lines of 校验: the verdict in its colour, how many rows were checked, 待办清单."""

from __future__ import annotations

from collections.abc import Mapping

from xlsxwriter.worksheet import Worksheet

from ....rules.ledger import only_python
from ...layout import TODO_ROWS, Area, column_letter
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
    _wide(writing, sheet, 2, "counts")
    said = counted(check, writing.live_rows, others, prior=writing.prior is not None)
    write_live(sheet, 1, 0, said, writing.style("counts"))
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
    top, spans = check.todo_top, _spans(columns)
    sheet.write_string(top - 3, 0, w["todo_title"], writing.style("caption", font_size=12))
    sheet.set_row(top - 3, TITLE)
    for head, (first, last) in zip(w["todo_heads"], spans, strict=True):
        writing.merge(sheet, Area(check.name, top - 1, first, top - 1, last), head, "head")
    centred, left = writing.style("line"), writing.style("line", align="left")
    looks = centred, left, writing.style("line", **LINK), left
    for at, todo in enumerate(todo_list(check, writing.live_rows), top - 1):
        sheet.set_row(at, LINE)
        write_live(sheet, at, columns["order"] - 1, todo.nth, writing.style("plain"))
        lives = todo.number, todo.todo, todo.link, todo.state
        for (first, last), look, live in zip(spans, looks, lives, strict=True):
            if first < last:
                sheet.merge_range(at, first - 1, at, last - 1, "", look)
            write_live(sheet, at, first - 1, live, look)
    write_live(sheet, top + TODO_ROWS - 1, 0, todo_more(check, writing.live_rows), writing.style("quiet"))
    _todo_colours(writing, sheet)


def _todo_colours(writing: Writing, sheet: Worksheet) -> None:
    """A line is coloured where it says something, more mildly where only an explanation is asked for."""
    check, word = writing.layout.check, wording("check")["warned"]
    nth, state = (f"${column_letter(check.columns[c])}{check.todo_top}" for c in ("order", "explanation"))
    mild = f'=AND(ISNUMBER({nth}),LEFT({state},{len(word)})="{word}")'
    for condition, look in ((mild, "todo_explain"), (f"=ISNUMBER({nth})", "todo")):
        options = {"type": "formula", "criteria": condition, "format": writing.styles.conditional[look]}
        top = check.todo_top - 1
        sheet.conditional_format(top, 0, top + TODO_ROWS - 1, check.last_shown - 1, options)


def _spans(columns: Mapping[str, int]) -> list[tuple[int, int]]:
    """First and last column of each column of 待办清单."""
    first, goto, last = columns["number"], columns["goto"], columns["explanation"]
    return [(first, first), (columns["state"], goto - 1), (goto, goto), (last, last)]
