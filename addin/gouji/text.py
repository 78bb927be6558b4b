"""Texts as they are compared, as wide as they are shown, and as a person may read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from typing import Final


def plain(text: str) -> str:
    """The text to compare by: compatibility forms folded (full-width digits, Kangxi radicals, no-break
    spaces) and without any white space."""
    if text.isascii():  # nothing to be folded
        return text if text.isalnum() else "".join(text.split())
    return "".join(unicodedata.normalize("NFKC", text).split())


def shown_width(text: str) -> int:
    """Columns that a fixed font needs: a Chinese character takes two, and so does what Chinese fonts draw as
    wide (“ ” — …, ambiguous in Unicode's East Asian Width)."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, int]):
    """Character -> the columns that it takes, kept for those of the first plane: texts repeat theirs."""

    def __missing__(self, char: str) -> int:
        width = 2 if unicodedata.east_asian_width(char) in "WFA" else 1
        if char <= "\uffff":
            self[char] = width
        return width


_WIDTHS: Final = _Widths()


def whole_number(text: str, digits: int = 15) -> int | None:
    """The number that somebody's text spells in digits of ASCII, at most so many (15: what a spreadsheet
    keeps); None for any other text. ``int`` raises for thousands of digits, which count nothing here."""
    return int(text) if len(text) <= digits and text.isascii() and text.isdecimal() else None


def visible(text: str) -> str:
    """A text as a person may read it, in its lines: what commands whatever shows it (control characters,
    marks of direction), and what is there but not seen (joiners, halves of a pair), stands as its code,
    ``<U+202E>``. Nothing is left out, so that nobody takes the text for another."""
    return text.translate(_LINES)


def encodable(text: str) -> str:
    """The text as any file holds it: half of a pair, which is no character, stands as its code."""
    if text.isprintable() or not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return "".join(by_code(char) if "\ud800" <= char <= "\udfff" else char for char in text)


def one_line(text: str) -> str:
    """The same on one line, for a text within a sentence: where a line ends stands ``↵``, so that nobody's
    text makes lines of ours."""
    return text.translate(_LINE)


def seen_json(text: str) -> str:
    """JSON that says the same and shows everything: what is not seen stands as ``\\uXXXX``."""
    return text.translate(_JSON)


#: How a text begins that some spreadsheet takes for a formula when it is typed or read from CSV (OWASP, CSV
#: injection; full width: Excel in Chinese and Japanese).
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def like_formula(text: str) -> bool:
    """Whether a spreadsheet may make a formula of a text that somebody enters again."""
    return text.startswith(FORMULA)


#: Noncharacters (Unicode 23.7) beside the last two of each plane.
_NOTHING = range(0xFDD0, 0xFDF0)
#: Letters by category and drawn as nothing: Hangul fillers (Default_Ignorable_Code_Point).
_FILLERS = frozenset((0x115F, 0x1160, 0x3164, 0xFFA0))
#: Control characters, marks of direction and joiners, line and paragraph separators, halves of a pair.
_UNSEEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs"))


def is_unseen(char: str) -> bool:
    """Whether a character commands what shows it, or is there and nobody sees it. One that this Python does
    not know yet is none: rare names have such, as they have those of private use."""
    code = ord(char)
    nothing = code & 0xFFFE == 0xFFFE or code in _NOTHING or code in _FILLERS
    return nothing or unicodedata.category(char) in _UNSEEN


class _Told(dict[int, str]):
    """For ``str.translate``: what stands for each character, found when it is first asked for."""

    def __init__(self, write: Callable[[str], str], own: Mapping[str, str]) -> None:
        super().__init__({ord(char): shown for char, shown in own.items()})
        self._write = write

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = shown = self._write(char) if is_unseen(char) else char
        return shown


def by_code(char: str) -> str:
    """What stands for a character that is not seen, or that a file can not hold."""
    return f"<U+{ord(char):04X}>"


def _as_json(char: str) -> str:
    halves = char.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{halves[at : at + 4]}" for at in range(0, len(halves), 4))


_LINES = _Told(by_code, {"\n": "\n"})
_LINE = _Told(by_code, {"\n": "↵"})
_JSON = _Told(_as_json, {"\n": "\n"})
