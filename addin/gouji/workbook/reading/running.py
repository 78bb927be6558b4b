"""What in a received workbook can run something when Excel opens it, or at a click: macros that are not ours,
Excel 4 macro sheets, buttons of the ribbon, controls, embedded objects, links to other programs.

Nothing of it is run here. Relationships tell of it: Excel finds parts by them, whatever their names are.

Sources: ECMA-376 part 1 (12.3, 18.14), [MS-OFFMACRO2] 2.2.1, [MS-CUSTOMUI] 2.2.1.
"""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple
from xml.parsers import expat

from ...opc.relations import ContentTypes, Relation, content_types, relations, told
from ...opc.xmlstream import MAX_SMALL_PART, SHEETS, Stream, spellings
from ...remembered import Memo, of_texts
from ...wording import data_beside
from .guard import CHUNK, MB, WORDS, Archive, Refused, place

if TYPE_CHECKING:
    from .macros import Macros

#: What is looked at: bytes of relationships, and projects, ribbons and links. A form has far less of each;
#: what lies beyond is not known to be harmless.
MAX_RELATIONS = 4 * MB
MAX_JUDGED = {"macros": 1, "ribbon": 4, "links": 64}

_PACKAGE = "gouji.workbook.reading"
Kind = Literal["macros", "unreadable", "sheets", "objects", "ribbon", "toolbars", "web", "links"]
_BOOKS = frozenset(spellings(SHEETS, "externalBook"))
#: [MS-OFFMACRO2] 2.2.1.1 and 2.2.1.2: what a sheet of macros calls itself, however the workbook refers to it.
_MACRO_SHEET = "macrosheet"


class Running(NamedTuple):
    """``names``: of modules that are not ours, at most three. ``number``: how many of its kind there are."""

    kind: Kind
    names: tuple[str, ...] = ()
    number: int = 1


def what_runs(archive: Archive) -> tuple[Running, ...]:
    """What is not ours, each kind once, in the order in which the file names them.

    What cannot be read is "unreadable": it is not known to be harmless. Raises nothing.
    """
    found: dict[Kind, Running] = {}
    for one in _all(archive):
        had = found.get(one.kind)
        found[one.kind] = had._replace(number=had.number + 1) if had else one
    return tuple(found.values())


def _all(archive: Archive) -> Iterator[Running]:
    looked: Counter[str] = Counter()
    for kind, relation in _telling(archive):
        looked[kind] += 1
        try:
            if looked[kind] > MAX_JUDGED.get(kind, looked[kind]):
                yield Running("unreadable")
            elif relation and kind in MAX_JUDGED:
                yield from _judged(archive, kind, relation.target)
            else:
                yield Running(kind)  # type: ignore[arg-type]
        except Refused:
            yield Running("unreadable")


#: By all that a package says of its parts.
_TELLING: Memo[tuple[bytes, ...], tuple[tuple[str, Relation | None], ...]] = Memo(
    2 << 20,
    lambda key, found: (
        sum(map(len, key)) + sum(200 + of_texts(kind, *(relation or ())) for kind, relation in found)
    ),
)


def _telling(archive: Archive) -> tuple[tuple[str, Relation | None], ...]:
    """The relationships that can tell of something, and of which kind."""
    key = told(archive)
    found = None if key is None else _TELLING.get(key)
    if found is None:
        found = tuple(_kinds(archive))
        if key is not None:
            _TELLING.put(key, found)
    return found


def _kinds(archive: Archive) -> Iterator[tuple[str, Relation | None]]:
    kinds: dict[str, str] = data_beside(_PACKAGE, "running.toml")["relations"]
    types = _types(archive)
    for relation in _relations(archive):
        kind = "unreadable" if relation is None else kinds.get(relation.kind)
        if relation and kind is None and _MACRO_SHEET in types.of(relation.target).lower():
            kind = kinds["xlMacrosheet"]
        if kind is not None and not (relation and kind in MAX_JUDGED and not archive.find(relation.target)):
            yield kind, relation


def _types(archive: Archive) -> ContentTypes:
    try:
        return content_types(archive)
    except Refused:  # the reader refuses the file for it
        return ContentTypes({}, {})


def _relations(archive: Archive) -> list[Relation | None]:
    """Every relationship of every part, each once; None for those that are not read."""
    found: dict[Relation | None, None] = {}
    stored = [name for name in archive.names() if name.lower().endswith(".rels")]
    for name, total in zip(stored, accumulate(map(archive.size, stored)), strict=True):
        folder, base = posixpath.split(name)
        part = posixpath.join(posixpath.dirname(folder), base[: -len(".rels")])
        try:
            read = relations(archive, part) if total <= MAX_RELATIONS else [("", None)]
        except Refused:
            read = [("", None)]
        found |= dict.fromkeys(relation for _, relation in read)
    return list(found)


def _judged(archive: Archive, kind: str, part: str) -> Iterator[Running]:
    """Macros, a ribbon or a link: nothing where it is ours, or leads to a workbook only. Raises Refused."""
    if kind == "macros":
        macros = _macros(archive, part)
        if not macros.readable or macros.strange:
            yield Running("macros" if macros.readable else "unreadable", macros.strange)
    elif kind == "ribbon":
        from .macros import is_our_ribbon  # most workbooks have neither

        if not is_our_ribbon(_content(archive, part, MAX_SMALL_PART)):
            yield Running("ribbon")
    elif (target := _leads_to(archive, part)) is None or target not in _BOOKS | {""}:
        yield Running("unreadable" if target is None else "links")


#: By the project as it is stored; in one season there is ours, and the few that clerks recorded.
_MACROS: Memo[bytes, Macros] = Memo(4 * MB, lambda key, _: len(key))


def _macros(archive: Archive, part: str) -> Macros:
    packed = archive.packed(part)
    found = _MACROS.get(packed)
    if found is None:
        from ...opc.vba import MAX_PROJECT
        from .macros import judge_macros

        found = judge_macros(_content(archive, part, MAX_PROJECT))
        _MACROS.put(packed, found)
    return found


def _content(archive: Archive, part: str, limit: int) -> bytes:
    return b"".join(archive.chunks(part, place("part", part), limit))


def _leads_to(archive: Archive, part: str) -> str | None:
    """What an external link leads to: its first element (18.14.7), "" without one; behind it come the values
    of the other workbook, which may be many. None where it does not stand at the beginning."""
    names: list[str] = []
    where = place("part", part)
    stream = Stream(where, WORDS)
    stream.parser.StartElementHandler = lambda name, _: names.append(name)
    try:
        stream.parser.Parse(next(archive.xml(part, where), b""), False)
    except expat.ExpatError:
        return None
    return names[1] if len(names) > 1 else "" if archive.size(part) <= CHUNK else None
