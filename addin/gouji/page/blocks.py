"""A block that was pasted at a cell: by its labels where it has some, else where it was put.

Nothing is written outside the form. Where the sums of the form hold one row or column further, that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import product
from typing import Any

from ..errors import Refused
from ..form import KINDS, Cell, Form, NotANumber, Table, TableKey, load_form
from ..form.addresses import positions, ranges
from ..published.importer import read_copied
from ..published.reading import CellRead
from ..records import dataclass
from ..report import Report
from ..rules.equations import residual
from ..wording import wording_of
from ..workbook.layout import layout_of
from ..workbook.pasting.decide import find
from ..workbook.pasting.sheet import ZONE_COLUMNS, ZONE_ROWS, ZONE_TOP, paste_sheet
from ..workbook.reading.cells import Position, RawCell
from . import filling
from .clipboard import Grid, grid_of
from .held import Standing

#: As a spreadsheet takes what is pasted for a number.
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(?:\.[0-9]{1,12})?")
#: How far a block is looked for from where it was put, how many sums must agree there, and how many times as
#: many must be broken here.
_FAR, _ENOUGH, _TIMES = 2, 2, 2
#: Characters of what may be read as a published table: less is a few numbers.
_TALK = 60
#: So many areas are named.
_NAMED = 4


@dataclass(frozen=True)
class Block:
    """What a block does: ``standing``: with it. ``filled``: cells that took something; ``said``: in a
    sentence.

    ``shift``: a sentence where it does not belong where it was put, else ""; ``cell``: where it belongs, ""
    where it lies there already. ``outside``: how many contents were left out.
    """

    standing: Standing
    filled: int
    outside: int
    said: str
    shift: str = ""
    cell: str = ""


def pasted(standing: Standing, cell_id: str, plain: str, html: str) -> Block:
    """Raises KeyError for a cell that there is not, Refused for a page that is too large."""
    form = standing.report.form
    anchor, (grid, beyond) = form.by_id[cell_id], grid_of(plain, html)
    ways = (_by_labels(form, grid, beyond), _as_published(form, grid, plain, html))
    told = replace(max(ways, key=lambda one: len(one.given)), more=ways[1].more)
    if told.given or told.more:
        first = form.by_id[next(iter(told.given), anchor.id)]
        there = not told.given or anchor.id in told.given
        return _block(standing, told, shift="" if there else _said("by_labels", place=_place(form, first)))
    return _where_it_was_put(standing, anchor, grid, beyond)


@dataclass(frozen=True)
class _Told:
    """Cell id -> what is put there; how many contents are left out, and why: a key of ``[pasting]``;
    ``more``: what is to be said besides."""

    given: Mapping[str, str]
    outside: int = 0
    why: str = "outside"
    more: str = ""


def _block(standing: Standing, told: _Told, **where: str) -> Block:
    said = _counted(standing.report.form, told.given) + told.more
    said += _said(told.why, count=told.outside) if told.outside else ""
    after = filling.cells(standing, told.given)
    return Block(after, len(told.given), told.outside, said, **where)


# ---------------------------------------------------------------- by labels


def _by_labels(form: Form, grid: Grid, beyond: int) -> _Told:
    """By the labels and heads that stand in a grid, as 粘贴区 finds them."""
    contents = {
        (ZONE_TOP + row, 1 + column): _raw(text)
        for row, line in enumerate(grid[:ZONE_ROWS])
        for column, text in enumerate(line[:ZONE_COLUMNS])
        if text
    }
    found = find(paste_sheet(form, "pasting"), form, contents).cells
    given = {cell: contents[at].raw if at in contents else "" for cell, at in found.items()}
    taken = {(row - ZONE_TOP, column - 1) for row, column in found.values()}
    return _Told(given, beyond + sum(at not in taken for at in _numbers_in(grid)) if given else 0)


def _numbers_in(grid: Grid) -> Iterator[Position]:
    for row, line in enumerate(grid):
        yield from ((row, column) for column, text in enumerate(line) if _is_content(text))


def _as_published(form: Form, grid: Grid, plain: str, html: str) -> _Told:
    """As a published report is read: labels that are merged, rows without borders, glued digits. Only
    tables of the form's own edition."""
    texts = [text for line in grid for text in line if text]
    if sum(map(len, texts)) < _TALK or all(map(_is_content, texts)):
        return _Told({})
    page = "<table" in html.lower()
    try:
        tables = read_copied(html if page else plain, page=page)
    except Refused:
        return _Told({})
    others = {key: edition for key, edition in tables.editions.items() if not _is_own(form, key, edition)}
    cells = [cell for cell in form.cells if cell.table not in others and cell.id in tables.read]
    left = sum(form.by_id[one].table not in others for one in tables.unread if one in form.by_id)
    said = [
        _said("edition", table=form.tables[key].section.number, edition=edition)
        for key, edition in others.items()
    ]
    given = {cell.id: _with_mark(cell, tables.read[cell.id]) for cell in cells}
    return _Told(given, left, "unread", "".join(said))


def _is_own(form: Form, key: TableKey, edition: str) -> bool:
    return load_form(edition).tables[key].fingerprint == form.tables[key].fingerprint


def _with_mark(cell: Cell, read: CellRead) -> str:
    """A content as it is typed: with the mark of its note where that can be typed."""
    shown = cell.kind.show(read.value)
    with suppress(NotANumber):
        if read.mark and cell.kind.parse(f"{shown}{read.mark}").value == read.value:
            return f"{shown}{read.mark}"
    return shown


