"""What a person does before the page has answered: every step is of the file for which it was done."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from gouji.wording import wording_of
from support import DATA
from support.on_page import PATIENCE, becomes, begin, cell, drop, paste, settled

from .test_sheet_pasting import PLAIN

NEW, BUSINESS = "t3.new.natural", "t3.new.business"
ARCHIVE = DATA / "archive" / "0.7.0"
GOOD = ARCHIVE / "填好并加盖校验标记（2021年版）.xlsx"
OLD = ARCHIVE / "填好并加盖校验标记（2019年版）.xlsx"
BUSY = "for (let n = 0; n < 6; n++) call('slip', current)"


@pytest.fixture
def page(sheet: Any) -> Any:
    return sheet


@pytest.fixture
def both(page: Any) -> tuple[Any, int, int]:
    """Two files of two editions: the page, the number of the one shown and of the other."""
    drop(page, GOOD, OLD)
    page.wait_for_selector("#files li:nth-child(2)", timeout=PATIENCE)
    page.wait_for_selector("#progress", state="hidden", timeout=PATIENCE)
    page.wait_for_selector("#paper table", timeout=PATIENCE)
    first = settled(page)["number"]
    (other,) = (number for number in page.evaluate("[...desk.keys()]") if number != first)
    return page, first, other


def held(page: Any, number: int, cell_id: str) -> Any:
    return page.evaluate("(number) => call('shown', number)", number)[0]["cells"][cell_id]["v"]


def answering(asked: list[str], answer: str) -> Callable[[Any], None]:
    """Keeps what is asked and answers it: accept or dismiss."""

    def heard(dialog: Any) -> None:
        asked.append(dialog.message)
        getattr(dialog, answer)()

    return heard


def test_nothing_of_one_file_stands_where_another_is_chosen(both: tuple[Any, int, int]) -> None:
    page, first, other = both
    was = held(page, first, NEW)
    stands = page.evaluate(
        """([number, cells, cards]) => {
            forms.clear();
            choose(number);
            const count = (one) => document.querySelectorAll(one).length;
            return [count(cells), count(cards), $('acts').hidden];
        }""",
        [other, "#paper input.cell", "#findings .finding"],
    )
    assert stands == [0, 0, True]
    page.keyboard.press("Control+z")  # nothing is there that could be undone
    page.click(cell(NEW))
    page.keyboard.type("4321")
    assert settled(page)["number"] == other
    assert (held(page, first, NEW), held(page, other, NEW)) == (was, "4321")


def test_what_is_on_its_way_is_not_shown_in_another_file(both: tuple[Any, int, int]) -> None:
    page, first, other = both
    page.evaluate("(number) => choose(number)", other)
    there = page.input_value(cell(NEW))
    page.evaluate("(number) => choose(number)", first)
    page.evaluate(BUSY)
    page.fill(cell(NEW), "77")
    page.evaluate("(number) => { choose(number); }", other)
    assert page.input_value(cell(NEW)) == there
    page.evaluate("(number) => { choose(number); }", first)
    assert page.input_value(cell(NEW)) == "77"
    assert settled(page)["cells"][NEW]["v"] == "77"


def test_a_paste_is_answered_where_it_was_done(both: tuple[Any, int, int]) -> None:
    page, first, other = both
    page.click(cell(BUSINESS))
    paste(page, PLAIN)
    page.evaluate("(number) => { choose(number); }", other)
    settled(page)
    assert page.locator("#shift").count() == 0
    unit = page.evaluate("(number) => desk.get(number).shown.unit", first)
    page.wait_for_selector(f"#toast:has-text('{unit}')")


def test_taking_a_paste_back_never_takes_what_was_typed_after_it(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.click(cell(BUSINESS))
    page.evaluate(BUSY)
    paste(page, PLAIN)
    page.fill(cell("t4.review.upheld"), "33")
    assert settled(page)["cells"]["t4.review.upheld"]["v"] == "33"
    assert page.locator("#shift").count() == 0
    page.evaluate("change('reverted')")
    settled(page)
    page.click(cell(BUSINESS))
    paste(page, PLAIN)
    page.wait_for_selector("#shift")
    page.click(cell("t4.review.upheld"))
    page.keyboard.type("3")
    assert page.locator("#shift").count() == 0


def test_a_file_in_which_one_just_typed_is_not_taken_away_unasked(both: tuple[Any, int, int]) -> None:
    page, first, other = both
    asked: list[str] = []
    page.once("dialog", answering(asked, "dismiss"))
    page.fill(cell(NEW), "71")
    page.evaluate("(number) => { away(number); }", first)
    assert len(asked) == 1
    assert held(page, first, NEW) == "71"
    page.once("dialog", answering(asked, "accept"))
    page.fill(cell(NEW), "72")
    page.evaluate("(number) => { away(number); }", first)
    assert len(asked) == 2
    assert settled(page)["number"] == other
    assert page.evaluate("[...desk.keys()]") == [other]
    assert page.inner_text("#toast") == ""


def test_drafts_of_others_stay(page: Any) -> None:
    """Of another window or an earlier day; what other local pages left in the store is no draft."""
    draft = {"key": "k", "path": "甲.xlsx", "unit": "甲局", "year": 2024, "time": "昨天", "text": "{}"}
    stored = json.dumps([None, 1, {"unit": "", "text": "{}"}, draft])
    page.evaluate("(text) => { localStorage.setItem('gouji-draft', text); offerDrafts(); }", stored)
    assert "甲局" in page.inner_text("#kept")
    begin(page, "示例市数据局", 2024)
    page.check("#drafting")
    page.fill(cell(NEW), "5")
    settled(page)
    units = "storedDrafts().map((one) => one.unit)"
    becomes(page, units, ["甲局", "示例市数据局"])
    page.uncheck("#drafting")
    assert page.inner_text("#toast") == wording_of("gouji.page", "drafts")["discarded"]
    assert page.evaluate(units) == ["甲局"]


@pytest.mark.parametrize("field", ["text-五", "note-注1"])
def test_an_answer_does_not_cut_a_word_that_is_being_composed(page: Any, field: str) -> None:
    begin(page, "示例市数据局", 2024)
    page.evaluate(f"change('mark', '{NEW}', '注1')")
    page.wait_for_selector(cell("note-注1"))
    page.evaluate("change('text', '五', '今后')")
    settled(page)
    session = page.context.new_cdp_session(page)
    page.focus(cell(field))
    session.send("Input.imeSetComposition", {"text": "shou", "selectionStart": 4, "selectionEnd": 4})
    page.evaluate("change('note', '注1', '别处来的').then(() => change('text', '五', '别处来的'))")
    settled(page)
    assert page.evaluate("document.activeElement.value").endswith("shou")
    session.send("Input.insertText", {"text": "收到"})
    session.detach()
    settled(page)
    assert page.input_value(cell(field)).endswith("收到")
    assert "shou" not in page.input_value(cell(field))


def test_a_button_that_is_pressed_as_an_answer_comes_has_its_click(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.fill(cell(NEW), "5")
    settled(page)
    page.hover("#do-undo")
    page.mouse.down()
    page.evaluate("call('shown', current).then(() => { drawFiles(); return draw(); })")
    page.mouse.up()
    page.wait_for_selector("#do-redo:enabled")
    assert settled(page)["cells"][NEW]["v"] == ""


@pytest.mark.parametrize("where", ["#drafting", "label.drafting", "#declared-"])
def test_what_is_ticked_right_after_typing_is_ticked(page: Any, where: str) -> None:
    """Leaving the cell sends what was typed there, and the answer draws anew what is pressed."""
    begin(page, "示例市数据局", 2024)
    page.click(cell("t2.rules.made"))
    page.keyboard.type("5")
    page.hover(where)
    page.mouse.down()
    settled(page)
    page.mouse.up()
    page.wait_for_selector(f"{where.replace('label.drafting', '#drafting')}:checked")
    assert settled(page)["cells"]["t2.rules.made"]["v"] == "5"
    page.wait_for_selector("#do-undo:enabled")  # what was due is drawn


def test_a_text_that_was_refused_stays_in_its_file_and_is_not_left_out_unsaid(
    both: tuple[Any, int, int],
) -> None:
    page, first, other = both
    there = page.evaluate("(number) => call('shown', number)", other)[0]["texts"].get("一", "")
    page.fill(cell("text-一"), "字" * 90_000)
    settled(page)
    page.evaluate("(number) => choose(number)", other)
    settled(page)
    assert page.input_value(cell("text-一")) == there
    page.evaluate("(number) => choose(number)", first)
    settled(page)
    assert len(page.input_value(cell("text-一"))) == 90_000
    asked: list[str] = []
    page.once("dialog", answering(asked, "dismiss"))
    page.evaluate("takeAway('workbook')")
    assert asked == [wording_of("gouji.page", "saving")["refused_asks"]]
    leaving = "const leave = new Event('beforeunload', {cancelable: true}); dispatchEvent(leave);"
    assert page.evaluate(f"(() => {{ {leaving} return leave.defaultPrevented; }})()")


def test_keys_in_the_folder_undo_nothing_of_the_form(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.fill(cell(NEW), "5")
    settled(page)
    page.evaluate("document.activeElement.blur(); show('office')")
    page.keyboard.press("Control+z")
    page.evaluate("show('sheet')")
    assert settled(page)["cells"][NEW]["v"] == "5"


def test_a_note_is_for_a_cell_of_the_file_shown(both: tuple[Any, int, int]) -> None:
    page, _, other = both
    page.click(cell(NEW))
    page.evaluate("(number) => choose(number)", other)
    before = settled(page)["cells"]
    page.click("#add-note-table3", force=True)
    assert settled(page)["cells"] == before


def test_a_mark_that_has_the_name_of_a_property_has_no_text_of_its_own(page: Any) -> None:
    begin(page, "示例市数据局", 2024)
    page.evaluate(f"change('mark', '{NEW}', 'constructor')")
    page.wait_for_selector(cell("note-constructor"))
    assert page.input_value(cell("note-constructor")) == ""
