"""Sentences that formulas put together from the wording."""

from __future__ import annotations

import re

_PLACE = re.compile(r"\{(\w+)\}")


def spliced(template: str, **parts: str) -> str:
    """A formula's expression for a sentence of the wording; ``parts``: name in braces -> an expression.

    ``改正 {count} 处`` with ``count="A1"`` is ``"改正 "&A1&" 处"``.
    """
    pieces = _PLACE.split(template)
    texts = [quoted(piece) for piece in pieces[::2]]
    found: list[str] = []
    for number, text in enumerate(texts):
        found += [text] if text != '""' else []
        if number < len(texts) - 1:
            found.append(parts[pieces[2 * number + 1]])
    return "&".join(found) or '""'


def quoted(text: str) -> str:
    """A text as a formula holds it."""
    return '"' + text.replace('"', '""') + '"'
