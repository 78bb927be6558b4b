"""Other numbers in the markup of a published file: each number stands where the file's own stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random

from gouji.form import Value

from .drawn import legal
from .originals import Original

#: What may stand before and behind a number that is a cell's; "- 2 -" is the number of a page.
_BEFORE, _BEHIND = r"(?<![^\s|>])(?<!- )(?<!-)", r"(?![^\s|<万])"


@cache
def places(file: Original) -> dict[str, tuple[int, int]]:
    """Cell id -> where its number stands in the decoded file; {} where they do not stand one after another
    between white space or markup (glued digits, a zipped file)."""
    text, at = file.data.decode("utf-8", "replace"), 0
    found = {}
    for cell in file.truth.form.cells:
        value = file.truth.value(cell.id)
        if value is None:
            continue
        match = re.compile(_BEFORE + re.escape(cell.kind.show(value)) + _BEHIND).search(text, at)
        if match is None:
            return {}
        found[cell.id] = match.span()
        at = match.end()
    return found


def rewritten(file: Original, dice: Random) -> Original:
    """The file with other numbers in some of its cells, and its truth likewise."""
    spans = places(file)
    cells = dice.sample(sorted(spans), min(len(spans), dice.choice([1, 2, 3, 30])))
    new: dict[str, Value] = {}
    for cell_id in cells:
        cell = file.truth.form.by_id[cell_id]
        new[cell_id] = legal(cell, dice.choice([0, 1, 7, 12, 305, 4119]))
    text = "".join(_pieces(file, spans, new))
    return replace(file, data=text.encode(), truth=file.truth.with_values(new))


def _pieces(file: Original, spans: dict[str, tuple[int, int]], new: dict[str, Value]) -> Iterator[str]:
    text, at = file.data.decode(), 0
    for cell_id, (start, end) in spans.items():
        if cell_id in new:
            yield text[at:start]
            yield file.truth.form.by_id[cell_id].kind.show(new[cell_id])
            at = end
    yield text[at:]
