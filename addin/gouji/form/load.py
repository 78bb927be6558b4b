"""Edition files -> :class:`Form`. Adding an edition is adding one TOML file beside this one.

The files that ship are checked by the tests (``schema.py``) and not again at each start.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from ..wording import data_beside
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

#: A table of an edition file that ``schema.py`` has checked, or its tests.
Data = Mapping[str, Any]

_PREFIX, _SUFFIX = "edition_", ".toml"


@cache
def editions() -> tuple[str, ...]:
    """The editions that ship with the package, oldest first: ``("2019", "2021")``."""
    names = os.listdir(os.path.dirname(__file__))  # noqa: PTH120, PTH208
    return tuple(sorted(n[len(_PREFIX) : -len(_SUFFIX)] for n in names if n.startswith(_PREFIX)))


@cache
def _data(edition: str) -> Data:
    if edition not in editions():
        raise KeyError(edition)
    return data_beside("gouji.form", f"{_PREFIX}{edition}{_SUFFIX}")


def edition_for_year(year: int) -> str:
    """The edition in force for a report year (the 2019 notice for 2019–2020, the 2021 one since).

    Raises FormError where a later edition does not begin after the one before it.
    """
    for one, other in pairwise(editions()):
        if _data(other)["first_year"] <= _data(one)["first_year"]:
            years = (
                f"{_data(other)['first_year']} is not after {_data(one)['first_year']} of edition_{one}.toml"
            )
            raise FormError(f"{_PREFIX}{other}{_SUFFIX}: first_year: {years}")
    fitting = [e for e in editions() if _data(e)["first_year"] <= year]
    return fitting[-1] if fitting else editions()[0]


def load_form(edition: str, layout: Mapping[TableKey, str] | None = None) -> Form:
    """The form of ``edition``; ``layout`` names another edition for single tables.

    No equation crosses tables, so any mixture is a sound form. Raises KeyError for an unknown edition or
    table key.
    """
    chosen = dict.fromkeys(TABLE_KEYS, edition) | dict(layout or {})
    if set(chosen) != set(TABLE_KEYS):
        raise KeyError(sorted(set(chosen) - set(TABLE_KEYS))[0])
    return _compose(edition, tuple(chosen[key] for key in TABLE_KEYS))


@cache
def _compose(edition: str, of_tables: tuple[str, ...]) -> Form:
    tables = {key: _table(key, e) for key, e in zip(TABLE_KEYS, of_tables, strict=True)}
    return form_of(_data(edition), tables)


def form_of(data: Data, tables: Mapping[TableKey, Table] | None = None) -> Form:
    """The form of a checked edition file; ``tables``: in place of the file's own."""
    return Form(
        edition=data["edition"],
        notice=data["notice"],
        notice_title=data["notice_title"],
        first_year=data["first_year"],
        title=data["title"],
        sections=tuple(map(_section, data["sections"])),
        tables=tables or {key: _table_of(key, data) for key in TABLE_KEYS},
    )


@cache
def _table(key: TableKey, edition: str) -> Table:
    return _table_of(key, _data(edition))


def _table_of(key: TableKey, edition: Data) -> Table:
    data: Data = edition[key]
    blocks = tuple(_block(key, block) for block in data["blocks"])
    cells = tuple(cell for block in blocks for cell in block.cells)
    balance, carry = data.get("balance"), data.get("carry_over")
    sides = (tuple(balance["left"]), tuple(balance["right"])) if balance else ((), ())
    balanced = Balance(balance["id"], balance["label"], *sides) if balance else None
    return Table(
        key=key,
        id=TABLE_IDS[key],
        edition=edition["edition"],
        section=next(_section(s) for s in edition["sections"] if s.get("table") == key),
        blocks=blocks,
        balance=balanced,
        carry_over=CarryOver(carry["this_year"], carry["last_year"]) if carry else None,
        cells=cells,
        equations=tuple(e for block in blocks for e in _equations(key, block, balanced)),
        fingerprint=fingerprint_of(key, blocks, cells),
        fingerprints_before=tuple(data.get("fingerprints_before", ())),
    )


def _section(data: Data) -> Section:
    return Section(data["number"], data["title"], data.get("prompt", ""), data.get("table"))


def _group(data: Data) -> Group:
    former = tuple(data.get("formerly", ()))
    return Group(data["id"], data["label"], data.get("keyed", False), former, data.get("printed", ""))


def _lines(entries: Sequence[Data], groups: Sequence[Data]) -> tuple[Line, ...]:
    by_id = {data["id"]: _group(data) for data in groups}

    def line(entry: Data) -> Line:
        summed = set(entry.get("total_of", ()))
        parts = (e["id"] for e in entries if e is not entry and {e["id"], *e.get("under", ())} & summed)
        under = tuple(by_id[g] for g in entry.get("under", ()))
        own = _group(entry)
        return Line(
            id=own.id,
            label=own.label,
            spellings=spellings_of([*(group for group in under if group.keyed), own]),
            formerly=own.formerly,
            under=under,
            total_of=tuple(parts),
            kind=KINDS[entry["kind"]] if "kind" in entry else None,
            double_count=entry.get("double_count", False),
            printed_unit=entry.get("printed_unit", ""),
            help=entry.get("help", ""),
            printed=own.printed,
            align=entry.get("align", ""),
        )

    return tuple(map(line, entries))


#: What a block has above and beside its lines.
_HEADS = ("title", "corner", "columns_title")


def _block(key: TableKey, data: Data) -> Block:
    rows = _lines(data["rows"], data.get("row_groups", ()))
    columns = _lines(data["columns"], data.get("column_groups", ()))
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
    former, broken = data.get("formerly", {}), data.get("printed", {})
    return Block(
        **{name: data.get(name, "") for name in _HEADS},
        columns=columns,
        rows=rows,
        across=data.get("across", False),
        cells=tuple(cells),
        formerly={name: tuple(former.get(name, ())) for name in _HEADS},
        printed={name: broken.get(name, "") for name in _HEADS},
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
