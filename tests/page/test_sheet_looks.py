"""The sheet for every eye: without a fault that axe knows, in large print, and on paper."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from support import DATA
from support.browsers import needs
from support.on_page import becomes, begin, cell, drop, drop_one, painted, violations

ARCHIVE = DATA / "archive" / "0.7.0"
WRONG = ARCHIVE / "有错误并有上年数.xlsx"
GOOD = ARCHIVE / "填好并加盖校验标记（2021年版）.xlsx"
READ = ARCHIVE / "由公布文本导入（有一格没有读出）.xlsx"
MORE = [pytest.param(path, marks=pytest.mark.long) for path in (GOOD, READ)]


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def test_empty(page: Any) -> None:
    assert violations(page) == []
    page.click("#empty [data-do=blank]")
    assert violations(page) == []
    page.keyboard.press("Escape")


def test_blank(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    assert violations(page) == []
    assert page.locator("#paper [aria-invalid]").count() == 0


@pytest.mark.parametrize("given", [WRONG, *MORE], ids=["wrong", "good", "read"])
def test_filled(page: Any, given: Path) -> None:
    drop_one(page, given)
    for one in page.locator("#findings details").all():
        one.evaluate("(details) => { details.open = true; }")
    assert violations(page) == []


def test_many_and_a_refusal(page: Any) -> None:
    drop(page, WRONG, GOOD, READ, DATA / "real_tables.json")
    page.wait_for_selector("#files li:nth-child(4)")
    page.wait_for_selector("#progress", state="hidden")
    assert page.inner_text("#files li:first-child em") != ""
    assert violations(page) == []
    page.click("#files li:first-child > button:first-child")
    page.wait_for_selector("#sheet .leaf.none")
    assert violations(page) == []


def test_the_dialog_of_the_seal_and_the_menu(page: Any) -> None:
    drop_one(page, WRONG)
    page.click("#menu summary")
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.click("#save-sealed")
    page.wait_for_selector("#unsealed[open]")
    assert violations(page) == []
    page.keyboard.press("Escape")


@pytest.mark.parametrize(
    "width, height", [(1366, 768), (1024, 768), (683, 384)], ids=["full", "old", "200 %"]
)
def test_nothing_is_cut(page: Any, width: int, height: int) -> None:
    """Large print at 200 % is a window of half the size: the page itself never scrolls sideways."""
    drop_one(page, WRONG)
    page.set_viewport_size({"width": width, "height": height})
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    over = """() => [...document.querySelectorAll('#bar button, #tabs button, #verdict, .what, th')].filter(
        (one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).display !== 'inline')
        .map((one) => one.textContent)"""
    assert page.evaluate(over) == []


def test_no_digit_is_cut_and_the_report_is_seen(page: Any) -> None:
    """With the list beside it, at every size of a window; where the page scrolls as a whole, the list is
    above and whoever chooses a file is led to it."""
    long = DATA / "published" / "hangzhou-2025.json"
    drop(page, long, WRONG)
    page.wait_for_selector("#files li:nth-child(2)")
    page.wait_for_selector("#progress", state="hidden")
    page.click(f"#files button[title='{long.name}']")
    page.wait_for_selector(f"{cell('t3.new.natural')}")
    widest = page.input_value(cell("t3.new.natural"))
    assert len(widest) == 5
    cut = """() => [...document.querySelectorAll('input.cell')].filter((one) =>
        one.scrollWidth > one.clientWidth).map((one) => one.value)"""
    for width, height in [(1280, 720), (1024, 600), (961, 600), (800, 600), (683, 384)]:
        page.set_viewport_size({"width": width, "height": height})
        painted(page)
        assert page.evaluate(cut) == [], width
        assert page.locator("#list").bounding_box()["height"] <= height
        page.click(f"#files button[title='{long.name}']")
        becomes(page, "document.getElementById('sheet').getBoundingClientRect().top <= innerHeight / 8", True)
    cells = "for (const one of document.querySelectorAll('input.cell')) one.style.fontFamily = font"
    page.set_viewport_size({"width": 1366, "height": 768})
    for font in ("Noto Serif CJK SC", "DejaVu Serif", "monospace"):  # where there is no Times New Roman
        page.evaluate(f"(font) => {{ {cells} }}", font)
        page.evaluate("wide = 0; fit()")
        painted(page)
        assert page.evaluate(cut) == [], font


def test_by_keyboard_alone(page: Any) -> None:
    """From the top through every finding and to the way out, without the mouse."""
    drop_one(page, WRONG)
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.id") == "t3.new.natural"
    assert page.locator(".finding.on").count() == 1
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate("document.activeElement.dataset.place") == "二!D6"
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate("document.activeElement.id") == "t3.new.natural"
    described = page.get_attribute(cell("t3.new.natural"), "aria-describedby")
    assert page.inner_text(f"#{described}") == page.inner_text(".finding.error .what")
    page.focus("#save-workbook")
    with page.expect_download():
        page.keyboard.press("Enter")


def pages_of(pdf: Path) -> list[str]:
    needs("pdftotext")
    done = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1]


@pytest.mark.parametrize("given", [WRONG, *MORE], ids=["wrong", "good", "2019"])
def test_prints_as_the_report_alone(page: Any, tmp_path: Path, given: Path) -> None:
    drop_one(page, given)
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    pages = pages_of(tmp_path / "report.pdf")
    assert len(pages) in (3, 4)
    whole = "".join("".join(pages).split())
    # No table is torn: its first and its last line are on one page.
    (third,) = [one for one in pages if "申请人情况" in one]
    assert "四、结转下年度继续办理" in "".join(third.split())
    for left_out in (page.inner_text("#tabs button >> nth=0"), page.inner_text("#save-slip"), "应为"):
        assert left_out not in whole
    for text in page.evaluate("Object.values(sheet().texts)"):
        assert "".join(text.split()) in whole


def test_declared_zeros_are_printed(page: Any, tmp_path: Path) -> None:
    """As the report has them; what is being typed is printed as it is typed."""
    begin(page, "示例市数据局", 2024)
    page.click(cell("t3.new.natural"))
    page.keyboard.type("58")
    page.check("#declared-")  # which stays ticked while the answer to what was typed comes
    page.wait_for_selector("td.prints")
    page.click(cell("t3.new.business"))
    page.keyboard.type("67")
    page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    (row,) = [
        line.split() for one in pages_of(tmp_path / "report.pdf") for line in one.splitlines() if "58" in line
    ]
    assert [one for one in row if one.isdigit()] == ["58", "67", "0", "0", "0", "0"]
