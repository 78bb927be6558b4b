"""Real pastes in LibreOffice, by its clipboard: from workbooks, a Word file and a web page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gouji import api
from gouji.form import load_form
from gouji.report import Report
from gouji.workbook.layout import address, layout_of
from gouji.workbook.pasting.sheet import ZONE_TOP, paste_sheet
from gouji.workbook.reading.reader import read_workbook
from gouji.workbook.writer import COLOURS
from support.filled import write_workbook
from support.office import Book, Office
from support.random_reports import balanced

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
PASTE = paste_sheet(FORM, "pasting")
SOURCE = Report(FORM, unit="某局", year=2023, values=dict(balanced(FORM, Random(3))))  # type: ignore[arg-type]
SOURCE.texts = {"一": "第一段", "五": "第五段", "六": "第六段"}
TABLE = LAYOUT.tables["table3"]
#: 三 with its title and heads, without the strip above; and beyond its right end.
WHOLE = ("三", f"A{TABLE.title_row}:{address(TABLE.bottom, TABLE.columns)}")
WIDER = ("三", f"A{TABLE.title_row}:{address(TABLE.bottom, TABLE.side + 1)}")
AT = f"A{ZONE_TOP}"


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    (folder / "甲.xlsx").write_bytes(write_workbook(SOURCE))
    for kind in ("docx", "html"):
        (folder / f"甲.{kind}").write_bytes(api.write(SOURCE, to=kind))
    (folder / "空白.xlsx").write_bytes(write_workbook(Report(FORM, unit="某局", year=2024)))
    return folder


@pytest.fixture
def desk(office: Office, sources: Path) -> Iterator[Book]:
    with office.open(sources / "空白.xlsx") as book:
        yield book


def shown(book: Book, sheet: str, cells: dict[str, tuple[int, int]]) -> dict[str, object]:
    """Cell id -> what stands there, blanks left out."""
    rows = book.values(sheet, f"A1:{address(ZONE_TOP + 79, PASTE.shown)}")
    found = {cell: rows[row - 1][column - 1] for cell, (row, column) in cells.items()}
    return {cell: value for cell, value in found.items() if value not in (None, "")}


def pasted(book: Book) -> dict[str, object]:
    return shown(book, "粘贴区", dict(PASTE.cells))


def expected(*tables: str) -> dict[str, object]:
    """What the tables of the source hold."""
    cells = [cell for key in tables for cell in FORM.tables[key].cells]  # type: ignore[index]
    found = {cell.id: SOURCE.value(cell.id) for cell in cells}
    return {
        cell: value / 1_000_000 if FORM.by_id[cell].kind.money and isinstance(value, int) else value
        for cell, value in found.items()
        if value is not None
    }


@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_whole_report_from_a_text_document_or_a_page(desk: Book, sources: Path, kind: str) -> None:
    """LibreOffice loses the merged labels of 三 and the places of 四 on the way; what is shown is right."""
    desk.paste("粘贴区", AT, sources / f"甲.{kind}")
    found = pasted(desk)
    assert {c: v for c, v in found.items() if not c.startswith("t4.")} == expected("table2", "table3")
    four = {c: v for c, v in found.items() if c.startswith("t4.")}
    assert four in ({}, expected("table4"))


@pytest.mark.parametrize(("area", "values"), [(WHOLE, False), (WHOLE, True), (WIDER, True)])
def test_a_table_of_another_workbook(desk: Book, sources: Path, area: tuple[str, str], values: bool) -> None:
    desk.paste("粘贴区", AT, sources / "甲.xlsx", area, values=values)
    assert pasted(desk) == expected("table3")


def test_tables_one_after_the_other_and_aside(desk: Book, sources: Path) -> None:
    four, two = LAYOUT.tables["table4"], LAYOUT.tables["table2"]
    desk.paste("粘贴区", f"C{ZONE_TOP + 2}", sources / "甲.xlsx", WHOLE)
    for place, at in ((four, f"B{ZONE_TOP + 40}"), (two, f"A{ZONE_TOP + 50}")):
        area = (place.name, f"A{place.title_row}:{address(place.bottom, place.columns)}")
        desk.paste("粘贴区", at, sources / "甲.xlsx", area)
    assert pasted(desk) == expected("table2", "table3", "table4")


def test_what_was_found_fills_the_form_by_one_copy(desk: Book, sources: Path, tmp_path: Path) -> None:
    """The cells found stand in the form's shape: copied, and pasted as values on the first cell of 三."""
    desk.paste("粘贴区", AT, sources / "甲.xlsx", WHOLE)
    copy = desk.save(tmp_path / "取到.xlsx")
    part = next(part for part in PASTE.parts if part.table.key == "table3")
    desk.paste(
        "三", address(*TABLE.cells["t3.new.natural"]), copy, ("粘贴区", part.area("").ref()), values=True
    )
    read = read_workbook(desk.save(tmp_path / "填好.xlsx"))
    assert read.report.values == {c: v for c, v in SOURCE.values.items() if c.startswith("t3.")}
    assert read.findings == []


