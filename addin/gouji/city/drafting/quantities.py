"""Shares, changes and amounts in words, by whole numbers alone."""

from __future__ import annotations

from ...form import KINDS
from ...wording import wording_of

_PACKAGE = "gouji.city.drafting"
#: Shares are told in thousandths: per cent with one decimal.
WHOLE = 1000


def thousandths(part: int, whole: int) -> int:
    """``part`` of ``whole`` in thousandths, rounded half up; both not negative, ``whole`` above 0."""
    return (2 * WHOLE * part + whole) // (2 * whole)


def is_exact(part: int, whole: int) -> bool:
    """Whether :func:`thousandths` rounds nothing."""
    return WHOLE * part % whole == 0


def percent(number: int) -> str:
    """Thousandths as per cent, with one decimal: 51.1%, 25.0%."""
    whole, rest = divmod(number, 10)
    return _lists()["percent"].format(number=f"{whole}.{rest}")


def share(part: int, whole: int) -> str:
    """A share in words: never 0.0% of what is there, nor 100.0% where something is missing."""
    number, words = thousandths(part, whole), _lists()
    if part and not number:
        return str(words["less"].format(percent=percent(1)))
    if part < whole and number == WHOLE:
        return str(words["more"].format(percent=percent(WHOLE - 1)))
    return percent(number)


def money(fen: int) -> str:
    """An amount with its unit, exact to one 分."""
    words = wording_of(_PACKAGE, "money")
    if fen >= words["wan_from"]:
        return str(words["wan"].format(number=KINDS["money"].show(fen)))
    yuan, rest = divmod(fen, 100)
    shown = f"{yuan}.{rest:02d}".rstrip("0") if rest else str(yuan)
    return str(words["yuan"].format(number=shown))


def _lists() -> dict[str, str]:
    return wording_of(_PACKAGE, "lists")
