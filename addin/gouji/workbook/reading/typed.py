"""One typed cell: what it counts as, and what a person should know of how it is stored.

What a cell shows and what it stores are two things: a date typed by accident is the number of a day. A date
or a time is therefore no number of a form; any other difference between the two is read as stored, and said.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from ...form import Cell, NotANumber, Value, reckons
from ...rules import Finding, Rule
from ..wording import wording
from .cells import RawCell
from .formats import Shown, shown, text_of

#: A number in such a format is no count, whatever it is; 0 is nobody's date.
_MOMENTS = ("date", "time")
_NUMBER = (int, float)


class Typed(NamedTuple):
    """``value`` and ``mark`` as the cell's kind reads them. ``unread``: instead of a value, what stood there
    in words. ``shown``: what the cell shows where that is not what it stores. ``noise``: money that differs
    from ``value`` by the noise of a sum."""

    value: Value = None
    mark: str | None = None
    unread: str | None = None
    shown: Shown | None = None
    noise: bool = False

    @property
    def refused(self) -> bool:
        """Whether it is the format that makes the content no number."""
        return self.unread is not None and self.shown is not None and self.shown.kind in _MOMENTS


def content(cell: Cell, raw: RawCell) -> tuple[Value, str | None]:
    """(value, footnote mark) of a typed cell by what it stores. Raises NotANumber."""
    if raw.kind == "number" and isinstance(raw.value, _NUMBER):
        return cell.kind.from_double(raw.value), None
    if raw.kind == "blank":
        return None, None
    if raw.kind == "text":
        reading = cell.kind.parse(raw.raw)
        return reading.value, reading.mark
    raise NotANumber(raw.raw)


def is_reckoned(raw: RawCell, value: Value) -> bool:
    """Whether formulas take a typed cell for what was read from it (``None`` where it was no number)."""
    return reckons(raw.raw) if raw.kind == "text" else raw.kind == "blank" or value is not None


def typed(cell: Cell, raw: RawCell, *, from_1904: bool = False) -> Typed:
    """Read one cell with its number format. ``from_1904``: how the workbook counts its days."""
    seen = seen_as(raw, money=cell.kind.money, from_1904=from_1904) if raw.format else None
    if seen and seen.kind in _MOMENTS and raw.value:
        return Typed(unread=_both(raw, seen), shown=seen)
    try:
        value, mark = content(cell, raw)
    except NotANumber:
        return Typed(unread=_unread(raw, from_1904), shown=seen)
    noise = isinstance(raw.value, float) and not cell.kind.is_exact(raw.value)
    return Typed(value, mark, None, seen, noise)


def seen_as(raw: RawCell, *, money: bool = False, from_1904: bool = False) -> Shown | None:
    """What a cell shows where that is not what it stores."""
    if raw.kind in ("number", "text") and isinstance(raw.value, int | float | str):
        return shown(raw.format, raw.value, money=money, from_1904=from_1904)
    return None


def spelt(raw: RawCell, seen: Shown | None) -> str:
    """What a cell stores, and what it shows where that is something else."""
    return _both(raw, seen) if seen else raw.raw.strip()


def as_seen(raw: RawCell, from_1904: bool = False) -> str:
    """The text of a cell for words, as a person sees it: a date typed there is no number of days."""
    if raw.kind == "bool":
        return str(raw.value).upper()
    if raw.kind != "number" or not isinstance(raw.value, int | float) or not raw.format:
        return raw.raw
    seen = seen_as(raw, from_1904=from_1904)
    return seen.text if seen and seen.text and seen.kind != "text" else raw.raw


def _unread(raw: RawCell, from_1904: bool) -> str:
    """What stood there; both, where a person sees something else: 1.5 that shows 2."""
    if raw.kind == "bool":
        return str(raw.value).upper()
    if raw.kind != "number" or not isinstance(raw.value, int | float):
        return raw.raw
    text = text_of(raw.format, raw.value, from_1904=from_1904)
    return raw.raw if text == text_of("", raw.value) else _both(raw, Shown("scaled", text))


def _both(raw: RawCell, seen: Shown) -> str:
    words = wording("reader")
    text = seen.text or words["shown_blank"]
    return str(words["shown_and_stored"].format(stored=raw.raw, kind=_kind(seen), shown=text))


def _kind(seen: Shown) -> str:
    return str(wording("reader")["shown_kinds"].get(seen.kind, ""))


def format_finding(
    found: Typed, raw: RawCell, rule: Rule, place: str, cells: tuple[str, ...] = (), *, where: str
) -> Finding | None:
    """What is to be said of a cell's format: an error where it is a date, else milder; None for nothing.

    What is no number anyway is said by the rule on the cell. ``where``: the cell in words. Without ``cells``
    it is one of the cover, which is only compared with.
    """
    seen = found.shown
    if seen is None or (found.unread is not None and not found.refused):
        return None
    key = "" if found.refused else "text" if seen.kind == "text" else "differs"
    level = rule.no_graver_than(f"{key}_level") if key else rule.level
    if not cells and level == "error":
        level = rule.no_graver_than("prior_level")
    message = key if seen.text or found.refused else "hidden"
    names: dict[str, Any] = {"where": where, "raw": raw.raw, "shown": seen.text, "kind": _kind(seen)}
    return rule.finding(place, cells, level=level, message=message or None, **names)
