"""From when to when a report counts: the sentence with its two dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from itertools import islice

from ...records import dataclass
from ...text import whole_number
from ..reading import Doubt
from .head import Title, year_of
from .words import WORDS
from .written import Written

#: A period as long as this is a year's, whatever it is of.
_LONG = 300


@dataclass(frozen=True, slots=True)
class Period:
    """``start`` and ``end`` as ISO dates, ``text`` as it is printed. ``cued``: the sentence says that it is
    the report's."""

    start: str
    end: str
    text: str
    cued: bool

    @property
    def year(self) -> int:
        """The year in which it ends; 0 where it ends before it begins."""
        return 0 if self.backwards else int(self.end[:4])

    @property
    def backwards(self) -> bool:
        return self.end <= self.start

    @property
    def whole(self) -> bool:
        return (date.fromisoformat(self.end) - date.fromisoformat(self.start)).days >= _LONG


def periods_in(written: Written, until: int) -> list[Period]:
    """The periods that stand before ``until``, the likeliest first: said to be the report's, a whole year."""
    found = [p for p in _periods(written, until) if p.cued or p.whole]
    return sorted(found, key=lambda p: (not p.cued, not p.whole))


def year_of_all(
    periods: list[Period], title: Title | None, page: Title | None, file: str
) -> tuple[int, tuple[Doubt, ...]]:
    """The year: by the period, else by the title, the page's title, the file's name; and what disagrees.

    Doubts: ``year`` (said: the years by where they stand), ``year_by_name`` (nothing but the file's name says
    it), ``period`` (a second period, or one that ends before it begins).
    """
    said = {
        "period": next((p.year for p in periods if p.year), 0),
        "title": title.year if title else 0,
        "page": page.year if page else 0,
        "name": _year_in_name(file),
    }
    found = {where: year for where, year in said.items() if year}
    year = next(iter(found.values()), 0)
    doubts: list[Doubt] = []
    if len(set(found.values())) > 1:
        doubts.append(Doubt("year", {where: str(year) for where, year in found.items()}))
    if list(found) == ["name"]:
        doubts.append(Doubt("year_by_name", {"name": file, "year": str(year)}))
    best = [p for p in periods if (p.cued, p.whole) == (periods[0].cued, periods[0].whole)]
    if periods and (periods[0].backwards or len({(p.start, p.end) for p in best}) > 1):
        doubts.append(Doubt("period", {"period": "、".join(dict.fromkeys(p.text for p in best))}))
    return year, tuple(doubts)


def _year_in_name(file: str) -> int:
    years = set(WORDS.pattern("title", "file_year").findall(file))
    return int(years.pop()) if len(years) == 1 else 0


def _periods(written: Written, until: int) -> Iterator[Period]:
    squeezed = written.squeezed
    for match in islice(_pattern().finditer(squeezed), WORDS("period")["most"]):
        if written.at(match.start()) >= until:
            return
        said = match.groupdict()
        start = _date(said, "1", year_of(said["y1"]))
        end = (
            _date(said, "2", year_of(said["y2"]))
            if said["y2"]
            else _date(said, "3", start.year if start else 0)
        )
        if start and end:
            before = squeezed[max(match.start() - WORDS("period")["cue_within"], 0) : match.start()]
            cued = bool(WORDS.pattern("period", "cues").search(before))
            yield Period(start.isoformat(), end.isoformat(), match[0], cued)


@cache
def _pattern() -> re.Pattern[str]:
    said = WORDS("period")
    full = [said["date"].replace("{n}", n) for n in ("1", "2")]
    return re.compile(f"{full[0]}{said['between']}(?:{full[1]}|{said['short_date'].replace('{n}', '3')})")


def _date(said: Mapping[str, str | None], number: str, year: int) -> date | None:
    try:
        return date(year, _number(said[f"m{number}"]), _number(said[f"d{number}"]))
    except ValueError:
        return None


def _number(text: str | None) -> int:
    """12 or 十二 or 三十一 as a number; 0 for what is none."""
    digits = (text or "0").translate(WORDS.digits)
    if (number := whole_number(digits)) is not None:
        return number
    tens, ten, ones = digits.partition(WORDS("characters")["ten"])
    tenfold, single = whole_number(tens or "1"), whole_number(ones or "0")
    return 10 * tenfold + single if ten and tenfold is not None and single is not None else 0
