"""The columns of a block as its heads stand in the source: their order, their unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ...form import Block, TableKey
from ...records import dataclass
from .labels import Hit
from .normalise import letters
from .numbers import Unit, unit_said
from .squeezed import Squeezed


@dataclass(frozen=True, slots=True)
class Columns:
    """``ids``: the columns in the order of the source, or None where heads stand otherwise than in the form
    and not in marked rows. ``known``: the heads are there and say so; else the order is the form's by
    default. ``named``: the columns whose heads are there."""

    ids: tuple[str, ...] | None
    known: bool
    named: frozenset[str] = frozenset()


def columns_of(text: Squeezed, heads: Sequence[Hit], block: Block, table: TableKey, edition: str) -> Columns:
    """``heads``: the labels that stand above the rows of ``block``."""
    form = [column.id for column in block.columns]
    groups: dict[str, list[str]] = {}
    for column in block.columns:
        for group in column.under:
            groups.setdefault(group.id, []).append(column.id)
    rows, loose = _by_row(text, heads, (table, edition), groups)
    named = frozenset(i for ids in (*rows, loose) for i in ids if i not in groups)
    if not named <= {*form}:
        return Columns(None, known=True)  # heads of another block: the row is not below its own
    for ids in _leaves(rows, groups):
        if not _in_order(ids, form):
            whole = sorted(ids) == sorted(form)
            return Columns(tuple(ids) if whole else None, known=True, named=named)
    if not _levels_in_order(loose, form, groups):
        return Columns(None, known=True, named=named)
    return Columns(tuple(form), known=len(named) * 2 > len(form), named=named)


def _leaves(rows: Sequence[Sequence[str]], groups: Mapping[str, Sequence[str]]) -> Iterator[Sequence[str]]:
    """The columns of each marked row of heads, one over several columns as those below it: in the order of
    the row in which they stand, else in that of the form."""
    for ids in rows:
        found: list[str] = []
        for one in ids:
            below = [row for row in rows if one in groups and {*row} <= {*groups[one]}]
            found += below[0] if below else groups.get(one, [one])
        yield found


def _levels_in_order(loose: Sequence[str], form: Sequence[str], groups: Mapping[str, Sequence[str]]) -> bool:
    """Whether heads in loose text stand as in the form: column by column, or level by level. Then only those
    below the same head can be compared, and that head stands among those beside it."""
    columns = [i for i in loose if i not in groups]
    if _in_order(columns, form):
        return True
    below = {i for ids in groups.values() for i in ids}
    top: list[str] = []
    for one in form:
        over = next((group for group, ids in groups.items() if one in ids), one)
        top += [over] if over not in top else []
    levels = (top, *groups.values())
    # A column that the form has before those below a head stands before them at every level.
    return all(_in_order([i for i in loose if i in level], level) for level in levels) and all(
        loose.index(one) < loose.index(other)
        for one in columns
        for other in columns
        if one not in below and other in below and form.index(one) < form.index(other)
    )


def _by_row(
    text: Squeezed, heads: Sequence[Hit], of: tuple[TableKey, str], groups: Mapping[str, Sequence[str]]
) -> tuple[list[list[str]], list[str]]:
    """The heads of columns and over columns that stand in one marked row each, and those of loose text. A
    row in which a head over several columns stands beside its own columns is several rows in one, and says
    no more than loose text. ``of``: table and edition."""
    rows: dict[int, dict[str, None]] = {}
    loose: dict[str, None] = {}
    ours = [(hit, use) for hit in heads if (use := hit.use("head", *of) or hit.use("over", *of))]
    for number, (hit, use) in enumerate(ours, start=1):
        if use.role == "over" and _above_its_own(text, hit, [hit for hit, _ in ours[number : number + 2]]):
            continue
        cell = text.cell(hit.start)
        row = text.cells[cell].row if cell >= 0 else -1
        marked = row >= 0 and text.rows[row].ended
        (rows.setdefault(row, {}) if marked else loose)[use.id] = None
    for row, ids in list(rows.items()):
        if any(group in ids and {*groups.get(group, ())} & ids.keys() for group in groups):
            loose |= rows.pop(row)
    return [[*ids] for ids in rows.values()], list(loose)


def _above_its_own(text: Squeezed, over: Hit, nexts: Sequence[Hit]) -> bool:
    """Whether a head over columns has its own line, as it stands on the paper, and the next line its columns
    between the two heads beside it, in pieces."""
    if len(nexts) < 2:
        return False
    one, other = nexts
    below = text.line(over.start) < text.line(one.start) == text.line(other.end - 1)
    return below and bool(letters(text.text[one.until : other.start]))


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
