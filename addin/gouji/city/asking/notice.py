"""One notice for all who must act, as a letter of the office: 关于报送…的催报通知, with the list of units."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from ...document.contents import Paragraph
from ...document.letter import Letter, Listed, letter_bytes
from ...wording import wording_of
from ..approving.states import state_labels
from ..consolidate import Consolidation
from .acting import GROUPS, PACKAGE, STATES, Duty
from .figures import Standing, standing
from .letters import (
    contact_of,
    gap_or,
    headings,
    line,
    numbered,
    office_of,
    signature,
    title,
    today_words,
)
from .saying import state_label, to_do
from .when import due_of, shown_day, today_of

_KIND = "notice"
#: Columns of the list in mm, without and with 期限.
_WIDTHS, _WIDTHS_DUE = (12, 46, 32, 66), (12, 38, 32, 44, 30)


def notice(city: Consolidation) -> bytes:
    """The .docx; who signs, the day, the deadline and the contact are the office's settings, and places to be
    filled in where it has not said them."""
    parts = tuple(_parts(city, standing(city)))
    return letter_bytes(Letter(parts, city.report.unit, city.report.year, _KIND, today_of(city)))


def _parts(city: Consolidation, now: Standing) -> Iterator[Paragraph | Listed]:
    words = wording_of(PACKAGE, "notice")
    fields: dict[str, Any] = {"year": city.report.year, "title": city.form.title, "office": office_of(city)}
    fields |= {"today": today_words(city), "whole": now.whole, "expected": now.whole.expected}
    fields |= {"sent": now.whole.sent, "acting": now.whole.acting}
    yield title(city, words["title"])
    yield line("addressee", words["addressee"])
    season = _season(city, now.duties)
    basis = words["basis_due" if season else "basis"]
    opening = basis.format(deadline=shown_day(season) if season else "", **fields)
    if not now.duties:
        yield line("body", "{said}", said=opening + words["nobody"].format(**fields))
        yield from signature(city)
        return
    yield line("body", "{said}", said=opening + words["standing"].format(**fields))
    numbers = headings()
    for key, states in GROUPS.items():
        if count := sum(now.whole.states[state] for state in states):
            heading = next(numbers) + words["heading"].format(state=state_labels()[key], count=count)
            yield Paragraph("section", line("section", "{said}", said=heading).runs, keep=True)
            yield line("body", words["asked"][key], **fields)
    yield Paragraph("section", line("section", "{said}", said=next(numbers) + words["list"]).runs, keep=True)
    yield _list(city, now.duties)
    yield Paragraph("section", line("section", "{said}", said=next(numbers) + words["when"]).runs, keep=True)
    yield from _when(city, now.duties, words)
    yield from signature(city)


def _season(city: Consolidation, duties: Sequence[Duty]) -> datetime.date | None:
    """The season's deadline, where it is that of all who must act."""
    season = city.desk.settings.deadline
    return season if all(due_of(city, duty.unit).day == season for duty in duties) else None


def _list(city: Consolidation, duties: Sequence[Duty]) -> Listed:
    """The units by situation, each in the order of the roster; with 期限 where they have different ones."""
    words = wording_of(PACKAGE, "notice")
    ordered = sorted(duties, key=lambda duty: STATES.index(duty.state))
    dues = [due.ahead or due.text for due in (due_of(city, duty.unit) for duty in ordered)]
    several = len(set(dues)) > 1
    rows = [(duty.unit.name, state_label(duty.state), to_do(city, duty.state)) for duty in ordered]
    if several:
        full = [(*row, due) for row, due in zip(rows, dues, strict=True)]
        heads = (*words["heads"], words["due_head"])
        return Listed(heads, _WIDTHS_DUE, ("center", "left", "left", "left", "left"), numbered(full))
    return Listed(tuple(words["heads"]), _WIDTHS, ("center", "left", "left", "left"), numbered(rows))


def _when(city: Consolidation, duties: Sequence[Duty], words: dict[str, Any]) -> Iterator[Paragraph]:
    """By when and whom to ask. A deadline that has passed for somebody is set anew by a person."""
    dues = [due_of(city, duty.unit) for duty in duties]
    texts = {due.ahead for due in dues}
    if len(texts) > 1:
        yield line("body", words["each"])
    if len(texts) > 1 and "" in texts:
        yield line("body", words["passed"], gap_or("", "deadline"))
    elif len(texts) == 1:
        known = texts.pop()
        yield line("body", words["deadline"], gap_or(known, "deadline"), deadline=known)
    contact = contact_of(city)
    yield line("body", words["contact"], gap_or(contact, "contact"), contact=contact)