def test_a_number_that_differs_from_the_form_is_seen(desk: Book, sources: Path) -> None:
    row, column = TABLE.cells["t3.granted.natural"]
    desk.put("三", {address(row, column): SOURCE.number("t3.granted.natural") + 5})
    row, column = TABLE.cells["t3.granted.business"]
    desk.put("三", {address(row, column): SOURCE.number("t3.granted.business")})
    desk.paste("粘贴区", AT, sources / "甲.xlsx", WHOLE)
    assert desk.value("粘贴区", "A5") == "表三：取到 25 行，共 25 行；与表三已填的不同 1 格"
    lit = desk.colours()["粘贴区"]
    red = [cell for cell, at in PASTE.cells.items() if lit.get(address(*at)) == COLOURS["differs"]]
    assert red == ["t3.granted.natural"]


def test_last_year_is_pasted_compared_and_read(desk: Book, sources: Path, tmp_path: Path) -> None:
    desk.paste("上年", AT, sources / "甲.xlsx", WHOLE)
    shift = TABLE.last_year - TABLE.values.left
    beside = {cell: (row, column + shift) for cell, (row, column) in TABLE.cells.items()}
    assert shown(desk, "三", beside) == expected("table3")
    check = LAYOUT.check
    rows = desk.values(
        check.name, f"A{check.live_top}:{address(check.live_top + 80, max(check.columns.values()))}"
    )
    states = {str(row[check.columns["id"] - 1]): row[check.columns["state"] - 1] for row in rows}
    carried = {state for key, state in states.items() if key.startswith("carry-over")}
    assert carried and "缺上年" not in carried
    reading = read_workbook(desk.save(tmp_path / "另存.xlsx"))
    assert reading.prior is not None
    assert reading.prior.values == {c: v for c, v in SOURCE.values.items() if c.startswith("t3.")}


def test_the_zone_takes_what_is_typed_and_nothing_else_does(desk: Book) -> None:
    title = desk.value("上年", "A1")
    desk.type("上年", {AT: "一、总体情况", "A1": "改", address(ZONE_TOP + 4, PASTE.values): "7"})
    assert desk.value("上年", AT) == "一、总体情况" and desk.value("上年", "A1") == title
    assert desk.value("上年", address(ZONE_TOP + 4, PASTE.values)) != 7.0


def test_what_reaches_beyond_the_zone_is_said(desk: Book) -> None:
    row = ZONE_TOP - 1
    before = desk.value("粘贴区", f"A{row}")
    desk.put("粘贴区", {address(PASTE.zone.bottom + 3, 2): 12})
    after = desk.value("粘贴区", f"A{row}")
    assert before != after and str(PASTE.zone.bottom) in str(after)
