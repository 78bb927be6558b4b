"""A roster as a table of texts, in the columns that it has."""

from __future__ import annotations

from collections.abc import Sequence

from ...marks import marks_of
from .roster import Roster, RosterUnit

#: Width of a column in characters; the office's own are as wide as the others.
_WIDTHS, _WIDTH = {"name": 34, "code": 21, "kind": 20}, 14
#: Columns that are always there.
_ALWAYS = ("name", "code", "kind")


def table(roster: Roster) -> tuple[list[tuple[str, int]], list[list[str]]]:
    """The heads with their widths, and a row of texts for each unit. A column in which nobody has anything is
    left out, but for name, code and kind; the office's own columns come last."""
    columns = marks_of("gouji.city", "roster.columns")
    used = [key for key in columns if key in _ALWAYS or any(_said(unit, key) for unit in roster.units)]
    own = list(dict.fromkeys(head for unit in roster.units for head, _ in unit.own))
    heads = [(str(columns[key]), _WIDTHS.get(key, _WIDTH)) for key in used]
    heads += [(head, _WIDTH) for head in own]
    return heads, [_row(unit, used, own) for unit in roster.units]


def _row(unit: RosterUnit, used: Sequence[str], own: Sequence[str]) -> list[str]:
    texts = dict(unit.own)
    return [*(_said(unit, key) for key in used), *(texts.get(head, "") for head in own)]


def _said(unit: RosterUnit, key: str) -> str:
    value = getattr(unit, key)
    if isinstance(value, bool):
        return str(marks_of("gouji.city", "roster.yes_no")["yes" if value else "no"])
    return value or ""
