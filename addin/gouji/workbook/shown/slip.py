"""退回单: what is wrong, for the clerk who must mend it, as the first sheet of a copy of what was sent.

Root causes first, with links, the arithmetic and the possible corrections. The copy can be corrected and sent
again as it is: sheet and marks are not read, but what the sheet asked for is, so that the next one says what
was corrected. What is no workbook, or one that can not be cut, is written anew, and the sheet says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

from xlsxwriter.worksheet import Worksheet

from ...errors import Refused
from ...records import dataclass
from ...report import Report
from ...rules import Catalogue, Finding
from ...rules.explanations import Explained, apply
from ...text import shown_width
from ..keyed import shown_key
from ..limits import fitted
from ..reading.reader import Reading
from ..reading.sheets import open_book
from ..returned import HANDLED, KEPT, Item, asks, head, item_of, kept, kept_over, kept_place, outcomes
from ..returning.refusal import NotMarkable
from ..wording import wording
from ..writer import COLOURS, Styles, write_workbook
from .explain import alternatives, alternatives_title, basis, lists_alternatives
from .findings import place_of
from .marking import marked_copy, opened
from .returned import said_of

#: Together they fill an A4 page at full size where a column is at its widest (digits of 8 pixels).
_WIDTHS = (4, 6, 9, 49, 11, 7)
_TEXT, _SIZE, _LINE = 3, 10, 13.5
_MARGIN = 0.5
_ROOM, _LATIN = 1.05, 0.3
_LEVELS = ("error", "warning", "hint")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that the office says of a file beside its findings. ``place``: ``封面!B6``, or ""."""

    text: str
    remedy: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Office:
    """What whoever returns a file adds. ``when``: the day it is returned, ``due``: by which it is awaited,
    both as shown and "" where they are left to be written by hand; ``ask``: whom to ask. ``over``: sha256 of
    the files that the unit had sent."""

    told: tuple[Told, ...] = ()
    when: str = ""
    due: str = ""
    ask: str = ""
    over: tuple[str, ...] = ()


def slip_ending(name: str) -> str:
    """A copy of a workbook with macros is one too; spreadsheets go by the ending. ``name``: the file's."""
    return ".xlsm" if PurePath(name).suffix.lower() in (".xlsm", ".xltm") else ".xlsx"


def slip_of(
    reading: Reading,
    findings: Sequence[Finding],
    rules: Catalogue,
    *,
    sent: bytes,
    prior: Report | None = None,
    ending: str = ".xlsx",
    office: Office | None = None,
) -> bytes:
    """The 退回单 on a file that was read: ``sent`` are its bytes, ``prior`` what is known of last year, by
    default what the file says itself; the rest as in :func:`slip_workbook`."""
    return slip_workbook(
        reading.report,
        prior or reading.prior,
        findings,
        rules,
        sent=sent if reading.data else None,
        returned=reading.returned,
        ending=ending,
        office=office,
    )


def slip_workbook(
    report: Report,
    prior: Report | None,
    findings: Sequence[Finding],
    rules: Catalogue | None = None,
    *,
    sent: bytes | None = None,
    returned: Sequence[Item] = (),
    ending: str = ".xlsx",
    office: Office | None = None,
    anew: str = "json",
) -> bytes:
    """The 退回单 on one report: a copy of ``sent`` (the workbook as received) where that can be marked, else
    of the form written anew.

    ``returned``: what the last 退回单 asked for. ``ending``: that of the file to be written; a workbook with
    macros is copied into ``.xlsm`` alone. ``office``: what is added by hand of an office. ``anew``: why there
    is no ``sent``, a key of ``slip.rebuilt``. Raises CannotWrite where the form is written anew and has no
    room for the report.
    """
    front = _Slip(report, findings, returned, office or Office())
    asked = front.asked or front.office.told
    sealed = not asked and not any(finding.rule == "seal-broken" for finding in findings)
    reason = anew
    if sent is not None:
        try:
            front.source = wording("slip")["copy"]
            book = opened(sent, ending)
            return marked_copy(sent, book, report, findings, front.write, keep_seal=sealed)
        except Refused as refused:
            reason = refused.key if isinstance(refused, NotMarkable) else "odd"
    front.source = wording("slip.rebuilt")[reason]
    written = write_workbook(report, prior=prior, rules=rules)
    return marked_copy(written, open_book(written), report, findings, front.write, keep_seal=False)


