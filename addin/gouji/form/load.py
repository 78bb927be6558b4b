"""Edition files -> :class:`Form`. Adding an edition is adding one TOML file beside this one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING

from .identity import fingerprint_of
from .kinds import KINDS
from .labels import spellings_of
from .model import (
    TABLE_IDS,
    TABLE_KEYS,
    Balance,
    Block,
    CarryOver,
    Cell,
    Equation,
    EquationKind,
    Form,
    FormError,
    Group,
    Line,
    Section,
    Table,
    TableKey,
)

if TYPE_CHECKING:
    from .schema import BlockData, EditionData, GroupData, LineData, SectionData, TableData

_PREFIX, _SUFFIX = "edition_", ".toml"


@cache
def editions() -> tuple[str, ...]:
    """The editions that ship with the package, oldest first: ``("2019", "2021")``."""
    names = (f.name for f in resources.files(__package__).iterdir())
    return tuple(sorted(n[len(_PREFIX) : -len(_SUFFIX)] for n in names if n.startswith(_PREFIX)))


@cache
def _data(edition: str) -> EditionData:
    # Here, not above: what only lists the editions, as the command line does, needs no msgspec.
    from .schema import read_edition

    if edition not in editions():
        raise KeyError(edition)
    file = f"{_PREFIX}{edition}{_SUFFIX}"
    return read_edition(resources.files(__package__).joinpath(file).read_text("utf-8"), file)


def edition_for_year(year: int) -> str:
    """The edition in force for a report year (the 2019 notice for 2019–2020, the 2021 one since).

    Raises FormError where a later edition does not begin after the one before it.
    """
    for one, other in pairwise(editions()):
        if _data(other).first_year <= _data(one).first_year:
            years = f"{_data(other).first_year} is not after {_data(one).first_year} of edition_{one}.toml"
            raise FormError(f"{_PREFIX}{other}{_SUFFIX}: first_year: {years}")
    fitting = [e for e in editions() if _data(e).first_year <= year]
    return fitting[-1] if fitting else editions()[0]


def load_form(edition: str, layout: Mapping[TableKey, str] | None = None) -> Form:
    """The form of ``edition``; ``layout`` names another edition for single tables.

    No equation crosses tables, so any mixture is a sound form. Raises KeyError for an unknown
    edition or table key, FormError for an edition file that is not a form.
    """
    chosen = dict.fromkeys(TABLE_KEYS, edition) | dict(layout or {})
    if set(chosen) != set(TABLE_KEYS):
        raise KeyError(sorted(set(chosen) - set(TABLE_KEYS))[0])
    return _compose(edition, tuple(chosen[key] for key in TABLE_KEYS))


@cache
def _compose(edition: str, of_tables: tuple[str, ...]) -> Form:
    tables = {key: _table(key, e) for key, e in zip(TABLE_KEYS, of_tables, strict=True)}
    return form_of(_data(edition), tables)


def form_of(data: EditionData, tables: Mapping[TableKey, Table] | None = None) -> Form:
    """The form of a checked edition file; ``tables``: in place of the file's own."""
    return Form(
        edition=data.edition,
        notice=data.notice,
        notice_title=data.notice_title,
        first_year=data.first_year,
        title=data.title,
        sections=tuple(map(_section, data.sections)),
        tables=tables or {key: _table_of(key, data) for key in TABLE_KEYS},
    )


@cache
def _table(key: TableKey, edition: str) -> Table:
    return _table_of(key, _data(edition))


def _table_of(key: TableKey, edition: EditionData) -> Table:
    data: TableData = edition.table(key)
    blocks = tuple(_block(key, block) for block in data.blocks)
    cells = tuple(cell for block in blocks for cell in block.cells)
    balance, carry = data.balance, data.carry_over
    balanced = Balance(balance.id, balance.label, balance.left, balance.right) if balance else None
    return Table(
        key=key,
        id=TABLE_IDS[key],
        edition=edition.edition,
        section=next(_section(s) for s in edition.sections if s.table == key),
        blocks=blocks,
        balance=balanced,
        carry_over=CarryOver(carry.this_year, carry.last_year) if carry else None,
        cells=cells,
        equations=tuple(e for block in blocks for e in _equations(key, block, balanced)),
        fingerprint=fingerprint_of(key, blocks, cells),
        fingerprints_before=data.fingerprints_before,
    )


def _section(data: SectionData) -> Section:
    return Section(data.number, data.title, data.prompt or "", data.table)


def _lines(entries: tuple[LineData, ...], groups: tuple[GroupData, ...]) -> tuple[Line, ...]:
    by_id = {g.id: Group(g.id, g.label, g.keyed, g.formerly, g.printed or "") for g in groups}

    def line(entry: LineData) -> Line:
        summed = set(entry.total_of or ())
        parts = (e.id for e in entries if e is not entry and {e.id, *e.under} & summed)
        under = tuple(by_id[g] for g in entry.under)
        return Line(
            id=entry.id,
            label=entry.label,
            spellings=spellings_of([*(group for group in under if group.keyed), entry]),
            formerly=entry.formerly,
            under=under,
            total_of=tuple(parts),
            kind=KINDS[entry.kind] if entry.kind else None,
            double_count=entry.double_count,
            printed_unit=entry.printed_unit or "",
            help=entry.help or "",
            printed=entry.printed or "",
            align=entry.align or "",
        )

    return tuple(map(line, entries))


def _block(key: TableKey, data: BlockData) -> Block:
    rows = _lines(data.rows, data.row_groups)
    columns = _lines(data.columns, data.column_groups)
    cells = [
        Cell(
            id=f"{TABLE_IDS[key]}.{row.id}.{column.id}",
            table=key,
            row=row,
            column=column,
            kind=column.kind or KINDS["count"],
            is_total=row.is_total or column.is_total,
            double_count=row.double_count or column.double_count,
        )
        for row in rows
        for column in columns
    ]
    former, broken = data.formerly, data.printed
    return Block(
        title=data.title or "",
        corner=data.corner or "",
        columns_title=data.columns_title or "",
        columns=columns,
        rows=rows,
        across=data.across,
        cells=tuple(cells),
        formerly={"title": former.title, "corner": former.corner, "columns_title": former.columns_title},
        printed={name: getattr(broken, name) or "" for name in ("title", "corner", "columns_title")},
    )


def _equations(key: TableKey, block: Block, balance: Balance | None) -> Iterable[Equation]:
    """Row sums, then column sums, then the balance of each column (README.md, “Equations”)."""
    table = TABLE_IDS[key]

    def make(kind: EquationKind, line: Line, left: list[str], right: list[str]) -> Equation:
        name, sides = f"{table}.{kind}.{line.id}", (tuple(left), tuple(right))
        return Equation(name, key, kind, line.id, *sides, line.key, line.short)

    def ids(rows: Iterable[str], columns: Iterable[str]) -> list[str]:
        return [f"{table}.{r}.{c}" for r in rows for c in columns]

    for total in (c for c in block.columns if c.is_total):
        for row in block.rows:
            left, right = ids([row.id], total.total_of), ids([row.id], [total.id])
            yield make("row", row, left, right)
    for total in (r for r in block.rows if r.is_total):
        for column in block.columns:
            left, right = ids(total.total_of, [column.id]), ids([total.id], [column.id])
            yield make("column", column, left, right)
    if balance:
        for column in block.columns:
            left, right = ids(balance.left, [column.id]), ids(balance.right, [column.id])
            yield make("balance", column, left, right)
