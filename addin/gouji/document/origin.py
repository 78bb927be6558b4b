"""Which report a Word file was made of, by a property that Word keeps and nobody sees."""

from __future__ import annotations

#: The part that holds it, and the property there (Dublin Core, ECMA-376 part 2, 8.3.4).
PART, PROPERTY = "docProps/core.xml", "{http://purl.org/dc/elements/1.1/}identifier"


_OURS = "gouji "


def identifier(unit: str, year: int, kind: str = "") -> str:
    """What is written: one line of at most 255 characters. ``kind``: of a letter about reports, "" for a
    report."""
    return f"{_OURS}{kind}{' ' if kind else ''}{year} {unit}"[:255]


def is_ours(said: str) -> bool:
    """Whether an identifier is one of :func:`identifier`; other programs write theirs into the same place."""
    return said.startswith(_OURS)


def letter_kind(said: str) -> str:
    """The kind of letter that an identifier of ours names, "" for a report."""
    first = said.removeprefix(_OURS).partition(" ")[0]
    return "" if first.isdecimal() else first
