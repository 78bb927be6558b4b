"""What a workbook keeps of where a published report came from, and what it shows of the cells left unread."""

from __future__ import annotations

import io
from random import Random

import pytest

from gouji.form import load_form
from gouji.report import Imported, Origin, Report, Unread
from gouji.workbook.layout import address, layout_of
from gouji.workbook.provenance import provenance_rows
from gouji.workbook.reading.guard import Refused
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import write_workbook
from support.loaded import loaded
from support.random_reports import balanced
from support.typed import Content, with_contents

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
CELL, TOTAL = "t3.new.natural", "t3.new.total"


def imported(**changes: object) -> Report:
    """A report of which two cells could not be read."""
    report = Report(FORM, unit="某局", year=2024, values=dict(balanced(FORM, Random(3))))
    for cell in FORM.cells:
        report.read[cell.id] = Origin("printed", "第 2 个表第 4 行", "3")
    report.imported = Imported("年报.html", "html", "f" * 64)
    for cell_id, text in ((CELL, "120"), (TOTAL, "约12")):
        del report.values[cell_id], report.read[cell_id]
        report.unread[cell_id] = Unread("第 3 个表第 5 行", text, ("12", "1"))
    report.confirmed = {"t2.fees.amount": 3_500_000, "t3.granted.natural": None}
    for name, value in changes.items():
        setattr(report, name, value)
    return report


def filled(book: bytes, contents: dict[str, Content]) -> Report:
    """The report after somebody typed into cells of the workbook."""
    return read_workbook(with_contents(book, {LAYOUT.locate(c): v for c, v in contents.items()})).report


def test_it_travels_whole() -> None:
    report = imported()
    assert read_workbook(write_workbook(report)).report == report


def test_a_long_text_of_the_source_goes_over_several_rows() -> None:
    report = imported()
    report.read["t3.granted.total"] = Origin("cut", "第 1 行", "字" * 100_000)
    place = FORM.by_id["t3.granted.total"].place
    assert sum(row[:2] == ("read", place) for row in provenance_rows(report)) > 3
    assert read_workbook(write_workbook(report)).report == report


def test_a_filled_cell_is_a_cell_like_any_other() -> None:
    report = filled(write_workbook(imported()), {CELL: 12, TOTAL: "/"})
    assert report.unread == {}
    assert report.value(CELL) == 12 and report.value(TOTAL) == "/"
    assert report.is_known(CELL)
    assert report.imported == imported().imported, "the rest still comes from there"


def test_what_is_no_number_is_said_as_what_was_typed() -> None:
    report = filled(write_workbook(imported()), {CELL: "约12"})
    assert set(report.unread) == {TOTAL}
    assert [(u.place, u.text) for u in report.unplaced] == [(FORM.by_id[CELL].place, "约12")]


def test_an_unread_cell_is_blank_and_says_at_the_cell_what_stood_there() -> None:
    sheet = loaded(write_workbook(imported()))["三"]
    at = sheet[address(*LAYOUT.tables["table3"].cells[CELL])]
    assert at.value is None
    assert all(text in at.comment.text for text in ("第 3 个表第 5 行", "“120”", "12 或 1", "对照原文"))
    others = [c.coordinate for row in sheet.iter_rows() for c in row if c.comment]
    assert len(others) == 2


@pytest.mark.parametrize("key", ["imported", "read", "unread", "confirmed"])
def test_what_somebody_changed_in_the_hidden_sheet_is_refused(key: str) -> None:
    book = loaded(write_workbook(imported()))
    sheet = book["gouji"]
    row = next(row for row in sheet.iter_rows() if row[0].value == key)
    row[2].value = "[" * 30_000
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(Refused, match=key):
        read_workbook(out.getvalue())
