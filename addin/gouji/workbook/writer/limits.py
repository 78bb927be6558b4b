"""What a workbook has room for: a text that is too long would be left out in silence."""

from __future__ import annotations

from ...errors import GoujiError
from ...report import Report
from ..layout import EXPLANATION_ROWS
from ..limits import CELL_LIMIT, cell_texts, too_long
from ..wording import wording


class CannotWrite(GoujiError, ValueError):
    """The report holds more than the workbook has room for; the message says what and where."""


def check_room(report: Report) -> None:
    """Raise :class:`CannotWrite` where something would not fit (a paragraph: where it is written).

    The last guard: what a file holds too much of is said when it is read (rule ``text-too-long``).
    """
    w = wording("room")
    for place, text in cell_texts(report):
        if too_long(text):
            raise CannotWrite(w["text"].format(place=place, limit=CELL_LIMIT))


def check_list(count: int) -> None:
    """Raise :class:`CannotWrite` where there are more explanations without a live row than the list has
    rows."""
    if count > EXPLANATION_ROWS:
        raise CannotWrite(wording("room")["explanations"].format(count=count, room=EXPLANATION_ROWS))
