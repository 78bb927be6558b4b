"""What a check says. A finding knows cells by id; printed labels and sheet addresses are added where
it is shown (``workbook/findings.py``), so that rules need no spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Literal

from ..form import KINDS, Value
from ..records import dataclass

Level = Literal["error", "warning", "hint"]
State = Literal["clean", "hint", "warning", "error", "unreadable"]

#: From harmless to grave; a report's state is its gravest finding.
LEVELS: tuple[Level, ...] = ("hint", "warning", "error")


@dataclass(frozen=True, slots=True)
class Suspect:
    """A cell that may be wrong and the value that would repair what it breaks.

    ``cell``: cell id; ``suggested`` as the cell holds it (分 for money); ``reason``: why it ranks
    where it does, in Chinese; ``certain``: the equations admit no other hypothesis of this size or
    smaller. ``group``: the hypothesis it belongs to, best first from 1: the cells of one group are
    corrected together, different groups exclude one another.
    """

    cell: str
    value: Value
    suggested: Value
    reason: str
    certain: bool = False
    group: int = 1


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to mend an undecided finding, or a family of ways that differ in one row or column only.

    ``groups``: the groups of its suspects, best first; more than one for a family. ``reason``: what
    would have happened, in Chinese; "" where nothing is known. ``contrary``: last year's report contradicts
    it, and agrees with another.
    """

    groups: tuple[int, ...]
    reason: str
    contrary: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell may turn out to hold, and the groups of suspects that are then still possible.

    ``groups`` is empty where none of them is: what is wrong stands elsewhere, or in the text.
    """

    value: Value
    groups: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One figure to look up, whose answer tells most causes apart; the number as it is typed comes first."""

    cell: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one unit, or one adjustment, has of the difference of a sum's finding.

    ``unit``: its name, "" for none; ``amount`` with its sign, 分 where the finding's numbers are; ``why``: a
    key of ``city/parting`` (本单位不平, 只在本年, 调整 …); ``line``: of the list that it stands in (调整表,
    撤并), 0 for none.
    """

    unit: str
    amount: int
    why: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One cause, said once.

    ``rule``: id in the catalogue; ``place``: where it was applied (an equation's id, a cell's id, a
    table …), stable over runs and template versions. ``left``, ``right``: both sides, in 分 where
    ``money``. ``cells``: ids of the cells it speaks of. ``suspects``: best first. ``folded``: the
    findings that the same cause breaks and that are not said again. ``decided``: false where it is not
    certain which cells are wrong and what is right; ``alternatives`` are then the ways to mend it, best
    first, and ``question`` the figure to look up first. ``open``: the message names no cells as wrong;
    ``tied``: nothing chooses between the first ways; ``listed``: the message leaves the numbers to a list of
    the suspects. ``section``, ``paragraph`` (from 0): the text to look at, where it is a text and not a
    cell; ``field``: the field of the cover, with a table's key behind a dot the one below that table;
    ``area``: its cells are one area and it speaks of the area as a whole. ``parts``: of a sum's finding who
    makes the difference, the largest first; where there are any they add up to it.
    """

    rule: str
    place: str
    level: Level
    message: str
    remedy: str
    cells: tuple[str, ...] = ()
    left: int | None = None
    right: int | None = None
    money: bool = False
    suspects: tuple[Suspect, ...] = ()
    folded: tuple[Finding, ...] = ()
    decided: bool = True
    open: bool = False
    tied: bool = False
    listed: bool = False
    alternatives: tuple[Alternative, ...] = ()
    question: Question | None = None
    section: str = ""
    paragraph: int = 0
    field: str = ""
    area: bool = False
    parts: tuple[Share, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.rule}:{self.place}"

    @property
    def difference(self) -> int | None:
        return None if self.left is None or self.right is None else self.left - self.right

    def number(self, value: int | None) -> int | str | None:
        """A side as JSON holds it: an integer, or a canonical decimal string of 万元."""
        if value is None or not self.money:
            return value
        return KINDS["money"].show(value)

    def numbers(self) -> tuple[str, ...]:
        """The numbers an explanation was given for: both sides as text; empty where there are none."""
        return tuple(number_text(n, self.money) for n in (self.left, self.right) if n is not None)

    def but(self, **changes: Any) -> Finding:
        return replace(self, **changes)


def number_text(value: int, money: bool) -> str:
    """A side as an explanation keeps it: an integer, or a canonical decimal string of 万元."""
    return KINDS["money"].show(value) if money else str(value)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Errors first, then warnings, then hints; otherwise as they came."""
    return sorted(findings, key=lambda finding: -LEVELS.index(finding.level))


def state_of(findings: list[Finding]) -> State:
    """clean, hint, warning or error: the gravest level; ``unreadable`` where the file could not be read."""
    if any(f.rule == "unreadable" for f in findings):
        return "unreadable"
    found = {f.level for f in findings}
    return next((level for level in reversed(LEVELS) if level in found), "clean")
