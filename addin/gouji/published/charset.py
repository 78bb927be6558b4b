"""Bytes -> text: by mark, by what can only be UTF-8, by declaration, else GB 18030; never mojibake."""

from __future__ import annotations

import codecs
import re

from .refusal import WORDS, refuse

#: So many characters may be broken (a site cuts a summary in the middle of one); each becomes U+FFFD.
_MAX_BROKEN = 20
_HEAD = 4096
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
    if encoding := _utf16_by_zeros(data):
        return _checked(_lenient(data, encoding))
    names = ["utf-8", *filter(None, [_known(declared or _declaration(data))]), "gb18030"]
    texts: list[str] = []
    for encoding in dict.fromkeys(names):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isascii() or _is_expected(text):
            return _checked(text)
        texts.append(text)
    for encoding in dict.fromkeys(names):
        text = data.decode(encoding, "replace")
        if text.count("\N{REPLACEMENT CHARACTER}") <= _MAX_BROKEN and _is_expected(text):
            return _checked(text)
    if not texts:
        refuse("charset")
    return _checked(texts[0])


def _is_expected(text: str) -> bool:
    """Whether it holds a word that every report holds; wrongly decoded text never does."""
    return any(word in text for word in WORDS.table("expected").values())


def _checked(text: str) -> str:
    """Refuse what was UTF-8, was taken for GBK somewhere on its way, and stored so."""
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


def _utf16_by_zeros(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of its ASCII characters is 0."""
    head = data[:_HEAD]
    if head.count(0) * 8 < len(head):
        return ""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) < 9 * min(even, odd):
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"
