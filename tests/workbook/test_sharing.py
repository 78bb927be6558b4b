"""Formulas that are written once a column are those that stand for themselves: openpyxl expands them."""

from __future__ import annotations

import io
import re

import openpyxl
import pytest
from openpyxl.formula.translate import Translator

from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import address
from gouji.workbook.writer import write_workbook
from gouji.workbook.writer.sharing import families
from support.at_once import NEWEST
from support.packages import unpack


def test_references_that_move_become_relative_and_those_that_stay_absolute() -> None:
    column = tuple((row, f"INDEX(A8:R87,$B${row},C{row + 2})+SUM($D$1)") for row in range(9, 14))
    (family,) = families(column)
    assert family.rows == [9, 10, 11, 12, 13]
    assert family.text == "INDEX(A$8:R$87,$B9,C11)+SUM($D$1)"
    for row, formula in column:
        moved = Translator(f"={family.text}", "Z9").translate_formula(f"Z{row}")
        assert moved.replace("$", "") == "=" + formula.replace("$", "")


@pytest.mark.parametrize(
    "column",
    [
        pytest.param(["IF(A1=0,1,0)+A1", "IF(A2=0,2,0)+A2"], id="a number moves that is no reference"),
        pytest.param(['IF(A1=0,"见 A1","")', 'IF(A2=0,"见 A2","")'], id="a text names the cell"),
        pytest.param(["IF('二'!A1=0,1,0)", "IF('二'!A2=0,1,0)"], id="another sheet"),
        pytest.param(["IF(A1=0,B1,C1+1)", "IF(A2=0,B3,C2+1)"], id="moves further than its row"),
        pytest.param(["ATAN2(1,A1)+A11", "ATAN3(1,A2)+A12"], id="a function's name"),
        pytest.param(["A1+1", "A2+1"], id="too short to gain"),
    ],
)
def test_what_is_not_the_same_stands_for_itself(column: list[str]) -> None:
    assert families(tuple(enumerate(column, 1))) == []


def test_a_family_goes_on_over_a_gap_and_another_begins_after_it() -> None:
    formulas = [(1, "IF(A1=0,B1,C1+1)"), (2, "IF(A2=0,B2,C2+1)"), (5, "IF(A5=0,B5,C5+1)")]
    formulas += [(6, "SUM(A6:B6)+COUNT(C6)"), (7, "SUM(A7:B7)+COUNT(C7)")]
    assert [family.rows for family in families(tuple(formulas))] == [[1, 2, 5], [6, 7]]


@pytest.mark.parametrize("edition", NEWEST)
def test_a_workbook_keeps_every_formula(edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Against one in which nothing is shared."""
    report = Report(load_form(edition), texts={})
    shared = _formulas(write_workbook(report))
    monkeypatch.setattr("gouji.workbook.writer.book.families", lambda _: [])
    assert _formulas(write_workbook(report)) == shared
    assert len(shared) > 2000


def test_an_empty_result_is_stored_as_a_text() -> None:
    """As Excel writes it: a reader then finds a text, and not a number that is missing."""
    parts = unpack(write_workbook(Report(load_form("2021"), texts={})))
    empty = [
        cell for part in parts.values() for cell in re.findall(rb"<c [^>]*><f[^<]*(?:</f>)?<v></v>", part)
    ]
    assert len(empty) > 1000
    assert [cell for cell in empty if b' t="str"' not in cell.partition(b"><f")[0]] == []


def _formulas(workbook: bytes) -> dict[tuple[str, str], str]:
    found = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(workbook)):
        for line in sheet.iter_rows():
            for cell in line:
                if cell.data_type == "f":
                    formula = str(getattr(cell.value, "text", cell.value))
                    found[sheet.title, address(cell.row, cell.column)] = formula.replace("$", "")
    return found
