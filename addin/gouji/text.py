"""Texts as they are compared, and as wide as they are shown."""

from __future__ import annotations

import unicodedata


def plain(text: str) -> str:
    """The text to compare by: compatibility forms folded (full-width digits, Kangxi radicals, no-break
    spaces) and without any white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def shown_width(text: str) -> int:
    """Columns that a fixed font needs: a Chinese character takes two, and so does what Chinese fonts draw as
    wide (“ ” — …, ambiguous in Unicode's East Asian Width)."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)
