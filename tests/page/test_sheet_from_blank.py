"""A published report from a blank form to a sealed workbook, in the page; read again it says the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import gouji
from gouji.report import Report
from gouji.wording import wording_of
from support import DATA
from support.on_page import begin, cell, paste, settled, taken

PUBLISHED = DATA / "published"
TEXTS = {
    "引言": "本年度报告按要求编制。",
    "一": "本年度主动公开各类信息，依申请公开有序办理。\n政策解读与文件同步发布。",
    "五": "公开的时效还不够，下一步将加强培训，逐项整改。",
    "六": "本年度没有收取信息处理费。",
}


def sealed_as(report: Report, content: bytes) -> Report:
    """What a sealed workbook says: the report, texts and code that were typed, and nothing is wrong."""
    sealed = gouji.validate(content)
    assert sealed.reading is not None and sealed.reading.seal_state == "intact"
    assert sealed.state in ("clean", "hint", "warning")
    again = sealed.report
    assert again is not None
    assert (again.unit, again.year, again.code) == (report.unit, report.year, "037")
    assert again.values == report.values
    assert again.texts == TEXTS
    return again


def numbers(report: Report, table: str) -> list[list[str]]:
    """A table's contents as they would be pasted, row by row."""
    rows: dict[str, list[str]] = {}
    for one in report.form.cells:
        if one.table == table:
            rows.setdefault(one.row.key, []).append(one.kind.show(report.value(one.id)))
    return list(rows.values())


def block(rows: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in rows)


def fill(page: Any, report: Report) -> None:
    """Table two by the keyboard, three and four as blocks, texts typed."""
    second = [c for c in report.form.cells if c.table == "table2"]
    page.click(cell(second[0].id))
    for one in second:
        page.keyboard.type(one.kind.show(report.value(one.id)))
        page.keyboard.press("Tab")
    page.click(cell("t3.new.natural"))
    paste(page, block(numbers(report, "table3")))
    first = next(c.id for c in report.form.cells if c.table == "table4")
    page.click(cell(first))
    paste(page, "\t".join(one for row in numbers(report, "table4") for one in row))
    for section, text in TEXTS.items():
        page.fill(cell(f"text-{section}"), text)
    page.fill(cell("cover-code"), "037")


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def test_the_dialog_by_the_keyboard(page: Any) -> None:
    """Enter begins; what is missing is said there; what is struck before the form is there is typed in."""
    words = wording_of("gouji.page", "desk")
    page.click("#empty [data-do=blank]")
    page.keyboard.press("Enter")
    assert page.locator("#new[open]").count() == 1
    assert page.evaluate("document.activeElement.validationMessage") == words["unit_hint"]
    page.keyboard.type("示例市数据局")
    page.fill("#new-year", "24")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.validationMessage") == words["year_hint"]
    page.fill("#new-year", "２０２４")  # as an input method writes them
    page.keyboard.press("Enter")
    for key in ("1", "3", "Backspace", "2", "Tab", "4"):
        page.keyboard.press(key)
    page.wait_for_selector("#new", state="hidden")
    page.keyboard.type("5")
    first, second = (cell_id for cell_id in list(settled(page)["cells"])[:2])
    assert [page.input_value(cell(one)) for one in (first, second)] == ["12", "45"]
    assert settled(page)["cells"][second]["v"] == "45"
    page.click("#more summary")
    page.click("#more [data-do=blank]")
    page.click("#new-cancel")
    assert page.locator("#new[open]").count() == 0
    assert page.evaluate("desk.size") == 1


def test_from_a_blank_form_to_a_sealed_workbook(page: Any, tmp_path: Path) -> None:
    report = gouji.read(PUBLISHED / "pt-jtj-2024.json")
    last = gouji.read(PUBLISHED / "pt-jtj-2022.json")
    begin(page, report.unit, report.year)
    calm = settled(page)
    assert calm["calm"] and page.locator("td.s-wrong, td.s-maybe").count() == 0
    fill(page, report)
    shown = settled(page)
    assert shown["state"] in ("clean", "hint", "warning"), shown["findings"]

    # Last year's file: one of another year is said, of the right one it raises what is to be explained.
    other = tmp_path / "2022.xlsx"
    other.write_bytes(gouji.write(last))
    page.set_input_files("#pick-prior", other)
    page.wait_for_selector("#prior-remove")
    assert "cover-prior:year" in {f["id"] for f in settled(page)["findings"]}
    last.year = 2023
    given = tmp_path / "2023.xlsx"
    given.write_bytes(gouji.write(last))
    page.set_input_files("#pick-prior", given)
    page.wait_for_selector('.finding[data-id="cover-prior:year"]', state="detached")
    warned = page.locator(".finding.warning")
    for at in range(warned.count()):
        warned.nth(at).locator("textarea").fill("上年填报口径不同，已与业务科室逐项核实。")
        page.keyboard.press("Tab")
    page.wait_for_selector(".explaining.settled >> nth=0")
    shown = settled(page)
    assert shown["sealable"] == "", shown["findings"]

    name, content = taken(page, "#save-sealed")
    assert name.endswith(".xlsx") and report.unit in name
    again = sealed_as(report, content)
    assert len(again.explanations) == len(shown["findings"]) - shown["counts"]["hint"]
