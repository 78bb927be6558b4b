"""What stands in a cell of a published table -> a value, or the reason why none can be read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from ...form import KINDS, Kind, NotANumber, Value
from ...records import dataclass
from ...wording import data_beside
from ..reading import CellRead, CellUnread, How
from .squeezed import Squeezed

_PADDED = re.compile(r"[+-]?0[0-9]")
_PARTED = re.compile(r"[0-9]\s+[0-9]")
_BRACKETED = re.compile(r"\([^()]*\)?")


@cache
def data() -> dict[str, Any]:
    found: dict[str, Any] = data_beside("gouji.published.tables", "variants.toml")
    return found


@dataclass(frozen=True, slots=True)
class Raw:
    """The content of one cell as the source gives it: ``text`` folded, ``mark`` a superscript beside it,
    ``at`` its first character in the squeezed text, ``source`` as printed."""

    text: str
    at: int
    mark: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a column or row of money and whether it is only assumed."""

    name: str
    assumed: bool = False


def value_of(raw: Raw, kind: Kind, unit: Unit | None = None) -> tuple[Value, str]:
    """The value and the mark of a cell; NotANumber where it has no single reading."""
    values = data()["values"]
    text = raw.text
    if text in values["unreadable"] or _PADDED.match(text) or _PARTED.search(text):
        raise NotANumber(text)
    amount, mark, number = text.partition(values["mark"])
    if kind.money and unit and amount.rstrip()[-1:].isdigit():
        text = amount.rstrip() + unit.name + mark + number
    read = kind.parse(text)
    return read.value, read.mark or raw.mark


def value_of_count(raw: Raw) -> int | None:
    """A count as equations take it, blank and "/" as 0; None where it can not be read."""
    try:
        value, _ = value_of(raw, KINDS["count"])
    except NotANumber:
        return None
    return value if isinstance(value, int) else 0


def readings_of(raw: Raw, kind: Kind, unit: Unit | None = None) -> tuple[str, ...]:
    """What an unreadable cell may be: the number that stands before a bracket."""
    bare = _BRACKETED.sub("", raw.text).strip()
    try:
        value, _ = value_of(Raw(bare, raw.at), kind, unit)
    except NotANumber:
        return ()
    return () if value is None or bare == raw.text else (kind.show(value),)


def where(text: Squeezed, at: int) -> str:
    """The place of a character in words."""
    place, said = text.place(at), data()["where"]
    if place.table:
        key = "cell" if place.cell else "row"
    elif place.line:
        key = "line_cell" if place.cell else "line"
    else:
        key = "nowhere"
    words: str = said[key]
    return words.format(table=place.table, row=place.row, cell=place.cell, line=place.line)


def read_cell(
    text: Squeezed, raw: Raw, kind: Kind, how: How, unit: Unit | None = None
) -> CellRead | CellUnread:
    """One cell, read or left unread with what it may be."""
    place = where(text, raw.at)
    source = raw.source or raw.text
    try:
        value, mark = value_of(raw, kind, unit)
    except NotANumber:
        return CellUnread(place, source, readings_of(raw, kind, unit))
    open_unit = (
        unit is not None and unit.assumed and isinstance(value, int) and value and not has_unit(raw.text)
    )
    assumed = unit.name if unit and open_unit else ""
    return CellRead(value, how, place, source, mark, assumed)


def has_unit(text: str) -> bool:
    return any(unit in text for unit in data()["values"]["units"])


@cache
def _money() -> re.Pattern[str]:
    """A unit of money with all that makes another of it: 千元 is not 元."""
    values = data()["values"]
    names = "|".join(sorted(values["money"], key=len, reverse=True))
    return re.compile(f"[{values['multiples']}]*(?:{names})")


def unit_said(texts: Sequence[str]) -> Unit:
    """The unit of money that the first of ``texts`` (heads, row labels) names, as it stands there: one that
    no kind knows makes amounts unreadable. The assumed one where none does, or several do."""
    values = data()["values"]
    for text in texts:
        if found := dict.fromkeys(_money().findall(text)):
            (name, *others) = found
            return Unit(values["assumed"], assumed=True) if others else Unit(name)
    return Unit(values["assumed"], assumed=True)
