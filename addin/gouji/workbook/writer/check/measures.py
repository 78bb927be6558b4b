"""Widths and heights of 校验, and the look of its links."""

from __future__ import annotations

from typing import Any, Final

from ..styles import COLOURS

#: In characters; what is hidden has none.
WIDTHS: Final = {
    "number": 4,
    "state": 7,
    "place": 38,
    "what": 44,
    "left": 7,
    "right": 7,
    "difference": 8,
    "goto": 8,
    "explanation": 30,
    "told": 10,
    "numbers": 14,
}
DIAGNOSIS_WIDTHS: Final = (12, 22, 60, 16, 14, 10, 44, 26)
#: On paper 10 pt are 9 pt, and the columns up to 审核说明 as wide as A4 across.
SCALE: Final = 90
#: Heights in points: of a line of 10 pt, of a head, of a title, of the verdict.
LINE, HEAD, TITLE, VERDICT = 16.5, 19.5, 21, 39
LINK: Final[dict[str, Any]] = {"font_color": COLOURS["link"], "underline": 1, "shrink": True}
