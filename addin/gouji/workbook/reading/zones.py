"""What the zones of 上年 and 粘贴区 hold, for a workbook that is written anew: nothing pasted is lost."""

from __future__ import annotations

from pathlib import Path

from ...errors import Refused
from ..earlier import has_zones
from ..pasting.sheet import ROLES, ZONE, Role
from ..pasting.taken import Contents
from ..wording import marks
from .reader import template_data
from .sheets import open_book


def zones_of(source: Path | bytes) -> dict[Role, Contents]:
    """The contents of each zone by place; {} for what is no workbook of ours, or one from before them.

    Only for a copy: what stands in 粘贴区 is never read as data, and so is nothing that keeps a file from
    being read.
    """
    found: dict[Role, Contents] = {}
    try:
        book = open_book(source)
        data, names = template_data(book), marks("sheets")
        if not has_zones(data[names["data"]][0][0]):
            return {}
        for role in ROLES:
            name = str(names[role])
            if name in book.sheet_names:
                found[role] = {at: raw for at, raw in book.cells(name).items() if ZONE.holds(*at)}
    except Refused:
        return found
    return found
