"""Bytes -> what kind of file it is, decoded and read into a Source; or a refusal with what to do."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from ..opc.archive import MB, Archive
from .charset import decode
from .html import read_html
from .pen import Pen
from .refusal import WORDS, refuse
from .stream import Source
from .text import read_text
from .word import read_word
from .word_parts import main_part

MAX_FILE = 32 * MB

_HTML_NAMES = frozenset({".html", ".htm", ".xhtml", ".shtml", ".shtm"})
_MARKDOWN_NAMES = frozenset({".md", ".markdown"})
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,500}>\s*)?(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|h[1-6])"
    r"[\s>]",
    re.IGNORECASE | re.DOTALL,
)


def open_source(source: Path | bytes, name: str = "") -> Source:
    """Open a published report by path or by its bytes; ``name``: of the file, a hint where the bytes leave
    open what it is. Raises Refused, nothing else, with one Chinese sentence that says what to do."""
    data = _bytes(source)
    name = name or (source.name if isinstance(source, Path) else "")
    if data.startswith(b"PK"):
        return _open_package(data, name)
    text = decode(data)
    suffix = Path(name).suffix.lower()
    if suffix in _HTML_NAMES or (suffix not in _MARKDOWN_NAMES and _HTML.match(text)):
        return _open_page(text, name)
    pen = Pen()
    read_text(text, pen)
    return Source(name, "markdown" if suffix in _MARKDOWN_NAMES else "text", pen.stream())


def _open_page(text: str, name: str) -> Source:
    pen = Pen()
    page = read_html(text, pen)
    return Source(name, "html", pen.stream(), page.title, page.said)


def _open_package(data: bytes, name: str) -> Source:
    archive = Archive(data, WORDS)
    if archive.find("[Content_Types].xml") is None:
        refuse("archive")
    main = main_part(archive)
    if not main:
        refuse("other_office")
    pen = Pen()
    said = read_word(archive, main, pen)
    return Source(name, "docx", pen.stream(), said.get("title", ""), said)


def _bytes(source: Path | bytes) -> bytes:
    """The bytes of a file, at most MAX_FILE. Raises Refused, also where it can not be opened."""
    if isinstance(source, bytes):
        data, size = source, len(source)
    else:
        try:
            status = source.stat()
            if not stat.S_ISREG(status.st_mode):
                refuse("not_a_file")
            with source.open("rb") as file:
                data = file.read(MAX_FILE + 1)
        except FileNotFoundError:
            refuse("missing")
        except (OSError, ValueError):  # ValueError: a path with a NUL in it
            refuse("unreadable")
        size = max(status.st_size, len(data))
    if size > MAX_FILE:
        refuse("too_large", size=-(-size // MB), limit=MAX_FILE // MB)
    if not data:
        refuse("empty")
    return data
