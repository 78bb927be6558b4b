"""A finding with the state of what was said of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from ...marks import Mark, marks_of
from ...records import dataclass
from ...rules import Finding
from ...wording import wording_of

#: 未处理, 已说明, 已核实, 退回.
Key = Literal["open", "given", "verified", "returned"]
#: In these a finding asks nobody for anything.
SETTLED: tuple[Key, ...] = ("given", "verified")


@dataclass(frozen=True, slots=True)
class Settled:
    """``unit``, ``file``: whose the finding is, as in ``Problem``; ``of``: the unit of the roster that it
    concerns, "" for none; ``city``: it was found in the sum. An error that was accepted is a warning.

    ``text``: what explains it, of the unit, of the office or both; ``who``, ``when``: the office's;
    ``why``: why what was said does not hold, or why it was returned; "" elsewhere. ``numbers``: those that it
    was said of."""

    unit: str
    file: str
    finding: Finding
    key: Key = "open"
    text: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    of: str = ""
    city: bool = False
    numbers: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """In words; "" for a hint of which nobody said anything."""
        hint = self.finding.level == "hint" and self.key == "open" and not self.why
        return "" if hint else state_names()[self.key]

    @property
    def settled(self) -> bool:
        return self.key in SETTLED

    @property
    def open(self) -> bool:
        """Whether somebody has to act: an error or a warning that nothing settles, or what was returned."""
        return self.key == "returned" or (self.finding.level != "hint" and not self.settled)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many findings are open as ``errors`` and ``warnings``, and how many were ``returned`` (whatever
    their level), ``given`` an explanation, ``verified``."""

    errors: int = 0
    warnings: int = 0
    returned: int = 0
    given: int = 0
    verified: int = 0


#: Says of a unit's file how many errors it has: they are counted themselves.
_SUMS_UP = "unit-invalid"


def tally(settled: Iterable[Settled]) -> Tally:
    """Each finding counts once: an error as one, also where it was returned."""
    counts = dict.fromkeys(("errors", "warnings", "returned", "given", "verified"), 0)
    for one in settled:
        error = one.finding.level == "error"
        if one.key == "open" and one.open:
            counts["errors" if error else "warnings"] += not (error and one.finding.rule == _SUMS_UP)
        elif one.key != "open":
            counts["errors" if error and one.key == "returned" else one.key] += 1
    return Tally(**counts)


def state_names() -> dict[str, Mark]:
    """Key -> the state in words."""
    return marks_of("gouji.rules", "states")


def said_by(who: str, when: str) -> str:
    """（王五，2025-01-20）, or what of it is known; "" for neither."""
    words = wording_of("gouji.city.approving", "texts")
    if not (who or when):
        return ""
    return str(words["by_when" if who and when else "by"].format(who=who or when, when=when))
