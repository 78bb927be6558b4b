"""The buttons 检查 and 汇总 of 汇总台: the season of the workbook's folder is run, what came out is said.

Only the path of the workbook is taken from Excel; what is read is what has been saved.
"""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import Any

from ..wording import wording_of
from .validate import Verdict, guarded

#: What a message box of VBA shows at most, less room for the last line.
_ROOM = 900


def said(key: str, **names: object) -> str:
    return str(wording_of("gouji.excel", "season")[key]).format_map(names)


def season_check(book: Any) -> Verdict:
    """Read everything and write nothing. Never raises."""
    return guarded(partial(_run, dry=True), book, said)


def season_run(book: Any) -> Verdict:
    """One run; the message says where its results are. Never raises."""
    return guarded(partial(_run, dry=False), book, said)


def _run(book: Any, *, dry: bool) -> Verdict:
    from .. import api  # takes longer to load than to ask
    from ..city.approving.telling import is_open, sum_counts, summary
    from ..city.season.running import run_season

    folder = str(book.api.Path)
    if not folder or "://" in folder:
        return Verdict("refused", said("unsaved"))
    now = datetime.datetime.now().replace(microsecond=0)
    done = run_season(Path(folder), api.consolidate, time=now, dry=dry)
    city = done.city
    lines = [said("checked" if dry else "done", number=city.run.number, **sum_counts(city))]
    lines += [*summary(city), *done.changes, *done.remarks]
    text = "\n".join(lines)
    shown = text if len(text) <= _ROOM else f"{text[:_ROOM]}……"
    where = "" if dry else "\n" + said("where", folder=done.folder)
    return Verdict("error" if is_open(city) else "clean", shown + where)
