"""Rows as high as their text: no program fits the height of wrapped text to a file that it opens."""

from __future__ import annotations

from collections.abc import Iterable

from ...text import shown_width

_LINE = 14.5
#: The highest row that a spreadsheet has.
_MOST = 400


def row_height(contents: Iterable[tuple[str, float]]) -> float:
    """Height in points for (text, width of its column in characters); a Chinese character is two wide."""
    lines = (sum(_lines(part, width) for part in text.split("\n")) for text, width in contents)
    return min(_MOST, 2 + _LINE * max(lines, default=1))


def pixels(points: float) -> int:
    """A length in pt as a spreadsheet sets it, at 96 dots an inch."""
    return round(points * 96 / 72)


def _lines(text: str, width: float) -> int:
    return max(1, -int(-shown_width(text) // (width - 1)))
