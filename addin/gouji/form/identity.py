"""What makes a form the same form: ids, geometry and kinds of its typed cells, not its wording.

A table's fingerprint covers where each cell and each label stands and what each cell may hold; a form's
is that of its three tables, joined by "-". A label, a title or a flag such as ``double_count`` changes
none of it. A fingerprint that a file may still carry is kept: of one table in its edition file
(``fingerprints_before``), as release 0.1.0 made them in ``fingerprints_before.toml``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from ..wording import data_beside
from .grid import grid_of
from .kinds import Kind
from .model import Block, Cell, TableKey

if TYPE_CHECKING:
    from .model import Form

_FORMER = "fingerprints_before.toml"


def fingerprint_of(key: TableKey, blocks: tuple[Block, ...], cells: Iterable[Cell]) -> str:
    """12 hexadecimal digits for one table."""
    kinds: dict[str, Kind] = {cell.id: cell.kind for cell in cells}
    boxes = [
        (b.row, b.column, b.height, b.width, b.role, b.cell, kinds[b.cell].name if b.cell else None)
        for b in grid_of(blocks).boxes
    ]
    return hashlib.sha256(json.dumps([key, boxes]).encode()).hexdigest()[:12]


def is_of(form: Form, fingerprint: str) -> bool:
    """Whether a file with this fingerprint was made for this form, by this release or an earlier one."""
    parts = _before().get(fingerprint, fingerprint).split("-")
    tables = list(form.tables.values())
    return len(parts) == len(tables) and all(
        part in (table.fingerprint, *table.fingerprints_before)
        for part, table in zip(parts, tables, strict=True)
    )


@cache
def _before() -> dict[str, str]:
    """Fingerprint as release 0.1.0 made it -> that of the same form as it is made now."""
    return data_beside("gouji.form", _FORMER)
