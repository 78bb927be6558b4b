"""For which numbers a word was first seen. 汇总台 is never written by a run, so a season keeps this in its
store and hands it to the next run."""

from __future__ import annotations

from typing import Literal

from ...records import dataclass

#: Who said it: the unit in its workbook, the office in 说明与核实.
By = Literal["unit", "office"]


@dataclass(frozen=True, slots=True)
class WordKey:
    """One finding of one unit. ``unit``: the roster's name, "" for the city. ``finding``: its id, "" for the
    unit as a whole."""

    unit: str
    finding: str
    by: By


@dataclass(frozen=True, slots=True)
class KeptWord:
    """What a word was given for, and the word as it was: one that is rewritten is given anew.

    ``numbers``: those of the finding (:func:`.items.numbers_of`), of a unit as a whole the digest of its
    report. ``beside``: the unit's explanation that the office's word was about."""

    numbers: tuple[str, ...]
    text: str
    state: str = ""
    who: str = ""
    when: str = ""
    beside: str = ""

    @property
    def word(self) -> tuple[str, str, str, str]:
        """What was written, by which a word is known to be the same."""
        return self.text, self.state, self.who, self.when
