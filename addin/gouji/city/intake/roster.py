"""应报单位名单: who must report, whoever says it (``roster_lines.py`` reads what offices keep).

A code is text: ``007`` keeps its zeros, a number typed into a spreadsheet cell is read as its digits.
"""

from __future__ import annotations

from functools import cached_property

from ...records import dataclass
from .names import plain_code, plain_name


@dataclass(frozen=True, slots=True)
class RosterUnit:
    """One unit that must report. ``code`` and ``kind`` may be "". ``rule_making``: whether it may issue
    规章, None where the roster does not say. ``line``: its line in the file, from 1. ``contact``, ``phone``,
    ``deadline`` as they are written; ``own``: (head, text) of further columns that the office keeps."""

    name: str
    code: str = ""
    kind: str = ""
    rule_making: bool | None = None
    line: int = 0
    contact: str = ""
    phone: str = ""
    deadline: str = ""
    own: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Roster:
    """The units in the order of the file. Names are distinct, and so are the codes that are given.
    ``skipped``: what of the file was taken for no unit, in words, and how its columns were taken where they
    might be taken otherwise."""

    units: tuple[RosterUnit, ...]
    source: str = ""
    skipped: tuple[str, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, RosterUnit]:
        """:func:`plain_name` -> unit."""
        return {plain_name(unit.name): unit for unit in self.units}

    @cached_property
    def by_code(self) -> dict[str, RosterUnit]:
        """:func:`plain_code` -> unit, those that have one."""
        return {plain_code(unit.code): unit for unit in self.units if unit.code}

    def find(self, name: str, code: str | None) -> RosterUnit | None:
        """By name, else by code; None where it is not on the roster, or name and code are two units."""
        by_name, by_code = self.by_name.get(plain_name(name)), self.by_code.get(plain_code(code))
        return None if by_name and by_code and by_name is not by_code else by_name or by_code

    def kinds(self) -> tuple[str, ...]:
        """The 类别 that occur, in the order of their first unit."""
        return tuple(dict.fromkeys(unit.kind for unit in self.units))
