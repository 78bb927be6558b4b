"""What a workbook has room for: a text that is too long would be left out in silence."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import GoujiError
from ...report import Report
from ..layout import EXPLANATION_ROWS
from ..wording import wording

#: What a cell of any spreadsheet holds, in units of UTF-16.
CELL_LIMIT = 32_767


class CannotWrite(GoujiError, ValueError):
    """The report holds more than the workbook has room for; the message says what and where."""


def too_long(text: str) -> bool:
    """True where a cell can not hold the text."""
    return len(text) > CELL_LIMIT // 2 and len(text.encode("utf-16-le")) // 2 > CELL_LIMIT


def check_room(report: Report) -> None:
    """Raise :class:`CannotWrite` where something would not fit (a paragraph: where it is written)."""
    w = wording("room")
    for place, text in _texts(report):
        if too_long(text):
            raise CannotWrite(w["text"].format(place=place, limit=CELL_LIMIT))
    if len(report.explanations) > EXPLANATION_ROWS:
        raise CannotWrite(w["explanations"].format(count=len(report.explanations), room=EXPLANATION_ROWS))


def _texts(report: Report) -> Iterator[tuple[str, str]]:
    fields = wording("cover.fields")
    start, end = report.period or ("", "")
    cover = {"unit": report.unit, "code": report.code or "", "period_from": start, "period_to": end}
    yield from ((fields[name][0], text) for name, text in cover.items())
    yield from report.notes.items()
    yield from ((u.place, u.text) for u in report.unplaced)
    yield from ((key, e.text) for key, e in report.explanations.items())
