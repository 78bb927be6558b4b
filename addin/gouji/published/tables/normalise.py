"""Characters as they are compared: compatibility forms, radicals and traditional forms folded."""

from __future__ import annotations

import unicodedata
from functools import cache

from ...wording import data_beside
from ..characters import invisible, radicals, traditional

#: In place of a character that would become digits (² ①): neither letter nor digit, so it is never read.
NOT_A_DIGIT = "※"
#: Digits with a full stop (⒈) are the numbers of labels and may become "1.".
_NUMBERED = range(0x2488, 0x249C)


@cache
def _small_digits() -> dict[int, str]:
    """Superscripts, circled and other numbers (category No) whose compatibility form has digits."""
    blocks = (range(0xB2, 0xBF), range(0x2070, 0x2100), range(0x2150, 0x218C), range(0x2460, 0x2500))
    marks = (range(0x2776, 0x2794), range(0x3200, 0x3400), range(0x1F100, 0x1F10D))
    found = {}
    for block in (*blocks, *marks):
        for code in block:
            folded = unicodedata.normalize("NFKC", chr(code))
            if code not in _NUMBERED and any("0" <= c <= "9" for c in folded):
                found[code] = NOT_A_DIGIT
    return found


@cache
def _folding() -> dict[int, str | None]:
    said = data_beside("gouji.published.tables", "variants.toml")["characters"]
    table: dict[int, str | None] = dict.fromkeys(map(ord, invisible()))
    return table | radicals() | traditional() | dict.fromkeys(map(ord, said["minus"]), "-")


def folded(text: str) -> str:
    """The text to look for labels and numbers in; white space stays where it is. ``text`` itself is what
    people are shown."""
    if text.isascii():
        return text
    plain = unicodedata.normalize("NFKC", text.translate(_small_digits()))
    return plain.translate(_folding())


def letters(text: str) -> str:
    """Only the letters of a text that is :func:`folded`: what of a label is compared."""
    return "".join(filter(str.isalpha, text))
