"""校验 as a clerk sees it: verdict, 待办清单, links, 审核说明; typed in LibreOffice, and read back."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from gouji.examine import examine
from gouji.form import load_form
from gouji.report import Explanation, Report
from gouji.rules import catalogue
from gouji.rules.explanations import apply
from gouji.workbook.layout import address, column_letter, layout_of
from gouji.workbook.live import LiveChecks
from gouji.workbook.pasting.sheet import paste_sheet
from support.filled import write_workbook
from support.office import Book, Office
from support.random_reports import balanced

FORM = load_form("2021")
LAYOUT = layout_of(FORM)
CHECK = LAYOUT.check
GOOD = dict(balanced(FORM, Random(5)))
STOCK = "stock:t2.documents"
TEXTS = {
    "一": "本年主动公开各类政府信息。",
    "五": "公开内容不够及时，将完善制度并加强培训。",
    "六": "本年度未收取信息处理费。",
}


def good() -> Report:
    """A report that passes; 存量 of 行政规范性文件 fits last year's."""
    report = Report(FORM, unit="某局", year=2024, values=dict(GOOD), texts=dict(TEXTS))  # type: ignore[arg-type]
    for kind in ("rules", "documents"):
        report.values |= {f"t2.{kind}.{column}": 0 for column in ("made", "repealed", "in_force")}
    return report


def last_year() -> Report:
    report = good()
    prior = Report(FORM)
    for cell in paste_sheet(FORM, "last_year").prior:
        this = cell.replace("t3.carried_out", "t3.carried_in")
        prior.values[cell] = report.number(this) if this in FORM.by_id else 0
    return prior


def number_of(row_id: str) -> int:
    rows = LiveChecks(LAYOUT, good(), None, catalogue()).rows(CHECK.live_top)
    return next(row.number for row in rows if row.id == row_id)


def beside(row_id: str, column: str) -> str:
    return address(CHECK.live_top + number_of(row_id) - 1, CHECK.columns[column])


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(good(), prior=last_year()))
    with office.open(path) as book:
        yield book


def verdict(book: Book) -> str:
    return str(book.value(CHECK.name, "A1"))


def todo(book: Book) -> list[list[object]]:
    """Number, what to do, link, state of the lines that say something."""
    last = column_letter(CHECK.columns["explanation"])
    rows = book.values(CHECK.name, f"A{CHECK.todo_top}:{last}{CHECK.todo_top + 9}")
    at = [CHECK.columns[name] - 1 for name in ("number", "state", "goto", "explanation")]
    return [[row[i] for i in at] for row in rows if row[0]]


def test_a_good_form_may_be_sent(desk: Book) -> None:
    assert verdict(desk) == "可以报送"
    assert todo(desk) == []
    assert desk.value(CHECK.name, f"B{CHECK.todo_top}") == "没有待办"


def test_a_wrong_number_is_an_item_with_a_link_to_its_cell(desk: Book) -> None:
    sheet, at = LAYOUT.locate("t4.review.total")
    desk.type(sheet, {at: str(int(GOOD["t4.review.total"]) + 3)})
    assert verdict(desk) == "还不能报送：改正 1 处"
    ((number, _, link, state),) = todo(desk)
    assert (number, state) == (1, "不符") and str(link).startswith("四!")
    for row in (CHECK.todo_top, CHECK.live_top + number_of("table4-total:t4.row.review") - 1):
        where, area = led_to(desk, row)
        assert (where, area.partition(":")[0]) == (sheet, LAYOUT.locate("t4.review.upheld")[1])


def led_to(book: Book, row: int) -> tuple[str, str]:
    """Where LibreOffice goes from the link of one row: the first argument of its formula is followed."""
    cell = f"{column_letter(CHECK.columns['goto'])}{row}"
    formula = book.formulas(CHECK.name, f"{cell}:{cell}")[0][0].removeprefix("=HYPERLINK(")
    depth, first = 0, ""
    for c in formula:
        depth += {"(": 1, ")": -1}.get(c, 0)
        if c == ";" and depth == 0:
            break
        first += c
    here = f"doc.Sheets.getByName('{CHECK.name}')"
    book.ask(f"{here}.unprotect('')")
    book.ask(f"{here}.getCellRangeByName('ZZ1').setFormula({'=' + first!r})")
    target = str(book.value(CHECK.name, "ZZ1"))
    assert target.startswith("#")
    dispatch = "server.service('com.sun.star.frame.DispatchHelper').executeDispatch"
    mark = f"properties(Bookmark={target[1:]!r})"
    book.ask(f"str({dispatch}(doc.CurrentController.Frame, '.uno:JumpToMark', '', 0, {mark}))")
    where = book.ask("doc.CurrentSelection.AbsoluteName")
    sheet, _, at = str(where).replace("$", "").replace("'", "").partition(".")
    return sheet, at


