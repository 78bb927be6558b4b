"""A page that a browser saved as one file (.mht, RFC 2557): its parts, and the page among them."""

from __future__ import annotations

import binascii
import quopri
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser

from ..refusal import refuse
from .charset import decode

_HEAD = 64 * 1024
MAX_PARTS = 2000
_DEEPEST = 4
#: Of a page and its frames so many are looked at.
MAX_PAGES = 20
_START = re.compile(
    rb"\s*(?:(?:from|to|subject|date|message-id|x-[\w-]+|snapshot-content-location|mime-version|content-[\w-]+):"
    rb"[^\n]*\n(?:[ \t][^\n]*\n)*)+",
    re.IGNORECASE,
)
_BLANK = re.compile(rb"\r?\n\r?\n")


def is_mht(data: bytes) -> bool:
    """Whether a file begins with the headers of a message."""
    found = _START.match(data[:_HEAD])
    return found is not None and all(word in found[0].lower() for word in (b"content-type", b"mime-version"))


def pages_in(data: bytes) -> list[str]:
    """The HTML of its pages: first the one that the file begins with, then those of its frames.

    Raises Refused where there is none."""
    headers, body = _split(data.lstrip())
    pages = list(_pages(headers, body))
    if not pages:
        refuse("no_page")
    start = headers.get_param("start")
    wanted = str(start).strip("<> ") if start else ""
    return [text for identifier, text in sorted(pages, key=lambda page: page[0] != wanted)]


def _split(data: bytes) -> tuple[Message, bytes]:
    blank = _BLANK.search(data, 0, _HEAD)
    end = blank.end() if blank else 0
    return BytesHeaderParser().parsebytes(data[:end]), data[end:]


def _pages(headers: Message, body: bytes) -> Iterator[tuple[str, str]]:
    """(content id, text) of each part that is a page; parts within parts are looked through as well."""
    waiting = [(0, headers, body)]
    while waiting:
        depth, headers, body = waiting.pop(0)
        kind = headers.get_content_type()
        if kind.startswith("multipart/"):
            if depth >= _DEEPEST or len(waiting) > MAX_PARTS:
                refuse("too_complex")
            for part in _parts(body, str(headers.get_param("boundary") or "")):
                waiting.append((depth + 1, *_split(part)))
        elif kind in ("text/html", "application/xhtml+xml"):
            identifier = str(headers.get("content-id", "")).strip("<> ")
            yield identifier, decode(_decoded(headers, body), headers.get_content_charset() or "")


def _parts(body: bytes, boundary: str) -> list[bytes]:
    """The parts between the boundary lines (RFC 2046, 5.1.1)."""
    if not boundary:
        return []
    line = b"--" + boundary.encode("ascii", "replace")
    if body.count(line) > MAX_PARTS:
        refuse("too_complex")
    parts = body.split(line)[1:]
    return [
        part.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n") for part in parts if part[:2] != b"--"
    ]


def _decoded(headers: Message, body: bytes) -> bytes:
    encoding = str(headers.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "quoted-printable":
        return quopri.decodestring(body)
    if encoding == "base64":
        try:
            return binascii.a2b_base64(body)
        except binascii.Error:
            refuse("no_page")
    return body
