"""How much of a file is kept beside its form."""

from __future__ import annotations

from ...errors import Refused
from ...report import Report
from ..limits import MAX_NOTES, MAX_UNPLACED
from ..wording import wording


def check_kept(report: Report) -> None:
    """Raise Refused where a file holds more beside its form than anybody puts there by mistake."""
    if (count := len(report.notes)) > MAX_NOTES:
        _refuse("too_many_notes", count=count, limit=MAX_NOTES)
    if (count := len(report.unplaced)) > MAX_UNPLACED:
        _refuse("too_many_unplaced", count=count, place=report.unplaced[0].place)


def _refuse(key: str, **fields: object) -> None:
    raise Refused(key, wording("reader")[key].format(**fields))
