"""Where the elements of a part begin and end, so that it can be edited without being written anew.

A library that reads a workbook and writes it again drops what it does not know: stored values of formulas,
drawings, controls, extensions. A part that is cut and joined at offsets loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import field
from hashlib import sha256

from ...opc.xmlstream import MAX_DEPTH, STRICT, Stream
from ...records import dataclass
from ...refusing import Refusals
from ...remembered import Memo
from ...text import whole_number
from .refusal import NotMarkable

#: A start tag; ">" may stand within a value.
_TAG = re.compile(rb"<[^\s/>]+(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
_PLAIN = {f"{strict} ": f"{namespace} " for namespace, strict in STRICT.items()}
_SHEET_DATA, _ROW = "sheetData", "row"
_OPEN, _CLOSE = b"<sheetData>", b"</sheetData>"
#: The start tag of a row, and its number where that comes first.
_NUMBERED = re.compile(rb'<row\b(?: r="(\d{1,7})")?')


@dataclass(slots=True)
class Element:
    """One element by its offsets in the part: ``start`` of its tag, ``inside`` behind the tag, ``close`` at
    the end tag, ``end`` behind it. ``empty``: it has no end tag. ``namespace`` and ``name`` as resolved,
    ``attributes`` by resolved names."""

    namespace: str
    name: str
    attributes: dict[str, str]
    start: int
    inside: int
    empty: bool
    close: int = 0
    end: int = 0
    children: list[Element] = field(default_factory=list)

    def child(self, name: str) -> Element | None:
        return next((one for one in self.children if one.name == name), None)

    def named(self, name: str) -> list[Element]:
        return [one for one in self.children if one.name == name]


@dataclass(frozen=True, slots=True)
class Edit:
    """``text`` instead of the bytes from ``start`` to ``end``."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True, slots=True)
class _Cut:
    """The rows of a sheet from ``start`` on, so many bytes, which nobody asked for and nobody parses."""

    start: int = 0
    size: int = 0

    def of(self, part: bytes) -> bytes:
        """The part without them."""
        return part[: self.start] + part[self.start + self.size :]

    def undone(self, element: Element) -> Element:
        """An element and all in it with the offsets that they have in the whole part; the one given stays."""
        start, size = self.start, self.size
        # Where the cut is, the end tag of sheetData begins; all else that touches it stands before.
        behind = element.close > start or (element.close == start and element.name == _SHEET_DATA)
        return Element(
            element.namespace,
            element.name,
            element.attributes,
            element.start + size if element.start > start else element.start,
            element.inside + size if element.inside > start else element.inside,
            element.empty,
            element.close + size if behind else element.close,
            element.end + size if element.end > start else element.end,
            [self.undone(child) for child in element.children],
        )


def number_of(element: Element, name: str, default: str = "") -> int:
    """An attribute that counts something. Raises NotMarkable where it is no number."""
    number = whole_number(element.attributes.get(name, default))
    if number is None:
        raise NotMarkable("odd")
    return number


def _cut(part: bytes, rows: Set[int]) -> _Cut:
    """What can be left out of a sheet: the rows behind the last one asked for, where it is written as all
    programs write it, without a comment and with a number in every row."""
    data, end = part.find(_OPEN), part.rfind(_CLOSE)
    if not 0 <= data < end or b"<!" in part or part.count(_OPEN) > 1 or part.count(_CLOSE) > 1:
        return _Cut()
    if not rows:
        start = data + len(_OPEN)
        return _Cut(start, end - start)
    found = list(_NUMBERED.finditer(part, data, end))
    numbers = [int(row[1] or 0) for row in found]
    at = next((i for i, number in enumerate(numbers) if number > max(rows)), len(numbers))
    if at == len(numbers) or 0 in numbers or min(numbers[at:]) <= max(rows):
        return _Cut()
    return _Cut(found[at].start(), end - found[at].start())


#: Digest of what is parsed, depth and rows -> its outline, and about how many bytes that takes.
_OUTLINES: Memo[tuple[bytes, int, frozenset[int]], tuple[Element, int]] = Memo(8 << 20, lambda _, it: it[1])
#: Bytes of an element, and of an attribute beside its texts.
_ELEMENT, _ATTRIBUTE = 400, 200


