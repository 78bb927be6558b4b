"""How large a number is printed: as all are, smaller where its column would break it in two."""

from __future__ import annotations

import math

from ..form import Table
from ..form.grid import Box
from ..form.look import every, look_of
from ..text import shown_width
from ..wording import wording_of


def value_size(table: Table, box: Box, shown: str) -> float:
    """The type size in pt, in steps of a half as Word counts them. A raised mark may go to the next line."""
    margins = wording_of("gouji.document", "tables")["margins"]
    look = look_of(table)
    room = sum(look.widths[box.column : box.column + box.width]) - margins["left"] - margins["right"]
    letters = shown_width(shown) / 2
    size = every().value_size
    return size if letters * size <= room else max(1, math.floor(2 * room / letters)) / 2
