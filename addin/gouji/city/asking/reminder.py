"""催报名单: a row for each unit that must act, a paragraph to send to each, and how many stand where."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...text import shown_width, whole_number
from ...wording import wording_of
from ...workbook.kind import list_rows
from ...workbook.limits import fitted
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ..approving import unit_state
from ..consolidate import Consolidation
from ..intake.sorting import status_label
from ..sheets.lists import begin, finished, new_book
from .acting import PACKAGE, STATES, Duty, unclaimed
from .figures import Figures, Standing, standing
from .saying import paragraph, state_label, to_do
from .when import due_of, late_by, shown_day, today_of

#: Characters; a sheet of 145 and less prints at 9 points.
_WIDTHS = (5, 17, 8, 7, 8, 13, 12, 7, 11, 17, 33, 8)
_OWN_WIDTH = 12
_MESSAGE_WIDTHS = (22, 9, 14, 96)
_KIND_WIDTHS = (22, 9, 9)
_CONTACT_WIDTHS = (12, 16, 8, 90)
_STRANGER_WIDTHS = (44, 30, 68)
#: Rows above the heads, and the columns (from 0) of the sheet that are not texts.
_TOP = 2
_DUE, _LATE, _MESSAGE = 6, 7, 11
_DAY = "yyyy-mm-dd"


def reminder_workbook(city: Consolidation) -> bytes:
    """The .xlsx: 催报名单 (one row a unit, in the order of the roster), 可直接发送 (a paragraph to each),
    按类别, 按联系人 where one is known, and the files of which nobody knows whose they are."""
    now = standing(city)
    book = new_book()
    styles, words = Styles(book), wording_of(PACKAGE, "reminder")
    _write_units(city, now, styles, book.add_worksheet(marks_of("gouji.city", "sheets")["reminder"]))
    if now.duties:
        _write_messages(city, now, styles, book.add_worksheet(words["sheets"]["messages"]))
    _write_kinds(now, styles, book.add_worksheet(words["sheets"]["kinds"]))
    if any(duty.unit.contact or duty.unit.phone for duty in now.duties):
        _write_contacts(now, styles, book.add_worksheet(words["sheets"]["contacts"]))
    if strangers := unclaimed(city):
        rows = [
            (f.submission.file, f.submission.unit, "；".join([status_label(f.status), *f.remarks, *_why(f)]))
            for f in strangers
        ]
        _list(
            styles,
            book.add_worksheet(words["sheets"]["strangers"]),
            words["strangers"],
            _STRANGER_WIDTHS,
            rows,
        )
    return finished(book, list_rows("reminder", city.report.unit, city.report.year))


def _why(filed: Any) -> list[str]:
    return [f.message for f in filed.submission.findings if f.rule == "unreadable"]


def _list(
    styles: Styles,
    sheet: Worksheet,
    words: dict[str, Any],
    widths: Sequence[float],
    rows: Iterable[Sequence[str]],
) -> None:
    """A sheet of texts below a title and heads."""
    begin(sheet, styles, words["title"], words["heads"], widths, frozen=1)
    for at, row in enumerate(rows, _TOP + 1):
        _texts(styles, sheet, at, row, widths)


def _texts(styles: Styles, sheet: Worksheet, at: int, row: Sequence[str], widths: Sequence[float]) -> None:
    """Texts that stay texts when somebody enters them again: their format says so."""
    form = styles.get("boxed", valign="top", num_format="@")
    for i, text in enumerate(row):
        if text:
            sheet.write_string(at, i, fitted(text), form)
        else:
            sheet.write_blank(at, i, None, form)
    sheet.set_row(at, row_height(zip(row, widths, strict=True)))


# ---------------------------------------------------------------- the units


def _write_units(city: Consolidation, now: Standing, styles: Styles, sheet: Worksheet) -> None:
    words = wording_of(PACKAGE, "reminder")
    own = list(
        dict.fromkeys(head for duty in now.duties for head, _ in duty.unit.own if not _is_number(head))
    )
    widths = (*_WIDTHS, *[_OWN_WIDTH] * len(own))
    title = words["title"].format(unit=city.report.unit, year=city.report.year)
    begin(sheet, styles, title, [*words["heads"], *own], widths, frozen=2)
    today = today_of(city)
    said = words["today"].format(today=shown_day(today)) if today else ""
    facts = words["facts"].format(expected=now.whole.expected, acting=now.whole.acting, today=said)
    sheet.write_string(1, 0, facts, styles.get("plain"))
    for at, duty in enumerate(now.duties, _TOP + 1):
        _unit(city, duty, styles, sheet, at, own, widths)
    if now.duties:
        sheet.autofilter(_TOP, 0, _TOP + len(now.duties), len(widths) - 1)


def _unit(
    city: Consolidation,
    duty: Duty,
    styles: Styles,
    sheet: Worksheet,
    at: int,
    own: Sequence[str],
    widths: Sequence[float],
) -> None:
    unit, due, words = duty.unit, due_of(city, duty.unit), wording_of(PACKAGE, "reminder")
    known = dict(unit.own)
    # The number that the office's roster gives a unit, else its number in this list.
    number = next((text for head, text in unit.own if _is_number(head)), "") or str(at - _TOP)
    said = "；".join(duty.row.remarks)
    if not said and duty.state != "missing":
        said = unit_state(duty.row, city).reason
    row = (
        *(number, unit.name, unit.code, unit.kind, unit.contact, unit.phone, "" if due.day else due.text, ""),
        *(state_label(duty.state), to_do(city, duty.state), said, ""),
        *(known.get(head, "") for head in own),
    )
    _texts(styles, sheet, at, row, widths)
    count = whole_number(number)
    if count is not None and str(count) == number:
        sheet.write_number(at, 0, count, styles.get("number", valign="top", align="center"))
    if due.day:
        day = styles.get("boxed", valign="top", align="left", num_format=_DAY)
        sheet.write_datetime(at, _DUE, datetime.datetime.combine(due.day, datetime.time()), day)
    if (late := late_by(due, duty.row)) is not None:
        fill = {"bg_color": COLOURS["row"]} if late else {}
        sheet.write_number(at, _LATE, late, styles.get("number", valign="top", **fill))
    colour = COLOURS["warned" if duty.state == "waiting" else "row"]
    form = styles.get("boxed", valign="top", num_format="@", bg_color=colour)
    sheet.write_string(at, _LATE + 1, state_label(duty.state), form)
    # The sheet of the paragraphs has the same rows.
    target = f"internal:'{words['sheets']['messages']}'!D{at + 1}"
    link = styles.get("link", border=1, valign="top")
    sheet.write_url(at, _MESSAGE, target, link, words["open"].format(row=at + 1))


def _is_number(head: str) -> bool:
    """Whether a column of the office's roster numbers its lines."""
    return marks_of("gouji.city", "roster.usual")["number"].names(head)


