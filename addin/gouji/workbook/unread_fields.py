"""Fields of which the content could not be read: what they are called, and what is asked for there."""

from __future__ import annotations

from collections.abc import Mapping

from ..form import TABLE_KEYS
from ..records import dataclass
from ..report import Report
from .layout import layout_of
from .wording import wording

_YEAR, _DECLARED = "year", "blank_is_zero"


@dataclass(frozen=True, slots=True)
class UnreadField:
    """``name``: as ``Layout.field`` takes it; ``label``, ``prompt``: as the workbook shows them."""

    name: str
    label: str
    prompt: str


def unread_fields(report: Report) -> Mapping[str, UnreadField]:
    """Place on the sheet -> the field of the cover, or the declaration below a table, that says nothing yet:
    what was kept of such a place is what could not be read there."""
    layout, fields, below = layout_of(report.form), wording("cover.fields"), wording("table.declaration")
    empty = [UnreadField(_YEAR, *fields[_YEAR])] if not report.year else []
    if not report.blank_is_zero:
        empty.append(UnreadField(_DECLARED, *fields[_DECLARED]))
    empty += [
        UnreadField(f"{_DECLARED}.{key}", below["label"], below["prompt"])
        for key in TABLE_KEYS
        if not report.declares(key)
    ]
    return {layout.field(one.name): one for one in empty}
