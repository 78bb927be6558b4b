"""What is shown at a cell by the program: of a cell that could not be read from a published text."""

from __future__ import annotations

from ...report import Unread
from ..wording import marks, wording


def unread_remark(unread: Unread) -> str:
    """What is shown at a cell that is blank because its content in a published report could not be read."""
    w = wording("unread")
    readings = w["readings"].format(readings=w["or"].join(unread.readings)) if unread.readings else ""
    return str(marks("unread")["remark"].format(where=unread.where, text=unread.text, readings=readings))
