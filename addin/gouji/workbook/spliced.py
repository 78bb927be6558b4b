"""Sentences that formulas put together from the wording."""

from __future__ import annotations

from functools import cache

from ..precompiled import compiled

_PLACE = compiled(r"\{(\w+)\}")


@cache
def pieces(template: str) -> tuple[tuple[str, str], ...]:
    """(text, name of the part behind it) in order; at the end the name is ""."""
    found = [*_PLACE.split(template), ""]
    return tuple(zip(found[::2], found[1::2], strict=True))


def spliced(template: str, **parts: str) -> str:
    """A formula's expression for a sentence of the wording; ``parts``: name in braces -> an expression.

    ``改正 {count} 处`` with ``count="A1"`` is ``"改正 "&A1&" 处"``.
    """
    found = (
        each for text, name in pieces(template) for each in (text and quoted(text), name and parts[name])
    )
    return "&".join(filter(None, found)) or '""'


def quoted(text: str) -> str:
    """A text as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'
