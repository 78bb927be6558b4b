"""Days as spreadsheets count them (ECMA-376 part 1, 18.17.4.1), and the letters of date formats."""

from __future__ import annotations

import datetime
from typing import NamedTuple

#: Day 0 of the two systems; the first one for every day after February 1900.
DAY_ZERO, DAY_ZERO_1904 = datetime.date(1899, 12, 30), datetime.date(1904, 1, 1)
_LAST_DAY, _LAST_DAY_1904 = 2_958_465, 2_957_003
#: 29 February 1900, which never was.
_LEAP_DAY = 60
_SECONDS = 86_400


class Moment(NamedTuple):
    """A day and a time as a cell shows it. ``days``: the number of whole days, for elapsed hours."""

    year: int
    month: int
    day: int
    weekday: int
    days: int
    seconds: float


def day_of(days: int, from_1904: bool = False) -> datetime.date:
    """The date of a number of days, from March 1900 or from 1904 on. Raises OverflowError beyond 9999."""
    return (DAY_ZERO_1904 if from_1904 else DAY_ZERO) + datetime.timedelta(days=days)


def moment_of(number: float, from_1904: bool = False) -> Moment | None:
    """The moment that a number stands for; None for what is none (negative, beyond 9999)."""
    if not 0 <= number < (_LAST_DAY_1904 if from_1904 else _LAST_DAY) + 1:
        return None
    days = int(number)
    seconds = round((number - days) * _SECONDS, 3)
    if seconds >= _SECONDS:
        days, seconds = days + 1, 0.0
    if from_1904 or days > _LEAP_DAY:
        day = day_of(days, from_1904)
        return Moment(day.year, day.month, day.day, day.weekday(), days, seconds)
    if days in (0, _LEAP_DAY):
        return Moment(1900, 1 if days == 0 else 2, 29 if days else 0, (days + 5) % 7, days, seconds)
    day = day_of(days + 1)
    return Moment(day.year, day.month, day.day, (days + 5) % 7, days, seconds)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS = "一二三四五六日"


def render(letters: str, moment: Moment, *, minutes: bool, half_days: bool) -> str:
    """What one run of letters shows. ``minutes``: m means minutes; ``half_days``: hours run to 12."""
    if letters.startswith("["):
        return _elapsed(letters[1:-1], moment)
    if "/" in letters:
        return letters.upper().split("/")[moment.seconds >= _SECONDS / 2]
    letter, length = letters[0], len(letters)
    if letter == "m" and minutes:
        return _padded(int(moment.seconds // 60 % 60), length)
    if letter == "m" and length > 2:
        return _MONTHS[moment.month - 1]
    if (letter == "d" and length > 2) or letter == "a":
        return ("星期" if length > 3 else "周") + _WEEKDAYS[moment.weekday]
    if letter == "y":
        return f"{moment.year % 100:02d}" if length < 3 else f"{moment.year:04d}"
    if letter in "eb":
        return str(moment.year)
    hours = int(moment.seconds // 3600)
    values = {
        "m": moment.month,
        "d": moment.day,
        "h": (hours % 12 or 12) if half_days else hours,
        "s": int(moment.seconds % 60),
    }
    return _padded(values[letter], length) if letter in values else ""


def _elapsed(letters: str, moment: Moment) -> str:
    whole = moment.days * _SECONDS + int(moment.seconds)
    return _padded(whole // {"h": 3600, "m": 60, "s": 1}[letters[0]], len(letters))


def _padded(number: int, length: int) -> str:
    return f"{number:02d}" if length > 1 else str(number)
