"""The sections that are texts, by what they are about: their order is that of every edition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ...document.contents import gap
from ...form import Form
from ...marks import marks_of
from ...wording import wording_of

_PACKAGE = "gouji.city.drafting"


class Sections(NamedTuple):
    """Numbers of the sections as the form prints them: 总体情况, 主要问题, 其他事项."""

    overview: str
    problems: str
    matters: str


def sections_of(form: Form) -> Sections:
    """The three of a form; every edition has these and no others."""
    return Sections(*(section.number for section in form.sections if not section.table))


def asks(text: str) -> bool:
    """Whether a text asks for what the tables say, in a line 【统计】."""
    mark = marks_of(_PACKAGE, "texts")["figures"]
    return any(map(mark.names, text.splitlines()))


def filled(own: str, figures: Callable[[], Iterable[str]]) -> Iterator[str]:
    """The lines of the office's text; where it asks for what the tables say (【统计】), ``figures``."""
    mark = marks_of(_PACKAGE, "texts")["figures"]
    for line in own.splitlines():
        if mark.names(line):
            yield from figures()
        else:
            yield line


def without_figures(own: str) -> str:
    """The office's text for a place of which the tables say nothing: where it asks for them it is told so."""
    return "\n".join(filled(own, lambda: (gap(wording_of(_PACKAGE, "overview")["no_figures"]),)))
