"""Widths and heights of 校验, and the look of its links."""

from __future__ import annotations

from typing import Any, Final

from ..styles import COLOURS

#: In characters; what is hidden has none.
WIDTHS: Final = {
    "number": 5,
    "state": 10,
    "place": 38,
    "what": 44,
    "left": 9,
    "right": 9,
    "difference": 10,
    "goto": 11,
    "explanation": 46,
    "told": 10,
    "numbers": 14,
}
DIAGNOSIS_WIDTHS: Final = (12, 20, 60, 14, 10, 9, 44, 26)
#: Heights in points: of a line of 10 pt, of a head, of a title, of the verdict.
LINE, HEAD, TITLE, VERDICT = 16.5, 19.5, 21, 39
LINK: Final[dict[str, Any]] = {"font_color": COLOURS["link"], "underline": 1, "shrink": True}
