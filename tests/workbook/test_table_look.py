"""The sheets of the tables beside the Word document, on a small screen, and read again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from gouji.form import load_form
from gouji.report import canonical
from gouji.workbook.layout import NOTE_ROWS, address, layout_of
from gouji.workbook.reading.reader import read_workbook
from support.at_once import NEWEST
from support.documents import numbered, opened, text_of
from support.filled import write_workbook
from support.loaded import loaded

#: Pixels that a sheet has on a screen of 1366 × 768 below ribbon and formula bar (measured: findings, L7).
SCREEN = 470


@cache
def written(edition: str) -> bytes:
    return write_workbook(numbered(edition))


@pytest.fixture(params=NEWEST)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_small_screen_leaves_two_thirds_to_the_numbers(edition: str) -> None:
    book = loaded(written(edition))
    for place in layout_of(load_form(edition)).tables.values():
        sheet = book[place.name]
        frozen = int(sheet.freeze_panes.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
        rows = [sheet.row_dimensions[row] for row in range(1, frozen + 1)]
        assert all(row.height or row.hidden for row in rows)
        height = sum(round(row.height * 96 / 72) for row in rows if not row.hidden)
        assert height <= SCREEN / 3, place.name


def test_workbook_and_word_break_and_align_labels_alike(edition: str) -> None:
    report = numbered(edition)
    book = loaded(written(edition))
    places = layout_of(report.form).tables.values()
    for place, table in zip(places, opened(report).tables, strict=True):
        rows = [row.cells for row in table.rows]
        for box in place.boxes:
            if box.cell:
                continue
            cell = book[place.name].cell(box.row, box.column)
            word = rows[box.row - place.top][box.column - 1]
            assert text_of(word) == cell.value == box.shown
            aligned = str(word.paragraphs[0].alignment).split()[0].lower()
            # Where a narrow column leaves no room for an indent, lines of one length stand in its middle.
            assert cell.alignment.horizontal == aligned or (box.width == 1 and place.label_columns > 1)
            shade = {s.get(s.keys()[-1]) for s in word._tc.iter() if s.tag.endswith("}shd")}
            assert shade == ({"C6D9F1"} if box.role == "title" else set())
            assert (cell.fill.fgColor.rgb == "FFC6D9F1") == (box.role == "title")


@pytest.mark.parametrize("saved", ["as written", "by openpyxl", "labels in one line", "other lines"])
def test_lines_in_a_label_are_layout(edition: str, saved: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(written(edition))
    if saved != "as written":
        book = openpyxl.load_workbook(path)
        for place in layout_of(load_form(edition)).tables.values() if saved != "by openpyxl" else ():
            for box in (box for box in place.boxes if not box.cell):
                text = box.text if saved == "labels in one line" else "\r\n".join(box.text)
                book[place.name].cell(box.row, box.column).value = text
        book.save(path)
    reading = read_workbook(path)
    assert reading.findings == []
    assert reading.report.unplaced == []
    assert canonical(reading.report) == canonical(numbered(edition))


def test_another_label_in_lines_is_still_another_label(edition: str, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(written(edition))
    book = openpyxl.load_workbook(path)
    book["三"]["E8"].value = "商业\n公司"
    book.save(path)
    (finding,) = read_workbook(path).findings
    assert finding.rule == "label-changed" and "商业公司" in finding.message and "\n" not in finding.message


def test_notes_have_a_heading_only_where_there_are_any(edition: str) -> None:
    report = numbered(edition)
    layout = layout_of(report.form)
    for marks in (report.marks, {}):
        one = replace(report, marks=marks, notes=report.notes if marks else {})
        book = loaded(write_workbook(one), data_only=True)
        for place in layout.tables.values():
            heading = book[place.name].cell(place.notes.top - 2, 1)
            marked = any(cell.id in marks for cell in place.table.cells)
            assert (heading.value or "") == ("注" if marked else "")
            said = str(book[place.name].cell(place.notes.top, place.side).value)
            assert said.startswith("← 注")
            first = address(*place.cells[place.table.cells[0].id])
            prompts = [v.prompt for v in book[place.name].data_validations.dataValidation if v.type is None]
            assert len(prompts) == 3 and any(f"如 {first}；" in prompt for prompt in prompts)


def test_a_long_note_is_told_until_its_row_is_high_enough(edition: str) -> None:
    """What the writer writes stands whole; what is typed is told by a formula on its length."""
    report = numbered(edition)
    report.notes["注1"] = "很长的说明" * 60
    book = loaded(write_workbook(report), data_only=True)
    place = layout_of(report.form).tables["table2"]
    sheet = book[place.name]
    assert sheet.row_dimensions[place.notes.top].height > 50
    assert not str(sheet.cell(place.notes.top, place.side).value).startswith("← 这条")
    formulas = loaded(written(edition))[place.name]
    for row in range(place.notes.top, place.notes.top + NOTE_ROWS):
        assert "LEN(" in formulas.cell(row, place.side).value
