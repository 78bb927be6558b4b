"""The parts of a Word file: which is the main one, its XML in short names, numbering, notes, properties.

Source: ECMA-376 part 1, 11.3.
"""

from __future__ import annotations

from collections.abc import Callable

from ...opc.archive import MB, Archive
from ...opc.relations import content_type, relations
from ...opc.xmlstream import STRICT, WORD, Attributes, Stream
from ..refusal import WORDS, place, refuse
from .numbering import Level, Numbering, Style
from .word_runs import is_on, say

#: A report has 250 KB of XML; pasted from a page, it may have ten times that.
MAX_BODY = 24 * MB
MAX_ELEMENTS = 400_000
MAX_DEPTH = 512

_PREFIXES = {
    WORD: "",
    STRICT[WORD]: "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
}


def main_part(archive: Archive) -> str:
    """The name of the main part of a Word file; "" for any other package."""
    if archive.find("[Content_Types].xml") is None or archive.find("_rels/.rels") is None:
        return ""
    for _, relation in relations(archive, ""):
        if relation.kind == "officeDocument":
            kind = content_type(archive, relation.target).lower()
            if "wordprocessingml" in kind or "ms-word" in kind:
                return relation.target
    return ""


def related(archive: Archive, main: str) -> dict[str, str]:
    """The names of the parts that the main part points to and that are there, by kind."""
    folder, _, name = main.rpartition("/")
    if archive.find(f"{folder}/_rels/{name}.rels".lstrip("/")) is None:
        return {}
    return {r.kind: r.target for _, r in relations(archive, main) if archive.find(r.target) is not None}


def elements(
    archive: Archive,
    part: str,
    start: Callable[[str, Attributes], None],
    end: Callable[[str], None],
    text: Callable[[str], None] | None = None,
) -> None:
    """Go once through a part: names without their namespace ("mc:" for compatibility, "?" for others),
    attributes likewise. Raises Refused for what is too large, too deep or no XML."""
    where = place("part", part)
    stream = Stream(where, WORDS)
    names: dict[str, str] = {}
    count = depth = 0

    def short(name: str) -> str:
        if (known := names.get(name)) is None:
            namespace, _, local = name.rpartition(" ")
            known = names[name] = _PREFIXES.get(namespace, "?" if namespace else "") + local
        return known

    def started(name: str, attributes: Attributes) -> None:
        nonlocal count, depth
        count += 1
        depth += 1
        if count > MAX_ELEMENTS or depth > MAX_DEPTH:
            refuse("too_complex")
        start(short(name), {short(key): value for key, value in attributes.items()} if attributes else {})

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        end(short(name))

    stream.parser.StartElementHandler = started
    stream.parser.EndElementHandler = ended
    if text:
        stream.parser.CharacterDataHandler = text
    stream.run(archive.chunks(part, where, MAX_BODY))


def whole(text: str | None, default: int = 0) -> int:
    """A number in an attribute; one that is none, or has no sense, is ``default``."""
    digits = (text or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else default


def properties(archive: Archive) -> dict[str, str]:
    """The core properties by name: title, creator, created …"""
    found: dict[str, str] = {}
    part = archive.find("docProps/core.xml")
    if part is None:
        return found
    pieces: list[str] = []

    def end(name: str) -> None:
        if value := "".join(pieces).strip():
            found.setdefault(name.lstrip("?"), value)
        pieces.clear()

    elements(archive, part, lambda name, attributes: pieces.clear(), end, pieces.append)
    return found


def read_numbering(archive: Archive, parts: dict[str, str]) -> Numbering:
    """Lists and styles of a Word file; empty where it has none. ``parts``: see ``related``."""
    numbering = Numbering()
    if part := parts.get("numbering"):
        lists = _Lists(numbering)
        elements(archive, part, lists.start, lists.end)
    if part := parts.get("styles"):
        styles = _Styles(numbering)
        elements(archive, part, styles.start, styles.end)
    return numbering


class _Lists:
    """The part numbering.xml: kinds of lists (abstractNum) and lists (num) of a kind."""

    def __init__(self, into: Numbering) -> None:
        self._into = into
        self._kind = self._num = ""
        self._over = 0
        self._level: Level | None = None

    def start(self, name: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if name == "abstractNum":
            self._kind = attributes.get("abstractNumId", "")
            self._into.kinds.setdefault(self._kind, {})
        elif name == "num":
            self._num = attributes.get("numId", "")
        elif name == "abstractNumId" and self._num:
            self._into.lists[self._num] = (value, {})
        elif name == "lvlOverride":
            self._over = whole(attributes.get("ilvl"))
        elif name == "startOverride" and self._num in self._into.lists:
            self._into.lists[self._num][1][self._over] = whole(value, 1)
        elif name == "lvl":
            self._level = Level()
            levels = (
                self._into.own.setdefault(self._num, {})
                if self._num
                else self._into.kinds.get(self._kind, {})
            )
            levels[whole(attributes.get("ilvl"))] = self._level
        elif self._level is not None:
            self._of_level(self._level, name, value, attributes)

    def _of_level(self, level: Level, name: str, value: str, attributes: Attributes) -> None:
        if name == "start":
            level.start = whole(value, 1)
        elif name == "numFmt":
            level.kind = value
        elif name == "lvlText":
            level.text = value[:100]
        elif name == "suff":
            level.spaced = value == "space"
        elif name == "isLgl":
            level.digits_only = is_on(attributes)

    def end(self, name: str) -> None:
        if name == "lvl":
            self._level = None
        elif name == "abstractNum":
            self._kind = ""
        elif name == "num":
            self._num = ""


class _Styles:
    """The part styles.xml, as far as it numbers paragraphs or decides how a text looks.

    What is said of all text is the style "" (docDefaults); what holds in a part of a table is left out.
    """

    def __init__(self, into: Numbering) -> None:
        self._into = into
        self._style: Style | None = None
        self._in_part = 0

    def start(self, name: str, attributes: Attributes) -> None:
        self._in_part += name == "tblStylePr"
        if name == "style":
            self._style = self._into.styles.setdefault(attributes.get("styleId", ""), Style())
        elif name == "docDefaults":
            self._style = self._into.styles.setdefault("", Style())
        if self._style is None or self._in_part:
            return
        value = attributes.get("val", "")
        if name == "basedOn":
            self._style.based_on = value
        elif name == "numId":
            self._style.num = value
        elif name == "ilvl":
            self._style.level = whole(value)
        else:
            say(self._style.said, name, attributes)

    def end(self, name: str) -> None:
        self._in_part -= name == "tblStylePr"
        if name in ("style", "docDefaults"):
            self._style = None