class _Slip:
    """``source``: a sentence on what this is a copy of; ``asked``: ids of what must be acted on."""

    def __init__(
        self, report: Report, findings: Sequence[Finding], returned: Sequence[Item], office: Office
    ) -> None:
        self.report, self.findings, self.office = report, apply(report, findings), office
        self.became = outcomes(returned, report, findings)
        self.handled = {item.ids[0]: item.handled for item in returned if item.handled}
        self.asked = {finding.id for finding in asks(report, findings)}
        self.words = wording("slip")
        self.source = ""

    def write(self, styles: Styles, sheet: Worksheet) -> None:
        self.styles, self.sheet, self.row = styles, sheet, 0
        for i, width in enumerate(_WIDTHS):
            sheet.set_column(i, i, width)
        sheet.set_column(KEPT - 1, KEPT - 1, None, None, {"hidden": True})
        self._head()
        for told in self.office.told:
            self._told(told)
        for number, explained in enumerate(self.findings, 1):
            self._finding(number, explained)
        self._before()
        self._page()

    def _page(self) -> None:
        sheet = self.sheet
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=0.6)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")
        sheet.protect("", {"format_rows": True, "format_columns": True})

    # ------------------------------------------------------------ above the items

    def _head(self) -> None:
        w, sheet = self.words, self.sheet
        counts = Counter[str](e.finding.level for e in self.findings)
        done = sum(e.settled for e in self.findings if e.finding.level == "warning")
        numbers = {level: counts[level] for level in _LEVELS}
        told = w["told"].format(count=len(self.office.told)) if self.office.told else ""
        clean = "" if told else w["clean"]
        intro = w["intro"].format(explained=done, **numbers) if self.findings else clean
        title = w["title"].format(unit=self.report.unit, year=self.report.year)
        if self.office.over:
            self._keep(self.row, kept_over(self.office.over))
        self._across(title, "caption", 16)
        self._across(dates_line(self.office), "wrapped")
        self._across(intro + told, "caption", 11)
        if said := said_of(self.became):
            self._across(w["last"].format(said=said), "wrapped")
        key = w["key"] if counts["warning"] else ""
        self._across(w["how"] + key, "wrapped")
        self._across(self.source, "wrapped")
        for i, text in enumerate(w["heads"]):
            sheet.write_string(self.row, i, text, self.styles.get("head"))
        self._keep(self.row, head())
        self.row += 1
        sheet.freeze_panes(self.row, 0)
        sheet.repeat_rows(self.row - 1)

    def _across(self, text: str, style: str, size: int = _SIZE) -> None:
        form = self.styles.get(style, font_size=size, text_wrap=True)
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, "", form)
        self.sheet.write_string(self.row, 0, text, form)
        lines = _lines(text, sum(_WIDTHS) * _SIZE / size)
        self.sheet.set_row(self.row, lines * _LINE * size / _SIZE + 3)
        self.row += 1

    # ------------------------------------------------------------ items

    def _finding(self, number: int, explained: Explained) -> None:
        finding, top = explained.finding, self.row
        place = place_of(self.report, finding)
        self._line(finding.message, place, bold=True, top=1)
        for line in basis(self.report, finding):
            self._line(self.words["basis"].format(line=line))
        if lists_alternatives(finding):
            self._line(alternatives_title(finding))
            for way in alternatives(self.report, finding):
                self._line(self.words["alternative"].format(number=way.number, text=way.text), way.place)
        if explained.text:
            w = self.words["explained"]
            self._line(w.format(state=explained.state, text=explained.text, why=explained.why))
        self._line(self.words["remedy"].format(remedy=finding.remedy), bottom=1)
        self._beside(top, number, finding)
        self._keep(top, kept(item_of(finding, place)) if finding.id in self.asked else kept_place(place))

    def _told(self, told: Told) -> None:
        """Without a number and a kept item: only the office knows later whether it is settled."""
        top = self.row
        self._line(told.text, told.place, bold=True, top=1, bottom=0 if told.remedy else 1)
        if told.remedy:
            self._line(self.words["remedy"].format(remedy=told.remedy), bottom=1)
        self._around(top, "", self.words["levels"]["told"], grave=True)
        self._keep(top, kept_place(told.place))

    def _keep(self, row: int, text: str) -> None:
        self.sheet.write_string(row, KEPT - 1, fitted(text), self.styles.get("plain"))

    def _beside(self, top: int, number: int, finding: Finding) -> None:
        level = self.words["levels"][finding.level]
        key = shown_key(self.report.form, finding.id) if finding.level == "warning" else ""
        handled = self.handled.get(finding.id, "")
        self._around(top, str(number), level, handled, key, grave=finding.level == "error")

    def _around(
        self, top: int, number: str, level: str, handled: str = "", key: str = "", *, grave: bool
    ) -> None:
        """The number, the level, room for 办理情况 and the key, once beside all lines."""
        colour = {"font_color": COLOURS["wrong"], "bold": True} if grave else {}
        look = {"valign": "top", "font_size": _SIZE}
        for column, text, style, more in (
            (0, number, "boxed", {"align": "center"}),
            (1, level, "boxed", colour | {"align": "center"}),
            (HANDLED - 1, handled, "input_text", {}),
            (5, key, "boxed", {"font_size": 9}),
        ):
            form = self.styles.get(style, **look | more)
            if self.row - 1 > top:
                self.sheet.merge_range(top, column, self.row - 1, column, "", form)
            if text:
                self.sheet.write_string(top, column, fitted(text), form)
            elif self.row - 1 == top:
                self.sheet.write_blank(top, column, None, form)

    def _line(self, text: str, place: str = "", *, bold: bool = False, top: int = 0, bottom: int = 0) -> None:
        """One line of a finding; lines of the first and the last bound it."""
        look = {"valign": "top", "text_wrap": True, "font_size": _SIZE, "left": 1, "right": 1}
        look |= {"top": top, "bottom": bottom}
        self.sheet.write_string(self.row, _TEXT, fitted(text), self.styles.get("plain", bold=bold, **look))
        self.sheet.set_row(self.row, _lines(text, _WIDTHS[_TEXT]) * _LINE + 2)
        sheet, _, cell = place.partition("!")
        if place:
            link = self.styles.get("link", **look)
            self.sheet.write_url(self.row, 2, f"internal:'{sheet}'!{cell}", link, place)
        else:
            self.sheet.write_blank(self.row, 2, None, self.styles.get("plain", **look))
        self.row += 1

    # ------------------------------------------------------------ the last 退回单

    def _before(self) -> None:
        """Each item of the last one with what became of it, and with what the clerk wrote beside it; one that
        stands above as it did is not said again."""
        said = {explained.finding.id for explained in self.findings} & self.asked
        listed = [
            (number, item, outcome)
            for number, (item, outcome) in enumerate(self.became, 1)
            if item.ids[0] not in said
        ]
        if not listed:
            return
        self.row += 1
        self._across(self.words["before"], "caption", 11)
        names = wording("slip.returned")["outcomes"]
        for number, item, outcome in listed:
            form = self.styles.get("boxed", valign="top", font_size=_SIZE)
            texts = (str(number), "", item.place, item.said, item.handled, names[outcome])
            for column, text in enumerate(texts):
                self.sheet.write_string(self.row, column, fitted(text), form)
            lines = max(_lines(text, _WIDTHS[column]) for column, text in enumerate(texts))
            self.sheet.set_row(self.row, min(lines * _LINE + 3, 400))
            self.row += 1


def dates_line(office: Office) -> str:
    """When it was returned, by when it is awaited and whom to ask."""
    w = wording("slip")
    ask = w["ask"].format(ask=office.ask) if office.ask else ""
    return str(
        w["dates"].format(when=office.when or w["blank_date"], due=office.due or w["blank_date"], ask=ask)
    )


def _lines(text: str, width: float) -> int:
    """Lines that a text needs in so many columns at 10 pt: two a Chinese character, of which a column holds a
    little more; Latin letters and digits are wider in some fonts; where a line breaks, a character that does
    not fit goes to the next."""
    room = width * _ROOM
    needs = [shown_width(line) + _LATIN * sum(map(str.isascii, line)) for line in text.split("\n")]
    return sum(1 if each <= room else -int(-each // (room - 3)) for each in needs)
