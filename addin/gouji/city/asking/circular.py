"""通报: how the units of each 类别 have reported, as a letter of the office with a table.

All numbers are those of ``figures.py``. Of lateness nothing is said where neither deadlines nor the times of
files are known; where they are, the letter says what it goes by, for a file may have been saved again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...document.contents import Paragraph, Run
from ...document.letter import Align, Letter, Listed, letter_bytes
from ...wording import wording_of
from ..approving.states import StateKey, state_labels
from ..approving.telling import excused_line
from ..consolidate import Consolidation
from .acting import GROUPS, PACKAGE, STATES, Duty, State
from .figures import Figures, Standing, share, standing
from .letters import contact_of, gap_or, headings, line, signature, title, today_words
from .saying import state_label
from .when import due_of, today_of

_KIND = "circular"
#: What the table counts apart; all other situations together are 有误.
_APART: tuple[State, ...] = ("missing", "unread", "blank", "returned", "waiting")
#: Columns of the table in mm, by the keys of their heads.
_WIDTHS = {
    "rank": 12,
    "kind": 23,
    "expected": 12,
    "sent": 12,
    "sent_share": 17,
    "in_time": 12,
    "wrong": 12,
    "returned": 12,
    "waiting": 17,
    "done": 10,
    "done_share": 17,
}


def circular(city: Consolidation) -> bytes:
    """The .docx: what has come and what has not, by 类别 with shares and ranks, the units at the end."""
    parts = tuple(_parts(city, standing(city)))
    return letter_bytes(Letter(parts, city.report.unit, city.report.year, _KIND, today_of(city)))


def _parts(city: Consolidation, now: Standing) -> Iterator[Paragraph | Listed]:
    words, numbers = wording_of(PACKAGE, "circular"), headings()
    yield title(city, words["title"])
    yield line("addressee", words["addressee"])
    yield line("body", words["opening"], **_fields(city, now.whole))
    yield _heading(next(numbers) + words["whole"])
    yield from _whole(city, now)
    yield _heading(next(numbers) + words["kinds"])
    yield line("body", words["ranked" if len(now.kinds) > 1 else "explained"])
    yield _table(now)
    yield _heading(next(numbers) + words["units"])
    yield from _units(city, now)
    if now.duties:
        yield _heading(next(numbers) + words["asked"])
        contact = contact_of(city)
        yield line("body", words["request"], gap_or(contact, "contact"), contact=contact)
    yield from signature(city)


def _heading(text: str) -> Paragraph:
    return Paragraph("section", (Run(text),), keep=True)


def _fields(city: Consolidation, whole: Figures) -> dict[str, Any]:
    return {
        "today": today_words(city),
        "year": city.report.year,
        "title": city.form.title,
        "expected": whole.expected,
        "sent": whole.sent,
        "sent_share": share(whole.sent, whole.expected),
        "done": whole.done,
        "done_share": share(whole.done, whole.expected),
    }


def _whole(city: Consolidation, now: Standing) -> Iterator[Paragraph]:
    """How many stand where; how many were in time, and what that goes by, for the office to check."""
    words, whole = wording_of(PACKAGE, "circular"), now.whole
    counted = [said for key in GROUPS if (said := _group(key, whole))]
    said = words["states"].format(states=words["comma"].join(counted)) if counted else words["nobody"]
    yield line("body", "{said}", said=said)
    if lawful := excused_line(city):
        yield line("body", "{said}", said=lawful)
    if not whole.timed:
        return
    rest = whole.sent - whole.timed
    unknown = words["unknown"].format(count=rest) if rest else ""
    timely = words["timely"].format(
        in_time=whole.in_time, later=whole.later, sent=whole.sent, unknown=unknown
    )
    yield Paragraph("body", (Run(timely), Run(words["goes_by"], marked=True)))


def _group(key: StateKey, whole: Figures) -> str:
    """How many are in a state, as 首页 counts them, and of which situations they are where there are
    several; "" where there are none."""
    words = wording_of(PACKAGE, "circular")
    those = {state: whole.states[state] for state in GROUPS[key] if whole.states[state]}
    if not those:
        return ""
    each = (words["state"].format(state=state_label(state), count=count) for state, count in those.items())
    apart = words["apart"].format(states=words["between"].join(each)) if len(those) > 1 else ""
    said = words["state"].format(state=state_labels()[key], count=sum(those.values()))
    return str(said + apart)


def _table(now: Standing) -> Listed:
    """A row a 类别, the best first, and the sum; ranks only among several, 按期 only where it is known."""
    words = wording_of(PACKAGE, "circular")
    several = len(now.kinds) > 1
    left_out = {*(() if several else ("rank",)), *(() if now.whole.timed else ("in_time",))}
    keys = [key for key in _WIDTHS if key not in left_out]
    rows = [_row(one, keys, str(rank), one.kind or words["none"]) for rank, one in now.ranked()]
    if several:
        rows.append(_row(now.whole, keys, "", words["sum"]))
    spare = sum(_WIDTHS[key] for key in left_out)
    widths = tuple(_WIDTHS[key] + (spare if key == "kind" else 0) for key in keys)
    aligned: tuple[Align, ...] = tuple("left" if key == "kind" else "center" for key in keys)
    heads = {**words["heads"], "returned": state_labels()["returned"]}
    return Listed(tuple(heads[key] for key in keys), widths, aligned, tuple(rows))


def _row(one: Figures, keys: list[str], rank: str, name: str) -> tuple[str, ...]:
    shown = {
        "rank": rank,
        "kind": name,
        "expected": one.expected,
        "sent": one.sent,
        "sent_share": share(one.sent, one.expected),
        "in_time": one.in_time,
        "wrong": one.acting - sum(one.states[state] for state in _APART),
        "returned": one.states["returned"],
        "waiting": one.states["waiting"],
        "done": one.done,
        "done_share": share(one.done, one.expected),
    }
    return tuple(str(shown[key]) for key in keys)


def _units(city: Consolidation, now: Standing) -> Iterator[Paragraph]:
    """The units by situation; those that have not sent with the days that their deadline has passed."""
    words, listed = wording_of(PACKAGE, "circular"), []
    for state in STATES:
        if names := [_named(city, duty) for duty in now.duties if duty.state == state]:
            listed.append((state_label(state), names))
    if now.later:
        listed.append((words["later"], list(now.later)))
    for number, (label, names) in zip(words["numerals"], listed, strict=False):
        units = words["between"].join(names)
        # The time of a file is no proof: nobody is named for it before somebody has looked.
        unsure = {"units": units} if label == words["later"] else {}
        yield line("body", words["named"], unsure, number=number, label=label, count=len(names), units=units)
    if not listed:
        yield line("body", words["nobody"])


def _named(city: Consolidation, duty: Duty) -> str:
    """Days late are certain only of who has sent nothing."""
    late = due_of(city, duty.unit).late if duty.state == "missing" else None
    words = wording_of(PACKAGE, "circular")
    return str(words["late"].format(unit=duty.unit.name, days=late) if late else duty.unit.name)
