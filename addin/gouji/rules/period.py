"""统计期限 as the cover gives it: two days, in whatever way people write a day.

``FOLDED`` is how every writing becomes ``2024-1-1``; the sheet's formulas fold by the same table.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from ..precompiled import compiled
from ..report import Report

#: Days of other centuries are slips of the finger, or numbers that are no days.
FIRST, LAST = datetime.date(2000, 1, 1), datetime.date(2099, 12, 31)
START, END = "period_from", "period_to"
YEAR_SIGN = "年"
#: Full-width digits, as a Chinese keyboard gives them.
DIGITS: Mapping[str, str] = {chr(ord("０") + n): str(n) for n in range(10)}
#: What parts year, month and day, and what stands between them.
FOLDED: Mapping[str, str] = {
    **DIGITS,
    **dict.fromkeys((YEAR_SIGN, "月", ".", "/", "．", "／", "－"), "-"),
    **dict.fromkeys(("日", " ", "\u3000", "\u00a0"), ""),
}
_FOLD = str.maketrans(dict(FOLDED))
_DAY = compiled("([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


def folded(text: str) -> str:
    """``2024年01月01日``, ``2024．1．1`` -> ``2024-01-01``, ``2024-1-1``; "" for nothing but white space."""
    return text.translate(_FOLD)


def parted(plain: str) -> str:
    """A folded text of eight digits as ``2024-01-01``; any other as it is."""
    bare = len(plain) == 8 and "-" not in plain
    return f"{plain[:4]}-{plain[4:6]}-{plain[6:]}" if bare else plain


def day(text: str) -> datetime.date | None:
    """The day that a text names; None for none, or for one that no report can be of."""
    found = _DAY.fullmatch(parted(folded(text)))
    try:
        that = datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return that if that and FIRST <= that <= LAST else None


def faults(report: Report) -> dict[str, str]:
    """``period_from``, ``period_to`` -> what is wrong with it: ``unreadable``, ``outside`` the report's year,
    or (the end alone) ``backwards``. Nothing of a field that is empty."""
    if report.period is None:
        return {}
    found = {}
    texts = dict(zip((START, END), report.period, strict=True))
    days = {name: day(text) for name, text in texts.items()}
    for name, that in days.items():
        if that is None:
            if folded(texts[name]):
                found[name] = "unreadable"
        elif report.year and that.year != report.year:
            found[name] = "outside"
    start, end = days[START], days[END]
    if start and end and end < start:
        found.setdefault(END, "backwards")
    return found
