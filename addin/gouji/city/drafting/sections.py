"""The sections that are texts, by what they are about: their order is that of every edition."""

from __future__ import annotations

from typing import NamedTuple

from ...form import Form


class Sections(NamedTuple):
    """Numbers of the sections as the form prints them: 总体情况, 主要问题, 其他事项."""

    overview: str
    problems: str
    matters: str


def sections_of(form: Form) -> Sections:
    """The three of a form; every edition has these and no others."""
    return Sections(*(section.number for section in form.sections if not section.table))
