"""The marks of a 退回单: which cells they stand at, what they say, and how they come into the copy.

A cell of which it is known what it should hold is filled until it holds that; one that may be wrong has a
frame until its content is another. Both are conditional formats, so the clerk's formats are not touched and
nothing is left to be taken away by hand; the remark is a comment.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from ...form import FEN_PER_WAN, SLASH, Cell, Value
from ...report import Report
from ...rules import Finding
from ...text import visible
from ..layout import TableSheet, address, layout_of
from ..packing import Parts
from ..reading.by_mark import ByMark
from ..reading.sheets import Book, open_book
from ..returned import is_ours
from ..returning.overlay import Overlay, ending_of, lay_over
from ..returning.refusal import NotMarkable
from ..wording import marks, wording
from ..writer import COLOURS, Styles
from ..writer.book import PartsBook
from .findings import place_of
from .painting import Remark, remark_at, remarks_of

#: How large a remark is shown.
_REMARK = {"x_scale": 2, "y_scale": 1.5}

Front = Callable[[Styles, Worksheet], None]


def opened(sent: bytes, ending: str) -> Book:
    """What was sent. Raises Refused; NotMarkable for a 退回单 that kept no items, whose marks nobody could
    take away, and for a content that the ending denies."""
    book = open_book(sent)
    if ending_of(sent) != ending:
        raise NotMarkable("kind")
    name = next((n for n in book.sheet_names if marks("slip")["sheet"].names(n)), None)
    if name and not is_ours(book.cells(name)):
        raise NotMarkable("old")
    return book


def marked_copy(
    sent: bytes, book: Book, report: Report, findings: Sequence[Finding], front: Front, *, keep_seal: bool
) -> bytes:
    """A copy of ``sent``, open as ``book``, with the first sheet as ``front`` writes it and the cells of the
    findings marked. Raises NotMarkable, Refused."""
    # Also of a sheet without marks: those of the last 退回单 go.
    layout, remarks = layout_of(report.form), remarks_of(findings)
    places = {sheet.name: sheet for sheet in layout.tables.values()}
    by_sheet = {
        name: _of_sheet(places[name], remarks) if name in places else {}
        for name in (layout.cover.name, *(section.number for section in report.form.sections))
    }
    slip, words = marks("slip"), wording("slip")
    frame = (str(slip["begin"]), str(slip["end"]))
    texts = {
        name: {at: remark_at(cell, remark) for at, (cell, remark) in cells.items() if remark.remark}
        for name, cells in by_sheet.items()
    }
    for sheet, at, message in _elsewhere(report, findings):
        texts[sheet].setdefault(at, message)
    texts = {
        name: {at: frame[0] + _plain(text, frame) + frame[1] for at, text in said.items()}
        for name, said in texts.items()
    }
    written = _written(front, by_sheet, texts, report)
    return lay_over(
        sent,
        Overlay(
            parts=written,
            spellings=slip["sheet"].spellings,
            frame=frame,
            mark=str(slip["sheet"]),
            link=(f'HYPERLINK("#\'{slip["sheet"]}\'!A1","{words["back"]}")', words["back"]),
            remarks=texts,
            back={name: _free(places[name]) for name, cells in by_sheet.items() if cells},
            empty={} if keep_seal else _seal(book),
        ),
    )


def _of_sheet(place: TableSheet, remarks: Mapping[str, Remark]) -> dict[str, tuple[Cell, Remark]]:
    cells = ((cell, remarks.get(cell.id)) for cell in place.table.cells)
    return {address(*place.cells[cell.id]): (cell, remark) for cell, remark in cells if remark}


def _elsewhere(report: Report, findings: Sequence[Finding]) -> Iterator[tuple[str, str, str]]:
    """(sheet, address, message) of what is said of a field of the cover or of a paragraph."""
    for finding in findings:
        if finding.level != "hint" and (finding.field or finding.section):
            sheet, _, at = place_of(report, finding).partition("!")
            if at and ":" not in at:
                yield sheet, at, finding.message


def _free(place: TableSheet) -> list[str]:
    """Where the link back may stand: in the first row, beside what is printed."""
    return [address(1, column) for column in range(place.side, place.said + 2)]


def _seal(book: Book) -> dict[str, list[str]]:
    """The cells of a seal: a copy that is returned is not one that was found in order."""
    name = next(n for n in book.sheet_names if marks("sheets")["data"].names(n))
    cells = ByMark.of(book).cells(name)
    rows = (row for (row, column), cell in cells.items() if column == 1 and cell.raw.startswith("seal."))
    sealed = [address(row, 2) for row in rows if (row, 2) in cells and cells[row, 2].raw]
    return {name: sealed} if sealed else {}


def _plain(text: str, frame: tuple[str, str]) -> str:
    """All of it seen, and without the brackets by which remarks are found again."""
    brackets = {frame[0][0], frame[1][-1]}
    return "".join(c for c in visible(text) if c not in brackets)


def _written(
    front: Front,
    by_sheet: Mapping[str, Mapping[str, tuple[Cell, Remark]]],
    texts: Mapping[str, Mapping[str, str]],
    report: Report,
) -> Parts:
    """A workbook with the first sheet and, by the names of theirs, sheets with nothing but marks."""
    book = PartsBook()
    styles, name = Styles(book), str(marks("slip")["sheet"])
    front(styles, book.add_worksheet(name))
    known = book.add_format({"bg_color": COLOURS["wrong"], "font_color": "#FFFFFF", "bold": True})
    red = COLOURS["wrong"]
    maybe = book.add_format({"border": 1, "border_color": red, "font_color": red})
    for sheet_name, cells in by_sheet.items():
        sheet = book.add_worksheet(sheet_name)
        sheet.write_blank(0, 0, None, styles.get("link"))
        for at, (cell, remark) in cells.items():
            sent = report.value(cell.id)
            condition = _wrong(at, cell, remark) if remark.known else _as_sent(at, cell, sent)
            rule: dict[str, Any] = {
                "type": "formula",
                "criteria": f'=AND("{name}"<>"",{condition})',
                "format": known if remark.known else maybe,
                "stop_if_true": remark.known,
            }
            sheet.conditional_format(at, rule)
        for at, text in texts[sheet_name].items():
            sheet.write_comment(at, text, {**_REMARK, "author": name})
    return book.parts()


def _wrong(at: str, cell: Cell, remark: Remark) -> str:
    """A condition on the cell: it does not hold what it should."""
    if isinstance(remark.right, int):
        return f"IF(ISNUMBER({at}),{at}<>{_number(cell, remark.right)},TRUE)"
    return f'IF(ISERROR({at}),TRUE,{at}<>"{SLASH if remark.right == SLASH else ""}")'


def _as_sent(at: str, cell: Cell, value: Value) -> str:
    """A condition on the cell: it still holds what was sent."""
    if isinstance(value, int):
        return f"IF(ISNUMBER({at}),{at}={_number(cell, value)},FALSE)"
    return f"ISTEXT({at})" if value == SLASH else f"NOT(ISNUMBER({at}))"


def _number(cell: Cell, value: int) -> str:
    return f"{value / FEN_PER_WAN:.6f}" if cell.kind.money else str(value)
