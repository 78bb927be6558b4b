"""What is said to a unit that must act: the situation, what to do, and a paragraph that can be sent as it is.

What is not known (deadline, contact, today) leaves its clause out; nothing is put in its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any, cast

from ...rules import Finding
from ...wording import data_beside, wording_of
from ...workbook.shown.findings import place_of
from ..approving.states import StateKey, state_labels
from ..consolidate import Consolidation
from ..intake.reasons import short_label
from ..intake.remarks import remark
from ..intake.sorting import Filed, Status, Submission, status_label
from .acting import PACKAGE, Duty, Returned, State
from .versions import differences
from .when import Due, due_of, late_by

#: Situations of which no more is said than the state of the unit.
_STATES: dict[State, StateKey] = {
    "missing": "missing",
    "errors": "wrong",
    "returned": "returned",
    "waiting": "unexplained",
}
#: So many faults are told in words; all of them stand in the 退回单.
_TOLD = 3
#: Of several files so many are named.
_NAMED = 3


def state_label(state: State) -> str:
    """The situation in a few words: the state in the season, or what it comes from as 报送情况 says it."""
    if state == "altered":
        return short_label("changed")
    if state == "blank":
        return str(wording_of(PACKAGE, "words")["of_state"]).format(
            state=state_labels()["missing"], label=short_label("sent_blank")
        )
    if key := _STATES.get(state):
        return state_labels()[key]
    return status_label(cast(Status, state))


def to_do(city: Consolidation, state: State) -> str:
    """What to do, in a few words."""
    done: str = wording_of(PACKAGE, "to_do")[state]
    return done.format(year=city.report.year)


def ask_of(city: Consolidation) -> str:
    """Whom to ask and how, as far as the office has said it: ``某市政府办公室，0512-12345678``."""
    settings, between = city.desk.settings, wording_of(PACKAGE, "words")["and"]
    said: str = between.join(part.strip() for part in (settings.office, settings.contact) if part.strip())
    return said


def remedy_of(city: Consolidation, finding: Finding) -> str:
    """What the unit does about a finding of the roster; the rule's own remedy speaks to the office."""
    own = wording_of(PACKAGE, "remedies").get(finding.rule)
    return own.format(year=city.report.year) if own else finding.remedy


def names_of(files: Sequence[Filed]) -> list[str]:
    """Files as their senders know them, without the office's folders where they can be told apart so."""
    return plain_names([filed.submission for filed in files])


def plain_names(submissions: Sequence[Submission]) -> list[str]:
    """The same of files of which nothing else is known."""
    paths = [one.file for one in submissions]
    names = [PurePosixPath(path).name for path in paths]
    return names if len(set(names)) == len(names) else paths


def file_names(files: Sequence[Filed]) -> str:
    """The first of several files, and how many there are."""
    words, names = wording_of(PACKAGE, "words"), names_of(files)
    more = words["more_files"].format(count=len(names)) if len(names) > _NAMED else ""
    return str(words["between"].join(names[:_NAMED]) + more)


def paragraph(city: Consolidation, duty: Duty) -> str:
    """One paragraph to the unit: what is missing or wrong, the first faults, by when, whom to ask."""
    words, due, ask = wording_of(PACKAGE, "paragraph"), due_of(city, duty.unit), ask_of(city)
    said = [
        words["unit"].format(unit=duty.unit.name),
        opening(city, duty),
        _listed(list(faults(duty)), words),
        _passed(duty, due, words),
        action(city, duty),
        words["ask"].format(ask=ask) if ask else "",
    ]
    return "".join(said)


def opening(city: Consolidation, duty: Duty) -> str:
    """What is missing or wrong, in one sentence."""
    return _words_of("opening", duty).format(**_fields(city, duty))


def action(city: Consolidation, duty: Duty) -> str:
    """What to do and by when, in one sentence."""
    return _words_of("action", duty).format(by=by(due_of(city, duty.unit)), **_fields(city, duty))


def _words_of(part: str, duty: Duty) -> str:
    """By the situation as the unit knows it: what it has sent is not said to be missing."""
    if duty.state == "missing" and duty.row.like:
        return str(wording_of(PACKAGE, "paragraph.like")[part])
    return str(wording_of(PACKAGE, f"paragraph.{part}")[duty.state])


def _unclaimed(duty: Duty) -> str:
    """What came and may be the unit's, each file with why nobody knows."""
    words = wording_of(PACKAGE, "paragraph.like")
    shown = []
    for name, one in list(zip(plain_names(duty.row.like), duty.row.like, strict=True))[:_NAMED]:
        if one.report:
            shown.append(words["cover" if one.unit.strip() else "nameless"].format(file=name, unit=one.unit))
        else:
            aside = remark(one.aside) if one.aside and not one.about else one.about
            why = [aside] if aside else [f.message.partition("。")[0] for f in one.findings[:1]]
            shown.append(words["other"].format(file=name, why="".join(why)))
    more = wording_of(PACKAGE, "words")["more_files"].format(count=len(duty.row.like))
    return str(words["between"].join(shown) + (more if len(duty.row.like) > _NAMED else ""))


