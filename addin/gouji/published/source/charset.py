"""Bytes -> text: by mark, by what can only be UTF-8, by declaration, else GB 18030; never mojibake."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from ..refusal import WORDS, refuse

#: So many characters may be broken (a site cuts a summary in the middle of one); each becomes U+FFFD.
_MAX_BROKEN = 20
_HEAD = 1 << 16
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)
#: Names under which Chinese texts are declared, and the superset that reads them all.
_FAMILIES = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5hkscs": "big5hkscs",
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode(data: bytes, declared: str = "") -> str:
    """The text of a file. ``declared``: by what came with it (the header of a part). Raises Refused."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_lenient(data[len(mark) :], encoding))
    names = dict.fromkeys(["utf-8", *filter(None, [_known(declared or _declaration(data))]), "gb18030"])
    for encoding in (*names, "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Nearly everything is GB 18030 or UTF-16 of something; nothing but UTF-8 is UTF-8.
        if encoding == "utf-8" or _is_expected(text):
            return _checked(text)
    for encoding in names:
        text = data.decode(encoding, "replace")
        if text.count("\N{REPLACEMENT CHARACTER}") <= _MAX_BROKEN and _is_expected(text):
            return _checked(text)
    return refuse("unknown" if len(_CONTROL_BYTES.findall(data[:_HEAD])) > _MAX_BROKEN else "charset")


def _is_expected(text: str) -> bool:
    """Whether it holds a word that every report holds; wrongly decoded text never does."""
    return any(word in text for word in WORDS.table("expected").values())


def _checked(text: str) -> str:
    """Control characters become U+FFFD. Refuses what is full of them, and what was UTF-8, was taken for GBK
    somewhere on its way and stored so."""
    if len(list(islice(_CONTROL.finditer(text), _MAX_BROKEN + 1))) > _MAX_BROKEN:
        refuse("unknown")
    text = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
    if not text.isascii() and not _is_expected(text):
        turned = text[:_HEAD].encode("gb18030", "ignore").decode("utf-8", "ignore")
        if _is_expected(turned):
            refuse("mojibake")
    return text


def _lenient(data: bytes, encoding: str) -> str:
    text = data.decode(encoding, "replace")
    if text.count("\N{REPLACEMENT CHARACTER}") > _MAX_BROKEN:
        refuse("charset")
    return text


def _declaration(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    return (found[1] or found[2]).decode("ascii") if found else ""


def _known(name: str) -> str:
    """The codec to try for a declared name, or ""; Latin ones are declared by default and mean nothing."""
    plain = re.sub(r"[^a-z0-9]", "", name.lower())
    return _FAMILIES.get(plain, "")
