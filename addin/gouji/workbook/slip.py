"""退回单: what is wrong, for the clerk who must mend it, in a copy of the form with the cells marked.

The first sheet lists root causes first with links, the arithmetic and the possible corrections; the
form behind it holds what was sent and can be corrected and sent again as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from ..report import Report
from ..rules import Catalogue, Finding, Suspect
from ..rules.explanations import apply
from .findings import arithmetic, place_of
from .layout import layout_of
from .wording import wording
from .writer import COLOURS, Writing, write_workbook

_WIDTHS = (6, 9, 10, 62, 44, 46, 34)
_FILLS = {"error": "row", "warning": "warned", "hint": "head"}


def slip_workbook(
    report: Report, prior: Report | None, findings: Sequence[Finding], rules: Catalogue | None = None
) -> bytes:
    """The .xlsx of a 退回单 on one report."""

    def extra(writing: Writing, book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet(wording("slip")["sheet"])
        sheet.set_vba_name("shtSlip")
        _Slip(writing, sheet, report, findings).write()
        sheet.activate()

    return write_workbook(report, prior=prior, rules=rules, marked=_marked(findings), extra=extra)


def _marked(findings: Sequence[Finding]) -> dict[str, str]:
    """Cell id -> what is said at the cell: its own suggestion, else the finding it belongs to."""
    marked: dict[str, str] = {}
    for finding in findings:
        if finding.level == "hint":
            continue
        for suspect in finding.suspects:
            marked.setdefault(suspect.cell, f"{finding.message}\n{suspect.reason}".strip())
        # A finding on very many cells (a blank table) marks none: the colours say it already.
        if not finding.suspects and len(finding.cells) <= 10:
            for cell in finding.cells:
                marked.setdefault(cell, finding.message)
    return marked


class _Slip:
    def __init__(
        self, writing: Writing, sheet: Worksheet, report: Report, findings: Sequence[Finding]
    ) -> None:
        self.writing, self.sheet, self.report, self.findings = writing, sheet, report, findings
        self.words = wording("slip")
        self.row = 3

    def write(self) -> None:
        w, sheet = self.words, self.sheet
        for i, width in enumerate(_WIDTHS):
            sheet.set_column(i, i, width)
        title = w["title"].format(unit=self.report.unit, year=self.report.year)
        sheet.write_string(0, 0, title, self.writing.style("caption", font_size=16))
        levels = ("error", "warning", "hint")
        counts = Counter[str](f.level for f in self.findings)
        intro = w["intro"].format(**{level: counts[level] for level in levels})
        sheet.write_string(1, 0, intro if self.findings else w["clean"], self.writing.style("plain"))
        for i, head in enumerate(w["heads"]):
            sheet.write_string(3, i, head, self.writing.style("head"))
        for number, explained in enumerate(apply(self.report, self.findings), 1):
            self._finding(number, explained.finding)
            if explained.text:
                self._line(
                    w["explained"].format(state=explained.state, text=explained.text, why=explained.why)
                )
        sheet.freeze_panes(4, 0)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def _finding(self, number: int, finding: Finding) -> None:
        self.row += 1
        body = self.writing.style("boxed", valign="top")
        fill = COLOURS[_FILLS[finding.level]]
        level = self.words["levels"][finding.level]
        self.sheet.write_number(self.row, 0, number, body)
        self.sheet.write_string(self.row, 1, level, self.writing.style("boxed", bg_color=fill, valign="top"))
        self._link(2, place_of(self.report, finding))
        sums = "\n".join(arithmetic(self.report, finding))
        for column, text in enumerate((finding.message, sums, finding.remedy, finding.id), 3):
            self.sheet.write_string(self.row, column, text, body)
        self._height((finding.message, 3), (sums, 4), (finding.remedy, 5))
        if len(finding.suspects) > 1:
            for suspect in finding.suspects:
                self._suspect(suspect)

    def _suspect(self, suspect: Suspect) -> None:
        self.row += 1
        cell = self.report.form.by_id[suspect.cell]
        w = self.words
        text = w["change"].format(
            label=f"{cell.row.key}／{cell.column.label}",
            value=cell.kind.show(suspect.value) or w["blank"],
            suggested=cell.kind.show(suspect.suggested) or w["blank"],
            reason=suspect.reason,
        )
        self._link(2, "!".join(layout_of(self.report.form).locate(suspect.cell)))
        self.sheet.write_string(self.row, 1, w["suspect"].format(group=suspect.group), self._quiet())
        self.sheet.write_string(self.row, 3, text, self._quiet())
        self._height((text, 3))

    def _line(self, text: str) -> None:
        self.row += 1
        self.sheet.write_string(self.row, 3, text, self._quiet())
        self._height((text, 3))

    def _quiet(self) -> object:
        return self.writing.style("quiet", text_wrap=True, valign="top")

    def _link(self, column: int, place: str) -> None:
        sheet, _, cell = place.partition("!")
        if place:
            link = self.writing.style("link", border=1, valign="top")
            self.sheet.write_url(self.row, column, f"internal:'{sheet}'!{cell}", link, place)
        else:
            self.sheet.write_blank(self.row, column, None, self.writing.style("boxed"))

    def _height(self, *texts: tuple[str, int]) -> None:
        lines = max(
            sum(-(-len(part) * 2 // _WIDTHS[column]) or 1 for part in text.split("\n"))
            for text, column in texts
        )
        self.sheet.set_row(self.row, 15 * max(lines, 1) + 4)
