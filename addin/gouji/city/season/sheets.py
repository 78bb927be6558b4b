"""The lists of 汇总台, declared once for who writes them and who reads them: columns, widths, what may be
typed.

A further column is one more line here and its head in ``marks.toml``; every head is found by its label, in
any order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal

from ...marks import Mark, marks_of
from ...records import dataclass
from ...rules.explanations import states

#: The sheets in their order; all but the last are read.
SHEETS = ("settings", "roster", "texts", "adjustments", "mergers", "words", "preferred", "help")
#: ``date``: shown as one, also read where a text was typed; ``unit``: a name out of 名单.
Kind = Literal["text", "long", "date", "unit", "number", "yes_no", "way", "state"]


@dataclass(frozen=True, slots=True)
class Column:
    """``head``: its label; ``width`` in characters; ``kind``: what is typed there."""

    key: str
    head: Mark
    width: float
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class ListSheet:
    """One list: its sheet and its columns, the first of which every row of heads has."""

    key: str
    columns: tuple[Column, ...]

    @property
    def name(self) -> Mark:
        return sheet_names()[self.key]

    def column_of(self, head: str) -> Column | None:
        return next((column for column in self.columns if column.head.names(head)), None)


_LAID_OUT: Mapping[str, tuple[tuple[str, float, Kind], ...]] = {
    "roster": (
        ("name", 30, "text"),
        ("code", 20, "text"),
        ("kind", 16, "text"),
        ("rule_making", 12, "yes_no"),
        ("contact", 12, "text"),
        ("phone", 16, "text"),
        ("deadline", 13, "date"),
    ),
    "adjustments": (
        ("unit", 22, "unit"),
        ("table", 6, "text"),
        ("row", 28, "text"),
        ("column", 16, "text"),
        ("before", 9, "number"),
        ("change", 9, "number"),
        ("after", 9, "number"),
        ("reason", 28, "long"),
        ("other", 18, "unit"),
    ),
    "mergers": (("old", 32, "text"), ("new", 32, "text"), ("way", 12, "way"), ("date", 14, "date")),
    "words": (
        ("unit", 20, "unit"),
        ("finding", 22, "text"),
        ("said", 42, "long"),
        ("text", 34, "long"),
        ("state", 9, "state"),
        ("who", 9, "text"),
        ("when", 12, "date"),
    ),
    "preferred": (("unit", 28, "unit"), ("file", 46, "text"), ("reason", 46, "long")),
}


@cache
def marks(section: str) -> dict[str, Mark]:
    return marks_of("gouji.city.season", section)


def sheet_names() -> dict[str, Mark]:
    return marks("sheets")


@cache
def list_sheet(key: str) -> ListSheet:
    """One of 名单, 调整, 撤并, 说明与核实, 以…为准."""
    heads = marks(f"{key}.columns")
    if key in ("roster", "adjustments"):
        heads = heads | marks_of("gouji.city", f"{key}.columns")
    columns = (Column(name, heads[name], width, kind) for name, width, kind in _LAID_OUT[key])
    return ListSheet(key, tuple(columns))


def choices(kind: Kind) -> tuple[str, ...]:
    """What a column of this kind offers; () where anything may be typed."""
    if kind == "state":
        return states()[1:]
    if kind == "way":
        return tuple(marks("mergers.ways").values())
    return tuple(marks("yes_no").values()) if kind == "yes_no" else ()
