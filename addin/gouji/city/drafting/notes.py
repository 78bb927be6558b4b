"""The notes below the tables: what all units say alike is said once, without their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...text import plain
from ...wording import wording_of
from ..sum.summing import NoteOrigin


def merged_notes(origins: Mapping[str, Sequence[NoteOrigin]]) -> dict[str, str]:
    """City mark -> its text; numbers and order are those of the sum."""
    return {mark: _merged(parts) for mark, parts in origins.items()}


def _merged(parts: Sequence[NoteOrigin]) -> str:
    words = wording_of("gouji.city.drafting", "notes")
    units: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for part in parts:
        text = part.text.strip().rstrip(words["ends"])
        units.setdefault(plain(text), []).append(part.unit)
        texts.setdefault(plain(text), text)
    if len(texts) == 1 and all(texts):
        return next(iter(texts.values()))
    said = (
        words["said" if text else "without_text"].format(
            units=words["units"].join(dict.fromkeys(units[key])), text=text
        )
        for key, text in texts.items()
    )
    return str(words["between"].join(said))
