"""Numbers as texts write them: Arabic digits with or without commas, Chinese numerals, amounts of money."""

from __future__ import annotations

from collections.abc import Mapping

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
#: A longer run of digits is no count of anything.
_MOST_DIGITS = 15


def count_of(text: str) -> int | None:
    """Arabic digits, or Chinese numerals below 10 000; None for what is neither (一百二)."""
    if text[0].isdigit():
        digits = text.replace(",", "")
        return int(digits) if len(digits) <= _MOST_DIGITS else None
    total, digit = 0, 0
    for i, char in enumerate(text):
        if char in _TENS:
            total += (digit or (1 if i == 0 else 0)) * _TENS[char]
            digit = 0
        elif digit:
            return None
        else:
            digit = _DIGITS[char]
    if digit and len(text) > 1 and text[-2] in ("百", "千"):
        return None
    return total + digit


def amount_of(text: str, unit: str, units: Mapping[str, int]) -> tuple[int, int] | None:
    """(分, by how many 分 a rounded text may differ) of ``12.5`` ``万元``; None for more digits than any sum.

    ``units``: 分 of one unit. What is written with k decimals was rounded to them.
    """
    whole, _, decimals = text.replace(",", "").partition(".")
    size = units[unit]
    if len(whole) + len(decimals) > _MOST_DIGITS:
        return None
    smallest = 10 ** len(decimals)
    return int(whole + decimals) * size // smallest, size // (2 * smallest)
