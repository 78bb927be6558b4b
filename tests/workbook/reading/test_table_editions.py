"""A table's sheet out of another edition's template is read as what it is; half a one is one error."""

from __future__ import annotations

import io

import openpyxl
import pytest

from gouji.examine import examine
from gouji.form import TABLE_KEYS, Form, TableKey, load_form
from gouji.report import Report
from gouji.rules import Context
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_workbook
from support.filled import write_workbook
from support.loaded import loaded

NEW, OLD = load_form("2021"), load_form("2019")


def filled(form: Form) -> Report:
    year = 2024 if form is NEW else 2020
    return Report(form, "甲镇", year, values={cell.id: n % 7 for n, cell in enumerate(form.cells)})


def pasted(key: TableKey, *, over: bool, rows: int = 999) -> bytes:
    """This year's form with the sheet of a table out of the old one. ``over``: pasted over what stood there;
    ``rows``: so many of it."""
    book = loaded(write_workbook(filled(NEW)))
    other = loaded(write_workbook(filled(OLD)))
    name = layout_of(NEW).tables[key].name
    target, source = book[name], other[layout_of(OLD).tables[key].name]
    for merged in list(target.merged_cells.ranges):
        target.unmerge_cells(str(merged))
    for row in [] if over else target.iter_rows():
        for cell in row:
            cell.value = None
    for row in source.iter_rows(max_row=min(rows, source.max_row)):
        for cell in row:
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                target[cell.coordinate].value = cell.value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("key", ["table2", "table3"])
def test_a_whole_sheet_is_that_editions_table(key: TableKey, over: bool) -> None:
    found = examine(pasted(key, over=over), Context())
    report = found.report
    assert report and report.form is load_form("2021", {key: "2019"})
    cells = report.form.tables[key].cells
    assert {c.id: report.value(c.id) for c in cells} == {c.id: filled(OLD).value(c.id) for c in cells}
    others = [c for k in TABLE_KEYS if k != key for c in report.form.tables[k].cells]
    assert {c.id: report.value(c.id) for c in others} == {c.id: filled(NEW).value(c.id) for c in others}
    rules = {f.rule for f in found.findings}
    assert "table-edition" in rules and "label-changed" not in rules
    strays = [f.message for f in found.findings if f.rule == "content-unplaced"]
    assert not strays or over, "numbers that were left below are kept and said, labels are not"
    assert not [one for one in strays if "项" in one.partition("有表格以外的内容")[2].partition("没有")[0]]


def test_half_a_sheet_is_one_error_and_no_noise() -> None:
    found = examine(pasted("table2", over=True, rows=12), Context())
    assert found.findings[0].rule == "label-changed", found.findings[0].message
    assert found.report and found.report.form is NEW
    rules = [f.rule for f in found.findings]
    assert rules.count("label-changed") == 1 and "content-unplaced" not in rules


@pytest.mark.parametrize("form", [NEW, OLD, load_form("2021", {"table3": "2019"})])
def test_a_form_as_it_was_made_stays_what_it_is(form: Form) -> None:
    report = filled(form)
    assert read_workbook(write_workbook(report)).report.form is form


def test_explanations_are_read_where_the_file_has_them() -> None:
    """校验 is still that of the form as it was made."""
    book = loaded(pasted("table3", over=False))
    area = layout_of(NEW).check.explanations
    sheet = book[area.sheet]
    sheet.cell(area.top, area.left).value, sheet.cell(area.top, area.left + 1).value = (
        "text-blank:六",
        "确无此项",
    )
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue()).report.explanations
