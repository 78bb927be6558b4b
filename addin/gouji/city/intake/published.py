"""A published report of a unit beside the workbook that the unit sent: in which numbers they differ."""

from __future__ import annotations

from collections.abc import Iterator

from ...form import Cell
from ...report import Report
from ...rules import Catalogue, Finding

#: Cells that a finding names.
_NAMED = 5


def differing(published: Report, sent: Report) -> list[Cell]:
    """The cells that hold another number in the published report, in the order of the form.

    Blank, 0 and "/" are no difference here; what was not read of the published text, or is blank there, and
    tables of different editions are not compared.
    """
    return [
        cell
        for cell in sent.form.cells
        if published.form.by_id.get(cell.id) is cell
        and not published.is_blank(cell.id)
        and published.number(cell.id) != sent.number(cell.id)
    ]


def published_findings(
    unit: str, file: str, published: Report, sent: Report, rules: Catalogue
) -> Iterator[Finding]:
    """One finding a published report that differs: which of the two is right only the unit knows."""
    rule, cells = rules["unit-published"], differing(published, sent)
    if rule.off or not cells:
        return
    phrase = rule.parameters["phrases"]["cell"]
    said = [
        phrase.format(
            table=sent.form.tables[cell.table].section.number,
            row=cell.row.key,
            column=cell.column.label,
            sent=cell.kind.show(sent.value(cell.id)) or rule.parameters["phrases"]["blank"],
            published=cell.kind.show(published.value(cell.id)),
        )
        for cell in cells[:_NAMED]
    ]
    more = rule.parameters["phrases"]["more"] if len(cells) > _NAMED else ""
    shown = "；".join(said) + more
    yield rule.finding(f"{unit}/{file}", unit=unit, file=file, count=len(cells), differing=shown)
