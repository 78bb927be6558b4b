"""The columns of a block as its heads stand in the source: their order, their unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...form import Block, TableKey
from .labels import Hit
from .numbers import Unit, unit_said
from .squeezed import Squeezed


@dataclass(frozen=True, slots=True)
class Columns:
    """``ids``: the columns in the order of the source, or None where heads stand otherwise than in the form
    and not in one row. ``known``: the heads are there and say so; else the order is the form's by
    default."""

    ids: tuple[str, ...] | None
    known: bool


def columns_of(text: Squeezed, heads: Sequence[Hit], block: Block, table: TableKey, edition: str) -> Columns:
    """``heads``: the labels that stand above the rows of ``block``."""
    form = [column.id for column in block.columns]
    rows, loose = _by_row(text, heads, table, edition)
    if not {*loose, *(i for ids in rows for i in ids)} <= {*form}:
        return Columns(None, known=True)  # heads of another block: the row is not below its own
    for ids in rows:
        if not _in_order(ids, form):
            whole = sorted(ids) == sorted(form)
            return Columns(tuple(ids) if whole else None, known=True)
    # Heads in loose text come level by level: only those below the same head can be compared.
    groups: dict[tuple[str, ...], list[str]] = {}
    for column in block.columns:
        groups.setdefault(tuple(group.id for group in column.under), []).append(column.id)
    if not all(_in_order([i for i in loose if i in ids], ids) for ids in groups.values()):
        return Columns(None, known=True)
    seen = {*loose, *(i for ids in rows for i in ids)}
    return Columns(tuple(form), known=len(seen) * 2 > len(form))


def _by_row(
    text: Squeezed, heads: Sequence[Hit], table: TableKey, edition: str
) -> tuple[list[list[str]], list[str]]:
    """The columns whose heads stand in one marked row each, and those of loose text. A row in which a head
    over several columns stands beside its own columns is several rows in one, and says no more than loose
    text."""
    rows: dict[int, list[str]] = {}
    loose: dict[str, None] = {}
    flat: set[int] = set()
    for hit in heads:
        cell = text.cell(hit.start)
        row = text.cells[cell].row if cell >= 0 else -1
        if use := hit.use("head", table, edition):
            if row >= 0 and text.rows[row].ended:
                rows.setdefault(row, []).append(use.id)
            else:
                loose[use.id] = None
        elif hit.use("over", table, edition) and row in rows:
            flat.add(row)
    for row in flat:
        loose |= dict.fromkeys(rows.pop(row))
    return list(rows.values()), list(loose)


def _in_order(ids: Sequence[str], form: Sequence[str]) -> bool:
    places = [form.index(i) for i in ids]
    return all(a < b for a, b in pairwise(places))


def unit_of(text: Squeezed, heads: Sequence[Hit], row: Hit, column: str, table: TableKey) -> Unit:
    """The unit of money that the head of ``column`` or the row's label names in its bracket."""
    said = [
        text.text[hit.end : hit.until]
        for hit in heads
        if (use := hit.use("head", table)) and use.id == column
    ]
    return unit_said([*said, text.text[row.end : row.until]])
