"""Last year's figures in files: on 上年, on 封面 of earlier templates, or nowhere; 粘贴区 is no data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import support
from gouji.api import seal
from gouji.examine import judge
from gouji.form import load_form
from gouji.report import Report, canonical
from gouji.rules import catalogue
from gouji.rules.explanations import explain
from gouji.workbook.earlier import prior_block
from gouji.workbook.layout import address
from gouji.workbook.pasting.sheet import ZONE, ZONE_TOP, paste_sheet
from gouji.workbook.pasting.taken import as_contents
from gouji.workbook.reading.cells import RawCell
from gouji.workbook.reading.reader import Reading, read_contents, read_workbook
from gouji.workbook.reading.zones import zones_of
from support import last_year
from support.blocks import zeros
from support.filled import write_workbook
from support.opened_book import Opened
from support.random_reports import random_values

FORM = load_form("2021")
RELEASE = support.DATA / "archive" / "0.3.0"
BEFORE = RELEASE / "有错误并有上年数.xlsx"


def prior(edition: str = "2021") -> Report:
    form = load_form(edition)
    return Report(form, unit="某局", year=2023, values=random_values(form, Random(5), complete=True))  # type: ignore


def after(change: Callable[[Opened], None], source: bytes | None = None) -> Reading:
    book = Opened(write_workbook(Report(FORM, unit="某局", year=2024)) if source is None else source)
    change(book)
    return read_contents(book)


def said(reading: Reading) -> list[tuple[str, str, str]]:
    return [(f.rule, f.place, f.level) for f in reading.findings]


# ---------------------------------------------------------------- on 上年


def test_the_whole_report_of_last_year_is_read_back() -> None:
    reading = read_workbook(write_workbook(Report(FORM, year=2024), prior=prior()))
    assert reading.prior is not None and reading.prior.values == prior().values
    assert (reading.prior.unit, reading.prior.year, reading.findings) == ("", 0, [])
    assert reading.report.unplaced == [] and reading.report.values == {}


def test_of_the_other_edition_what_is_the_same() -> None:
    reading = read_workbook(write_workbook(Report(FORM, year=2021), prior=prior("2019")))
    before = prior("2019").values
    assert reading.prior is not None
    assert reading.prior.values == {
        c: v for c, v in before.items() if c in FORM.by_id and not c.startswith("t2.")
    }
    assert said(reading) == [("prior-number", "上年!A11", "hint"), ("prior-number", "上年!A8", "hint")]
    assert "表二的 6 行有 6 行没有取到" in reading.findings[0].message
    assert "（六）" in reading.findings[1].message


def test_a_declaration_of_last_year_is_written_out() -> None:
    before = Report(FORM, year=2023, blank_is_zero=True)
    before.set("t3.carried_out.natural", 5)
    reading = read_workbook(write_workbook(Report(FORM, year=2024), prior=before))
    assert reading.prior is not None and not reading.prior.blank_is_zero
    assert reading.prior.value("t3.carried_out.natural") == 5
    assert reading.prior.value("t3.carried_out.business") == 0
    assert reading.prior.value("t3.carried_out.total") is None, "a total whose parts are not all 0"


def test_nothing_pasted_is_no_last_year() -> None:
    reading = after(lambda book: None)
    assert reading.prior is None and reading.findings == []


def test_pasted_without_anything_of_the_form() -> None:
    def paste(book: Opened) -> None:
        book.put("上年", ZONE_TOP + 1, 1, "全年共收到申请12件")
        book.put("上年", ZONE_TOP + 1, 2, 12)

    reading = after(paste)
    assert reading.prior is None
    assert said(reading) == [("prior-number", f"上年!A{ZONE_TOP}", "warning")]
    assert reading.report.unplaced == []


def test_beside_the_zone_it_is_kept_and_said() -> None:
    reading = after(lambda book: book.put("上年", ZONE.bottom + 1, 2, "四、结转下年度继续办理"))
    assert [u.place for u in reading.report.unplaced] == [f"上年!{address(ZONE.bottom + 1, 2)}"]


@pytest.mark.parametrize("content", ["#N/A", "日期"])
def test_what_is_no_number_is_said_and_nothing_is_compared_with_it(content: str) -> None:
    cell = "t3.carried_out.natural"

    def change(book: Opened) -> None:
        book.sheets["上年"] |= last_year.labels(FORM)
        at = last_year.places(FORM)[cell]
        odd = RawCell(45355, "45355", "number", False, "m/d/yy")
        book.sheets["上年"][at] = odd if content == "日期" else RawCell(content, content, "error", False)

    reading = after(change)
    assert reading.prior is None or not reading.prior.is_known(cell)
    assert reading.findings and "上年" in reading.findings[0].place


def test_the_sheet_may_be_gone() -> None:
    def remove(book: Opened) -> None:
        book.sheet_names = tuple(name for name in book.sheet_names if name not in ("上年", "粘贴区"))

    reading = after(remove)
    assert reading.prior is None and reading.report.unit == "某局"
    assert said(reading) == [("sheet-absent", "上年", "hint")]


# ---------------------------------------------------------------- 粘贴区


def test_what_stands_in_the_paste_area_is_no_data() -> None:
    source = write_workbook(Report(FORM, unit="某局", year=2024))

    def paste(book: Opened) -> None:
        book.sheets["粘贴区"] |= as_contents(prior())
        book.put("粘贴区", 300, 30, "草稿")

    def forbid(book: Opened) -> None:
        del book.sheets["粘贴区"]

    reading, plain = after(paste, source), after(lambda book: None, source)
    assert canonical(reading.report) == canonical(plain.report) and reading.findings == plain.findings == []
    assert after(forbid, source).findings == [], "it is not even read"


# ---------------------------------------------------------------- earlier templates


def test_the_block_on_the_cover_of_an_earlier_template() -> None:
    block = prior_block("1", FORM)
    assert block is not None and tuple(block.cells) == last_year.compared(FORM)
    assert prior_block("2", FORM) is None
    reading = read_workbook(BEFORE)
    assert reading.prior is not None and set(reading.prior.values) == set(block.cells)


@pytest.mark.parametrize("row", [14, 16, 20])
def test_a_block_whose_labels_have_moved_is_not_read(row: int) -> None:
    """A row inserted above it would put 商业企业 under 自然人."""
    reading = after(lambda book: book.shift("封面", row=row), BEFORE.read_bytes())
    assert reading.prior is None
    (finding,) = (f for f in reading.findings if f.rule == "prior-number")
    assert finding.level == "warning" and "没有读取上年数" in finding.message
    assert not any(f.rule == "carry-over" for f in judge(reading))


@pytest.mark.parametrize("by", [1, -1])
def test_numbers_of_the_block_that_have_moved_alone_are_not_read(by: int) -> None:
    """Cells inserted or deleted in their column: each number would stand at another label."""

    def shift(book: Opened) -> None:
        block = prior_block("1", FORM)
        assert block is not None
        places = {*block.cells.values()}
        book.sheets["封面"] = {
            (row + by if (row, column) in places else row, column): raw
            for (row, column), raw in book.sheets["封面"].items()
            if (row, column) in places or (row - by, column) not in places
        }

    reading = after(shift, BEFORE.read_bytes())
    assert reading.prior is None
    (finding,) = (f for f in reading.findings if f.rule == "prior-number")
    assert finding.level == "warning" and "上下错开" in finding.message and "{" not in finding.remedy
    assert not any(f.rule == "carry-over" for f in judge(reading))


def test_in_an_earlier_file_a_sheet_of_that_name_is_a_persons() -> None:
    def add(book: Opened) -> None:
        book.add("上年", "visible")
        book.sheets["上年"] |= as_contents(prior())

    reading = after(add, BEFORE.read_bytes())
    assert ("sheet-extra", "上年", "hint") in said(reading)
    assert reading.prior is not None and len(reading.prior.values) == len(last_year.compared(FORM))


# ---------------------------------------------------------------- written anew


def test_a_sealed_copy_keeps_what_was_pasted(tmp_path: Path) -> None:
    report = zeros()
    report.unit, report.year, report.period = "某局", 2024, ("2024-01-01", "2024-12-31")
    six = "本年度没有其他需要报告的事项，没有收取信息处理费。"
    report.texts = {"一": "一" * 300, "五": "五" * 300, "六": six}
    pasted = as_contents(zeros())
    pasted[ZONE_TOP + 60, 3] = RawCell("摘自上年报告", "摘自上年报告", "text", False)
    pasted[ZONE_TOP + 61, 3] = RawCell("#N/A", "#N/A", "error", False)
    zones = {"last_year": pasted, "pasting": as_contents(prior())}
    file = tmp_path / "甲.xlsx"
    file.write_bytes(write_workbook(report, pasted=zones))  # type: ignore[arg-type]
    reading = read_workbook(file)
    for finding in judge(reading):
        if finding.level == "warning":
            report = explain(report, judge(reading), finding.id, "已与业务科室核实无误。")
    file.write_bytes(write_workbook(report, pasted=zones))  # type: ignore[arg-type]
    sealed = seal(file)
    assert read_workbook(sealed).seal_state == "intact"
    assert {role: values(zone) for role, zone in zones_of(sealed).items()} == {
        role: values(zone) for role, zone in zones.items()
    }


def values(zone: object) -> dict[object, object]:
    return {at: (cell.kind, cell.value) for at, cell in zone.items()}  # type: ignore[attr-defined]


def test_a_file_that_is_none_of_ours_has_no_zones(tmp_path: Path) -> None:
    file = tmp_path / "甲.json"
    file.write_text("{}", "utf-8")
    assert zones_of(file) == zones_of(b"PK") == zones_of(BEFORE) == {}


def test_the_zones_are_the_same_for_every_form() -> None:
    for edition in ("2019", "2021"):
        sheet = paste_sheet(load_form(edition), "last_year")
        assert sheet.zone.ref() == ZONE.ref() and sheet.parts[-1].bottom < ZONE.bottom
        assert tuple(sheet.prior) == tuple(c for c in sheet.cells if c in sheet.prior)
    assert catalogue()["prior-number"].level == "warning"
