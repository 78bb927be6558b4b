"""What a typed cell says when it is selected, and what it refuses."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet

from ..figures import is_slash
from ..layout import TableSheet, address
from ..wording import wording


def _admits(kind: str, cell: str) -> str:
    """A condition that holds for what a cell of this kind may contain (never for blank)."""
    tests = {
        "count": f"AND({cell}>=0,{cell}=INT({cell}))",
        "signed": f"{cell}=INT({cell})",
        "money": f"AND({cell}>=0,ROUND({cell},6)={cell})",
    }
    return f"IF(ISNUMBER({cell}),{tests[kind]},{is_slash(cell)})"


def write_prompts(sheet: Worksheet, place: TableSheet, *, buttons: bool) -> None:
    """Prompts, and refusal of what a cell may not hold, as long as nobody pastes over it. ``buttons``: the
    sheet has one that types "/"."""
    slash = wording("prompt")["slash"].format(button=wording("prompt")["button"] if buttons else "")
    for kind, help_ in dict.fromkeys((c.kind, c.help) for c in place.table.cells):
        title, message = wording("prompt")[kind.name]
        message += slash
        own = [c.id for c in place.table.cells if (c.kind, c.help) == (kind, help_)]
        for area in place.area(own):
            sheet.data_validation(
                area.top - 1,
                area.left - 1,
                area.bottom - 1,
                area.right - 1,
                {
                    "validate": "custom",
                    "value": "=" + _admits(kind.name, address(area.top, area.left)),
                    "ignore_blank": True,
                    "input_title": title,
                    "input_message": help_ + message,
                    "error_title": title,
                    "error_message": message,
                },
            )
