"""Several 汇总台 in one season: the newest counts, and no word in an older one is ignored.

A 汇总台 that was made of older ones keeps the digest of what each of them said then; an older one that says
something else by now was edited afterwards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ...errors import Refused
from ...workbook.reading.reader import template_data
from ...workbook.reading.sheets import open_book
from ...workbook.wording import marks as workbook_marks
from .folder import SeasonError, say


def digest(path: Path) -> str:
    """Of everything that is written in its sheets, however the file is stored. Raises Refused."""
    book = open_book(path)
    book.of_list()
    hidden = workbook_marks("sheets")["data"]
    said = [
        (name, [(at, cell.value) for at, cell in sorted(book.cells(name).items()) if cell.raw.strip()])
        for name in book.sheet_names
        if not hidden.names(name)
    ]
    return hashlib.sha256(repr(said).encode("utf-8", "surrogatepass")).hexdigest()


def digests(desks: Sequence[Path]) -> list[tuple[str, str]]:
    """(file, digest) of each. Raises Refused."""
    return [(path.name, digest(path)) for path in desks]


def check_older(desks: Sequence[Path]) -> None:
    """Raise :class:`SeasonError` where an older 汇总台 says something that the newest was not made of."""
    *older, newest = desks
    if not older:
        return
    try:
        rows = template_data(open_book(newest)).get("desk.before", [])
    except Refused:
        rows = []
    known = {row[0]: row[1] for row in rows}
    for path in older:
        try:
            now = digest(path)
        except Refused as refused:
            raise SeasonError(say("older_unread", file=path.name, reason=refused.message)) from refused
        if path.name not in known:
            raise SeasonError(say("two_desks", file=path.name, newest=newest.name))
        if known[path.name] != now:
            raise SeasonError(say("older_edited", file=path.name, newest=newest.name))
