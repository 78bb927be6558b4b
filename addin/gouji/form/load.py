"""Edition files -> :class:`Form`. Adding an edition is adding one TOML file beside this one."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

from .kinds import KINDS
from .model import (
    TABLE_KEYS,
    Balance,
    Block,
    CarryOver,
    Cell,
    Equation,
    EquationKind,
    Form,
    Group,
    Line,
    Section,
    Table,
    TableKey,
)

_PREFIX, _SUFFIX = "edition_", ".toml"


@cache
def editions() -> tuple[str, ...]:
    """The editions that ship with the package, oldest first: ``("2019", "2021")``."""
    names = (f.name for f in resources.files(__package__).iterdir())
    return tuple(sorted(n[len(_PREFIX) : -len(_SUFFIX)] for n in names if n.startswith(_PREFIX)))


@cache
def _raw(edition: str) -> dict[str, Any]:
    if edition not in editions():
        raise KeyError(edition)
    text = resources.files(__package__).joinpath(f"{_PREFIX}{edition}{_SUFFIX}").read_text("utf-8")
    return tomllib.loads(text)


def edition_for_year(year: int) -> str:
    """The edition in force for a report year (the 2019 notice for 2019–2020, the 2021 one since)."""
    fitting = [e for e in editions() if _raw(e)["first_year"] <= year]
    return fitting[-1] if fitting else editions()[0]


def load_form(edition: str, layout: Mapping[TableKey, str] | None = None) -> Form:
    """The form of ``edition``; ``layout`` names another edition for single tables.

    No equation crosses tables, so any mixture is a sound form. Raises KeyError for an unknown
    edition or table key.
    """
    chosen = dict.fromkeys(TABLE_KEYS, edition) | dict(layout or {})
    if set(chosen) != set(TABLE_KEYS):
        raise KeyError(sorted(set(chosen) - set(TABLE_KEYS))[0])
    return _compose(edition, tuple(chosen[key] for key in TABLE_KEYS))


@cache
def _compose(edition: str, of_tables: tuple[str, ...]) -> Form:
    raw = _raw(edition)
    tables = {key: _table(key, e) for key, e in zip(TABLE_KEYS, of_tables, strict=True)}
    sections = tuple(Section(**s) for s in raw["sections"])
    digest = hashlib.sha256()
    for key, e in zip(TABLE_KEYS, of_tables, strict=True):
        digest.update(json.dumps([key, _raw(e)[key]], ensure_ascii=False, sort_keys=True).encode())
    return Form(
        edition=edition,
        notice=raw["notice"],
        first_year=raw["first_year"],
        title=raw["title"],
        sections=sections,
        tables=tables,
        fingerprint=digest.hexdigest()[:16],
    )


@cache
def _table(key: TableKey, edition: str) -> Table:
    raw = _raw(edition)
    data = raw[key]
    section = next(Section(**s) for s in raw["sections"] if s.get("table") == key)
    blocks, cells = [], list[Cell]()
    for entry in data["blocks"]:
        block = _block(key, data["id"], entry)
        blocks.append(block)
        cells.extend(block.cells)
    balance = data.get("balance")
    carry = data.get("carry_over")
    balance = balance and Balance(
        balance["id"], balance["label"], tuple(balance["left"]), tuple(balance["right"])
    )
    return Table(
        key=key,
        id=data["id"],
        edition=edition,
        section=section,
        blocks=tuple(blocks),
        balance=balance,
        carry_over=carry and CarryOver(**carry),
        cells=tuple(cells),
        equations=tuple(e for b in blocks for e in _equations(key, data["id"], b, balance)),
    )


def _lines(entries: Iterable[Mapping[str, Any]], groups: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    by_id = {g["id"]: Group(**g) for g in groups}
    entries = list(entries)
    lines = []
    for entry in entries:
        under = tuple(by_id[g] for g in entry.get("under", ()))
        key = "/".join([g.label for g in under if g.keyed] + [entry["label"]])
        parts = tuple(
            other["id"]
            for other in entries
            if other is not entry and {other["id"], *other.get("under", ())} & set(entry.get("total_of", ()))
        )
        lines.append(
            Line(
                id=entry["id"],
                label=entry["label"],
                key=key,
                under=under,
                total_of=parts,
                kind=KINDS[entry["kind"]] if "kind" in entry else None,
                double_count=entry.get("double_count", False),
                printed_unit=entry.get("printed_unit", ""),
            )
        )
    return tuple(lines)


def _block(key: TableKey, table_id: str, entry: Mapping[str, Any]) -> Block:
    rows = _lines(entry["rows"], entry.get("row_groups", ()))
    columns = _lines(entry["columns"], entry.get("column_groups", ()))
    cells = [
        Cell(
            id=f"{table_id}.{row.id}.{column.id}",
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
    return Block(
        title=entry.get("title", ""),
        corner=entry.get("corner", ""),
        columns_title=entry.get("columns_title", ""),
        columns=columns,
        rows=rows,
        across=entry.get("across", False),
        cells=tuple(cells),
    )


def _equations(key: TableKey, table_id: str, block: Block, balance: Balance | None) -> Iterable[Equation]:
    """Row sums, then column sums, then the balance of each column (README.md, “Equations”)."""

    def make(kind: EquationKind, line: Line, left: list[str], right: list[str], label: str) -> Equation:
        return Equation(f"{table_id}.{kind}.{line.id}", key, kind, line.id, tuple(left), tuple(right), label)

    def ids(rows: Iterable[str], columns: Iterable[str]) -> list[str]:
        return [f"{table_id}.{r}.{c}" for r in rows for c in columns]

    for total in (c for c in block.columns if c.is_total):
        for row in block.rows:
            left, right = ids([row.id], total.total_of), ids([row.id], [total.id])
            yield make("row", row, left, right, row.key)
    for total in (r for r in block.rows if r.is_total):
        for column in block.columns:
            left, right = ids(total.total_of, [column.id]), ids([total.id], [column.id])
            yield make("column", column, left, right, column.key)
    if balance:
        for column in block.columns:
            left, right = ids(balance.left, [column.id]), ids(balance.right, [column.id])
            yield make("balance", column, left, right, column.key)
