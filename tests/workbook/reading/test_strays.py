"""What a person wrote where the form has no place for it: kept, and said with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.examine import examine, judge
from gouji.report import Explanation, Report, from_json
from gouji.rules import Context
from gouji.workbook.layout import address, layout_of
from gouji.workbook.reading.cells import RawCell
from gouji.workbook.reading.reader import Reading, read_workbook
from gouji.workbook.shown.slip import slip_workbook
from support import last_year
from support.filled import write_workbook
from support.opened_book import Opened
from support.read_back import FORM, NEW, changed, reread, rules

LAYOUT = layout_of(FORM)
CHECK = LAYOUT.check
TABLE = LAYOUT.tables["table3"]
COVER = LAYOUT.cover


def unplaced(reading: Reading) -> dict[str, str]:
    return {f.place: f.level for f in judge(reading) if f.rule == "content-unplaced"}


@pytest.mark.parametrize(
    ("sheet", "row", "column"),
    [
        ("五", 310, 1),
        ("五", 5, 2),
        ("一", 2, 3),
        ("封面", 40, 1),
        ("封面", 6, 3),
        ("封面", 16, 3),
        ("上年", 8 + 90, 2),
        ("上年", 5, 7),
        ("三", TABLE.notes.top + 1, 5),
        ("三", TABLE.notes.top - 1, 12),
        ("三", TABLE.notes.top + 2, 1),
        ("三", TABLE.notes.bottom + 9, 1),
        ("三", 1, 3),
        ("三", TABLE.title_row, 12),
        ("三", TABLE.top + 10, TABLE.side),
        ("校验", CHECK.explanations.bottom + 1, CHECK.explanations.left),
        ("校验", CHECK.explanations.top + 1, CHECK.explanations.right + 1),
        ("校验", 300, CHECK.columns["id"]),
        ("校验", 3, 1),
    ],
)
def test_content_beside_the_form_is_kept_and_said(sheet: str, row: int, column: int) -> None:
    reading = changed(lambda book: book.put(sheet, row, column, "另有3件"))
    assert [(u.place, u.text) for u in reading.report.unplaced] == [
        (f"{sheet}!{address(row, column)}", "另有3件")
    ]
    assert unplaced(reading) == {f"{sheet}!{address(row, column)}": "warning"}


def test_helper_formulas_and_printed_texts_are_none() -> None:
    def change(book: Opened) -> None:
        book.sheets["三"][TABLE.top + 10, TABLE.side] = RawCell(5, "5", "number", True)
        book.put("五", 400, 1, "  ")
        book.put("封面", 1, 1, "政府信息公开工作年度报告")

    assert changed(change).report.unplaced == []


def test_a_mark_that_a_number_bears_is_none_though_its_note_is_not_written_yet() -> None:
    def change(book: Opened) -> None:
        book.put("三", *TABLE.cells[NEW], "3注1")
        book.put("三", TABLE.notes.top + 1, 1, "注1")

    assert changed(change).report.unplaced == []


def test_a_slip_and_a_workbook_with_all_that_a_form_takes_have_none() -> None:
    report = Report(FORM, unit="某局", year=2024, marks={NEW: "注1"}, notes={"注1": "甲"})
    report.texts = {"引言": "一", "一": "二", "五": "三", "六": "\n".join("一二三四")}
    report.explanations = {"balance:t3.balance.total": Explanation("乙", "已说明", ("5", "8"))}
    report.blank_is_zero = True
    findings = judge(Reading(report, None, []))
    assert read_workbook(slip_workbook(report, None, findings)).report.unplaced == []
    for macros in (False, True):
        data = write_workbook(report, prior=Report(FORM, values={NEW: 1}), macros=macros)
        assert read_workbook(data).report.unplaced == []


def test_what_a_json_report_has_no_place_for_is_said() -> None:
    data = {
        "unit": "甲",
        "year": 2024,
        "table3": {"没有的行": {"自然人": 3}},
        "备注": "x",
        "texts": {"七": "y"},
    }
    reading = Reading(from_json(data), None, [])
    assert unplaced(reading) == {"table3/没有的行/自然人": "error", "备注": "warning", "texts/七": "warning"}
    imported = [f.level for f in judge(reading, Context(imported=True)) if f.rule == "content-unplaced"]
    assert imported == ["warning"] * 3


def test_an_unreadable_cell_is_said_once() -> None:
    data = {"unit": "甲", "year": 2024, "table3": {"一、本年新收政府信息公开申请数量": {"自然人": "约3"}}}
    reading = Reading(from_json(data), None, [])
    assert reading.report.unplaced and unplaced(reading) == {}
    assert "cell-number" in {f.rule for f in judge(reading)}


def test_explanations_without_an_id_or_with_one_twice_are_kept() -> None:
    area = CHECK.explanations

    def write(book: Opened) -> None:
        for row, texts in enumerate(
            (
                ("x", "甲", "已说明", "5"),
                ("x", "乙", "已核实", ""),
                ("", "", "退回", ""),
                ("", "", "", "7；8"),
            )
        ):
            for column, text in enumerate(texts):
                if text:
                    book.put(area.sheet, area.top + row, area.left + column, text)

    report = changed(write).report
    assert report.explanations == {"x": Explanation("甲", "已说明", ("5",))}
    assert [u.text for u in report.unplaced] == ["x 乙 已核实", "退回", "7；8"]


def test_explanations_of_json_whose_ids_are_the_same() -> None:
    entry = {"text": "甲", "state": "已说明"}
    found = {"x": entry, " x ": {**entry, "text": "乙"}, " ": entry}
    report = from_json({"unit": "甲", "year": 2024, "explanations": found})
    assert {k: e.text for k, e in report.explanations.items()} == {"x": "甲"}
    assert [u.text for u in report.unplaced] == ["x 乙 已说明", "甲 已说明"]


@pytest.mark.parametrize("typed", ["去年", "二〇二四", "24", "20 24", "1899", "2101", "2024.5", "9" * 5000])
def test_what_is_no_year_is_kept(typed: str) -> None:
    reading = changed(lambda book: book.put("封面", *COVER.fields["year"], typed))
    assert reading.report.year == 0
    assert [u.text for u in reading.report.unplaced] == [typed]
    # Of a form in which nothing else stands form-empty is the one error.
    assert {"content-unplaced", "form-empty"} <= {f.rule for f in judge(reading)}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (45657, "2024-12-31"),
        (20240131, "2024-01-31"),
        (20241331, "20241331"),
        (2024, "2024"),
        (73051, "73051"),
        ("20240131", "20240131"),
    ],
)
def test_a_date_is_read_only_where_it_can_be_one(typed: int | str, read: str) -> None:
    reading = changed(lambda book: book.put("封面", *COVER.fields["period_from"], typed))
    assert reading.report.period == (read, "")


def test_prior_numbers_are_changed_visibly() -> None:
    places = last_year.places(FORM)
    first, second, third, fourth = (places[cell] for cell in last_year.compared(FORM)[:4])

    def write(book: Opened) -> None:
        book.sheets["上年"] |= last_year.labels(FORM)
        book.put("上年", *first, "１２件")
        book.put("上年", *second, "5注1")
        book.put("上年", *third, " ")
        book.sheets["上年"][fourth] = RawCell(7, "7", "number", True)

    reading = changed(write)
    assert reading.prior is not None and list(reading.prior.values.values()) == [12, 5, 7]
    said = [(f.place, f.level) for f in reading.findings]
    levels = ("hint", "warning", "hint", "warning")
    places = (f"上年!{address(*at)}" for at in (first, second, third, fourth))
    assert said == list(zip(places, levels, strict=True))
    assert "“注1”没有保留" in reading.findings[1].message and "公式" in reading.findings[3].message
    assert "“12”" in reading.findings[0].message and "空白" in reading.findings[2].message


def test_the_declaration_is_yes_or_no() -> None:
    at = COVER.fields["blank_is_zero"]
    reading = changed(lambda book: book.put("封面", *at, "都是"))
    assert not reading.report.blank_is_zero
    assert [u.text for u in reading.report.unplaced] == ["都是"]
    assert changed(lambda book: book.put("封面", *at, "否")).report.unplaced == []


def test_a_hidden_sheet_of_the_form_is_read_and_said() -> None:
    def hide(book: Opened) -> None:
        book.states["三"] = "hidden"
        book.put(*("三", *TABLE.cells[NEW]), 4)

    reading = changed(hide)
    assert rules(reading) == ["sheet-hidden"] and reading.report.value(NEW) == 4
    assert "照常读取" in reading.findings[0].message and "没有读取" not in reading.findings[0].message


def test_a_fault_of_the_program_is_a_finding_on_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(write_workbook(Report(FORM, unit="某局", year=2024)))

    def fail(*_: object) -> None:
        raise ZeroDivisionError("一\n二")

    monkeypatch.setattr("gouji.examine.audit", fail)
    examined = examine(file)
    assert examined.state == "unreadable" and examined.report is None
    (finding,) = examined.findings
    assert finding.message == "程序处理该文件时出错（ZeroDivisionError: 一）；请把文件发给开发者。"


@pytest.mark.parametrize("year", [0, 1900, 2100])
def test_years_of_json(year: int) -> None:
    assert reread(from_json({"unit": "甲", "year": year, "edition": "2021"})).year == year


def test_years_that_are_none() -> None:
    for year in (1899, 2101, 9999, -1, True):
        with pytest.raises(ValueError, match="1900"):
            from_json({"unit": "甲", "year": year, "edition": "2021"})
