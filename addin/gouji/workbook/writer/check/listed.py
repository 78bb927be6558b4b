"""The list of explanations that have no live row: unlocked, and beside it, hidden, what formulas make of
it."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ....report import Explanation
from ...keys import plain_key, plain_key_formula, row_named
from ...layout import address
from ...live import Live
from ...weighing import BETWEEN, counts, counts_formula, weighed, weighed_formula
from ...wording import wording
from ..context import Writing, write_live
from ..limits import check_list
from .blocks import write_block


def write_listed(writing: Writing, sheet: Worksheet) -> None:
    """The list of explanations: unlocked; beside it, hidden, which live row each names and whether it
    counts."""
    w, area = wording("check"), writing.layout.check.explanations
    write_block(writing, sheet, area, w["explanation_title"], w["explanation_heads"])
    entries = listed(writing)
    check_list(len(entries))
    style, plain = writing.style("explanation"), writing.style("plain")
    for i in range(area.bottom - area.top + 1):
        key, given = entries[i] if i < len(entries) else ("", None)
        texts = (key, given.text, given.state, BETWEEN.join(given.numbers)) if given else ("", "", "", "")
        for j, text in enumerate(texts):
            at = (area.top - 1 + i, area.left - 1 + j)
            sheet.write_string(*at, text, style) if text else sheet.write_blank(*at, None, style)
        for name, live in _hidden(writing, area.top + i, key, given).items():
            column = writing.layout.check.of_list(name).left
            write_live(sheet, area.top - 1 + i, column - 1, live, plain)
    first = writing.layout.check.listed
    sheet.set_column(first - 1, first + 2, None, None, {"hidden": True})


def listed(writing: Writing) -> list[tuple[str, Explanation]]:
    """The explanations that stand beside no live row, by their keys; one without any content leaves no trace
    but its key."""
    beside = {row.id for row in writing.live_rows if row.weighed is not None}
    given = writing.report.explanations.items()
    return sorted((k, e) for k, e in given if k not in beside or not (e.text or e.state or e.numbers))


def _hidden(writing: Writing, at: int, key: str, given: Explanation | None) -> dict[str, Live]:
    """The formulas beside one row of the list (``LISTED``)."""
    check, rows = writing.layout.check, writing.live_rows
    left = check.explanations.left
    typed, text, told, numbers = (address(at, left + i) for i in range(4))
    key_at, row_at, weighed_at = (address(at, check.of_list(n).left) for n in ("key", "row", "weighed"))
    columns = {name: check.live(name, len(rows)).ref(absolute=True) for name in ("id", "asks", "now")}
    asks = f"IF(COUNTIF({columns['asks']},{key_at})=1,MATCH({key_at},{columns['asks']},0),0)"
    number = f"VALUE({key_at})+0"
    fits = f'EXACT(TEXT({number},"0"),{key_at}),{number}>=1,{number}<={len(rows)}'
    by_number = f"IFERROR(IF(AND({fits}),{number},0),IFERROR({asks},0))"
    row = f'=IF({key_at}="",0,IFERROR(MATCH({key_at},{columns["id"]},0),{by_number}))'
    now = f"INDEX({columns['now']},{row_at})"
    counted = f"=IF({row_at}=0,0,IF({counts_formula(weighed_at, told, numbers, now)}=1,{row_at},0))"
    asked = ["" if r.asks is None else str(r.asks.value) for r in rows]
    named = row_named(plain_key(key), [r.id for r in rows], asked)
    accounts = named and counts(given, str(rows[named - 1].now.value))
    return {
        "key": Live(f"={plain_key_formula(typed)}", plain_key(key)),
        "row": Live(row, named),
        "weighed": Live(f"={weighed_formula(text)}", weighed(given.text) if given else ""),
        "explained": Live(counted, named if accounts else 0),
    }
