"""What must fit together in an edition file: ids that exist, totals and balances over lines it has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..text import plain
from ..typed import allowed, repeated
from .labels import key_of, spellings_of
from .model import TABLE_KEYS, TableKey
from .schema import BlockData, EditionData, GroupData, LineData, TableData

#: (place in the file, what is wrong)
Fault = tuple[str, str]

#: No row or column is called as an equation is: ``t3.row.new`` is one, ``t3.new.natural`` a cell.
_RESERVED = ("row", "column", "balance")
#: Tables 三 and 四 are one grid each (``Table.grid``).
_ONE_GRID = ("table3", "table4")


def faults(data: EditionData, file: str) -> Iterator[Fault]:
    """Every fault, in the order of the file; nothing for an edition from which a form can be made."""
    if f"edition_{data.edition}.toml" != file:
        yield "edition", f"{data.edition!r} is not what the file's name says"
    yield from _sections(data)
    for key in TABLE_KEYS:
        yield from _table(key, data.table(key))


def _sections(data: EditionData) -> Iterator[Fault]:
    for number in repeated(s.number for s in data.sections):
        yield "sections", f"section {number} stands twice"
    for title in repeated(s.title for s in data.sections):
        yield "sections", f"the title {title!r} stands twice"
    for key in TABLE_KEYS:
        if (times := sum(s.table == key for s in data.sections)) != 1:
            yield "sections", f"{key} must be the table of one section, not of {times}"
    for section in data.sections:
        if section.table and section.prompt:
            yield f"sections[{section.number}]", "a section with a table has no prompt"


def _table(key: TableKey, table: TableData) -> Iterator[Fault]:
    if key in _ONE_GRID and len(table.blocks) != 1:
        yield f"{key}.blocks", f"must be one block, not {len(table.blocks)}"
    found = 0
    for number, block in enumerate(table.blocks, 1):
        place = f"{key}.blocks[{number}]"
        yield from _lines(f"{place}.columns", block.columns, block.column_groups, set())
        yield from _lines(f"{place}.rows", block.rows, block.row_groups, _balanced(table))
        yield from _printed(place, block)
        found += _count(block) + (len(block.columns) if table.balance else 0)
    for spelling in repeated(_spellings(table)):
        yield key, f"two cells can be read by {spelling!r}"
    for cell in repeated(f"{r.id}.{c.id}" for b in table.blocks for r in b.rows for c in b.columns):
        yield key, f"two cells have the id {cell!r}"
    yield from _balance(key, table)
    if found != table.equations:
        yield f"{key}.equations", f"{table.equations} are declared, the file makes {found}"


def _printed(place: str, block: BlockData) -> Iterator[Fault]:
    """A label in lines is the label, but for white space."""
    lines: list[LineData | GroupData] = [*block.columns, *block.rows, *block.column_groups, *block.row_groups]
    named = [(f"[{each.id!r}]", each.label, each.printed) for each in lines]
    for name in ("title", "corner", "columns_title"):
        named.append((f".{name}", getattr(block, name) or "", getattr(block.printed, name)))
    for what, label, printed in named:
        if printed and key_of(printed) != key_of(label):
            yield f"{place}{what}.printed", f"{printed!r} is not the label {label!r} in lines"


def _count(block: BlockData) -> int:
    """Row sums and column sums of one block."""
    by_row = sum(c.total_of is not None for c in block.columns) * len(block.rows)
    return by_row + sum(r.total_of is not None for r in block.rows) * len(block.columns)


def _balanced(table: TableData) -> set[str]:
    """The rows that stand in the balance: such a row may be part of no total."""
    return {*table.balance.left, *table.balance.right} if table.balance else set()


def _lines(
    place: str, lines: Sequence[LineData], groups: Sequence[GroupData], balanced: set[str]
) -> Iterator[Fault]:
    ids, heads = [line.id for line in lines], [group.id for group in groups]
    for name in repeated([*ids, *heads]):
        yield place, f"the id {name!r} stands twice"
    for name in [n for n in ids if n in _RESERVED]:
        yield place, f"the id {name!r} is taken by the equations"
    for line in lines:
        here = f"{place}[{line.id!r}]"
        yield from _known(f"{here}.under", line.under, heads)
        yield from _known(f"{here}.total_of", line.total_of or (), [*ids, *heads])
        if line.total_of is not None:
            yield from _total(here, line, lines)
    for group in groups:
        runs = [on for on, _ in groupby(group.id in line.under for line in lines)]
        if runs.count(True) != 1:
            what = "stands over no line" if True not in runs else "stands over lines that are not neighbours"
            yield f"{place} head {group.id!r}", what
    parts = {part for line in lines for part in _parts(line, lines)}
    for line in lines if parts else ():
        # The balance adds up totals; without one, a total has nothing above it.
        if line.id not in parts | balanced and (balanced or line.total_of is None):
            yield f"{place}[{line.id!r}]", "is part of no total and does not stand in the balance"


def _known(place: str, names: Sequence[str], known: Sequence[str]) -> Iterator[Fault]:
    for name in repeated(names):
        yield place, f"{name!r} stands twice"
    for name in names:
        if name not in known:
            yield place, f"unknown id {name!r}; {allowed(name, known)}"


def _parts(line: LineData, lines: Sequence[LineData]) -> set[str]:
    named = set(line.total_of or ())
    return {other.id for other in lines if other is not line and named & {other.id, *other.under}}


def _total(place: str, line: LineData, lines: Sequence[LineData]) -> Iterator[Fault]:
    parts = [other for other in lines if other.id in _parts(line, lines)]
    if not parts:
        yield f"{place}.total_of", "is a total of nothing"
    if line.id in (line.total_of or ()):
        yield f"{place}.total_of", "is a total of itself"
    if nested := [part.id for part in parts if part.total_of is not None]:
        yield f"{place}.total_of", f"counts {', '.join(nested)} twice: a total is no part of a total"
    kinds = {each.kind or "count" for each in (line, *parts)}
    if len(kinds) > 1 or "signed" in kinds:
        yield f"{place}.total_of", f"adds up {', '.join(sorted(kinds))}; allowed: counts, or money"


def _balance(key: TableKey, table: TableData) -> Iterator[Fault]:
    rows = [row.id for block in table.blocks for row in block.rows]
    balance, carry = table.balance, table.carry_over
    if (balance is None) != (carry is None):
        yield key, "balance and carry_over come together"
    sides: list[str] = []
    if balance:
        sides = [*balance.left, *balance.right]
        if len(table.blocks) > 1:
            yield f"{key}.balance", "a table of more than one block has no balance"
        for name in repeated(sides):
            yield f"{key}.balance", f"{name!r} stands twice"
        for side, names in (("left", balance.left), ("right", balance.right)):
            yield from _known(f"{key}.balance.{side}", names, rows)
    if carry:
        for name, row in (("this_year", carry.this_year), ("last_year", carry.last_year)):
            yield from _known(f"{key}.carry_over.{name}", [row], sides or rows)
        if carry.this_year == carry.last_year:
            yield f"{key}.carry_over", "this_year and last_year are one row"


def _spellings(table: TableData) -> Iterator[str]:
    """What each cell of the table can be read by: a spelling belongs to one cell."""
    for block in table.blocks:
        for row in _keys(block.rows, block.row_groups):
            for column in _keys(block.columns, block.column_groups):
                yield plain(f"{row}/{column}")


def _keys(lines: Sequence[LineData], groups: Sequence[GroupData]) -> list[str]:
    keyed = {group.id: group for group in groups if group.keyed}
    return [
        key
        for line in lines
        for key in spellings_of([*(keyed[head] for head in line.under if head in keyed), line])
    ]