def stranger_opening(filed: Filed) -> str:
    """Of a file of no unit: what became of it."""
    words = wording_of(PACKAGE, "paragraph")
    key = "stranger" if filed.submission.report else "unreadable"
    return str(words[key].format(file=file_names([filed])))


def _fields(city: Consolidation, duty: Duty) -> dict[str, Any]:
    words, due = wording_of(PACKAGE, "paragraph"), due_of(city, duty.unit)
    return {
        "report": words["report"].format(year=city.report.year, title=city.form.title),
        "year": city.report.year,
        "files": file_names(duty.files),
        "like": _unclaimed(duty),
        "count": len(duty.files),
        "errors": duty.errors,
        "beside": words["beside"].format(count=beside) if (beside := _beside(city, duty)) else "",
        "open": len(duty.open.findings) + len(duty.open.told),
        "counted": words["counted" if duty.row.taken else "left_out"],
        "left_out": words["left_out"],
        "should": words["should"].format(deadline=due.text) if due.text else "",
        "late": words["late"].format(days=due.late) if due.late else "",
    }


def _beside(city: Consolidation, duty: Duty) -> int:
    """How many of the things that are listed are no errors."""
    return max(0, sum(1 for _ in faults(duty)) - duty.errors) if duty.state == "errors" else 0


def by(due: Due) -> str:
    """By when: 于…前 as long as that can be, else 尽快."""
    words = wording_of(PACKAGE, "paragraph")
    return str(words["by"].format(deadline=due.ahead) if due.ahead else words["soon"])


def faults(duty: Duty) -> Iterator[str]:
    """Each thing that is wrong or asked, as one text without its full stop: what the office returned, the
    roster's findings, then those of the file with the address of the cell. What the situation says already is
    not said again."""
    if duty.state == "blank":
        return
    for one in duty.open.returned:
        yield _returned(duty, one)
    kept = {one.finding.id for one in duty.open.returned if one.finding}
    same = data_beside(PACKAGE, "marks.toml")["same"].get(duty.state)
    for finding in (f for f in duty.open.told if f.id not in kept and f.rule != same):
        yield finding.message.removesuffix("。")
    if duty.state == "duplicate":
        yield from _versions(duty)
    elif same:
        yield from duty.row.remarks
    if duty.state == "unread":
        # Behind its first sentence a reader speaks to whoever received the file.
        yield from (f.message.partition("。")[0] for filed in duty.files for f in filed.submission.findings)
    for finding in (f for f in duty.open.findings if f.id not in kept):
        yield _placed(duty, finding)


def _placed(duty: Duty, finding: Finding) -> str:
    """The message, with the cell's address before it."""
    report = duty.filed.submission.report if duty.filed else None
    place = place_of(report, finding) if report else ""
    message = finding.message.removesuffix("。")
    return str(
        wording_of(PACKAGE, "paragraph")["placed"].format(place=place, message=message) if place else message
    )


def _returned(duty: Duty, one: Returned) -> str:
    words = wording_of(PACKAGE, "paragraph")
    told = _placed(duty, one.finding) if one.finding else ""
    text = one.text.strip().removesuffix("。")
    if told and text:
        return str(words["returned"].format(fault=told, text=text))
    return told or text or str(words["returned_whole"])


def _versions(duty: Duty) -> Iterator[str]:
    words = wording_of(PACKAGE, "paragraph")
    reports = [filed.submission.report for filed in duty.files if filed.submission.report]
    names = names_of(duty.files)
    for one in differences(reports):
        values = words["and"].join(
            words["version"].format(file=name, value=value)
            for name, value in zip(names, one.values, strict=True)
        )
        yield words["differs"].format(place=one.place, name=one.name, values=values).strip()


def _listed(items: Sequence[str], words: dict[str, Any]) -> str:
    if not items:
        return ""
    shown = items[:_TOLD]
    if len(items) == 1:
        return str(words["single"].format(item=items[0]))
    numbered = words["between"].join(
        words["item"].format(number=number, item=item) for number, item in enumerate(shown, 1)
    )
    more = words["more"].format(count=len(items)) if len(items) > len(shown) else ""
    return str(words["listed"].format(items=numbered, more=more))


def _passed(duty: Duty, due: Due, words: dict[str, Any]) -> str:
    """The deadline that has passed, where the opening does not say it."""
    late = late_by(due, duty.row)
    if duty.state in ("missing", "blank") or not late:
        return ""
    return str(words["passed"].format(deadline=due.text, days=late))
