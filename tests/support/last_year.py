"""Last year's figures where a written workbook has them: in the zone of 上年."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from gouji.form import Form
from gouji.report import Report
from gouji.workbook.layout import address
from gouji.workbook.pasting.decide import find
from gouji.workbook.pasting.sheet import paste_sheet
from gouji.workbook.pasting.taken import as_contents


def sheet_name() -> str:
    return "上年"


@cache
def places(form: Form) -> Mapping[str, tuple[int, int]]:
    """Cell id -> where a workbook written with last year's report has it."""
    return find(paste_sheet(form, "last_year"), form, labels(form)).cells


@cache
def labels(form: Form) -> Mapping[tuple[int, int], Any]:
    """The labels of the tables in the zone."""
    return as_contents(Report(form))


def compared(form: Form) -> tuple[str, ...]:
    """The cells that live rules compare with."""
    return tuple(paste_sheet(form, "last_year").prior)


def entries(form: Form, contents: Mapping[str, Any]) -> dict[str, Any]:
    """Address -> what a person pastes: the tables with these contents in their cells."""
    found = {address(*at): cell.value for at, cell in labels(form).items()}
    return found | {address(*places(form)[cell]): content for cell, content in contents.items()}
