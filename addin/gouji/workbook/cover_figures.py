"""Figures of 封面: the year and the two days of 统计期限 as formulas reckon with them, in hidden columns.

Beside each field stand, from left to right: the number (the year, the day as the sheet counts days, "" for a
blank or, of the year, for what is none; the word for no number for a day that is none), the text that it was
read from, the same as year-month-day, and whether it is wrong (1 or 0). Python reads the same fields by
``reading/cover_fields.py`` and ``rules/period.py``.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping

from ..form.addresses import address
from ..report import FIRST_YEAR, LAST_YEAR, Report
from ..rules.period import DIGITS, END, FIRST, FOLDED, LAST, START, YEAR_SIGN, day, faults, folded, parted
from .figures import Figure, Live, Shown, trimmed
from .layout import CoverSheet
from .wording import wording

#: Of the figures beside a field.
NUMBER, TEXT, PARTED, WRONG = range(4)
#: Day 0 of every spreadsheet whose days begin in 1900.
_DAY_ZERO = datetime.date(1899, 12, 30)


class CoverFigures:
    """The figures of one workbook's cover for one report."""

    def __init__(self, cover: CoverSheet, report: Report) -> None:
        self.cover = cover
        self.report = report
        self.no = str(wording("figures")["no_number"])

    def __iter__(self) -> Iterator[Figure]:
        yield from self._year()
        for field in (START, END):
            yield from self._day(field)

    def here(self, field: str, figure: int) -> str:
        """The address of a figure, on 封面 itself."""
        return address(*self.cover.figure(field, figure))

    def full(self, field: str, figure: int) -> str:
        """``'封面'!$F$8``, for other sheets."""
        return f"'{self.cover.name}'!{address(*self.cover.figure(field, figure), absolute=True)}"

    def _figure(self, field: str, figure: int, formula: str, value: Shown) -> Figure:
        return Figure(*self.cover.figure(field, figure), Live(formula, value))

    def _year(self) -> Iterator[Figure]:
        year = self.report.year or None
        typed, text = address(*self.cover.fields["year"]), self.here("year", TEXT)
        plain = _folded(trimmed(typed), DIGITS)
        signed = f'IF(RIGHT({plain},1)="{YEAR_SIGN}",TRIM(LEFT({plain},LEN({plain})-1)),{plain})'
        whole = f'IF({typed}=INT({typed}),TEXT({typed},"0"),"")'
        formula = f'=IF(ISERROR({typed}),"",IF(ISNUMBER({typed}),{whole},{signed}))'
        yield self._figure("year", TEXT, formula, str(year or ""))
        number = f"VALUE({text})+0"
        between = f"AND({number}>={FIRST_YEAR},{number}<={LAST_YEAR})"
        digits = f'EXACT(TEXT({number},"0000"),{text})'
        formula = f'=IFERROR(IF(AND({digits},{between}),{number},""),"")'
        yield self._figure("year", NUMBER, formula, year or "")

    def _day(self, field: str) -> Iterator[Figure]:
        typed = address(*self.cover.fields[field])
        text, parts, number = (self.here(field, n) for n in (TEXT, PARTED, NUMBER))
        start, end = self.report.period or ("", "")
        # A character that no XML can hold stands in no formula's stored result either.
        plain = "".join(filter(str.isprintable, folded(start if field == START else end)))
        that = day(plain)
        date = f'YEAR({typed})&"-"&MONTH({typed})&"-"&DAY({typed})'
        of_days = f"{typed}=INT({typed}),{typed}>={_date(FIRST)},{typed}<={_date(LAST)}"
        as_text = _folded(typed, FOLDED)
        formula = f"IF(ISNUMBER({typed}),IF(AND({of_days}),{date},{as_text}),{as_text})"
        yield self._figure(field, TEXT, f'=IF(ISERROR({typed}),"",{formula})', plain)
        bare = f'AND(LEN({text})=8,ISERROR(FIND("-",{text})))'
        eight = f'LEFT({text},4)&"-"&MID({text},5,2)&"-"&RIGHT({text},2)'
        yield self._figure(field, PARTED, f"=IF({bare},{eight},{text})", parted(plain))
        value: Shown = _serial(that) if that else self.no if plain else ""
        yield self._figure(field, NUMBER, self._number(parts), value)
        yield self._figure(field, WRONG, self._wrong(field, number), int(field in faults(self.report)))

    def _number(self, text: str) -> str:
        """2024-1-1 as a day. A day that is none, such as 30 February, would be another day."""
        rest = f'FIND("-",{text},6)'
        month, of_month = f"MID({text},6,{rest}-6)", f"MID({text},{rest}+1,9)"
        parts = (f"LEFT({text},4)", month, of_month)
        digits = ",".join(
            f'LEN({part})<={longest},EXACT(TEXT(VALUE({part})+0,REPT("0",LEN({part}))),{part})'
            for part, longest in zip(parts, (4, 2, 2), strict=True)
        )
        that = f"DATE({','.join(f'VALUE({p})' for p in parts)})"
        sound = f'MID({text},5,1)="-",MONTH({that})=VALUE({month}),DAY({that})=VALUE({of_month})'
        between = f"{that}>={_date(FIRST)},{that}<={_date(LAST)}"
        return (
            f'=IF({text}="","",IFERROR(IF(AND({digits},{sound},{between}),{that},"{self.no}"),"{self.no}"))'
        )

    def _wrong(self, field: str, number: str) -> str:
        year = self.here("year", NUMBER)
        outside = f"IF(ISNUMBER({year}),IF(YEAR({number})<>{year},1,0),0)"
        if field == END:
            start = self.here(START, NUMBER)
            outside = f"IF(ISNUMBER({start}),IF({number}<{start},1,{outside}),{outside})"
        return f'=IF({number}="",0,IF({number}="{self.no}",1,{outside}))'


def _folded(text: str, table: Mapping[str, str]) -> str:
    """A formula for a text with characters replaced by others."""
    for old, new in table.items():
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    return text


def _date(that: datetime.date) -> str:
    return f"DATE({that.year},{that.month},{that.day})"


def _serial(that: datetime.date) -> int:
    return (that - _DAY_ZERO).days
