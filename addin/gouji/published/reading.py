"""A published file -> :class:`Published`: its report, how each cell was read, what is doubtful."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from ..form import TableKey, Value
from ..records import dataclass
from ..report import How

__all__ = ["CellRead", "CellUnread", "Doubt", "How", "ProseRead", "TablesRead"]


@dataclass(frozen=True, slots=True)
class CellRead:
    """One cell that was read. ``where``: the place in the source, in words; ``text``: what stands there.
    ``mark``: the footnote mark that stood in the cell, plain, or "". Money in 分; ``assumed``: the unit that
    it was read in, where neither cell nor head nor row label says one, or ""."""

    value: Value
    how: How
    where: str
    text: str
    mark: str = ""
    assumed: str = ""


@dataclass(frozen=True, slots=True)
class CellUnread:
    """One cell that holds something which has no single reading. ``readings``: what it may be, as the cell
    would show it, most at first, or () where that is open."""

    where: str
    text: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True)
class TablesRead:
    """``editions``: the edition of each table that was found. ``read`` and ``unread`` by cell id (the ids of
    that edition); a cell in neither of them is not in the source at all (its row is not listed).
    ``repeated``: tables that the file has more than once; nothing of them is read."""

    editions: Mapping[TableKey, str]
    read: Mapping[str, CellRead]
    unread: Mapping[str, CellUnread]
    repeated: frozenset[TableKey] = frozenset()


@dataclass(frozen=True)
class Doubt:
    """Something of the head or the texts that the source says twice and differently, or not at all: ``key``
    names the sentence in the catalogue, ``said`` its fields."""

    key: str
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ProseRead:
    """``unit``, ``year`` (0), ``period`` where they are known. ``texts``: 引言, 一, 五, 六 as in a Report,
    without the site's chrome; ``notes``: mark -> text; ``stray``: (place, text) of prose that stands in the
    sections of the tables or below the signature. ``signed``, ``dated``: name and date under the report as
    printed, or "".

    Doubts: ``year`` (years by period, title, page, name), ``year_by_name`` (name, year), ``period`` (period),
    ``unit`` (unit, and what differs: title, published, signed)."""

    unit: str
    year: int
    period: tuple[str, str] | None
    title: str
    texts: Mapping[str, str]
    notes: Mapping[str, str]
    stray: tuple[tuple[str, str], ...] = ()
    doubts: tuple[Doubt, ...] = ()
    signed: str = ""
    dated: str = ""
