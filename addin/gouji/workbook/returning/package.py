"""The parts of a received workbook, some of them edited: how parts are named, related and declared
(ECMA-376 part 2, 6.2, 6.5, 7.2.3)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Set

from ...opc.relations import Relation, content_type, quoted, relations
from ...opc.xmlstream import OFFICE_RELATIONS, PACKAGE_RELATIONS
from ..packing import ROOT_RELS, TYPES, write_parts
from ..reading.guard import WORDS, Archive, place
from .outline import Edit, Element, edited, into, outline
from .refusal import NotMarkable

#: A part that is cut and joined is parsed once; beyond this that takes seconds.
MAX_EDITED = 8 << 20
#: Bytes of all parts together, which are held while a copy is made.
MAX_WHOLE = 48 << 20


class Package:
    """``main``: the workbook part. Raises Refused for what is no workbook, NotMarkable as its users do."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data)
        if sum(map(self._archive.size, self._archive.names())) > MAX_WHOLE:
            raise NotMarkable("large")
        self._new: dict[str, bytes] = {}
        self._gone: set[str] = set()
        found = [one.target for _, one in relations(self._archive, "") if one.kind == "officeDocument"]
        if not found or not self._archive.find(found[0]):
            raise NotMarkable("odd")
        self.main = found[0]

    @property
    def ending(self) -> str:
        """``.xlsm`` for a workbook with macros, else ``.xlsx``."""
        return ".xlsm" if "macroEnabled" in content_type(self._archive, self.main) else ".xlsx"

    def as_book(self, kind: str) -> None:
        """A template (.xltx, .xltm) becomes a workbook of this content type."""
        if "template" in content_type(self._archive, self.main):
            self.declare(self.main, kind)

    def part(self, name: str) -> bytes:
        if name in self._new:
            return self._new[name]
        return b"".join(self._archive.chunks(name, place("part", name)))

    def put(self, name: str, content: bytes) -> None:
        self._new[name] = content
        self._gone.discard(name)

    def remove(self, name: str) -> None:
        self._new.pop(name, None)
        self._gone.add(name)

    def has(self, name: str) -> bool:
        return name in self._new or (name not in self._gone and self._archive.find(name) is not None)

    def outline(self, name: str, depth: int = 3, rows: Set[int] = frozenset()) -> tuple[bytes, Element]:
        """A part with its outline. Raises NotMarkable where it is too large to be edited."""
        content = self.part(name)
        if len(content) > MAX_EDITED:
            raise NotMarkable("large")
        return content, outline(content, WORDS, place("part", name), depth, rows)

    def edit(self, name: str, edits: Iterable[Edit]) -> None:
        self.put(name, edited(self.part(name), edits))

    # ------------------------------------------------------------ relationships, content types

    def related(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by id, as the file was sent."""
        known = self._archive.find(_relations_of(part))
        return dict(relations(self._archive, part)) if known else {}

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relationship and return its id."""
        name = _relations_of(part)
        if not self.has(name):
            self.put(name, f'<Relationships xmlns="{PACKAGE_RELATIONS}"></Relationships>'.encode())
        content, root = self.outline(name, 2)
        known = {one.attributes.get("Id") for one in root.children}
        fresh = next(i for n in range(1, len(known) + 2) if (i := f"rIdG{n}") not in known)
        path = quoted(f"/{target}")
        text = f'<Relationship Id="{fresh}" Type="{OFFICE_RELATIONS}/{kind}" Target={path}/>'
        self.edit(name, [into(content, root, text.encode())])
        return fresh

    def unrelate(self, part: str) -> None:
        """Take away all relationships of a part; what they led to stays in the file."""
        if self.has(_relations_of(part)):
            self.remove(_relations_of(part))

    def declare(self, part: str, content_type: str) -> None:
        """The content type of a part, in place of one that it had."""
        content, root = self.outline(TYPES, 2)
        names = {one.attributes.get("PartName", "").lstrip("/").lower(): one for one in root.children}
        old = names.get(part.lower())
        path = quoted(f"/{part}")
        text = f'<Override PartName={path} ContentType="{content_type}"/>'.encode()
        gone = [Edit(old.start, old.end, b"")] if old else []
        self.edit(TYPES, [into(content, root, text), *gone])

    def fresh(self, folder: str, stem: str, ending: str) -> str:
        """The name of a part that is not there yet, beside the workbook part."""
        base = posixpath.join(posixpath.dirname(self.main), folder, stem)
        return next(name for n in range(1, 10_000) if not self.has(name := f"{base}{n}{ending}"))

    def finish(self) -> bytes:
        parts = {name: self.part(name) for name in self._archive.names() if name not in self._gone}
        assert TYPES in parts and ROOT_RELS in parts
        return write_parts({**parts, **self._new})


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", name + ".rels")
