"""The numbers that Word puts before paragraphs: they are printed, but stand nowhere in the text.

Sources: ECMA-376 part 1, 17.9 (numbering) and 17.7 (styles); the signs are in numbering.toml.
"""

from __future__ import annotations

import re
from dataclasses import field

from ...records import dataclass
from ...wording import data_beside

#: A style may be based on another; so deep is followed.
_DEEPEST_STYLE = 16
LEVELS = 9
_LARGEST = 9999


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered. ``text``: with %1 to %9 for the numbers of the levels."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    spaced: bool = False
    digits_only: bool = False


@dataclass(slots=True)
class Style:
    """What a style says: the list of its paragraphs, or "", and of the look of its text (``said``)."""

    based_on: str = ""
    num: str = ""
    level: int | None = None
    said: dict[str, str] = field(default_factory=dict)


@dataclass
class Numbering:
    """``lists``: list -> (kind of list, first numbers by level); ``kinds``: kind -> its levels; ``own``: list
    -> levels that differ from its kind's; ``styles``: all by id."""

    kinds: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, tuple[str, dict[int, int]]] = field(default_factory=dict)
    own: dict[str, dict[int, Level]] = field(default_factory=dict)
    styles: dict[str, Style] = field(default_factory=dict)
    _said: dict[str, dict[str, str]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def said_by(self, style: str) -> dict[str, str]:
        """What a style and those that it is based on say of the look of a text."""
        if (found := self._said.get(style)) is None:
            chain: list[Style] = []
            name = style
            while len(chain) < _DEEPEST_STYLE and (one := self.styles.get(name)) is not None:
                chain.append(one)
                if not (name := one.based_on):
                    break
            found = self._said[style] = {}
            for one in reversed(chain):
                found.update(one.said)
        return found

    def label(self, style: str, num: str, level: int | None) -> str:
        """What is printed before the next paragraph, which counts; "" where nothing is.

        ``num``: its list, or "" where only its style may say one; "0" is none in spite of its style.
        """
        if not num or level is None:
            by_style, its_level = self._of_style(style)
            num, level = num or by_style, its_level if level is None else level
        kind, _ = self.lists.get(num, ("", {}))
        levels = {**self.kinds.get(kind, {}), **self.own.get(num, {})}
        if (found := levels.get(level)) is None:
            return ""
        counts = self._count(num, kind, level, levels)
        if found.kind in ("bullet", "none"):
            return ""
        shown = re.sub(r"%([1-9])", lambda m: self._shown(int(m[1]) - 1, counts, levels, found), found.text)
        return shown + " " if found.spaced and shown else shown

    def _of_style(self, style: str) -> tuple[str, int]:
        level: int | None = None
        for _ in range(_DEEPEST_STYLE):
            found = self.styles.get(style)
            if found is None:
                break
            level = found.level if level is None else level
            if found.num:
                return found.num, level or 0
            style = found.based_on
        return "", level or 0

    def _count(self, num: str, kind: str, level: int, levels: dict[int, Level]) -> dict[int, int]:
        """Count one paragraph of a list; lists of one kind go on counting, deeper levels begin anew."""
        counts = self._counts.setdefault(kind, {})
        starts = self.lists[num][1]
        if level in starts and (num, level) not in self._begun:
            self._begun.add((num, level))
            counts.pop(level, None)
        first = starts.get(level, levels[level].start)
        counts[level] = counts[level] + 1 if level in counts else first
        for deeper in range(level + 1, LEVELS):
            counts.pop(deeper, None)
        return counts

    def _shown(self, level: int, counts: dict[int, int], levels: dict[int, Level], of: Level) -> str:
        """The number of one level as it stands in the label."""
        counted = levels.get(level, Level())
        return spelled(counts.get(level, counted.start), "decimal" if of.digits_only else counted.kind)


def spelled(number: int, kind: str) -> str:
    """A number in a format of Word; plain digits where the format does not reach or is not known."""
    signs = data_beside("gouji.published.source", "numbering.toml")
    if not 0 < number <= _LARGEST or kind == "none":
        return "" if kind == "none" else str(number)
    if kind == "decimalZero":
        return f"{number:02}"
    if row := signs["signs"].get(kind):
        return str(row[number - 1]) if number <= len(row) else str(number)
    if row := signs["digits"].get(kind):
        return "".join(row[int(digit)] for digit in str(number))
    if (row := signs["spoken"].get(kind)) and number < 100:
        tens, ones = divmod(number, 10)
        return (row[tens] if tens > 1 else "") + (row[10] if tens else "") + (row[ones] if ones else "")
    return str(number)
