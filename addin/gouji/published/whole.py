"""What a text is as a whole: one filled report, or something that is refused by name."""

from __future__ import annotations

import re

from ..form import editions, load_form
from ..text import plain
from ..wording import data_beside
from .reading import ProseRead, TablesRead
from .refusal import refuse
from .stream import Source


def refuse_other(source: Source, tables: TablesRead, prose: ProseRead) -> None:
    """Raise Refused for two reports in one file, and for a text without any number of a report, by what it
    is."""
    if tables.repeated:
        refuse("two_reports")
    if any(cell.text.strip() for cell in tables.unread.values()):
        return
    if any(cell.value is not None for cell in tables.read.values()):
        return
    patterns, text = data_beside("gouji.published", "whole.toml"), plain(source.stream.text)
    if re.search(patterns["notice"], text):
        refuse("notice")
    if tables.editions:
        refuse("blank_form")
    if 0 < prose.year < _first_year():
        refuse("before_form", year=prose.year, first=_first_year())
    refuse("no_tables" if re.search(patterns["report"], text) else "no_report")


def _first_year() -> int:
    """The first year with the six sections and tables that every edition has."""
    return min(load_form(edition).first_year for edition in editions())