def _write_messages(city: Consolidation, now: Standing, styles: Styles, sheet: Worksheet) -> None:
    rows = (
        (duty.unit.name, duty.unit.contact, duty.unit.phone, paragraph(city, duty)) for duty in now.duties
    )
    _list(styles, sheet, wording_of(PACKAGE, "reminder.messages"), _MESSAGE_WIDTHS, rows)


# ---------------------------------------------------------------- numbers and contacts


def _write_kinds(now: Standing, styles: Styles, sheet: Worksheet) -> None:
    """A row a 类别 and the sum: how many of each situation that occurs."""
    words = wording_of(PACKAGE, "reminder.kinds")
    states = [state for state in STATES if now.whole.states[state]]
    heads = [*words["heads"][:-1], *map(state_label, states), words["heads"][-1]]
    widths = (*_KIND_WIDTHS, *(shown_width(head) + 2 for head in heads[len(_KIND_WIDTHS) :]))
    begin(sheet, styles, words["title"], heads, widths, frozen=1)
    lines = [(one.kind or words["none"], one) for one in now.kinds]
    lines.append((wording_of(PACKAGE, "reminder")["sum"], now.whole))
    for at, (name, one) in enumerate(lines, _TOP + 1):
        bold = {"bold": True} if one is now.whole else {}
        sheet.write_string(at, 0, fitted(name), styles.get("boxed", num_format="@", **bold))
        for i, number in enumerate(_numbers(one, states), 1):
            sheet.write_number(at, i, number, styles.get("number", **bold))


def _numbers(one: Figures, states: Sequence[Any]) -> list[int]:
    return [one.expected, one.sent, *(one.states[state] for state in states), one.done]


def _write_contacts(now: Standing, styles: Styles, sheet: Worksheet) -> None:
    """A row for whoever is to be called, with all units that this is about; units without a contact last."""
    words = wording_of(PACKAGE, "reminder.contacts")
    found: dict[tuple[str, str], list[Duty]] = {}
    for duty in now.duties:
        found.setdefault((duty.unit.contact, duty.unit.phone), []).append(duty)
    rows = [
        (*who, str(len(them)), "、".join(_named(duty, words) for duty in them))
        for who, them in sorted(found.items(), key=lambda pair: not any(pair[0]))
    ]
    _list(styles, sheet, words, _CONTACT_WIDTHS, rows)
    for at, row in enumerate(rows, _TOP + 1):
        sheet.write_number(at, 2, int(row[2]), styles.get("number", valign="top"))


def _named(duty: Duty, words: dict[str, Any]) -> str:
    return str(words["unit"].format(unit=duty.unit.name, state=state_label(duty.state)))
