"""What people wrote over the cells of a sheet: comments, text boxes, charts; and that there are pictures.

Found by the sheet's relationships, whatever the parts are called, and read by the guarded stream within
bounds of their own: a part that can not be read costs the file nothing else, and is said. Sources: ECMA-376
part 1, 18.7 (comments), 20.5 and 21.1.2 (drawings and their texts); part 3, 10 (alternatives); [MS-XLSX] 2.6
(threads).
"""

from __future__ import annotations

import posixpath
from collections.abc import Set
from typing import Literal, NamedTuple

from ...opc.relations import Relation, relations
from ...opc.xmlstream import MAX_DEPTH, MAX_SMALL_PART, Attributes, Stream
from .cells import MAX_COLUMN, MAX_ROW, address, parse_range, unescape
from .guard import WORDS, Archive, Refused, place, refuse

Kind = Literal["comment", "box", "chart", "picture", "unread"]
#: Of one sheet: remarks, characters of all their texts, parts that are looked at.
MAX_REMARKS, MAX_CHARACTERS, MAX_PARTS = 1000, 500_000, 64


class Remark(NamedTuple):
    """``at``: the address of its cell; of a drawing that of its corner, "" where it does not say. ``text`` is
    "" where something could not be read, the name of its part for a picture."""

    kind: Kind
    at: str
    text: str = ""


class _Shape(NamedTuple):
    """How one kind of part is read, by the last words of names, which Strict and Microsoft's own share.

    ``unit`` begins a remark ("" is the whole part), ``text`` holds its words, ``line`` ends a line of them;
    what stands within ``skip`` is said elsewhere: how a word is pronounced, a fallback.
    """

    kind: Kind
    unit: str = ""
    text: str = "t"
    line: str = "p"
    skip: Set[str] = frozenset({"rPh", "Fallback"})


#: By the last word of a relationship's type. A thread is stored a second time as a comment at its cell, for
#: programs that know none: so threads come first.
_OF_SHEET = {
    "threadedComment": _Shape("comment", "threadedComment", "text"),
    "comments": _Shape("comment", "comment"),
    "drawing": _Shape("box", "sp"),
}
_OF_DRAWING = {"chart": _Shape("chart"), "diagramData": _Shape("box")}


def remarks_of(archive: Archive, part: str) -> tuple[Remark, ...]:
    """All remarks of the sheet that is this part, each once. Raises nothing: "unread" says it."""
    reader = _Reader(archive)
    reader.sheet(part)
    return tuple(dict.fromkeys(reader.found))


class _Reader:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._characters = MAX_CHARACTERS
        self._parts = MAX_PARTS
        self.found: list[Remark] = []

    def sheet(self, part: str) -> None:
        related = self._related(part)
        for kind, shape in _OF_SHEET.items():
            threads = {remark.at for remark in self.found}
            for target in (one.target for one in related if one.kind == kind):
                read = self._read(target, shape)
                self.found += [one for one in read if kind != "comments" or one.at not in threads]
                if kind == "drawing":
                    self._drawing(target)

    def _drawing(self, part: str) -> None:
        for relation in self._related(part):
            if relation.kind == "image":
                self.found.append(Remark("picture", "", relation.target))
            elif relation.kind in _OF_DRAWING:
                self.found += self._read(relation.target, _OF_DRAWING[relation.kind])

    def _related(self, part: str) -> list[Relation]:
        folder, name = posixpath.split(part)
        if not self._archive.find(posixpath.join(folder, "_rels", f"{name}.rels")):
            return []
        try:
            return [relation for _, relation in relations(self._archive, part)]
        except Refused:
            self.found.append(Remark("unread", ""))
            return []

    def _read(self, part: str, shape: _Shape) -> list[Remark]:
        self._parts -= 1
        room = min(self._characters, MAX_CHARACTERS)
        words = _Words(place("part", part), shape, room, MAX_REMARKS - len(self.found))
        try:
            if self._parts < 0:
                refuse("too_complex", place=place("part", part))
            words.stream.run(self._archive.xml(part, place("part", part), MAX_SMALL_PART))
        except Refused:
            return [Remark("unread", "")]
        self._characters = words.room
        return words.found


class _Words:
    """The remarks of one part. ``room``: characters that may still be kept; ``most``: remarks."""

    def __init__(self, where: str, shape: _Shape, room: int, most: int) -> None:
        self.found: list[Remark] = []
        self.room = room
        self._where, self._shape, self._most = where, shape, most
        self._path: list[str] = []
        self._skipped = 0
        self._unit = 0 if shape.unit else 1
        self._at = ""
        self._corner = {"row": "", "col": ""}
        self._pieces: list[str] = []
        self.stream = Stream(where, WORDS)
        self.stream.parser.StartElementHandler = self._start
        self.stream.parser.EndElementHandler = self._end
        self.stream.parser.CharacterDataHandler = self._data

    def _start(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        depth = len(self._path)
        if depth > MAX_DEPTH:
            refuse("too_complex", place=self._where)
        if local in self._shape.skip and not self._skipped:
            self._skipped = depth
        elif local == self._shape.unit and not self._unit:
            self._unit = depth
            if self._shape.kind == "comment":
                self._at = attributes.get("ref", "")
        elif local.endswith("Anchor"):
            self._at, self._corner = "", {"row": "", "col": ""}

    def _data(self, text: str) -> None:
        if self._skipped:
            return
        local = self._path[-1] if self._path else ""
        if self._unit and local == self._shape.text:
            self.room -= len(text)
            if self.room < 0:
                refuse("too_complex", place=self._where)
            self._pieces.append(text)
        elif local in self._corner and self._path[-2:-1] == ["from"]:
            self._corner[local] = (self._corner[local] + text)[:8]

    def _end(self, name: str) -> None:
        depth = len(self._path)
        local = self._path.pop()
        if self._skipped == depth:
            self._skipped = 0
        elif local == "from":
            self._at = _corner(self._corner)
        elif self._unit and local == self._shape.line and not self._skipped:
            self._pieces.append("\n")
        if self._unit == depth:
            self._keep()
            self._unit = 0

    def _keep(self) -> None:
        text = unescape("".join(self._pieces)).strip()
        self._pieces.clear()
        if not text:
            return
        self._most -= 1
        if self._most < 0:
            refuse("too_complex", place=self._where)
        at = parse_range(self._at)
        self.found.append(Remark(self._shape.kind, address(at[:2]) if at else "", text))


def _corner(found: dict[str, str]) -> str:
    """The address of the cell in which a drawing begins; its row and column count from 0."""
    row, column = (int(n) + 1 if n.isascii() and n.isdecimal() else 0 for n in found.values())
    return address((row, column)) if 0 < row <= MAX_ROW and 0 < column <= MAX_COLUMN else ""
