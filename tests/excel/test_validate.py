"""校验 on an open workbook, in the object model of ``xlwings_fake.model`` (under Wine: behind real COM)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from gouji.excel.contents import raw_cell
from gouji.excel.validate import live_contents, validate
from gouji.form import SLASH
from gouji.report import Explanation, Report, canonical
from gouji.workbook.keyed import number_of
from gouji.workbook.layout import layout_of
from gouji.workbook.reading.reader import read_contents, read_workbook
from gouji.workbook.wording import marks, wording
from support.blocks import zeros
from support.filled import write_workbook
from support.xlwings_fake.model import ExcelError, Workbook, XlBook

CHECK = marks("sheets")["check"]
DATA = marks("sheets")["data"]


def opened(report: Report, **options: Any) -> Workbook:
    return Workbook(write_workbook(report, **options))


def read(book: Workbook) -> Any:
    return read_contents(live_contents(XlBook(book)))


def contents(book: Workbook) -> dict[str, dict[tuple[int, int], Any]]:
    return {sheet.Name: dict(sheet.values) for sheet in book.Sheets}


def diagnosis(book: Workbook) -> Any:
    area = layout_of(zeros().form).check.diagnosis
    return book.sheet(CHECK).Range(area.ref()).Value2


def changed(book: Workbook, before: dict[str, dict[tuple[int, int], Any]]) -> set[tuple[str, int, int]]:
    return {
        (name, *at)
        for name, values in contents(book).items()
        for at in {*values, *before[name]}
        if (values.get(at) or None) != (before[name].get(at) or None)
    }


def test_live_contents_read_as_the_file_does() -> None:
    report = zeros()
    report.set("t3.new.natural", SLASH)
    report.set("t2.fees.amount", 44_440_001)
    report.set("t3.granted.natural", None)
    report.marks["t3.new.total"], report.notes["注1"] = "注1", "说明"
    report.texts = {"一": "第一段\n第二段"}
    file = write_workbook(report)
    assert canonical(read(Workbook(file)).report) == canonical(read_workbook(file).report)


def test_an_error_is_said_selected_and_never_sealed() -> None:
    report = zeros()
    report.set("t3.new.natural", 5)
    book = opened(report)
    before = contents(book)
    verdict = validate(XlBook(book))
    sheet, address = layout_of(report.form).locate("t3.new.natural")
    assert (verdict.state, verdict.sheet, verdict.address) == ("error", sheet, address)
    assert book.active == sheet
    assert book.selected == (sheet, *layout_of(report.form).tables["table3"].cells["t3.new.natural"])
    assert diagnosis(book)[0][-1] == "wrong-cell:t3.new.natural"
    area = layout_of(report.form).check.diagnosis
    inside = {
        (CHECK, r, c) for r in range(area.top, area.bottom + 1) for c in range(area.left, area.right + 1)
    }
    assert changed(book, before) <= inside
    assert read(book).seal_state == "none"


def test_each_sheet_is_read_once_and_the_block_written_once() -> None:
    book = opened(zeros())
    validate(XlBook(book))
    assert all(sheet.reads <= 1 for sheet in book.Sheets)
    area = layout_of(zeros().form).check.diagnosis
    assert book.sheet(CHECK).writes == [(area.top, area.left, area.bottom, area.right)]
    assert all(not book.sheet(name).writes for name in ("封面", "一", "二", "三", "四", "五", "六"))


def test_a_clean_workbook_is_sealed_and_an_error_clears_the_seal() -> None:
    book = opened(zeros())
    assert validate(XlBook(book)).state in ("clean", "hint")
    assert read(book).seal_state == "intact"
    row, column = layout_of(zeros().form).tables["table3"].cells["t3.new.natural"]
    book.sheet("三").values[row, column] = 5.0
    assert read(book).seal_state == "broken"
    assert validate(XlBook(book)).state == "error"
    assert read(book).seal_state == "none"


def test_warnings_seal_only_once_explained_and_texts_are_kept() -> None:
    report = zeros()
    report.values.update({"t3.new.natural": 10, "t3.new.total": 10, "t3.carried_out.natural": 10})
    report.set("t3.carried_out.total", 10)
    book = opened(report)
    verdict = validate(XlBook(book))
    assert verdict.state == "warning"
    assert read(book).seal_state == "none"
    warnings = [row[-1] for row in diagnosis(book) if row[0] == wording("slip")["levels"]["warning"]]
    assert warnings
    area = layout_of(report.form).check.explanations
    for i, key in enumerate(warnings):
        book.sheet(CHECK).values[area.top + i, area.left] = key
        book.sheet(CHECK).values[area.top + i, area.left + 1] = "已与业务科室核实"
    validate(XlBook(book))
    back = read(book)
    assert back.seal_state == "intact"
    assert {e.text for e in back.report.explanations.values()} == {"已与业务科室核实"}
    assert {e.state for e in back.report.explanations.values()} == {"已说明"}
    assert diagnosis(book)[0][0] == "已说明"


def open_documents() -> tuple[Workbook, int]:
    """A form whose 存量 of 规范性文件 asks for an explanation, and the row of 校验 where it stands."""
    report = zeros()
    report.values.update({"t2.documents.made": 3, "t2.documents.in_force": 1})
    layout = layout_of(report.form)
    number = number_of(report.form, "stock:t2.documents")
    assert number is not None
    return opened(report, prior=zeros()), layout.check.live_top + number - 1


def test_beside_its_row_an_explanation_gets_state_and_numbers() -> None:
    book, row = open_documents()
    check = layout_of(zeros().form).check
    sheet = book.sheet(CHECK)
    assert validate(XlBook(book)).state == "warning" and read(book).seal_state == "none"
    sheet.values[row, check.columns["explanation"]] = "核实无误"
    validate(XlBook(book))
    assert read(book).seal_state == "none"
    sheet.values[row, check.columns["explanation"]] = "年内清理了两件"
    validate(XlBook(book))
    assert sheet.values[row, check.columns["told"]] == "已说明"
    assert sheet.values[row, check.columns["numbers"]] == "1；3"
    assert read(book).seal_state == "intact"


def test_an_address_in_the_list_becomes_what_it_means() -> None:
    book, _ = open_documents()
    area = layout_of(zeros().form).check.explanations
    sheet = book.sheet(CHECK)
    sheet.values[area.top, area.left] = "二！ｄ6"
    sheet.values[area.top, area.left + 1] = "年内清理了两件"
    validate(XlBook(book))
    assert sheet.values[area.top, area.left] == "stock:t2.documents"
    assert read(book).seal_state == "intact"


def test_protection_is_put_back_as_it_was() -> None:
    book = opened(zeros())
    sheet = book.sheet(CHECK)
    sheet.ProtectScenarios = False
    validate(XlBook(book))
    assert sheet.ProtectContents and sheet.ProtectDrawingObjects and not sheet.ProtectScenarios
    assert sheet.user_interface_only
    assert sheet.Protection.AllowFormattingColumns and not sheet.Protection.AllowSorting


def test_a_password_is_said_and_nothing_is_written() -> None:
    book = opened(zeros())
    book.sheet(CHECK).password = "secret"
    before = contents(book)
    verdict = validate(XlBook(book))
    assert verdict.state == "refused" and CHECK in verdict.message
    assert contents(book) == before


def test_a_formula_in_a_typed_cell_is_a_finding() -> None:
    book = opened(zeros())
    row, column = layout_of(zeros().form).tables["table3"].cells["t3.new.natural"]
    book.sheet("三").formulas[row, column] = "=SUM(A1:A2)"
    validate(XlBook(book))
    assert any(str(line[-1]).startswith("typed-formula") for line in diagnosis(book))


@pytest.mark.parametrize(
    ("name", "version", "path", "word"),
    [
        ("Microsoft Excel", "12.0", r"D:\Kingsoft\WPS Office\12.1\office6", "WPS"),
        ("WPS 表格", "12.0", "", "WPS"),
        ("Something", "16.0", "", "Something"),
        ("Microsoft Excel", "12.0", r"C:\Office12", "12.0"),
    ],
)
def test_another_program_is_refused_in_chinese(name: str, version: str, path: str, word: str) -> None:
    book = opened(zeros())
    app = book.Application
    app.Name, app.Version, app.Path = name, version, path
    before = contents(book)
    verdict = validate(XlBook(book))
    assert verdict.state == "refused" and word in verdict.message and "\n" not in verdict.message
    assert contents(book) == before


def test_a_foreign_workbook_is_refused_in_one_line() -> None:
    import io

    import openpyxl

    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    verdict = validate(XlBook(Workbook(out.getvalue())))
    assert verdict.state == "refused" and "模板" in verdict.message


def test_a_busy_excel_is_said_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    book = opened(zeros())

    class Busy(ExcelError):
        hresult = -2147418111

    def refuse(*arguments: Any) -> None:
        raise Busy("call rejected")

    monkeypatch.setattr("gouji.excel.validate.read_contents", refuse)
    assert "编辑" in validate(XlBook(book)).message
    monkeypatch.setattr(Busy, "hresult", 1)
    verdict = validate(XlBook(book))
    assert verdict.state == "refused" and "Busy" in verdict.message


def test_strangers_texts_do_not_become_formulas() -> None:
    report = zeros()
    report.explanations["x"] = Explanation("=1+1", "已说明")
    book = opened(report)
    next(iter(book.Sheets)).Name = "封面"
    book._sheets.append(type(book.sheet("一"))(book, "=HYPERLINK(1)", -1))
    validate(XlBook(book))
    assert all(
        not str(c).startswith(("=", "+", "-", "@"))
        for row in diagnosis(book)
        for c in row
        if isinstance(c, str)
    )


def test_a_date_in_a_typed_cell_is_a_finding() -> None:
    """Excel gives one format for a range, or none where its cells differ: they are asked by halves."""
    book = opened(zeros())
    places = layout_of(zeros().form).tables["table3"].cells
    sheet = book.sheet("三")
    for cell, code in (("t3.new.natural", "m/d/yyyy"), ("t3.new.total", "0%")):
        sheet.values[places[cell]], sheet.codes[places[cell]] = 5.0, code
    findings = {f.cells: f.level for f in read(book).findings if f.rule == "cell-format"}
    assert findings == {("t3.new.natural",): "error", ("t3.new.total",): "warning"}


def test_raw_cells_are_the_readers() -> None:
    assert raw_cell(None) is None
    assert raw_cell(None, True) == (None, "", "blank", True, "")
    assert raw_cell(5.0) == (5, "5", "number", False, "")
    assert raw_cell(0.1) == (0.1, "0.1", "number", False, "")
    assert raw_cell("/") == ("/", "/", "text", False, "")
    assert raw_cell(True) == (True, "TRUE", "bool", False, "")
    assert raw_cell(-2146826246) == ("#N/A", "#N/A", "error", False, "")
    day = datetime.datetime(2024, 3, 4, tzinfo=datetime.UTC)  # as pywin32 hands over a date
    assert raw_cell(day) == ("2024-03-04", "2024-03-04", "error", False, "")
