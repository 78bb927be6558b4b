"""Blocks pasted on the page, from a spreadsheet or a web page; one that stands off is said at once."""

from __future__ import annotations

from typing import Any

import pytest

from gouji.form import load_form, printed_grid
from gouji.wording import wording_of
from support.on_page import begin, cell, paste, settled

NEW = "t3.new.natural"
#: The numbers of a table three that adds up, as a spreadsheet hands them over.
RESULTS = [["5", "2", "0", "0", "0", "1", "8"], *([["0"] * 7] * 20)]
ROWS = [["5", "2", "0", "0", "0", "1", "8"], ["1", "0", "0", "0", "0", "0", "1"], *RESULTS]
ROWS += [RESULTS[0], ["1", "0", "0", "0", "0", "0", "1"]]
PLAIN = "\r\n".join("\t".join(row) for row in ROWS) + "\r\n"


@pytest.fixture
def page(sheet: Any) -> Any:
    begin(sheet, "示例市数据局", 2024)
    return sheet


def rows_of(shown: dict[str, Any]) -> list[list[str]]:
    found = [shown["cells"][c.id]["v"] for c in load_form("2021").cells if c.table == "table3"]
    return [found[at : at + 7] for at in range(0, len(found), 7)]


def test_a_block_fills_the_cells_from_the_one_chosen(page: Any) -> None:
    page.click(cell(NEW))
    paste(page, PLAIN)
    page.wait_for_selector("#do-undo:enabled")
    shown = settled(page)
    assert rows_of(shown) == ROWS
    assert shown["undo"] == 1
    assert page.locator("#shift").count() == 0
    assert str(7 * len(ROWS)) in page.inner_text("#toast")
    page.keyboard.press("Control+z")
    assert rows_of(settled(page)) == [[""] * 7] * len(ROWS)
    assert page.input_value(cell(NEW)) == ""


def test_a_block_one_column_off_is_said_and_moved(page: Any) -> None:
    page.click(cell("t3.new.business"))
    paste(page, PLAIN)
    page.wait_for_selector("#shift")
    assert "D9" in page.inner_text("#shift")
    page.click("#shift .main")
    page.wait_for_selector("#shift", state="detached")
    page.wait_for_selector("#do-redo:disabled")
    assert rows_of(settled(page)) == ROWS


def test_a_block_off_can_be_taken_back(page: Any) -> None:
    page.click(cell("t3.new.business"))
    paste(page, PLAIN)
    page.wait_for_selector("#shift")
    undo = wording_of("gouji.page", "paste")["undo"]
    page.click(f"#shift button:has-text('{undo}')")
    page.wait_for_selector("#shift", state="detached")
    page.wait_for_selector("#do-undo:disabled")
    assert settled(page)["undo"] == 0


def test_what_was_said_of_a_block_goes_with_the_next_change(page: Any) -> None:
    page.click(cell("t3.new.business"))
    paste(page, PLAIN)
    page.wait_for_selector("#shift")
    page.keyboard.press("Control+z")
    page.wait_for_selector("#shift", state="detached")


def test_a_table_of_a_web_page_finds_its_place_by_its_labels(page: Any) -> None:
    """The whole table, pasted at any cell."""
    form = load_form("2021")
    grid = printed_grid(form.tables["table4"])
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    numbers = iter(range(1, 100))
    for box in sorted(grid.boxes, key=lambda b: (b.row, b.column)):
        text = str(next(numbers)) if box.cell else box.text
        rows[box.row].append(f"<td rowspan={box.height} colspan={box.width}>{text}</td>")
    html = "<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>"
    page.click(cell(NEW))
    paste(page, "", html)
    page.wait_for_selector("#shift")  # it was put by its labels, not where it was pasted
    assert page.locator("#shift .main").count() == 0
    shown = settled(page)
    found = [shown["cells"][c.id]["v"] for c in form.cells if c.table == "table4"]
    assert found == [str(n) for n in range(1, len(found) + 1)]


def test_one_value_is_typed_into_the_cell(page: Any) -> None:
    page.click(cell(NEW))
    page.evaluate(
        "document.activeElement.addEventListener('paste', (e) => { window.stopped = e.defaultPrevented })"
    )
    paste(page, "12")
    assert page.evaluate("stopped") is False
