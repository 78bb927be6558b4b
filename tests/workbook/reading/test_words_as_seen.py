"""Words that are stored as something else: what a person sees is read, and what nobody can read is said."""

from __future__ import annotations

import io

import pytest

from gouji.examine import examine
from gouji.report import Report
from support.hostile_parts import good
from support.loaded import loaded


def reading(sheet: str, cell: str, value: object, code: str = "") -> tuple[Report, list[str]]:
    """The report with one cell typed over, and the places of what was not placed."""
    book = loaded(good())
    book[sheet][cell].value = value
    if code:
        book[sheet][cell].number_format = code
    out = io.BytesIO()
    book.save(out)
    found = examine(out.getvalue())
    assert found.report
    return found.report, [f.place for f in found.findings if f.rule == "content-unplaced"]


@pytest.mark.parametrize(("sheet", "cell"), [("一", "A14"), ("封面", "B7")])
def test_a_formula_without_result_where_words_belong_is_said(sheet: str, cell: str) -> None:
    """openpyxl stores no results, as other programs do not."""
    report, places = reading(sheet, cell, '="甲局"&"收到12件"')
    assert f"{sheet}!{cell}" in places
    assert [one.place for one in report.unplaced] == [f"{sheet}!{cell}"]


@pytest.mark.parametrize(("value", "said"), [(True, "TRUE"), (False, "FALSE")])
def test_a_truth_value_as_a_paragraph_is_its_word(value: bool, said: str) -> None:
    report, _ = reading("一", "A14", value)
    assert said in (report.texts or {})["一"].split("\n")


@pytest.mark.parametrize(
    ("value", "code", "read"),
    [
        (12, "00000", "00012"),
        (12, "", "12"),
        ("00012", "@", "00012"),
        (123456789012345, "0", "123456789012345"),
        (1.23456789012345e18, "", "1234567890123450000"),
        (1234567890123456789, "", "1234567890123457000"),  # as openpyxl stores it
        (1.5, "", "1.5"),
        (1.5, "0", "1.5"),
        (10**20, "", "1e+20"),
        (1e300, "", "1e+300"),
        (12, "yyyy-mm-dd", "12"),
    ],
)
def test_a_code_is_read_as_shown(value: object, code: str, read: str) -> None:
    report, _ = reading("封面", "B7", value, code)
    assert report.code == read
