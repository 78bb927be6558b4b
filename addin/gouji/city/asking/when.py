"""Days of a season: by when a unit reports, how late it is, when a file was written. What is not known stays
unknown."""

from __future__ import annotations

import datetime
import re
import unicodedata

from ...records import dataclass
from ...wording import data_beside, wording_of
from ..consolidate import Consolidation
from ..intake.roster import RosterUnit
from ..intake.sorting import Submission, UnitRow
from .acting import PACKAGE

#: The whole country keeps one time (北京时间); a machine that is set otherwise gives the same files.
_CHINA = datetime.timezone(datetime.timedelta(hours=8))


@dataclass(frozen=True, slots=True)
class Due:
    """``text``: the deadline as it is shown, "" where there is none; ``day``: the day, None where the text
    names none. ``late``: by how many days it has passed, 0 where it has not, None where that is not known.
    ``extended``: 补报期限 as it is shown, "" where none is set that can still be met."""

    text: str = ""
    day: datetime.date | None = None
    late: int | None = None
    extended: str = ""

    @property
    def ahead(self) -> str:
        """The deadline as long as it can still be met, or may, else 补报期限: by when to act."""
        return self.text if self.text and not self.late else self.extended


def today_of(city: Consolidation) -> datetime.date | None:
    """The day that 逾期 is counted to: the office's, else the run's."""
    return city.desk.settings.today or city.run.date


def due_of(city: Consolidation, unit: RosterUnit) -> Due:
    """A unit's own deadline, else the season's."""
    season = city.desk.settings.deadline
    own = unit.deadline.strip()
    day = day_in(own, season) if own else season
    today = today_of(city)
    late = max(0, (today - day).days) if today and day else None
    more = city.desk.settings.extended
    extended = shown_day(more) if more and not (today and more < today) else ""
    return Due(shown_day(day) if day else own, day, late, extended)


def late_by(due: Due, row: UnitRow) -> int | None:
    """By how many days a unit is late; None where that is not known, and for one that was summed: what it has
    to mend yet does not make it late."""
    return None if row.taken else due.late


def day_in(text: str, beside: datetime.date | None = None) -> datetime.date | None:
    """The day that a text names and nothing else; None for any other text. One without a year is of the year
    of ``beside``."""
    pattern = data_beside(PACKAGE, "marks.toml")["deadline"]["pattern"]
    found = re.fullmatch(pattern, unicodedata.normalize("NFKC", text).strip())
    year = (found and found[1]) or (beside and str(beside.year))
    if not found or not year:
        return None
    try:
        return datetime.date(int(year), int(found[2]), int(found[3]))
    except ValueError:
        return None


def shown_day(day: datetime.date) -> str:
    """2025年1月10日."""
    pattern: str = wording_of(PACKAGE, "words")["day"]
    return pattern.format(year=day.year, month=day.month, day=day.day)


def written_on(submission: Submission) -> datetime.date | None:
    """The day on which a file was last written; None where that is not known."""
    if not submission.modified:
        return None
    return datetime.datetime.fromtimestamp(submission.modified, _CHINA).date()
