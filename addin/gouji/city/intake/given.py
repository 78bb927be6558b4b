"""What a folder says by itself: which file is the roster, which year the reports are of, whose city it is.

Nothing is guessed: a thing is found where exactly one answer is there, else the candidates are named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path, PurePath

from ...errors import GoujiError
from ...files import shown_path
from ...report import Report
from ...wording import wording_of
from ...workbook.kind import parts_of
from ...workbook.reading.guard import Refused
from ...workbook.reading.sheets import open_book
from ...workbook.wording import marks
from .filed import Submission
from .kinds import list_of
from .listing import ListingError
from .names import plain_name

_LISTS = (".xlsx", ".xlsm", ".csv")


class NotGiven(GoujiError, ValueError):
    """The folder does not say it, or says it in several ways; the message is one Chinese line."""


def find_roster(folder: Path) -> Path:
    """The one roster that lies in the folder or beside it (not in its sub-folders).

    A file is known as a roster by its heads, not by its name; what makes it unusable is said when it is
    read. Raises :class:`NotGiven` where there is none, or more than one.
    """
    places = (folder, folder.resolve().parent)
    found = [path for place in places for path in _lists(place) if is_roster(path)]
    if not found:
        raise NotGiven(_say("no_roster", folder=folder))
    if len(found) > 1:
        raise NotGiven(_say("rosters", files="、".join(map(short_path, found))))
    return found[0]


def short_path(path: Path) -> str:
    """A file and the folder that it lies in, as people may read them."""
    return shown_path(PurePath(*path.resolve().parts[-2:]))


def _lists(folder: Path) -> list[Path]:
    try:
        files = sorted(folder.iterdir())
    except OSError:
        return []
    return [p for p in files if p.suffix.lower() in _LISTS and p.is_file() and p.name[0] not in "~."]


def is_roster(path: Path) -> bool:
    """Whether a file has a roster's heads, and is no form and no other list; False where it is unreadable."""
    try:
        if path.suffix.lower() != ".csv" and list_of(path)[0] != "roster":
            own = {*marks("sheets")["cover"].spellings, *marks("sheets")["data"].spellings}
            if own & set(open_book(path).sheet_names):
                return False
        from .roster_lines import known_heads  # most folders are told of their roster

        known, heads = known_heads(path)
        # A ledger of requests has a column of units too; most of a roster's columns are a roster's.
        return known > 0 and 2 * known >= heads
    except (Refused, ListingError, OSError):
        return False


def agreed_year(submissions: Iterable[Submission], city: str = "") -> int:
    """The year on which all reports that could be read agree, results of the city's own runs aside; published
    reports have a say only where nothing else was sent.

    Raises :class:`NotGiven` where they do not agree, or none says it.
    """
    dated = [s for s in submissions if s.report and s.report.year]
    reports = [s.report for s in [s for s in dated if not s.imported] or dated if s.report]
    own = plain_name(city)
    years = Counter(r.year for r in reports if parts_of(r) is None or plain_name(r.unit) != own)
    if not reports:
        raise NotGiven(_say("no_reports"))
    if not years:
        raise NotGiven(_say("no_year"))
    if len(years) > 1:
        counted = sorted(years.items(), key=lambda item: (-item[1], item[0]))
        raise NotGiven(_say("years", years="、".join(_say("of_year", year=y, count=n) for y, n in counted)))
    return next(iter(years))


def city_name(*given: Report | None) -> str:
    """The city's name by its own report (``--city``) or last year's. Raises :class:`NotGiven` where neither
    says it, or both differ."""
    names = {plain_name(r.unit): r.unit for r in given if r and r.unit}
    if not names:
        raise NotGiven(_say("no_name"))
    if len(names) > 1:
        raise NotGiven(_say("names", names="、".join(names.values())))
    (name,) = names.values()
    return name


def _say(key: str, **fields: object) -> str:
    said: str = wording_of("gouji.city", "given")[key].format(**fields)
    return said
