"""Sums that no workbook holds: a spreadsheet keeps 15 digits of a number, and rounds the rest away."""

from __future__ import annotations

from collections.abc import Iterator

from ...form import LIMIT
from ...report import Report
from ...rules import Catalogue, Finding


def check_limit(city: Report, rules: Catalogue) -> Iterator[Finding]:
    """One finding a cell whose sum has more than 15 digits; each unit's own number may be within them."""
    rule = rules["city-limit"]
    for cell in city.form.cells:
        number = city.number(cell.id)
        if abs(number) > LIMIT and not rule.off:
            yield rule.finding(
                cell.id,
                (cell.id,),
                left=number,
                money=cell.kind.money,
                row=cell.row.key,
                column=cell.column.label,
            )
