"""Whose report it is: by its title, by who published it, by its signature; and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...records import dataclass
from .chrome import cells_of
from .head import as_printed, in_one_line
from .words import WORDS
from .written import Written, fold


@dataclass(frozen=True, slots=True)
class Issuer:
    """``unit`` or "". ``others``: the names that disagree with it, by where they stand: title, published,
    signed."""

    unit: str
    others: Mapping[str, str]


def issuer_of(written: Written, until: int, titled: str, signed: str, said: Mapping[str, str]) -> Issuer:
    """The unit. ``titled``: by the title, which wins; ``signed``: under the report; ``said``: by the page.
    ``until``: where the report's first section begins.

    A title's name without its place is completed by what is said elsewhere, if all that say it agree.
    """
    published = _published(written, until, WORDS("issuer")["labels"])
    names = {"title": titled, "published": published, "signed": in_one_line(signed)}
    unit = titled or published or names["signed"]
    if not unit:
        weak = _published(written, until, WORDS("issuer")["weak_labels"])
        return Issuer(weak or _by_meta(said), {})
    unit = _completed(written, unit, [names["published"], names["signed"]])
    return Issuer(unit, {where: name for where, name in names.items() if name and not same(unit, name)})


def same(one: str, other: str) -> bool:
    """Whether two names may be of one body: the shorter is the longer with letters left out (市信访局), or
    the one is the other's office, which signs for it."""
    office = WORDS.pattern("issuer", "office")
    names = ["".join(fold(name).split()) for name in (one, other)]
    return _within(*names) or _within(*(office.sub("", name) for name in names))


def _within(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)


def _completed(written: Written, unit: str, names: list[str]) -> str:
    """The name with its place, where it has none and just one place stands before it elsewhere."""
    if WORDS.pattern("title", "placed").search(unit):
        return unit
    fuller = {name for name in names if name != unit and name.endswith(unit)}
    fuller = fuller or {place + unit for place in _places(written.squeezed, "".join(unit.split()))}
    return fuller.pop() if len(fuller) == 1 else unit


def _places(squeezed: str, unit: str) -> set[str]:
    found: set[str] = set()
    within, most = WORDS("issuer")["place_within"], WORDS("issuer")["most"]
    for _, match in zip(range(most), re.finditer(re.escape(unit), squeezed), strict=False):
        before = squeezed[max(match.start() - within, 0) : match.start()]
        last = WORDS.pattern("issuer", "before_place").split(before)[-1]
        if place := WORDS.pattern("issuer", "higher").match(last):
            found.add(place["place"])
    return found


def _published(written: Written, until: int, labels: list[str]) -> str:
    """The first name behind one of the labels before the report, in its line or in the next cell."""
    for line in written.lines[: WORDS("issuer")["lines"]]:
        if line.start >= until:
            break
        for name in _behind_labels(written.folded[line.start : line.end], labels):
            if is_body(name):
                return as_printed(written, name, line.start, line.end)
    return ""


def _behind_labels(folded: str, labels: list[str]) -> Iterator[str]:
    cells = cells_of(folded)
    yield from (cells[n + 1] for n in range(len(cells) - 1) if cells[n] in labels)
    for label in labels:
        for match in re.finditer(f"{label}\\s*:\\s*([^\\s:]{{2,40}})", folded[:2000]):
            yield match[1]


def is_body(name: str) -> bool:
    """Whether it is the name of a body, not of a site or a person."""
    squeezed = "".join(fold(name).split())
    if WORDS.pattern("issuer", "site").search(squeezed) or WORDS.pattern("title", "no_name").search(squeezed):
        return False
    return bool(WORDS.pattern("title", "body").search(squeezed)) and len(squeezed) > 2


def _by_meta(said: Mapping[str, str]) -> str:
    names = (said.get(key, "") for key in WORDS("issuer")["meta"])
    return next((in_one_line(name) for name in names if is_body(name)), "")
