"""What each cell of a file looks like: the marks that a 退回单 would have, and what is only not filled
yet."""

from __future__ import annotations

from ..document.contents import shown_value
from ..form import Cell
from ..report import Report
from ..rules import Finding
from ..workbook.shown.painting import Remark, cells_about, remark_at, remarks_of
from .answers import CellShown, Paint
from .held import Held


def only_left(report: Report, finding: Finding) -> bool:
    """Whether a finding says no more than that cells are not filled: all that it is about are blank and none
    counts as 0, so that nothing that was typed is at fault, even where it is known what they should hold."""
    cells = (*cells_about(finding), *(one.cell for one in finding.suspects))
    return bool(cells) and all(report.is_blank(cell) and not report.covers(cell) for cell in cells)


def cells_of(held: Held) -> dict[str, CellShown]:
    """Cell id -> how it is shown, in the order of the form. ``held`` can be read."""
    report, first = held.now.report, held.first.report
    kept, came = _kept(report), _kept(first)
    remarks = remarks_of(held.findings)
    shown: dict[str, CellShown] = {}
    for cell in report.form.cells:
        text = _text(report, cell, kept)
        one: CellShown = {"v": text}
        if paint := _paint(held, cell, remarks.get(cell.id), cell.place in kept):
            one["s"] = paint
        if remark := remarks.get(cell.id):
            one["f"], one["says"] = remark.finding.id, remark_at(cell, remark)
            if remark.known:
                one["should"] = cell.kind.show(remark.right)
        if (printed := shown_value(report, cell)) != text:
            one["printed"] = printed
        if mark := report.marks.get(cell.id):
            one["mark"] = mark
        if source := _source(report, cell):
            one["source"] = source
        if report is not first and (before := _text(first, cell, came)) != text:
            one["was"] = before
        shown[cell.id] = one
    return shown


def _kept(report: Report) -> dict[str, str]:
    """Place -> what stands there and is no content of a cell."""
    return {one.place: one.text for one in report.unplaced}


def _text(report: Report, cell: Cell, kept: dict[str, str]) -> str:
    value = report.value(cell.id)
    return kept.get(cell.place, "") if value is None else cell.kind.show(value)


def _paint(held: Held, cell: Cell, remark: Remark | None, is_kept: bool) -> Paint | None:
    """Its own content first: what can not be read, and what is blank, is seen as that."""
    report = held.now.report
    blank = report.is_blank(cell.id)
    if blank and (is_kept or cell.id in report.unread):
        return "unread"
    if blank and (remark is None or only_left(report, remark.finding)):
        return None if report.covers(cell.id) else "blank"
    if remark and remark.known:
        return "wrong"
    if remark is None:
        return None
    return "maybe" if remark.finding.level == "error" else "warn"


def _source(report: Report, cell: Cell) -> str:
    """Where a published text has it, and what stands there."""
    origin = report.unread.get(cell.id) if report.is_blank(cell.id) else report.read.get(cell.id)
    return " ".join(one for one in (origin.where, origin.text) if one) if origin else ""