def test_what_must_be_explained_comes_last_and_is_settled_beside_its_row(desk: Book) -> None:
    desk.type("二", {LAYOUT.locate("t2.documents.made")[1]: "3"})
    sheet, at = LAYOUT.locate("t4.review.total")
    desk.type(sheet, {at: str(int(GOOD["t4.review.total"]) + 3)})
    assert verdict(desk) == "还不能报送：改正 1 处，说明 1 处"
    assert [row[3] for row in todo(desk)] == [
        "不符",
        f"需说明：写在第 {number_of(STOCK)} 项右边",
    ]
    desk.type(sheet, {at: str(GOOD["t4.review.total"])})
    assert verdict(desk) == "还不能报送：说明 1 处"
    text = beside(STOCK, "explanation")
    for refused in ("无", "核实无误", "经核实，无误。", "清理两件"):
        desk.type(CHECK.name, {text: refused})
        assert desk.value(CHECK.name, beside(STOCK, "state")) == "需说明", refused
        assert [row[3] for row in todo(desk)] == [f"需说明：第 {number_of(STOCK)} 项说明不足或已过时"]
    desk.type(CHECK.name, {text: "年内清理三件"})
    assert desk.value(CHECK.name, beside(STOCK, "state")) == "已说明"
    assert verdict(desk) == "可以报送"
    # Bound to its numbers: 0 in force, 3 made.
    desk.type(CHECK.name, {beside(STOCK, "numbers"): str(desk.value(CHECK.name, beside(STOCK, "now")))})
    desk.type(CHECK.name, {beside(STOCK, "told"): "已说明"})
    assert verdict(desk) == "可以报送"
    desk.type("二", {LAYOUT.locate("t2.documents.made")[1]: "4"})
    assert verdict(desk) == "还不能报送：说明 1 处"
    desk.type(CHECK.name, {beside(STOCK, "told"): "退回", beside(STOCK, "numbers"): ""})
    assert verdict(desk) == "还不能报送：说明 1 处"


def keys() -> list[str]:
    number = number_of(STOCK)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in str(number))
    return [f"第{number}项", str(number), f" {wide} ", "Stock：T2.Documents", "二!D6", "二！ｄ6"]


def test_a_key_in_the_list_may_be_written_in_many_ways(desk: Book, tmp_path: Path) -> None:
    """The sheet and Python take it for the same row."""
    desk.type("二", {LAYOUT.locate("t2.documents.made")[1]: "3"})
    area = CHECK.explanations
    at = [address(area.top, area.left + i) for i in (0, 1)]
    desk.put(CHECK.name, {at[1]: "年内清理三件"})
    for key in keys():
        desk.put(CHECK.name, {at[0]: key})
        assert verdict(desk) == "可以报送", key
        examined = examine(desk.save(tmp_path / "存.xlsx"))
        assert examined.report is not None
        (explained,) = [e for e in apply(examined.report, examined.findings) if e.finding.rule == "stock"]
        assert (explained.finding.id, explained.state) == (STOCK, "已说明"), key
        assert "explanation-unknown" not in {f.rule for f in examined.findings}, key


def test_half_filled_and_blank(office: Office, tmp_path: Path) -> None:
    half = good()
    for cell in list(half.values):
        if cell.startswith("t4"):
            del half.values[cell]
    for report, missing in ((half, "15"), (Report(FORM), "")):
        path = tmp_path / "half.xlsx"
        path.write_bytes(write_workbook(report))
        with office.open(path) as book:
            book.recalculate()
            said = verdict(book)
            assert said.startswith("还不能报送：") and f"还有 {missing}" in said and said.endswith("未填")
            # What waits for blank cells is no item of its own.
            assert {row[3] for row in todo(book)} == {"未填完"}


def test_what_was_explained_travels_beside_its_row(tmp_path: Path) -> None:
    report = good()
    report.values["t2.documents.made"] = 3
    report.explanations = {
        STOCK: Explanation("年内清理三件", "已说明", ("0", "3")),
        "money-size:t2.fees.amount": Explanation("含土地出让收入", "", ()),
    }
    examined = examine(write_workbook(report, prior=last_year()))
    assert examined.report is not None and examined.report.explanations == report.explanations


def test_the_sheet_is_not_printed_with_the_report(desk: Book, tmp_path: Path) -> None:
    pdf = desk.pdf(tmp_path / "print.pdf")
    text = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    assert "政府信息公开行政复议" in text and "逐项核对" not in text


def test_on_paper_up_to_the_explanations_it_is_a_few_pages(office: Office, tmp_path: Path) -> None:
    """Printed as a selection, at nine tenths of 10 pt; the last column does not fall off."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(write_workbook(good()))
    rows = LiveChecks(LAYOUT, good(), None, catalogue()).rows(CHECK.live_top)
    last = address(CHECK.live_top + len(rows) - 1, CHECK.columns["explanation"])
    with office.open(path) as book:
        sheet = f"doc.Sheets.getByName('{CHECK.name}')"
        book.ask(f"{sheet}.setPrintAreas(({sheet}.getCellRangeByName('A1:{last}').RangeAddress,))")
        pdf = book.pdf(tmp_path / "print.pdf")
    pages = subprocess.run(
        ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
    )
    ours = [page for page in pages.stdout.split("\f") if "核对内容" in page or "审核说明（" in page]
    assert len(ours) <= 4
    assert all("核对内容" in page and "审核说明（" in page for page in ours)