def _raw(text: str) -> RawCell:
    if _NUMBER.fullmatch(text):
        return RawCell(float(text.replace(",", "")), text, "number", False)
    return RawCell(text, text, "text", False)


# ---------------------------------------------------------------- where it was put


def _where_it_was_put(standing: Standing, anchor: Cell, grid: Grid, beyond: int) -> Block:
    form, inner = standing.report.form, _contents(grid)
    contents = [text for line in inner for text in line if text]
    if len(contents) > 1 and 2 * sum(map(_is_content, contents)) < len(contents):
        return Block(standing, 0, len(contents) + beyond, _said("no_numbers"))
    given, outside = _at(form, anchor, inner)
    moved = _belongs(standing, anchor, inner)
    shift = _said("moved", place=_place(form, moved)) if moved else ""
    more = _said("labels") if inner != grid else ""
    cell = moved.id if moved else ""
    return _block(standing, _Told(given, outside + beyond, more=more), shift=shift, cell=cell)


def _is_content(text: str) -> bool:
    """Whether some cell of a form may hold it."""
    try:
        return KINDS["signed"].parse(text).value is not None
    except NotANumber:
        return bool(_NUMBER.fullmatch(text))


def _contents(grid: Grid) -> Grid:
    """The grid without the rows above and the columns at the left that hold texts alone: heads and
    labels. Where all is text, all of it."""

    def is_label(texts: Iterable[str]) -> bool:
        said = [text for text in texts if text]
        return bool(said) and not any(map(_is_content, said))

    rows = next((at for at, row in enumerate(grid) if not is_label(row)), 0)
    width = len(grid[0]) if grid else 0
    columns = next((at for at in range(width) if not is_label(row[at] for row in grid[rows:])), 0)
    return [row[columns:] for row in grid[rows:]]


def _at(form: Form, anchor: Cell, grid: Grid, by: Position = (0, 0)) -> tuple[dict[str, str], int]:
    """Cell id -> text of a grid whose first cell stands at the anchor, moved by rows and columns; and how
    many of its contents fall on no cell."""
    places = _places(form.tables[anchor.table])
    top, left = positions(form.tables[anchor.table])[anchor.id]
    given: dict[str, str] = {}
    outside = 0
    for row, line in enumerate(grid):
        for column, text in enumerate(line):
            cell = places.get((top + row + by[0], left + column + by[1]))
            if cell:
                given[cell] = text
            else:
                outside += bool(text)
    return given, outside


def _places(table: Table) -> dict[Position, str]:
    """(row, column) on its sheet -> the cell that stands there."""
    return {at: cell for cell, at in positions(table).items()}


def _belongs(standing: Standing, anchor: Cell, grid: Grid) -> Cell | None:
    """The cell at which the block belongs: where its sums do not agree here, and at one other place more
    of them do than anywhere else, and fewer are broken. Where less of it falls out of the form there,
    that speaks for it as well."""
    form = standing.report.form
    here = _sums(standing, *_at(form, anchor, grid))
    if here is None or not here.broken:
        return None
    places = _places(form.tables[anchor.table])
    top, left = positions(form.tables[anchor.table])[anchor.id]
    found: list[tuple[int, str]] = []
    steps = range(-_FAR, _FAR + 1)
    for by in product(steps, steps):
        to = places.get((top + by[0], left + by[1]))
        given, outside = _at(form, anchor, grid, by)
        if to is None or to == anchor.id or outside > here.outside:
            continue
        there = _sums(standing, given, outside)
        fewer = there and there.broken * (1 if outside < here.outside else _TIMES) <= here.broken
        if there and fewer and there.held >= max(_ENOUGH, here.held + 1):
            found.append((there.held - there.broken, to))
    most = max(found, default=(0, ""))[0]
    best = [to for agreeing, to in found if agreeing == most]
    return form.by_id[best[0]] if len(best) == 1 else None


@dataclass(frozen=True)
class _Sums:
    """Of the sums that a block touches: how many hold with a number of the block, how many are broken."""

    held: int
    broken: int
    outside: int


def _sums(standing: Standing, given: Mapping[str, str], outside: int) -> _Sums | None:
    """None where nothing of the block lies on the form."""
    if not given:
        return None
    report: Report = filling.cells(standing, given).report
    form = report.form
    touched = {e.id: e for cell in given for e in form.equations_of[cell]}
    known = {key: residual(report, e) for key, e in touched.items()}
    held = sum(
        gap == 0 and any(report.number(cell) for cell in touched[key].cells if cell in given)
        for key, gap in known.items()
    )
    broken = sum(gap not in (0, None) for gap in known.values())
    return _Sums(held, broken, outside)


# ---------------------------------------------------------------- in words


def _said(key: str, **fields: Any) -> str:
    return str(wording_of(__package__, "pasting")[key].format(**fields))


def _place(form: Form, cell: Cell) -> str:
    return "!".join(layout_of(form).locate(cell.id))


def _counted(form: Form, given: Mapping[str, str]) -> str:
    by_table: dict[str, list[str]] = {}
    for cell in given:
        by_table.setdefault(form.tables[form.by_id[cell].table].section.number, []).append(cell)
    where = [f"{name}!{one}" for name, cells in by_table.items() for one in ranges(form, cells)]
    shown = "、".join(where[:_NAMED]) + (_said("more") if len(where) > _NAMED else "")
    return _said("filled", count=len(given), where=shown) if given else _said("nothing")
