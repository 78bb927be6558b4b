"""What hidden rows and columns and merged cells hold is read, and said with its addresses and numbers."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random

import openpyxl
import pytest

from gouji.examine import judge
from gouji.form import TableKey
from gouji.report import Report
from gouji.rules import Finding, catalogue
from gouji.workbook.layout import TableSheet, address, layout_of
from gouji.workbook.reading.cells import Outline, RawCell
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.reading.sheets import open_book
from gouji.workbook.reading.unseen import Places, _is_clear, table_places, unseen
from gouji.workbook.writer import write_workbook
from support.archive import made
from support.loaded import loaded
from support.sheet_parts import merged, row_hidden, with_sheet

REPORT = made("pt-jtj-2022", "甲市交通局")
LAYOUT = layout_of(REPORT.form)
BOOK = write_workbook(REPORT)
#: A row of 表三 with numbers, the row of 四, which is all 0, and the rows of its heads.
NEW = LAYOUT.tables["table3"].cells["t3.new.natural"][0]
NONE = LAYOUT.tables["table3"].cells["t3.secret.natural"][0]


def said(data: bytes) -> list[tuple[str, str]]:
    return [(f.place, f.level) for f in found(data)]


def found(data: bytes) -> list[Finding]:
    """The findings of the rule; the report is read whole."""
    reading = read_workbook(data)
    assert reading.report.values == REPORT.values and reading.report.texts == REPORT.texts
    for finding in judge(reading):
        assert "{" not in finding.message + finding.remedy
    return [f for f in reading.findings if f.rule == "content-hidden"]


def hidden(sheet: str, *rows: int, by: str = 'hidden="1"') -> bytes:
    return with_sheet(BOOK, sheet, row_hidden(*rows, by=by))


def by_openpyxl(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = loaded(BOOK)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_nothing_is_said_of_what_templates_hide() -> None:
    assert found(BOOK) == [] == found(by_openpyxl(lambda book: None))


@pytest.mark.parametrize(
    "by",
    ['hidden="1"', 'hidden="true"', 'ht="0" customHeight="1"', 'ht="1.5"', 'hidden="1" outlineLevel="1"'],
)
def test_hidden_rows_with_numbers(by: str) -> None:
    (finding,) = found(hidden("三", NEW, NEW + 1, by=by))
    value = REPORT.value("t3.new.natural")
    assert (finding.place, finding.level) == ("三/rows", "warning")
    assert f"第 {NEW}–{NEW + 1} 行被隐藏" in finding.message and f"D{NEW} 的 {value}" in finding.message
    assert "t3.new.natural" in finding.cells and "取消隐藏" in finding.remedy


def test_hidden_rows_with_nothing_but_0_or_labels_are_a_hint() -> None:
    assert not any(REPORT.value(f"t3.secret.{c}") for c in ("natural", "total"))
    (finding,) = found(hidden("三", NONE))
    assert finding.level == "hint" and f"D{NONE} 的 0" in finding.message
    (finding,) = found(hidden("三", LAYOUT.tables["table3"].top + 1))
    assert finding.level == "hint" and "没有填写的内容" in finding.message


def test_a_hidden_row_without_anything_of_the_form_is_nothing() -> None:
    """Between the table and 注."""
    assert found(with_sheet(BOOK, "三", row_hidden(LAYOUT.tables["table3"].bottom + 2))) == []


def test_hidden_columns() -> None:
    def hide(book: openpyxl.Workbook) -> None:
        book["三"].column_dimensions["E"].hidden = True
        book["四"].column_dimensions["B"].width = 0.1

    four, three = sorted(found(by_openpyxl(hide)), key=lambda f: f.place != "四/columns")
    assert "E 列被隐藏" in three.message and "E9 的" in three.message
    assert four.place == "四/columns" and "B 列被隐藏" in four.message


def test_merged_cells_cover_numbers() -> None:
    row = NEW
    (finding,) = found(with_sheet(BOOK, "三", merged(f"D{row}:J{row}")))
    assert (finding.place, finding.level) == ("三/merged", "warning")
    total = REPORT.value("t3.new.total")
    assert f"（D{row}:J{row}）" in finding.message and f"J{row} 的 {total}" in finding.message
    assert f"D{row} 的" not in finding.message, "the first cell shows"


def test_merged_cells_that_cover_only_0() -> None:
    (finding,) = found(with_sheet(BOOK, "三", merged(f"D{NONE}:F{NONE}")))
    assert finding.level == "hint" and f"E{NONE} 的 0、F{NONE} 的 0" in finding.message


def test_merged_cells_that_cover_nothing_take_nothing() -> None:
    blank = write_workbook(Report(REPORT.form, unit="某局", year=2022))
    data = with_sheet(blank, "三", merged("D9:F9"))
    (finding,) = (f for f in read_workbook(data).findings if f.rule == "content-hidden")
    assert finding.level == "hint" and "其中的 E9、F9 填不进内容" in finding.message


def test_texts_notes_and_the_cover() -> None:
    five, note = LAYOUT.texts["五"], LAYOUT.tables["table2"].notes
    (finding,) = found(hidden("五", five.top))
    assert finding.level == "warning" and f"A{five.top} 的“{REPORT.texts['五'][:12]}”" in finding.message  # type: ignore[index]
    (finding,) = found(hidden("二", note.top))
    assert "注1" in finding.message
    year = LAYOUT.cover.fields["year"]
    (finding,) = found(hidden("封面", year[0]))
    assert f"{address(*year)} 的“2022”" in finding.message


def test_what_is_hidden_twice_is_said_of_each_sheet_and_cause() -> None:
    data = with_sheet(with_sheet(hidden("三", NEW), "三", merged("D30:E30")), "五", row_hidden(4))
    assert {place for place, _ in said(data)} == {"三/rows", "三/merged", "五/rows"}


def test_work_on_ranges_that_overlap_is_bounded() -> None:
    """No spreadsheet writes them; 50 000 would cost seconds."""
    typed = {(row, column): f"t3.{row}.{column}" for row in range(1, 60) for column in range(1, 12)}
    ranges = tuple((1, 1, 58, 10 + n % 2) for n in range(50_000))
    (finding,) = unseen(Places("三", typed), {}, Outline(merged=ranges), catalogue())
    assert finding.level == "hint"


def test_nothing_is_said_of_a_table_whose_labels_are_off() -> None:
    """What is typed stands elsewhere there, and merged ranges with it."""

    def insert(book: openpyxl.Workbook) -> None:
        book["二"].insert_rows(4)
        book["二"].row_dimensions[6].hidden = True

    reading = read_workbook(by_openpyxl(insert))
    assert {f.rule for f in reading.findings} == {"label-changed"}


def _drawn(random: Random, sheet: TableSheet) -> Outline:
    """One merged range, now and then a hidden row or column, in and around a table."""
    top, left = random.randint(1, sheet.notes.bottom + 4), random.randint(1, sheet.columns + 3)
    merged = (top, left, top + random.randrange(3), left + random.randrange(3))
    row, column = random.randint(1, sheet.notes.bottom + 4), random.randint(1, sheet.columns + 3)
    rows = frozenset({row} if random.random() < 0.2 else ())
    return Outline((merged,), rows, ((column, column + 1),) if random.random() < 0.2 else ())


@pytest.mark.parametrize("key", LAYOUT.tables)
def test_of_what_is_clear_nothing_would_be_said(key: TableKey) -> None:
    """However full 注 is; and the sheets of our templates are clear."""
    sheet, random = LAYOUT.tables[key], Random(1)
    filled = [(row, left) for row in range(sheet.notes.top, 200) for left, _ in sheet.note_columns]
    cells = {at: RawCell(7, "7", "number", False) for at in (*sheet.cells.values(), *filled)}
    places = table_places(sheet, cells)
    clear = said = 0
    for _ in range(1000):
        outline = _drawn(random, sheet)
        findings = [*unseen(places, cells, outline, catalogue())]
        is_clear = _is_clear(LAYOUT, key, outline)
        assert not (is_clear and findings), outline
        clear, said = clear + is_clear, said + bool(findings)
    assert clear > 100 and said > 100
    assert _is_clear(LAYOUT, key, open_book(BOOK).outline(sheet.name))
