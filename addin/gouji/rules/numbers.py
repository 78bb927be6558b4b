"""The numbers of a report as rules read them: a number, or None where nothing can be concluded."""

from __future__ import annotations

from collections.abc import Container, Iterable

from ..form import Cell, Form, Line
from ..report import Report
from .equations import residual


def unsound(report: Report, cells: Iterable[Cell]) -> set[str]:
    """Those of the cells that an error already names: an illegal number, content that is no number, or none
    that could be read."""
    unreadable = {u.place for u in report.unplaced}
    if not (unreadable or report.as_text or report.unread):
        typed = ((cell, report.values.get(cell.id)) for cell in cells)
        return {c.id for c, n in typed if isinstance(n, int) and n < 0 and not c.kind.legal(n)}
    return {cell.id for cell in cells if _is_unsound(report, cell, unreadable)}


def _is_unsound(report: Report, cell: Cell, unreadable: Container[str]) -> bool:
    """``unreadable``: the places of all that the form has no place for."""
    value = report.values.get(cell.id)
    if cell.id in report.as_text or (unreadable and cell.place in unreadable):
        return True
    if value is None:
        return cell.id in report.unread
    # No kind refuses anything but a negative number.
    return isinstance(value, int) and value < 0 and not cell.kind.legal(value)


class Numbers:
    """Reads one report. "/" counts 0, a blank 0 only where the person declared it.

    A blank total is read as the sum of its parts. With ``sums`` a total whose equation fails is
    read so too, since the error is said already and a second one would follow from it (README.md,
    “One cause, one finding”). Cells that an error names by themselves read as None, those
    that a person looked up as they are.
    """

    def __init__(self, report: Report, *, sums: bool = False) -> None:
        self.report = report
        self._sums = sums
        self._unreadable = {u.place for u in report.unplaced}

    def __call__(self, cell_id: str) -> int | None:
        """The number of a cell; of ``t3.other.total`` the sum of the rows under group ``other``."""
        cells = self.cells(cell_id)
        return None if cells is None else sum(map(self.report.number, cells))

    def cells(self, cell_id: str) -> tuple[str, ...] | None:
        """The cells that are added up for the number of this one, mostly itself; None where it is unknown."""
        report = self.report
        cell = report.form.by_id.get(cell_id)
        if cell is None:
            return self._all(grouped(report.form, cell_id))
        if _is_unsound(report, cell, self._unreadable):
            return None
        if cell_id in report.confirmed:
            return (cell_id,)
        if cell.is_total:
            equations = [e for e in report.form.equations_of[cell_id] if cell_id in e.right]
            totals = [e for e in equations if e.kind != "balance"]
            if report.is_blank(cell_id):
                return self._all(totals[0].left)
            broken = [e for e in totals if self._sums and residual(report, e)]
            if broken:
                return self._all(broken[0].left)
        return (cell_id,) if report.is_known(cell_id) else None

    def _all(self, cell_ids: Iterable[str]) -> tuple[str, ...] | None:
        found = [self.cells(cell_id) for cell_id in cell_ids]
        known = [cells for cells in found if cells is not None]
        return tuple(c for cells in known for c in cells) if found and len(known) == len(found) else None

    def sum(self, cell_ids: Iterable[str]) -> int | None:
        """Sum of the cells; None where there are none or one of them is None."""
        numbers = [self(cell_id) for cell_id in cell_ids]
        known = [n for n in numbers if n is not None]
        return sum(known) if numbers and len(known) == len(numbers) else None


def grouped(form: Form, cell_id: str) -> tuple[str, ...]:
    """The cells of the rows that stand under a group, for ``<table>.<group>.<column>``; else ().

    A row of one edition may be a group of rows in the other, under the same id: 2019's single
    （六）其他处理 compares with the sum of 2021's three rows, never with one of them
    (form/README.md, “Two editions”).
    """
    table_id, row_id, column_id = cell_id.split(".")
    return tuple(
        c.id
        for table in form.tables.values()
        if table.id == table_id
        for c in table.cells
        if c.column.id == column_id and any(g.id == row_id for g in c.row.under)
    )


def comparable_rows(rows: Iterable[Line], prior: Form, table_id: str) -> tuple[str, ...]:
    """Ids of ``rows``, or of the groups that they are under, by which ``prior`` can be read too, in their
    order, each once."""
    single = {c.row.id for c in prior.cells if c.id.startswith(f"{table_id}.")}
    groups = {g.id for c in prior.cells if c.id.startswith(f"{table_id}.") for g in c.row.under}
    found: dict[str, None] = {}
    for row in rows:
        if row.id in single or row.id in groups:
            found[row.id] = None
            continue
        for group in row.under:
            if group.id in single:
                found[group.id] = None
    return tuple(found)
