"""Names of units: when two writings are the same name, and which names look alike.

Two writings are the same where they differ in width, brackets or spaces only. Everything beyond
that is shown to a person as a suggestion and never taken as a match.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ...marks import marks_of
from ...text import plain

#: Brackets that NFKC leaves alone, as the round brackets it makes of full-width ones.
_BRACKETS = str.maketrans("〔〕［］【】「」[]{}", "()()()()()()")
#: Below this likeness (0–1, without the common beginning) two names are not worth showing together.
_ALIKE = 0.6


def plain_name(name: str) -> str:
    """The name to compare by: NFKC, one kind of bracket, no white space, no invisible characters."""
    return "".join(c for c in plain(name).translate(_BRACKETS) if unicodedata.category(c) != "Cf")


def names_city(unit: str, city: str) -> bool:
    """Whether what was written as a unit means the sum: nothing, 汇总, or the city's name (``city``)."""
    wanted = plain_name(unit)
    return wanted in ("", plain_name(city)) or marks_of("gouji.city", "adjustments")["city"].names(
        unit.strip()
    )


def plain_code(code: str | None) -> str:
    """A code to compare by: like a name, capital letters; leading zeros count. "" where there is none."""
    return plain_name(code or "").upper()


def keys_of(name: str, code: str | None) -> tuple[str, ...]:
    """By what a unit is known: its name, else its code, each so that no other kind of key equals it."""
    keys = plain_name(name), plain_code(code)
    return tuple(f"{kind}{key}" for kind, key in zip("nc", keys, strict=True) if key)


def similar(
    name: str, names: Iterable[str], *, beginning: str = "", file: str = "", most: int = 3
) -> list[str]:
    """Those of ``names`` that look like ``name``, best first, at most ``most``.

    ``beginning`` (the city's name) is left out of the comparison, since all units of a city share it.
    ``file``: the name of the file, which may say more than a mistyped cover: one that stands in it whole is
    alike and comes first, and among equals the one that is more like it.
    A shortened name (市发改委 for 市发展和改革委员会) counts as alike.
    """
    wanted, place, called = (plain_name(text) for text in (name, beginning, file))
    wanted, found = _without(wanted, place), []
    for other in names:
        plain = plain_name(other)
        bare = _without(plain, place)
        inside = bool(called) and (plain in called or bare in called)
        likeness = _likeness(wanted, bare)
        if likeness >= _ALIKE or inside:
            beside = _likeness(_without(called, place), bare) if called else 0.0
            found.append((not inside, -likeness, -beside, other))
    return [other for *_, other in sorted(found)[:most]]


def _without(name: str, beginning: str) -> str:
    """``name`` without the city's name in front, also where only its end is written (市财政局)."""
    for start in range(len(beginning)):
        if name.startswith(beginning[start:]):
            return name.removeprefix(beginning[start:]) or name
    return name


def _likeness(one: str, other: str) -> float:
    from difflib import SequenceMatcher

    if not one or not other:
        return 0.0
    ratio = SequenceMatcher(None, one, other, autojunk=False).ratio()
    short, long = sorted((one, other), key=len)
    shortened = len(short) >= 2 and _stands_in(iter(long), short)
    return max(ratio, _ALIKE) if shortened else ratio


def _stands_in(long: Iterator[str], short: str) -> bool:
    """True where the characters of ``short`` appear in ``long`` in their order."""
    return all(character in long for character in short)
