"""What two sides differ by, in words: 多 3, 少 3, 平. Always left − right, and always said of the left side.

The one place that makes such words in Python; ``workbook/live`` makes the same by a formula.
"""

from __future__ import annotations

from collections.abc import Callable

from ..wording import wording_of


def gap(difference: int, show: Callable[[int], object] = str) -> str:
    """``difference``: left − right. ``show``: how its size is printed (money: 万元)."""
    more, less, even = words()
    if not difference:
        return even
    return (more if difference > 0 else less).format(size=show(abs(difference)))


def words() -> tuple[str, str, str]:
    """The templates for more and for less, with ``{size}``, and the word for equal sides."""
    found = wording_of("gouji.rules", "gap")
    return str(found["more"]), str(found["less"]), str(found["even"])
