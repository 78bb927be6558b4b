"""Typing on the page: checked at once, never overwritten, moved by keys, undone step by step."""

from __future__ import annotations

from typing import Any

import pytest

from support import DATA
from support.browsers import READY
from support.on_page import answered, begin, cell, drop_one, paste, settled

GOOD = DATA / "archive" / "0.7.0" / "填好并加盖校验标记（2021年版）.xlsx"
NEW, TOTAL = "t3.new.natural", "t3.new.total"


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


def value(page: Any, cell_id: str) -> str:
    return str(page.input_value(cell(cell_id)))


def focus(page: Any) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_an_error_is_named_at_once_and_undone(page: Any) -> None:
    drop_one(page, GOOD)
    was = value(page, TOTAL)
    page.click(cell(TOTAL))
    page.keyboard.type("987")
    page.wait_for_selector("td.s-wrong .should")
    assert page.inner_text("td.s-wrong .should").endswith(was)
    assert page.locator("#findings .finding.error").count() == 1
    assert focus(page) == TOTAL  # the check took neither focus nor text
    assert value(page, TOTAL) == "987"
    page.keyboard.press("Control+z")
    page.wait_for_selector("#findings .good")
    assert value(page, TOTAL) == was
    page.keyboard.press("Control+y")
    page.wait_for_selector("td.s-wrong")
    assert value(page, TOTAL) == "987"
    page.click("#do-reverted")
    page.wait_for_selector("#findings .good")
    assert value(page, TOTAL) == was


def test_what_is_typed_while_a_check_runs_stays(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    page.keyboard.type("1")
    page.evaluate("sendTyped()")
    page.keyboard.type("2")  # while the answer to the first is on its way
    answered(page)
    assert (value(page, NEW), focus(page)) == ("12", NEW)
    assert settled(page)["cells"][NEW]["v"] == "12"


def test_leaving_a_cell_sends_it(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    page.keyboard.type("１２")
    page.keyboard.press("Tab")
    page.wait_for_selector("#do-undo:enabled")
    assert value(page, NEW) == "12"  # as Python reads it, once one has left
    assert focus(page) == "t3.new.business"


def test_keys_move_as_in_a_spreadsheet(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    for key, there in [
        ("ArrowDown", "t3.carried_in.natural"),
        ("ArrowRight", "t3.carried_in.business"),
        ("ArrowUp", "t3.new.business"),
        ("ArrowLeft", NEW),
        ("ArrowLeft", NEW),
        ("Enter", "t3.carried_in.natural"),
        ("Shift+Enter", NEW),
        ("Tab", "t3.new.business"),
        ("Shift+Tab", NEW),
    ]:
        page.keyboard.press(key)
        assert focus(page) == there, key


def test_escape_brings_back_what_was(page: Any) -> None:
    drop_one(page, GOOD)
    was = value(page, TOTAL)
    page.click(cell(TOTAL))
    page.keyboard.type("55")
    page.keyboard.press("Escape")
    assert value(page, TOTAL) == was
    assert settled(page)["undo"] == 0  # nothing was sent
    page.keyboard.type("55")
    page.wait_for_selector("td.s-wrong")  # now it was sent
    page.keyboard.press("Escape")
    page.wait_for_selector("#findings .good")
    assert value(page, TOTAL) == was


def test_escape_leaves_what_came_by_another_act(page: Any) -> None:
    """A pasted block, a step back; only what is typed since is taken back."""
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    paste(page, "5\t6")
    page.wait_for_selector("#do-undo:enabled")
    page.keyboard.press("Escape")
    assert value(page, NEW) == "5"
    page.keyboard.type("57")  # over what was pasted
    assert value(page, NEW) == "57"
    page.keyboard.press("Escape")
    assert value(page, NEW) == "5"
    page.keyboard.press("Delete")
    settled(page)
    page.keyboard.press("Control+z")
    settled(page)
    assert value(page, NEW) == "5"
    page.keyboard.press("Escape")
    assert value(page, NEW) == "5"
    page.keyboard.type("8")  # over it again
    assert settled(page)["cells"][NEW]["v"] == "8"


def test_nothing_is_sent_while_an_input_method_composes(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell("text-一"))
    session = page.context.new_cdp_session(page)
    compose = {"text": "zheng", "selectionStart": 5, "selectionEnd": 5}
    session.send("Input.imeSetComposition", compose)
    page.wait_for_timeout(600)
    assert settled(page)["texts"] == {}
    session.send("Input.insertText", {"text": "政府"})
    page.wait_for_selector("#do-undo:enabled")
    assert settled(page)["texts"] == {"一": "政府"}
    session.detach()


def test_what_is_no_number_stays_as_it_was_typed(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    page.keyboard.type("十二件")
    page.keyboard.press("Enter")
    page.wait_for_selector("td.s-unread")
    assert value(page, NEW) == "十二件"


def test_every_kind_of_change_is_one_step(page: Any) -> None:
    """Cells, cover, text, note, mark, declaration, explanation: all undone, all done again."""
    begin(page, "示例市数据局", 2024)
    page.click("input.cell")
    page.keyboard.type("3")
    page.click("#add-note-table2")
    page.wait_for_selector(".note textarea")
    page.fill(".note textarea", "含联合印发的文件")
    page.fill(cell("cover-code"), "037")
    page.fill(cell("text-五"), "公开还不够及时，今后加强培训。")
    page.click(cell("declared-table3"))
    after = settled(page)
    assert after["notes"] == {"注1": "含联合印发的文件"}
    assert after["cover"]["code"] == "037"
    assert after["declared"] == ["table3"]
    assert page.is_checked(cell("declared-table3"))
    for _ in range(after["undo"]):
        page.keyboard.press("Control+z")
    blank = settled(page)
    assert (blank["undo"], blank["notes"], blank["texts"], blank["declared"]) == (0, {}, {}, [])
    assert blank["changed"]["said"] == ""
    assert value(page, "text-五") == value(page, "cover-code") == ""
    for _ in range(blank["redo"]):
        page.keyboard.press("Control+y")
    again = settled(page)
    assert {key: again[key] for key in ("cells", "notes", "cover", "texts", "declared")} == {
        key: after[key] for key in ("cells", "notes", "cover", "texts", "declared")
    }
    assert value(page, "text-五") == "公开还不够及时，今后加强培训。"


def test_nothing_typed_is_lost_when_the_worker_falls(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(NEW))
    page.keyboard.type("12")
    page.wait_for_selector("#do-undo:enabled")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("3")
    page.evaluate("fell('for the test')")  # while the 3 is not sent yet
    page.keyboard.type("4")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("5")
    page.wait_for_selector("#engine.ready", timeout=READY)
    cells = settled(page)["cells"]
    typed = {key: cells[key]["v"] for key in (NEW, "t3.new.business", "t3.new.research")}
    assert typed == {NEW: "12", "t3.new.business": "34", "t3.new.research": "5"}
    assert value(page, "t3.new.business") == "34"
