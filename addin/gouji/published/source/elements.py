"""The elements of HTML by what they do, from elements.toml."""

from __future__ import annotations

from typing import Any

from ...wording import data_beside


def _of(key: str) -> frozenset[str]:
    return frozenset(data_beside("gouji.published.source", "elements.toml")[key])


VOID, HEADINGS, NEVER_SHOWN, STRUCK = _of("void"), _of("headings"), _of("never_shown"), _of("struck")
TEXT_ONLY, NO_TEXT, FIELDS = _of("text_only"), _of("no_text"), _of("fields")
ANNOTATIONS, FAINT = _of("annotations"), _of("faint")
SHIFTS, PROPERTIES = _of("shifts"), _of("properties")
#: By "absolute" and "relative" words, and the "steps" of <font>.
SIZES: dict[str, Any] = data_beside("gouji.published.source", "elements.toml")["sizes"]
BLOCKS = _of("blocks") | HEADINGS

CELLS = frozenset({"td", "th"})
#: The parts of a table in which text may stand.
BOXES = CELLS | {"caption"}
TABLE_PARTS = BOXES | {"tbody", "thead", "tfoot", "tr"}
