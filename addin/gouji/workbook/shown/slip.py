"""退回单: what is wrong, for the clerk who must mend it, in a copy of the form with the cells marked.

The first sheet lists root causes first with links, the arithmetic and the possible corrections; the
form behind it holds what was sent and can be corrected and sent again as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ...report import Report
from ...rules import Catalogue, Finding
from ...rules.explanations import Explained, apply
from ...text import shown_width
from ..keyed import shown_key
from ..wording import marks, wording
from ..writer import COLOURS, Remark, Writing, write_workbook
from .explain import alternatives, alternatives_title, basis, lists_alternatives
from .findings import place_of

_WIDTHS = (5, 8, 9, 66, 14, 22)
_TEXT = 3
_FILLS = {"error": "row", "warning": "warned", "hint": "head"}
#: Alternatives beyond these are listed but not marked in the form: a red frame everywhere says nothing.
_MARKED_ALTERNATIVES = 2
_MARKED_CELLS = 10


def slip_workbook(
    report: Report, prior: Report | None, findings: Sequence[Finding], rules: Catalogue | None = None
) -> bytes:
    """The .xlsx of a 退回单 on one report."""

    def front(writing: Writing, sheet: Worksheet) -> None:
        sheet.set_vba_name("shtSlip")
        _Slip(writing, sheet, report, apply(report, findings)).write()

    name = marks("slip")["sheet"]
    return write_workbook(report, prior=prior, rules=rules, marked=_marked(findings), front=(name, front))


def _marked(findings: Sequence[Finding]) -> dict[str, Remark]:
    """Cell id -> what is said at the cell: its own suggestion, else the finding it belongs to."""
    marked: dict[str, Remark] = {}
    for finding in findings:
        if finding.level == "hint":
            continue
        for suspect in () if finding.tied else finding.suspects:
            if suspect.group <= _MARKED_ALTERNATIVES:
                remark = f"{finding.message}\n{suspect.reason}".strip()
                known = finding.decided and suspect.group == 1
                marked.setdefault(suspect.cell, Remark(remark, known, suspect.suggested))
        if finding.area and not finding.suspects:
            for number, cell in enumerate(finding.cells):
                marked.setdefault(cell, Remark("" if number else finding.message))
            continue
        # A finding on very many cells (a blank table) marks none: the colours say it already.
        if not finding.suspects and len(finding.cells) <= _MARKED_CELLS:
            for cell in finding.cells:
                marked.setdefault(cell, Remark(finding.message))
    return marked


class _Slip:
    def __init__(
        self, writing: Writing, sheet: Worksheet, report: Report, findings: Sequence[Explained]
    ) -> None:
        self.writing, self.sheet, self.report, self.findings = writing, sheet, report, findings
        self.words = wording("slip")
        self.row = 5

    def write(self) -> None:
        sheet = self.sheet
        for i, width in enumerate(_WIDTHS):
            sheet.set_column(i, i, width)
        self._head()
        for number, explained in enumerate(self.findings, 1):
            self._finding(number, explained.finding)
            if explained.text:
                w = self.words["explained"]
                self._line(w.format(state=explained.state, text=explained.text, why=explained.why))
        sheet.freeze_panes(6, 0)
        sheet.repeat_rows(5)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C&P / &N")

    def _head(self) -> None:
        w, sheet, style = self.words, self.sheet, self.writing.style
        counts = Counter[str](e.finding.level for e in self.findings)
        done = sum(e.settled for e in self.findings if e.finding.level == "warning")
        numbers = {level: counts[level] for level in _FILLS}
        intro = w["intro"].format(explained=done, **numbers) if self.findings else w["clean"]
        title = w["title"].format(unit=self.report.unit, year=self.report.year)
        sheet.write_string(0, 0, title, style("caption", font_size=18))
        sheet.set_row(0, 30)
        for row, text in enumerate((w["dates"], intro, w["how"], w["key"]), 1):
            sheet.write_string(row, 0, text, style("caption" if row == 2 else "plain"))
        for i, head in enumerate(w["heads"]):
            sheet.write_string(5, i, head, style("head"))

    def _finding(self, number: int, finding: Finding) -> None:
        self.row += 1
        body = self.writing.style("boxed", valign="top", font_size=11)
        fill = COLOURS[_FILLS[finding.level]]
        level = self.words["levels"][finding.level]
        self.sheet.write_number(self.row, 0, number, body)
        self.sheet.write_string(self.row, 1, level, self.writing.style("boxed", bg_color=fill, valign="top"))
        self._link(place_of(self.report, finding))
        self._text(finding.message, bold=True)
        self.sheet.write_blank(self.row, 4, None, self.writing.style("input", valign="top"))
        key = shown_key(self.report.form, finding.id) if finding.level == "warning" else ""
        self.sheet.write_string(self.row, 5, key, self.writing.style("boxed", valign="top", font_size=9))
        for line in basis(self.report, finding):
            self._line(self.words["basis"].format(line=line))
        if lists_alternatives(finding):
            self._line(alternatives_title(finding))
            for way in alternatives(self.report, finding):
                self._line(self.words["alternative"].format(number=way.number, text=way.text), way.place)
        self._line(self.words["remedy"].format(remedy=finding.remedy))

    def _line(self, text: str, place: str = "") -> None:
        self.row += 1
        for column in (0, 1, 4, 5):
            self.sheet.write_blank(self.row, column, None, self.writing.style("boxed"))
        self._link(place)
        self._text(text)

    def _text(self, text: str, **changes: object) -> None:
        """The wide column, and a row as high as the text needs (two columns a Chinese character)."""
        style = self.writing.style("boxed", valign="top", font_size=11, **changes)
        self.sheet.write_string(self.row, _TEXT, text, style)
        width = shown_width(text) * 1.1
        self.sheet.set_row(self.row, 16 * max(1, -(-width // _WIDTHS[_TEXT])) + 3)

    def _link(self, place: str) -> None:
        sheet, _, cell = place.partition("!")
        if place:
            link = self.writing.style("link", border=1, valign="top")
            self.sheet.write_url(self.row, 2, f"internal:'{sheet}'!{cell}", link, place)
        else:
            self.sheet.write_blank(self.row, 2, None, self.writing.style("boxed"))
