"""样例: a filled form with one wrong cell, declared in ``sample.toml``; all of it is invented."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from ..form import FEN_PER_WAN, Cell, load_form
from ..report import Report
from ..workbook.writer import write_workbook


@cache
def _declared() -> dict[str, Any]:
    text = resources.files(__package__).joinpath("sample.toml").read_text("utf-8")
    return tomllib.loads(text, parse_float=Decimal)


def sample_report(*, slip: bool = True) -> Report:
    """The sample as it is handed out; without ``slip`` as it should have been: every equation holds."""
    plan = _declared()
    form = load_form(plan["edition"])
    report = Report(form, unit=plan["unit"], year=plan["year"], texts=dict(plan["texts"]))
    report.values = {cell.id: 0 for cell in form.cells}
    for cell, number in plan["cells"].items():
        report.set(cell, _as_held(form.by_id[cell], number))
    # Columns before rows: the total of the total row is a row sum too.
    for kind in ("column", "row"):
        for equation in form.equations:
            if equation.kind == kind:
                report.set(equation.right[0], sum(map(report.number, equation.left)))
    if slip:
        for cell, number in plan["slip"].items():
            report.set(cell, _as_held(form.by_id[cell], number))
    return report


def _as_held(cell: Cell, number: int | Decimal) -> int:
    return int(number * FEN_PER_WAN) if cell.kind.money else int(number)


def sample() -> bytes:
    """The sample as .xlsx."""
    return write_workbook(sample_report())
