"""A 退回单 on what is no form that can be marked: a small workbook that says what is wrong and what to do.

For files that can not be read, forms whose labels were changed or that are of another edition, several
versions of which nobody knows the right one, and whatever could not be marked in a copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from xlsxwriter.worksheet import Worksheet

from ...marks import marks_of
from ...records import dataclass
from ...rules import Finding
from ...text import shown_width
from ...wording import wording_of
from ...workbook.kind import list_rows
from ...workbook.limits import fitted
from ...workbook.shown.findings import place_of
from ...workbook.shown.slip import Office, dates_line
from ...workbook.wording import wording
from ...workbook.writer import COLOURS, Styles
from ...workbook.writer.heights import row_height
from ...workbook.writer.styles import list_page
from ..intake.sorting import Filed
from ..sheets.lists import finished, new_book
from .acting import PACKAGE
from .saying import names_of
from .versions import Difference, differences

#: Number, level, place, what, what to do.
_WIDTHS = (6, 9, 14, 62, 44)
#: Of the table of versions: place, name, then the files.
_PLACE, _NAME, _VALUE = 14, 50, 30


@dataclass(frozen=True, slots=True)
class Plain:
    """``unit``, ``year``: to whom, of what year; ``opening``: the situation in one sentence; ``action``: what
    to do. ``files``: those that it is about; ``findings``: of each, what is to be mended."""

    unit: str
    year: int
    opening: str
    action: str
    office: Office
    files: tuple[Filed, ...]
    findings: tuple[tuple[Filed, tuple[Finding, ...]], ...] = ()


def plain_slip(slip: Plain) -> bytes:
    """The .xlsx; known to the program as a 退回单, so that it is never taken for what a unit sent."""
    book = new_book()
    styles, words = Styles(book), wording_of(PACKAGE, "slip")
    sheet = book.add_worksheet(marks_of("gouji.city", "sheets")["slip"])
    compared = [f.submission.report for f in slip.files if f.submission.report]
    if len(compared) > 1:
        found = differences(compared)
        said = words["differ" if found else "same"].format(count=len(found), sheet=words["versions"])
        slip = replace(slip, opening=slip.opening + said)
        _write_versions(styles, book.add_worksheet(words["versions"]), names_of(slip.files), found)
    _Sheet(slip, styles, sheet).write()
    return finished(book, list_rows("slip", slip.unit, slip.year))


class _Sheet:
    def __init__(self, slip: Plain, styles: Styles, sheet: Worksheet) -> None:
        self.slip, self.styles, self.sheet, self.row = slip, styles, sheet, 0
        self.words = wording_of(PACKAGE, "slip")
        self.names = names_of([filed for filed, _ in slip.findings])

    def write(self) -> None:
        for i, width in enumerate(_WIDTHS):
            self.sheet.set_column(i, i, width)
        self._across(wording("slip")["title"].format(unit=self.slip.unit, year=self.slip.year), "caption", 16)
        self._across(dates_line(self.slip.office), "wrapped")
        self._across(self.slip.opening, "caption", 11)
        self._across(self.slip.action, "wrapped")
        lines = list(self._lines())
        if lines:
            self.row += 1
            for i, head in enumerate(self.words["heads"]):
                self.sheet.write_string(self.row, i, head, self.styles.get("head"))
            for number, line in enumerate(lines, 1):
                self.row += 1
                self._line((str(number), *line))
        self.sheet.hide_gridlines(2)
        list_page(self.sheet, None)

    def _lines(self) -> Iterator[tuple[str, str, str, str]]:
        """Level, place, what, what to do: the office's first, then of each file."""
        levels = wording("slip")["levels"]
        for told in self.slip.office.told:
            yield levels["told"], told.place, told.text, told.remedy
        for name, (filed, findings) in zip(self.names, self.slip.findings, strict=True):
            report = filed.submission.report
            for finding in findings:
                place = place_of(report, finding) if report else ""
                said = finding.message
                if len(self.slip.findings) > 1:
                    said = self.words["of_file"].format(file=name, message=said)
                yield levels[finding.level], place, said, finding.remedy

    def _across(self, text: str, style: str, size: int = 10) -> None:
        form = self.styles.get(style, font_size=size, text_wrap=True)
        self.sheet.merge_range(self.row, 0, self.row, len(_WIDTHS) - 1, "", form)
        self.sheet.write_string(self.row, 0, fitted(text), form)
        lines = -(-shown_width(text) * size // (10 * (sum(_WIDTHS) - 4)))
        self.sheet.set_row(self.row, max(1, lines) * size * 1.45 + 3)
        self.row += 1

    def _line(self, texts: Sequence[str]) -> None:
        form = self.styles.get("boxed", valign="top", num_format="@")
        for i, text in enumerate(texts):
            self.sheet.write_string(self.row, i, fitted(text), form)
        self.sheet.set_row(self.row, row_height(zip(texts, _WIDTHS, strict=True)))


def _write_versions(
    styles: Styles, sheet: Worksheet, files: Sequence[str], found: Sequence[Difference]
) -> None:
    """A row for each thing in which the files differ, a column a file."""
    words = wording_of(PACKAGE, "slip")
    widths = (_PLACE, _NAME, *[_VALUE] * len(files))
    for i, (head, width) in enumerate(zip((*words["version_heads"], *files), widths, strict=True)):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, fitted(head), styles.get("head", text_wrap=True))
    form = styles.get("boxed", valign="top", num_format="@")
    differs = styles.get("boxed", valign="top", num_format="@", align="right", bg_color=COLOURS["warned"])
    for at, one in enumerate(found, 1):
        for i, text in enumerate((one.place, one.name, *one.values)):
            sheet.write_string(at, i, fitted(text), differs if i > 1 else form)
    sheet.freeze_panes(1, 2)
    list_page(sheet, 0)
