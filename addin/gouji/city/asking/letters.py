"""What the office's letters share: paragraphs with places to be filled in, numbered headings, 落款."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from ...document.contents import Paragraph, Run
from ...wording import wording_of
from ..consolidate import Consolidation
from .acting import PACKAGE
from .when import shown_day, today_of


def line(style: str, pattern: str, gaps: Mapping[str, str] | None = None, **fields: object) -> Paragraph:
    """A paragraph of a pattern. ``gaps``: fields that are not known -> what a person has to fill in there,
    highlighted so that nobody overlooks it."""
    runs: list[Run] = []
    for text, name, _, _ in Formatter().parse(pattern):
        runs += [Run(text)] if text else []
        if name is None:
            continue
        gap = (gaps or {}).get(name)
        runs.append(Run(gap, marked=True) if gap else Run(str(fields[name])))
    return Paragraph(style, tuple(run for run in runs if run.text))


def title(city: Consolidation, pattern: str) -> Paragraph:
    """The title, with the office before it where it is known; broken where the wording breaks it."""
    year, name = city.report.year, city.form.title
    return line("title", pattern, office=office_of(city), year=year, title=name)


def headings() -> Iterator[str]:
    """一、二、…, as many as are asked for."""
    words = wording_of(PACKAGE, "letters")
    for number in words["numerals"]:
        yield words["heading"].format(number=number)


def office_of(city: Consolidation) -> str:
    """Who signs; "" where the office has not said it."""
    return city.desk.settings.office.strip()


def contact_of(city: Consolidation) -> str:
    """How to reach the office; "" where it has not said it."""
    return city.desk.settings.contact.strip()


def signature(city: Consolidation) -> Iterator[Paragraph]:
    """落款: who signs and the day, each a place to be filled in where it is not known."""
    words, today = wording_of(PACKAGE, "letters"), today_of(city)
    yield Paragraph("body", (), keep=True)
    for known, key in ((office_of(city), "office_gap"), (shown_day(today) if today else "", "day_gap")):
        yield line("signature", "{said}", {} if known else {"said": words[key]}, said=known)


def gap_or(known: str, name: str) -> dict[str, str]:
    """The place to be filled in for a field, none where it is known: for :func:`line`."""
    return {} if known else {name: wording_of(PACKAGE, "letters")[f"{name}_gap"]}


def today_words(city: Consolidation) -> str:
    """截至…，; "" where the day is not known."""
    today = today_of(city)
    pattern: str = wording_of(PACKAGE, "letters")["today"]
    return pattern.format(today=shown_day(today)) if today else ""


def numbered(rows: Sequence[Sequence[Any]]) -> tuple[tuple[str, ...], ...]:
    """Rows of texts, each with its number before it."""
    return tuple((str(number), *map(str, row)) for number, row in enumerate(rows, 1))
