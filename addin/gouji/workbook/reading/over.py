"""Remarks over the sheets of the form: those of people are kept, ours are left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

from ...report import Unplaced
from ...rules import Catalogue, Finding
from ...rules.remarks import Kept, as_unplaced
from ..printed import Printed
from ..wording import marks
from .beside import Remark
from .by_mark import Contents


def remarks_over(
    book: Contents, sheets: Iterable[str], slips: Iterable[str], printed: Printed, rules: Catalogue
) -> tuple[list[Unplaced], list[Finding]]:
    """What people wrote, and what can only be said: pictures, and what could not be read. ``slips``: sheets
    with a 退回单 of a release that did not mark its remarks."""
    told = frozenset(raw.raw for name in slips for raw in book.cells(name).values())
    kept: list[Unplaced] = []
    findings: list[Finding] = []
    for sheet in sheets:
        remarks = book.remarks(sheet)
        for remark in remarks:
            if text := _of_people(remark, printed, told):
                kept.append(as_unplaced(Kept(remark.kind, sheet, remark.at, text)))
        for kind in ("picture", "unread"):
            if count := sum(remark.kind == kind for remark in remarks):
                rule, place = rules["remark-beside"], f"{sheet}/{kind}"
                findings.append(rule.finding(place, message=kind, remedy=kind, sheet=sheet, count=count))
    return kept, findings


def _of_people(remark: Remark, printed: Printed, told: Set[str]) -> str:
    """The words without ours: of a 退回单, of a cell that an import could not read, on a button. Where
    the remarks of a 退回单 have no marks, its sheet says the same (``told``)."""
    text = remark.text if remark.kind in ("comment", "box", "chart") else ""
    if remark.kind == "comment":
        text = _slips().sub("", text).strip()
        return "" if _is_unread(text) or _is_told(text, told) else text
    # LibreOffice saves a button as a shape with its caption.
    return "" if text in printed else text


@cache
def _slips() -> re.Pattern[str]:
    slip = marks("slip")
    begin, end = (f"(?:{'|'.join(map(re.escape, slip[key].spellings))})" for key in ("begin", "end"))
    return re.compile(rf"{begin}(?:(?!{begin}|{end}).)*{end}", re.DOTALL)


def _is_told(text: str, told: Set[str]) -> bool:
    """Whether it is a message of the sheet, with nothing behind it but pieces of the message."""
    first, *more = text.splitlines() or [""]
    return first in told and all(line in first for line in more)


def _is_unread(text: str) -> bool:
    """Whether it is what is shown at a cell that could not be read from a published text
    (``writer/remarks.py``)."""
    for spelling in marks("unread")["remark"].spellings:
        pieces = re.split(r"\{\w+\}", spelling)
        if text.startswith(pieces[0]) and text.endswith(pieces[-1]) and all(one in text for one in pieces):
            return True
    return False
