"""One line of Markdown, or of a text that keeps some marks of it -> its text, raised pieces and line breaks.

Every repetition in these patterns is bounded: a line may have a million characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .elements import BLOCKS
from .markup import resolved

_BOOKMARK = re.compile(r"\[bookmark:[^\[\]]{0,80}\]")
_IMAGE = re.compile(r"!\[[^\[\]]{0,200}\]\([^()]{0,500}\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]^][^\[\]]{0,200})\]\([^()\s]{1,500}(?:\s\"[^\"]{0,200}\")?\)")
_BOLD = re.compile(r"(\*\*|__)(?=\S)([^*_]{1,2000})(?<=\S)\1")
_ITALIC = re.compile(r"(?<![*_\w])([*_])(?=[^\s*_])([^*_]{1,500})(?<=[^\s*_])\1(?![*_\w])")
_HEADING = re.compile(r"\s{0,3}#{1,6}(?!#)\s*")
_CLOSED = re.compile(r"\s#{1,6}\Z")
_QUOTE = re.compile(r"\s{0,3}(?:>\s?){1,9}")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_INLINE = ("a", "b", "big", "em", "font", "i", "img", "small", "span", "strong", "sub", "u")
_TAG = re.compile(rf"</?(?:{'|'.join((*BLOCKS, *_INLINE))})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_SPECIAL = re.compile(
    r"<sup>(?P<sup>.{0,200}?)</sup>|\^(?P<caret>[^\s^|]{1,8})\^|\[\^(?P<note>[^\[\]\s]{1,12})\]"
    r"|(?P<br><br\s{0,3}/?>)",
    re.IGNORECASE,
)


def pieces(line: str) -> Iterator[tuple[str, str]]:
    """("text" | "raised" | "line", text) in order; the marks of Markdown are gone, nothing else is."""
    if "[" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub("", _BOOKMARK.sub("", line)))
    if line.startswith((" ", "#", ">")):
        if quote := _QUOTE.match(line):
            line = line[quote.end() :]
        if heading := _HEADING.match(line):
            line = _CLOSED.sub("", line[heading.end() :])
    at = 0
    for found in _SPECIAL.finditer(line):
        if text := _plain(line[at : found.start()]):
            yield "text", text
        at = found.end()
        if found["br"]:
            yield "line", ""
        elif text := _plain(found["sup"] or found["caret"] or found["note"] or ""):
            yield "raised", text
    if text := _plain(line[at:]):
        yield "text", text


def _plain(text: str) -> str:
    if "*" in text or "_" in text:
        text = _ITALIC.sub(r"\2", _BOLD.sub(r"\2", text))
    if "<" in text:
        text = _TAG.sub("", text)
    if "\\" in text:
        text = _ESCAPE.sub(r"\1", text)
    return resolved(text)
