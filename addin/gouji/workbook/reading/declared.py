"""The declaration 空白单元格均为 0 as it is read: on 封面 for all tables, below a table for it alone."""

from __future__ import annotations

from ...report import Declaration, declaration
from ..layout import Layout
from ..wording import marks
from .by_mark import Contents

#: Templates of these versions ask for it on 封面 alone.
_ON_COVER_ALONE = frozenset(("1",))


def declared_below(book: Contents, layout: Layout, version: str) -> Declaration:
    """For which tables 是 stands below them. Anything but an answer there is a stray (see ``strays.py``)."""
    if version in _ON_COVER_ALONE:
        return False
    yes = marks("cover")["yes"]
    cells = {key: book.cells(place.name).get(place.declaration) for key, place in layout.tables.items()}
    return declaration(key for key, cell in cells.items() if cell and yes.names(cell.raw))
