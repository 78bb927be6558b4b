"""The fields of 封面 as they are read: a period, a year."""

from __future__ import annotations

import datetime
import re
import unicodedata
from contextlib import suppress
from decimal import Decimal

from ...report import FIRST_YEAR, LAST_YEAR
from ...rules.period import FIRST, LAST
from ...text import whole_number
from .cells import RawCell
from .dates import day_of
from .formats import text_of

#: Digits of the longest code.
_CODE = 20


def cover_text(name: str, cell: RawCell, from_1904: bool) -> str:
    """A field of the cover; a real date typed into 统计期限 is a number of days (ECMA-376 18.17.4.1)."""
    if name.startswith("period_") and cell.kind == "number" and isinstance(cell.value, int):
        with suppress(OverflowError):
            day = day_of(cell.value, from_1904)
            if FIRST <= day <= LAST:
                return day.isoformat()
        if re.fullmatch("[0-9]{8}", cell.raw):
            with suppress(ValueError):
                return datetime.date.fromisoformat(cell.raw).isoformat()
    if name == "code" and cell.kind == "number":
        return _code(cell, from_1904)
    return cell.raw.strip()


def _code(cell: RawCell, from_1904: bool) -> str:
    """A code that is stored as a number: with the zeros that its format shows, and without an exponent."""
    number = cell.value if isinstance(cell.value, int | float) else 0
    shown = text_of(cell.format, number, from_1904=from_1904).strip()
    if whole_number(shown, _CODE) == number:
        return shown
    whole = float(number).is_integer() and 0 < number < 10**_CODE
    return f"{Decimal(cell.raw.strip()):.0f}" if whole else cell.raw.strip()


def year_of(text: str) -> int:
    """A year of four digits, 年 or not; 0 for anything else."""
    match = re.fullmatch("([0-9]{4}) ?年?", unicodedata.normalize("NFKC", text).strip())
    year = int(match[1]) if match else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else 0
