"""The title in lines that split no word: the year and what follows stand on a line of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text import shown_width
from ..wording import wording_of

_PACKAGE = "gouji.document"
_POINTS_PER_MM = 72 / 25.4
#: Programs set digits a little apart from Chinese letters: so many letters a line keeps free for it.
_FREE = 0.5


def title_lines(title: str) -> tuple[str, ...]:
    """The title as it is printed; one line where it fits.

    A longer one breaks before the year, or else before the name of the report; a name that is still too long
    breaks behind a place or a body (``[title]``), as near to its middle as it can.
    """
    if _fits(title):
        return (title,)
    words = wording_of(_PACKAGE, "title")
    found = next(filter(None, (re.search(p, title) for p in words["patterns_break"])), None)
    name, rest = (title[: found.start()], title[found.start() :]) if found else (title, "")
    return tuple(filter(None, (*_parted(name), rest)))


def _fits(line: str) -> bool:
    return shown_width(line) / 2 + _FREE <= line_room("title")


def line_room(style: str) -> float:
    """How many letters of a style (a key of ``[styles]``) a line of the type area takes."""
    page, size = wording_of(_PACKAGE, "page"), wording_of(_PACKAGE, f"styles.{style}")["size"]
    room: float = (page["width"] - page["left"] - page["right"]) * _POINTS_PER_MM / size
    return room


def _parted(name: str) -> Iterator[str]:
    """The name in lines that fit, as even as they can be; whole where no place for a break is known."""
    places = [] if _fits(name) else sorted(_places(name), key=lambda place: abs(2 * place - len(name)))
    if not places:
        yield name
        return
    yield from _parted(name[: places[0]])
    yield from _parted(name[places[0] :])


def _places(name: str) -> Iterator[int]:
    """Where a line may end: behind one of the ends, and inside none of the words."""
    words = wording_of(_PACKAGE, "title")
    inside = {
        place
        for word in words["whole"]
        for found in re.finditer(f"(?={re.escape(word)})", name)
        for place in range(found.start() + 1, found.start() + len(word))
    }
    for end in words["ends"]:
        for found in re.finditer(re.escape(end), name):
            if found.end() < len(name) and found.end() not in inside:
                yield found.end()
