"""Bytes -> what kind of file it is, decoded and read into a Source; or a refusal with what to do."""

from __future__ import annotations

import re
from pathlib import Path

from ...opc.archive import MB, Archive
from ...opc.source import read_bytes
from ...text import plain
from ..refusal import WORDS, refuse
from ..stream import Source
from .besides import Besides
from .charset import decode
from .html import read_html
from .magic import refuse_by_magic, refuse_by_name, refuse_package
from .markup import MAX_TAGS
from .mht import MAX_PAGES, is_mht, pages_in
from .pen import Pen
from .recognise import has_tables, refuse_by_text
from .text import read_text
from .word import read_word
from .word_parts import main_part

MAX_FILE = 32 * MB

_HEAD = 1 << 14
_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".shtm"})
_MARKDOWN_NAMES = frozenset({".md", ".markdown"})
_BEGINNING = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|table|tr|td|div|p|h[1-6])[\s>]", re.IGNORECASE
)


def open_source(source: Path | bytes, name: str = "") -> Source:
    """Open a published report by path or by its bytes; ``name``: of the file, a hint where the bytes leave
    open what it is. Raises Refused, nothing else, with one Chinese sentence that says what to do."""
    data = read_bytes(source, MAX_FILE, WORDS)
    name = name or (source.name if isinstance(source, Path) else "")
    if not data:
        refuse("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _open_package(data, name)
    refuse_by_magic(data)
    suffix = Path(name).suffix.lower()
    refuse_by_name(suffix)
    if is_mht(data):
        return _open_pages(pages_in(data)[:MAX_PAGES], name)
    text = decode(data)
    if suffix in _HTML_NAMES or (suffix not in _MARKDOWN_NAMES and _begins_as_page(text)):
        return _open_pages([text], name)
    pen = Pen()
    read_text(text, pen)
    return _checked("markdown" if suffix in _MARKDOWN_NAMES else "text", name, pen, Besides())


def _begins_as_page(text: str) -> bool:
    """Whether the first thing in a text, comments and an XML declaration left aside, is a tag of a page."""
    text = text[:_HEAD].lstrip()
    while text.startswith(("<!--", "<?")):
        text = text.partition("-->" if text.startswith("<!--") else ">")[2].lstrip()
    return bool(_BEGINNING.match(text))


def _open_pages(texts: list[str], name: str) -> Source:
    """The first page that holds the tables, else the first of all: a saved page comes with its frames. Of all
    of them together less is looked at than of one alone, for each is searched for tables besides."""
    opened: list[tuple[Pen, Besides]] = []
    left = MAX_TAGS // 2
    for text in texts:
        left -= text.count("<")
        if opened and left < 0:
            break
        pen = Pen()
        opened.append((pen, read_html(text, pen)))
        if len(texts) == 1 or has_tables(plain(pen.stream().text)):
            return _checked("html", name, *opened[-1])
    return _checked("html", name, *opened[0])


def _checked(kind: str, name: str, pen: Pen, besides: Besides) -> Source:
    source = Source(name, kind, pen.stream(), besides.title, besides.said)
    refuse_by_text(source, besides)
    return source


def _open_package(data: bytes, name: str) -> Source:
    archive = Archive(data, WORDS)
    main = main_part(archive)
    if not main:
        refuse_package(archive)
    pen = Pen()
    return _checked("docx", name, pen, read_word(archive, main, pen))
