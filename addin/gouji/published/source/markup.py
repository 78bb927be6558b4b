"""HTML cut into tags and texts as a browser does (HTML Standard, 13.2.5), in one pass and in linear time.

Not html.parser: it differs from one Python to the next, and up to 3.13.5 an unclosed comment costs it the
square of the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from ..refusal import refuse
from .elements import NO_TEXT, TEXT_ONLY
from .pen import MAX_TEXT

#: The largest pages of published reports have 10 000.
MAX_TAGS = 120_000
MAX_ATTRIBUTES = 400_000
#: Text in which characters are written as references (&nbsp; is six for one).
MAX_REFERRING = 4 * MAX_TEXT

_NAME = r"[A-Za-z][^\s/>]*+"
_ATTRIBUTE = r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"'][^\s>]*+)?))?+"""
_TAG_NAME = re.compile(rf"<(/?)({_NAME})")
_ATTRIBUTES = re.compile(_ATTRIBUTE)
_END = re.compile(r"[\s/]*+>")
_COMMENT_END = re.compile(r"--!?>")
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{7,}|[0-9]{8,});?")


class Token(NamedTuple):
    """``kind``: "text" (``name`` is the text), "start" or "end" (``name`` is the tag's, in small letters)."""

    kind: str
    name: str
    attributes: dict[str, str]


_NONE: dict[str, str] = {}


class _Budget:
    """What a page may still hold."""

    def __init__(self) -> None:
        self._tags, self._attributes, self._references = MAX_TAGS, MAX_ATTRIBUTES, MAX_REFERRING

    def tag(self) -> None:
        self._tags -= 1
        if self._tags < 0:
            refuse("too_complex")

    def attribute(self) -> None:
        self._attributes -= 1
        if self._attributes < 0:
            refuse("too_complex")

    def resolved(self, text: str) -> str:
        """See ``resolved``."""
        if "&" in text:
            self._references -= len(text)
            if self._references < 0:
                refuse("too_much_text", limit=MAX_TEXT // 10_000)
        return resolved(text)


def tokens(text: str) -> Iterator[Token]:
    """All tags and texts in order; comments and declarations left out, references resolved.

    The text in <title> and <textarea> comes as text, that in scripts, styles and frames not at all. Raises
    Refused where there is too much of anything.
    """
    budget = _Budget()
    at = 0
    while (start := text.find("<", at)) >= 0:
        if start > at:
            yield Token("text", budget.resolved(text[at:start]), _NONE)
        found = _TAG_NAME.match(text, start)
        if not found:
            at = _after_other(text, start)
            budget.tag()
            if at == start:  # a "<" that begins nothing
                yield Token("text", "<", _NONE)
                at = start + 1
            continue
        budget.tag()
        name = found[2].lower()
        attributes, at = _attributes(text, found.end(), budget)
        if at < 0:  # the file ends within a tag
            return
        yield Token("end" if found[1] else "start", name, attributes)
        if not found[1] and (name in TEXT_ONLY or name in NO_TEXT):
            end = _raw_end(text, at, name)
            if name in TEXT_ONLY:
                yield Token("text", budget.resolved(text[at:end]), _NONE)
            at = end
    if at < len(text):
        yield Token("text", budget.resolved(text[at:]), _NONE)


def _attributes(text: str, at: int, budget: _Budget) -> tuple[dict[str, str], int]:
    """The attributes of a tag whose name ends at ``at``, and where it ends itself; -1 where it does not."""
    if text.startswith(">", at):
        return _NONE, at + 1
    found: dict[str, str] = {}
    while not (end := _END.match(text, at)):
        one = _ATTRIBUTES.match(text, at)
        if not one:
            return found, -1
        budget.attribute()
        at = one.end()
        value = one[2] or one[3] or one[4] or ""
        if text[at : at + 1] in ('"', "'") and one[0].rstrip().endswith("="):  # a quote that never closes
            return found, -1
        found.setdefault(one[1].lower(), unescape(value) if "&" in value and len(value) < 4096 else value)
    return found, end.end()


def _after_other(text: str, start: int) -> int:
    """Where a comment or declaration ends that begins at ``start``; ``start`` where none does."""
    if text.startswith("<!--", start):
        for empty in ("<!-->", "<!--->"):
            if text.startswith(empty, start):
                return start + len(empty)
        end = _COMMENT_END.search(text, start + 4)
        return end.end() if end else len(text)
    if text.startswith(("<!", "<?", "</"), start):
        if text[start + 1 : start + 2] == "/" and start + 2 >= len(text):
            return start
        after = text.find(">", start)
        return after + 1 if after >= 0 else len(text)
    return start


def _raw_end(text: str, at: int, name: str) -> int:
    """Where the end tag of an element without markup begins, or the end of the file."""
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(text, at)
    return found.start() if found else len(text)


def resolved(text: str) -> str:
    """A text with its character references resolved; a number that is no character becomes U+FFFD."""
    if "&" not in text:
        return text
    # int() refuses very long digits, and no character has such a number.
    return unescape(_REFERENCE.sub("\N{REPLACEMENT CHARACTER}", text))
