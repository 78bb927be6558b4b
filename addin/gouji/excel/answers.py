"""What the UDFs answer: pure functions from blocks of cell contents to rows of cells.

A row holds str, int, float; never None, since Excel would show 0 for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..audit import audit
from ..errors import GoujiError
from ..form import FEN_PER_WAN, KINDS, TABLE_KEYS, Form, Kind, NotANumber, TableKey, editions, load_form
from ..report import Declaration, Report, declaration
from ..rules import Catalogue, Context, Finding
from ..rules.explanations import Explained, apply
from ..rules.ledger import AtMost, CellCount, Check, Ledger, Row, checks
from ..rules.relations import Relation
from ..wording import wording_of
from ..workbook.figures import shown
from ..workbook.keyed import shown_key
from ..workbook.layout import DIAGNOSIS_ROWS, Layout, layout_of
from ..workbook.live import where
from ..workbook.pasting.sheet import paste_sheet
from ..workbook.reading.cells import RawCell
from ..workbook.reading.typed import content as content_of
from ..workbook.reading.typed import is_reckoned
from ..workbook.shown.explain import alternatives, alternatives_title, lists_alternatives
from ..workbook.shown.findings import place_of
from ..workbook.wording import marks, wording
from .contents import Block, as_block, raw_cell, read_table

Content = str | int | float
#: Characters of one text in an array that a function returns.
LONGEST = 255
Rows = list[list[Content]]


def spelt(content: Any) -> str:
    """An argument as a person typed it: 2021.0 is "2021"."""
    raw = raw_cell(content)
    return raw.raw if raw else ""


class Unanswerable(GoujiError, ValueError):
    """The arguments are not what the function needs; the message is one Chinese sentence."""


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "answers")[key]).format_map(names)


def form_of(edition: Any) -> Form:
    """One edition for all tables ("2021", as text or number), or one a table ("2019,2021,2021").

    Raises :class:`Unanswerable` for anything else.
    """
    parts = re.split(r"[,，、\s]+", spelt(edition).strip())
    if len(parts) not in (1, len(TABLE_KEYS)) or not set(parts) <= set(editions()):
        raise Unanswerable(said("edition", edition=spelt(edition), editions="、".join(editions())))
    if len(parts) == 1:
        return load_form(parts[0])
    newest = max(parts)
    return load_form(newest, {k: e for k, e in zip(TABLE_KEYS, parts, strict=True) if e != newest})


def table_key(layout: Layout, table: Any) -> TableKey:
    """ "三" (the sheet), "table3" or 3 -> "table3"."""
    wanted = spelt(table).strip()
    for key, sheet in layout.tables.items():
        if wanted in (key, sheet.name, key.removeprefix("table")):
            return key
    names = "、".join(sheet.name for sheet in layout.tables.values())
    raise Unanswerable(said("table", table=wanted, tables=names))


def checked(block: Any, rows: int, columns: int, what: str) -> Block:
    """The block where it has the shape that the form asks for, else :class:`Unanswerable`."""
    found = as_block(block)
    widths = {len(row) for row in found}
    if len(found) != rows or widths != {columns}:
        raise Unanswerable(
            said(
                "shape",
                what=what,
                rows=rows,
                columns=columns,
                rows_found=len(found),
                columns_found=max(widths, default=0),
            )
        )
    return found


def declared(content: Any, layout: Layout) -> Declaration:
    """The declaration 空白单元格均为 0: 是 for all tables, or the names of sheets that declare it (二三)."""
    if not isinstance(content, str):
        return False
    tables = (key for key, place in layout.tables.items() if place.name in content)
    return marks("cover")["yes"].names(content) or declaration(tables)


def fill(report: Report, layout: Layout, key: TableKey, block: Any) -> None:
    """Read one table from the contents of ``layout.tables[key].values``."""
    sheet = layout.tables[key]
    area = sheet.values
    shape = area.bottom - area.top + 1, area.right - area.left + 1
    read_table(report, sheet, checked(block, *shape, sheet.table.section.title))


def padded(rows: Sequence[Sequence[Content]], height: int, width: int) -> Rows:
    """Exactly ``height`` x ``width`` cells, "" where nothing is said; cells outside would show #N/A.

    Where there are more rows than cells, the last one says how many are not shown.
    """
    kept = [[*row, *[""] * (width - len(row))] for row in rows]
    if len(kept) > height:
        rest = len(kept) - height + 1
        kept[height - 1 :] = [["", "", said("more", count=rest), *[""] * (width - 3)]]
    return kept + [[""] * width for _ in range(height - len(kept))]


# ---------------------------------------------------------------- GJ_CHECK


def check_table(block: Any, edition: Any, table: Any, blank_is_zero: Any = None) -> Rows:
    """The live rows of one table: [where, left, right, difference, state].

    First three rows: blank cells, illegal cells and blanks that are declared to be 0 (left: how many, right:
    0). Then one row an amount of money with the bound that it keeps, one an equation in the order of the form
    (rows, columns, balances), then one a rule that compares cells of this table alone: the ledger's rows
    (``rules/ledger.py``). Sides are "" while undecided; states are those of 校验. ``blank_is_zero``: what
    :func:`declared` reads; it counts while something is typed in this table.
    """
    layout = layout_of(form_of(edition))
    key = table_key(layout, table)
    report = Report(layout.form, blank_is_zero=declared(blank_is_zero, layout))
    fill(report, layout, key, block)
    ledger = Ledger(report)
    found = (c for c in checks(layout.form, ledger.rules) if _within(c, report.form, key))
    return [_ledger_row(ledger.row(check), report.form, ledger.rules) for check in found]


def _within(check: Check, form: Form, key: TableKey) -> bool:
    """Whether a check looks at one table of this year and at nothing else."""
    if isinstance(check, CellCount | AtMost):
        return check.table == key
    if not isinstance(check, Relation):
        return False
    return not check.prior_cells and {form.by_id[c].table for c in check.cells} == {key}


def _ledger_row(row: Row, form: Form, rules: Catalogue) -> list[Content]:
    check = row.check
    what = where(check, form, rules)[1]
    if isinstance(check, Relation):
        equation = form.equation.get(check.place)
        what = check.line if equation and equation.kind == "row" else f"{check.line}\u3000{what}"
    return [
        what,
        shown(row.left, row.money_left),
        shown(row.right, row.money_right),
        shown(row.difference, row.money),
        wording("check")[row.state],
    ]


# ---------------------------------------------------------------- GJ_DIAGNOSE


def diagnose(
    table2: Any, table3: Any, table4: Any, edition: Any, prior: Any = None, blank_is_zero: Any = None
) -> Rows:
    """What fills 诊断: ``DIAGNOSIS_ROWS`` rows of its eight columns.

    The tables are the contents of ``layout.tables[…].values``, ``prior`` those of 上年 that rules compare
    with (one column), ``blank_is_zero`` what :func:`declared` reads. Texts are not known here, so text rules
    stay silent.
    """
    layout = layout_of(form_of(edition))
    report = Report(layout.form, blank_is_zero=declared(blank_is_zero, layout))
    for key, block in zip(TABLE_KEYS, (table2, table3, table4), strict=True):
        fill(report, layout, key, block)
    context = Context(prior=prior_report(layout, prior), cover=False)
    return [[_clipped(content) for content in row] for row in diagnosis(report, audit(report, context))]


def _clipped(content: Content) -> Content:
    """Excel turns a whole array into #VALUE! for one text that is longer than it takes from a function."""
    if isinstance(content, str) and len(content) > LONGEST:
        return content[: LONGEST - 1] + "…"
    return content


