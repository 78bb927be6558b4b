"""Several cells of one table in words: whole rows and columns by their labels, with their ranges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ..form import Cell, Form, Line, Table
from ..form.addresses import ranges

#: Lines or cells that are named one by one; after that the ranges alone are given.
_NAMED = 6


def cell_label(cell: Cell) -> str:
    """「row」「column」 by the short labels of the form."""
    return f"「{cell.row.short}」「{cell.column.short}」"


def named(form: Form, cell_ids: Sequence[str], phrases: Mapping[str, str]) -> tuple[str, str]:
    """How many they are and which: ``("2 行（14 格）", "（六）2（D30:J30）、（六）3（D31:J31）")``.

    ``cell_ids``: of one table, in the order of the form. ``phrases``: of the rule ``cell-blank``.
    """
    table, count = form.tables[form.by_id[cell_ids[0]].table], len(cell_ids)
    if count == len(table.cells):
        return phrases["what_all"].format(count=count), "、".join(ranges(form, cell_ids))
    for axis, line_of in (("row", _row), ("column", _column)):
        lines = list(_whole(table, cell_ids, line_of))
        if lines and sum(map(len, lines)) == count and all(len(cells) > 1 for cells in lines):
            what = phrases[f"what_{axis}"].format(lines=len(lines), count=count)
            return what, _listed(form, lines, [line_of(c[0]) for c in lines], phrases)
    cells = [[form.by_id[c]] for c in cell_ids]
    places = _listed(form, cells, [None] * count, phrases)
    return phrases["what_cell"].format(count=count), places


def _row(cell: Cell) -> Line:
    return cell.row


def _column(cell: Cell) -> Line:
    return cell.column


def _whole(table: Table, cell_ids: Sequence[str], line_of: Callable[[Cell], Line]) -> Iterator[list[Cell]]:
    """The lines of which every cell is among these."""
    chosen = set(cell_ids)
    for block in table.blocks:
        lines: dict[Line, list[Cell]] = {}
        for cell in block.cells:
            lines.setdefault(line_of(cell), []).append(cell)
        yield from (cells for cells in lines.values() if all(c.id in chosen for c in cells))


def _listed(
    form: Form, groups: Sequence[Sequence[Cell]], lines: Sequence[Line | None], phrases: Mapping[str, str]
) -> str:
    if len(groups) > _NAMED:
        return "、".join(ranges(form, [c.id for cells in groups for c in cells]))
    shown = []
    for cells, line in zip(groups, lines, strict=True):
        (label, at) = (
            (line.number or line.short if line else cell_label(cells[0])),
            [c.id for c in cells],
        )
        shown.append(phrases["named"].format(label=label, where="、".join(ranges(form, at))))
    return "、".join(shown)
