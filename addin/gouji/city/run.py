"""One run of a consolidation: its number and time are given, never taken from the clock.

So the same inputs give the same outputs; both stand in one part of each output.
"""

from __future__ import annotations

import datetime

from ..records import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """``number``: from 1 within a season, 0 outside of one. ``time``: when it began, None where that is no
    matter. ``before``: the number of the run that it is compared with, 0 where there was none. ``folder``:
    the way from where the results lie to the folder that the units' files were read from, with "/", "" for
    the same folder; None where it is not known, and no file is linked to. ``edited``: the Word
    report of an earlier run that somebody edited by hand, by its path within the season, "" where there is
    none."""

    number: int = 0
    time: datetime.datetime | None = None
    before: int = 0
    folder: str | None = None
    edited: str = ""

    @property
    def date(self) -> datetime.date | None:
        return self.time.date() if self.time else None