def prior_report(layout: Layout, block: Any) -> Report | None:
    """Last year's numbers as found on 上年, or None where nothing was found there."""
    if block is None:
        return None
    cells = tuple(paste_sheet(layout.form, "last_year").prior)
    rows = checked(block, len(cells), 1, said("prior"))
    prior = Report(layout.form)
    for cell_id, row in zip(cells, rows, strict=True):
        raw = raw_cell(row[0])
        try:
            value = content_of(layout.form.by_id[cell_id], raw)[0] if raw else None
        except NotANumber:
            prior.as_text[cell_id] = raw.raw if raw else ""  # a carry-over rule is then undecidable
            continue
        prior.set(cell_id, value)
        if raw and not is_reckoned(raw, value):
            prior.as_text[cell_id] = raw.raw
    return prior if prior.values else None


def diagnosis(report: Report, findings: Sequence[Finding]) -> Rows:
    """Findings as the padded rows of 诊断; one row that says so where there are none."""
    width = len(wording("check")["diagnosis_heads"])
    rows: Rows = [_finding_row(report, explained) for explained in apply(report, findings)]
    return padded(rows or [[wording("check")["passed"], "", said("nothing")]], DIAGNOSIS_ROWS, width)


def _finding_row(report: Report, explained: Explained) -> list[Content]:
    """程度, 位置, 问题, 左边, 右边, 差额, 怎样改, 编号; an explained warning says so in its first cell."""
    finding = explained.finding
    settled = finding.level == "warning" and explained.settled
    return [
        explained.state if settled else wording("slip")["levels"][finding.level],
        place_of(report, finding),
        finding.message,
        *(shown(n, finding.money) for n in (finding.left, finding.right, finding.difference)),
        "\n".join(_remedy(report, explained)),
        shown_key(report.form, finding.id) if finding.level == "warning" else finding.id,
    ]


def _remedy(report: Report, explained: Explained) -> Iterator[str]:
    """The lines of 退回单: alternatives, what to do, why an explanation does not count.

    A single suspect is in the message and the remedy already.
    """
    finding = explained.finding
    if lists_alternatives(finding):
        yield alternatives_title(finding)
        for way in alternatives(report, finding):
            yield wording("slip")["alternative"].format(number=way.number, text=way.text)
    yield finding.remedy
    if explained.why:
        yield explained.why


# ---------------------------------------------------------------- GJ_TOTAL


def total(block: Any) -> Content:
    """The sum of the numbers, "/" counted 0; "" while a cell is blank. Exact: in 分 where not all are whole.

    Raises :class:`Unanswerable` for a content that is no number.
    """
    found = [raw_cell(each) for row in as_block(block) for each in row]
    raws = [raw for raw in found if raw is not None and raw.raw.strip()]
    if len(raws) < len(found):
        return ""
    try:
        return _sum(raws, KINDS["signed"])
    except NotANumber:
        pass
    try:
        return _sum(raws, KINDS["money"]) / FEN_PER_WAN
    except NotANumber as error:
        raise Unanswerable(said("total_text", content=error)) from error


def _sum(raws: Iterable[RawCell], kind: Kind) -> int:
    """A range of no known kind: tried as whole numbers, then as money."""
    total = 0
    for raw in raws:
        if raw.kind == "number" and isinstance(raw.value, int | float):
            total += kind.from_double(raw.value)
        elif raw.kind == "text":
            value = kind.parse(raw.raw).value
            total += value if isinstance(value, int) else 0
        else:
            raise NotANumber(raw.raw)
    return total
