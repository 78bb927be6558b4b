"""The three official tables on the page; each number that is not 0 leads to its 来源, below its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...document.contents import shown_value
from ...form import Box, Cell, Table, printed_grid
from ...form.look import look_of
from ...workbook.layout import layout_of
from ..consolidate import Consolidation
from ..views.links import Links
from ..views.sources import Block, Part
from .markup import cell as td
from .markup import link, share, text, words


def numbers(city: Consolidation, blocks: Sequence[Block], links: Links) -> str:
    """``blocks``: 来源 of every cell that is not 0."""
    known = {block.cell.id: block for block in blocks}
    rows = _Rows(links)
    return "\n".join(_table(city, one, known, rows) for one in city.form.tables.values())


def _table(city: Consolidation, one: Table, known: Mapping[str, Block], rows_of: _Rows) -> str:
    grid = printed_grid(one)
    rows: list[list[Box]] = [[] for _ in range(grid.rows)]
    for box in sorted(grid.boxes, key=lambda b: (b.row, b.column)):
        rows[box.row].append(box)
    body = "\n".join(f"<tr>{''.join(_box(city, one, box, known) for box in row)}</tr>" for row in rows)
    title = text(one.section.title)
    head = (
        f'<h3>{title}</h3><div class="scroll"><table class="form" aria-label="{title}">{body}</table></div>'
    )
    return head + "".join(_lines(city, one, known, rows_of))


def _box(city: Consolidation, one: Table, box: Box, known: Mapping[str, Block]) -> str:
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", box.height), ("colspan", box.width)) if size > 1
    )
    if not box.cell:
        return f'<th class="{box.role} {look_of(one).aligned(box)}"{spans}>{text(box.text)}</th>'
    shown = shown_value(city.report, city.form.by_id[box.cell])
    inside = f'<a href="#s-{box.cell}">{text(shown)}</a>' if box.cell in known else text(shown)
    return f'<td id="c-{box.cell}"{spans}>{inside}</td>'


def _lines(city: Consolidation, one: Table, known: Mapping[str, Block], rows: _Rows) -> Iterator[str]:
    """A line of the form a group, in it a cell an entry that opens."""
    cells: dict[str, list[Cell]] = {}
    for cell in one.cells:
        if cell.id in known:
            cells.setdefault(cell.row.key, []).append(cell)
    for row, own in cells.items():
        inside = "".join(_source(city, known[cell.id], rows) for cell in own)
        yield f'<details class="source"><summary>{text(row)}</summary>{inside}</details>'


def _source(city: Consolidation, block: Block, rows_of: _Rows) -> str:
    w, cell = words(), block.cell
    where = "!".join(layout_of(city.form).locate(cell.id))
    money = w["money"] if cell.kind.money else ""
    count = w["units"].format(count=block.units)
    number = text(f"{cell.kind.show(block.total)}{money}")
    said = f'{text(f"{where}　{cell.column.label}")} <b>{number}</b> <span class="quiet">{text(count)}</span>'
    rows = "".join(rows_of.of(block))
    heads = "".join(f"<th>{text(head)}</th>" for head in w["source_heads"])
    shown = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    back = link(f"#c-{cell.id}", w["back"])
    return (
        f'<details class="source" id="s-{cell.id}"><summary>{said}</summary>'
        f'<div class="scroll">{shown}</div>{back}</details>'
    )


class _Rows:
    """Rows of 来源. What stands in them of a unit is the same for all cells: it is made once."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self._known: dict[tuple[str, str, str], tuple[str, str]] = {}

    def of(self, block: Block) -> Iterator[str]:
        w, show = words(), block.cell.kind.show

        def row(name: str, value: int, rest: str) -> str:
            part = share(value, block.total) if block.shares else ""
            return f"<tr>{name}{td(text(show(value)), 'n')}{td(part, 'n')}{rest}</tr>"

        for part in block.parts:
            before = "" if part.before is None else show(part.before)
            name, file = self._unit(part)
            yield row(name, part.value, td(text(before), "n") + file)
        blank = td("") * 3
        if block.others:
            yield row(td(text(w["others"].format(count=block.others))), block.rest, blank)
        for applied in block.adjusted:
            said = w["adjusted"].format(unit=applied.unit, reason=applied.written.reason)
            yield row(td(text(said)), applied.change, blank)
        total = td(text(w["sum"])) + td(text(show(block.total)), "n") + td("") + blank
        yield f'<tr class="sum">{total}</tr>'

    def _unit(self, part: Part) -> tuple[str, str]:
        """The cells of a unit's name and of its file."""
        key = part.unit, part.file, part.sha256
        if key not in self._known:
            file = td(link(self.links.file(part.file), part.file))
            self._known[key] = td(text(part.unit)), file + td(text(part.sha256), "sha")
        return self._known[key]
