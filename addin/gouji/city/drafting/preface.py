"""引言: on what the report rests, who made it, of what days its numbers are, where it is and who answers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ...document.contents import gap
from ...form.labels import unnumbered
from ...marks import marks_of
from ...rules.period import day
from ...wording import wording_of
from ..approving.telling import lacking
from ..consolidate import Consolidation
from ..sum.adjust import total_change

_PACKAGE = "gouji.city.drafting"
_Days = tuple[datetime.date, datetime.date]


def preface(city: Consolidation, *, rounded: bool, grown: bool = False) -> str:
    """Two paragraphs: the report, its numbers; site and contact. What nobody said is a gap. ``rounded``,
    ``grown``: whether 一 has rounded numbers, and whether it speaks of last year."""
    words = wording_of(_PACKAGE, "preface")
    settings = city.desk.settings
    office, site, contact = settings.office, settings.site, settings.contact
    named, gaps = office or gap(words["gaps"]["office"]), words["gaps"]
    first = [
        words["basis"].format(title=_title(city), notice=city.form.notice, office=named),
        _sections(city),
        _period(city),
        _summed(city) if city.taken else "",
        city.same_units.changes if grown else "",
        words["rounding"] if rounded else "",
    ]
    second = [
        words["site"].format(site=site or gap(gaps["site"])),
        words["contact"].format(office=named, contact=contact) if contact else gap(gaps["contact"]),
    ]
    return "\n".join(("".join(first), "".join(second)))


def _title(city: Consolidation) -> str:
    """The notice by its name; names within a name stand in the inner marks (GB/T 15834—2011, 4.15.3.6)."""
    words = wording_of(_PACKAGE, "preface")
    name = city.form.notice_title.translate(str.maketrans(words["inner"]))
    return str(words["title"].format(title=name))


def _sections(city: Consolidation) -> str:
    words = wording_of(_PACKAGE, "preface")
    sections = city.form.sections
    *titles, last = [unnumbered(section.title) for section in sections]
    said = words["and"].join(titles) + words["last"] + last
    return str(words["parts"].format(number=sections[-1].number, sections=said))


def _summed(city: Consolidation) -> str:
    """Of how many units the numbers are, and whether they are no more than their sum."""
    words, out = wording_of(_PACKAGE, "preface"), len(lacking(city))
    partly = sum(bool(filed.partial and not filed.partial.whole) for filed in city.taken)
    changed = sum(map(bool, total_change(city.adjustments).values()))
    return str(
        words["summed_some" if out or partly else "summed"].format(
            count=len(city.taken),
            expected=len(city.taken) + out,
            partly=words["partly"].format(count=partly) if partly else "",
            adjusted=words["adjusted"].format(count=changed) if changed else "",
        )
    )


def _period(city: Consolidation) -> str:
    """The days that all units say; one that says none means the whole year."""
    words, year = wording_of(_PACKAGE, "preface"), city.report.year
    whole = (datetime.date(year, 1, 1), datetime.date(year, 12, 31)) if year else None
    said = dict.fromkeys(_days(city, whole))
    if len(said) > 1 or None in said:
        gaps = words["gaps"]
        periods = (gaps["span"].join(r.period) for _, r in city.parts if r.period)
        return gap(gaps["period"].format(periods=gaps["between"].join(dict.fromkeys(periods))))
    period = next(iter(said), None) or whole
    if period is None:
        return gap(words["gaps"]["period"].format(periods=""))
    start, end = map(date_text, period)
    return str(words["period"].format(start=start, end=end))


def _days(city: Consolidation, whole: _Days | None) -> Iterator[_Days | None]:
    """The period of each unit, ``whole`` where it says none; None where it can not be read."""
    for _, report in city.parts:
        if report.period and any(map(str.strip, report.period)):
            start, end = map(day, report.period)
            yield (start, end) if start and end else None
        else:
            yield whole


def date_text(that: datetime.date) -> str:
    """A day as documents print it: 2020年3月1日."""
    words = wording_of(_PACKAGE, "preface")
    return str(words["day"].format(year=that.year, month=that.month, day=that.day))


def signature(city: Consolidation, own: str) -> Sequence[str]:
    """The lines of 落款: the office's ``own``, else the office (or the city) and the day that was given."""
    if own.strip():
        return own.splitlines()
    settings = city.desk.settings
    if not (settings.office or settings.published):
        return ()
    date = str(marks_of("gouji", "document")["date"])
    return settings.office or city.report.unit, date_text(settings.published) if settings.published else date
