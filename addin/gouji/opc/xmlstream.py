"""XML of strangers, by expat in 64 KB chunks: no DTD, no entity, UTF-8 or UTF-16, bounded in depth and names.

Names arrive as "namespace local", in the transitional namespaces of ECMA-376 or the strict ones of ISO 29500.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from xml.parsers import expat

from ..refusing import Refusals
from .archive import MB, Archive

MAX_DEPTH = 128
#: Names of elements and attributes, and namespaces, each counted once; and their characters. Expat keeps them
#: all, and no two files need have one in common.
MAX_NAMES = 4096
MAX_NAME_CHARACTERS = 256 * 1024
# Expat before 2.6 scans an unfinished tag anew with every chunk: 64 MB would take minutes (CVE-2023-52425).
MAX_TAG = 256 * 1024
MAX_SMALL_PART = 4 * MB
#: Of a small part, wanted or not; a run opens a file some five times. A form has a hundred.
MAX_SMALL_ELEMENTS = 10_000
#: Of the attributes of the wanted elements: 16 MB at most.
MAX_SMALL_CHARACTERS = 4_000_000

SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
STRICT = {
    SHEETS: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    WORD: "http://purl.oclc.org/ooxml/wordprocessingml/main",
    OFFICE_RELATIONS: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}

Attributes = dict[str, str]
Path = tuple[str, ...]


def spellings(namespace: str, local: str) -> list[str]:
    """The names under which expat reports an element or attribute: transitional, then strict if any."""
    known = [namespace, STRICT[namespace]] if namespace in STRICT else [namespace]
    return [f"{one} {local}" for one in known]


_HANDLERS = tuple(
    f"{name}Handler"
    for name in (
        "StartElement",
        "EndElement",
        "CharacterData",
        "StartCdataSection",
        "StartDoctypeDecl",
        "XmlDecl",
        "StartNamespaceDecl",
    )
)


class Stream:
    """One pass of expat over one part. Set the handlers on ``parser``, then call ``run``."""

    def __init__(self, where: str, words: Refusals) -> None:
        """``where`` names the part in messages."""
        self.words = words
        self.where = where
        #: Called when a chunk was parsed: here what arrived is counted, not with each piece of it.
        self.after_chunk: Callable[[], None] | None = None
        self._names: dict[str, str] = {}
        self._spaces: set[tuple[str | None, str | None]] = set()
        self._known = 0
        self.parser = expat.ParserCreate(namespace_separator=" ", intern=self._names)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._dtd  # entities are declared nowhere else
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartNamespaceDeclHandler = self._space

    def run(self, chunks: Iterator[bytes]) -> None:
        """Parse all chunks. Raises Refused for whatever is not plain, well-formed XML."""
        fed = 0
        try:
            for chunk in chunks:
                self.parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - self.parser.CurrentByteIndex > MAX_TAG or self._too_many_names():
                    self.words.refuse("too_complex", place=self.where)
                if self.after_chunk is not None:
                    self.after_chunk()
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            self.words.refuse("xml", place=self.where, reason=self.words.reason("syntax", line=error.lineno))
        finally:
            self._let_go()

    def _let_go(self) -> None:
        """Parser and handlers hold each other: thousands of small parts would stay until a collection."""
        for name in _HANDLERS:
            setattr(self.parser, name, None)
        self.after_chunk = None

    def _too_many_names(self) -> bool:
        """Asked after each chunk, and costs nothing where no new name came with it."""
        known = len(self._names) + len(self._spaces)
        if known == self._known:
            return False
        self._known = known
        characters = sum(len(name or "") for name in self._names)  # None: no prefix
        characters += sum(len(prefix or "") + len(uri or "") for prefix, uri in self._spaces)
        return known > MAX_NAMES or characters > MAX_NAME_CHARACTERS

    def _space(self, prefix: str | None, uri: str | None) -> None:
        self._spaces.add((prefix, uri))

    def _dtd(self, *_: object) -> None:
        self.words.refuse("dtd", place=self.where)

    def _declared(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.upper() not in {"UTF-8", "UTF-16", "US-ASCII"}:
            self.words.refuse("encoding", place=self.where, encoding=encoding)


def read_elements(
    archive: Archive,
    part: str,
    where: str,
    wanted: Set[Path],
    limit: int = MAX_SMALL_PART,
    most: int = MAX_SMALL_ELEMENTS,
) -> list[tuple[str, Attributes]]:
    """(local name of the last step, attributes) of the elements at the wanted paths, in document order.

    For small parts. A path is the names from the root, as ``spellings`` gives them first (transitional).
    ``most``: elements of the part, wanted or not.
    """
    found: list[tuple[str, Attributes]] = []
    seen = characters = 0
    stream = Stream(where, archive.words)
    path: list[str] = []
    plain = {f"{strict} ": f"{namespace} " for namespace, strict in STRICT.items()}

    def start(name: str, attributes: Attributes) -> None:
        nonlocal seen, characters
        seen += 1
        namespace, space, local = name.rpartition(" ")
        path.append(plain.get(namespace + space, namespace + space) + local)
        if len(path) > MAX_DEPTH or seen > most:
            archive.words.refuse("too_complex", place=where)
        if tuple(path) in wanted:
            found.append((local, attributes))
            characters += sum(map(len, attributes.values()))
            if len(found) > MAX_SMALL_ELEMENTS or characters > MAX_SMALL_CHARACTERS:
                archive.words.refuse("too_complex", place=where)
        elif len(path) == 1 and all(one[0] != path[0] for one in wanted):
            archive.words.refuse("xml", place=where, reason=archive.words.reason("root"))

    def end(name: str) -> None:
        path.pop()

    stream.parser.StartElementHandler = start
    stream.parser.EndElementHandler = end
    stream.run(archive.xml(part, where, limit))
    return found