class _Outliner:
    """``size``: about how many bytes the outline takes."""

    def __init__(self, part: bytes, depth: int, rows: Set[int]) -> None:
        self.part, self.depth, self.rows = part, depth, rows
        self.path: list[Element | None] = []
        self.root: Element | None = None
        self.size = 0
        self._row = 0

    def _wanted(self, parent: Element | None, name: str, attributes: dict[str, str]) -> bool:
        if self.path and parent is None:
            return False
        if parent is None or parent.name != _SHEET_DATA:
            return len(self.path) < self.depth or (parent is not None and parent.name == _ROW)
        stated = attributes.get("r", "")
        number = whole_number(stated) if stated else self._row + 1
        if number is None:
            raise NotMarkable("odd")
        self._row = number
        return name == _ROW and self._row in self.rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        parent = self.path[-1] if self.path else None
        if not self._wanted(parent, local, attributes):
            self.path.append(None)
            if len(self.path) > MAX_DEPTH:
                raise NotMarkable("odd")
            return
        at = self.parser.CurrentByteIndex
        tag = _TAG.match(self.part, at)
        if tag is None:  # the offsets are those of another encoding
            raise NotMarkable("odd")
        if local == _ROW and parent is not None:
            attributes = {**attributes, "r": str(self._row)}
        empty = tag[0].endswith(b"/>")
        self.size += _ELEMENT + sum(_ATTRIBUTE + 4 * len(text) for text in attributes.values())
        element = Element(namespace, local, attributes, at, tag.end(), empty, tag.end(), tag.end())
        if parent is None:
            self.root = element
        else:
            parent.children.append(element)
        self.path.append(element)

    def end(self, name: str) -> None:
        element = self.path.pop()
        if element is not None and not element.empty:
            element.close = self.parser.CurrentByteIndex
            element.end = self.part.index(b">", element.close) + 1

    def outline(self, words: Refusals, where: str) -> Element:
        stream = Stream(where, words)
        self.parser = stream.parser
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        stream.run(iter([self.part]))
        assert self.root is not None
        return self.root


def _outlined(part: bytes, words: Refusals, where: str, depth: int, rows: Set[int]) -> Element:
    """The outline of what is parsed. Most of it is met again: without its rows a sheet is the same in the
    workbooks of all units, and so are formats and content types."""
    key = sha256(part).digest(), depth, frozenset(rows)
    found = _OUTLINES.get(key)
    if found is None:
        outliner = _Outliner(part, depth, rows)
        found = outliner.outline(words, where), outliner.size
        _OUTLINES.put(key, found)
    return found[0]


def outline(
    part: bytes, words: Refusals, where: str, depth: int = 3, rows: Set[int] = frozenset()
) -> Element:
    """The elements of a part down to ``depth`` (1: the root); of a sheet's rows those in ``rows`` alone, with
    their cells. Raises Refused for what is no plain XML, NotMarkable where it can not be cut."""
    if b"\0" in part[:4] or part.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotMarkable("odd")
    cut = _cut(part, rows)
    root = cut.undone(_outlined(cut.of(part) if cut.size else part, words, where, depth, rows))
    if f"{root.namespace} " in _PLAIN:
        raise NotMarkable("strict")
    return root


def edited(part: bytes, edits: Iterable[Edit]) -> bytes:
    """The part with all edits made; those at one place in the order given."""
    done, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        done += [part[at : edit.start], edit.text]
        at = edit.end
    return b"".join([*done, part[at:]])


def into(
    part: bytes,
    parent: Element,
    text: bytes,
    before: Sequence[str] = (),
    *,
    first: Element | None = None,
    last: bool = True,
) -> Edit:
    """An edit that puts ``text`` into an element: before its first child of these names (or ``first``), else
    at its end (or its begin). ``text`` is in the element's namespace and without its prefix."""
    prefix = re.match(rb"<([^\s/>:]+:)", part[parent.start : parent.inside])
    if prefix:
        text = re.sub(rb"<(/?)(?=\w)", rb"<\1" + prefix[1], text)
    found = first or next((one for one in parent.children if one.name in before), None)
    if found is not None:
        return Edit(found.start, found.start, text)
    if not parent.empty:
        at = parent.close if last else parent.inside
        return Edit(at, at, text)
    name = re.match(rb"<([^\s/>]+)", part[parent.start : parent.inside])
    assert name is not None
    return Edit(parent.inside - 2, parent.inside, b">" + text + b"</" + name[1] + b">")


def attribute(part: bytes, element: Element, name: str, value: str | None) -> Edit:
    """An edit of one attribute without a namespace; None takes it away."""
    tag = part[element.start : element.inside]
    found = re.search(rb"\s" + name.encode() + rb"\s*=\s*(\"[^\"]*\"|'[^']*')", tag)
    text = b"" if value is None else f' {name}="{value}"'.encode()
    if found:
        return Edit(element.start + found.start(), element.start + found.end(), text)
    at = element.inside - (2 if element.empty else 1)
    return Edit(at, at, text)
